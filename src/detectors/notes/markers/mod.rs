//! The signs in running text that may refer to a note: one file for each convention, one scan for all of them.
//!
//! A convention is data: how its sign is framed, and in which lists its notes stand. Adding one touches its file,
//! one line in [`CONVENTIONS`], and a case folder.

mod bracketed_letter;
mod bracketed_number;
mod caret_bracket;
mod caret_number;
mod circled_number;
mod fused_number;
mod lenticular_citation;
mod markdown_label;
mod named_number;
mod parenthesized_number;
mod raised_number;
mod reference_mark;
mod symbol;

pub(crate) use self::named_number::NAMES;
use super::label::{Label, Labels};
use super::lists::Shape;
use crate::findings::{Findings, Place, Shape as RowShape};
use crate::sheet::{Mark, RowId, Sheet};
use crate::source::Span;

/// Every convention. Where two could read the same characters, the one that stands first does.
pub(crate) static CONVENTIONS: &[&Convention] = &[
    &markdown_label::MARKDOWN_LABEL,
    &caret_bracket::CARET_BRACKET,
    &bracketed_number::BRACKETED_NUMBER,
    &named_number::NAMED_NUMBER,
    &lenticular_citation::LENTICULAR_CITATION,
    &bracketed_letter::BRACKETED_LETTER,
    &raised_number::RAISED_NUMBER,
    &caret_number::CARET_NUMBER,
    &circled_number::CIRCLED_NUMBER,
    &reference_mark::REFERENCE_MARK,
    &parenthesized_number::PARENTHESIZED_NUMBER,
    &symbol::SYMBOL,
    &fused_number::FUSED_NUMBER,
];

/// One way to refer to notes.
#[derive(Debug)]
pub(crate) struct Convention {
    /// Stable name, used in the ledger and in `docs/conventions.md`.
    pub(crate) name: &'static str,
    /// How the sign is printed; the first frame that reads it counts.
    pub(crate) frames: &'static [Frame],
    /// In which lists its notes may stand, and how much that proves.
    pub(crate) lists: &'static [(&'static Shape, Tie)],
}

/// How a sign is printed.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) open: &'static str,
    pub(crate) labels: Labels,
    pub(crate) close: &'static str,
    pub(crate) before: Before,
    pub(crate) after: After,
}

/// What may stand before a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// The end of a word or of its punctuation.
    Word,
    /// The end of a word, or white space after it.
    WordOrSpace,
    /// The same, but no unit of length, which has powers of its own.
    NoUnit,
    /// The same, but no number of a clause, which has parts of its own: `12(b)(2)`.
    NoClause,
    /// A letter, or the punctuation after a word.
    Letter,
}

/// What may stand after a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// Anything but these characters: before them it is something else.
    Not(&'static [char]),
    /// White space, punctuation, or the end of the row.
    WordEnd,
}

/// How much it proves that a sign has its like in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tie {
    /// The list may be an ordinary one: order and number of the signs must speak for it.
    Loose,
    /// The sign is unusual enough, and such lists are usual for it.
    Usual,
    /// Sign and entry look the same.
    Same,
    /// Nothing but a note looks like that.
    Proof,
}

/// A sign in running text that may refer to a note.
#[derive(Clone, Debug)]
pub(crate) struct Marker {
    /// Which of [`CONVENTIONS`] reads it.
    pub(crate) convention: usize,
    pub(crate) label: Label,
    /// The sign, with the white space before it.
    pub(crate) span: Span,
    /// The sign alone.
    pub(crate) sign: Span,
    pub(crate) row: RowId,
    /// Nothing stands before it on its row.
    pub(crate) leads: bool,
}

/// Finds every sign that may be a marker, in the order of the text.
pub(crate) fn scan(sheet: &Sheet<'_>, findings: &Findings) -> Vec<Marker> {
    let first_bytes = first_bytes();
    let mut markers = Vec::new();
    let mut code_end = 0;
    let mut code = sheet.runs.iter().filter(|run| hides_markers(&run.mark)).peekable();
    let mut claimed: Vec<Span> = findings.claims.iter().map(|claim| claim.span).collect();
    claimed.sort_unstable();
    let mut claimed = claimed.into_iter().peekable();
    for (row, place) in findings.places.iter().enumerate() {
        if matches!(place, Place::Gone | Place::Outside(_)) || findings.shapes[row] == RowShape::Code {
            continue;
        }
        let span = sheet.rows[row].span;
        let bytes = &sheet.text.as_bytes()[span.range()];
        let mut at = 0;
        while at < bytes.len() {
            if !first_bytes[usize::from(bytes[at])] {
                at += 1;
                continue;
            }
            let offset = span.start + at as u32;
            while let Some(run) = code.next_if(|run| run.span.end <= offset) {
                code_end = run.span.end;
            }
            while claimed.next_if(|claim| claim.end <= offset).is_some() {}
            let hidden = code.peek().is_some_and(|run| run.span.start <= offset)
                || claimed.peek().is_some_and(|claim| claim.start <= offset);
            match read_at(sheet, row as RowId, at, code_end == offset).filter(|_| !hidden) {
                Some(marker) => {
                    at = (marker.span.end - span.start) as usize;
                    markers.push(marker);
                }
                None => at += 1,
            }
        }
    }
    add_raised(sheet, findings, &mut markers);
    markers
}

/// Adds the numbers and symbols that markup raises: `<sup>1</sup>` is what `¹` is in raw text.
fn add_raised(sheet: &Sheet<'_>, findings: &Findings, markers: &mut Vec<Marker>) {
    const LABELS: &[Labels] = &[Labels::Digits, Labels::Symbol];
    let Some(convention) =
        CONVENTIONS.iter().position(|known| known.name == raised_number::RAISED_NUMBER.name)
    else {
        return;
    };
    if sheet.page().is_none() {
        return;
    }
    let mut raised: Vec<Marker> = Vec::new();
    for run in sheet.runs.iter().filter(|run| run.mark == Mark::Superscript) {
        let words = run.span.of(&sheet.text);
        let row = sheet.row_at(run.span.start);
        let label =
            LABELS.iter().find_map(|labels| labels.read(words)).filter(|(_, length)| *length == words.len());
        let Some((label, _)) = label.filter(|_| findings.places[row as usize] == Place::Body) else {
            continue;
        };
        let before = &sheet.text[sheet.rows[row as usize].span.start as usize..run.span.start as usize];
        if is_power(before, words) {
            continue;
        }
        let space = before.len() - before.trim_end().len();
        let span = Span { start: run.span.start - space as u32, end: run.span.end };
        let leads = before.trim_end().is_empty();
        raised.push(Marker { convention, label, span, sign: run.span, row, leads });
    }
    markers.retain(|known| {
        let next = raised.partition_point(|one| one.span.end <= known.span.start);
        raised.get(next).is_none_or(|one| known.span.end <= one.span.start)
    });
    markers.append(&mut raised);
    markers.sort_by_key(|marker| marker.span.start);
}

/// Tells whether a raised number makes the word before it a measure or a formula: m², 10⁶, x².
fn is_power(before: &str, raised: &str) -> bool {
    const UNITS: &[&str] =
        &["m", "km", "cm", "mm", "dm", "µm", "nm", "ft", "yd", "mi", "in", "sq", "s", "м", "км", "см"];
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_variable = word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && word != "I";
    word == "10"
        || (matches!(raised, "2" | "3") && UNITS.contains(&word))
        || (raised.len() == 1 && is_variable)
}

fn hides_markers(mark: &Mark) -> bool {
    matches!(
        mark,
        Mark::Code
            | Mark::Math { .. }
            | Mark::Link { .. }
            | Mark::Wikilink(_)
            | Mark::Image { .. }
            | Mark::Reference(_)
            | Mark::Html
    )
}

/// The bytes that a sign can begin with.
fn first_bytes() -> [bool; 256] {
    let mut first = [false; 256];
    for frame in CONVENTIONS.iter().flat_map(|convention| convention.frames) {
        match (frame.open.as_bytes().first(), frame.labels) {
            (Some(&byte), _) => first[usize::from(byte)] = true,
            (None, Labels::RaisedDigits) => first[0xC2] = true,
            (None, _) => first[usize::from(b'*')] = true,
        }
    }
    first[0xC2] = true;
    first[0xE2] = true;
    first
}

fn read_at(sheet: &Sheet<'_>, row: RowId, at: usize, after_code: bool) -> Option<Marker> {
    let span = sheet.rows[row as usize].span;
    let line = span.of(&sheet.text);
    if !line.is_char_boundary(at) {
        return None;
    }
    let (before, text) = line.split_at(at);
    CONVENTIONS.iter().enumerate().find_map(|(convention, definition)| {
        definition.frames.iter().find_map(|frame| {
            // What is marked as code is one word, whatever its signs mean.
            let (label, length) = frame.read(if after_code { "`" } else { before }, text)?;
            let space = before.len() - before.trim_end().len();
            let start = span.start as usize + at;
            Some(Marker {
                convention,
                label,
                span: Span::new(start - space, start + length),
                sign: Span::new(start, start + length),
                row,
                leads: before.trim_end().is_empty(),
            })
        })
    })
}

impl Frame {
    /// Reads the sign at the start of `text`, which follows `before` on its row.
    pub(crate) fn read(&self, before: &str, text: &str) -> Option<(Label, usize)> {
        let inner = text.strip_prefix(self.open)?;
        let (label, length) = self.labels.read(inner)?;
        let rest = inner[length..].strip_prefix(self.close)?;
        let closes_emphasis = label.is_symbol() && opens_emphasis(before, &inner[..length]);
        let begins_word = !self.open.is_empty() && begins_word(before, rest);
        let fits = self.before.allows(before) && self.after.allows(rest) && !closes_emphasis && !begins_word;
        fits.then_some((label, text.len() - rest.len()))
    }
}

/// Tells whether a sign stands open in the text before: `a *loud` before the `*` that closes it.
fn opens_emphasis(before: &str, sign: &str) -> bool {
    let Some(at) = before.rfind(sign) else { return false };
    let glued_before = before[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let glued_after = before[at + sign.len()..].chars().next().is_some_and(|c| !c.is_whitespace());
    !glued_before && glued_after
}

/// Tells whether a bracket stands before a word and after none: `the [4]harbour`, `“[1]ait”`.
fn begins_word(before: &str, rest: &str) -> bool {
    let free = before.chars().next_back().is_none_or(|c| c.is_whitespace() || "(“‘„«\"'—–".contains(c));
    free && rest.starts_with(|c: char| c.is_alphabetic() && (c as u32) < 0x2E80)
}

impl Before {
    fn allows(self, before: &str) -> bool {
        let Some(last) = before.chars().next_back() else {
            return matches!(self, Self::WordOrSpace | Self::NoUnit | Self::NoClause);
        };
        if before.ends_with("()") {
            return false; // `stack()[2]` is code
        }
        match self {
            Self::Word => {
                !last.is_whitespace() && !matches!(last, '(' | '[' | '{' | '/' | '\\' | '=' | '+' | '<')
            }
            Self::Letter => {
                // A straight quote may open as well as close: it closes only after something.
                let closes = |quote: char| {
                    before
                        .strip_suffix(quote)
                        .is_some_and(|word| !word.ends_with(char::is_whitespace) && !word.is_empty())
                };
                last.is_alphabetic()
                    || matches!(last, ',' | '.' | ';' | ':' | '!' | '?' | '”' | '’' | ')' | '»')
                    || (matches!(last, '"' | '\'') && closes(last))
            }
            Self::NoUnit => !ends_with_unit(before) && Self::WordOrSpace.allows(before),
            Self::NoClause => !ends_with_clause(before) && Self::WordOrSpace.allows(before),
            Self::WordOrSpace => !matches!(last, '=' | '+' | '-' | '<' | '$' | '#' | '@'),
        }
    }
}

/// Tells whether a text ends with a unit of length or time after a number: the raised digit behind it is a power.
fn ends_with_unit(before: &str) -> bool {
    const UNITS: &[&str] =
        &["m", "km", "cm", "mm", "dm", "nm", "µm", "ft", "in", "mi", "yd", "s", "м", "км", "см"];
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let number = before[..before.len() - word.len()].trim_end();
    UNITS.contains(&word)
        && number.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾' | '/'))
}

/// Tells whether a text ends with the number of a clause: `12(b)`, `§ 44`.
fn ends_with_clause(before: &str) -> bool {
    let part = |text: &str| {
        let open = text.strip_suffix(')')?.rfind('(')?;
        let inner = &text[open + 1..text.len() - 1];
        (inner.len() <= 4 && inner.chars().all(char::is_alphanumeric)).then_some(open)
    };
    let mut number = before;
    while let Some(open) = part(number) {
        number = &number[..open];
    }
    let above = number.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let has_letter = before[number.len()..].contains(char::is_alphabetic);
    above.len() < number.len() && (has_letter || above.trim_end().ends_with('§'))
}

impl After {
    fn allows(self, rest: &str) -> bool {
        match self {
            Self::Not(characters) => !rest.starts_with(characters),
            Self::WordEnd => rest.chars().next().is_none_or(|c| {
                c.is_whitespace()
                    || matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '”' | '’' | '»' | '—' | '–')
            }),
        }
    }
}

/// Reads every sign of one convention in a line; for the tables in its file.
#[cfg(test)]
pub(crate) fn signs(convention: &Convention, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let read = text
            .is_char_boundary(at)
            .then(|| convention.frames.iter().find_map(|frame| frame.read(&text[..at], &text[at..])));
        match read.flatten() {
            Some((_, length)) => {
                found.push(text[at..at + length].to_owned());
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_convention_has_a_name_of_its_own_and_a_list() {
        let mut names: Vec<_> = CONVENTIONS.iter().map(|convention| convention.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), CONVENTIONS.len());
        assert!(
            CONVENTIONS.iter().all(|convention| convention.frames.is_empty() || !convention.lists.is_empty())
        );
    }
}
