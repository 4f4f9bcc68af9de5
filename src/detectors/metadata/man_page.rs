//! The first and last line of a manual page:
//!
//! > FERRY(1)                  Harbour Commands                  FERRY(1)
//! > …
//! > harbour 2.1                  4 March 2031                   FERRY(1)
//!
//! The name is the title, the date at the bottom the article's; the rest is the furniture of the page. Converters that
//! know no section write `The ferry()`. Left alone: a first line whose two ends differ.

use crate::detectors::metadata::date;
use crate::document::Found;
use crate::findings::{Findings, Place};
use crate::ledger::{Fate, Field, Reason};
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

const RULE: &str = "manual-page";

/// Takes the title from the first line and the date from the last; tells whether the text is a manual page.
pub(super) fn take(sheet: &Sheet<'_>, findings: &mut Findings) -> bool {
    let (Some(first), Some(last)) = (findings.body_rows().next(), findings.body_rows().next_back()) else {
        return false;
    };
    let head = parts(sheet, first);
    let [name, .., again] = head.as_slice() else { return false };
    let (name, again) = (*name, *again);
    if name.of(&sheet.text) != again.of(&sheet.text) || !is_name(name.of(&sheet.text)) || first == last {
        return false;
    }
    let title = name.of(&sheet.text);
    let title = title.strip_suffix("()").unwrap_or(title);
    let span = Span { start: name.start, end: name.start + title.len() as u32 };
    if findings.metadata.title.is_none() && !title.is_empty() {
        findings.metadata.title = Some(Found { value: title.to_owned(), rule: RULE, span: Some(span) });
        findings.claim(span, Fate::Meta(Field::Title), RULE);
    }
    drop_rest(sheet, findings, first);
    let foot = parts(sheet, last);
    if foot.last().is_some_and(|part| part.of(&sheet.text) == name.of(&sheet.text)) {
        let dated = foot.iter().find_map(|part| Some((part, date::read_line(part.of(&sheet.text))?)));
        if let Some((part, found)) = dated.filter(|_| findings.metadata.date.is_none()) {
            findings.metadata.date = Some(Found { value: found.iso, rule: RULE, span: Some(*part) });
            findings.claim(*part, Fate::Meta(Field::Date), RULE);
        }
        drop_rest(sheet, findings, last);
    }
    true
}

/// Claims what is left of a row as page furniture; claims made before stay.
fn drop_rest(sheet: &Sheet<'_>, findings: &mut Findings, row: RowId) {
    let span = sheet.rows[row as usize].span;
    let mut at = span.start;
    let taken: Vec<Span> = findings
        .claims
        .iter()
        .map(|claim| claim.span)
        .filter(|claim| claim.start >= at && claim.end <= span.end)
        .collect();
    for claim in taken.into_iter().chain([Span { start: span.end, end: span.end }]) {
        findings.claim(Span { start: at, end: claim.start.max(at) }, Fate::Drop(Reason::PageFurniture), RULE);
        at = claim.end;
    }
    findings.places[row as usize] = Place::Gone;
}

/// Splits a row where several spaces stand.
fn parts(sheet: &Sheet<'_>, row: RowId) -> Vec<Span> {
    let span = sheet.rows[row as usize].span;
    let line = span.of(&sheet.text);
    let mut parts = Vec::new();
    let mut at = 0;
    for part in line.split("  ") {
        let words = part.trim();
        if !words.is_empty() {
            let start = at + (part.len() - part.trim_start().len());
            parts.push(Span::new(span.start as usize + start, span.start as usize + start + words.len()));
        }
        at += part.len() + 2;
    }
    parts
}

/// `FERRY(1)`, `The ferry()`, `()`.
fn is_name(words: &str) -> bool {
    words.strip_suffix(')').and_then(|words| words.rsplit_once('(')).is_some_and(|(_, section)| {
        section.len() <= 4 && section.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_first_and_last_line() {
        let body = "\n\nNAME\n       ferry - cross the river\n\n       It sank.\n\n\n";
        for (head, foot, title, date) in [
            (
                "FERRY(1)   Harbour   FERRY(1)",
                "harbour 2   4 March 2031   FERRY(1)",
                Some("FERRY(1)"),
                Some("2031-03-04"),
            ),
            ("The ferry()     The ferry()", "    The ferry()", Some("The ferry"), None),
            ("FERRY(1)   Harbour   BOAT(1)", "4 March 2031", None, None),
            ("The ferry     The ferry", "", None, None),
            ("The ferry()", "", None, None),
        ] {
            let text = format!("{head}{body}{foot}\n");
            let sheet = crate::readers::read_text(&text);
            let mut findings = Findings::new(&sheet);
            assert_eq!(take(&sheet, &mut findings), title.is_some(), "{head:?}");
            let value = |found: &Option<Found<String>>| found.as_ref().map(|found| found.value.clone());
            assert_eq!(value(&findings.metadata.title).as_deref(), title, "{head:?}");
            assert_eq!(value(&findings.metadata.date).as_deref(), date, "{foot:?}");
        }
    }
}
