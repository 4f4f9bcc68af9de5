//! One scan for the signs of all conventions: see `grammar/markers/` for what they look like.

use std::collections::BTreeSet;

use crate::detectors::native_notes::HINTS;
use crate::findings::{Findings, Place, Shape as RowShape};
use crate::grammar::{
    Convention, Frame, Grammar, Label, Labels, RAISED_NUMBER, is_power, may_be_power, read_raised_group,
};
use crate::sheet::{Mark, Origin, RowId, Run, Sheet};
use crate::source::Span;

/// A sign in running text that may refer to a note.
#[derive(Clone, Debug)]
pub(crate) struct Marker {
    pub(crate) convention: &'static Convention,
    pub(crate) label: Label,
    /// The sign, with the white space before it.
    pub(crate) span: Span,
    /// The sign alone.
    pub(crate) sign: Span,
    pub(crate) row: RowId,
    /// Nothing stands before it on its row.
    pub(crate) leads: bool,
    /// The whole sign, if it stands for several notes: `[2, 5]`.
    pub(crate) group: Option<Span>,
}

/// Finds every sign that may be a marker, in the order of the text.
pub(crate) fn scan(sheet: &Sheet<'_>, findings: &Findings, grammar: &Grammar) -> Vec<Marker> {
    let frames = frames_by_first_byte(grammar);
    let mut markers = Vec::new();
    let mut code_end = 0;
    let mut code = sheet.runs.iter().filter(|run| hides_markers(&run.mark)).peekable();
    let mut claimed: Vec<Span> = findings.claims.iter().map(|claim| claim.span).collect();
    claimed.sort_unstable();
    let mut claimed = claimed.into_iter().peekable();
    for (row, place) in findings.places.iter().enumerate() {
        if matches!(place, Place::Gone | Place::Outside(_)) || findings.shapes[row] == RowShape::Code {
            continue;
        }
        let span = sheet.rows[row].span;
        let bytes = &sheet.text.as_bytes()[span.range()];
        let mut at = 0;
        while at < bytes.len() {
            let frames = &frames[usize::from(bytes[at])];
            if frames.is_empty() {
                at += 1;
                continue;
            }
            let offset = span.start + at as u32;
            while let Some(run) = code.next_if(|run| run.span.end <= offset) {
                code_end = run.span.end;
            }
            while claimed.next_if(|claim| claim.end <= offset).is_some() {}
            let hidden = code.peek().is_some_and(|run| run.span.start <= offset)
                || claimed.peek().is_some_and(|claim| claim.start <= offset);
            let row = row as RowId;
            if hidden {
                at += 1;
            } else if let Some(marker) = read_at(sheet, frames, row, at, code_end == offset) {
                at = (marker.span.end - span.start) as usize;
                markers.push(marker);
            } else if group_at(sheet, frames, row, at, &mut markers) {
                at = (markers[markers.len() - 1].span.end - span.start) as usize;
            } else {
                at += 1;
            }
        }
    }
    add_raised(sheet, findings, &mut markers);
    markers
}

/// Adds the numbers and symbols that markup raises, or links to a place on the page: `<sup>1</sup>` and `[1](#fn1)` are
/// what `¹` is in raw text.
fn add_raised(sheet: &Sheet<'_>, findings: &Findings, markers: &mut Vec<Marker>) {
    const LABELS: &[Labels] = &[Labels::Digits, Labels::Symbol];
    if !sheet.is_marked_up() {
        return;
    }
    let leads_away =
        |run: &&Run| matches!(&run.mark, Mark::Link { url, .. } if url.contains("://") && !url.contains('#'));
    let mut links = sheet.runs.iter().filter(leads_away).map(|run| run.span).peekable();
    let mut raised: Vec<Marker> = Vec::new();
    let mut doubtful: BTreeSet<u32> = BTreeSet::new();
    let stands_out = |run: &&Run| run.mark == Mark::Superscript || leads_to_lost_note(sheet, run);
    for run in sheet.runs.iter().filter(stands_out) {
        let words = run.span.of(&sheet.text);
        let row = sheet.row_at(run.span.start);
        while links.next_if(|link| link.end <= run.span.start).is_some() {}
        let is_link = links.peek().is_some_and(|link| link.start < run.span.end);
        if findings.places[row as usize] != Place::Body || is_link {
            continue;
        }
        let before = &sheet.text[sheet.rows[row as usize].span.start as usize..run.span.start as usize];
        let after = &sheet.text[run.span.end as usize..];
        let is_before_its_word =
            before.ends_with(char::is_whitespace) && after.starts_with(char::is_alphabetic);
        if is_before_its_word {
            continue; // an isotope: `³He`
        }
        if may_be_power(before, words) {
            doubtful.insert(run.span.start);
        }
        let number = words.strip_suffix(')').unwrap_or(words);
        let one = LABELS.iter().find_map(|labels| labels.read(number));
        match one.filter(|(_, length)| *length == number.len()) {
            Some((label, _)) if number.len() < words.len() || !is_power(before, words) => {
                let space = before.len() - before.trim_end().len();
                raised.push(Marker {
                    convention: &RAISED_NUMBER,
                    label,
                    span: Span { start: run.span.start - space as u32, end: run.span.end },
                    sign: run.span,
                    row,
                    leads: before.trim_end().is_empty(),
                    group: None,
                });
            }
            Some(_) => {}
            None => {
                if let Some(labels) = read_raised_group(words) {
                    add_group(&RAISED_NUMBER, labels, before, run.span, row, &sheet.text, &mut raised);
                }
            }
        }
    }
    let sure: BTreeSet<Label> = raised
        .iter()
        .filter(|marker| !doubtful.contains(&marker.sign.start))
        .map(|marker| marker.label.clone())
        .collect();
    raised.retain(|marker| !doubtful.contains(&marker.sign.start) || !sure.contains(&marker.label));
    markers.retain(|known| {
        let next = raised.partition_point(|one| one.span.end <= known.span.start);
        raised.get(next).is_none_or(|one| known.span.end <= one.span.start)
    });
    markers.append(&mut raised);
    markers.sort_by_key(|marker| marker.span.start);
}

/// Tells whether a link of Markdown led to a note, whose place was lost: its address says so.
fn leads_to_lost_note(sheet: &Sheet<'_>, run: &Run) -> bool {
    let Mark::Link { url, .. } = &run.mark else { return false };
    let is_raised = || sheet.runs_at(run.span.start).any(|run| run.mark == Mark::Superscript);
    let fragment = url.strip_prefix('#').map(str::to_ascii_lowercase);
    matches!(sheet.origin, Origin::Markdown { .. })
        && fragment.is_some_and(|fragment| HINTS.iter().any(|hint| fragment.contains(hint)))
        && !is_raised()
}

/// Tells whether digits and signs inside are part of a name, an address or a formula.
pub(super) fn hides_markers(mark: &Mark) -> bool {
    matches!(
        mark,
        Mark::Code
            | Mark::Math { .. }
            | Mark::Link { .. }
            | Mark::Wikilink(_)
            | Mark::Image { .. }
            | Mark::Reference(_)
            | Mark::Html
    )
}

/// Frames that signs with the same first byte may have, with their conventions.
type Frames = [(&'static Convention, &'static Frame)];

/// Returns for each byte the frames of the signs that can begin with it.
fn frames_by_first_byte(grammar: &Grammar) -> Vec<Vec<(&'static Convention, &'static Frame)>> {
    let mut frames = vec![Vec::new(); 256];
    for &convention in &grammar.conventions {
        for frame in convention.frames {
            let unframed: &[u8] = if frame.close.is_empty() { b"*\xC2\xE2" } else { b"0123456789" };
            let first = frame.open.as_bytes().get(..1).unwrap_or(unframed);
            first.iter().for_each(|&byte| frames[usize::from(byte)].push((convention, frame)));
        }
    }
    frames
}

fn read_at(sheet: &Sheet<'_>, frames: &Frames, row: RowId, at: usize, after_code: bool) -> Option<Marker> {
    let span = sheet.rows[row as usize].span;
    let line = span.of(&sheet.text);
    if !line.is_char_boundary(at) {
        return None;
    }
    let (before, text) = line.split_at(at);
    frames.iter().find_map(|&(convention, frame)| {
        // What is marked as code is one word, whatever its signs mean.
        let (label, length) = frame.read(if after_code { "`" } else { before }, text)?;
        let space = before.len() - before.trim_end().len();
        let start = span.start as usize + at;
        Some(Marker {
            convention,
            label,
            span: Span::new(start - space, start + length),
            sign: Span::new(start, start + length),
            row,
            leads: before.trim_end().is_empty(),
            group: None,
        })
    })
}

/// Adds the markers of a sign that stands for several notes; each has a part of it.
fn group_at(sheet: &Sheet<'_>, frames: &Frames, row: RowId, at: usize, markers: &mut Vec<Marker>) -> bool {
    let span = sheet.rows[row as usize].span;
    let line = span.of(&sheet.text);
    if !line.is_char_boundary(at) {
        return false;
    }
    let (before, text) = line.split_at(at);
    let found = frames.iter().find_map(|&(convention, frame)| {
        let (labels, length) = frame.read_group(before, text)?;
        Some((convention, labels, length))
    });
    let Some((convention, labels, length)) = found else { return false };
    let start = span.start as usize + at;
    add_group(convention, labels, before, Span::new(start, start + length), row, &sheet.text, markers);
    true
}

/// Adds a marker for each note that a sign stands for; where there are more notes than letters, some cover none.
fn add_group(
    convention: &'static Convention,
    labels: Vec<Label>,
    before: &str,
    whole: Span,
    row: RowId,
    text: &str,
    markers: &mut Vec<Marker>,
) {
    let start = whole.start as usize;
    let letters = whole.of(text).char_indices();
    let mut ends: Vec<usize> = letters.map(|(at, _)| start + at).skip(1).collect();
    let last = ends.last().copied().unwrap_or(start);
    ends.resize(labels.len() - 1, last);
    ends.push(whole.end as usize);
    let mut from = start - (before.len() - before.trim_end().len());
    for (label, end) in labels.into_iter().zip(ends) {
        markers.push(Marker {
            convention,
            label,
            span: Span::new(from, end),
            sign: Span::new(from.max(start), end),
            row,
            leads: before.trim_end().is_empty(),
            group: Some(whole),
        });
        from = end;
    }
}
