//! Title, byline, date and source from the first and last lines of a text.
//!
//! Each line is taken only if it says nothing else. What the article does not say stays unknown.

mod byline;
mod date;
mod fields;
mod header;
mod page;
mod source_line;
mod title;

use super::Detector;
use crate::document::Found;
use crate::findings::{Findings, Place};
use crate::ledger::{Fate, Field};
use crate::options::Options;
use crate::sheet::{Kind, RowId, Sheet};

pub(super) const METADATA: Detector = Detector { name: "metadata", find };

/// How many rows below the title may tell who wrote it and when.
const HEAD: usize = 4;

/// How many rows at the end may tell where it comes from.
const FOOT: usize = 4;

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    for (key, value) in &sheet.front_matter {
        fields::put(&mut findings.metadata, key, value, "front-matter");
    }
    if let Some(page) = sheet.page() {
        let titled = page::find(sheet, page, findings);
        if let Some(&last) = titled.last() {
            take_title(sheet, findings, &titled);
            take_head_of_page(sheet, findings, last);
        }
        set(options, findings);
        return;
    }
    header::take(sheet, findings);
    let rows: Vec<RowId> = findings.body_rows().take(HEAD + title::LONGEST + 2).collect();
    let titled = title::find(sheet, findings, &rows);
    if !titled.is_empty() {
        take_title(sheet, findings, &titled);
    }
    if !sheet.is_marked_up() {
        take_head(sheet, findings, &rows[titled.len().min(rows.len())..], !titled.is_empty());
        take_foot(sheet, findings);
    }
    set(options, findings);
}

/// What the user sets overrules everything.
fn set(options: &Options, findings: &mut Findings) {
    for (key, value) in &options.set {
        fields::put(&mut findings.metadata, key, value, "set");
    }
}

/// Moves the title's rows into the metadata, without markers.
fn take_title(sheet: &Sheet<'_>, findings: &mut Findings, rows: &[RowId]) {
    let insets = findings.insets.iter().map(|inset| inset.span);
    let mut claims: Vec<_> =
        findings.claims.iter().chain(&findings.fallbacks).map(|claim| claim.span).chain(insets).collect();
    claims.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    claims.dedup_by(|inner, outer| inner.end <= outer.end);
    let mut title = String::new();
    let mut whole = None;
    for &row in rows {
        let span = sheet.rows[row as usize].span;
        if title::is_underline(sheet.words(row)) {
            findings.claim(span, Fate::Layout, "title");
            findings.places[row as usize] = Place::Gone;
            continue;
        }
        let mut at = span.start;
        let first = claims.partition_point(|claim| claim.end <= span.start);
        for claim in claims[first..].iter().take_while(|claim| claim.start < span.end) {
            push_words(&mut title, &sheet.text[at as usize..claim.start as usize]);
            findings.claim(
                crate::source::Span { start: at, end: claim.start },
                Fate::Meta(Field::Title),
                "title",
            );
            at = claim.end;
        }
        push_words(&mut title, &sheet.text[at as usize..span.end as usize]);
        findings.claim(crate::source::Span { start: at, end: span.end }, Fate::Meta(Field::Title), "title");
        findings.places[row as usize] = Place::Gone;
        whole.get_or_insert(span).end = span.end;
    }
    if findings.metadata.title.is_none() {
        let rule = if sheet.is_marked_up() { "first-heading" } else { "first-line" };
        findings.metadata.title = Some(Found { value: title, rule, span: whole });
    }
}

fn push_words(title: &mut String, words: &str) {
    for word in words.split_whitespace() {
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
}

/// Reads bylines and dates below the title, or at the top of a text without one.
fn take_head(sheet: &Sheet<'_>, findings: &mut Findings, rows: &[RowId], titled: bool) {
    let mut rows = rows.iter().copied().take(HEAD).peekable();
    let mut is_first = titled;
    while let Some(row) = rows.next() {
        let line = sheet.words(row);
        if findings.claims.iter().any(|claim| {
            claim.span.start >= sheet.rows[row as usize].span.start
                && claim.span.end <= sheet.rows[row as usize].span.end
        }) {
            return;
        }
        if findings.metadata.authors.is_empty() {
            // The word and the name may stand on two lines.
            if byline::is_word(line) {
                let Some(&next) = rows.peek() else { return };
                let Some(authors) = byline::read_names(sheet.words(next)) else { return };
                take(sheet, findings, row, Fate::Meta(Field::Author), "byline");
                take_authors(sheet, findings, next, authors, "byline");
                rows.next();
                continue;
            }
            if let Some(authors) = byline::read(line) {
                take_authors(sheet, findings, row, authors, "byline");
                continue;
            }
            if let Some(authors) = byline::read_names(line).filter(|_| is_first && stands_apart(sheet, row)) {
                take_authors(sheet, findings, row, authors, "name-under-title");
                is_first = false;
                continue;
            }
        }
        is_first = false;
        let Some(found) = date::read_line(line) else { return };
        let span = Some(sheet.rows[row as usize].span);
        let (field, slot) = match found.kind {
            date::Kind::Published => (Field::Date, &mut findings.metadata.date),
            date::Kind::Updated => (Field::Updated, &mut findings.metadata.updated),
        };
        if slot.is_some() {
            return;
        }
        *slot = Some(Found { value: found.iso, rule: "date-line", span });
        take(sheet, findings, row, Fate::Meta(field), "date-line");
    }
}

/// Takes bylines and dates below the title of a page out of its text; what the page states of itself is surer.
fn take_head_of_page(sheet: &Sheet<'_>, findings: &mut Findings, title: RowId) {
    let stated = std::mem::take(&mut findings.metadata.authors);
    let (date, updated) = (findings.metadata.date.take(), findings.metadata.updated.take());
    let is_heading =
        |row: RowId| matches!(sheet.nodes[sheet.rows[row as usize].node.index()].kind, Kind::Heading(_));
    let below = findings.body_rows().filter(|&row| row > title).take(HEAD);
    let rows: Vec<RowId> = below.take_while(|&row| !is_heading(row)).collect();
    take_head(sheet, findings, &rows, true);
    let metadata = &mut findings.metadata;
    if !stated.is_empty() {
        metadata.authors = stated;
    }
    metadata.date = date.or(metadata.date.take());
    metadata.updated = updated.or(metadata.updated.take());
}

/// A line of names counts only if it is no paragraph: short, and not the beginning of running text.
fn stands_apart(sheet: &Sheet<'_>, row: RowId) -> bool {
    let next = sheet.rows.get(row as usize + 1);
    next.is_none_or(|next| next.gap > 0 || date::read_line(next.span.of(&sheet.text)).is_some())
}

fn take_authors(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    row: RowId,
    authors: Vec<String>,
    rule: &'static str,
) {
    let span = Some(sheet.rows[row as usize].span);
    findings.metadata.authors = authors.into_iter().map(|value| Found { value, rule, span }).collect();
    take(sheet, findings, row, Fate::Meta(Field::Author), rule);
}

fn take(sheet: &Sheet<'_>, findings: &mut Findings, row: RowId, fate: Fate, rule: &'static str) {
    findings.claim(sheet.rows[row as usize].span, fate, rule);
    findings.places[row as usize] = Place::Gone;
}

/// Reads lines at the end that name the source or the rights.
fn take_foot(sheet: &Sheet<'_>, findings: &mut Findings) {
    let rows: Vec<RowId> = findings.body_rows().rev().take(FOOT).collect();
    for row in rows {
        let line = sheet.words(row);
        let span = Some(sheet.rows[row as usize].span);
        if let Some(source) = source_line::read_source(line).filter(|_| findings.metadata.source.is_none()) {
            findings.metadata.source = Some(Found { value: source.to_owned(), rule: "source-line", span });
            take(sheet, findings, row, Fate::Meta(Field::Source), "source-line");
        } else if source_line::is_rights(line) && findings.metadata.rights.is_none() {
            findings.metadata.rights = Some(Found { value: line.to_owned(), rule: "rights-line", span });
            take(sheet, findings, row, Fate::Meta(Field::Rights), "rights-line");
        } else {
            return;
        }
    }
}
