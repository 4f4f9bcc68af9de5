//! The order of notes: by first reference, and what numbers and labels they get.

use super::labels::labels;
use crate::document::{Block, Note, NoteId};
use crate::findings::{Claim, Findings, FoundNote, Place};
use crate::insets::Owners;
use crate::ledger::Fate;
use crate::sheet::Sheet;

/// Where each found note goes.
pub(super) struct Order {
    /// The new number of each found note.
    numbers: Vec<NoteId>,
    /// The found notes in their new order.
    found: Vec<usize>,
}

impl Order {
    /// Orders notes by their first reference: those of the title and the body, then those of notes; a note without
    /// a reference comes last.
    pub(super) fn of(sheet: &Sheet<'_>, findings: &Findings, claims: &[Claim], owners: &Owners) -> Self {
        let count = findings.notes.len();
        let mut references_in: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut found = Vec::with_capacity(count);
        let mut seen = vec![false; count];
        let mut visit = |found: &mut Vec<usize>, note: usize| {
            if !std::mem::replace(&mut seen[note], true) {
                found.push(note);
            }
        };
        for claim in claims {
            let Fate::Marker(id) = claim.fate else { continue };
            let row = sheet.row_at(claim.span.end.saturating_sub(1)) as usize;
            let place = findings.places.get(row).copied().unwrap_or_default();
            match owners.at(claim.span.start).map_or(place, Place::Note) {
                Place::Note(holder) => references_in[holder.index()].push(id.index()),
                Place::Body | Place::Gone | Place::Outside(_) => visit(&mut found, id.index()),
            }
        }
        let mut at = 0;
        while at < found.len() {
            for &note in &references_in[found[at]] {
                visit(&mut found, note);
            }
            at += 1;
        }
        for note in 0..count {
            visit(&mut found, note);
        }
        let mut numbers = vec![NoteId::default(); count];
        for (number, &note) in found.iter().enumerate() {
            numbers[note] = NoteId(number as u32);
        }
        Self { numbers, found }
    }

    pub(super) fn new_id(&self, id: NoteId) -> NoteId {
        self.numbers[id.index()]
    }

    /// Makes the notes of the document; `blocks` are those of the found notes.
    pub(super) fn notes(
        &self,
        notes: &[FoundNote],
        mut blocks: Vec<Vec<Block>>,
        sheet: &Sheet<'_>,
    ) -> Vec<Note> {
        let mut labels = labels(self.found.iter().map(|&at| &notes[at])).into_iter();
        let ordered = self.found.iter().map(|&at| {
            let found = &notes[at];
            let mut note = Note {
                label: labels.next().unwrap_or_default(),
                printed: found.printed.clone(),
                blocks: std::mem::take(&mut blocks[at]),
                certainty: found.certainty,
                evidence: found.evidence.clone(),
                span: sheet.source_span(found.span),
            };
            if let Some(url) = &found.url {
                super::link_note(&mut note, url);
            }
            note
        });
        ordered.collect()
    }
}
