//! Headings in a raw text: short lines that stand apart, or are underlined, and their levels.

use std::collections::BTreeMap;

use crate::detectors::structure::ends_sentence;
use crate::findings::{Findings, Shape};
use crate::sheet::{RowId, Sheet};

/// A heading is at most so many words long.
const LONGEST: usize = 14;

/// So many short lines after each other are no headings, but an address, a list or a poem.
const RUN: usize = 4;

/// The heading rows of a text and the levels of their kinds.
pub(super) struct Ladder {
    levels: BTreeMap<RowId, u8>,
    continuations: Vec<RowId>,
    underlines: Vec<char>,
}

/// What headings of one level have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    Centred,
    /// `2.1 The rope`: the depth of its number.
    Numbered(usize),
    At(u16),
}

impl Ladder {
    pub(super) fn new(sheet: &Sheet<'_>, findings: &Findings, body: &[RowId], ends: &[u32]) -> Self {
        let candidates = candidates(sheet, findings, body, ends);
        let mut styles: Vec<Style> = candidates.iter().map(|&row| style(sheet, row)).collect();
        let of_rows = styles.clone();
        styles.sort_unstable();
        styles.dedup();
        let has_numbers = styles.iter().any(|style| matches!(style, Style::Numbered(_)));
        let level = |style: Style| match style {
            Style::Numbered(depth) => depth.min(6) as u8,
            _ if has_numbers => 1,
            style => styles.iter().position(|&other| other == style).map_or(1, |at| at.min(5) as u8 + 1),
        };
        let levels = candidates.iter().zip(of_rows).map(|(&row, style)| (row, level(style))).collect();
        let mut underlines = Vec::new();
        for pair in body.windows(2) {
            let (above, below) = (sheet.words(pair[0]), sheet.words(pair[1]));
            if is_underlined(above, below) && sheet.rows[pair[1] as usize].gap == 0 {
                let sign = below.chars().next().unwrap_or('=');
                if !underlines.contains(&sign) {
                    underlines.push(sign);
                }
            }
        }
        Self { levels, continuations: Vec::new(), underlines }
    }

    /// Returns the level of a row that is a heading.
    pub(super) fn level(&self, row: RowId) -> Option<u8> {
        self.levels.get(&row).copied()
    }

    /// Tells whether a row goes on with the heading above.
    pub(super) fn goes_on(&self, row: RowId) -> bool {
        self.continuations.contains(&row)
    }

    /// Returns the level of a heading with this line under it: the sign used first is the highest.
    pub(super) fn level_underlined(&self, line: &str) -> u8 {
        let sign = line.chars().next().unwrap_or('=');
        self.underlines.iter().position(|&other| other == sign).map_or(1, |at| at.min(5) as u8 + 1)
    }
}

/// Finds the short lines that stand apart above a paragraph.
fn candidates(sheet: &Sheet<'_>, findings: &Findings, body: &[RowId], ends: &[u32]) -> Vec<RowId> {
    let mut found = Vec::new();
    let mut run: Vec<RowId> = Vec::new();
    for (at, &row) in body.iter().enumerate() {
        let starts = at == 0 || sheet.rows[row as usize].gap > 0;
        let apart = body.get(at + 1).is_some_and(|&next| {
            sheet.rows[next as usize].gap > 0
                || (!sheet.measure.spaced && starts && !sheet.fills_the_measure(row, next))
        });
        let is_code = findings.shapes[row as usize] == Shape::Code;
        if starts && apart && !is_code && could_be_heading(sheet, row, ends[row as usize]) {
            run.push(row);
        } else {
            // A run that leads to a paragraph is headings; a long one is something else.
            if run.len() < RUN {
                found.append(&mut run);
            }
            run.clear();
        }
    }
    found
}

/// `end` is where the line ends without its markers.
fn could_be_heading(sheet: &Sheet<'_>, row: RowId, end: u32) -> bool {
    let line = sheet.text[sheet.rows[row as usize].span.start as usize..end as usize].trim_end();
    let words = line.split_whitespace().count();
    let first = line.chars().next().unwrap_or(' ');
    let numbered = number_depth(line).is_some();
    let begins = numbered
        || (first.is_alphabetic() && !first.is_lowercase())
        || matches!(first, '¿' | '¡' | '«' | '“' | '"' | '`');
    let capitals =
        line.chars().filter(|c| c.is_uppercase()).count() >= 3 && !line.contains(char::is_lowercase);
    let ends = !ends_sentence(line) || line.ends_with(['?', '!']) || (capitals && line.ends_with('.'));
    let quoted = matches!(first, '“' | '«' | '"') && line.ends_with(['”', '»', '"', ',']);
    let wide = usize::from(sheet.rows[row as usize].width) > sheet.measure.width.map_or(90, usize::from);
    begins
        && ends
        && !quoted
        && !wide
        && words <= LONGEST
        && !line.ends_with([',', ';', '-'])
        && !line.contains("://")
        && !line.contains(": ")
        && line.chars().any(char::is_alphabetic)
}

fn style(sheet: &Sheet<'_>, row: RowId) -> Style {
    let printed = &sheet.rows[row as usize];
    if let Some(depth) = number_depth(sheet.words(row)) {
        return Style::Numbered(depth);
    }
    let right = printed.indent + printed.width;
    let centred = sheet.measure.width.is_some_and(|width| {
        printed.indent > sheet.measure.indent + 6
            && (printed.indent + right).abs_diff(width + sheet.measure.indent) <= 10
    });
    if centred { Style::Centred } else { Style::At(printed.indent) }
}

/// Returns the depth of `2.1 The rope`: how many numbers stand before the words.
fn number_depth(line: &str) -> Option<usize> {
    let (number, rest) = line.split_once(' ')?;
    let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let is_number = parts
        .iter()
        .all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_words = rest.trim_start().starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    (is_number && is_words).then_some(parts.len())
}

/// Tells whether the second line is a line under the first.
pub(super) fn is_underlined(above: &str, below: &str) -> bool {
    let sign = below.chars().next().unwrap_or(' ');
    let length = below.chars().count();
    let width = crate::sheet::columns(above);
    "=-~*^\"'`#+.".contains(sign)
        && length >= 3
        && below.chars().all(|c| c == sign)
        && (length.abs_diff(width) <= 2 || (length >= width && sign == '='))
        && above.chars().any(char::is_alphanumeric)
}

/// Tells whether a line is nothing but the signs that printers put between scenes.
pub(super) fn is_scene_break(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(&first) = signs.first() else { return false };
    matches!(signs.as_slice(), ['⁂'] | ['❦'] | ['☙'] | ['❧'])
        || (signs.len() >= 3 && "*-–—_~=#•·∗━─".contains(first) && signs.iter().all(|&sign| sign == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_signs_alone() {
        for (line, expected) in [
            ("* * *", true),
            ("***", true),
            ("— — —", true),
            ("⁂", true),
            ("* *", false),
            ("*** x", false),
            ("", false),
        ] {
            assert_eq!(is_scene_break(line), expected, "{line:?}");
        }
    }

    #[test]
    fn underlines_are_as_long_as_their_words() {
        for (above, below, expected) in [
            ("The bridge", "==========", true),
            ("The bridge", "---------", true),
            ("The bridge", "---", false),
            ("----------", "----------", false),
            ("The bridge", "==== =====", false),
        ] {
            assert_eq!(is_underlined(above, below), expected, "{above:?} over {below:?}");
        }
    }

    #[test]
    fn numbers_before_headings_tell_their_depth() {
        for (line, depth) in [
            ("2.1 The rope", Some(2)),
            ("3. The rope", Some(1)),
            ("1914 was a year", None),
            ("2.1", None),
            ("The rope", None),
        ] {
            assert_eq!(number_depth(line), depth, "{line:?}");
        }
    }
}
