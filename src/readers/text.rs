//! Raw text → sheet: a row for each line that is not blank, and how the lines are usually set.

use crate::measure::Measure;
use crate::sheet::{Kind, Node, NodeId, Origin, Row, Sheet, columns};
use crate::source::Span;

pub(crate) fn read(text: &str) -> Sheet<'_> {
    sheet(text, rows(text, is_never_quoted))
}

/// Lays out a text that is quoted as a whole: the signs of the quotation are part of its margin.
pub(crate) fn read_quoted(text: &str) -> Sheet<'_> {
    sheet(text, rows(text, strip_quote_sign))
}

/// Tells whether nearly every line of a text is quoted, as in an answer to a letter that says nothing of its own: all but
/// `On 3 March, Iona Vale wrote:`.
pub(crate) fn is_quoted(text: &str) -> bool {
    const FEWEST: usize = 4;
    const INTRODUCTION: usize = 2;
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let quoted = lines().filter(|line| line.starts_with('>')).count();
    let others =
        lines().skip_while(|line| !line.starts_with('>')).filter(|line| !line.starts_with('>')).count();
    quoted >= FEWEST && others == 0 && lines().count() - quoted <= INTRODUCTION
}

fn sheet(text: &str, rows: Vec<Row>) -> Sheet<'_> {
    Sheet {
        measure: Measure::of(&rows, text),
        rows,
        text: text.into(),
        nodes: vec![Node::new(None, Kind::Root)],
        runs: Vec::new(),
        front_matter: serde_json::Map::new(),
        origin: Origin::Text,
    }
}

/// Splits at line ends of every system and at form feeds; leaves out blank lines, counting them.
///
/// `unquote` measures the sign of a quotation at the beginning of a line.
fn rows(text: &str, unquote: fn(&str) -> usize) -> Vec<Row> {
    let bytes = text.as_bytes();
    let mut rows = Vec::new();
    let (mut start, mut gap, mut page) = (0, 0_u16, 0);
    let mut is_quotation = false;
    loop {
        let end = memchr::memchr3(b'\n', b'\r', 0x0C, &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let sign = unquote(&text[start..end]);
        // What introduces a quotation is a paragraph of its own.
        gap += u16::from(gap == 0 && (sign > 0) != is_quotation && !rows.is_empty());
        is_quotation = sign > 0;
        let line = &text[start + sign..end];
        let words = line.trim_matches(is_margin);
        if words.is_empty() || is_empty_quote(words, &rows, text, end) {
            gap = gap.saturating_add(1);
        } else {
            let before = line.len() - line.trim_start_matches(is_margin).len();
            rows.push(Row {
                span: Span::new(start + sign + before, start + sign + before + words.len()),
                node: NodeId::ROOT,
                indent: margin_columns(&line[..before]),
                width: columns(words).min(usize::from(u16::MAX)) as u16,
                gap,
                page,
            });
            gap = 0;
        }
        if end == bytes.len() {
            return rows;
        }
        page += u32::from(bytes[end] == 0x0C);
        start = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
}

fn is_never_quoted(_: &str) -> usize {
    0
}

/// Measures `> ` at the beginning of a line.
fn strip_quote_sign(line: &str) -> usize {
    let Some(rest) = line.strip_prefix('>') else { return 0 };
    1 + usize::from(rest.starts_with(' '))
}

/// Tells whether a line is the blank one between two paragraphs of a quotation; `end` is where it ends.
fn is_empty_quote(words: &str, above: &[Row], text: &str, end: usize) -> bool {
    words == ">"
        && above.last().is_some_and(|row| row.span.of(text).starts_with('>'))
        && text[end..].trim_start().starts_with("> ")
}

/// White space, and the byte order mark that some programs leave between files they join.
fn is_margin(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

fn margin_columns(margin: &str) -> u16 {
    let mut column = 0_u16;
    for c in margin.chars() {
        column = match c {
            '\t' => (column / 8).saturating_add(1).saturating_mul(8),
            '\u{3000}' => column.saturating_add(2),
            _ => column.saturating_add(1),
        };
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_the_lines_that_are_not_blank() {
        for (text, expected) in [
            ("one\n\n  two \r\nthree", vec![("one", 0, 0, 0), ("two", 2, 1, 0), ("three", 0, 0, 0)]),
            ("a\rb\u{C}c", vec![("a", 0, 0, 0), ("b", 0, 0, 0), ("c", 0, 0, 1)]),
            ("\tdeep\n\u{3000}字", vec![("deep", 8, 0, 0), ("字", 2, 0, 0)]),
            ("", vec![]),
            (" \n\n\t", vec![]),
        ] {
            let found: Vec<_> = rows(text, is_never_quoted)
                .iter()
                .map(|row| (row.span.of(text), row.indent, row.gap, row.page))
                .collect();
            assert_eq!(found, expected, "in {text:?}");
        }
    }

    #[test]
    fn quotations_of_everything_are_what_they_quote() {
        for (text, expected) in [
            ("Iona wrote:\n> a\n>\n> b\n> c\n", true),
            ("> a\n> b\n>\n>   c\n", true),
            ("> a\n> b\n> c\n> d\nThat is not so.\n", false),
            ("> a\n", false),
            ("", false),
        ] {
            assert_eq!(is_quoted(text), expected, "{text:?}");
        }
        let text = "> one\n>\n>   two";
        let found: Vec<_> =
            read_quoted(text).rows.iter().map(|row| (row.span.of(text), row.indent, row.gap)).collect();
        assert_eq!(found, [("one", 0, 0), ("two", 2, 1)]);
        let gaps: Vec<_> = read("Hm.\n> one\n>\n> two").rows.iter().map(|row| row.gap).collect();
        assert_eq!(gaps, [0, 0, 1]);
    }
}
