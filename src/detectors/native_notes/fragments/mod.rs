//! Notes of Markdown that was made from HTML: links to a place on the page, without the places.
//!
//! ```text
//! The mole was never finished[1](#fn1), as the keeper says.
//!
//! 1. Harbour log, 1902.[↩](#fnref1)
//! ```
//!
//! A reference is a link with the sign of a note, and the note ends with a link back, or begins with one that has the
//! same sign. The ids are lost, but the addresses have something in common: see `keys`. The numbers of the notes may be
//! lost too: then each note reaches from the last link back to its own. A raised number that lost its link refers to
//! the note that wants it, and a note that lost its link back stands between its neighbours. Left alone: `[1](#part-1)`
//! without a link back, `[2](https://…)`, tables of contents.

mod in_page;
mod keys;
mod reach;

use std::collections::{BTreeMap, BTreeSet};

use self::in_page::{InPage, with_place, without_tags};
use self::keys::Keys;
use self::reach::Note;
use super::back::{Back, leads_back};
use super::{NATIVE_NOTES, claims, sign};
use crate::detectors::notes::is_notes_heading;
use crate::document::{Certainty, NoteId};
use crate::findings::{Findings, FoundNote, Place};
use crate::grammar::is_power;
use crate::ledger::Reason;
use crate::sheet::{Kind, Mark, RowId, Run, Sheet};
use crate::source::Span;

/// The references that lead to each note, with their signs; by the key of the note.
type Cited = BTreeMap<String, Vec<(Span, String)>>;

/// A link that may refer to a note.
struct Reference<'l> {
    link: &'l InPage,
    /// Its sign, folded.
    sign: String,
}

/// A link that may lead back from a note.
struct Backlink<'l> {
    link: &'l InPage,
    /// The sign that it begins a note with; none if it is an arrow.
    sign: Option<String>,
    /// The note begins with it.
    leads: bool,
}

pub(super) fn find(sheet: &Sheet<'_>, findings: &mut Findings) {
    let links = in_page::find(sheet);
    let (references, backs) = part(sheet, &links);
    if backs.is_empty() {
        return;
    }
    let keys = Keys::of(
        references.iter().map(|reference| reference.link.fragment.as_str()),
        backs.iter().map(|back| back.link.fragment.as_str()),
    );
    let mut cited = Cited::new();
    for Reference { link, sign } in references {
        if let Some(key) = keys.of_reference(&link.fragment) {
            cited.entry(key.to_owned()).or_default().push((link.whole, sign));
        }
    }
    let notes = notes(&keys, &backs, &cited);
    add_raised_numbers(sheet, &notes, &mut cited);
    let notes = reach::of(sheet, notes, |key| cited.contains_key(key));
    claim(sheet, findings, &notes, &cited);
}

/// Tells links that may refer to notes from those that may lead back.
fn part<'l>(sheet: &Sheet<'_>, links: &'l [InPage]) -> (Vec<Reference<'l>>, Vec<Backlink<'l>>) {
    let (mut references, mut backs): (Vec<Reference<'l>>, Vec<Backlink<'l>>) = (Vec::new(), Vec::new());
    // Signs that need the same one below to be any: `i`, `a`, `note 3`.
    let mut doubtful: Vec<Reference<'l>> = Vec::new();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for link in links {
        let words = &*without_tags(sheet, link.words);
        let leads = begins_row(sheet, link.whole);
        if leads_back(words) {
            let leads = leads && !ends_row(sheet, link.whole);
            backs.push(Backlink { link, sign: None, leads });
            continue;
        }
        let Some(sign) = sign::read(words, true) else { continue };
        if leads && seen.get(&sign).is_some_and(|fragment| *fragment != link.fragment) {
            backs.push(Backlink { link, sign: Some(sign), leads });
            continue;
        }
        seen.entry(sign.clone()).or_insert(&link.fragment);
        let is_sure = sign::read(words, is_raised(sheet, link)).is_some();
        let kind = if is_sure { &mut references } else { &mut doubtful };
        kind.push(Reference { link, sign });
    }
    let answered: BTreeSet<&String> = backs.iter().filter_map(|back| back.sign.as_ref()).collect();
    doubtful.retain(|reference| answered.contains(&reference.sign));
    references.extend(doubtful);
    references.sort_by_key(|reference| reference.link.whole);
    (references, backs)
}

/// Makes a note of each link back that can belong to a reference: by its key, else by its sign.
fn notes(keys: &Keys, backs: &[Backlink<'_>], cited: &Cited) -> Vec<Note> {
    let has_sign = |key: &String, sign: &str| cited.get(key).is_some_and(|cited| cited[0].1 == sign);
    let mut by_sign: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (key, cited) in cited {
        by_sign.entry(&cited[0].1).or_default().push(key);
    }
    let signed = backs.iter().filter(|back| back.sign.is_some()).count();
    let note = |back: &Backlink<'_>| {
        let own = keys.of_back(&back.link.fragment);
        let key = match &back.sign {
            Some(sign) if !has_sign(&own, sign) => {
                let [key] = by_sign.get(sign.as_str())?[..] else { return None };
                // One note alone has to be led back from by more than its sign.
                (signed > 1).then(|| key.clone())?
            }
            _ => own,
        };
        Some(Note { key, back: Some(back.link.whole), leads: back.leads, rows: 0..0 })
    };
    backs.iter().filter_map(note).collect()
}

/// Adds raised numbers that lost their link, if a note wants them.
fn add_raised_numbers(sheet: &Sheet<'_>, notes: &[Note], cited: &mut Cited) {
    let wanted: BTreeSet<&String> =
        notes.iter().map(|note| &note.key).filter(|key| !cited.contains_key(*key)).collect();
    let found: Vec<_> = raised_numbers(sheet).filter(|(_, sign)| wanted.contains(sign)).collect();
    for (span, sign) in found {
        cited.entry(sign.clone()).or_default().push((span, sign));
    }
}

/// Finds the raised numbers that are no link.
fn raised_numbers<'s>(sheet: &'s Sheet<'_>) -> impl Iterator<Item = (Span, String)> + 's {
    let is_link = |run: &&Run| matches!(run.mark, Mark::Link { .. });
    let links: Vec<Span> = sheet.runs.iter().filter(is_link).map(|run| run.span).collect();
    let raised = sheet.runs.iter().filter(|run| run.mark == Mark::Superscript).map(|run| run.span);
    raised.filter_map(move |span| {
        let earlier = links.partition_point(|link| link.start <= span.start);
        let is_free = links[..earlier].last().is_none_or(|link| link.end <= span.start);
        let words = span.of(&sheet.text).trim();
        let is_number = !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
        let row = sheet.rows[sheet.row_at(span.start) as usize].span.start;
        let before = &sheet.text[row as usize..span.start as usize];
        // `<sup>14</sup>C` is an isotope.
        let is_before_its_word = !before.ends_with(char::is_alphanumeric)
            && sheet.text[span.end as usize..].starts_with(char::is_alphabetic);
        let is_note = is_number && !is_power(before, words) && !is_before_its_word;
        (is_free && is_note).then(|| (span, words.to_owned()))
    })
}

/// Tells whether nothing stands before a link on its row.
fn begins_row(sheet: &Sheet<'_>, link: Span) -> bool {
    let start = sheet.rows[sheet.row_at(link.start) as usize].span.start;
    let ordinal =
        sheet.runs_at(start).find(|run| run.mark == Mark::Ordinal).map_or(start, |run| run.span.end);
    let before = without_tags(sheet, Span { start: ordinal.min(link.start), end: link.start });
    before.trim_matches(['[', '(', ' ']).is_empty()
}

/// Tells whether nothing but white space stands behind a link on its row.
fn ends_row(sheet: &Sheet<'_>, link: Span) -> bool {
    let end = sheet.rows[sheet.row_at(link.start) as usize].span.end;
    sheet.text[link.end as usize..end.max(link.end) as usize].trim().is_empty()
}

fn is_raised(sheet: &Sheet<'_>, link: &InPage) -> bool {
    let has_tag = link.whole != link.words && sheet.text[link.whole.start as usize..].starts_with("<sup");
    has_tag || sheet.runs_at(link.words.start).any(|run| run.mark == Mark::Superscript)
}

fn claim(sheet: &Sheet<'_>, findings: &mut Findings, notes: &[Note], cited: &Cited) {
    let mut begun: BTreeSet<RowId> = BTreeSet::new();
    let mut markers: Vec<(Span, NoteId)> = Vec::new();
    for note in notes {
        let is_outside = |(span, _): &&(Span, String)| !note.rows.contains(&sheet.row_at(span.start));
        let cited: Vec<_> = cited.get(&note.key).into_iter().flatten().filter(is_outside).collect();
        if cited.is_empty() || !begun.insert(note.rows.start) {
            continue;
        }
        let id = NoteId(findings.notes.len() as u32);
        markers.extend(cited.iter().map(|(span, _)| (with_place(sheet, *span), id)));
        let signs: Vec<String> = cited.iter().map(|(_, sign)| sign.clone()).collect();
        claim_note(sheet, findings, note, notes, &signs, id);
    }
    drop_wrappers(sheet, findings, &begun);
    claims::markers(sheet, findings, &mut markers);
    claims::drop_headings(sheet, findings, begun.into_iter());
}

/// Drops the tags that stood around notes in rows of their own, if they are in balance: `<div class="footnote">`.
fn drop_wrappers(sheet: &Sheet<'_>, findings: &mut Findings, firsts: &BTreeSet<RowId>) {
    let (Some(&first), Some(&last)) = (firsts.first(), firsts.last()) else { return };
    let is_wrapper = |row: &RowId| {
        let words = sheet.words(*row).trim();
        let is_html = *sheet.kind(*row) == Kind::Html;
        is_html && (words.starts_with("<div") || words == "</div>") && words.matches('<').count() == 1
    };
    let is_note = |row: &RowId| matches!(findings.places[*row as usize], Place::Note(_));
    let is_heading = |row: &RowId| is_notes_heading(sheet.words(*row));
    let around = (0..first).rev().take_while(|row| is_wrapper(row) || is_heading(row));
    let above = around.filter(is_wrapper).last().unwrap_or(first);
    let rows = last..sheet.rows.len() as RowId;
    let end = rows.take_while(|row| is_note(row) || is_wrapper(row)).last().unwrap_or(last) + 1;
    let wrappers: Vec<RowId> = (above..end).filter(|row| !is_note(row)).collect();
    let are_alone = wrappers.iter().all(|row| is_wrapper(row) || is_heading(row));
    let count = |of: &dyn Fn(&str) -> bool| wrappers.iter().filter(|&&row| of(sheet.words(row))).count();
    if are_alone && count(&|words| words.starts_with("<div")) == count(&|words| words.starts_with("</div")) {
        wrappers
            .iter()
            .for_each(|&row| findings.drop_row(sheet, row, Reason::NotesHeading, NATIVE_NOTES.name));
    }
}

fn claim_note(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    note: &Note,
    notes: &[Note],
    signs: &[String],
    id: NoteId,
) {
    let rows = note.rows.clone();
    for row in rows.clone() {
        findings.places[row as usize] = Place::Note(id);
    }
    let span = Span {
        start: sheet.rows[rows.start as usize].span.start,
        end: sheet.rows[rows.end as usize - 1].span.end,
    };
    let first = notes.partition_point(|other| other.rows.end <= rows.start);
    let near = notes[first..].iter().take_while(|other| other.rows.start < rows.end);
    let links: Vec<Span> = near
        .filter_map(|other| other.back)
        .filter(|link| rows.contains(&sheet.row_at(link.start)))
        .map(|link| with_place(sheet, link))
        .collect();
    Back { sheet, note: span, links: &links, signs }.claim(findings, id, NATIVE_NOTES.name);
    findings.notes.push(FoundNote {
        printed: signs[0].clone(),
        label: None,
        span,
        url: None,
        certainty: Certainty::Certain,
        evidence: vec!["linked-both-ways"],
    });
}
