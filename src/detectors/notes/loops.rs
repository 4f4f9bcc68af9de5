//! What pairing joins and a reader would not: a sign that is the label of a note, a reference of a note to itself, and
//! notes that only cite each other.
//!
//! > [2] [2]
//! >
//! > [4] Mirabilite, Na[2]SO[4].
//! >
//! > [5] See [6].
//! > [6] See [5].
//!
//! Numbered paragraphs that refer back to each other are no notes either. Left alone: a note that cites another, if the text cites one of them.

use std::collections::BTreeMap;

use super::lists::NoteList;
use super::markers::Marker;
use super::pair::Paired;
use crate::sheet::RowId;
use crate::source::Span;

/// The place of a note: which pair, and which of its entries.
type Note = (usize, usize);

/// Takes markers away that are labels of cited notes or stand in their own note, and then all markers of notes that
/// the text does not lead to.
pub(super) fn cut(pairs: &mut [Paired], lists: &[NoteList], markers: &[Marker]) {
    let labels = labels(pairs, lists);
    let is_label = |marker: &Marker| {
        let before = labels.partition_point(|label| label.start <= marker.sign.start);
        before > 0 && labels[before - 1].end > marker.sign.start
    };
    for paired in pairs.iter_mut() {
        let list = &lists[paired.list];
        for (at, cited) in paired.markers.iter_mut().enumerate() {
            let own = list.entries[at].row..list.ends[at];
            cited.retain(|&marker| !is_label(&markers[marker]) && !own.contains(&markers[marker].row));
        }
    }
    for paired in
        pairs.iter_mut().filter(|paired| stands_before_its_markers(paired, &lists[paired.list], markers))
    {
        paired.markers.iter_mut().for_each(Vec::clear);
    }
    let reached = reached(pairs, lists, markers);
    for (pair, paired) in pairs.iter_mut().enumerate() {
        for (at, cited) in paired.markers.iter_mut().enumerate() {
            if !reached[pair][at] {
                cited.clear();
            }
        }
    }
}

/// Tells whether most notes are only cited from below: they are the numbered paragraphs of a text that refers to itself.
fn stands_before_its_markers(paired: &Paired, list: &NoteList, markers: &[Marker]) -> bool {
    let cited = list.entries.iter().zip(&paired.markers).filter(|(_, cited)| !cited.is_empty());
    let (mut below, mut count) = (0, 0);
    for (entry, cited) in cited {
        count += 1;
        below += usize::from(cited.iter().all(|&marker| markers[marker].row > entry.row));
    }
    below * 2 > count
}

/// Returns the labels of cited notes, in the order of the text.
fn labels(pairs: &[Paired], lists: &[NoteList]) -> Vec<Span> {
    let mut labels: Vec<Span> = Vec::new();
    for paired in pairs {
        let entries = lists[paired.list].entries.iter().zip(&paired.markers);
        labels.extend(entries.filter(|(_, cited)| !cited.is_empty()).map(|(entry, _)| entry.sign));
    }
    labels.sort_unstable();
    labels
}

/// Tells for each note whether the text leads to it, perhaps through other notes.
fn reached(pairs: &[Paired], lists: &[NoteList], markers: &[Marker]) -> Vec<Vec<bool>> {
    let mut reached: Vec<Vec<bool>> = pairs.iter().map(|paired| vec![false; paired.markers.len()]).collect();
    let mut cited_in: BTreeMap<Note, Vec<Note>> = BTreeMap::new();
    let mut open: Vec<Note> = Vec::new();
    let within = notes_by_row(pairs, lists);
    for (pair, paired) in pairs.iter().enumerate() {
        for (at, cited) in paired.markers.iter().enumerate() {
            for &marker in cited {
                match note_at(&within, markers[marker].row) {
                    Some(note) => cited_in.entry(note).or_default().push((pair, at)),
                    None => open.push((pair, at)),
                }
            }
        }
    }
    while let Some(note) = open.pop() {
        if !std::mem::replace(&mut reached[note.0][note.1], true) {
            open.extend(cited_in.get(&note).into_iter().flatten());
        }
    }
    reached
}

/// Returns the cited notes by their first row, each with the row after its last one.
fn notes_by_row(pairs: &[Paired], lists: &[NoteList]) -> BTreeMap<RowId, (RowId, Note)> {
    let mut notes = BTreeMap::new();
    for (pair, paired) in pairs.iter().enumerate() {
        let list = &lists[paired.list];
        for (at, _) in paired.markers.iter().enumerate().filter(|(_, cited)| !cited.is_empty()) {
            notes.insert(list.entries[at].row, (list.ends[at], (pair, at)));
        }
    }
    notes
}

/// Finds the note that a row stands in.
fn note_at(notes: &BTreeMap<RowId, (RowId, Note)>, row: RowId) -> Option<Note> {
    notes.range(..=row).next_back().filter(|(_, (end, _))| row < *end).map(|(_, (_, note))| *note)
}
