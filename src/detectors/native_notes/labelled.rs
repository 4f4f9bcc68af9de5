//! `[^1]` and `[^1]: …`: the notes of Markdown, claimed as they are.
//!
//! A label that two notes have means the first of them, as in every engine; the second stays a note that nobody
//! refers to. A reference to a label that no note has stays in the text.

use std::collections::BTreeMap;

use memchr::memmem;

use super::NATIVE_NOTES;
use super::back::{Back, leads_back};
use crate::diagnostic::Code;
use crate::document::{Certainty, NoteId};
use crate::findings::{Findings, FoundNote, Place};
use crate::insets::Inset;
use crate::ledger::Fate;
use crate::sheet::{Kind, Mark, NodeId, RowId, Sheet};
use crate::source::Span;

pub(super) fn find(sheet: &Sheet<'_>, findings: &mut Findings) {
    let mut by_label: BTreeMap<String, NoteId> = BTreeMap::new();
    let mut doubles: Vec<NoteId> = Vec::new();
    let mut of_node: Vec<Option<NoteId>> = vec![None; sheet.nodes.len()];
    for (at, node) in sheet.nodes.iter().enumerate() {
        let Kind::Note(label) = &node.kind else {
            of_node[at] = node.parent.and_then(|NodeId(parent)| of_node[parent as usize]);
            continue;
        };
        let id = NoteId(findings.notes.len() as u32);
        of_node[at] = Some(id);
        if *by_label.entry(folded(label)).or_insert(id) != id {
            doubles.push(id);
        }
        findings.notes.push(FoundNote {
            printed: label.clone(),
            label: Some(label.clone()),
            span: Span::default(),
            url: None,
            certainty: Certainty::Certain,
            evidence: vec!["markdown-definition"],
        });
    }
    for row in 0..sheet.rows.len() as RowId {
        let printed = &sheet.rows[row as usize];
        if let Some(id) = of_node[printed.node.index()] {
            findings.places[row as usize] = Place::Note(id);
            let note = &mut findings.notes[id.index()];
            note.span = if note.span.is_empty() {
                printed.span
            } else {
                Span { start: note.span.start, end: printed.span.end }
            };
        }
    }
    claim_ways_back(sheet, findings);
    for id in doubles {
        let note = &findings.notes[id.index()];
        let (span, message) =
            (note.span, format!("another note before this one has the label {}", note.printed));
        findings.remark(Code::DuplicateLabel, span, message, Some("give one of them another label"));
    }
    for run in &sheet.runs {
        match &run.mark {
            Mark::Reference(label) => {
                if let Some(&id) = by_label.get(&folded(label)) {
                    findings.claim(run.span, Fate::Marker(id), NATIVE_NOTES.name);
                }
            }
            Mark::Note => take_inline_note(sheet, findings, run.span),
            _ => {}
        }
    }
    if !by_label.is_empty() {
        remark_undefined(sheet, findings);
    }
}

/// Claims the links that lead back from notes: `↩`, and the sign that a note begins with.
fn claim_ways_back(sheet: &Sheet<'_>, findings: &mut Findings) {
    let mut of_note: BTreeMap<NoteId, Vec<Span>> = BTreeMap::new();
    for run in &sheet.runs {
        let Mark::Link { url, .. } = &run.mark else { continue };
        let Some(fragment) = url.strip_prefix('#') else { continue };
        let Place::Note(id) = findings.places[sheet.row_at(run.span.start) as usize] else { continue };
        let note = &findings.notes[id.index()];
        let words = run.span.of(&sheet.text);
        let is_own_sign = run.span.start == note.span.start
            && fragment.contains(&note.printed)
            && super::sign::read(words, true).is_some_and(|sign| folded(&sign) == folded(&note.printed));
        if leads_back(words) || is_own_sign {
            of_note.entry(id).or_default().push(run.span);
        }
    }
    for (id, links) in of_note {
        let note = findings.notes[id.index()].span;
        Back { sheet, note, links: &links, signs: &[] }.claim(findings, id, NATIVE_NOTES.name);
    }
}

/// Makes a note of `^[…]`: the signs, with the white space inside them, are its marker and its label.
fn take_inline_note(sheet: &Sheet<'_>, findings: &mut Findings, span: Span) {
    let words = Span { start: span.start + 2, end: span.end - 1 };
    let text = words.of(&sheet.text);
    let start = words.start + (text.len() - text.trim_start().len()) as u32;
    let end = words.end - (text.len() - text.trim_end().len()) as u32;
    let id = NoteId(findings.notes.len() as u32);
    findings.notes.push(FoundNote {
        printed: "^".to_owned(),
        label: None,
        span,
        url: None,
        certainty: Certainty::Certain,
        evidence: vec!["markdown-inline-note"],
    });
    findings.claim(Span { start: span.start, end: start }, Fate::Marker(id), NATIVE_NOTES.name);
    findings.insets.push(Inset { span: Span { start, end }, note: id });
    findings.claim(Span { start: end, end: span.end }, Fate::Label(id), NATIVE_NOTES.name);
}

/// Labels that differ only in case or white space mean the same (CommonMark 0.31 §4.7).
fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Tells of references to labels that no note has: they are text.
fn remark_undefined(sheet: &Sheet<'_>, findings: &mut Findings) {
    let mut codes = sheet
        .runs
        .iter()
        .filter(|run| matches!(run.mark, Mark::Code | Mark::Html | Mark::Math { .. }))
        .peekable();
    let mut at = 0;
    while let Some(found) = memmem::find(&sheet.text.as_bytes()[at..], b"[^") {
        let start = at + found;
        at = start + 2;
        let label = sheet.text[at..].split([']', '[', '\n', ' ']).next().unwrap_or_default();
        let end = at + label.len();
        if label.is_empty() || !sheet.text[end..].starts_with(']') {
            continue;
        }
        while codes.next_if(|run| run.span.end as usize <= start).is_some() {}
        let is_code = codes.peek().is_some_and(|run| run.span.start as usize <= start)
            || sheet.rows.get(sheet.row_at(start as u32) as usize).is_none_or(|row| {
                matches!(sheet.nodes[row.node.index()].kind, Kind::Code { .. } | Kind::Html)
            });
        if !is_code {
            let message = format!("no note has the label {label}, so it stays in the text");
            findings.remark(Code::MarkerWithoutNote, Span::new(start, end + 1), message, None);
        }
    }
}
