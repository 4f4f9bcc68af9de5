//! Links as a text browser prints them: a number before the words, and the addresses in a list below.
//!
//! ```text
//! The mole was planned by [2]Vale, who lived in the [3]old light house.
//!
//! References
//!
//!    2. https://harbour.example/vale
//!    3. https://harbour.example/keepers/12
//! ```
//!
//! The words become a link again where their end is known; else the address is a note, referred to from before the
//! words. A number before the sign of a note is a link to that note, so it goes without a trace, and the sign is left
//! to those who look for notes. Addresses whose number is not in the text stay where they are.

mod anchor;
mod list;
mod signs;
mod without_list;

use std::collections::BTreeMap;

use self::anchor::Anchor;
use self::list::{Address, AddressList};
use self::signs::Sign;
use super::Detector;
use crate::document::{Certainty, NoteId};
use crate::findings::{Findings, FoundNote, Place};
use crate::ledger::{Fate, Reason};
use crate::options::{Links, Options};
use crate::sheet::{Mark, Run, Sheet};
use crate::source::Span;

pub(super) const NUMBERED_LINKS: Detector = Detector { name: "numbered-links", find };

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    if sheet.is_marked_up() {
        return;
    }
    let Some(list) = list::find(sheet, findings) else {
        without_list::claim(sheet, findings);
        return;
    };
    let signs = signs::find(sheet, findings, &list);
    let pages = pages(sheet, &list);
    let anchor = |(at, sign): (usize, &Sign)| {
        let next = signs.get(at + 1).map_or(u32::MAX, |next| next.span.start);
        let address = &list.addresses[sign.address];
        let own_page = page(sheet, address).is_some_and(|page| pages.get(page).is_some_and(|&of| of > 1));
        anchor::read(sheet, sign, next, address, own_page)
    };
    let anchors: Vec<Anchor> = signs.iter().enumerate().map(anchor).collect();
    if !is_likely(&list, &signs, &anchors) {
        return;
    }
    for (sign, anchor) in signs.iter().zip(anchors) {
        claim(sheet, options, findings, sign, &list.addresses[sign.address], anchor);
    }
    let is_used_up =
        list.addresses.iter().all(|address| findings.places[address.row as usize] != Place::Body);
    if is_used_up {
        for &row in &list.headings {
            findings.drop_row(sheet, row, Reason::NotesHeading, NUMBERED_LINKS.name);
        }
    }
}

/// Weighs what the list and the signs prove together.
fn is_likely(list: &AddressList, signs: &[Sign], anchors: &[Anchor]) -> bool {
    let leads = |(sign, anchor): &(&Sign, &Anchor)| sign.stands_free || **anchor == Anchor::NoteSign;
    let free = signs.iter().zip(anchors).filter(leads).count();
    let enough = signs.len() >= 2 || (signs.len() == 1 && !list.headings.is_empty());
    enough && free * 2 >= signs.len() && signs.len() * 3 >= list.addresses.len()
}

/// Counts the addresses with a fragment on each page: links to notes and back share one.
fn pages<'s>(sheet: &'s Sheet<'_>, list: &AddressList) -> BTreeMap<&'s str, usize> {
    let mut pages = BTreeMap::new();
    for page in list.addresses.iter().filter_map(|address| page(sheet, address)) {
        *pages.entry(page).or_default() += 1;
    }
    pages
}

fn page<'s>(sheet: &'s Sheet<'_>, address: &Address) -> Option<&'s str> {
    address.url.of(&sheet.text).split_once('#').map(|(page, _)| page)
}

fn claim(
    sheet: &Sheet<'_>,
    options: &Options,
    findings: &mut Findings,
    sign: &Sign,
    address: &Address,
    anchor: Anchor,
) {
    let rule = NUMBERED_LINKS.name;
    let words = match anchor {
        Anchor::NoteSign => None,
        Anchor::Address(stretches) => {
            for pair in stretches.windows(2) {
                let gap = Span { start: pair[0].end, end: pair[1].start };
                findings.claim(gap, Fate::Mend("".into()), "wrapped-address");
            }
            Some(Span { start: sign.words, end: stretches.last().map_or(sign.words, |last| last.end) })
        }
        Anchor::Words(words) => Some(words),
        Anchor::Unknown(words) if options.links == Links::Inline => Some(words),
        Anchor::Unknown(_) => return claim_note(sheet, findings, sign, address),
    };
    drop_sign(sheet, findings, sign, words.is_none());
    if let Some(span) = words {
        let mark = Mark::Link { url: address.url.of(&sheet.text).to_owned(), title: String::new() };
        findings.runs.push(Run { span, mark });
    }
    for row in address.rows() {
        findings.drop_row(sheet, row, Reason::LinkNote, rule);
    }
}

/// Drops the number before the words of a link, or before the sign of a note.
fn drop_sign(sheet: &Sheet<'_>, findings: &mut Findings, sign: &Sign, is_of_note: bool) {
    // A row that ends with the sign is joined with the next by a space.
    let ends_row = sign.words > sign.span.end;
    let before = &sheet.text[..sign.span.start as usize];
    // `^[4]2`: the caret raises both numbers, and the fused one is left to those who look for such.
    let raised = is_of_note && before.ends_with('^');
    let start = if ends_row {
        before.trim_end_matches(' ').len() as u32
    } else {
        sign.span.start - u32::from(raised)
    };
    findings.claim(Span { start, end: sign.span.end }, Fate::Syntax, NUMBERED_LINKS.name);
}

/// Makes the address a note; its reference stands before the words, because nobody knows where they end.
fn claim_note(sheet: &Sheet<'_>, findings: &mut Findings, sign: &Sign, address: &Address) {
    let rule = NUMBERED_LINKS.name;
    let id = NoteId(findings.notes.len() as u32);
    let Span { start, end } = sign.span;
    let follows_a_word = sheet.text[..start as usize].ends_with(' ') && !sign.begins_block;
    if follows_a_word && sign.words == end {
        // The reference goes to the word before, and the space that was there follows it.
        findings.claim(Span { start: start - 1, end: end - 1 }, Fate::Marker(id), rule);
        findings.claim(Span { start: end - 1, end }, Fate::Mend(" ".into()), rule);
    } else {
        findings.claim(sign.span, Fate::Marker(id), rule);
    }
    for row in address.rows() {
        findings.places[row as usize] = Place::Note(id);
    }
    findings.claim(address.sign, Fate::Label(id), rule);
    findings.notes.push(FoundNote {
        printed: address.number.to_string(),
        label: None,
        span: Span { start: address.sign.start, end: address.url.end },
        url: None,
        certainty: Certainty::Certain,
        evidence: vec!["number-before-the-words"],
    });
}
