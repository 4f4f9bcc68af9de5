//! A line of signs under the words:
//!
//! > The bridge
//! > ==========
//!
//! Left alone: a line much shorter or longer than the words above it, signs between blank lines (a scene break), and
//! the rules inside tables.

use super::{Heading, Style};
use crate::detectors::structure::Lines;
use crate::findings::{Findings, Shape};
use crate::sheet::RowId;

pub(super) fn find(lines: &Lines<'_>, findings: &Findings) -> Vec<(RowId, Heading, Style)> {
    let mut signs: Vec<char> = Vec::new();
    let mut found = Vec::new();
    for at in 0..lines.rows.len().saturating_sub(1) {
        let row = lines.rows[at];
        let below = lines.rows[at + 1];
        let begins = at == 0 || lines.row(at).gap > 0 || is_line(lines.words(at - 1));
        let is_code = findings.shapes[row as usize] == Shape::Code;
        if is_code || !begins || lines.row(at + 1).gap > 0 || lines.is_item(at) {
            continue;
        }
        if !is_underlined(lines.words(at), lines.words(at + 1)) {
            continue;
        }
        let sign = lines.words(at + 1).chars().next().unwrap_or('=');
        let rank = signs.iter().position(|&other| other == sign).unwrap_or_else(|| {
            signs.push(sign);
            signs.len() - 1
        });
        let span = lines.sheet.rows[below as usize].span;
        let heading = Heading { level: 1, rows: 2, signs: vec![span], rule: "underlined-heading" };
        found.push((row, heading, Style::Underlined(rank)));
    }
    found
}

/// Tells whether the second line is a line under the first.
fn is_underlined(above: &str, below: &str) -> bool {
    let sign = below.chars().next().unwrap_or(' ');
    let length = below.chars().count();
    let width = crate::sheet::columns(above);
    "=-~*^\"'`#+.".contains(sign)
        && length >= 2
        && below.chars().all(|c| c == sign)
        && (length.abs_diff(width) <= 2.min(length / 2) || (length >= width && length >= 3 && sign == '='))
        && above.chars().any(char::is_alphanumeric)
}

fn is_line(words: &str) -> bool {
    let sign = words.chars().next().unwrap_or(' ');
    words.len() >= 2 && !sign.is_alphanumeric() && words.chars().all(|c| c == sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn underlines_are_as_long_as_their_words() {
        for (above, below, expected) in [
            ("The bridge", "==========", true),
            ("The bridge", "---------", true),
            ("渡し舟", "======", true),
            ("The bridge", "---", false),
            ("----------", "----------", false),
            ("The bridge", "==== =====", false),
            ("I", "", false),
        ] {
            assert_eq!(is_underlined(above, below), expected, "{above:?} over {below:?}");
        }
    }
}
