//! `word1`: numbers that an extractor fused to the words before them, because it lost that they were raised.
//!
//! > largely thanks to the ferry1, whose keeper.2
//! >
//! > 1Harbour log, 1902.
//! > 2He kept two books.
//!
//! A digit after a word proves nothing (`B2`, `Apollo11`, `in 2.5`), so single signs are never judged: the notes want
//! the numbers 1, 2, 3 …, and only a chain of signs that gives them in the order of the text, each above its note (on a
//! page: on the same page), makes notes of them. Left alone: every digit outside the chain, and all of them where the
//! chain does not hold.

mod candidates;
mod chain;
mod entries;
mod interrupting;

use std::collections::BTreeSet;

use super::claim_list;
use super::lists::NoteList;
use super::markers::Marker;
use super::pair::Paired;
use crate::document::Certainty;
use crate::findings::{Findings, Place as RowPlace};
use crate::grammar::{FUSED_NUMBER, Label, Shape, UNSIGNED};
use crate::ledger::Fate;
use crate::options::Options;
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

use self::candidates::{AFTER_NUMBERS, AMONG_WORDS, Candidate, SIGN, SURE};
use self::entries::{Place, Wanted};
use self::interrupting::Interrupting;

/// How the notes of fused numbers begin: with their number, glued to the text or not, or with nothing at all.
pub(super) static FUSED_ENTRY: Shape = Shape { name: "fused-entry", ..UNSIGNED };

/// Finds notes with fused numbers in what other conventions left, and claims them.
pub(super) fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings, lists: &[NoteList]) {
    if !sheet.is_marked_up()
        && let Some(found) = interrupting::find(sheet, findings)
    {
        claim_interrupting(sheet, options, findings, &found);
        return;
    }
    let wanted = entries::find(sheet, findings, lists);
    let Some(highest) = wanted.iter().map(Wanted::last_label).max() else { return };
    // One more than the notes have: where the text cites that too, a list without signs is none of them.
    let mut candidates = candidates::scan(sheet, findings, highest + 1);
    let (mut place, mut since) = (None, 0);
    for wanted in wanted {
        // A text has its notes in one kind of place; other lists are lists.
        if place.is_some_and(|place: Place| place.is_paged() != wanted.place.is_paged()) {
            continue;
        }
        // A list that has numbers comes before one that has none.
        let is_outdone = wanted.place == Place::SetOff && place.is_some_and(|place| place != Place::SetOff);
        if is_outdone || findings.places[wanted.list.first_row() as usize] != RowPlace::Body {
            continue;
        }
        let Some(chosen) = judge(findings, &wanted, &candidates[since..]) else { continue };
        let chosen: Vec<usize> = chosen.into_iter().map(|at| at + since).collect();
        let markers: Vec<Marker> = chosen.iter().flat_map(|&at| markers(sheet, &candidates[at])).collect();
        let paired = pair(&wanted, &markers);
        claim_list(sheet, options, findings, &markers, &wanted.list, &paired);
        place = Some(wanted.place);
        let runs: BTreeSet<u32> = chosen.iter().map(|&at| candidates[at].run).collect();
        candidates.retain(|candidate| !runs.contains(&candidate.run));
        if !wanted.place.is_paged() {
            // What stands above this list belongs to it, or to none.
            since = candidates.partition_point(|candidate| candidate.row < wanted.list.end());
        }
    }
}

/// Claims notes that interrupt their sentences, and joins the sentences again.
fn claim_interrupting(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings, found: &Interrupting) {
    let mark = |(at, &(row, span)): (usize, &(RowId, Span))| Marker {
        convention: &FUSED_NUMBER,
        label: Label::Number(at as u32 + 1),
        span,
        sign: Span { start: span.end - (at + 1).to_string().len() as u32, end: span.end },
        row,
        leads: false,
        group: None,
    };
    let markers: Vec<Marker> = found.signs.iter().enumerate().map(mark).collect();
    let paired = Paired {
        list: 0,
        convention: &FUSED_NUMBER,
        markers: (0..markers.len()).map(|at| vec![at]).collect(),
        certainty: Certainty::Certain,
        evidence: vec!["rising-order", "every-note-cited", "interrupted-sentence"],
    };
    claim_list(sheet, options, findings, &markers, &found.list, &paired);
    for &(row, space) in &found.joins {
        let start = sheet.rows[row as usize - 1].span.end;
        let gap = Span { start, end: sheet.rows[row as usize].span.start };
        findings.claim(gap, Fate::Mend(space.into()), "interrupted-sentence");
    }
}

/// Chooses a sign for each note, if they make a chain that holds: of digits that look like signs, else of numbers
/// among the words.
fn judge(findings: &Findings, wanted: &Wanted, candidates: &[Candidate]) -> Option<Vec<usize>> {
    let passes: &[u8] = match wanted.place {
        Place::Arrows => &[AFTER_NUMBERS],
        Place::PageFoot | Place::Headed => &[SIGN, AMONG_WORDS],
        Place::End | Place::SetOff => &[SIGN],
    };
    passes.iter().find_map(|&lowest| {
        let mut chosen = chain::choose(findings, wanted, candidates, lowest);
        chain::leave_ambiguous(&mut chosen, candidates);
        let chain: Vec<&Candidate> = chosen.iter().map(|&at| &candidates[at]).collect();
        let is_whole = wanted.place != Place::SetOff || !goes_on(wanted, &chosen, candidates);
        (is_whole && holds(wanted, &chain, lowest)).then_some(chosen)
    })
}

/// Tells whether the text goes on to cite a note that a list does not have.
fn goes_on(wanted: &Wanted, chosen: &[usize], candidates: &[Candidate]) -> bool {
    let next = wanted.last_label() + 1;
    let after = chosen.last().map_or(0, |&last| last + 1);
    candidates[after..]
        .iter()
        .take_while(|candidate| candidate.row < wanted.list.first_row())
        .any(|candidate| candidate.quality >= SURE && (candidate.first..=candidate.last).contains(&next))
}

/// Tells whether a chain has enough signs, and good ones; or nearly all of many, if they are numbers among the words.
fn holds(wanted: &Wanted, chain: &[&Candidate], lowest: u8) -> bool {
    let (mut found, mut quality) = (0, 0);
    for candidate in chain {
        let numbers = candidate.last - candidate.first + 1;
        found += numbers as usize;
        quality += numbers * u32::from(candidate.quality);
    }
    let count = wanted.list.entries.len();
    let (least, fewest) = match (wanted.place, count) {
        (Place::Arrows, _) => (4, 3),
        (Place::PageFoot, 1..=2) => (8, 5),
        (Place::PageFoot, _) => (5, 5),
        (Place::End | Place::SetOff, 1..=2) => return false,
        (Place::End | Place::Headed | Place::SetOff, _) => (8, 5),
    };
    let good = found * 10 >= count * 8 && quality >= least * found as u32;
    let nearly_all = lowest < SIGN && found * 10 >= count * 9 && count >= fewest;
    let all_but_one =
        found + 1 == count && count >= 4 && lowest >= SIGN && quality >= (least + 1) * found as u32;
    // Without signs, one note that is not cited would shift all others.
    let shifts = wanted.place == Place::SetOff && found < count;
    found > 0 && !shifts && reaches_below(wanted, chain) && (good || nearly_all || all_but_one)
}

/// Tells whether notes below paragraphs without a number are cited, and all of the list above it: what stands between is
/// then no text that goes on after the notes.
fn reaches_below(wanted: &Wanted, chain: &[&Candidate]) -> bool {
    let Some(&last) = wanted.below_paragraphs.last() else { return true };
    let label = wanted.first_label() + last as u32;
    let first = wanted.list.first_row();
    chain.iter().all(|candidate| candidate.row < first)
        && chain.last().is_some_and(|candidate| candidate.last >= label)
}

/// Makes a marker of each number of a candidate. The space before one that stands alone goes with it.
fn markers(sheet: &Sheet<'_>, candidate: &Candidate) -> impl Iterator<Item = Marker> {
    let (row, mut start) = (candidate.row, candidate.sign.start);
    let line = Span { start: sheet.rows[row as usize].span.start, end: start }.of(&sheet.text);
    let mut spaces = line.len() - line.trim_end().len();
    (candidate.first..=candidate.last).map(move |number| {
        let sign = Span { start, end: start + number.to_string().len() as u32 };
        start = sign.end;
        Marker {
            convention: &FUSED_NUMBER,
            label: Label::Number(number),
            span: Span { start: sign.start - std::mem::take(&mut spaces) as u32, end: sign.end },
            sign,
            row,
            leads: false,
            group: None,
        }
    })
}

fn pair(wanted: &Wanted, markers: &[Marker]) -> Paired {
    let mut cited = vec![Vec::new(); wanted.list.entries.len()];
    for (at, marker) in markers.iter().enumerate() {
        if let Some(entry) = wanted.list.entries.iter().position(|entry| entry.label == marker.label) {
            cited[entry].push(at);
        }
    }
    let complete = cited.iter().all(|of_entry| !of_entry.is_empty());
    let mut evidence = vec!["rising-order"];
    for (holds, name) in [
        (complete, "every-note-cited"),
        (wanted.place == Place::PageFoot, "page-foot"),
        (wanted.place == Place::Headed, "notes-heading"),
        (wanted.place == Place::Arrows, "backlink-arrow"),
    ] {
        if holds {
            evidence.push(name);
        }
    }
    let certain = complete && (markers.len() > 2 || wanted.place == Place::Arrows);
    let certainty = if certain { Certainty::Certain } else { Certainty::Likely };
    Paired { list: 0, convention: &FUSED_NUMBER, markers: cited, certainty, evidence }
}
