//! Raw text → sheet: a row for each line that is not blank, and how the lines are usually set.

use crate::measure::Measure;
use crate::sheet::{Kind, Node, NodeId, Origin, Row, Sheet, columns};
use crate::source::Span;

pub(crate) fn read(text: &str) -> Sheet<'_> {
    let rows = rows(text);
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
fn rows(text: &str) -> Vec<Row> {
    let bytes = text.as_bytes();
    let mut rows = Vec::new();
    let (mut start, mut gap, mut page) = (0, 0_u16, 0);
    loop {
        let end = memchr::memchr3(b'\n', b'\r', 0x0C, &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let line = &text[start..end];
        let words = line.trim_matches(is_margin);
        if words.is_empty() {
            gap = gap.saturating_add(1);
        } else {
            let before = line.len() - line.trim_start_matches(is_margin).len();
            rows.push(Row {
                span: Span::new(start + before, start + before + words.len()),
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
            let found: Vec<_> =
                rows(text).iter().map(|row| (row.span.of(text), row.indent, row.gap, row.page)).collect();
            assert_eq!(found, expected, "in {text:?}");
        }
    }
}
