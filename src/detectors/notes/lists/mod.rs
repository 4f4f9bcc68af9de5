//! The beginnings of notes: one scan for all shapes of `grammar/lists/`, and the lists that they make up.

mod group;
mod unsigned;
mod wrong_labels;

use std::collections::BTreeMap;

pub(super) use self::group::{INDENT_PLAY, NoteList, group};
pub(super) use self::unsigned::find as without_signs;
pub(super) use self::wrong_labels::mend as mend_wrong_labels;
use crate::detectors::notes::headings::is_notes_heading;
use crate::findings::{Findings, Place, Shape as RowShape};
use crate::grammar::{Grammar, Label, Labels, RAISED_ENTRY, SPACED_ENTRY, Shape};
use crate::sheet::{Kind, Mark, RowId, Sheet};
use crate::source::Span;

/// So many rows a note has at most, if its arrow alone says where it ends.
pub(super) const LONGEST_NOTE: usize = 40;

/// The beginning of a note.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) label: Label,
    pub(crate) row: RowId,
    /// The label with what stands around it, and the white space behind it.
    pub(crate) sign: Span,
}

impl Entry {
    /// Tells whether nothing stands behind the sign, on its row or below; `end` is the row after the note.
    pub(crate) fn is_bare(&self, sheet: &Sheet<'_>, end: RowId) -> bool {
        end == self.row + 1 && self.sign.end >= sheet.rows[self.row as usize].span.end
    }
}

/// Finds every row that may begin a note, with its shape, in the order of the text.
pub(crate) fn scan(
    sheet: &Sheet<'_>,
    findings: &Findings,
    grammar: &Grammar,
) -> Vec<(&'static Shape, Entry)> {
    // What another detector took from the start of a row is not the note's.
    let claimed: BTreeMap<u32, u32> =
        findings.claims.iter().map(|claim| (claim.span.start, claim.span.end)).collect();
    let code: Vec<Span> =
        sheet.runs.iter().filter(|run| run.mark == Mark::Code).map(|run| run.span).collect();
    let is_code = |row: RowId| {
        let start = sheet.rows[row as usize].span.start;
        code[..code.partition_point(|span| span.start <= start)].last().is_some_and(|span| span.end > start)
    };
    let shapes: Vec<Vec<&'static Shape>> = (0..=u8::MAX)
        .map(|byte| grammar.shapes.iter().copied().filter(|shape| shape.may_begin_with(byte)).collect())
        .collect();
    let mut entries: Vec<(&'static Shape, Entry)> = (0..sheet.rows.len() as RowId)
        .filter(|&row| findings.places[row as usize] == Place::Body && !is_code(row))
        .filter(|&row| findings.shapes[row as usize] != RowShape::Code)
        .filter_map(|row| {
            let Span { start, end } = sheet.rows[row as usize].span;
            let is_cell = is_later_cell(sheet, row);
            let start = claimed.get(&start).map_or(start, |&claimed| claimed.min(end));
            let line = &sheet.text[start as usize..end as usize];
            if let Some((label, sign)) = raised_at(sheet, start) {
                return Some((&RAISED_ENTRY, Entry { label, row, sign }));
            }
            shapes[usize::from(*line.as_bytes().first()?)]
                .iter()
                .find_map(|&shape| {
                    let (label, length) =
                        shape.read(line).filter(|(label, length)| !is_emphasis(label, &line[*length..]))?;
                    let start = start as usize;
                    Some((shape, Entry { label, row, sign: Span::new(start, start + length) }))
                })
                // Alone in a cell behind others, a sign cites.
                .filter(|(_, entry)| !is_cell || entry.sign.end < end)
        })
        .collect();
    leave_sentences(sheet, &mut entries);
    entries
}

/// Leaves out numbers that a sentence may begin with: those that do not count up below a heading such as `Notes`.
fn leave_sentences(sheet: &Sheet<'_>, entries: &mut Vec<(&'static Shape, Entry)>) {
    let mut next = None;
    entries.retain(|(shape, entry)| {
        if !std::ptr::eq(*shape, &raw const SPACED_ENTRY) {
            return true;
        }
        let above = entry.row.checked_sub(1).map(|above| sheet.words(above));
        let is_next = next == entry.label.rank() || above.is_some_and(is_notes_heading);
        if is_next {
            next = entry.label.rank().map(|rank| rank + 1);
        }
        is_next
    });
}

/// Tells whether a row stands in a cell of a table that is not the first of its line.
fn is_later_cell(sheet: &Sheet<'_>, row: RowId) -> bool {
    let mut node = sheet.rows[row as usize].node;
    while let Some(parent) = sheet.nodes[node.index()].parent {
        if sheet.nodes[node.index()].kind == Kind::Cell {
            return node.index() != parent.index() + 1;
        }
        node = parent;
    }
    false
}

/// Reads a sign that markup raises: `<sup>1</sup>` is what `¹` is in raw text.
fn raised_at(sheet: &Sheet<'_>, start: u32) -> Option<(Label, Span)> {
    if !sheet.is_marked_up() {
        return None;
    }
    let run = sheet.runs_at(start).find(|run| run.mark == Mark::Superscript)?;
    let words = run.span.of(&sheet.text);
    let words = words.strip_suffix([')', '.']).unwrap_or(words);
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
