//! Notes that stand in the paragraph they belong to, and are shown beside or below it: sidenotes and margin notes in
//! the manner of Tufte, notes of LaTeXML and HTMLBook.
//!
//! > `sank<label for="sn1"></label><input id="sn1"><span class="sidenote">Off the mole.</span> in 1902`

use super::links::trimmed;
use super::{NATIVE_NOTES, sign};
use crate::document::{Certainty, NoteId};
use crate::findings::{Findings, FoundNote};
use crate::insets::Inset;
use crate::ledger::Fate;
use crate::page::{ElementId, NOTES_BESIDE, NOTES_OR_REFERENCES, Page};
use crate::sheet::Sheet;
use crate::source::Span;

/// How LaTeXML calls what a note is.
const ROLES: &[&str] = &["ltx_role_footnote", "ltx_role_endnote", "ltx_role_thanks"];

/// What opens a margin note on a small screen.
const OPENERS: &[&str] = &["⊕", "⊖", "+"];

pub(super) fn find(sheet: &Sheet<'_>, page: &Page, findings: &mut Findings) {
    let mut element = 0;
    while element < page.elements.len() {
        if is_note(sheet, page, element) {
            claim(sheet, page, findings, element);
            element = page.elements[element].end;
        } else {
            element += 1;
        }
    }
}

/// Tells whether an element is a note in running text.
fn is_note(sheet: &Sheet<'_>, page: &Page, element: ElementId) -> bool {
    let found = &page.elements[element];
    let says_so = says_note(page, element)
        || (found.has_word("class", NOTES_OR_REFERENCES) && is_sentence(sheet, page, element));
    let holds_note =
        || page.inside(element).any(|inner| says_note(page, inner) && !page.elements[inner].shown.is_empty());
    let span = trimmed(sheet, found.shown);
    if !says_so || holds_note() || span.is_empty() || found.shown.of(&sheet.text).ends_with('\n') {
        return false;
    }
    let row = sheet.rows[sheet.row_at(span.start) as usize].span;
    row.start < span.start && span.end <= row.end
}

fn says_note(page: &Page, element: ElementId) -> bool {
    let found = &page.elements[element];
    found.has_word("class", NOTES_BESIDE)
        || found.has_word("class", ROLES)
        || found.has_word("data-type", &["footnote"])
        || found.has_word("role", &["doc-footnote"])
        || found.has_word("epub:type", &["footnote"])
        || found.attribute("popover").is_some()
        || found.is_any(&["d-footnote"])
}

/// Tells whether an element says something, and is neither the sign of a note nor holds a link to one.
fn is_sentence(sheet: &Sheet<'_>, page: &Page, element: ElementId) -> bool {
    let is_sign = sign::read(page.elements[element].shown.of(&sheet.text), true).is_some();
    let leads_there =
        |inner: ElementId| page.elements[inner].attribute("href").is_some_and(|href| href.contains('#'));
    !is_sign && !std::iter::once(element).chain(page.inside(element)).any(leads_there)
}

fn claim(sheet: &Sheet<'_>, page: &Page, findings: &mut Findings, element: ElementId) {
    let span = trimmed(sheet, page.elements[element].shown);
    let row = sheet.rows[sheet.row_at(span.start) as usize].span;
    let (start, before) = sign_before(sheet, page, element, row);
    let (first, inside) = signs_inside(sheet, page, element, span);
    let is_hint = page.elements[element].attribute("popover").is_some() && before.is_none();
    if first >= span.end || start >= first || is_hint {
        return;
    }
    let id = NoteId(findings.notes.len() as u32);
    let shown = page.elements[element].shown;
    let is_before_sign = sheet.text[shown.end as usize..].starts_with(['.', ',', ';', ':', '!', '?', ')']);
    if is_before_sign && span.end < shown.end {
        findings.claim(Span { start: span.end, end: shown.end }, Fate::Layout, NATIVE_NOTES.name);
    }
    findings.claim(Span { start, end: first }, Fate::Marker(id), NATIVE_NOTES.name);
    findings.insets.push(Inset { span: Span { start: first, end: span.end }, note: id });
    findings.notes.push(FoundNote {
        printed: before.or(inside).unwrap_or_default(),
        label: None,
        span,
        url: None,
        certainty: Certainty::Certain,
        evidence: vec!["beside-its-place"],
    });
}

/// Finds where the signs before a note begin, and what they say.
fn sign_before(sheet: &Sheet<'_>, page: &Page, element: ElementId, row: Span) -> (u32, Option<String>) {
    const NEAR: usize = 6;
    let end_before =
        |at: u32| row.start + sheet.text[row.start as usize..at as usize].trim_end().len() as u32;
    let mut start = end_before(page.elements[element].shown.start);
    let mut printed = None;
    for before in (element.saturating_sub(NEAR)..element).rev() {
        let found = &page.elements[before];
        let span = trimmed(sheet, found.shown);
        if found.end > element || span.is_empty() || span.end != start || span.start < row.start {
            continue;
        }
        let words = span.of(&sheet.text);
        let says = sign::read(words, true);
        if found.is_any(&["sup", "label", "a", "span", "button", "abbr"])
            && (says.is_some() || OPENERS.contains(&words))
        {
            printed = says.or(printed);
            start = end_before(span.start);
        }
    }
    (start, printed)
}

/// Finds where the words of a note begin, after signs that it repeats.
fn signs_inside(sheet: &Sheet<'_>, page: &Page, element: ElementId, span: Span) -> (u32, Option<String>) {
    let mut first = span.start;
    let mut printed = None;
    for inner in page.inside(element) {
        let found = &page.elements[inner];
        let words = trimmed(sheet, found.shown);
        let is_sign = found.is_any(&["sup", "label"])
            || found.attribute("class").is_some_and(|class| {
                class.contains("mark") || class.contains("tag") || class.contains("number")
            });
        if words.is_empty() || words.start != first || !is_sign {
            continue;
        }
        let Some(says) = sign::read(words.of(&sheet.text), true) else { break };
        printed = Some(says);
        let rest = &sheet.text[words.end as usize..span.end as usize];
        first = span.end - rest.trim_start_matches([' ', '.', ':', '\u{A0}']).len() as u32;
    }
    (first, printed)
}
