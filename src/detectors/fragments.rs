//! Lines that a program broke around every word of the page that was marked: a link, emphasis, the sign of a note.
//!
//! ```text
//! The mole was begun by
//! Iona Vale
//! [1]
//! , who had seen the plan in
//! the old light house
//! .
//! ```
//!
//! Several rows that are the sign of a note, or begin with a full stop or a comma, show that a text is broken so; then a
//! row goes on with the one above if that stops in the middle of a sentence. `--keep lines` leaves them. Left alone: every
//! other text, pages, and short rows that no sentence runs into, such as headings.

use super::Detector;
use crate::detectors::structure::{CLOSING, ends_sentence};
use crate::findings::{Findings, Place, Shape};
use crate::ledger::Fate;
use crate::measure::begins_with_stop;
use crate::options::{Habit, Options};
use crate::sheet::{RowId, Sheet, columns};
use crate::source::Span;

pub(super) const FRAGMENTS: Detector = Detector { name: "fragments", find };

/// So many rows that can only go on with the one above show what happened.
const FEWEST: usize = 3;

/// A row of so many columns is no heading.
const LONG: usize = 60;

/// The last word of a heading is longer than this, or it begins with a capital.
const SHORT_WORD: usize = 3;

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    let is_paged = sheet.rows.last().is_some_and(|row| row.page > 0);
    if sheet.is_marked_up() || is_paged || options.keeps(Habit::Lines) {
        return;
    }
    let signs = Signs::of(findings);
    let is_broken = |row: RowId| {
        let begins = begins_with_stop(sheet.words(row)) || signs.cover(sheet.rows[row as usize].span);
        begins && sheet.rows[row as usize].gap == 0
    };
    if findings.body_rows().filter(|&row| is_broken(row)).count() < FEWEST {
        return;
    }
    let mut above = Above::default();
    for row in 1..sheet.rows.len() as RowId {
        let place = findings.places[row as usize];
        let follows = place == findings.places[row as usize - 1] && sheet.rows[row as usize].gap == 0;
        let is_code = findings.shapes[row as usize] == Shape::Code;
        if !follows || is_code || matches!(place, Place::Gone | Place::Outside(_)) {
            above = Above::default();
            continue;
        }
        let (before, words) = (sheet.words(row - 1), sheet.words(row));
        if !above.is_sign {
            above.stops = !ends_sentence(before) && (above.is_joined || is_inside_sentence(before));
            above.is_open = !ends_sentence(before);
        }
        let is_sign = signs.cover(sheet.rows[row as usize].span);
        let joined = is_sign
            || goes_on(words)
            || above.stops
            || (above.is_open && words.starts_with(char::is_lowercase));
        if joined {
            let gap = Span {
                start: sheet.rows[row as usize - 1].span.end,
                end: sheet.rows[row as usize].span.start,
            };
            let space = if is_sign || goes_on(words) { "" } else { " " };
            findings.claim(gap, Fate::Mend(space.into()), FRAGMENTS.name);
        }
        above = Above { is_joined: joined, is_sign, ..above };
    }
}

/// What is known of the row above.
#[derive(Clone, Copy, Default)]
struct Above {
    is_joined: bool,
    /// It is the sign of a note, so the row above it counts.
    is_sign: bool,
    /// Its sentence does not end there.
    is_open: bool,
    /// And it is no heading, so the sentence goes on below.
    stops: bool,
}

/// Tells whether a row begins with a sign that ends something.
fn goes_on(words: &str) -> bool {
    let rest = words.trim_start_matches(CLOSING);
    rest.len() < words.len()
        && !words.starts_with("..")
        && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Tells whether a row that ends no sentence is no heading either: it is long, or its last word is `by` or `the`.
fn is_inside_sentence(words: &str) -> bool {
    let last = words.split_whitespace().next_back().unwrap_or_default();
    let is_small = last.len() <= SHORT_WORD && last.chars().all(char::is_lowercase);
    columns(words) >= LONG || (is_small && last.len() < words.len())
}

/// The markers that were found, in the order of the text.
struct Signs(Vec<Span>);

impl Signs {
    fn of(findings: &Findings) -> Self {
        let is_marker = |fate: &Fate| matches!(fate, Fate::Marker(_));
        let mut spans: Vec<Span> =
            findings.claims.iter().filter(|claim| is_marker(&claim.fate)).map(|claim| claim.span).collect();
        spans.sort_unstable();
        Self(spans)
    }

    /// Tells whether a row is nothing but a marker.
    fn cover(&self, row: Span) -> bool {
        let at = self.0.partition_point(|span| span.end < row.end);
        self.0.get(at).is_some_and(|span| span.start <= row.start && row.end <= span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_on_where_sentences_do() {
        for (text, expected) in [
            (
                "Moles\nThe mole was begun by\nIona Vale\n, who saw\nthe plan\n, and\nher ferry\n.\nIt sank.",
                "Moles\nThe mole was begun by Iona Vale, who saw the plan, and her ferry.\nIt sank.",
            ),
            ("The mole\n, and\nthe ferry", "The mole\n, and\nthe ferry"),
            ("a\n... b\n... c\n... d", "a\n... b\n... c\n... d"),
            ("", ""),
        ] {
            let sheet = crate::readers::read_text(text);
            let mut findings = Findings::new(&sheet);
            find(&sheet, &Options::default(), &mut findings);
            let mut shown = String::new();
            let mut at = 0;
            for claim in &findings.claims {
                shown.push_str(&text[at..claim.span.start as usize]);
                if let Fate::Mend(space) = &claim.fate {
                    shown.push_str(space);
                }
                at = claim.span.end as usize;
            }
            shown.push_str(&text[at..]);
            assert_eq!(shown, expected, "in {text:?}");
        }
    }
}
