//! The lines below the title, or at the top of a text without one: who wrote it, when, and header fields.

use crate::detectors::metadata::{byline, date, header_field, title};
use crate::document::Found;
use crate::findings::{Findings, Place};
use crate::ledger::{Fate, Field};
use crate::sheet::{Kind, Row, RowId, Sheet};
use crate::source::Span;

/// How many rows are looked at.
pub(super) const HEAD: usize = 8;

/// Names of authors may take so many rows.
const MOST_ROWS: usize = 3;

/// Reads the rows below a title, one after the other, until one says something else.
pub(super) fn take(sheet: &Sheet<'_>, findings: &mut Findings, rows: &[RowId], is_titled: bool) {
    let rows = &rows[..rows.len().min(HEAD)];
    let mut at = 0;
    let mut is_first = is_titled;
    while at < rows.len() {
        if is_claimed(sheet, findings, rows[at]) || !is_paragraph(sheet, rows[at]) {
            return;
        }
        let taken = take_fields(sheet, findings, &rows[at..])
            .or_else(|| take_byline(sheet, findings, &rows[at..]))
            .or_else(|| take_labelled(sheet, findings, &rows[at..]))
            .or_else(|| take_together(sheet, findings, rows[at]))
            .or_else(|| is_first.then(|| take_names(sheet, findings, &rows[at..])).flatten())
            .or_else(|| take_date(sheet, findings, rows[at]));
        let Some(taken) = taken else { return };
        is_first = false;
        at += taken;
    }
}

/// Takes bylines and dates below the title of a page out of its text; what the page states of itself is surer.
pub(super) fn take_below(sheet: &Sheet<'_>, findings: &mut Findings, title: RowId) {
    let stated = std::mem::take(&mut findings.metadata.authors);
    let (date, updated) = (findings.metadata.date.take(), findings.metadata.updated.take());
    let is_heading = |row: RowId| sheet.is_heading(row);
    let below = || findings.body_rows().filter(|&row| row > title).take(HEAD);
    let mut rows: Vec<RowId> = below().take_while(|&row| !is_heading(row)).collect();
    if rows.is_empty() {
        // Newspapers set a line in between: what it is about.
        let after = below().skip_while(|&row| is_heading(row)).take_while(|&row| !is_heading(row));
        rows = after.collect();
        let says_who = |&row: &RowId| byline::read(sheet.words(row)).is_some();
        if rows.first().is_some_and(says_who) {
            take(sheet, findings, &rows, false);
        }
    } else {
        take(sheet, findings, &rows, true);
    }
    // Below a subtitle or a picture, such a line says what it is all the same.
    for (at, &row) in rows.iter().enumerate() {
        if findings.places[row as usize] == Place::Body && !is_claimed(sheet, findings, row) {
            let _ = take_together(sheet, findings, row)
                .or_else(|| take_labelled(sheet, findings, &rows[at..]))
                .or_else(|| take_stated(sheet, findings, row, &stated));
        }
    }
    let metadata = &mut findings.metadata;
    if !stated.is_empty() {
        metadata.authors = stated;
    }
    metadata.date = date.or(metadata.date.take());
    metadata.updated = updated.or(metadata.updated.take());
}

/// Tells whether a row is text of its own: in Markdown a paragraph without marks.
fn is_paragraph(sheet: &Sheet<'_>, row: RowId) -> bool {
    let row = &sheet.rows[row as usize];
    let is_marked =
        || sheet.runs.iter().any(|run| run.span.start < row.span.end && run.span.end > row.span.start);
    !sheet.is_marked_up()
        || sheet.page().is_some()
        || (sheet.nodes[row.node.index()].kind == Kind::Paragraph && !is_marked())
}

fn is_claimed(sheet: &Sheet<'_>, findings: &Findings, row: RowId) -> bool {
    let span = sheet.rows[row as usize].span;
    findings.claims.iter().any(|claim| claim.span.start >= span.start && claim.span.end <= span.end)
}

/// Takes a block of header fields, if all of them are known and say what their names promise.
fn take_fields(sheet: &Sheet<'_>, findings: &mut Findings, rows: &[RowId]) -> Option<usize> {
    let block = block(sheet, rows);
    let mut read = Vec::new();
    for &row in block {
        let (field, value) = header_field::read(sheet.words(row))?;
        read.push((row, field, values(field, value)?));
    }
    for (row, field, values) in read {
        let span = sheet.rows[row as usize].span;
        let mut found =
            values.into_iter().map(|value| Found { value, rule: "header-field", span: Some(span) });
        let metadata = &mut findings.metadata;
        let slot = match field {
            Field::Author => {
                metadata.authors.extend(found);
                take_row(sheet, findings, row, field, "header-field");
                continue;
            }
            Field::Title => &mut metadata.title,
            Field::Subtitle => &mut metadata.subtitle,
            Field::Date => &mut metadata.date,
            Field::Updated => &mut metadata.updated,
            Field::Source => &mut metadata.source,
            Field::Publisher => &mut metadata.publisher,
            _ => &mut metadata.rights,
        };
        if slot.is_none() {
            *slot = found.next();
            take_row(sheet, findings, row, field, "header-field");
        }
    }
    Some(block.len())
}

/// Returns what a field says, in the form of the metadata; none if it is not what the field is for.
fn values(field: Field, value: &str) -> Option<Vec<String>> {
    match field {
        Field::Author => {
            Some(byline::split(value)).filter(|names| !names.is_empty() && !value.ends_with('.'))
        }
        Field::Date | Field::Updated => date::read_line(value).map(|found| vec![found.iso]),
        _ => Some(vec![value.trim_matches(['<', '>']).to_owned()]),
    }
}

/// Takes `By Iona Vale`, on one row or two, or with names that go on in the next rows.
fn take_byline(sheet: &Sheet<'_>, findings: &mut Findings, rows: &[RowId]) -> Option<usize> {
    if !findings.metadata.authors.is_empty() {
        return None;
    }
    if byline::is_word(sheet.words(rows[0])) {
        let (count, authors) = names(sheet, &rows[1..])?;
        take_row(sheet, findings, rows[0], Field::Author, "byline");
        take_authors(sheet, findings, &rows[1..=count], authors, "byline");
        return Some(count + 1);
    }
    let (count, authors) = longest(sheet, rows, byline::read)?;
    take_authors(sheet, findings, &rows[..count], authors, "byline");
    Some(count)
}

/// Takes a name of a field and its value, each on a row of a page, as tables and lists of fields set them.
fn take_labelled(sheet: &Sheet<'_>, findings: &mut Findings, rows: &[RowId]) -> Option<usize> {
    let &[label, row, ..] = rows else { return None };
    sheet.page().filter(|_| findings.places[row as usize] == Place::Body)?;
    let line = format!("{}: {}", sheet.words(label).trim_end_matches(':'), sheet.words(row));
    let (field, value) = header_field::read(&line)?;
    let values = values(field, value)?;
    let span = Some(sheet.rows[row as usize].span);
    let mut found = values.into_iter().map(|value| Found { value, rule: "header-field", span });
    let metadata = &mut findings.metadata;
    match field {
        Field::Author if byline::read_names(value).is_some() => metadata.authors.extend(found),
        Field::Date => metadata.date = metadata.date.take().or(found.next()),
        Field::Updated => metadata.updated = metadata.updated.take().or(found.next()),
        _ => return None,
    }
    for row in [label, row] {
        take_row(sheet, findings, row, field, "header-field");
    }
    Some(2)
}

/// Takes a row that only says who wrote the article, which the page states anyway.
fn take_stated(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    row: RowId,
    stated: &[Found<String>],
) -> Option<usize> {
    let words = sheet.words(row);
    let names = byline::read(words).or_else(|| byline::read_names(words))?;
    if !names.iter().all(|name| stated.iter().any(|author| author.value == *name)) {
        return None;
    }
    take_row(sheet, findings, row, Field::Author, "byline");
    Some(1)
}

/// Takes names that stand alone under the title.
fn take_names(sheet: &Sheet<'_>, findings: &mut Findings, rows: &[RowId]) -> Option<usize> {
    if !findings.metadata.authors.is_empty() {
        return None;
    }
    let is_under = sheet.rows[rows[0] as usize].gap == 0 && !sheet.is_marked_up();
    let (count, authors) = names(sheet, rows)
        .filter(|&(count, _)| is_under || stands_apart(sheet, rows[count - 1]))
        .or_else(|| single_name(sheet, rows[0]).map(|name| (1, vec![name])))?;
    take_authors(sheet, findings, &rows[..count], authors, "name-under-title");
    Some(count)
}

/// Returns a name of one word, if the title's block ends with it, or it is centred under a centred title.
pub(super) fn single_name(sheet: &Sheet<'_>, row: RowId) -> Option<String> {
    let (above, printed) = (&sheet.rows[row.checked_sub(1)? as usize], &sheet.rows[row as usize]);
    let next = sheet.rows.get(row as usize + 1)?;
    let middle = |row: &Row| row.indent * 2 + row.width;
    let is_centred =
        printed.indent > sheet.measure.indent + 8 && middle(above).abs_diff(middle(printed)) <= 8;
    let is_last = printed.gap == 0 && next.gap >= 2;
    let word = sheet.words(row);
    let is_name = word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
        && word.starts_with(char::is_uppercase)
        && (3..=20).contains(&word.chars().count())
        && !title::is_section(word);
    ((is_centred || is_last) && next.gap > 0 && is_name).then(|| word.to_owned())
}

fn take_date(sheet: &Sheet<'_>, findings: &mut Findings, row: RowId) -> Option<usize> {
    let found = date::read_line(sheet.words(row))?;
    let (field, slot) = match found.kind {
        date::Kind::Published => (Field::Date, &mut findings.metadata.date),
        date::Kind::Updated => (Field::Updated, &mut findings.metadata.updated),
    };
    if slot.is_some() {
        return None;
    }
    *slot = Some(Found { value: found.iso, rule: "date-line", span: Some(sheet.rows[row as usize].span) });
    take_row(sheet, findings, row, field, "date-line");
    Some(1)
}

/// Takes `By Iona Vale · 4 March 2031 · 6 min read` and `Posted on 4 March 2031 by Iona Vale`: a byline and a date on one
/// line, each said by itself.
fn take_together(sheet: &Sheet<'_>, findings: &mut Findings, row: RowId) -> Option<usize> {
    const BETWEEN: &[(&str, &str)] = &[
        (" — ", "·"),
        (" – ", "·"),
        (" - ", "·"),
        (" / ", "·"),
        (" on ", "·on "),
        (" by ", "·by "),
        ("\u{3000}", "·"),
        (" 来源", "·来源"),
        (" 來源", "·來源"),
        (" 作者", "·作者"),
    ];
    let line = sheet.words(row);
    let parted = BETWEEN.iter().fold(line.to_owned(), |line, (sign, part)| line.replace(sign, part));
    let parts: Vec<&str> =
        parted.split(['·', '|', '•']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let (mut names, mut dates) = (Vec::new(), Vec::new());
    // Without a word before it, only the length of the text beside it tells a name from that of a magazine.
    let is_of_an_article = parts.iter().any(|part| is_reading_time(part));
    for part in &parts {
        if let Some(found) = date::read_line(part) {
            dates.push(found);
        } else if let Some(found) =
            byline::read(part).or_else(|| byline::read_names(part).filter(|_| is_of_an_article))
        {
            names.extend(found);
        } else if !is_reading_time(part) && !says_little(part) && !names_paper(part) {
            return None;
        }
    }
    if parts.len() < 2 || dates.is_empty() {
        return None;
    }
    let span = Some(sheet.rows[row as usize].span);
    let metadata = &mut findings.metadata;
    if metadata.authors.is_empty() {
        metadata.authors = names.into_iter().map(|value| Found { value, rule: "byline", span }).collect();
    }
    for found in dates {
        let slot = match found.kind {
            date::Kind::Published => &mut metadata.date,
            date::Kind::Updated => &mut metadata.updated,
        };
        slot.get_or_insert(Found { value: found.iso, rule: "date-line", span });
    }
    take_row(sheet, findings, row, Field::Date, "date-line");
    Some(1)
}

/// `来源：河口日报`: the paper that a page of news comes from.
fn names_paper(words: &str) -> bool {
    const LONGEST: usize = 60;
    words.len() <= LONGEST
        && words
            .strip_prefix("来源")
            .or_else(|| words.strip_prefix("來源"))
            .is_some_and(|rest| rest.starts_with(['：', ':']))
}

/// `Posted`, `12 comments`
fn says_little(words: &str) -> bool {
    let folded = words.to_lowercase();
    let count = folded.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    ["posted", "published", "written"].contains(&folded.as_str())
        || (count.len() < folded.len() && ["comment", "comments", "views"].contains(&count))
        || ["no comments", "leave a comment"].contains(&folded.as_str())
}

/// `6 min read`
fn is_reading_time(words: &str) -> bool {
    let folded = words.to_lowercase();
    let rest = folded.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['-', '‑', ' ']);
    rest.len() < folded.len()
        && [
            "min",
            "mins",
            "minutes",
            "min read",
            "minute read",
            "minutes read",
            "mins read",
            "min. lesezeit",
            "min de lecture",
            "minuti di lettura",
        ]
        .contains(&rest.trim_end_matches('.'))
}

/// Returns the names that some rows are made of, and how many rows.
fn names(sheet: &Sheet<'_>, rows: &[RowId]) -> Option<(usize, Vec<String>)> {
    longest(sheet, rows, byline::read_names)
}

/// Reads as many rows of the first block as can be read together.
fn longest(
    sheet: &Sheet<'_>,
    rows: &[RowId],
    read: impl Fn(&str) -> Option<Vec<String>>,
) -> Option<(usize, Vec<String>)> {
    let most = block(sheet, rows).len().min(MOST_ROWS);
    (1..=most).rev().find_map(|count| {
        let words: Vec<&str> = rows[..count].iter().map(|&row| sheet.words(row)).collect();
        let goes_on = words[..count - 1]
            .iter()
            .zip(rows)
            .all(|(words, &row)| words.ends_with([',', ';']) || is_long(sheet, row));
        read(&words.join(" ")).filter(|_| goes_on).map(|names| (count, names))
    })
}

/// Tells whether a row reaches far enough for a name to be broken at its end.
fn is_long(sheet: &Sheet<'_>, row: RowId) -> bool {
    let row = &sheet.rows[row as usize];
    sheet.measure.width.is_some_and(|width| (row.indent + row.width) * 10 >= width * 7)
}

/// Returns the rows up to the first blank line, or of one block of markup.
fn block<'r>(sheet: &Sheet<'_>, rows: &'r [RowId]) -> &'r [RowId] {
    let node = rows.first().map(|&row| sheet.rows[row as usize].node);
    let is_same = |row: RowId| {
        let row = &sheet.rows[row as usize];
        Some(row.node) == node && (sheet.is_marked_up() || row.gap == 0)
    };
    let more = rows.iter().skip(1).take_while(|&&row| is_same(row)).count();
    &rows[..rows.len().min(1 + more)]
}

/// A line of names counts only if it is no paragraph: short, and not the beginning of running text.
fn stands_apart(sheet: &Sheet<'_>, row: RowId) -> bool {
    let next = sheet.rows.get(row as usize + 1);
    let is_apart = |next: &Row| next.gap > 0 || next.node != sheet.rows[row as usize].node;
    next.is_none_or(|next| is_apart(next) || date::read_line(next.span.of(&sheet.text)).is_some())
}

fn take_authors(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    rows: &[RowId],
    authors: Vec<String>,
    rule: &'static str,
) {
    let start = rows.first().map_or(0, |&row| sheet.rows[row as usize].span.start);
    let span = rows.last().map(|&row| Span { start, end: sheet.rows[row as usize].span.end });
    findings.metadata.authors = authors.into_iter().map(|value| Found { value, rule, span }).collect();
    for &row in rows {
        take_row(sheet, findings, row, Field::Author, rule);
    }
}

/// Moves a row into the metadata.
pub(super) fn take_row(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    row: RowId,
    field: Field,
    rule: &'static str,
) {
    findings.claim(sheet.rows[row as usize].span, Fate::Meta(field), rule);
    findings.places[row as usize] = Place::Gone;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_below_a_title_tell_who_and_when() {
        let body = "The ferry had crossed the river for as long as anybody could say, and then it sank.\n";
        for (head, authors, date) in [
            ("By Iona Vale\n4 March 2031\n\n", vec!["Iona Vale"], Some("2031-03-04")),
            ("By\n\nIona Vale\n\n", vec!["Iona Vale"], None),
            ("Iona Vale,\nTom Reed\n\n", vec!["Iona Vale", "Tom Reed"], None),
            ("Iona Vale\nTom Reed was there\n\n", vec![], None),
            (
                "Author: Tom Reed <tom@harbour.example>\nDate: 2031-03-04\n\n",
                vec!["Tom Reed"],
                Some("2031-03-04"),
            ),
            ("Author: Tom Reed\nTide: ebb\n\n", vec!["Tom Reed"], None),
            ("By Iona Vale · 4 March 2031 · 6 min read\n\n", vec!["Iona Vale"], Some("2031-03-04")),
            ("By Iona Vale | 4 March 2031 | 12 comments\n\n", vec!["Iona Vale"], Some("2031-03-04")),
            ("By Iona Vale on March 4th, 2031\n\n", vec!["Iona Vale"], Some("2031-03-04")),
            ("Posted on March 4, 2031 by Iona Vale\n\n", vec!["Iona Vale"], Some("2031-03-04")),
            ("Iona Vale · 4 March 2031 · 6 min read\n\n", vec!["Iona Vale"], Some("2031-03-04")),
            ("Harbour Gazette · 4 March 2031\n\n", vec![], None),
            ("Ebb · flood · 4 March 2031\n\n", vec![], None),
            ("By June 2016 most of them were gone.\n\n", vec![], None),
            ("A Harbour Story\n\n", vec![], None),
            ("Two days ago\n\n", vec![], None),
            ("", vec![], None),
        ] {
            let text = format!("The last ferry\n\n{head}{body}\n{body}");
            let sheet = crate::readers::read_text(&text);
            let mut findings = Findings::new(&sheet);
            let rows: Vec<RowId> = findings.body_rows().skip(1).collect();
            take(&sheet, &mut findings, &rows, true);
            let found: Vec<&str> =
                findings.metadata.authors.iter().map(|found| found.value.as_str()).collect();
            let dated = findings.metadata.date.map(|found| found.value);
            assert_eq!((found, dated.as_deref()), (authors, date), "{head:?}");
        }
    }
}
