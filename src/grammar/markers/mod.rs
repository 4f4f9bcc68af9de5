//! The signs in running text that may refer to a note: one file for each convention.
//!
//! A convention is data: how its sign is framed, and in which lists its notes stand. Adding one touches its file,
//! one line in [`CONVENTIONS`], and a case folder.

mod bracketed_letter;
mod bracketed_number;
mod caret_bracket;
mod caret_number;
mod circled_number;
mod closed_number;
mod dashed_name;
mod fused_number;
mod group;
mod lenticular_citation;
mod markdown_label;
mod named_number;
mod parenthesized_number;
mod power;
mod raised_number;
mod reference_mark;
mod subscript;
mod symbol;

#[cfg(test)]
pub(crate) use self::bracketed_number::BRACKETED_NUMBER;
pub(crate) use self::dashed_name::NOTE_KINDS;
pub(crate) use self::fused_number::FUSED_NUMBER;
pub(crate) use self::group::read_raised_group;
pub(crate) use self::named_number::NAMES;
pub(crate) use self::power::{is_power, may_be_power};
pub(crate) use self::raised_number::RAISED_NUMBER;
use serde::Deserialize;

use self::closed_number::is_inside_parentheses;
use self::power::{ends_with_operand, ends_with_variable};
use self::subscript::is_subscript;
use super::label::{Label, Labels};
use super::lists::Shape;

/// Every convention. Where two could read the same characters, the one that stands first does.
pub(crate) static CONVENTIONS: &[&Convention] = &[
    &markdown_label::MARKDOWN_LABEL,
    &caret_bracket::CARET_BRACKET,
    &bracketed_number::BRACKETED_NUMBER,
    &named_number::NAMED_NUMBER,
    &dashed_name::DASHED_NAME,
    &lenticular_citation::LENTICULAR_CITATION,
    &bracketed_letter::BRACKETED_LETTER,
    &raised_number::RAISED_NUMBER,
    &caret_number::CARET_NUMBER,
    &circled_number::CIRCLED_NUMBER,
    &reference_mark::REFERENCE_MARK,
    &parenthesized_number::PARENTHESIZED_NUMBER,
    &closed_number::CLOSED_NUMBER,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Before {
    /// The end of a word or of its punctuation.
    Word,
    /// The end of a word, or white space after it.
    #[default]
    WordOrSpace,
    /// The same, but no unit of length, which has powers of its own.
    NoUnit,
    /// The same, but no number of a clause, which has parts of its own: `12(b)(2)`.
    NoClause,
    /// The same, but no variable, whose raised number is a power: `x^2`, `10^6`, `O(ns^2)`.
    NoPower,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Tie {
    /// The list may be an ordinary one: order and number of the signs must speak for it.
    Loose,
    /// The sign is unusual enough, and such lists are usual for it.
    Usual,
    /// Sign and entry look the same.
    #[default]
    Same,
    /// Nothing but a note looks like that.
    Proof,
}

impl Convention {
    /// Shows what its signs look like.
    #[cfg(feature = "cli")]
    pub(crate) fn sample(&self) -> String {
        let samples = self.frames.iter().map(|frame| {
            let before = if frame.before == Before::WordOrSpace { "word " } else { "word" };
            format!("{before}{}{}{}", frame.open, frame.labels.sample(), frame.close)
        });
        let samples: Vec<String> = samples.collect();
        if samples.is_empty() { "word1".to_owned() } else { samples.join(", ") }
    }
}

impl Frame {
    /// Reads the sign at the start of `text`, which follows `before` on its row.
    pub(crate) fn read(&self, before: &str, text: &str) -> Option<(Label, usize)> {
        let inner = text.strip_prefix(self.open)?;
        let (label, length) = self.labels.read(inner)?;
        let rest = inner[length..].strip_prefix(self.close)?;
        let closes_emphasis = label.is_symbol() && opens_emphasis(before, &inner[..length]);
        let begins_word = !self.open.is_empty() && begins_word(before, rest);
        if self.open == "[" && is_subscript(before, rest) {
            return None;
        }
        if self.open.is_empty() && self.close == ")" && is_inside_parentheses(before) {
            return None;
        }
        let is_element = before.ends_with("()") && self.before != Before::NoPower && !ends_clause(rest);
        if is_element {
            return None; // `stack()[2] = 4` is code
        }
        let ends = self.after.allows(rest) || self.reads_next(&label, rest);
        let fits = self.before.allows(before) && ends && !closes_emphasis && !begins_word;
        fits.then_some((label, text.len() - rest.len()))
    }

    /// Tells whether the sign of the next number stands at the start of `text`: `(1)(2)`.
    fn reads_next(&self, label: &Label, text: &str) -> bool {
        let next = text.strip_prefix(self.open).filter(|_| !self.open.is_empty());
        let next = next.and_then(|inner| {
            self.labels.read(inner).filter(|(_, length)| inner[*length..].starts_with(self.close))
        });
        next.is_some_and(|(next, _)| next.follows(label))
    }
}

/// Tells whether a sign stands open in the text before: `a *loud` before the `*` that closes it.
fn opens_emphasis(before: &str, sign: &str) -> bool {
    let Some(at) = before.rfind(sign) else { return false };
    let glued_before = before[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let glued_after = before[at + sign.len()..].chars().next().is_some_and(|c| !c.is_whitespace());
    !glued_before && glued_after
}

/// Tells whether a clause or sentence ends here: at its punctuation and white space.
fn ends_clause(rest: &str) -> bool {
    rest.strip_prefix(['.', ',', ';', ':', '!', '?'])
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Tells whether a bracket stands before a word and after none: `the [4]harbour`, `“[1]ait”`.
fn begins_word(before: &str, rest: &str) -> bool {
    let free = before.chars().next_back().is_none_or(|c| c.is_whitespace() || "(“‘„«\"'—–".contains(c));
    free && rest.starts_with(|c: char| c.is_alphabetic() && (c as u32) < 0x2E80)
}

impl Before {
    fn allows(self, before: &str) -> bool {
        let Some(last) = before.chars().next_back() else {
            return matches!(self, Self::WordOrSpace | Self::NoUnit | Self::NoClause | Self::NoPower);
        };
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
            Self::NoUnit => !ends_with_operand(before) && Self::WordOrSpace.allows(before),
            Self::NoPower => !ends_with_variable(before) && follows_word(last),
            Self::NoClause => !ends_with_clause(before) && Self::WordOrSpace.allows(before),
            Self::WordOrSpace => follows_word(last),
        }
    }
}

/// Tells whether a sign after this character could be one: it is no operator and no sigil.
fn follows_word(last: char) -> bool {
    !matches!(last, '=' | '+' | '-' | '<' | '$' | '#' | '@')
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

/// Reads every sign of one convention in a line, to compare with examples.
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
