//! Digits at the end of a word that could be a fused number, and how much each looks like one.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::detectors::notes::markers::hides_markers;
use crate::detectors::structure::CLOSING;
use crate::findings::{Findings, Place, Shape};
use crate::sheet::{RowId, Sheet, is_east_asian};
use crate::source::Span;

/// Digits that could refer to a note, or to several that follow each other: `91011`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) row: RowId,
    pub(super) sign: Span,
    /// The number of the first note.
    pub(super) first: u32,
    /// The number of the last note.
    pub(super) last: u32,
    /// From [`AFTER_NUMBERS`] to 10, as a reader would print it.
    pub(super) quality: u8,
    /// Readings of the same digits have the same number: only one of them can hold.
    pub(super) run: u32,
}

impl Candidate {
    /// Tells whether it is a number among the words like any other.
    pub(super) fn is_any_number(&self) -> bool {
        self.quality < SIGN
    }
}

/// The quality of a number behind a word that often has one: `page 4`.
pub(super) const AFTER_NUMBERS: u8 = 1;

/// The quality of a number among the words like any other.
pub(super) const AMONG_WORDS: u8 = 2;

/// The quality from which digits look like a sign.
pub(super) const SIGN: u8 = 3;

/// The quality from which digits are hardly anything else.
pub(super) const SURE: u8 = 8;

/// The quality of a number behind a sign, or behind code.
const BEHIND_SIGN: u8 = 8;

/// Longer runs of digits are numbers, not notes.
const LONGEST: usize = 8;

/// Reads every way in which digits at the end of a word could be a number up to `highest`.
pub(super) fn scan(sheet: &Sheet<'_>, findings: &Findings, highest: u32) -> Vec<Candidate> {
    let mut found = Vec::new();
    let uses = Uses::count(sheet, findings);
    let mut hidden = sheet.runs.iter().filter(|run| hides_markers(&run.mark)).map(|run| run.span).peekable();
    let (mut hidden_end, mut run) = (0, 0);
    let mut last: Option<(u32, u32)> = None;
    for (row, line) in lines(sheet, findings) {
        let start = sheet.rows[row as usize].span.start;
        for (mut at, end) in digits(line) {
            while let Some(hidden) = hidden.next_if(|hidden| hidden.end < start + end as u32) {
                hidden_end = hidden.end;
            }
            if hidden.peek().is_some_and(|hidden| hidden.start <= start + at as u32) {
                continue;
            }
            at = at.max(hidden_end.saturating_sub(start) as usize);
            run += 1;
            let is_behind_code = hidden_end > start && hidden_end == start + at as u32;
            let readings = readings(line, at..end, is_behind_code, highest, &uses);
            for (from, first, label, quality) in readings {
                let sign = Span { start: start + from as u32, end: start + end as u32 };
                // `word1,2` and `words 1 2`: the second belongs to the first.
                let follows = last == Some((first.wrapping_sub(1), sign.start.wrapping_sub(1)));
                let quality = if follows { quality.max(6) } else { quality };
                found.push(Candidate { row, sign, first, last: label, quality, run });
            }
            last = line[at..end].parse().ok().map(|number| (number, start + end as u32));
        }
    }
    found
}

fn lines<'l>(sheet: &'l Sheet<'_>, findings: &'l Findings) -> impl Iterator<Item = (RowId, &'l str)> {
    (0..sheet.rows.len() as RowId)
        .filter(|&row| {
            findings.places[row as usize] == Place::Body && findings.shapes[row as usize] != Shape::Code
        })
        .map(|row| (row, sheet.words(row)))
}

/// Finds the runs of digits that end a word.
fn digits(line: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let start = at;
            at += bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            let (before, after) = (&line[..start], &line[at..]);
            let follows = start > 0 || after.is_empty();
            if follows && at - start <= LONGEST && ends_word(after) && !goes_on(before, after) {
                return Some((start, at));
            }
        }
        None
    })
}

/// Tells whether a word ends before `after`.
fn ends_word(after: &str) -> bool {
    after.chars().next().is_none_or(|c| {
        is_unspaced(c)
            || !(c.is_alphanumeric()
                || matches!(c, '_' | '=' | '(' | '[' | '{' | '/' | '\\' | '%' | '°' | '@'))
    })
}

/// Tells whether digits are only the first part of a number or name: `1,983`, `4.7`, `1902–03`, `log1.txt`.
fn goes_on(before: &str, after: &str) -> bool {
    let mut chars = after.chars();
    let next = |is: fn(char) -> bool, c: Option<char>| c.is_some_and(is);
    match chars.next() {
        Some('.' | '-') => next(|c| c.is_ascii_alphanumeric(), chars.next()),
        Some('–') => next(|c| c.is_ascii_digit(), chars.next()),
        Some(',' | ':') => {
            !before.ends_with(char::is_alphabetic) && next(|c| c.is_ascii_digit(), chars.next())
        }
        _ => false,
    }
}

/// Reads digits as numbers of notes: all of them, only the last ones after a word or number that ends in digits, or
/// several numbers that follow each other. Returns where they begin, the first and last number, and the quality.
fn readings(
    line: &str,
    Range { start: at, end }: Range<usize>,
    is_behind_code: bool,
    highest: u32,
    uses: &Uses<'_>,
) -> Vec<(usize, u32, u32, u8)> {
    let before = line[..at].chars().next_back().unwrap_or(' ');
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if at > 0 && !is_behind_code && is_number(line[..end].trim_start_matches(['#', '=', '*', ' '])) {
        return Vec::new(); // the number of a section
    }
    let word_start = at - line[..at].split(char::is_whitespace).next_back().map_or(0, str::len);
    let head = &line[word_start..at];
    let opens = !head.contains(char::is_alphanumeric) && !head.trim_matches('"').ends_with(is_closing);
    let in_parentheses = head == "(" && line[end..].starts_with(')');
    // `Psalm 107[:23]`
    let is_in_brackets =
        head.strip_suffix([':', '.', ',', ';']).is_some_and(|head| head.ends_with(['[', '(']));
    if is_in_brackets {
        return Vec::new();
    }
    if !head.is_empty() && opens && !in_parentheses && !is_behind_code || head.starts_with('\\') {
        return Vec::new(); // `"2"`, `\ge1`
    }
    let mut found = Vec::new();
    for from in (at..end).rev() {
        let digits = &line[from..end];
        if digits.starts_with('0') {
            continue;
        }
        let quality = match (from == at, head.is_empty()) {
            (true, _) if is_behind_code => BEHIND_SIGN,
            (true, true) => alone(&line[..at], digits, &line[end..], uses),
            (true, false) => whole(before, head, &line[word_start..end], &line[end..], uses),
            (false, _) => rest(head, &line[at..from], &line[word_start..from], uses),
        };
        if let Ok(label) = digits.parse::<u32>()
            && quality > 0
            && label <= highest
        {
            found.push((from, label, label, quality));
        }
        if let Some((first, last)) = several(digits).filter(|&(_, last)| last <= highest && !head.is_empty())
            && quality > 3
        {
            found.push((from, first, last, quality));
        }
    }
    found
}

/// Tells whether a sign ends a sentence or a quotation.
fn is_closing(c: char) -> bool {
    CLOSING.contains(&c) || matches!(c, '"' | '…')
}

/// Reads `12` as 1 and 2, `91011` as 9, 10 and 11.
fn several(digits: &str) -> Option<(u32, u32)> {
    (1..=digits.len() / 2).find_map(|length| {
        let first: u32 = digits[..length].parse().ok()?;
        let mut rest = &digits[length..];
        let mut last = first;
        while !rest.is_empty() {
            rest = rest.strip_prefix((last + 1).to_string().as_str())?;
            last += 1;
        }
        (first > 0).then_some((first, last))
    })
}

/// Weighs a number that stands alone after a space, `ongoing 4.`, or on its line. Most of them are numbers.
fn alone(before: &str, digits: &str, after: &str, uses: &Uses<'_>) -> u8 {
    let (before, after) = past_neighbours(before, digits, after);
    let word = bare(before.split_whitespace().next_back().unwrap_or_default());
    let ends = after.is_empty() || after.starts_with(['.', ',', ';', ':', ')', '。', '，']);
    let parts_sentences =
        before.ends_with(is_closing) && (after.is_empty() || after.starts_with(char::is_uppercase));
    let takes_numbers = !word.is_empty() && uses.before_numbers.get(word).copied().unwrap_or(0) > 1;
    let is_plain = digits.len() <= 3 && !before.ends_with(|c: char| c.is_ascii_digit());
    let is_line = before.is_empty() && after.is_empty();
    match is_plain && (is_line || !word.is_empty()) {
        true if is_line => 4,
        true if parts_sentences => 6,
        true if takes_numbers => AFTER_NUMBERS,
        true if ends => SIGN,
        true => AMONG_WORDS,
        false => 0,
    }
}

/// Returns what stands around several numbers that follow each other: `the witness. 4 5`, `the ferry.1 2`.
fn past_neighbours<'l>(before: &'l str, digits: &str, after: &'l str) -> (&'l str, &'l str) {
    let number: u32 = digits.parse().unwrap_or(0);
    let (mut before, mut after) = (before.trim_end(), after.strip_prefix(' ').unwrap_or(after));
    for lower in (1..number).rev() {
        let Some(rest) = before.strip_suffix(lower.to_string().as_str()) else { break };
        if !rest.ends_with(|c: char| c.is_whitespace() || is_closing(c)) {
            break;
        }
        before = rest.trim_end();
    }
    for higher in number + 1.. {
        let Some(rest) = after.strip_prefix(higher.to_string().as_str()) else { break };
        match rest.strip_prefix(' ') {
            Some(rest) => after = rest,
            None if rest.is_empty() => after = rest,
            None => break,
        }
    }
    (before, after)
}

/// Weighs a number after a letter or sign.
fn whole(before: char, head: &str, word: &str, after: &str, uses: &Uses<'_>) -> u8 {
    let name = name(word);
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit()).chars().count();
    let used = uses.of_words.get(name).copied().unwrap_or(0);
    let ends_in_digit = head[..head.len() - before.len_utf8()].ends_with(|c: char| c.is_ascii_digit());
    let begins_sentence = after.strip_prefix(' ').is_some_and(|after| after.starts_with(char::is_uppercase));
    match before {
        '.' if ends_in_digit && begins_sentence => 6,
        '.' | ',' | ':' if ends_in_digit => 3,
        c if is_closing(c) => {
            let abbreviates = head.len() <= 3 && before == '.' && !after.is_empty();
            match abbreviates {
                true if begins_sentence => 6,
                true => 4,
                false => 10,
            }
        }
        '%' | '*' | '`' | '\'' => BEHIND_SIGN,
        c if is_unspaced(c) => match after.chars().next() {
            Some(c) if is_unspaced(c) && c.is_alphabetic() => 5,
            _ if matches!(c, '第' | '表' | '图' | '圖' | '図' | '式') => 3,
            _ => 10,
        },
        c if c.is_ascii_alphabetic() && head.contains(|c: char| c.is_ascii_digit()) => 4,
        c if c.is_lowercase() => match used {
            0 | 1 if letters > 1 => 10,
            0 | 1 => 5,
            _ => 4,
        },
        c if c.is_uppercase() && used <= 1 && letters > 1 => 5,
        c if c.is_uppercase() => 3,
        c if c.is_alphabetic() => 9,
        '(' if head == "(" => 4,
        _ => 0,
    }
}

/// Weighs the last digits of a longer run: `IE86` where `IE8` is a word of the text, `1,983,7023`, `20193`.
fn rest(head: &str, digits: &str, word: &str, uses: &Uses<'_>) -> u8 {
    let used = uses.of_words.get(name(word)).copied().unwrap_or(0);
    let grouped = digits.len() == 3
        && head
            .strip_suffix([',', '.', '\u{A0}'])
            .is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()));
    let is_year =
        digits.len() == 4 && head.chars().all(|c| !c.is_alphanumeric()) && digits.starts_with(['1', '2']);
    match () {
        () if grouped => 7,
        () if used > 0 && head.contains(char::is_alphabetic) => 7,
        () if is_year => 6,
        () if head.is_empty() || head.ends_with(['-', '–', '/', '_']) => 0,
        () => 3,
    }
}

/// How often words and numbers are used.
#[derive(Default)]
struct Uses<'l> {
    /// Words that end in digits: one that is used again is a name.
    of_words: BTreeMap<&'l str, usize>,
    /// Words that a number follows: one that often has a number is no reason for a note.
    before_numbers: BTreeMap<&'l str, usize>,
}

impl<'l> Uses<'l> {
    fn count(sheet: &'l Sheet<'_>, findings: &'l Findings) -> Self {
        let mut uses = Self::default();
        for (_, line) in lines(sheet, findings) {
            let mut before = "";
            for part in line.split(is_bracket_or_space).map(bare) {
                if part.ends_with(|c: char| c.is_ascii_digit()) {
                    *uses.of_words.entry(part).or_default() += 1;
                }
            }
            for word in line.split_whitespace().map(bare) {
                if word.starts_with(|c: char| c.is_ascii_digit()) {
                    *uses.before_numbers.entry(before).or_default() += 1;
                }
                before = word;
            }
        }
        uses
    }
}

/// Returns the last name of a word: `x1` of `size(len(x1`.
fn name(word: &str) -> &str {
    bare(word.rsplit(is_bracket_or_space).find(|part| !part.is_empty()).unwrap_or_default())
}

fn is_bracket_or_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '{' | '}')
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Tells whether no Latin letter stands here: Chinese, Japanese, or Korean, whose words end as they please.
fn is_unspaced(c: char) -> bool {
    is_east_asian(c) || matches!(c, '\u{AC00}'..='\u{D7AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_after_words_look_more_like_notes_than_others() {
        for (text, expected) in [
            ("thanks to the ferry1, whose", vec![(1, 10)]),
            ("in 1714.1 A pilot did it.2 The", vec![(1, 6), (2, 6)]),
            ("about 2.5 m at No.2 and", vec![(5, 3), (2, 4)]),
            ("its keeper.14", vec![(4, 3), (14, 10)]),
            ("“never”3 he said", vec![(3, 10)]),
            ("fell below 5%1 in", vec![(1, 8)]),
            ("until block 1,983,7023.", vec![(3, 7), (23, 3)]),
            ("since IE86, unlike IE8", vec![(6, 7), (8, 5)]),
            ("引言1", vec![(1, 10)]),
            ("other problems.12", vec![(2, 3), (12, 10), (2, 10)]),
            ("still ongoing 4. Then", vec![(4, 3)]),
            ("in 2.5 m", vec![(5, 3)]),
            ("the ferry 4 and", vec![(4, 2)]),
            ("4", vec![(4, 4)]),
            ("in the witness. 4 5", vec![(4, 6), (5, 6)]),
            ("all of it. 3 They sank", vec![(3, 6)]),
            ("the boats 3 4 5 sank", vec![(3, 2), (4, 6), (5, 6)]),
            ("size(len(x1)) of x1", vec![(1, 4), (1, 4)]),
            ("key 1vctc3", vec![(3, 4)]),
            ("B2 and 1902-03", vec![(2, 3)]),
            ("he says (2) that", vec![(2, 4)]),
            ("in Psalm 107[:23] of", vec![]),
            ("the number \"2\" and $a \\ge1$", vec![]),
            ("x_2 or f(3) or 1/4", vec![]),
            ("in 3 or in 12 boats", vec![(3, 1), (12, 1)]),
            ("10_000 and 3rd", vec![]),
            ("", vec![]),
        ] {
            let sheet = crate::readers::read_text(text);
            let found = scan(&sheet, &Findings::new(&sheet), 30);
            let found: Vec<_> = found.iter().map(|found| (found.last, found.quality)).collect();
            assert_eq!(found, expected, "in {text:?}");
        }
    }
}
