//! The numbers that a text browser prints before the words of a link.
//!
//! > see the [4]harbour plan for the mole
//!
//! They rise through the text, each stands there once, and something follows it. Left alone: `a[1] = 2`, `[4] feet`,
//! `[sic]`, and numbers of a list that stand after their word, as in `mill[4], which`.

use super::list::AddressList;
use crate::findings::{Findings, Place, Shape};
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

/// The number before the words of a link.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    /// The index of its address in the list.
    pub(super) address: usize,
    /// From bracket to bracket; a row may end between them.
    pub(super) span: Span,
    /// Something other than space or the end of a clause follows it.
    pub(super) is_glued: bool,
    /// Where the words of the link begin.
    pub(super) words: u32,
    /// Nothing but space or an opening bracket stands before it.
    pub(super) stands_free: bool,
    /// Its row begins with it, or with the sign of a list and it.
    pub(super) begins_block: bool,
}

/// Finds the signs of a list: of all that could be, the longest row of rising numbers.
pub(super) fn find(sheet: &Sheet<'_>, findings: &Findings, list: &AddressList) -> Vec<Sign> {
    let rows = findings.rows_in(Place::Body).take_while(|&row| row < list.first_row());
    let signs = scan(sheet, findings, rows, |number| list.numbered(number));
    longest_rise(signs.into_iter().filter(|sign| sign.is_glued).collect())
}

/// Reads every number in brackets in these rows, but not in code; `address` finds its address.
pub(super) fn scan(
    sheet: &Sheet<'_>,
    findings: &Findings,
    rows: impl Iterator<Item = RowId>,
    address: impl Fn(u32) -> Option<usize>,
) -> Vec<Sign> {
    let mut signs = Vec::new();
    for row in rows {
        if findings.shapes[row as usize] == Shape::Code {
            continue;
        }
        let span = sheet.rows[row as usize].span;
        let bytes = &sheet.text.as_bytes()[span.range()];
        for at in memchr::memchr_iter(b'[', bytes) {
            signs.extend(read(sheet, &address, row, span.start as usize + at));
        }
    }
    signs
}

/// Reads the sign whose bracket stands at a byte of a row.
fn read(sheet: &Sheet<'_>, address: impl Fn(u32) -> Option<usize>, row: RowId, start: usize) -> Option<Sign> {
    let mut reading = Reading { sheet, row, at: start + 1 };
    let mut number = 0_u32;
    let mut digits = 0;
    while let Some(digit) = reading.peek()?.to_digit(10).filter(|_| digits < 5) {
        number = number * 10 + digit;
        digits += 1;
        reading.at += 1;
    }
    if digits == 0 || reading.peek()? != ']' {
        return None;
    }
    let address = address(number)?;
    let end = reading.at + 1;
    reading.at = end;
    let next = reading.peek();
    let is_glued = next.is_some_and(|c| !c.is_whitespace() && !".,;:!?)]}”’»(".contains(c));
    let before = sheet.text[..start].chars().next_back();
    let stands_free = before.is_none_or(|c| {
        c.is_whitespace() || "([{“‘«\"'—–/".contains(c) || !(c.is_ascii() || c.is_alphanumeric())
    }) || next.is_some_and(|c| "^[↩⤴↑\u{FFFD}".contains(c))
        || before.is_some_and(|c| c as u32 >= 0x2E80);
    let words = reading.at as u32;
    let row_start = sheet.rows[row as usize].span.start as usize;
    let begins_block = sheet.text[row_start..start].chars().all(|c| !c.is_alphanumeric() || c == 'o')
        && start - row_start <= 4;
    Some(Sign { address, span: Span::new(start, end), is_glued, words, stands_free, begins_block })
}

/// A place in the running text of a paragraph.
struct Reading<'r> {
    sheet: &'r Sheet<'r>,
    row: RowId,
    at: usize,
}

impl Reading<'_> {
    /// Returns the next character; at the end of a row that of the next one, if it is of the same paragraph.
    fn peek(&mut self) -> Option<char> {
        if self.at == self.sheet.rows[self.row as usize].span.end as usize {
            let next = self.sheet.rows.get(self.row as usize + 1).filter(|next| next.gap == 0)?;
            self.row += 1;
            self.at = next.span.start as usize;
        }
        self.sheet.text[self.at..].chars().next()
    }
}

/// Returns the longest subsequence whose numbers rise, in time linear but for a logarithm.
fn longest_rise(signs: Vec<Sign>) -> Vec<Sign> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; signs.len()];
    for (at, sign) in signs.iter().enumerate() {
        let length = tails.partition_point(|&tail| signs[tail].address < sign.address);
        before[at] = length.checked_sub(1).map(|last| tails[last]);
        // Of two signs with one number the first stays, if it is as good.
        match tails.get_mut(length) {
            Some(tail) if signs[*tail].address == sign.address => {
                if sign.stands_free && !signs[*tail].stands_free {
                    *tail = at;
                }
            }
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut kept = vec![false; signs.len()];
    let mut next = tails.last().copied();
    while let Some(at) = next {
        kept[at] = true;
        next = before[at];
    }
    signs.into_iter().zip(kept).filter_map(|(sign, kept)| kept.then_some(sign)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::read_text;

    #[test]
    fn finds_rising_numbers_before_words() {
        for (text, expected) in [
            ("the [1]mole and ([2]the keeper)", vec!["[1]", "[2]"]),
            ("the mole, built.[1]^1 Then [2]rain", vec!["[1]", "[2]"]),
            ("a long address[1\n2]moved", vec!["[1\n2]"]),
            ("港口[1]文書", vec!["[1]"]),
            ("see [1]\nhttps://a.example/x", vec!["[1]"]),
            ("the [2]mole, [1]then, [2]now", vec!["[1]", "[2]"]),
            ("the mill[1], which [2] stood", vec![]),
            ("x = a[1] + a[2]", vec![]),
            ("[7]nothing has that number", vec![]),
            ("", vec![]),
        ] {
            let list = "\n\n1. http://a.example\n2. http://b.example\n12. http://c.example\n";
            let text = format!("{text}{list}");
            let sheet = read_text(&text);
            let findings = Findings::new(&sheet);
            let list = super::super::list::find(&sheet, &findings).expect("a list");
            let found = find(&sheet, &findings, &list);
            let found: Vec<&str> = found.iter().map(|sign| sign.span.of(&text)).collect();
            assert_eq!(found, expected, "in {text:?}");
        }
    }
}
