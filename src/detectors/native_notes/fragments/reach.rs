//! How far each note reaches whose text a link back begins or ends.

use std::ops::Range;

use crate::sheet::{Kind, NodeId, RowId, Sheet};
use crate::source::Span;

/// A note that begins with its link back has no more rows.
const LONGEST_NOTE: RowId = 60;

/// A note, and the link that leads back from it, if it was not lost.
pub(super) struct Note {
    /// What it has in common with its references.
    pub(super) key: String,
    pub(super) back: Option<Span>,
    /// It begins with the link.
    pub(super) leads: bool,
    pub(super) rows: Range<RowId>,
}

/// Finds the rows of each note; `is_cited` tells of a key whether anything refers to it.
pub(super) fn of(sheet: &Sheet<'_>, mut notes: Vec<Note>, is_cited: impl Fn(&String) -> bool) -> Vec<Note> {
    set_rows(sheet, &mut notes);
    add_unended(sheet, notes, is_cited)
}

/// Finds the rows of each note: those of its item, or all after the note before, or all before the next one.
fn set_rows(sheet: &Sheet<'_>, notes: &mut [Note]) {
    let reach = reach(sheet);
    let mut before: RowId = 0;
    for at in 0..notes.len() {
        let Some(link) = notes[at].back else { continue };
        let row = sheet.row_at(link.start);
        // In a list of notes only this one stands in the item; a paragraph of the first note stands alone.
        let item = item(sheet, row).map(|item| reach[item.index()].clone());
        notes[at].rows = match item.filter(|rows| rows.start >= before) {
            Some(rows) => rows,
            None if notes[at].leads => row..end_of_led(sheet, notes, at, row),
            None if at > 0 && before <= row && !has_heading(sheet, before..row) => before..row + 1,
            None => paragraph(sheet, row)..row + 1,
        };
        before = notes[at].rows.end.max(before);
    }
}

/// Returns the outermost item that a row stands in.
fn item(sheet: &Sheet<'_>, row: RowId) -> Option<NodeId> {
    let above = |node: &NodeId| sheet.nodes[node.index()].parent;
    std::iter::successors(Some(sheet.rows[row as usize].node), above)
        .filter(|node| matches!(sheet.nodes[node.index()].kind, Kind::Item { .. }))
        .last()
}

/// Returns where a note ends that begins with its link: where the next one begins, or with its paragraph.
fn end_of_led(sheet: &Sheet<'_>, notes: &[Note], at: usize, row: RowId) -> RowId {
    let row_of = |note: &Note| note.back.map(|link| sheet.row_at(link.start));
    let next = notes.get(at + 1).and_then(|next| match row_of(next)? {
        below if next.leads => Some(below),
        below if next.key == notes[at].key => Some(below + 1),
        _ => None,
    });
    let is_near = |&end: &RowId| end > row && end - row <= LONGEST_NOTE && !has_heading(sheet, row..end);
    let is_html = |row: RowId| *sheet.kind(row) == Kind::Html;
    let without_tags =
        |end: RowId| (row + 1..end).rev().find(|&row| !is_html(row)).map_or(row + 1, |row| row + 1);
    without_tags(next.filter(is_near).unwrap_or_else(|| {
        let node = sheet.rows[row as usize].node;
        let same = sheet.rows[row as usize..].iter().take_while(|printed| printed.node == node);
        row + same.count() as RowId
    }))
}

/// Adds the notes that are cited, and whose link back was lost: what stands between the notes with the numbers before and
/// after, but for the last paragraph. Where several were lost in a row, each has to be one paragraph.
fn add_unended(sheet: &Sheet<'_>, notes: Vec<Note>, is_cited: impl Fn(&String) -> bool) -> Vec<Note> {
    let mut all: Vec<Note> = Vec::with_capacity(notes.len());
    for mut note in notes {
        let lost = all.last().map_or_else(Vec::new, |before| keys_between(before, &note, &is_cited));
        let from = all.last().map_or(0, |before| before.rows.end);
        let is_last_paragraph = note.rows.start <= from;
        let own = if is_last_paragraph { paragraph(sheet, note.rows.end - 1) } else { note.rows.start };
        let starts = match lost.len() {
            1 if from < own => vec![from],
            _ => (from..own).filter(|&row| paragraph(sheet, row) == row).collect::<Vec<_>>(),
        };
        if !lost.is_empty() && starts.len() == lost.len() && !has_heading(sheet, from..own) {
            let ends = starts.iter().skip(1).copied().chain([own]);
            let lost = lost.into_iter().zip(starts.iter().zip(ends));
            all.extend(lost.map(|(key, (&start, end))| Note {
                key,
                back: None,
                leads: false,
                rows: start..end,
            }));
            note.rows.start = own;
        }
        all.push(note);
    }
    all
}

/// Returns the numbers between those of two notes, if all of them are cited.
fn keys_between(before: &Note, after: &Note, is_cited: impl Fn(&String) -> bool) -> Vec<String> {
    let (Ok(first), Ok(last)) = (before.key.parse::<u32>(), after.key.parse::<u32>()) else {
        return Vec::new();
    };
    let between: Vec<String> =
        (first + 1..last).map(|number| number.to_string()).take_while(is_cited).collect();
    let is_whole = between.len() as u32 == last.saturating_sub(first).saturating_sub(1);
    if is_whole { between } else { Vec::new() }
}

fn has_heading(sheet: &Sheet<'_>, rows: Range<RowId>) -> bool {
    rows.clone().any(|row| sheet.is_heading(row))
}

fn paragraph(sheet: &Sheet<'_>, row: RowId) -> RowId {
    let node = sheet.rows[row as usize].node;
    let same = |&before: &RowId| sheet.rows[before as usize].node == node;
    (0..row).rev().take_while(same).last().unwrap_or(row)
}

/// Returns for each node the rows in and below it.
fn reach(sheet: &Sheet<'_>) -> Vec<Range<RowId>> {
    #[allow(clippy::reversed_empty_ranges)] // no row yet: it grows at both ends
    let mut reach: Vec<Range<RowId>> = vec![RowId::MAX..0; sheet.nodes.len()];
    for (row, printed) in sheet.rows.iter().enumerate() {
        let own = &mut reach[printed.node.index()];
        *own = own.start.min(row as RowId)..own.end.max(row as RowId + 1);
    }
    for at in (1..reach.len()).rev() {
        if let Some(parent) = sheet.nodes[at].parent {
            let own = reach[at].clone();
            let above = &mut reach[parent.index()];
            *above = above.start.min(own.start)..above.end.max(own.end);
        }
    }
    reach
}
