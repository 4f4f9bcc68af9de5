//! The article as printed: its text in rows, the nodes they stand in, and the runs that mark words.
//!
//! A reader makes it; nothing changes it afterwards. Layout (indent, blank lines, pages, the order of rows) is the
//! evidence for notes, and it is all here.

use std::borrow::Cow;

use crate::document::Alignment;
use crate::source::Span;

/// The article as printed.
#[derive(Clone, Debug)]
pub(crate) struct Sheet<'s> {
    /// For raw text the decoded source itself; for Markdown its visible text.
    pub(crate) text: Cow<'s, str>,
    /// The printed lines that are not blank, in order.
    pub(crate) rows: Vec<Row>,
    /// The blocks that the input's own markup makes; for raw text the root alone.
    pub(crate) nodes: Vec<Node>,
    /// Marked words, outer ones before inner ones.
    pub(crate) runs: Vec<Run>,
    /// How the text relates to the source.
    pub(crate) origin: Origin,
}

/// A printed line, without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// Never empty.
    pub(crate) span: Span,
    /// The block it stands in.
    pub(crate) node: NodeId,
    /// Columns before it; tabs go to the next multiple of eight.
    pub(crate) indent: u16,
    /// Blank lines before it.
    pub(crate) gap: u16,
    /// Form feeds before it in the text.
    pub(crate) page: u32,
}

/// The index of a node in [`Sheet::nodes`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(crate) u32);

impl NodeId {
    pub(crate) const ROOT: Self = Self(0);

    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A block of the input's own markup. A parent stands before its children.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) parent: Option<NodeId>,
    pub(crate) kind: Kind,
}

/// What a block of markup is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Root,
    Paragraph,
    Heading(u8),
    Quote,
    List { start: Option<u64>, tight: bool },
    Item { done: Option<bool> },
    Code { language: Option<String> },
    Verse,
    Break,
    Table(Vec<Alignment>),
    TableRow,
    Cell,
    /// `[^label]: …` in Markdown.
    Note(String),
    Html,
}

/// Marked words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    pub(crate) span: Span,
    pub(crate) mark: Mark,
}

/// What a mark says of the words it covers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mark {
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Subscript,
    Code,
    Link { url: String, title: String },
    Image { url: String, title: String },
    /// `[^label]` in Markdown. The run covers the label's own characters.
    Reference(String),
    LineBreak,
    Html,
}

/// How the sheet's text relates to the source.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// The text is the source.
    Text,
    /// The text is what Markdown shows. Each piece comes from one stretch of the source; what lies between the
    /// stretches is markup.
    Markdown { pieces: Vec<Piece> },
}

/// A stretch of the sheet's text and where it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// In the sheet's text.
    pub(crate) shown: Span,
    /// In the source. Of another length if an entity or escape was resolved.
    pub(crate) source: Span,
}
