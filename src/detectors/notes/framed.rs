//! Notes that stand where they are cited, between signs of their own: see `grammar/framed.rs`.

use memchr::memchr2_iter;

use crate::document::{Certainty, NoteId};
use crate::findings::{Findings, FoundNote, Place, Shape};
use crate::grammar::{FRAMED, Framed};
use crate::insets::Inset;
use crate::ledger::Fate;
use crate::sheet::{Mark, RowId, Sheet, is_east_asian};
use crate::source::Span;

/// The longest such note, in bytes.
const LONGEST: u32 = 8_000;

/// So often the text is read at most, however many frames begin in it and never end.
const READINGS: usize = 8;

/// A note in its frame.
struct Found {
    frame: &'static Framed,
    /// With the signs around it.
    whole: Span,
    /// Without them, and without the white space inside them.
    words: Span,
}

/// Finds the notes and claims their signs.
pub(super) fn find(sheet: &Sheet<'_>, findings: &mut Findings) {
    let mut notes = scan(sheet, findings);
    // Signs that mean other things too prove themselves only together.
    let common = notes.iter().filter(|note| note.frame.is_common).count();
    notes.retain(|note| !note.frame.is_common || common > 1);
    for note in notes {
        claim(sheet, findings, &note);
    }
}

fn claim(sheet: &Sheet<'_>, findings: &mut Findings, note: &Found) {
    let Found { frame, whole, words } = *note;
    let id = NoteId(findings.notes.len() as u32);
    let before =
        &sheet.text[sheet.rows[sheet.row_at(whole.start) as usize].span.start as usize..whole.start as usize];
    let space = before.len() - before.trim_end().len();
    let start = whole.start - space as u32;
    findings.claim(Span { start, end: whole.start }, Fate::Layout, frame.name);
    findings.claim(Span { start: whole.start, end: words.start }, Fate::Marker(id), frame.name);
    findings.insets.push(Inset { span: words, note: id });
    findings.claim(Span { start: words.end, end: whole.end }, Fate::Label(id), frame.name);
    findings.notes.push(FoundNote {
        printed: frame.open.to_owned(),
        label: None,
        span: whole,
        url: None,
        certainty: if frame.is_common { Certainty::Likely } else { Certainty::Certain },
        evidence: vec!["inline-note"],
    });
}

/// Finds the frames in the body, each with its note.
fn scan(sheet: &Sheet<'_>, findings: &Findings) -> Vec<Found> {
    let code: Vec<Span> =
        sheet.runs.iter().filter(|run| run.mark == Mark::Code).map(|run| run.span).collect();
    let is_code = |at: u32| {
        code[..code.partition_point(|span| span.start <= at)].last().is_some_and(|span| span.end > at)
    };
    let mut found: Vec<Found> = Vec::new();
    let mut left = sheet.text.len() * READINGS;
    for row in findings.body_rows().filter(|&row| findings.shapes[row as usize] != Shape::Code) {
        let span = sheet.rows[row as usize].span;
        let line = &sheet.text.as_bytes()[span.range()];
        for at in signs(line) {
            let start = span.start + at as u32;
            let opens = |frame: &&Framed| sheet.text[start as usize..].starts_with(frame.open);
            let Some(frame) = FRAMED.iter().find(opens) else { continue };
            if found.last().is_some_and(|last| last.whole.end > start) || is_code(start) {
                continue;
            }
            let end = paragraph_end(sheet, findings, row, start + LONGEST);
            let Some(rest) = left.checked_sub((end - start) as usize) else { return found };
            left = rest;
            found.extend(read(sheet, frame, start, end));
        }
    }
    found
}

/// Finds the bytes that a frame could begin with.
fn signs(line: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let mut at: Vec<usize> = memchr2_iter(b'{', b'[', line).collect();
    at.extend(memchr2_iter(b'\\', b'(', line));
    at.extend(memchr2_iter(b'^', b'<', line));
    at.sort_unstable();
    at.into_iter()
}

/// Finds where the paragraph of a row ends, or a byte near `limit` if it is longer.
fn paragraph_end(sheet: &Sheet<'_>, findings: &Findings, row: RowId, limit: u32) -> u32 {
    let mut last = row as usize;
    while let Some(next) = sheet.rows.get(last + 1).filter(|next| next.span.end < limit) {
        let same = next.gap == 0 && next.node == sheet.rows[last].node;
        if !same || findings.places[last + 1] != Place::Body {
            break;
        }
        last += 1;
    }
    let end = sheet.rows[last].span.end.min(limit) as usize;
    (0..=end).rev().find(|&at| sheet.text.is_char_boundary(at)).unwrap_or_default() as u32
}

/// Reads a note that begins at a byte, if it ends before `end`.
fn read(sheet: &Sheet<'_>, frame: &'static Framed, start: u32, end: u32) -> Option<Found> {
    let inside = Span { start, end }.of(&sheet.text).strip_prefix(frame.open)?;
    let length = closing(frame, inside)?;
    let words = inside[..length].trim();
    let from = start as usize + frame.open.len() + (length - inside[..length].trim_start().len());
    let whole = Span::new(start as usize, start as usize + frame.open.len() + length + frame.close.len());
    let has_word = words.chars().any(char::is_alphabetic);
    let before = sheet.text[..start as usize].chars().next_back();
    let follows = before.is_some_and(|c| c.is_alphanumeric() || ".,;:!?)]}”’\"'»…。，、」".contains(c));
    let is_sentence =
        words.chars().any(is_east_asian) || words.split_whitespace().filter(is_word).count() > 1;
    let fits = !frame.is_common || (follows && is_sentence);
    (has_word && fits).then(|| Found { frame, whole, words: Span::new(from, from + words.len()) })
}

/// Tells words from the names and signs of a formula.
fn is_word(word: &&str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.contains(['=', '_', '(', '{', '\\'])
}

/// Measures the text before the sign that closes a frame.
fn closing(frame: &Framed, inside: &str) -> Option<usize> {
    let Some((open, close)) = frame.nests else { return inside.find(frame.close) };
    let mut depth = 0;
    for (at, c) in inside.char_indices() {
        if depth == 0 && inside[at..].starts_with(frame.close) {
            return Some(at);
        }
        depth += i32::from(c == open) - i32::from(c == close);
        if depth < 0 {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::read_text;

    #[test]
    fn finds_notes_in_their_frames_and_leaves_the_rest() {
        for (text, expected) in [
            ("The ferry{{footnote}}Sunk.{{/footnote}} ran.", vec!["Sunk."]),
            ("The ferry[Footnote: Sunk [or sold].] ran.", vec!["Sunk [or sold]."]),
            ("The ferry\\footnote{Sunk in \\emph{May}.} ran.", vec!["Sunk in \\emph{May}."]),
            ("The ferry^[Sunk in May.] ran.^[And back.]", vec!["Sunk in May.", "And back."]),
            ("The ferry((Sunk (in May).)) ran((to Ellery)).", vec!["Sunk (in May).", "to Ellery"]),
            ("The ferry [ref] Sunk. [/ref] ran.", vec!["Sunk."]),
            ("Only one((here it is)) of them.", vec![]),
            ("f((x + y)) = g((a, b)) and h((1))", vec![]),
            ("x = ((a + b)) * ((c + d))", vec![]),
            ("[footnote][/footnote] and [ref]1[/ref]", vec![]),
            ("The ferry{{footnote}}Sunk.\n\nThe end.{{/footnote}}", vec![]),
            ("", vec![]),
        ] {
            let sheet = read_text(text);
            let mut findings = Findings::new(&sheet);
            find(&sheet, &mut findings);
            let found: Vec<&str> = findings.insets.iter().map(|inset| inset.span.of(text)).collect();
            assert_eq!(found, expected, "in {text:?}");
        }
    }
}
