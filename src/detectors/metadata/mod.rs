//! Title, byline, date and source from the first and last lines of a text.
//!
//! Each line is taken only if it says nothing else. What the article does not say stays unknown.

mod byline;
mod date;
mod fields;
mod head;
mod header;
mod header_field;
mod man_page;
mod numeral;
mod page;
mod source_line;
mod title;

use super::Detector;
use crate::document::Found;
use crate::findings::{Findings, Place};
use crate::ledger::{Fate, Field, Reason};
use crate::options::{Habit, Options};
use crate::sheet::{RowId, Sheet};

pub(super) use self::source_line::names_source_or_rights;

pub(super) const METADATA: Detector = Detector { name: "metadata", find };

/// How many rows at the end may tell where it comes from.
const FOOT: usize = 4;

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    for (key, value) in &sheet.front_matter {
        fields::put(&mut findings.metadata, key, value, "front-matter");
    }
    if !sheet.front_matter.is_empty() && findings.metadata.date.is_none() {
        findings.metadata.date = options.stem.as_deref().and_then(date_of_post);
    }
    if let Some(page) = sheet.page() {
        let titled = page::find(sheet, page, findings);
        if let Some(&last) = titled.last() {
            take_title(sheet, findings, &title::Title { rows: titled, ..title::Title::default() });
            head::take_below(sheet, findings, last);
            page::leave_out_line(sheet, page, findings, last);
        }
        set(options, findings);
        return;
    }
    header::take(sheet, findings);
    let is_manual = !sheet.is_marked_up() && man_page::take(sheet, findings);
    let rows: Vec<RowId> = findings.body_rows().take(head::HEAD + 2 * title::LONGEST).collect();
    let title = if is_manual { None } else { title::find(sheet, findings, &rows) };
    let length = title.as_ref().map_or(0, |title| title.rows.len() + title.again.len());
    if let Some(title) = &title {
        take_title(sheet, findings, title);
        for &row in title.again.iter().filter(|_| !options.keeps(Habit::RepeatedTitle)) {
            findings.drop_row(sheet, row, Reason::RepeatedTitle, "title-again");
        }
    }
    if title.is_some() || !sheet.is_marked_up() {
        head::take(sheet, findings, &rows[length..], title.is_some());
    }
    if !sheet.is_marked_up() {
        take_foot(sheet, findings);
    }
    set(options, findings);
}

/// Reads `2031-03-04-the-last-ferry`: Jekyll names its posts so, and its front matter says no date.
fn date_of_post(stem: &str) -> Option<Found<String>> {
    let (date, slug) = stem.split_at_checked(10)?;
    let number = |from: usize, to: usize| date.get(from..to)?.parse::<u32>().ok();
    let is_date = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    }) && (1..=12).contains(&number(5, 7)?)
        && (1..=31).contains(&number(8, 10)?);
    (is_date && slug.starts_with('-')).then(|| Found {
        value: date.to_owned(),
        rule: "file-name",
        span: None,
    })
}

/// Makes metadata of named values: what a list says, and what the user sets, which overrules it.
#[cfg(feature = "epub")]
pub(crate) fn named(
    listed: &[(String, serde_json::Value)],
    set: &[(String, serde_json::Value)],
) -> crate::document::Metadata {
    let mut metadata = crate::document::Metadata::default();
    listed.iter().for_each(|(key, value)| fields::put(&mut metadata, key, value, "list"));
    set.iter().for_each(|(key, value)| fields::put(&mut metadata, key, value, "set"));
    metadata
}

/// What the user sets overrules everything.
fn set(options: &Options, findings: &mut Findings) {
    for (key, value) in &options.set {
        fields::put(&mut findings.metadata, key, value, "set");
    }
}

/// Moves the title's rows into the metadata, without markers.
fn take_title(sheet: &Sheet<'_>, findings: &mut Findings, found: &title::Title) {
    for &sign in &found.signs {
        findings.claim(sign, Fate::Syntax, "title");
    }
    let insets = findings.insets.iter().map(|inset| inset.span);
    let mut claims: Vec<_> =
        findings.claims.iter().chain(&findings.fallbacks).map(|claim| claim.span).chain(insets).collect();
    claims.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    claims.dedup_by(|inner, outer| inner.end <= outer.end);
    let mut title = String::new();
    let mut whole = None;
    for &row in &found.rows {
        let span = sheet.rows[row as usize].span;
        if title::is_underline(sheet.words(row)) {
            findings.claim(span, Fate::Layout, "title");
            findings.places[row as usize] = Place::Gone;
            continue;
        }
        let mut at = span.start;
        let first = claims.partition_point(|claim| claim.end <= span.start);
        for claim in claims[first..].iter().take_while(|claim| claim.start < span.end) {
            // Claims may overlap: the sign of a note begins in the words of another.
            let words = crate::source::Span { start: at, end: claim.start.max(at) };
            push_words(&mut title, words.of(&sheet.text));
            findings.claim(words, Fate::Meta(Field::Title), "title");
            at = claim.end.max(at);
        }
        let words = crate::source::Span { start: at.min(span.end), end: span.end };
        push_words(&mut title, words.of(&sheet.text));
        findings.claim(words, Fate::Meta(Field::Title), "title");
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

/// Reads lines at the end that name the source or the rights.
fn take_foot(sheet: &Sheet<'_>, findings: &mut Findings) {
    let rows: Vec<RowId> = findings.body_rows().rev().take(FOOT).collect();
    for row in rows {
        let line = sheet.words(row);
        let span = Some(sheet.rows[row as usize].span);
        if let Some(source) = source_line::read_source(line).filter(|_| findings.metadata.source.is_none()) {
            findings.metadata.source = Some(Found { value: source.to_owned(), rule: "source-line", span });
            head::take_row(sheet, findings, row, Field::Source, "source-line");
        } else if source_line::is_rights(line) && findings.metadata.rights.is_none() {
            findings.metadata.rights = Some(Found { value: line.to_owned(), rule: "rights-line", span });
            head::take_row(sheet, findings, row, Field::Rights, "rights-line");
        } else {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_that_overlap_in_a_title_are_taken_once() {
        const TEXT: &str = "The ferry^[A boat with `]` in its name, see [the plan](https://harbour.example/plan)^[Drawn \
                            in 19[01.] and\nnothing more.] sank ^[ Of oak. ].\n\nIt cost \\^[nothing].\n";
        let options = Options::default().from(crate::options::From::Text);
        let article = crate::convert::read(TEXT.as_bytes(), &options).expect("text");
        assert!(article.ledger.tiles(TEXT.len()));
    }

    #[test]
    fn a_post_of_jekyll_has_its_date_in_its_name() {
        for (stem, expected) in [
            ("2031-03-04-the-last-ferry", Some("2031-03-04")),
            ("2031-03-04", None),
            ("2031-13-04-ferry", None),
            ("the-last-ferry-2031", None),
            ("港口港口港口", None),
            ("", None),
        ] {
            assert_eq!(date_of_post(stem).map(|found| found.value).as_deref(), expected, "{stem:?}");
        }
    }
}
