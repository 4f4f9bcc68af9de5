//! The article as printed: its text in rows, the nodes they stand in, and the runs that mark words.
//!
//! A reader makes it; nothing changes it afterwards. Layout (indent, blank lines, pages, the order of rows) is the
//! evidence for notes, and it is all here.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::document::{Alignment, Attributes};
use crate::measure::Measure;
use crate::page::Page;
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
    /// How its lines are set.
    pub(crate) measure: Measure,
    /// What the input says of itself, in its order.
    pub(crate) front_matter: Map<String, Value>,
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
    /// Columns of the line itself; wide characters count two.
    pub(crate) width: u16,
    /// Blank lines before it.
    pub(crate) gap: u16,
    /// Form feeds before it in the text.
    pub(crate) page: u32,
}

impl Row {
    /// Makes a row of a block that markup shows, which was set nowhere on a page.
    pub(crate) fn of_markup(span: Span, node: NodeId, gap: u16) -> Self {
        Self { span, node, indent: 0, width: 0, gap, page: 0 }
    }
}

impl Sheet<'_> {
    /// Returns the same sheet, measured by some of its rows: notes are often set smaller than the body.
    pub(crate) fn measured_by(&self, rows: &[RowId]) -> Sheet<'_> {
        let printed: Vec<Row> = rows.iter().map(|&row| self.rows[row as usize]).collect();
        let own = Measure::of(&printed, &self.text);
        Sheet {
            text: Cow::Borrowed(&self.text),
            measure: Measure { width: own.width.or(self.measure.width), ..own },
            rows: self.rows.clone(),
            nodes: self.nodes.clone(),
            runs: self.runs.clone(),
            front_matter: self.front_matter.clone(),
            origin: self.origin.clone(),
        }
    }

    /// Returns the words of a row.
    pub(crate) fn words(&self, row: RowId) -> &str {
        self.rows[row as usize].span.of(&self.text)
    }

    /// Returns what the block of markup is that a row stands in.
    pub(crate) fn kind(&self, row: RowId) -> &Kind {
        &self.nodes[self.rows[row as usize].node.index()].kind
    }

    /// Tells whether the markup makes a heading of a row.
    pub(crate) fn is_heading(&self, row: RowId) -> bool {
        matches!(self.kind(row), Kind::Heading(_))
    }

    /// Tells whether the text comes with markup of its own, so that its layout says nothing.
    pub(crate) fn is_marked_up(&self) -> bool {
        !matches!(self.origin, Origin::Text)
    }

    /// Returns the elements of an HTML page.
    pub(crate) fn page(&self) -> Option<&Page> {
        match &self.origin {
            Origin::Html { page, .. } => Some(page),
            _ => None,
        }
    }

    /// Tells whether a thematic break of the input's markup parts two rows that follow each other.
    pub(crate) fn break_parts(&self, above: RowId, row: RowId) -> bool {
        let [from, to] = [above, row].map(|row| self.rows[row as usize].node.index());
        self.nodes
            .get(from + 1..to)
            .is_some_and(|between| between.iter().any(|node| node.kind == Kind::Break))
    }

    /// Tells whether the author broke the line after a row.
    pub(crate) fn breaks_after(&self, row: RowId) -> bool {
        self.runs_at(self.rows[row as usize].span.end).any(|run| run.mark == Mark::LineBreak)
    }

    /// Returns the marked words that begin at a byte of the text.
    pub(crate) fn runs_at(&self, at: u32) -> impl Iterator<Item = &Run> {
        let first = self.runs.partition_point(|run| run.span.start < at);
        self.runs[first..].iter().take_while(move |run| run.span.start == at)
    }

    /// Returns the row that holds or follows a byte of the text.
    pub(crate) fn row_at(&self, offset: u32) -> RowId {
        self.rows.partition_point(|row| row.span.end <= offset) as RowId
    }

    /// Returns the stretch of the source that a stretch of the text comes from.
    pub(crate) fn source_span(&self, span: Span) -> Span {
        let (Origin::Markdown { pieces, .. } | Origin::Html { pieces, .. } | Origin::Dialect { pieces, .. }) =
            &self.origin
        else {
            return span;
        };
        let at = |offset: u32, is_end: bool| {
            let index = pieces.partition_point(|piece| {
                if is_end { piece.shown.end < offset } else { piece.shown.end <= offset }
            });
            let Some(piece) = pieces.get(index) else {
                return pieces.last().map_or(0, |piece| piece.source.end);
            };
            if offset <= piece.shown.start {
                piece.source.start
            } else {
                (piece.source.start + (offset - piece.shown.start)).min(piece.source.end)
            }
        };
        let start = at(span.start, false);
        Span { start, end: at(span.end, true).max(start) }
    }

    /// Tells whether the first word of the row after `row` would not have fitted on it: the line was broken
    /// by a program, not by the author.
    pub(crate) fn fills_the_measure(&self, row: RowId, next: RowId) -> bool {
        let Some(width) = self.measure.width else { return false };
        let printed = &self.rows[row as usize];
        let end = usize::from(printed.indent) + usize::from(printed.width);
        !self.has_room_for(row, next) || end * 100 >= usize::from(width) * 85
    }

    /// Tells whether the first word of the row after `row` would have fitted on it.
    pub(crate) fn has_room_for(&self, row: RowId, next: RowId) -> bool {
        let Some(width) = self.measure.width else { return true };
        let (row, next) = (&self.rows[row as usize], &self.rows[next as usize]);
        let word = next.span.of(&self.text).split_whitespace().next().unwrap_or_default();
        usize::from(row.indent) + usize::from(row.width) + 1 + columns(word) <= usize::from(width)
    }
}

/// Counts the columns of a text in a fixed-width font.
pub(crate) fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { unicode_width::UnicodeWidthStr::width(text) }
}

/// Tells whether a character belongs to a script that is written without spaces: Chinese and Japanese.
pub(crate) fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The index of a row in [`Sheet::rows`].
pub(crate) type RowId = u32;

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
    /// Few have any.
    pub(crate) attributes: Option<Box<Attributes>>,
}

impl Node {
    pub(crate) fn new(parent: Option<NodeId>, kind: Kind) -> Self {
        Self { parent, kind, attributes: None }
    }
}

/// What a block of markup is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Root,
    Paragraph,
    Heading(u8),
    Quote,
    /// `> [!NOTE]`
    Alert(String),
    /// What stands over an alert.
    AlertTitle,
    Definitions,
    /// A term of definitions.
    Term,
    /// What the terms before it mean.
    Meaning,
    List {
        start: Option<u64>,
        tight: bool,
    },
    Item {
        done: Option<bool>,
    },
    Code {
        language: Option<String>,
    },
    Verse,
    Break,
    Table(Vec<Alignment>),
    TableRow,
    Cell,
    /// `[^label]: …` in Markdown.
    Note(String),
    /// A value of the text's own header, such as `#+TITLE: The ferry` in Org.
    Field(&'static str),
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
    Math {
        display: bool,
    },
    Link {
        url: String,
        title: String,
    },
    /// `[[page|words]]`
    Wikilink(String),
    Image {
        url: String,
        title: String,
    },
    /// `[^label]` in Markdown. The run covers the label's own characters.
    Reference(String),
    /// `^[…]` in Markdown: a note in the text. The run covers the signs, two before it and one after it.
    Note,
    /// What a note begins with, such as `[fn:1]` in Org. It stays in the text if nothing refers to the note.
    Sign(String),
    /// The words of a note that stand right after their reference, inside a paragraph.
    Inset(String),
    LineBreak,
    /// A page of the printed source begins here. The run covers nothing.
    Page(String),
    /// The number of an item. It is in the text because a list of notes may begin with it.
    Ordinal,
    Html,
}

/// What stands in the text for a picture without words.
pub(crate) const PICTURE: &str = "\u{FFFC}";

/// How the sheet's text relates to the source.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// The text is the source.
    Text,
    /// The text is what Markdown shows. Each piece comes from one stretch of the source; what lies between the
    /// stretches is markup.
    Markdown {
        pieces: Vec<Piece>,
        /// Where the front matter ends.
        body: u32,
        /// Where the source ends.
        end: u32,
    },
    /// The text is what a page of HTML shows, or could show. The pieces are as for Markdown.
    Html {
        pieces: Vec<Piece>,
        /// Where the source ends.
        end: u32,
        page: Box<Page>,
    },
    /// The text is what a lightweight markup shows. The pieces are as for Markdown.
    Dialect {
        name: &'static str,
        pieces: Vec<Piece>,
        /// Where the source ends.
        end: u32,
    },
}

/// A stretch of the sheet's text and where it comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// In the sheet's text.
    pub(crate) shown: Span,
    /// In the source.
    pub(crate) source: Span,
    /// Whether the source reads the same; otherwise it was resolved, as entities and code spans are.
    pub(crate) is_same: bool,
}
