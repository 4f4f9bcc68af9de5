//! Signs around or before the words: `***** The bridge *****`, `== The bridge ==`, `## The bridge`.
//!
//! Text converters print headings so; the number of signs tells the level.
//! Left alone: `#hashtag`, `* an item`, `**bold** words`, `# a comment` in code, and `*** * ***`.

use super::{Heading, Style};
use crate::detectors::structure::Lines;
use crate::findings::{Findings, Shape};
use crate::sheet::RowId;
use crate::source::Span;

/// How headings of one habit are marked.
struct Habit {
    sign: char,
    /// Fewest and most signs.
    count: (usize, usize),
    /// Whether the same signs stand behind the words.
    closed: bool,
    /// Whether more signs mean a higher level.
    rising: bool,
}

const HABITS: &[Habit] = &[
    Habit { sign: '*', count: (2, 6), closed: true, rising: true },
    Habit { sign: '=', count: (1, 6), closed: true, rising: false },
    Habit { sign: '#', count: (1, 6), closed: false, rising: false },
];

pub(super) fn find(lines: &Lines<'_>, findings: &Findings) -> Vec<(RowId, Heading, Style)> {
    let mut found = Vec::new();
    for (at, &row) in lines.rows.iter().enumerate() {
        let is_code = findings.shapes[row as usize] == Shape::Code;
        let Some((level, before, after)) = read_decorated(lines.words(at)).filter(|_| !is_code) else {
            continue;
        };
        // A sign before the words alone is also how comments begin in code.
        if after == 0 && !(lines.stands_apart(at, at + 1) && starts_heading(&lines.words(at)[before..])) {
            continue;
        }
        let printed = lines.starts[row as usize];
        let end = lines.sheet.rows[row as usize].span.end;
        let signs =
            [Span { start: printed, end: printed + before as u32 }, Span { start: end - after as u32, end }];
        let signs = signs.into_iter().filter(|span| !span.is_empty()).collect();
        let heading = Heading { level, rows: 1, signs, rule: "decorated-heading" };
        found.push((row, heading, Style::Decorated(level)));
    }
    found
}

fn starts_heading(words: &str) -> bool {
    !words.starts_with(char::is_lowercase) && !words.ends_with([';', ',', '{'])
}

/// Returns the level of a line between signs, and how many bytes of signs and space stand before and after its words.
pub(in crate::detectors) fn read_decorated(line: &str) -> Option<(u8, usize, usize)> {
    let habit = HABITS.iter().find(|habit| line.starts_with(habit.sign))?;
    let words = line.trim_start_matches(habit.sign);
    let count = line.len() - words.len();
    let tail = words.trim_end_matches(habit.sign);
    let closing = words.len() - tail.len();
    let fits = (habit.count.0..=habit.count.1).contains(&count)
        && words.starts_with(' ')
        && if habit.closed {
            closing == count && tail.ends_with(' ')
        } else {
            closing == 0 || tail.ends_with(' ')
        };
    let inner = tail.trim();
    if !fits || inner.len() > 200 || !inner.chars().any(char::is_alphanumeric) {
        return None;
    }
    let before = line.len() - words.trim_start().len();
    let after = line.len() - before - inner.len();
    let level = if habit.rising { habit.count.1 + 1 - count } else { count };
    Some((level as u8, before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_around_words_tell_the_level() {
        for (line, expected) in [
            ("***** The bridge *****", Some((2, 6, 6))),
            ("== The bridge ==", Some((2, 3, 3))),
            ("## The bridge", Some((2, 3, 0))),
            ("# The bridge #", Some((1, 2, 2))),
            ("#bridge", None),
            ("* The bridge", None),
            ("**The bridge**", None),
            ("*** * ***", None),
            ("==== The bridge ==", None),
            ("", None),
        ] {
            assert_eq!(read_decorated(line), expected, "{line:?}");
        }
    }
}
