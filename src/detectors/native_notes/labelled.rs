//! `[^1]` and `[^1]: …`: the notes of Markdown, claimed as they are.

use std::collections::BTreeMap;

use super::NATIVE_NOTES;
use crate::diagnostic::Code;
use crate::document::{Certainty, NoteId};
use crate::findings::{Findings, FoundNote, Place};
use crate::ledger::Fate;
use crate::sheet::{Kind, Mark, NodeId, RowId, Sheet};
use crate::source::Span;

pub(super) fn find(sheet: &Sheet<'_>, findings: &mut Findings) {
    let mut by_label: BTreeMap<String, NoteId> = BTreeMap::new();
    let mut of_node: Vec<Option<NoteId>> = vec![None; sheet.nodes.len()];
    for (at, node) in sheet.nodes.iter().enumerate() {
        let inherited = node.parent.and_then(|NodeId(parent)| of_node[parent as usize]);
        of_node[at] = match &node.kind {
            Kind::Note(label) if !by_label.contains_key(&label.to_lowercase()) => {
                let id = NoteId(findings.notes.len() as u32);
                by_label.insert(label.to_lowercase(), id);
                findings.notes.push(FoundNote {
                    printed: label.clone(),
                    label: Some(label.clone()),
                    span: Span::default(),
                    url: None,
                    certainty: Certainty::Certain,
                    evidence: vec!["markdown-definition"],
                });
                Some(id)
            }
            _ => inherited,
        };
    }
    for row in 0..sheet.rows.len() as RowId {
        let printed = &sheet.rows[row as usize];
        if let Some(id) = of_node[printed.node.index()] {
            findings.places[row as usize] = Place::Note(id);
            let note = &mut findings.notes[id.index()];
            note.span = match note.span.is_empty() {
                true => printed.span,
                false => Span { start: note.span.start, end: printed.span.end },
            };
        }
    }
    for run in &sheet.runs {
        if let Mark::Reference(label) = &run.mark {
            match by_label.get(&label.to_lowercase()) {
                Some(&id) => findings.claim(run.span, Fate::Marker(id), NATIVE_NOTES.name),
                None => {
                    let message = format!("no note has the label {label}, so it stays in the text");
                    findings.remark(Code::MarkerWithoutNote, run.span, message, None);
                }
            }
        }
    }
}
