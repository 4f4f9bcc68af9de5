//! Tables whose columns stand below each other, under rules or under their names alone.
//!
//! ```text
//! Tide    Hour   Keeper
//! ------  -----  ------
//! ebb     06:12  Ada
//! ```

use super::{Cells, Line, is_stroke, rows_of};
use crate::findings::Table;

/// Names above columns have no more words than that.
const LONGEST_NAME: usize = 4;

/// Blanks part no more columns than that.
const MOST_COLUMNS: usize = 64;

/// Reads lines below a rule that is broken where columns end, with the names above it: pandoc and docutils write so.
pub(super) fn ruled(lines: &[Line<'_>]) -> Option<Table> {
    let bounds = lines.iter().map(groups).find(|groups| groups.len() > 1)?;
    let rules: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].is_rule()).collect();
    if rules.iter().any(|&rule| groups(&lines[rule]) != bounds) {
        return None;
    }
    let heads = match rules.as_slice() {
        [0, second, ..] if *second + 1 < lines.len() => second - 1,
        [0, ..] => 0,
        [first, ..] => *first,
        [] => return None,
    };
    let contents: Vec<&Line<'_>> = lines.iter().filter(|line| !line.is_rule()).collect();
    table(cut_all(&contents, &bounds)?, heads)
}

/// Reads lines whose columns blanks alone part: names above them make them a table.
pub(super) fn spaced(lines: &[Line<'_>]) -> Option<Table> {
    let has_rule = lines[1].is_rule() && lines.len() > 2;
    let contents: Vec<&Line<'_>> =
        lines.iter().enumerate().filter(|&(at, _)| at != 1 || !has_rule).map(|(_, line)| line).collect();
    if contents.iter().any(|line| line.is_rule()) {
        return None;
    }
    let bounds = bounds(&contents)?;
    let cells = cut_all(&contents, &bounds)?;
    if has_rule || has_names(&contents, &cells) { table(cells, 1) } else { None }
}

fn table(cells: Vec<Cells>, heads: usize) -> Option<Table> {
    let rows = rows_of(cells);
    (heads <= 1 && rows.len() > heads).then_some(Table { rows, has_head: heads == 1 })
}

/// Returns the columns that the strokes of a rule begin in; of several strokes when blanks part them.
fn groups(line: &Line<'_>) -> Vec<usize> {
    let mut groups = Vec::new();
    let mut is_in = false;
    for (_, columns, c) in line.characters() {
        if !is_stroke(c) && c != ' ' {
            return Vec::new();
        }
        if is_stroke(c) && !is_in {
            groups.push(columns.start);
        }
        is_in = is_stroke(c);
    }
    groups
}

fn cut_all(lines: &[&Line<'_>], bounds: &[usize]) -> Option<Vec<Cells>> {
    lines.iter().map(|line| cut(line, bounds)).collect()
}

/// Cuts a line where columns begin; none if a word stands across.
fn cut(line: &Line<'_>, bounds: &[usize]) -> Option<Cells> {
    let mut ends = vec![line.words.len(); bounds.len()];
    let mut starts = vec![line.words.len(); bounds.len()];
    let mut at_column = 0;
    let mut before = ' ';
    for (at, columns, c) in line.characters() {
        while at_column < bounds.len() && columns.start >= bounds[at_column] {
            if !before.is_whitespace() {
                return None;
            }
            starts[at_column] = at;
            if at_column > 0 {
                ends[at_column - 1] = at;
            }
            at_column += 1;
        }
        if at_column == 0 && !c.is_whitespace() {
            return None;
        }
        before = c;
    }
    Some(starts.iter().zip(ends).map(|(&start, end)| line.part(start, end)).collect())
}

/// Finds where columns begin: after blanks that all lines have in the same place, and of which one line has several.
fn bounds(lines: &[&Line<'_>]) -> Option<Vec<usize>> {
    let characters = || lines.iter().map(|line| line.characters().filter(|(_, _, c)| !c.is_whitespace()));
    let width = characters().flatten().map(|(_, columns, _)| columns.end).max()?;
    let mut is_used = vec![false; width];
    characters().flatten().for_each(|(_, columns, _)| is_used[columns].fill(true));
    // Where words stand below each other: how many lines have some there, how many of these begin with a digit, and whether
    // wide blanks are before one.
    let starts: Vec<usize> = (0..width).filter(|&at| is_used[at] && (at == 0 || !is_used[at - 1])).collect();
    if starts.len() < 2 || starts.len() > MOST_COLUMNS {
        return None;
    }
    let mut found = vec![(0, 0, false); starts.len()];
    for line in characters() {
        let (mut last, mut end) = (usize::MAX, usize::MAX);
        for (_, columns, c) in line {
            let at = starts.partition_point(|&start| start <= columns.start) - 1;
            if at != last {
                found[at].0 += 1;
                found[at].1 += usize::from(c.is_ascii_digit());
                found[at].2 |= columns.start >= end.saturating_add(2);
            }
            (last, end) = (at, columns.end);
        }
    }
    let is_column = |&at: &usize| {
        let (words, numbers, is_wide) = found[at];
        at == 0 || (is_wide && words * 2 >= lines.len()) || (words == lines.len() && numbers + 1 == words)
    };
    let bounds: Vec<usize> = (0..starts.len()).filter(is_column).map(|at| starts[at]).collect();
    (bounds.len() > 1).then_some(bounds)
}

/// Tells whether the first line has the names of the columns: words without numbers, above numbers or in capitals.
fn has_names(lines: &[&Line<'_>], cells: &[Cells]) -> bool {
    let words = |line: usize, column: usize| {
        let span = cells[line][column]?;
        let start = (span.start - lines[line].span.start) as usize;
        Some(&lines[line].words[start..start + span.len()])
    };
    let columns = cells[0].len();
    let is_name = |column| {
        words(0, column).is_some_and(|name| {
            !name.ends_with(['.', ',', ';', '?', '!'])
                && !name.contains(|c: char| c.is_ascii_digit())
                && name.split_whitespace().count() <= LONGEST_NAME
        })
    };
    let starts_with_digit = |words: &str| {
        words
            .trim_start_matches(['-', '+', '−', '$', '€', '£', '~'])
            .starts_with(|c: char| c.is_ascii_digit())
    };
    let has_numbers = |column| {
        let mut below = (1..cells.len()).filter_map(|line| words(line, column)).peekable();
        below.peek().is_some() && below.all(starts_with_digit)
    };
    let is_capital =
        |column| words(0, column).is_some_and(|name| name.starts_with(|c: char| c.is_uppercase()));
    let is_long = (1..cells.len()).any(|line| {
        (0..columns)
            .any(|column| words(line, column).is_some_and(|words| words.split_whitespace().count() > 12))
    });
    lines.len() > 2
        && !is_long
        && (0..columns).all(is_name)
        && ((1..columns).any(has_numbers) || (columns > 2 && (0..columns).all(is_capital)))
}
