//! Items of lists in a raw text: `- ebb`, `• ebb`, `2. flood`, `b) flood`.
//!
//! A sign alone proves nothing: a numbered item needs its neighbour, a hyphen or asterisk a second one like it.

use super::Lines;
use crate::source::Span;

/// The sign of an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    /// With the white space behind it.
    pub(super) span: Span,
    /// None for bullets.
    pub(super) number: Option<u64>,
    style: char,
    indent: u16,
}

const BULLETS: &[char] = &['-', '*', '•', '◦', '▪', '‣', '·', '+', '●', '○', '■', '□', '–'];

/// How many rows away the neighbour of a numbered item may stand.
const REACH: usize = 60;

/// Returns the sign of each row that is an item.
pub(super) fn find(lines: &Lines<'_>) -> Vec<Option<Sign>> {
    let signs: Vec<Option<Sign>> = (0..lines.rows.len()).map(|at| read(lines, at)).collect();
    (0..signs.len()).map(|at| signs[at].filter(|sign| is_item(&signs, at, sign, lines))).collect()
}

fn is_item(signs: &[Option<Sign>], at: usize, sign: &Sign, lines: &Lines<'_>) -> bool {
    let alike = |other: &Sign| other.style == sign.style && other.indent.abs_diff(sign.indent) <= 2;
    // A paragraph that is not set in ends a list, so numbered headings over paragraphs are no items.
    let parts = |at: usize| {
        let row = &lines.sheet.rows[lines.rows[at] as usize];
        signs[at].is_none() && row.gap > 0 && row.indent <= sign.indent
    };
    let near = |range: &mut dyn Iterator<Item = usize>, fits: &dyn Fn(&Sign) -> bool| {
        range
            .take(REACH)
            .take_while(|&at| !parts(at))
            .filter_map(|at| signs[at].as_ref())
            .filter(|other| alike(other))
            .take(4)
            .any(fits)
    };
    match sign.number {
        Some(number) => {
            near(&mut (at + 1..signs.len()), &|other| other.number == Some(number + 1))
                || near(&mut (0..at).rev(), &|other| other.number.is_some_and(|before| before + 1 == number))
        }
        None if matches!(sign.style, '•' | '◦' | '▪' | '‣' | '●' | '○' | '■') => true,
        None => {
            sign.indent > lines.sheet.measure.indent
                || near(&mut (at + 1..signs.len()), &|_| true)
                || near(&mut (0..at).rev(), &|_| true)
        }
    }
}

fn read(lines: &Lines<'_>, at: usize) -> Option<Sign> {
    let words = lines.words(at);
    let row = &lines.sheet.rows[lines.rows[at] as usize];
    let start = lines.starts[lines.rows[at] as usize];
    let first = words.chars().next()?;
    let (sign_length, number, style) = if BULLETS.contains(&first) {
        (first.len_utf8(), None, first)
    } else {
        let open = usize::from(first == '(');
        let inner = &words[open..];
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let (length, number) = match inner.as_bytes().first()? {
            _ if (1..=3).contains(&digits) => (digits, inner[..digits].parse().ok()?),
            letter @ b'a'..=b'z' => (1, u64::from(letter - b'a') + 1),
            _ => return None,
        };
        let close = inner[length..].chars().next().filter(|&c| c == ')' || (c == '.' && open == 0))?;
        let style = match (digits > 0, open > 0, close) {
            (true, false, '.') => '1',
            (true, ..) => ')',
            (false, ..) => 'a',
        };
        (open + length + 1, Some(number), style)
    };
    let rest = &words[sign_length..];
    let text = rest.trim_start();
    let span = Span { start, end: start + (words.len() - text.len()) as u32 };
    (text.len() < rest.len() && !text.is_empty()).then_some(Sign { span, number, style, indent: row.indent })
}
