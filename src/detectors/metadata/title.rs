//! The title: the first line of a text, if it stands as a title does.

use crate::detectors::metadata::{byline, date};
use crate::findings::{Findings, Shape};
use crate::sheet::{Kind, NodeId, RowId, Sheet};

/// A title has at most so many printed lines, with the line under it.
pub(super) const LONGEST: usize = 4;

/// Section headings that begin many texts and name none, in lower case.
const SECTIONS: &[&str] = &[
    "abstract",
    "introduction",
    "summary",
    "contents",
    "table of contents",
    "background",
    "motivation",
    "overview",
    "preface",
    "foreword",
    "einleitung",
    "zusammenfassung",
    "inhalt",
    "vorwort",
    "inhaltsverzeichnis",
    "résumé",
    "sommaire",
    "avant-propos",
    "resumen",
    "introducción",
    "índice",
    "introduzione",
    "sommario",
    "inleiding",
    "введение",
    "аннотация",
    "содержание",
    "引言",
    "前言",
    "摘要",
    "目录",
    "はじめに",
    "目次",
    "概要",
    "مقدمة",
];

/// Returns the rows of the title, the line under it included; none if the text begins without one.
pub(super) fn find(sheet: &Sheet<'_>, findings: &Findings, rows: &[RowId]) -> Vec<RowId> {
    if sheet.is_marked_up() {
        return in_markup(sheet, findings, rows);
    }
    let Some((&first, rest)) = rows.split_first() else { return Vec::new() };
    let block = rest.iter().take_while(|&&row| sheet.rows[row as usize].gap == 0).count();
    let follows = |count: usize| rest.get(count).is_some();
    let below: Vec<&str> = rest[..block].iter().map(|&row| sheet.words(row)).collect();
    let is_header = is_field(sheet.words(first)) && below.first().is_some_and(|line| line.contains(": "));
    if findings.shapes[first as usize] == Shape::Code || is_header || !could_be_title(sheet.words(first)) {
        return Vec::new();
    }
    match below.as_slice() {
        [] if follows(0) => vec![first],
        [line, ..] if is_underline(line) && rest.len() > 1 => vec![first, rest[0]],
        lines if !lines.is_empty() && follows(lines.len()) && lines.iter().all(|line| is_head(line)) => {
            vec![first]
        }
        [second]
            if follows(1) && is_broken(sheet, first, rest[0]) && !second.ends_with(['.', ':', ';', ',']) =>
        {
            vec![first, rest[0]]
        }
        [second, ..]
            if sheet.measure.width.is_none()
                && !sheet.measure.spaced
                && second.len() > sheet.words(first).len() =>
        {
            vec![first]
        }
        _ => Vec::new(),
    }
}

/// A Markdown title is the only heading of level 1, and stands first.
fn in_markup(sheet: &Sheet<'_>, findings: &Findings, rows: &[RowId]) -> Vec<RowId> {
    let Some(&first) = rows.first() else { return Vec::new() };
    let node = sheet.rows[first as usize].node;
    let is_top = |kind: &Kind| *kind == Kind::Heading(1);
    let only = sheet.nodes.iter().filter(|node| is_top(&node.kind)).count() == 1;
    let at_root = sheet.nodes[node.index()].parent == Some(NodeId::ROOT);
    if !only || !at_root || !is_top(&sheet.nodes[node.index()].kind) {
        return Vec::new();
    }
    let heading: Vec<RowId> =
        rows.iter().copied().take_while(|&row| sheet.rows[row as usize].node == node).collect();
    // Beside a title in the front matter it is the title again, or an ordinary heading.
    let words: Vec<&str> = heading.iter().map(|&row| sheet.words(row)).collect();
    match findings.metadata.title() {
        Some(title) if !words.join(" ").starts_with(title) => Vec::new(),
        _ => heading,
    }
}

/// Names of fields that stand before a colon, in lower case.
const FIELDS: &[&str] = &[
    "title",
    "author",
    "authors",
    "date",
    "published",
    "source",
    "url",
    "tags",
    "subject",
    "from",
    "to",
    "status",
    "lang",
];

/// Tells whether a line is a name and a value.
fn is_field(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(key, _)| key.split_whitespace().count() <= 3)
}

/// Returns a line without the markers at its end.
fn without_markers(line: &str) -> &str {
    let mut kept = line.trim_end_matches(|c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'));
    while let Some(open) = kept
        .rfind(['[', '(', '^'])
        .filter(|&at| kept[at..].len() <= 8 && (kept.ends_with([']', ')']) || kept[at..].starts_with('^')))
    {
        let inner = kept[open..].trim_matches(['[', ']', '(', ')', '^']);
        if inner.is_empty() || !inner.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*') {
            break;
        }
        kept = kept[..open].trim_end();
    }
    kept
}

fn could_be_title(line: &str) -> bool {
    let line = without_markers(line);
    let words = line.split_whitespace().count();
    let ended = line.ends_with(['.', ',', ';', ':', '，', '。', '；', '：']) && !line.ends_with("...");
    let is_field =
        line.split_once(": ").is_some_and(|(key, _)| FIELDS.contains(&key.to_lowercase().as_str()));
    let is_item = line.starts_with(['-', '*', '•', '>', '+', '|', '#', '=', '<', '—', '–']);
    let is_address = line.contains("://") && words <= 2;
    let is_section = SECTIONS.contains(&line.to_lowercase().trim_end_matches([':', '.']));
    (1..=30).contains(&words)
        && line.chars().count() <= 200
        && line.chars().any(char::is_alphanumeric)
        && !(ended || is_field || is_item || is_address || is_section)
        && date::read_line(line).is_none()
        && byline::read(line).is_none()
}

/// Tells whether a line under the title is a byline, a name or a date.
fn is_head(line: &str) -> bool {
    byline::is_word(line)
        || byline::read(line).is_some()
        || byline::read_names(line).is_some()
        || date::read_line(line).is_some()
}

/// Tells whether a line is nothing but a row of signs under the line above.
pub(super) fn is_underline(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|c| "=-~*_".contains(c))
}

/// Tells whether a title goes on in the next line: centred both, or broken at the measure.
fn is_broken(sheet: &Sheet<'_>, first: RowId, second: RowId) -> bool {
    let (a, b) = (&sheet.rows[first as usize], &sheet.rows[second as usize]);
    let centred = |row: &crate::sheet::Row| row.indent > sheet.measure.indent + 4;
    (centred(a) && centred(b))
        || sheet.fills_the_measure(first, second)
        || (sheet.measure.width.is_some() && !sheet.measure.spaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_as_titles_do() {
        let body = "\n\nThe ferry had crossed the river for as long as anybody could say.\n\nThen it sank.\n";
        for (first, titled) in [
            ("The last ferry", true),
            ("Who paid for the rope?", true),
            ("The last ferry\n==============", true),
            ("The last ferry\nIona Vale\n4 March 2031", true),
            ("The last ferry sank.", false),
            ("Title: The last ferry", false),
            ("Introduction", false),
            ("- the ferry", false),
            ("By Iona Vale", false),
            ("4 March 2031", false),
        ] {
            let text = format!("{first}{body}");
            let sheet = crate::readers::read_text(&text);
            let findings = Findings::new(&sheet);
            let rows: Vec<RowId> = findings.body_rows().collect();
            assert_eq!(!find(&sheet, &findings, &rows).is_empty(), titled, "{first:?}");
        }
    }
}
