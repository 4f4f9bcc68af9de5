//! How notes begin: one file for each shape of note list.
//!
//! A shape is data: what stands before, in and after the sign at the start of a row. Adding one touches its file,
//! one line in [`SHAPES`], and the conventions in `markers/` whose notes can look like that.

mod bracketed_entry;
mod bracketed_letter_entry;
mod caret_entry;
mod caret_number_entry;
mod circled_entry;
mod closed_entry;
mod definition_entry;
mod dotted_entry;
mod footnote_block;
mod lenticular_entry;
mod named_closed_entry;
mod named_entry;
mod parenthesized_entry;
mod raised_entry;
mod reference_mark_entry;
mod spaced_entry;
mod symbol_entry;
mod unsigned_entry;

pub(crate) use self::bracketed_entry::BRACKETED_ENTRY;
pub(crate) use self::bracketed_letter_entry::BRACKETED_LETTER_ENTRY;
pub(crate) use self::caret_entry::CARET_ENTRY;
pub(crate) use self::caret_number_entry::CARET_NUMBER_ENTRY;
pub(crate) use self::circled_entry::CIRCLED_ENTRY;
pub(crate) use self::closed_entry::CLOSED_ENTRY;
pub(crate) use self::definition_entry::DEFINITION_ENTRY;
pub(crate) use self::dotted_entry::DOTTED_ENTRY;
pub(crate) use self::footnote_block::FOOTNOTE_BLOCK;
pub(crate) use self::lenticular_entry::LENTICULAR_ENTRY;
pub(crate) use self::named_closed_entry::NAMED_CLOSED_ENTRY;
pub(crate) use self::named_entry::NAMED_ENTRY;
pub(crate) use self::parenthesized_entry::PARENTHESIZED_ENTRY;
pub(crate) use self::raised_entry::RAISED_ENTRY;
pub(crate) use self::reference_mark_entry::REFERENCE_MARK_ENTRY;
pub(crate) use self::spaced_entry::SPACED_ENTRY;
pub(crate) use self::symbol_entry::SYMBOL_ENTRY;
pub(crate) use self::unsigned_entry::{POINTED_ENTRY, UNSIGNED, UNSIGNED_ENTRY};

use serde::Deserialize;

use super::label::{Label, Labels};

/// Every shape that a sign begins; notes without one are found by their place. Where two could read the same row, the one that stands first does.
pub(crate) static SHAPES: &[&Shape] = &[
    &DEFINITION_ENTRY,
    &FOOTNOTE_BLOCK,
    &CARET_ENTRY,
    &BRACKETED_ENTRY,
    &NAMED_ENTRY,
    &NAMED_CLOSED_ENTRY,
    &LENTICULAR_ENTRY,
    &BRACKETED_LETTER_ENTRY,
    &PARENTHESIZED_ENTRY,
    &DOTTED_ENTRY,
    &CLOSED_ENTRY,
    &RAISED_ENTRY,
    &CIRCLED_ENTRY,
    &REFERENCE_MARK_ENTRY,
    &CARET_NUMBER_ENTRY,
    &SYMBOL_ENTRY,
    &SPACED_ENTRY,
];

/// How notes begin in one kind of list.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Stable name, used in the ledger and in `docs/conventions.md`.
    pub(crate) name: &'static str,
    /// What stands before the label.
    pub(crate) opens: &'static [&'static str],
    pub(crate) labels: &'static [Labels],
    /// What stands after the label; longer ones first.
    pub(crate) closes: &'static [&'static str],
    /// Whether white space, or the end of the row, must follow.
    pub(crate) space: bool,
    /// Signs that only point back; one of them must follow then, perhaps behind the number that it has as a link.
    pub(crate) pointers: &'static [&'static str],
    /// The bracket that ends the note.
    pub(crate) ends_with: Option<char>,
    /// What the numbers of a list do, and what may stand between two notes.
    pub(crate) order: Order,
}

/// What the labels of a list do from note to note.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Order {
    /// They rise; some may be missing, and paragraphs may stand between two notes.
    #[default]
    Rising,
    /// They go up by one, and nothing but the notes stands between them: other lists look like this too.
    Counting,
    /// Each note stands alone.
    Single,
}

impl Shape {
    /// Shows what its notes begin with.
    #[cfg(feature = "cli")]
    pub(crate) fn sample(&self) -> String {
        let plain =
            |texts: &[&'static str]| texts.iter().min_by_key(|text| text.len()).copied().unwrap_or_default();
        let label = self.labels.first().map(|labels| labels.sample()).unwrap_or_default();
        let pointer = self.pointers.first().map(|pointer| format!(" {pointer}")).unwrap_or_default();
        let end = self.ends_with.map(String::from).unwrap_or_default();
        format!("{}{label}{}{pointer} The note.{end}", plain(self.opens), plain(self.closes))
    }

    /// Tells whether a row that begins with a byte may begin a note.
    pub(crate) fn may_begin_with(&self, byte: u8) -> bool {
        self.opens.iter().any(|open| match open.as_bytes().first() {
            Some(&first) => first == byte,
            None => self.labels.iter().any(|labels| labels.may_begin_with(byte)),
        })
    }

    /// Reads the sign at the start of a row; returns its label and its length with the white space behind it.
    pub(crate) fn read(&self, line: &str) -> Option<(Label, usize)> {
        let inner = self.opens.iter().find_map(|open| line.strip_prefix(open))?;
        let (label, length) = self.labels.iter().find_map(|labels| labels.read(inner))?;
        let rest = self.closes.iter().find_map(|close| inner[length..].strip_prefix(close))?;
        let mut text = rest.trim_start();
        if self.space && text.len() == rest.len() && !rest.is_empty() {
            return None;
        }
        if !self.pointers.is_empty() {
            let sign = without_link_number(text);
            text = self.pointers.iter().find_map(|pointer| sign.strip_prefix(pointer))?.trim_start();
        }
        Some((label, line.len() - text.len()))
    }
}

/// Leaves out `[14]` before a sign, the number that a text browser gives to a link.
fn without_link_number(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('[') else { return text };
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(']').filter(|_| rest.len() < inner.len()).unwrap_or(text)
}

/// Reads one row with one shape, for the tables in its file: the label as a number or sign, and the note's text.
#[cfg(test)]
pub(crate) fn read(shape: &Shape, line: &'static str) -> Option<(String, &'static str)> {
    let (label, length) = shape.read(line)?;
    assert!(shape.may_begin_with(line.as_bytes()[0]), "{line:?} begins with what the shape looks for");
    let label = match label {
        Label::Number(number) => number.to_string(),
        Label::Sign(sign) => sign.into(),
    };
    Some((label, &line[length..]))
}
