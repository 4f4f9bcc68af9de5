//! The beginnings of notes: one file for each shape of note list, one scan for all of them.
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
mod group;
mod lenticular_entry;
mod named_entry;
mod parenthesized_entry;
mod raised_entry;
mod reference_mark_entry;
mod symbol_entry;
mod wrong_labels;

pub(crate) use bracketed_entry::BRACKETED_ENTRY;
pub(crate) use bracketed_letter_entry::BRACKETED_LETTER_ENTRY;
pub(crate) use caret_entry::CARET_ENTRY;
pub(crate) use caret_number_entry::CARET_NUMBER_ENTRY;
pub(crate) use circled_entry::CIRCLED_ENTRY;
pub(crate) use closed_entry::CLOSED_ENTRY;
pub(crate) use definition_entry::DEFINITION_ENTRY;
pub(crate) use dotted_entry::DOTTED_ENTRY;
pub(crate) use footnote_block::FOOTNOTE_BLOCK;
pub(crate) use group::{NoteList, group};
pub(crate) use lenticular_entry::LENTICULAR_ENTRY;
pub(crate) use named_entry::NAMED_ENTRY;
pub(crate) use parenthesized_entry::PARENTHESIZED_ENTRY;
pub(crate) use raised_entry::RAISED_ENTRY;
pub(crate) use reference_mark_entry::REFERENCE_MARK_ENTRY;
pub(crate) use symbol_entry::SYMBOL_ENTRY;
pub(crate) use wrong_labels::mend as mend_wrong_labels;

use std::collections::BTreeMap;

use super::label::{Label, Labels};
use crate::findings::{Findings, Place, Shape as RowShape};
use crate::sheet::{Mark, RowId, Sheet};
use crate::source::Span;

/// Every shape. Where two could read the same row, the one that stands first does.
pub(crate) static SHAPES: &[&Shape] = &[
    &DEFINITION_ENTRY,
    &FOOTNOTE_BLOCK,
    &CARET_ENTRY,
    &BRACKETED_ENTRY,
    &NAMED_ENTRY,
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
    /// A sign that must follow then, and only points back.
    pub(crate) pointer: Option<&'static str>,
    /// The bracket that ends the note.
    pub(crate) ends_with: Option<char>,
    /// What the numbers of a list do, and what may stand between two notes.
    pub(crate) order: Order,
}

/// What the labels of a list do from note to note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// They rise; some may be missing, and paragraphs may stand between two notes.
    Rising,
    /// They go up by one, and nothing but the notes stands between them: other lists look like this too.
    Counting,
    /// Each note stands alone.
    Single,
}

/// The beginning of a note.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) label: Label,
    pub(crate) row: RowId,
    /// The label with what stands around it, and the white space behind it.
    pub(crate) sign: Span,
}

/// Finds every row that may begin a note, with the index of its shape, in the order of the text.
pub(crate) fn scan(sheet: &Sheet<'_>, findings: &Findings) -> Vec<(usize, Entry)> {
    // What another detector took from the start of a row is not the note's.
    let claimed: BTreeMap<u32, u32> =
        findings.claims.iter().map(|claim| (claim.span.start, claim.span.end)).collect();
    (0..sheet.rows.len() as RowId)
        .filter(|&row| findings.places[row as usize] == Place::Body)
        .filter(|&row| findings.shapes[row as usize] != RowShape::Code)
        .filter_map(|row| {
            let Span { start, end } = sheet.rows[row as usize].span;
            let start = claimed.get(&start).map_or(start, |&claimed| claimed.min(end));
            let line = &sheet.text[start as usize..end as usize];
            if let Some((label, sign)) = raised_at(sheet, start) {
                let index = SHAPES.iter().position(|shape| shape.name == RAISED_ENTRY.name)?;
                return Some((index, Entry { label, row, sign }));
            }
            SHAPES.iter().enumerate().find_map(|(index, shape)| {
                let (label, length) =
                    shape.read(line).filter(|(label, length)| !is_emphasis(label, &line[*length..]))?;
                let start = start as usize;
                Some((index, Entry { label, row, sign: Span::new(start, start + length) }))
            })
        })
        .collect()
}

/// Reads a sign that markup raises: `<sup>1</sup>` is what `¹` is in raw text.
fn raised_at(sheet: &Sheet<'_>, start: u32) -> Option<(Label, Span)> {
    sheet.page()?;
    let first = sheet.runs.partition_point(|run| run.span.start < start);
    let mut same = sheet.runs[first..].iter().take_while(|run| run.span.start == start);
    let run = same.find(|run| run.mark == Mark::Superscript)?;
    let words = run.span.of(&sheet.text);
    let labels = [Labels::Digits, Labels::Symbol];
    let (label, _) =
        labels.iter().find_map(|labels| labels.read(words)).filter(|(_, end)| *end == words.len())?;
    let rest = &sheet.text[run.span.end as usize..];
    let space = rest.len() - rest.trim_start_matches(['.', ':', ')', ' ', '\u{A0}']).len();
    Some((label, Span { start, end: run.span.end + space as u32 }))
}

/// Tells whether a symbol at the start of a row opens emphasis that ends on it: `*slowly* the ferry`.
fn is_emphasis(label: &Label, rest: &str) -> bool {
    matches!(label, Label::Sign(sign) if label.is_symbol() && rest.contains(&**sign))
}

impl Shape {
    /// Reads the sign at the start of a row; returns its label and its length with the white space behind it.
    pub(crate) fn read(&self, line: &str) -> Option<(Label, usize)> {
        let inner = self.opens.iter().find_map(|open| line.strip_prefix(open))?;
        let (label, length) = self.labels.iter().find_map(|labels| labels.read(inner))?;
        let rest = self.closes.iter().find_map(|close| inner[length..].strip_prefix(close))?;
        let mut text = rest.trim_start();
        if self.space && text.len() == rest.len() && !rest.is_empty() {
            return None;
        }
        if let Some(pointer) = self.pointer {
            text = text.strip_prefix(pointer)?.trim_start();
        }
        Some((label, line.len() - text.len()))
    }
}

/// Reads one row with one shape, for the tables in its file: the label as a number or sign, and the note's text.
#[cfg(test)]
pub(crate) fn read(shape: &Shape, line: &'static str) -> Option<(String, &'static str)> {
    let (label, length) = shape.read(line)?;
    let label = match label {
        Label::Number(number) => number.to_string(),
        Label::Sign(sign) => sign.into(),
    };
    Some((label, &line[length..]))
}
