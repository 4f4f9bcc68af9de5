//! The numbers of a text browser whose list of addresses was left out.
//!
//! > The mole was planned by [1]Vale[2]^1, who lived in the [3]old light house.
//!
//! They are all the bracketed numbers of the text, rise from 1 by one, and stand before words, at least one of them
//! before the sign of a note. Without an address none of them says anything, so they go. Left alone: `mill[1], which`,
//! `the [1]ait`, numbers that stand there twice, as those of notes do, and those of code.

use std::ops::Range;

use crate::findings::{Findings, Place, Shape};
use crate::ledger::Fate;
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

/// The longest number, in digits.
const LONGEST: usize = 5;

/// A number in brackets.
struct Sign {
    span: Span,
    number: u32,
    /// It stands before a word, or before the sign of a note.
    leads: bool,
    /// The sign of a note, such as `^1`, stands behind it.
    leads_to_note: bool,
}

/// Finds the numbers, if they are such, and claims them.
pub(super) fn claim(sheet: &Sheet<'_>, findings: &mut Findings, rule: &'static str) {
    let signs: Vec<Sign> = findings
        .rows_in(Place::Body)
        .filter(|&row| findings.shapes[row as usize] != Shape::Code)
        .flat_map(|row| in_row(sheet, row))
        .collect();
    let counted = count_up(&signs);
    let leading = counted.iter().filter(|sign| sign.leads).count();
    let is_likely = counted.len() * 10 >= signs.len() * 9
        && leading * 10 >= counted.len() * 8
        && counted.iter().any(|sign| sign.leads_to_note);
    if is_likely {
        for sign in counted {
            findings.claim(sign.span, Fate::Syntax, rule);
        }
    }
}

/// Returns the signs that count from 1 by one.
fn count_up(signs: &[Sign]) -> Vec<&Sign> {
    let mut counted: Vec<&Sign> = Vec::new();
    for sign in signs {
        if sign.number as usize == counted.len() + 1 {
            counted.push(sign);
        }
    }
    counted
}

fn in_row<'s>(sheet: &'s Sheet<'_>, row: RowId) -> impl Iterator<Item = Sign> + 's {
    let span = sheet.rows[row as usize].span;
    let line = span.of(&sheet.text);
    memchr::memchr_iter(b'[', line.as_bytes()).filter_map(move |at| {
        let range = sign(line, at)?;
        let number = line[range.start + 1..range.end - 1].parse().ok()?;
        let (before, after) = (&line[..range.start], &line[range.end..]);
        let span = Span::new(span.start as usize + range.start, span.start as usize + range.end);
        let note = after.strip_prefix('^');
        let leads_to_note = note.is_some_and(|note| note.starts_with(|c: char| c.is_ascii_digit()));
        Some(Sign { span, number, leads: leads(before, after), leads_to_note })
    })
}

/// Measures a number in brackets that begins at a byte.
fn sign(line: &str, at: usize) -> Option<Range<usize>> {
    let digits = line[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
    let end = at + 1 + digits;
    ((1..=LONGEST).contains(&digits) && line[end..].starts_with(']')).then_some(at..end + 1)
}

fn leads(before: &str, after: &str) -> bool {
    let is_free = before.chars().next_back().is_none_or(|c| c.is_whitespace() || "([{“‘«\"'—–/]".contains(c));
    match after.chars().next() {
        None => is_free, // its words are on the next row
        Some('^' | '↩' | '⤴' | '↑' | char::REPLACEMENT_CHARACTER) => true,
        Some('[') => after[1..].starts_with(|c: char| c.is_ascii_digit()),
        Some(c) => is_free && c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::read_text;

    #[test]
    fn numbers_before_words_count_up_from_one() {
        for (text, expected) in [
            ("the [1]mole and the [2]keeper", vec![]),
            ("the mole, built[1]^1 after [2]rain[3]^2", vec!["[1]", "[2]", "[3]"]),
            ("the mole[1], built[2] after rain[3]", vec![]),
            ("the [1]mole and the [2]keeper\n\n[1] Vale.\n[2] Ellery.", vec![]),
            ("the mole1 and the keeper2\n\n[1]Vale.\n\n[2]Ellery.", vec![]),
            ("the [2]mole^1 and the [3]keeper[4]^1", vec![]),
            ("the mole[1]^1", vec!["[1]"]),
            ("港口[1]文書[2]港口", vec![]),
            ("", vec![]),
        ] {
            let sheet = read_text(text);
            let mut findings = Findings::new(&sheet);
            claim(&sheet, &mut findings, "numbered-links");
            let found: Vec<&str> = findings.claims.iter().map(|claim| claim.span.of(text)).collect();
            assert_eq!(found, expected, "in {text:?}");
        }
    }
}
