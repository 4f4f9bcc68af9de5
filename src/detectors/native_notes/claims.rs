//! What native notes claim beside their own text: references in the text, and the headings over the notes.

use std::collections::BTreeSet;

use super::NATIVE_NOTES;
use crate::detectors::notes::is_notes_heading;
use crate::document::NoteId;
use crate::findings::{Findings, Place};
use crate::ledger::{Fate, Reason};
use crate::sheet::{Kind, RowId, Sheet};
use crate::source::Span;

/// Claims references, with brackets around them and separators between them.
pub(super) fn markers(sheet: &Sheet<'_>, findings: &mut Findings, markers: &mut Vec<(Span, NoteId)>) {
    markers.sort_unstable();
    markers.dedup_by(|after, before| after.0.start < before.0.end);
    let text = &sheet.text;
    let mut at = 0;
    while at < markers.len() {
        // References that only signs part belong together.
        let mut end = at + 1;
        while end < markers.len()
            && is_separator(&text[markers[end - 1].0.end as usize..markers[end].0.start as usize])
        {
            end += 1;
        }
        let group = &markers[at..end];
        let (first, last) = (group[0].0.start, group[group.len() - 1].0.end);
        let row = sheet.rows[sheet.row_at(first) as usize].span;
        // A link that holds blocks begins before their rows.
        let row = Span { start: row.start.min(first), ..row };
        let Span { mut start, end: close } = with_brackets(text, row, Span { start: first, end: last });
        let before = &text[row.start as usize..start as usize];
        let after = &text[close as usize..row.end.max(close) as usize];
        let ends_word = after.chars().next().is_none_or(|c| c.is_whitespace() || ",.;:!?)”»".contains(c));
        if ends_word && !before.trim_end().is_empty() {
            start -= (before.len() - before.trim_end().len()) as u32;
        }
        for (index, &(span, id)) in group.iter().enumerate() {
            let from = if index == 0 { start } else { span.start };
            let to = if index + 1 == group.len() { close } else { span.end };
            findings.claim(Span { start: from, end: to }, Fate::Marker(id), NATIVE_NOTES.name);
            if let Some((next, _)) = group.get(index + 1) {
                findings.claim(
                    Span { start: span.end, end: next.start },
                    Fate::Syntax,
                    "reference-separator",
                );
            }
        }
        at = end;
    }
}

/// Adds the brackets around references, and the carets around those: `^[1]^`.
fn with_brackets(text: &str, row: Span, mut references: Span) -> Span {
    const PAIRS: &[(char, char)] =
        &[('[', ']'), ('(', ')'), ('{', '}'), ('［', '］'), ('（', '）'), ('〔', '〕'), ('^', '^')];
    const MOST: usize = 2;
    for _ in 0..MOST {
        let before = &text[row.start as usize..references.start as usize];
        let after = &text[references.end as usize..row.end.max(references.end) as usize];
        let stands_around =
            |&&(open, close): &&(char, char)| before.ends_with(open) && after.starts_with(close);
        let Some(&(open, close)) = PAIRS.iter().find(stands_around) else { break };
        references.start -= open.len_utf8() as u32;
        references.end += close.len_utf8() as u32;
    }
    references
}

/// Tells whether text only parts two references from each other: `, ` or `][`.
fn is_separator(text: &str) -> bool {
    text.len() <= 4 && text.chars().all(|c| ",;][)( \u{A0}，、；".contains(c))
}

/// Drops the headings over notes that were all taken out, whose first rows are given.
pub(super) fn drop_headings(sheet: &Sheet<'_>, findings: &mut Findings, firsts: impl Iterator<Item = RowId>) {
    for first in firsts.collect::<BTreeSet<RowId>>() {
        let is_left = |row: &RowId| !matches!(findings.places[*row as usize], Place::Outside(_));
        // One may stand over another: a label, and the caption of a table.
        let headings: Vec<RowId> = (0..first)
            .rev()
            .filter(is_left)
            .take_while(|&row| {
                findings.places[row as usize] == Place::Body && is_heading_of_notes(sheet, findings, row)
            })
            .collect();
        for row in headings {
            findings.drop_row(sheet, row, Reason::NotesHeading, NATIVE_NOTES.name);
        }
    }
}

/// Drops the heading over notes that other headings part, by chapters, if nothing else is left there.
pub(super) fn drop_parted_headings(sheet: &Sheet<'_>, findings: &mut Findings) {
    let level = |row: RowId| match *sheet.kind(row) {
        Kind::Heading(level) => Some(level),
        _ => None,
    };
    let body: Vec<RowId> = findings.body_rows().collect();
    for (at, &row) in body.iter().enumerate() {
        let is_left = findings.places[row as usize] == Place::Body;
        let heads_notes = is_left && is_notes_heading(sheet.words(row));
        let Some(outer) = level(row).filter(|_| heads_notes) else { continue };
        let inner = body[at + 1..].iter().take_while(|&&row| level(row).is_some_and(|level| level > outer));
        let inner: Vec<RowId> = inner.copied().collect();
        let next = body.get(at + 1 + inner.len()).copied();
        let is_whole = next.is_none_or(|next| level(next).is_some_and(|level| level <= outer));
        let stands_over_note =
            |row: RowId| matches!(findings.places.get(row as usize + 1), Some(Place::Note(_)));
        if is_whole && !inner.is_empty() && inner.iter().all(|&row| stands_over_note(row)) {
            for row in std::iter::once(row).chain(inner) {
                findings.drop_row(sheet, row, Reason::NotesHeading, NATIVE_NOTES.name);
            }
        }
    }
}

/// Tells whether a row is a heading over notes, with or without a link to the top of the page before it.
fn is_heading_of_notes(sheet: &Sheet<'_>, findings: &Findings, row: RowId) -> bool {
    let printed = &sheet.rows[row as usize];
    let left = || {
        let taken = findings.fallbacks.iter().find(|claim| claim.span.start == printed.span.start);
        Span { start: taken.map_or(printed.span.start, |claim| claim.span.end), end: printed.span.end }
    };
    is_notes_heading(sheet.words(row)) || (sheet.is_heading(row) && is_notes_heading(left().of(&sheet.text)))
}
