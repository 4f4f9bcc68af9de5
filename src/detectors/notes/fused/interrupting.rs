//! Notes that were printed where they are cited, in the middle of the sentence.
//!
//! > largely thanks to the ferry1
//! >
//! > Harbour log, 1902.
//! >
//! > , whose keeper had two dogs.
//!
//! Programs that walk through an office document and print what they meet write it so. The numbers rise from 1, each at
//! the end of a block, and the sentence goes on below the note. Left alone: headings and tables that end in rising
//! numbers, for no sentence goes on below what follows them.

use super::FUSED_ENTRY;
use crate::detectors::notes::lists::{Entry, NoteList};
use crate::detectors::structure::{CLOSING, ends_sentence};
use crate::findings::{Findings, Shape};
use crate::grammar::Label;
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

/// Fewer notes than this prove nothing.
const FEWEST: usize = 3;

/// Notes that interrupt their sentences.
pub(super) struct Interrupting {
    pub(super) list: NoteList,
    /// The number of each note where it is cited.
    pub(super) signs: Vec<(RowId, Span)>,
    /// Rows that go on with the sentence above the note, and what stands between.
    pub(super) joins: Vec<(RowId, &'static str)>,
}

/// Rows between blank lines: the first and the last.
type Block = (RowId, RowId);

/// Finds such notes, if enough sentences go on below them.
pub(super) fn find(sheet: &Sheet<'_>, findings: &Findings) -> Option<Interrupting> {
    let blocks = blocks(sheet, findings);
    let cited = cited(sheet, &blocks);
    if cited.len() < FEWEST || !holds(sheet, &blocks, &cited) {
        return None;
    }
    let mut found = Interrupting {
        list: NoteList { shape: &FUSED_ENTRY, entries: Vec::new(), ends: Vec::new() },
        signs: Vec::new(),
        joins: Vec::new(),
    };
    for (at, &block) in cited.iter().enumerate() {
        let label = at as u32 + 1;
        let (row, note) = (blocks[block].1, blocks[block + 1]);
        let span = sheet.rows[row as usize].span;
        let sign = Span { start: span.end - label.to_string().len() as u32, end: span.end };
        let spaces = Span { start: span.start, end: sign.start }.of(&sheet.text);
        let start = sign.start - (spaces.len() - spaces.trim_end().len()) as u32;
        if sign.start == span.start && row > 0 {
            found.joins.push((row, ""));
        }
        found.signs.push((row, Span { start, end: sign.end }));
        let begins = sheet.rows[note.0 as usize].span.start;
        let entry =
            Entry { label: Label::Number(label), row: note.0, sign: Span { start: begins, end: begins } };
        found.list.entries.push(entry);
        found.list.ends.push(note.1 + 1);
        if let Some(&(next, _)) = blocks.get(block + 2).filter(|_| goes_on(sheet, &blocks, block)) {
            let space = if sheet.words(next).starts_with(CLOSING) { "" } else { " " };
            found.joins.push((next, space));
        }
    }
    Some(found)
}

fn blocks(sheet: &Sheet<'_>, findings: &Findings) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for row in findings.body_rows() {
        match blocks.last_mut() {
            Some((_, last)) if sheet.rows[row as usize].gap == 0 && *last + 1 == row => *last = row,
            _ => blocks.push((row, row)),
        }
    }
    blocks.retain(|&(first, _)| findings.shapes[first as usize] != Shape::Code);
    blocks
}

/// For each number from 1 on the block that ends with it, and has a note below: the last one before the next number's.
fn cited(sheet: &Sheet<'_>, blocks: &[Block]) -> Vec<usize> {
    let mut first = Vec::new();
    let mut block = 0;
    while block + 1 < blocks.len() {
        if is_cited_at(sheet, blocks, block, first.len() as u32 + 1) {
            first.push(block);
            block += 1;
        }
        block += 1;
    }
    for at in (0..first.len().saturating_sub(1)).rev() {
        let later = (first[at]..first[at + 1].saturating_sub(1)).rev();
        let found = later.into_iter().find(|&block| is_cited_at(sheet, blocks, block, at as u32 + 1));
        first[at] = found.unwrap_or(first[at]);
    }
    first
}

/// Tells whether a block ends with a number that could be raised, or with a longer one that ends with it, where the
/// sentence goes on below: `until block 1,983,7023`.
fn is_cited_at(sheet: &Sheet<'_>, blocks: &[Block], block: usize, number: u32) -> bool {
    let line = sheet.words(blocks[block].1);
    if !line.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_part = || line.ends_with(number.to_string().as_str()) && goes_on(sheet, blocks, block);
    ends_with_number(line, number) || is_part()
}

/// Tells whether a line ends with a number that could be raised.
fn ends_with_number(line: &str, number: u32) -> bool {
    let Some(before) = line.strip_suffix(number.to_string().as_str()) else { return false };
    let mut signs = before.chars().rev();
    match signs.next() {
        Some('.' | ',' | ':') => !signs.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => {
            !c.is_ascii_digit()
                && !matches!(c, '-' | '–' | '/' | '_' | '#' | '=' | '+' | '(' | '[' | '$' | '<')
        }
        None => true,
    }
}

/// Tells whether the sentence of a block goes on below the note.
fn goes_on(sheet: &Sheet<'_>, blocks: &[Block], block: usize) -> bool {
    let Some(&(next, _)) = blocks.get(block + 2) else { return false };
    let words = sheet.words(next);
    words.starts_with(CLOSING) || (words.starts_with(char::is_lowercase) && is_open(sheet, blocks[block].1))
}

/// Tells whether a line stops in the middle of a sentence, before the number at its end.
fn is_open(sheet: &Sheet<'_>, row: RowId) -> bool {
    let words = sheet.words(row).trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    words.is_empty() || words.ends_with(':') || !ends_sentence(words)
}

/// Weighs the evidence: sentences that go on, or a long run of numbers fused to different words.
fn holds(sheet: &Sheet<'_>, blocks: &[Block], cited: &[usize]) -> bool {
    let going_on = cited.iter().filter(|&&block| goes_on(sheet, blocks, block)).count();
    let mut words: Vec<&str> = cited
        .iter()
        .filter_map(|&block| {
            let line = sheet.words(blocks[block].1).trim_end_matches(|c: char| c.is_ascii_digit());
            line.split_whitespace().next_back().filter(|_| !line.ends_with(char::is_whitespace))
        })
        .collect();
    let fused = words.len();
    words.sort_unstable();
    words.dedup();
    let differ = words.len() * 2 > fused;
    (going_on >= 2 && going_on * 3 >= cited.len())
        || (differ && going_on > 0 && fused == cited.len())
        || (differ && cited.len() >= 8 && fused * 10 >= cited.len() * 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_go_on_below_their_notes() {
        for (text, expected) in [
            (
                "The ferry1\n\nA log.\n\n, whose keeper2\n\nHe had two dogs.\n\nwas old, sank 3\n\nIn May.\n\n. So it was.\n",
                Some((3, 3)),
            ),
            (
                "The ferry1\n\nA log.\n\n, built in 19022\n\nIn May.\n\n, whose keeper3\n\nHe had two dogs.\n\nwas old.\n",
                Some((3, 3)),
            ),
            (
                "It had two names:1\n\nSee the log.\n\nthe ferry, and the other one:2\n\nThe boat.\n\nof which the second is older.3\n\nBy a year.\n\nSo it was.\n",
                Some((3, 2)),
            ),
            ("Chapter 1\n\nThe ferry sank.\n\nChapter 2\n\nIt rose.\n\nChapter 3\n\nIt sank.\n", None),
            ("Log1\n\nThe ferry.\n\nLog2\n\nThe mole.\n\nLog3\n\nThe rope.\n\nThe end.\n", None),
            ("The ferry1\n\nA log.\n\n, whose keeper was old.\n", None),
            ("", None),
        ] {
            let sheet = crate::readers::read_text(text);
            let found = find(&sheet, &Findings::new(&sheet));
            let counts = found.map(|found| (found.list.entries.len(), found.joins.len()));
            assert_eq!(counts, expected, "in {text:?}");
        }
    }
}
