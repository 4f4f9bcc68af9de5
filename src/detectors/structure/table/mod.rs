//! Tables of raw text: bars, rules or blanks part the columns.
//!
//! ```text
//! | Tide  | Hour  |      Tide   Hour        Tide    Hour   Toll
//! |-------|-------|      -----  -----       ebb     06:12     3
//! | ebb   | 06:12 |      ebb    06:12       flood   12:31     4
//! ```
//!
//! Cells of several lines are read in the last column alone: elsewhere the words would change their order. Without bars
//! and rules, only a row of names above the columns tells a table from a listing, and what is set in stays code.

mod barred;
mod columns;

use std::ops::Range;

use super::code::looks_like_code;
use crate::findings::Table;
use crate::sheet::{RowId, Sheet, columns as width_of};
use crate::source::Span;

/// A line of what may be a table.
#[derive(Clone, Copy)]
struct Line<'l> {
    words: &'l str,
    span: Span,
    /// The column that it begins in.
    indent: usize,
}

/// The cells of a line; none where a column is empty.
type Cells = Vec<Option<Span>>;

/// Reads rows that follow each other as a table; returns nothing for what may be anything else.
pub(in crate::detectors) fn read(sheet: &Sheet<'_>, rows: &[RowId]) -> Option<Table> {
    if rows.len() < 2 || !rows.iter().any(|&row| has_columns(sheet.words(row))) {
        return None;
    }
    let lines: Vec<Line<'_>> = rows.iter().map(|&row| Line::of(sheet, row)).collect();
    barred::read(&lines).or_else(|| columns::ruled(&lines)).or_else(|| {
        let has_code = lines.iter().any(|line| looks_like_code(line.words) && !line.is_rule());
        if has_code { None } else { columns::spaced(&lines) }
    })
}

/// Tells whether a line has bars or wide blanks, as every line of most tables does.
pub(super) fn has_columns(words: &str) -> bool {
    words.contains("  ") || words.contains(barred::BARS)
}

impl<'l> Line<'l> {
    fn of(sheet: &'l Sheet<'_>, row: RowId) -> Self {
        let printed = &sheet.rows[row as usize];
        Self { words: sheet.words(row), span: printed.span, indent: usize::from(printed.indent) }
    }

    /// Tells whether the line only parts others: `-----  ---`, `+---+---+`, `├───┼───┤`.
    fn is_rule(&self) -> bool {
        let strokes = self.words.chars().filter(|&c| is_stroke(c)).count();
        let is_joint = |c: char| matches!(c, '+' | '|' | ':' | ' ' | '\u{2500}'..='\u{257F}');
        strokes >= 2 && self.words.chars().all(|c| is_stroke(c) || is_joint(c))
    }

    /// Returns each character with its place in the text and the columns that it takes.
    fn characters(&self) -> impl Iterator<Item = (usize, Range<usize>, char)> + '_ {
        let mut column = self.indent;
        self.words.char_indices().map(move |(at, c)| {
            let start = column;
            column = match c {
                '\t' => (column / 8 + 1) * 8,
                _ => column + width_of(c.encode_utf8(&mut [0; 4])),
            };
            (at, start..column, c)
        })
    }

    /// Returns a part of the line without the white space around it; none if nothing is left.
    fn part(&self, from: usize, to: usize) -> Option<Span> {
        let part = &self.words[from..to];
        let start = self.span.start as usize + from + (part.len() - part.trim_start().len());
        Some(Span::new(start, start + part.trim().len())).filter(|span| !span.is_empty())
    }
}

/// Tells whether a character draws a level line.
fn is_stroke(c: char) -> bool {
    matches!(c, '-' | '=' | '─' | '━' | '═')
}

/// Puts lines together to rows: one that goes on in the last column alone belongs to the one above it.
fn rows_of(lines: impl IntoIterator<Item = Cells>) -> Vec<Vec<Vec<Span>>> {
    let mut rows: Vec<Vec<Vec<Span>>> = Vec::new();
    for cells in lines {
        let goes_on = cells.split_last().is_some_and(|(_, first)| first.iter().all(Option::is_none));
        match rows.last_mut().filter(|_| goes_on && cells.len() > 1) {
            Some(above) => above.iter_mut().zip(cells).for_each(|(cell, more)| cell.extend(more)),
            None => rows.push(cells.into_iter().map(|cell| cell.into_iter().collect()).collect()),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table in short: cells parted by `|`, rows by `/`, the head before `//`.
    fn in_short(text: &str) -> String {
        let sheet = crate::readers::read_text(text);
        let rows: Vec<RowId> = (0..sheet.rows.len() as RowId).collect();
        let Some(table) = read(&sheet, &rows) else { return "none".to_owned() };
        let cell =
            |spans: &Vec<Span>| spans.iter().map(|span| span.of(&sheet.text)).collect::<Vec<_>>().join(" ");
        let row = |cells: &Vec<Vec<Span>>| cells.iter().map(cell).collect::<Vec<_>>().join("|");
        let rows: Vec<String> = table.rows.iter().map(row).collect();
        if table.has_head { format!("{}//{}", rows[0], rows[1..].join("/")) } else { rows.join("/") }
    }

    #[test]
    fn tables_are_read_in_every_shape() {
        for (text, expected) in [
            (
                "| Tide | Hour |\n|------|:----:|\n| ebb  | 06:12 |\n|      | 12:31 |\n",
                "Tide|Hour//ebb|06:12 12:31",
            ),
            (" Tide | Hour\n------+------\n ebb  | 06:12\n(1 row)\n", "none"),
            (
                " Tide | Hour\n------+------\n ebb  | 06:12\n flood| 12:31\n",
                "Tide|Hour//ebb|06:12/flood|12:31",
            ),
            (
                "+------+-------+\n| Tide | Hour  |\n+======+=======+\n| ebb  | 06:12 |\n+------+-------+\n| flood| 12:31 |\n+------+-------+\n",
                "Tide|Hour//ebb|06:12/flood|12:31",
            ),
            (
                "┌──────┬───────┐\n│ Tide │ Hour  │\n├──────┼───────┤\n│ ebb  │ 06:12 │\n└──────┴───────┘\n",
                "Tide|Hour//ebb|06:12",
            ),
            (
                "  Tide   Hour\n  ------ -------\n  ebb    06:12\n  flood  12:31 at\n         night\n",
                "Tide|Hour//ebb|06:12/flood|12:31 at night",
            ),
            ("===== =====\nTide  Hour\n===== =====\nebb   06:12\n===== =====\n", "Tide|Hour//ebb|06:12"),
            ("  ----- -----\n  ebb   06:12\n  flood 12:31\n  ----- -----\n", "ebb|06:12/flood|12:31"),
            (
                "Tide    Hour    Keeper\n--------------------\nebb     06:12   Ada\n",
                "Tide|Hour|Keeper//ebb|06:12|Ada",
            ),
            (
                "Tide  Hour  Old keeper\nebb   6     Ada\nflood 12    Bo\n",
                "Tide|Hour|Old keeper//ebb|6|Ada/flood|12|Bo",
            ),
            (
                "Tide    Name   Keeper\nebb     low    Ada\nflood   high   Bo\n",
                "Tide|Name|Keeper//ebb|low|Ada/flood|high|Bo",
            ),
            ("潮  時刻\n干  6\n満  12\n", "潮|時刻//干|6/満|12"),
            // What is left alone.
            ("mov   eax   1\nadd   ebx   2\n", "none"),
            ("The ferry | the pilot\nsank | swam\n", "none"),
            ("Tide   Hour\n-----\n", "none"),
            (
                "The keeper counted the boats,   and the pilot\nsaid that he had seen none,     but the rain.\n",
                "none",
            ),
            ("", "none"),
        ] {
            assert_eq!(in_short(text), expected, "in {text:?}");
        }
    }
}
