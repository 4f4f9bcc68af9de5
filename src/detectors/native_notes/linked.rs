//! Notes of HTML: a link with the sign of a note leads to a note, and the note leads back, or says that it is one, or
//! stands in a list of its like.
//!
//! Names of ids and classes prove nothing here, so every engine is read alike.

use std::collections::BTreeMap;
use std::ops::Range;

use super::back::{Back, begins_to_lead_back, counts_references, leads_back};
use super::extent::Extents;
use super::links::{self, Link};
use super::{NATIVE_NOTES, claims, ranges, sign};
use crate::detectors::notes::is_notes_heading;
use crate::document::{Certainty, NoteId};
use crate::findings::{Findings, FoundNote, Place};
use crate::page::{ElementId, Page};
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

/// Words that a note explains are no longer.
const LONGEST_WORDS: usize = 80;

/// A link that may refer to a note.
pub(super) struct Reference {
    pub(super) link: Link,
    /// Its sign, folded.
    pub(super) sign: String,
    /// Markup says that it refers to a note.
    pub(super) is_marked: bool,
    pub(super) row: RowId,
}

/// What references lead to.
struct Note {
    target: ElementId,
    rows: Range<RowId>,
    references: Vec<Reference>,
    certainty: Certainty,
    evidence: &'static str,
}

pub(super) fn find(sheet: &Sheet<'_>, page: &Page, findings: &mut Findings) {
    let links = links::find(sheet, page);
    let mut references: Vec<Reference> =
        links.iter().filter_map(|link| reference(sheet, page, findings, &links, *link)).collect();
    if references.is_empty() {
        return;
    }
    ranges::fill(sheet, page, &mut references);
    let leads: Vec<_> = references.iter().map(|reference| (reference.row, reference.link.target)).collect();
    let extents = Extents::of(sheet, page, &leads);
    let mut notes: BTreeMap<ElementId, Note> = BTreeMap::new();
    // The target of the note that begins with each row.
    let mut begun: BTreeMap<RowId, ElementId> = BTreeMap::new();
    let mut unproved: Vec<(Reference, Range<RowId>)> = Vec::new();
    for reference in references {
        let target = reference.link.target;
        if let Some(note) = notes.get_mut(&target) {
            if !note.rows.contains(&reference.row) {
                note.references.push(reference);
            }
            continue;
        }
        let Some(rows) = extents.rows(target).filter(|rows| !rows.contains(&reference.row)) else { continue };
        let note_before =
            |row: RowId| begun.range(..=row).next_back().and_then(|(_, target)| notes.get(target));
        let is_taken = note_before(rows.end - 1).is_some_and(|note| note.rows.end > rows.start);
        // A link in a note that leads to one of its references leads back.
        let is_back = note_before(reference.row).is_some_and(|note| {
            note.rows.contains(&reference.row)
                && note.references.iter().any(|known| is_near(sheet, page, known, target))
        });
        if is_taken || is_back || holds_sections(sheet, &rows) {
            continue;
        }
        let evidence = if is_led_back(sheet, page, &links, &reference, &rows) {
            "linked-both-ways"
        } else if reference.is_marked || is_marked_note(page, target) {
            "note-markup"
        } else {
            unproved.push((reference, rows));
            continue;
        };
        begun.insert(rows.start, target);
        let note =
            Note { target, rows, references: vec![reference], certainty: Certainty::Certain, evidence };
        notes.insert(target, note);
    }
    prove_by_list(sheet, unproved, &mut notes);
    claim(sheet, page, findings, &links, notes.into_values().collect());
}

/// Reads a link as a reference.
fn reference(
    sheet: &Sheet<'_>,
    page: &Page,
    findings: &Findings,
    links: &[Link],
    link: Link,
) -> Option<Reference> {
    let element = &page.elements[link.element];
    let row = sheet.row_at(link.words.start);
    let says_back = element.has_word("role", &["doc-backlink"])
        || element.has_word("epub:type", &["backlink"])
        || element.attribute("rev").is_some_and(|rev| rev == "footnote");
    let is_around =
        page.around(link.element).any(|around| around == link.target) || link.target == link.element;
    if says_back || is_around || findings.places.get(row as usize) != Some(&Place::Body) {
        return None;
    }
    let is_marked = is_marked_reference(page, link.element);
    let is_raised = std::iter::once(link.element)
        .chain(page.around(link.element).take(2))
        .chain(page.inside(link.element))
        .any(|near| page.elements[near].is_any(&["sup"]));
    let stands_out = is_marked || is_raised || links::answers(page, links, &link);
    if let Some(sign) = sign::read(link.words.of(&sheet.text), stands_out) {
        return Some(Reference { link, sign, is_marked, row });
    }
    // Words stay, and so does the place of a sign that only a style sheet draws: the reference stands after them.
    let says_so = is_marked || element.attribute("aria-describedby").is_some();
    let is_reference = links::answers(page, links, &link)
        && (link.words.is_empty()
            || (says_so && link.words.len() <= LONGEST_WORDS && is_marked_note(page, link.target)));
    let words = Span { start: link.words.end, end: link.words.end };
    is_reference.then_some(Reference { link: Link { words, ..link }, sign: String::new(), is_marked, row })
}

/// Tells whether the markup of a link, or what stands closely around it, says that it refers to a note.
fn is_marked_reference(page: &Page, link: ElementId) -> bool {
    let says_so = |element: ElementId| {
        let element = &page.elements[element];
        element.has_word("role", &["doc-noteref"])
            || element.has_word("epub:type", &["noteref"])
            || element.has_word("rel", &["footnote"])
            || element.has_word("data-type", &["noteref"])
            || element.attribute("data-footnote-ref").is_some()
            || element.attribute("popovertarget").is_some()
    };
    std::iter::once(link).chain(page.around(link).take(1)).any(says_so)
}

/// Tells whether the markup of a target says that it is a note.
fn is_marked_note(page: &Page, target: ElementId) -> bool {
    const TYPES: &[&str] = &["footnote", "endnote", "rearnote", "note"];
    std::iter::once(target).chain(page.around(target).take(2)).any(|element| {
        let element = &page.elements[element];
        element.has_word("role", &["doc-footnote", "doc-endnote", "doc-endnotes"])
            || element.has_word("epub:type", TYPES)
            || element.has_word("data-type", &["footnote", "footnotes"])
            || element.has_word(
                "class",
                &["footnote", "footnotes", "footnote-definition", "endnote", "endnotes", "sidenote"],
            )
    })
}

/// A note has no sections of its own; a heading that is only its sign is none.
fn holds_sections(sheet: &Sheet<'_>, rows: &Range<RowId>) -> bool {
    let is_heading = |row: RowId| sheet.is_heading(row) && sign::read(sheet.words(row), true).is_none();
    rows.clone().any(is_heading)
}

/// Tells whether a link among some rows leads back to a reference.
fn is_led_back(
    sheet: &Sheet<'_>,
    page: &Page,
    links: &[Link],
    reference: &Reference,
    rows: &Range<RowId>,
) -> bool {
    links_in(sheet, links, rows).any(|back| is_near(sheet, page, reference, back.target))
}

/// Returns the links that stand in some rows.
fn links_in<'l>(sheet: &Sheet<'_>, links: &'l [Link], rows: &Range<RowId>) -> impl Iterator<Item = &'l Link> {
    let start = sheet.rows[rows.start as usize].span.start;
    let end = sheet.rows[rows.end as usize - 1].span.end;
    let first = links.partition_point(|link| link.words.start < start);
    links[first..].iter().take_while(move |link| link.words.start <= end)
}

/// Tells whether an element is a reference, stands around or in it, or on its row: there a link back leads.
fn is_near(sheet: &Sheet<'_>, page: &Page, reference: &Reference, element: ElementId) -> bool {
    let own = reference.link.element;
    let is_within = |inner: ElementId, outer: ElementId| (outer..page.elements[outer].end).contains(&inner);
    let shown = page.elements[element].shown;
    let is_large = shown.len() > 2_000;
    (is_within(own, element) && !is_large)
        || is_within(element, own)
        || sheet.row_at(shown.start) == reference.row
}

/// Takes references without any link back if what they lead to are the entries of one list that stands after them,
/// in the order of their signs.
fn prove_by_list(
    sheet: &Sheet<'_>,
    unproved: Vec<(Reference, Range<RowId>)>,
    notes: &mut BTreeMap<ElementId, Note>,
) {
    let Some(last) = unproved.iter().map(|(reference, _)| reference.row).max() else { return };
    let mut listed: BTreeMap<ElementId, Note> = BTreeMap::new();
    for (reference, rows) in unproved {
        let target = reference.link.target;
        let is_signed = begins_with(sheet, rows.start, &reference.sign);
        let note = listed.entry(target).or_insert_with(|| Note {
            target,
            rows,
            references: Vec::new(),
            certainty: Certainty::Likely,
            evidence: "linked-list",
        });
        if is_signed {
            note.references.push(reference);
        }
    }
    listed.retain(|_, note| !note.references.is_empty() && note.rows.start > last);
    let first = listed.values().map(|note| note.rows.start).min();
    let end = listed.values().map(|note| note.rows.end).max();
    let (Some(first), Some(end)) = (first, end) else { return };
    let covered: RowId = listed.values().map(|note| note.rows.end - note.rows.start).sum();
    let is_headed = first.checked_sub(1).is_some_and(|above| is_notes_heading(sheet.words(above)));
    let is_dense = covered * 2 >= end - first;
    if is_dense && (listed.len() >= 2 || is_headed) {
        notes.extend(listed);
    }
}

/// Tells whether a row begins with a sign, printed or as the number of an item.
fn begins_with(sheet: &Sheet<'_>, row: RowId, expected: &str) -> bool {
    let first = sheet.words(row).split_whitespace().next().unwrap_or_default();
    let ends = first.char_indices().map(|(at, c)| at + c.len_utf8()).take(8);
    ends.map(|end| &first[..end]).any(|head| sign::read(head, true).is_some_and(|sign| sign == expected))
}

fn claim(sheet: &Sheet<'_>, page: &Page, findings: &mut Findings, links: &[Link], mut notes: Vec<Note>) {
    notes.sort_by_key(|note| note.rows.start);
    let mut markers: Vec<(Span, NoteId)> = Vec::new();
    for note in &notes {
        let id = NoteId(findings.notes.len() as u32);
        let span = Span {
            start: sheet.rows[note.rows.start as usize].span.start,
            end: sheet.rows[note.rows.end as usize - 1].span.end,
        };
        for row in note.rows.clone() {
            findings.places[row as usize] = Place::Note(id);
        }
        markers.extend(note.references.iter().map(|reference| (reference.link.words, id)));
        let back: Vec<Span> = links_in(sheet, links, &note.rows)
            .filter(|link| is_back(sheet, page, note, link))
            .map(|link| link.words)
            .collect();
        let signs: Vec<String> = note.references.iter().map(|reference| reference.sign.clone()).collect();
        Back { sheet, note: span, links: &back, signs: &signs }.claim(findings, id, NATIVE_NOTES.name);
        findings.notes.push(FoundNote {
            printed: signs[0].clone(),
            label: None,
            span,
            url: None,
            certainty: note.certainty,
            evidence: vec![note.evidence],
        });
    }
    claims::markers(sheet, findings, &mut markers);
    claims::drop_headings(sheet, findings, notes.iter().map(|note| note.rows.start));
    claims::drop_parted_headings(sheet, findings);
}

/// Tells whether a link in a note leads back from it.
fn is_back(sheet: &Sheet<'_>, page: &Page, note: &Note, link: &Link) -> bool {
    let element = &page.elements[link.element];
    let words = link.words.of(&sheet.text);
    let says_so = element.has_word("role", &["doc-backlink"])
        || element.has_word("epub:type", &["backlink"])
        || element.attribute("data-footnote-backref").is_some()
        || element.attribute("rev").is_some_and(|rev| rev == "footnote");
    if link.target == note.target || says_so {
        return says_so || leads_back(words);
    }
    let is_near = note.references.iter().any(|reference| is_near(sheet, page, reference, link.target));
    let is_sign = || sign::read(words, true).is_some() || counts_references(words);
    leads_back(words) || (is_near && (is_sign() || begins_to_lead_back(words)))
}
