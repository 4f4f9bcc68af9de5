//! The list of addresses that a text browser prints below the article.
//!
//! ```text
//! References
//!
//!    1. https://harbour.example/mole
//!    2. mailto:keeper@harbour.example
//! ```
//!
//! lynx, links and elinks number it `1.`, w3m `[1]`; elinks prints the title of a link, if it has one, and the address
//! on the row below. Left alone: lists whose rows say more than an address.

use std::ops::RangeInclusive;

use crate::findings::{Findings, Place};
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

/// Headings over such a list and between its parts, in lower case without final punctuation.
const HEADINGS: &[&str] = &["references", "links", "visible links", "hidden links", "urls"];

const SCHEMES: &[&str] = &[
    "http://",
    "https://",
    "ftp://",
    "file://",
    "gopher://",
    "gemini://",
    "mailto:",
    "news:",
    "tel:",
    "irc://",
    "javascript:",
];

/// One address of the list.
#[derive(Clone, Debug)]
pub(super) struct Address {
    pub(super) number: u32,
    pub(super) row: RowId,
    /// The number with its signs and the white space behind it.
    pub(super) sign: Span,
    pub(super) url: Span,
    /// The address stands on the row below, after the title of the link.
    titled: bool,
}

impl Address {
    pub(super) fn at(number: u32, row: RowId, sign: Span, url: Span) -> Self {
        Self { number, row, sign, url, titled: false }
    }

    /// Returns its rows.
    pub(super) fn rows(&self) -> RangeInclusive<RowId> {
        self.row..=self.row + RowId::from(self.titled)
    }
}

/// The list, with the headings over and in it.
#[derive(Debug, Default)]
pub(super) struct AddressList {
    /// Their numbers rise.
    pub(super) addresses: Vec<Address>,
    /// In the order of the text.
    pub(super) headings: Vec<RowId>,
}

impl AddressList {
    pub(super) fn first_row(&self) -> RowId {
        self.addresses.first().map_or(0, |address| address.row)
    }

    /// Returns the address with a number.
    pub(super) fn numbered(&self, number: u32) -> Option<usize> {
        self.addresses.binary_search_by_key(&number, |address| address.number).ok()
    }
}

/// Finds the last list of addresses in the body.
pub(super) fn find(sheet: &Sheet<'_>, findings: &Findings) -> Option<AddressList> {
    let mut list = AddressList::default();
    let mut body = findings.rows_in(Place::Body).rev().peekable();
    while let Some(row) = body.next() {
        let line = sheet.words(row);
        let number = list.addresses.last().map_or(u32::MAX, |address: &Address| address.number);
        let titled =
            || body.peek().filter(|&&above| above + 1 == row).and_then(|&above| titled(sheet, above));
        if let Some(address) = read(sheet, row).or_else(titled).filter(|address| address.number < number) {
            if address.titled {
                body.next();
            }
            list.addresses.push(address);
        } else if !list.addresses.is_empty() {
            if !is_heading(line) {
                break;
            }
            list.headings.push(row);
        }
    }
    list.addresses.reverse();
    list.headings.reverse();
    (!list.addresses.is_empty()).then_some(list)
}

fn is_heading(line: &str) -> bool {
    HEADINGS.contains(&line.trim_end_matches(':').to_lowercase().as_str())
}

/// Reads a row that is a number and an address.
fn read(sheet: &Sheet<'_>, row: RowId) -> Option<Address> {
    let (number, length) = number(sheet.words(row))?;
    let span = sheet.rows[row as usize].span;
    let at = span.start + length as u32;
    let url = Span { start: at, end: span.end };
    let sign = Span { start: span.start, end: at };
    is_address(url.of(&sheet.text)).then(|| Address::at(number, row, sign, url))
}

/// Reads a row that is a number and the title of a link, with the address set in on the row below.
fn titled(sheet: &Sheet<'_>, row: RowId) -> Option<Address> {
    let (number, _) = number(sheet.words(row))?;
    let [above, below] = [&sheet.rows[row as usize], &sheet.rows[row as usize + 1]];
    let is_set_in = below.gap == 0 && below.indent > above.indent;
    let sign = Span { start: above.span.start, end: below.span.start };
    (is_set_in && is_address(below.span.of(&sheet.text)))
        .then(|| Address { titled: true, ..Address::at(number, row, sign, below.span) })
}

/// Reads the number that a row begins with; returns its length with the signs and white space around it.
fn number(line: &str) -> Option<(u32, usize)> {
    let inner = line.strip_prefix('[').unwrap_or(line);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let close = if inner.len() < line.len() { &["]:", "]"][..] } else { &[".", ")"][..] };
    let rest = close.iter().find_map(|close| inner[digits..].strip_prefix(close))?;
    let words = rest.trim_start();
    let number = (1..=5).contains(&digits).then(|| inner[..digits].parse().ok())??;
    (words.len() < rest.len()).then_some((number, line.len() - words.len()))
}

fn is_address(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    !text.contains(char::is_whitespace)
        && SCHEMES.iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::read_text;

    #[test]
    fn finds_lists_of_nothing_but_addresses() {
        for (text, numbers, headings) in [
            ("A ferry.\n\nReferences\n\n  1. https://a.example/x\n  2. mailto:b@a.example\n", vec![1, 2], 1),
            ("A ferry.\n\n[7] http://a.example\n[8] http://b.example\n", vec![7, 8], 0),
            (
                "References\n\n Visible links:\n 1. http://a.example\n Hidden links:\n 2. http://b.example\n",
                vec![1, 2],
                3,
            ),
            ("References\n\n 1. The log\n\thttps://a.example\n 2. http://b.example\n", vec![1, 2], 1),
            ("1. https://a.example said so\n", vec![], 0),
            ("1. The ferry\n2. The mole\n", vec![], 0),
            ("1.https://a.example\n", vec![], 0),
            ("", vec![], 0),
        ] {
            let sheet = read_text(text);
            let list = find(&sheet, &Findings::new(&sheet)).unwrap_or_default();
            let found: Vec<u32> = list.addresses.iter().map(|address| address.number).collect();
            assert_eq!((found, list.headings.len()), (numbers, headings), "in {text:?}");
        }
    }
}
