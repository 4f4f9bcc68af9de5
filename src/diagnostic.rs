//! Remarks: something worth telling the user, never a reason to stop.
//!
//! Readers, detectors and `build` add them; the command line prints them and `--report` lists them.

use serde::Serialize;

use crate::source::Span;

/// Something worth telling the user; never a reason to stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable name, listed in `docs/diagnostics.md`.
    pub code: Code,
    /// Where, in bytes of the decoded source.
    pub span: Span,
    /// What exactly, in one line.
    pub message: String,
    /// What the user can do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// Every remark the program can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Code {
    /// The encoding was guessed from the bytes, or some bytes are wrong in it.
    EncodingGuessed,
    /// The input holds no text.
    EmptyInput,
    /// `[4]` is in the body and the list stops at 3.
    MarkerWithoutNote,
    /// The list has a 4 and nothing in the body cites it.
    NoteWithoutMarker,
    /// Two notes have the same label and nothing tells which one a marker means.
    DuplicateLabel,
    /// A note's number is wrong, and was read as the one that fits.
    WrongLabel,
    /// The source printed a link's words but not its address.
    LostUrl,
    /// Two things could be meant, and the text was left as printed.
    Ambiguous,
    /// The article has no title of its own.
    NoTitle,
    /// Notes do not stand in the order of their references.
    NoteOutOfOrder,
    /// A reference stands in a heading, and would have to appear in the table of contents.
    MarkerInHeading,
    /// A reference stands in the words of a link: links cannot hold links.
    MarkerInLink,
    /// Markup that this output cannot hold was written as text.
    MarkupAsText,
    /// A picture is not in the book, and a link stands in its place.
    PictureOutside,
    /// Another engine finds other notes or other words in our Markdown; only `--verify` looks.
    ReadOtherwise,
}

/// A link whose address the text lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostUrl {
    /// The words that were the link.
    pub words: String,
    /// What is left of the address.
    pub host: Option<String>,
    /// The first reference to it, in the decoded text.
    pub span: Span,
}

impl Code {
    /// Every code, in the order of `docs/diagnostics.md`.
    pub const ALL: &'static [Self] = &[
        Self::EncodingGuessed,
        Self::EmptyInput,
        Self::MarkerWithoutNote,
        Self::NoteWithoutMarker,
        Self::DuplicateLabel,
        Self::WrongLabel,
        Self::LostUrl,
        Self::Ambiguous,
        Self::NoTitle,
        Self::NoteOutOfOrder,
        Self::MarkerInHeading,
        Self::MarkerInLink,
        Self::MarkupAsText,
        Self::PictureOutside,
        Self::ReadOtherwise,
    ];

    /// Returns the stable name, such as `marker-without-note`.
    pub fn name(self) -> &'static str {
        match self {
            Self::EncodingGuessed => "encoding-guessed",
            Self::EmptyInput => "empty-input",
            Self::MarkerWithoutNote => "marker-without-note",
            Self::NoteWithoutMarker => "note-without-marker",
            Self::DuplicateLabel => "duplicate-label",
            Self::WrongLabel => "wrong-label",
            Self::LostUrl => "lost-url",
            Self::Ambiguous => "ambiguous",
            Self::NoTitle => "no-title",
            Self::NoteOutOfOrder => "note-out-of-order",
            Self::MarkerInHeading => "marker-in-heading",
            Self::MarkerInLink => "marker-in-link",
            Self::MarkupAsText => "markup-as-text",
            Self::PictureOutside => "picture-outside",
            Self::ReadOtherwise => "read-otherwise",
        }
    }
}
