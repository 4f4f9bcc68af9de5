//! Raw text → sheet: a row for each line that is not blank, and how the lines are usually set.

use crate::sheet::{Kind, Measure, Node, NodeId, Origin, Row, Sheet, columns};
use crate::source::Span;

/// Lines longer than this were not broken to fit a page or a screen.
const WIDEST_MEASURE: u16 = 132;

pub(crate) fn read(text: &str) -> Sheet<'_> {
    let rows = rows(text);
    Sheet {
        measure: measure(&rows, text),
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

fn measure(rows: &[Row], text: &str) -> Measure {
    let mut indents = std::collections::BTreeMap::<u16, usize>::new();
    for row in rows {
        *indents.entry(row.indent).or_default() += usize::from(row.width);
    }
    let indent = indents.iter().rev().max_by_key(|&(_, width)| width).map_or(0, |(&indent, _)| indent);
    let apart = rows.windows(2).filter(|pair| pair[1].gap > 0).count();
    Measure { indent, width: broken_at(rows, text), spaced: apart * 12 >= rows.len() }
}

/// Finds the column at which lines were broken: the one that most lines reach no further than, while the first word of
/// the next line would have reached further. Lines in the middle of a sentence know best.
fn broken_at(rows: &[Row], text: &str) -> Option<u16> {
    let goes_on = |next: &Row| next.gap == 0 && !is_numbered_address(next.span.of(text));
    let is_pair = |pair: &&[Row]| goes_on(&pair[1]) && pair[0].width > 20;
    let pairs: Vec<&[Row]> = rows.windows(2).filter(is_pair).collect();
    let inside: Vec<&[Row]> = pairs.iter().copied().filter(|pair| is_inside_sentence(pair, text)).collect();
    let (best, width) = column_of_most(if inside.len() >= 2 { &inside } else { &pairs }, text);
    let count = if inside.len() >= 2 { inside.len() } else { pairs.len() };
    // Where lines were broken, few reach further; where they were not, some short ones may look alike by chance.
    let far = width + width / 4;
    let wider = rows.iter().filter(|row| usize::from(row.indent) + usize::from(row.width) > far).count();
    (count >= 2 && best * 2 >= count && width >= 24 && wider * 4 <= rows.len()).then_some(width as u16)
}

/// Tells whether a sentence goes on from one line to the next.
fn is_inside_sentence(pair: &[Row], text: &str) -> bool {
    let is_open = pair[0].span.of(text).ends_with(|c: char| c.is_alphanumeric() || c == ',');
    is_open && pair[1].span.of(text).starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase())
}

/// Returns how many pairs of lines a column may have parted, and the column.
fn column_of_most(pairs: &[&[Row]], text: &str) -> (usize, usize) {
    let mut steps = vec![0_i32; usize::from(WIDEST_MEASURE) + 2];
    for pair in pairs {
        let end = usize::from(pair[0].indent) + usize::from(pair[0].width);
        if end <= usize::from(WIDEST_MEASURE) {
            let word = pair[1].span.of(text).split_whitespace().next().unwrap_or_default();
            steps[end] += 1;
            steps[(end + 1 + columns(word)).min(usize::from(WIDEST_MEASURE) + 1)] -= 1;
        }
    }
    let (mut fitting, mut best, mut width) = (0, 0, 0);
    for (column, step) in steps.iter().enumerate() {
        fitting += step;
        if fitting > best {
            (best, width) = (fitting, column);
        }
    }
    (best.unsigned_abs() as usize, width)
}

/// Tells whether a line is one of a list of addresses, such as `12. https://…`: its author ended the line before.
fn is_numbered_address(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '.' | ' '));
    rest.len() < line.len() && rest.contains("://") && !rest.contains(' ')
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

    #[test]
    fn the_measure_is_where_lines_were_broken() {
        let wrapped = "The old ferry had crossed the river for as long as\n\
                       anybody in the village could say, and nobody had\n\
                       ever asked who paid for the rope.\n\n\
                       Then the bridge came, and with it the question of\n\
                       what to do with a ferryman.\n";
        assert!(read(wrapped).measure.width.is_some_and(|width| (50..=52).contains(&width)));
        let unwrapped = "One paragraph a line, as long as it takes, and then some more words to make it really long, \
                         far longer than any page is wide, because a program wrote it.\nShort.\nAnother line, again \
                         as long as a paragraph takes when nobody breaks it, so that it runs and runs and runs on.\n";
        assert_eq!(read(unwrapped).measure.width, None);
    }
}
