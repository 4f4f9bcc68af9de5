//! `<ref>…</ref>` in MediaWiki, `[fn:1]` in Org, `[1]_` in reStructuredText: the notes of lightweight markup.
//!
//! A label that two notes have means the first of them; the second stays text, and so does a note that nothing cites.

use std::collections::{BTreeMap, BTreeSet};

use super::NATIVE_NOTES;
use crate::detectors::notes::is_notes_heading;
use crate::diagnostic::Code;
use crate::document::{Certainty, NoteId};
use crate::findings::{Findings, FoundNote, Place};
use crate::insets::Inset;
use crate::ledger::{Fate, Reason};
use crate::sheet::{Kind, Mark, NodeId, RowId, Sheet};
use crate::source::Span;

pub(super) fn find(sheet: &Sheet<'_>, findings: &mut Findings) {
    let mut notes = Notes { sheet, cited: cited(sheet), by_label: BTreeMap::new() };
    notes.find_apart(findings);
    notes.find_insets(findings);
    notes.claim_signs(findings);
    drop_headings(sheet, findings);
}

/// Drops headings over notes that nothing else stands under any more.
fn drop_headings(sheet: &Sheet<'_>, findings: &mut Findings) {
    if findings.notes.is_empty() {
        return;
    }
    let is_heading = |row: RowId| sheet.is_heading(row);
    let rows: Vec<RowId> = findings.body_rows().collect();
    for (at, &row) in rows.iter().enumerate() {
        let is_empty = rows.get(at + 1).is_none_or(|&next| is_heading(next));
        if is_empty && is_heading(row) && is_notes_heading(sheet.words(row)) {
            findings.drop_row(sheet, row, Reason::NotesHeading, NATIVE_NOTES.name);
        }
    }
}

/// The notes of one sheet, by their labels.
struct Notes<'n> {
    sheet: &'n Sheet<'n>,
    /// The labels that something refers to.
    cited: BTreeSet<String>,
    by_label: BTreeMap<String, NoteId>,
}

/// Returns the labels that something refers to.
fn cited(sheet: &Sheet<'_>) -> BTreeSet<String> {
    let labels = sheet.runs.iter().filter_map(|run| match &run.mark {
        Mark::Reference(label) => Some(label.to_lowercase()),
        _ => None,
    });
    labels.collect()
}

impl Notes<'_> {
    /// Finds notes that stand apart from the text.
    fn find_apart(&mut self, findings: &mut Findings) {
        let sheet = self.sheet;
        let mut of_node: Vec<Option<NoteId>> = vec![None; sheet.nodes.len()];
        for (at, node) in sheet.nodes.iter().enumerate() {
            let inherited = node.parent.and_then(|NodeId(parent)| of_node[parent as usize]);
            of_node[at] = match &node.kind {
                Kind::Note(label) => self.add(findings, label, "definition").or(inherited),
                _ => inherited,
            };
        }
        for (row, printed) in sheet.rows.iter().enumerate() {
            if let Some(id) = of_node[printed.node.index()] {
                findings.places[row] = Place::Note(id);
                let note = &mut findings.notes[id.index()];
                let start = if note.span.is_empty() { printed.span.start } else { note.span.start };
                note.span = Span { start, end: printed.span.end };
            }
        }
    }

    /// Finds notes that stand inside a paragraph.
    fn find_insets(&mut self, findings: &mut Findings) {
        for run in &self.sheet.runs {
            if let Mark::Inset(label) = &run.mark
                && let Some(note) = self.add(findings, label, "inline-note")
            {
                findings.notes[note.index()].span = run.span;
                findings.insets.push(Inset { span: run.span, note });
            }
        }
    }

    /// Adds a note unless its label is taken, or nothing cites it.
    fn add(&mut self, findings: &mut Findings, label: &str, evidence: &'static str) -> Option<NoteId> {
        let key = label.to_lowercase();
        if self.by_label.contains_key(&key) || !self.cited.contains(&key) {
            return None;
        }
        let id = NoteId(findings.notes.len() as u32);
        self.by_label.insert(key, id);
        findings.notes.push(FoundNote {
            printed: if label.starts_with('\0') { String::new() } else { label.to_owned() },
            label: None,
            span: Span::default(),
            url: None,
            certainty: Certainty::Certain,
            evidence: vec![evidence],
        });
        Some(id)
    }

    /// Claims what refers to notes, and what they begin with.
    fn claim_signs(&self, findings: &mut Findings) {
        for run in &self.sheet.runs {
            match &run.mark {
                Mark::Reference(label) => {
                    if let Some(&id) = self.by_label.get(&label.to_lowercase()) {
                        findings.claim(run.span, Fate::Marker(id), NATIVE_NOTES.name);
                    } else {
                        let message = format!("no note has the label {label}, so it stays in the text");
                        findings.remark(Code::MarkerWithoutNote, run.span, message, None);
                    }
                }
                Mark::Sign(label) => self.claim_sign(findings, label, run.span),
                _ => {}
            }
        }
    }

    /// Claims the sign that a note begins with, and the white space after it.
    fn claim_sign(&self, findings: &mut Findings, label: &str, sign: Span) {
        let note = self.by_label.get(&label.to_lowercase()).copied();
        let row = self.sheet.row_at(sign.start);
        if let Some(id) = note.filter(|&id| findings.places.get(row as usize) == Some(&Place::Note(id))) {
            let after = &self.sheet.text[sign.end as usize..self.sheet.rows[row as usize].span.end as usize];
            let space = (after.len() - after.trim_start().len()) as u32;
            let span = Span { start: sign.start, end: sign.end + space };
            findings.claim(span, Fate::Label(id), NATIVE_NOTES.name);
        } else {
            let message = format!("nothing cites the note {label}, so it stays in the text");
            findings.remark(Code::NoteWithoutMarker, sign, message, None);
        }
    }
}
