//! Notes of Markdown that was made from HTML: links to a place on the page, without the places.
//!
//! ```text
//! The mole was never finished[1](#fn1), as the keeper says.
//!
//! 1. Harbour log, 1902.[↩](#fnref1)
//! ```
//!
//! A reference is a link with the sign of a note, and the note ends with a link back. The ids are lost, but their
//! numbers are in both addresses. The numbers of the notes may be lost too: then each note reaches from the last link
//! back to its own. A raised number that lost its link refers to the note that wants it, and a note that lost its link
//! back stands between its neighbours. Left alone: `[1](#part-1)` without a link back, `[2](https://…)`, tables of
//! contents.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::back::{Back, leads_back};
use super::{NATIVE_NOTES, sign};
use crate::detectors::notes::is_notes_heading;
use crate::document::{Certainty, NoteId};
use crate::findings::{Findings, FoundNote, Place};
use crate::grammar::is_power;
use crate::ledger::{Fate, Reason};
use crate::sheet::{Kind, Mark, NodeId, RowId, Run, Sheet};
use crate::source::Span;

/// A note, and the link back that ends it, if it was not lost.
struct Ending {
    key: String,
    link: Option<Span>,
    rows: Range<RowId>,
}

pub(super) fn find(sheet: &Sheet<'_>, findings: &mut Findings) {
    let mut references: BTreeMap<String, Vec<(Span, String)>> = BTreeMap::new();
    let mut endings: Vec<Ending> = Vec::new();
    for run in &sheet.runs {
        let Some(key) = key(run) else { continue };
        let words = run.span.of(&sheet.text);
        if leads_back(words) {
            endings.push(Ending { key, link: Some(run.span), rows: 0..0 });
        } else if let Some(sign) = sign::read(words, is_raised(sheet, run.span)) {
            references.entry(key).or_default().push((run.span, sign));
        }
    }
    let unlinked: BTreeSet<String> =
        endings.iter().map(|ending| ending.key.clone()).filter(|key| !references.contains_key(key)).collect();
    for (span, sign) in raised_numbers(sheet).filter(|(_, sign)| unlinked.contains(sign)) {
        references.entry(sign.clone()).or_default().push((span, sign));
    }
    set_rows(sheet, &mut endings);
    let endings = add_unended(sheet, endings, |key| references.contains_key(key));
    let mut id_of: BTreeMap<RowId, NoteId> = BTreeMap::new();
    let mut first = RowId::MAX;
    for ending in &endings {
        let is_before = |(span, _): &&(Span, String)| !ending.rows.contains(&sheet.row_at(span.start));
        let cited: Vec<_> = references.get(&ending.key).into_iter().flatten().filter(is_before).collect();
        if cited.is_empty() || id_of.contains_key(&ending.rows.start) {
            continue;
        }
        let id = NoteId(findings.notes.len() as u32);
        id_of.insert(ending.rows.start, id);
        first = first.min(ending.rows.start);
        for (span, _) in &cited {
            findings.claim(with_space_before(sheet, *span), Fate::Marker(id), NATIVE_NOTES.name);
        }
        claim_note(sheet, findings, ending, &endings, &cited, id);
    }
    let above = first.checked_sub(1).filter(|_| !id_of.is_empty());
    if let Some(above) = above.filter(|&above| is_notes_heading(sheet.words(above))) {
        findings.drop_row(sheet, above, Reason::NotesHeading, NATIVE_NOTES.name);
    }
}

/// Finds the raised numbers that are no link.
fn raised_numbers<'s>(sheet: &'s Sheet<'_>) -> impl Iterator<Item = (Span, String)> + 's {
    let is_link = |run: &&Run| matches!(run.mark, Mark::Link { .. });
    let links: Vec<Span> = sheet.runs.iter().filter(is_link).map(|run| run.span).collect();
    let raised = sheet.runs.iter().filter(|run| run.mark == Mark::Superscript).map(|run| run.span);
    raised.filter_map(move |span| {
        let before = links.partition_point(|link| link.start <= span.start);
        let is_free = links[..before].last().is_none_or(|link| link.end <= span.start);
        let words = span.of(&sheet.text).trim();
        let is_number = !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
        let row = sheet.rows[sheet.row_at(span.start) as usize].span.start;
        let is_note = is_number && !is_power(&sheet.text[row as usize..span.start as usize], words);
        (is_free && is_note).then(|| (span, words.to_owned()))
    })
}

/// Returns what tells a note from others in the address of a link within a page: its number, else its last word.
fn key(run: &Run) -> Option<String> {
    let Mark::Link { url, .. } = &run.mark else { return None };
    let (_, fragment) = url.split_once('#')?;
    let digits = |c: char| c.is_ascii_digit();
    if let Some(at) = fragment.find(digits) {
        return fragment[at..].split(|c: char| !digits(c)).next().map(str::to_owned);
    }
    let word = fragment.rsplit([':', '-', '_']).next()?;
    (!word.is_empty() && word.len() < fragment.len()).then(|| word.to_owned())
}

fn is_raised(sheet: &Sheet<'_>, span: Span) -> bool {
    sheet.runs_at(span.start).any(|run| run.mark == Mark::Superscript)
}

/// Finds the rows of each note: those of its item, or all after the note before.
fn set_rows(sheet: &Sheet<'_>, endings: &mut [Ending]) {
    let reach = reach(sheet);
    let mut before: RowId = 0;
    for at in 0..endings.len() {
        let Some(link) = endings[at].link else { continue };
        let row = sheet.row_at(link.start);
        let mut item = None;
        let mut node = Some(sheet.rows[row as usize].node);
        while let Some(NodeId(index)) = node {
            if matches!(sheet.nodes[index as usize].kind, Kind::Item { .. }) {
                item = Some(reach[index as usize].clone());
            }
            node = sheet.nodes[index as usize].parent;
        }
        // In a list of notes only this one stands in the item; a paragraph of the first note stands alone.
        let follows = |rows: &Range<RowId>| rows.start >= before;
        endings[at].rows = match item.filter(follows) {
            Some(rows) => rows,
            None if at > 0 && before <= row && !has_heading(sheet, before..row) => before..row + 1,
            None => paragraph(sheet, row)..row + 1,
        };
        before = endings[at].rows.end.max(before);
    }
}

/// Adds the notes that are cited, and whose link back was lost: what stands between the notes with the numbers before and
/// after, but for the last paragraph. Where several were lost in a row, each has to be one paragraph.
fn add_unended(sheet: &Sheet<'_>, endings: Vec<Ending>, is_cited: impl Fn(&String) -> bool) -> Vec<Ending> {
    let mut all: Vec<Ending> = Vec::with_capacity(endings.len());
    for mut ending in endings {
        let lost = all.last().map_or_else(Vec::new, |before| keys_between(before, &ending, &is_cited));
        let from = all.last().map_or(0, |before| before.rows.end);
        let is_last_paragraph = ending.rows.start <= from;
        let own = if is_last_paragraph { paragraph(sheet, ending.rows.end - 1) } else { ending.rows.start };
        let starts = match lost.len() {
            1 if from < own => vec![from],
            _ => (from..own).filter(|&row| paragraph(sheet, row) == row).collect::<Vec<_>>(),
        };
        if !lost.is_empty() && starts.len() == lost.len() && !has_heading(sheet, from..own) {
            let ends = starts.iter().skip(1).copied().chain([own]);
            let lost = lost.into_iter().zip(starts.iter().zip(ends));
            all.extend(lost.map(|(key, (&start, end))| Ending { key, link: None, rows: start..end }));
            ending.rows.start = own;
        }
        all.push(ending);
    }
    all
}

/// Returns the numbers between those of two notes, if all of them are cited.
fn keys_between(before: &Ending, after: &Ending, is_cited: impl Fn(&String) -> bool) -> Vec<String> {
    let (Ok(first), Ok(last)) = (before.key.parse::<u32>(), after.key.parse::<u32>()) else {
        return Vec::new();
    };
    let between: Vec<String> =
        (first + 1..last).map(|number| number.to_string()).take_while(is_cited).collect();
    let is_whole = between.len() as u32 == last.saturating_sub(first).saturating_sub(1);
    if is_whole { between } else { Vec::new() }
}

fn has_heading(sheet: &Sheet<'_>, rows: Range<RowId>) -> bool {
    rows.clone()
        .any(|row| matches!(sheet.nodes[sheet.rows[row as usize].node.index()].kind, Kind::Heading(_)))
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

fn claim_note(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    ending: &Ending,
    endings: &[Ending],
    cited: &[&(Span, String)],
    id: NoteId,
) {
    let rows = ending.rows.clone();
    for row in rows.clone() {
        findings.places[row as usize] = Place::Note(id);
    }
    let start = sheet.rows[rows.start as usize].span.start;
    let ordinal = sheet.runs.iter().find(|run| run.mark == Mark::Ordinal && run.span.start == start);
    let span = Span {
        start: ordinal.map_or(start, |ordinal| ordinal.span.end),
        end: sheet.rows[rows.end as usize - 1].span.end,
    };
    let in_note = |link: &Span| rows.contains(&sheet.row_at(link.start));
    let links: Vec<Span> = endings.iter().filter_map(|other| other.link).filter(in_note).collect();
    let signs: Vec<String> = cited.iter().map(|(_, sign)| sign.clone()).collect();
    Back { sheet, note: span, links: &links, signs: &signs }.claim(findings, id, NATIVE_NOTES.name);
    findings.notes.push(FoundNote {
        printed: signs[0].clone(),
        label: None,
        span,
        url: None,
        certainty: Certainty::Certain,
        evidence: vec!["linked-both-ways"],
    });
}

/// Adds the white space before a reference that stands after a word.
fn with_space_before(sheet: &Sheet<'_>, span: Span) -> Span {
    let row = sheet.rows[sheet.row_at(span.start) as usize].span;
    let before = &sheet.text[row.start as usize..span.start as usize];
    let kept = before.trim_end();
    let space = if kept.is_empty() { 0 } else { before.len() - kept.len() };
    Span { start: span.start - space as u32, end: span.end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_notes_have_a_key() {
        for (url, expected) in [
            ("#fn1", Some("1")),
            ("#fnref:1", Some("1")),
            ("#fnref-12-2", Some("12")),
            ("https://harbour.example/mole#footnote-3", Some("3")),
            ("#fn:keeper", Some("keeper")),
            ("#user-content-fn-a", Some("a")),
            ("#keeper", None),
            ("https://harbour.example/mole", None),
        ] {
            let mark = Mark::Link { url: url.to_owned(), title: String::new() };
            assert_eq!(key(&Run { span: Span::default(), mark }).as_deref(), expected, "{url:?}");
        }
    }
}
