//! What a page of HTML says of itself: in scripts of data, in `meta` and `link`, in attributes, and in its text.
//!
//! Several sources often say the same; the surest counts, and each value keeps where it comes from.

mod data;
mod inline;
mod tags;
mod title;

use crate::detectors::metadata::{byline, date};
use crate::document::{Found, Metadata};
use crate::findings::{Findings, Place};
use crate::ledger::Reason;
use crate::page::Page;
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Title,
    Author,
    Date,
    Updated,
    Lang,
    Publisher,
    Source,
    Description,
    Tag,
    Rights,
}

/// Everything that a page states, the surest first.
#[derive(Debug, Default)]
struct Statements(Vec<(Key, Found<String>)>);

impl Statements {
    fn add(&mut self, key: Key, value: &str, rule: &'static str, span: Option<Span>) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if value.chars().any(char::is_alphanumeric) {
            self.0.push((key, Found { value, rule, span }));
        }
    }

    fn all(&self, key: Key) -> impl Iterator<Item = &Found<String>> {
        self.0.iter().filter(move |(found, _)| *found == key).map(|(_, value)| value)
    }

    fn first(&self, key: Key) -> Option<Found<String>> {
        self.all(key).next().cloned()
    }

    /// Returns the values of the surest source that has any.
    fn of_one_source(&self, key: Key) -> Vec<Found<String>> {
        let Some(first) = self.all(key).next() else { return Vec::new() };
        let mut values: Vec<Found<String>> = Vec::new();
        for value in self.all(key).filter(|value| value.rule == first.rule) {
            if values.iter().all(|known| known.value != value.value) {
                values.push(value.clone());
            }
        }
        values
    }
}

/// Reads what a page says of itself; returns the rows that repeat its title.
pub(super) fn find(sheet: &Sheet<'_>, page: &Page, findings: &mut Findings) -> Vec<RowId> {
    let mut statements = Statements::default();
    data::read(page, &mut statements);
    tags::read(page, &mut statements);
    inline::read(sheet, page, findings, &mut statements);
    let (title, rows) = title::find(sheet, page, findings, &statements);
    let publisher = statements.first(Key::Publisher);
    let metadata = &mut findings.metadata;
    metadata.title = title;
    metadata.authors = authors(&statements, publisher.as_ref().map(|found| found.value.as_str()));
    metadata.date = statements.all(Key::Date).find_map(dated);
    metadata.updated = statements.all(Key::Updated).find_map(dated);
    metadata.lang = statements.all(Key::Lang).find_map(language);
    metadata.publisher = publisher;
    metadata.source = statements.all(Key::Source).find_map(|source| absolute(source, page.base.as_deref()));
    metadata.description = statements.first(Key::Description);
    metadata.tags = statements.of_one_source(Key::Tag);
    metadata.rights = statements.first(Key::Rights);
    keep_distinct(metadata);
    rows
}

/// Leaves out a line below the title that says when and by whom, among other things, if both are known by now.
pub(super) fn leave_out_line(sheet: &Sheet<'_>, page: &Page, findings: &mut Findings, title: RowId) {
    const CLASSES: &[&str] = &["entry-meta", "post-meta", "post-meta-container", "meta-info", "posted-on"];
    const NEAR: usize = 4;
    const LONGEST: usize = 200;
    if findings.metadata.date.is_none() {
        return;
    }
    let rows: Vec<RowId> = findings.body_rows().filter(|&row| row > title).take(NEAR).collect();
    let is_line = |row: RowId| {
        let span = sheet.rows[row as usize].span;
        let at = page.elements.partition_point(|element| element.shown.start < span.start);
        let mut here = page.elements[at..].iter().take_while(|element| element.shown.start == span.start);
        here.any(|element| element.has_word("class", CLASSES) && element.shown.len() <= LONGEST)
    };
    for row in rows.into_iter().filter(|&row| is_line(row)) {
        findings.places[row as usize] = Place::Outside(Reason::Surroundings);
    }
}

/// Returns the authors of the surest source that names people.
fn authors(statements: &Statements, publisher: Option<&str>) -> Vec<Found<String>> {
    let names_somebody = |value: &str| {
        let is_account = ["admin", "administrator", "webmaster", "editor", "staff", "author", "unknown"]
            .contains(&value.to_lowercase().as_str());
        !is_account
            && !value.contains("://")
            && !value.starts_with('@')
            && Some(value) != publisher
            && value.chars().count() <= 120
    };
    let mut authors: Vec<Found<String>> = Vec::new();
    for found in statements.all(Key::Author) {
        if authors.first().is_some_and(|first| first.rule != found.rule) {
            break;
        }
        let names = byline::read(&found.value)
            .or_else(|| byline::read_names(&found.value))
            .unwrap_or_else(|| vec![found.value.clone()]);
        // Libraries put the family name first.
        let names = match found.value.split_once(", ") {
            Some((family, given)) if is_catalogued(found.rule) && !given.contains(',') => {
                vec![format!("{given} {family}")]
            }
            _ => names,
        };
        for value in names.into_iter().filter(|name| names_somebody(name)) {
            if authors.iter().all(|known| known.value != value) {
                authors.push(Found { value, ..found.clone() });
            }
        }
    }
    authors
}

fn is_catalogued(rule: &str) -> bool {
    matches!(rule, "highwire" | "dublin-core")
}

/// Reads a date as programs and people write it; only the day counts.
fn dated(found: &Found<String>) -> Option<Found<String>> {
    let value = found.value.trim();
    let head: String = value.chars().take(10).collect::<String>().replace('/', "-");
    let is_iso = |length: usize| {
        let head = head.as_bytes();
        head.len() >= length
            && head[..length].iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            })
    };
    let iso = if is_iso(10) {
        head
    } else if (value.len() == 7 && is_iso(7)) || (value.len() == 4 && is_iso(4)) {
        value.replace('/', "-")
    } else {
        let without_weekday = value
            .split_once(", ")
            .map_or(value, |(first, rest)| if first.chars().all(char::is_alphabetic) { rest } else { value });
        let without_time = without_weekday.split(" T").next()?;
        let until_time = without_time.find(':').map_or(without_time, |colon| {
            let digits = without_time[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
            digits.trim_end_matches([' ', ',', '-', 'T'])
        });
        let dashed = until_time.replace('-', " ");
        [value, until_time, &dashed].into_iter().find_map(date::read_line)?.iso
    };
    Some(Found { value: iso, ..found.clone() })
}

/// Returns an address with the site that it stands on; none if nothing names the site.
fn absolute(found: &Found<String>, base: Option<&str>) -> Option<Found<String>> {
    if found.value.contains("://") {
        return Some(found.clone());
    }
    let (scheme, rest) = base?.split_once("://")?;
    let host = rest.split('/').next()?;
    let path = found.value.strip_prefix('/').filter(|path| !path.starts_with('/'))?;
    Some(Found { value: format!("{scheme}://{host}/{path}"), ..found.clone() })
}

/// Reads a language tag; `en_GB` is that of other programs.
fn language(found: &Found<String>) -> Option<Found<String>> {
    let value = found.value.replace('_', "-");
    let is_tag = (2..=11).contains(&value.len())
        && value.split('-').next().is_some_and(|head| (2..=3).contains(&head.len()))
        && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    is_tag.then(|| Found { value, ..found.clone() })
}

/// What says nothing beside another field is left out.
fn keep_distinct(metadata: &mut Metadata) {
    if metadata.updated.as_ref().map(|found| &found.value) == metadata.date.as_ref().map(|found| &found.value)
    {
        metadata.updated = None;
    }
    if metadata.description.as_ref().map(|found| found.value.as_str()) == metadata.title() {
        metadata.description = None;
    }
}

/// Tells whether a row is in the body or around it.
fn is_on_page(place: Place) -> bool {
    matches!(place, Place::Body | Place::Outside(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_programs_and_people_write_them() {
        for (value, expected) in [
            ("2031-03-04T10:15:00+01:00", Some("2031-03-04")),
            ("2031/03/04", Some("2031-03-04")),
            ("2031-03", Some("2031-03")),
            ("Tue, 04 Mar 2031 10:15:00 GMT", Some("2031-03-04")),
            ("04-Mar-2031", Some("2031-03-04")),
            ("March 4, 2031", Some("2031-03-04")),
            ("yesterday", None),
            ("", None),
        ] {
            let found = Found { value: value.to_owned(), rule: "", span: None };
            assert_eq!(dated(&found).map(|found| found.value).as_deref(), expected, "{value:?}");
        }
    }
}
