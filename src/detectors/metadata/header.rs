//! The header of a text in a lightweight markup: `#+TITLE: The ferry`, `:Author: Iona Vale`.
//!
//! The reader knows which lines these are and what they name; here their values are taken out of the body. A date that
//! cannot be read stays in it.

use super::{byline, date, take_title, title};
use crate::document::Found;
use crate::findings::{Findings, Place};
use crate::ledger::{Fate, Field};
use crate::sheet::{Kind, Origin, RowId, Sheet};
use crate::source::Span;

/// Takes the values of the header's fields.
pub(super) fn take(sheet: &Sheet<'_>, findings: &mut Findings) {
    let Origin::Dialect { name, .. } = sheet.origin else { return };
    let mut row = 0;
    while row < sheet.rows.len() {
        let node = sheet.rows[row].node;
        let end = row + sheet.rows[row..].iter().take_while(|other| other.node == node).count();
        if let Kind::Field(key) = sheet.nodes[node.index()].kind {
            let rows: Vec<RowId> = (row as RowId..end as RowId).collect();
            take_field(sheet, findings, key, &rows, name);
        }
        row = end;
    }
}

fn take_field(sheet: &Sheet<'_>, findings: &mut Findings, key: &str, rows: &[RowId], rule: &'static str) {
    if key == "title" {
        let is_first = findings.metadata.title.is_none();
        take_title(sheet, findings, &title::Title { rows: rows.to_vec(), ..title::Title::default() });
        if let (true, Some(title)) = (is_first, &mut findings.metadata.title) {
            title.rule = rule;
        }
        return;
    }
    let words: Vec<&str> = rows.iter().map(|&row| sheet.words(row)).collect();
    let words = words.join(" ");
    let span = Some(span_of(sheet, rows));
    let found = |value: String| Found { value, rule, span };
    let metadata = &mut findings.metadata;
    let field = match key {
        "author" => {
            let names = byline::split(&words).into_iter().map(|name| without_address(&name)).map(found);
            metadata.authors.extend(names);
            Field::Author
        }
        "date" => {
            let Some(date) = date::read_line(&words) else { return };
            metadata.date = Some(found(date.iso));
            Field::Date
        }
        "subtitle" => {
            metadata.subtitle = Some(found(words));
            Field::Subtitle
        }
        "lang" => {
            metadata.lang = Some(found(words.replace('_', "-")));
            Field::FrontMatter
        }
        "description" => {
            metadata.description = Some(found(words));
            Field::FrontMatter
        }
        "rights" => {
            metadata.rights = Some(found(words));
            Field::Rights
        }
        "tags" => {
            let tags = words.split([',', ' ']).filter(|tag| !tag.is_empty());
            metadata.tags.extend(tags.map(|tag| found(tag.to_owned())));
            Field::FrontMatter
        }
        _ => return,
    };
    for &row in rows {
        findings.claim(sheet.rows[row as usize].span, Fate::Meta(field), rule);
        findings.places[row as usize] = Place::Gone;
    }
}

fn span_of(sheet: &Sheet<'_>, rows: &[RowId]) -> Span {
    let of = |row: &RowId| sheet.rows[*row as usize].span;
    Span { start: rows.first().map_or(0, |row| of(row).start), end: rows.last().map_or(0, |row| of(row).end) }
}

/// `Iona Vale <iona@harbour.example>`
fn without_address(name: &str) -> String {
    name.split_once('<').map_or(name, |(name, _)| name).trim().to_owned()
}
