//! The ledger: where every character of the decoded text went.
//!
//! Its entries tile the text from 0 to its length. Replaying them gives the document's text, and that is how
//! a property test and `--report` prove that nothing was lost or invented.

use std::borrow::Cow;

use serde::Serialize;

use crate::document::NoteId;
use crate::source::Span;

/// What became of one stretch of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fate {
    /// It is in the body.
    Body,
    /// It is in a note.
    Note(NoteId),
    /// White space and rules that only place the text on the page.
    Layout,
    /// Markup that was read, such as `**` in Markdown, or the `- ` of a list.
    Syntax,
    /// The sign in the body that refers to a note.
    Marker(NoteId),
    /// The sign that a note begins with, and what else only points back, such as `^` or `↩`.
    Label(NoteId),
    /// The address of a link, which is no text any more.
    Address,
    /// It is in the metadata.
    Meta(Field),
    /// It was replaced by this, because of this rule: a line end by a space, a hyphen by nothing …
    Mend(Cow<'static, str>),
    /// It was dropped, for this reason.
    Drop(Reason),
}

/// The metadata that a stretch of text can turn into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
#[allow(missing_docs)] // each is the field of `Metadata` with the same name
pub enum Field {
    Title,
    Subtitle,
    Author,
    Date,
    Updated,
    Source,
    Publisher,
    Rights,
    FrontMatter,
}

/// Why a stretch of the text was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// `You may also like...`: a line that asks for something and says nothing.
    Promo,
    /// A page number, a running head, a form feed.
    PageFurniture,
    /// The heading over a list of notes, or the rule above it: the output has its own.
    NotesHeading,
    /// The title, printed again in the body.
    RepeatedTitle,
    /// A note that only repeats the words it hangs on: its address is a link on them now.
    LinkNote,
    /// Menus, breadcrumbs, page footers: what leads elsewhere on a site.
    Navigation,
    /// Buttons and links that pass an article on.
    Sharing,
    /// Other articles, and boxes beside this one.
    Related,
    /// What readers wrote below it.
    Comments,
    /// What a page does not show.
    Hidden,
    /// Whatever else stands around the article on a page.
    Surroundings,
}

impl Reason {
    /// Returns the stable name, such as `promo`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Promo => "promo",
            Self::PageFurniture => "page-furniture",
            Self::NotesHeading => "notes-heading",
            Self::RepeatedTitle => "repeated-title",
            Self::LinkNote => "link-note",
            Self::Navigation => "navigation",
            Self::Sharing => "sharing",
            Self::Related => "related",
            Self::Comments => "comments",
            Self::Hidden => "hidden",
            Self::Surroundings => "surroundings",
        }
    }
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Which bytes of the decoded text.
    pub span: Span,
    /// Where it went.
    pub fate: Fate,
    /// The place whose text it belongs to: a note, or the body if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<NoteId>,
    /// The rule that decided, such as `bracketed-number` or `wrapped-line`.
    pub rule: &'static str,
}

/// Where every character of the decoded text went, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// Without gaps or overlaps.
    pub entries: Vec<Entry>,
}

impl Ledger {
    /// Tells whether the entries tile `0..length` without gaps, overlaps or empty stretches.
    pub fn tiles(&self, length: usize) -> bool {
        let mut at = 0;
        for entry in &self.entries {
            if entry.span.start != at || entry.span.is_empty() {
                return false;
            }
            at = entry.span.end;
        }
        at as usize == length
    }

    /// Returns the text of the body, or of one note, that `source` gives under this ledger.
    ///
    /// It equals [`crate::document::plain_text`] of the document's blocks.
    pub fn replay(&self, source: &str, note: Option<NoteId>) -> String {
        let mut text = String::new();
        for entry in self.entries.iter().filter(|entry| entry.note == note) {
            match &entry.fate {
                Fate::Body | Fate::Note(_) => text.push_str(entry.span.of(source)),
                Fate::Mend(replacement) => text.push_str(replacement),
                _ => {}
            }
        }
        text
    }

    /// Returns the stretches that were dropped, with their reasons.
    pub fn dropped(&self) -> impl Iterator<Item = (Span, Reason)> {
        self.entries.iter().filter_map(|entry| match entry.fate {
            Fate::Drop(reason) => Some((entry.span, reason)),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiling_has_no_gap_and_no_overlap() {
        let entry = |start, end| Entry { span: Span { start, end }, fate: Fate::Body, note: None, rule: "" };
        for (spans, tiles) in [
            (vec![(0, 4), (4, 9)], true),
            (vec![], false),
            (vec![(0, 4), (5, 9)], false),
            (vec![(0, 5), (4, 9)], false),
            (vec![(0, 9), (9, 9)], false),
        ] {
            let entries = spans.iter().map(|&(start, end)| entry(start, end)).collect();
            assert_eq!(Ledger { entries }.tiles(9), tiles, "{spans:?}");
        }
        assert!(Ledger::default().tiles(0));
    }
}
