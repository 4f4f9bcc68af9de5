//! Tests of notes that stand inside a paragraph: what is left of the body, and what the notes say.

use super::build;
use crate::document::{Block, Inline, NoteId};
use crate::document::{Certainty, plain_text};
use crate::findings::{Claim, FoundNote};
use crate::findings::{Findings, Place};
use crate::insets::Inset;
use crate::ledger::Fate;
use crate::options::From;
use crate::options::Options;
use crate::sheet::RowId;
use crate::sheet::Sheet;
use crate::source::{Source, Span};

/// Finds `((…))` on a sheet, as a detector would.
fn find_insets(sheet: &Sheet<'_>, findings: &mut Findings) {
    let mut open: Vec<(usize, NoteId)> = Vec::new();
    let signs = sheet.text.match_indices("((").chain(sheet.text.match_indices("))"));
    let mut signs: Vec<(usize, &str)> = signs.collect();
    signs.sort_unstable();
    for (at, sign) in signs {
        if sign == "((" {
            let note = NoteId(findings.notes.len() as u32);
            findings.notes.push(note_at(Span::new(at, at + 2)));
            let margin = sheet.text[at + 2..].len() - sheet.text[at + 2..].trim_start().len();
            findings.claim(Span::new(at, at + 2 + margin), Fate::Marker(note), "test");
            open.push((at + 2 + margin, note));
        } else if let Some((start, note)) = open.pop() {
            let end = sheet.text[..at].trim_end().len();
            findings.claim(Span::new(end, at + 2), Fate::Label(note), "test");
            findings.insets.push(Inset { span: Span::new(start, end), note });
        }
    }
}

/// Puts the rows below a row `note:` into a note, as a detector of lists would.
fn find_list(sheet: &Sheet<'_>, findings: &mut Findings) {
    let rows = 0..sheet.rows.len() as RowId;
    let Some(first) = rows.clone().find(|&row| sheet.words(row) == "note:") else { return };
    let note = NoteId(findings.notes.len() as u32);
    let span = sheet.rows[first as usize].span;
    findings.notes.push(note_at(span));
    findings.claim(span, Fate::Label(note), "test");
    for row in first..rows.end {
        findings.places[row as usize] = Place::Note(note);
    }
}

fn note_at(span: Span) -> FoundNote {
    FoundNote {
        printed: String::new(),
        label: None,
        span,
        url: None,
        certainty: Certainty::Certain,
        evidence: Vec::new(),
    }
}

/// Builds a text with insets; returns the body, in short, and the notes.
fn built(text: &str, from: From) -> (String, Vec<String>) {
    let source = Source::decode(text.as_bytes(), None).expect("text");
    let sheet = crate::readers::read(&source, &Options::default().from(from)).expect("a sheet");
    let mut findings = Findings::new(&sheet);
    find_insets(&sheet, &mut findings);
    find_list(&sheet, &mut findings);
    for (above, row) in sheet.rows.iter().zip(sheet.rows.iter().skip(1)).filter(|(_, row)| row.gap == 0) {
        if above.node == row.node {
            let span = Span { start: above.span.end, end: row.span.start };
            findings.claims.push(Claim { span, fate: Fate::Mend(" ".into()), rule: "test" });
        }
    }
    let (document, ledger, _) = build(&sheet, findings, &Options::default());
    assert!(ledger.tiles(source.text().len()), "gaps in {text:?}: {ledger:?}");
    let replayed = ledger.replay(source.text(), None);
    assert_eq!(replayed, plain_text(&document.blocks), "body of {text:?}");
    for (at, note) in document.notes.iter().enumerate() {
        let replayed = ledger.replay(source.text(), Some(NoteId(at as u32)));
        assert_eq!(replayed, plain_text(&note.blocks), "note {at} of {text:?}");
    }
    let notes = document.notes.iter().map(|note| in_short(&note.blocks)).collect();
    (in_short(&document.blocks), notes)
}

/// The words of blocks; `#1` for a reference, signs for marks and blocks.
fn in_short(blocks: &[Block]) -> String {
    let blocks = blocks.iter().map(|block| match block {
        Block::Paragraph(content) => inline_in_short(content),
        Block::Heading { content, .. } => format!("# {}", inline_in_short(content)),
        Block::Quote(inner) => format!("> {}", in_short(inner)),
        Block::List { items, .. } => {
            let items = items.iter().map(|item| format!("- {}", in_short(&item.blocks)));
            items.collect::<Vec<_>>().join(" ")
        }
        Block::Table { head, rows, .. } => {
            let cells = head.iter().chain(rows.iter().flatten()).map(|cell| inline_in_short(cell));
            cells.collect::<Vec<_>>().join("|")
        }
        block => format!("{block:?}"),
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn inline_in_short(content: &[Inline]) -> String {
    let inlines = content.iter().map(|inline| match inline {
        Inline::Text(words) => words.clone(),
        Inline::Emphasis(inner) => format!("/{}/", inline_in_short(inner)),
        Inline::Link { url, content, .. } => format!("<{url} {}>", inline_in_short(content)),
        Inline::Reference(note) => format!("#{}", note.0 + 1),
        inline => format!("{inline:?}"),
    });
    inlines.collect()
}

#[test]
fn insets_leave_the_body_and_become_notes() {
    for (text, body, notes) in [
        ("The ferry((Built in 1887.)) sank.", "The ferry#1 sank.", vec!["Built in 1887."]),
        ("a((b))((c)).", "a#1#2.", vec!["b", "c"]),
        ("a((b((c))d((e))))f", "a#1f", vec!["b#2d#3", "c", "e"]),
        ("a((b((c((d))))))", "a#1", vec!["b#2", "c#3", "d"]),
        ("((b))", "#1", vec!["b"]),
        ("a((b", "a#1", vec![""]),
        ("a b)) c", "a b)) c", vec![]),
    ] {
        // What is not closed is the detector's business; here its sign is gone.
        let body = if text == "a((b" { "a#1b" } else { body };
        let (found, found_notes) = built(text, From::Text);
        assert_eq!(
            (found.as_str(), found_notes),
            (body, notes.iter().map(ToString::to_string).collect()),
            "in {text:?}"
        );
    }
}

#[test]
fn insets_go_over_several_rows() {
    for (text, body, notes) in [
        ("The ferry((Built in\n1887.)) sank.", "The ferry#1 sank.", vec!["Built in 1887."]),
        (
            "The ferry((\n  Built\n  in 1887.\n)) sank\nat six.",
            "The ferry#1 sank at six.",
            vec!["Built in 1887."],
        ),
        ("a((b\nc((d\ne))\nf))\ng", "a#1 g", vec!["b c#2 f", "d e"]),
        ("a\n((b))\nc", "a #1 c", vec!["b"]),
        ("a((b))\n\nnote:\n\nc((d))", "a#1", vec!["b", "d", "c#2"]),
    ] {
        let (found, found_notes) = built(text, From::Text);
        assert_eq!(
            (found.as_str(), found_notes),
            (body, notes.iter().map(ToString::to_string).collect()),
            "in {text:?}"
        );
    }
}

#[test]
fn insets_stand_in_any_block_and_hold_marks() {
    for (text, body, notes) in [
        ("- a((b))\n- c((d))\n", "- a#1 - c#2", vec!["b", "d"]),
        ("> a((b))\n> c\n", "> a#1 c", vec!["b"]),
        ("# a((b))\n\nc", "# a#1\nc", vec!["b"]),
        ("x\n\n| a((b)) | c |\n| --- | --- |\n| d | e((f)) |\n", "x\na#1|c|d|e#2", vec!["b", "f"]),
        ("a((*b* c [d](e) )) f", "a#1 f", vec!["/b/ c <e d>"]),
        ("*a((b *c*)) d* e", "/a#1 d/ e", vec!["b /c/"]),
        ("[a((b))](c) d", "<c a>#1 d", vec!["b"]),
    ] {
        let (found, found_notes) = built(text, From::Markdown);
        assert_eq!(
            (found.as_str(), found_notes),
            (body, notes.iter().map(ToString::to_string).collect()),
            "in {text:?}"
        );
    }
}
