//! Several signs in one frame:
//!
//! > as the keepers wrote [2, 5], and others after them [7–9]
//!
//! Only numbers between brackets, or raised by markup, are read this way. Left alone: a group of which one number has no note.

use super::Frame;
use crate::grammar::{Label, Labels};

/// A range of more notes than this is none.
const LONGEST_RANGE: u32 = 20;

impl Frame {
    /// Reads several signs in one frame at the start of `text`; returns their labels and the length of the whole.
    pub(crate) fn read_group(&self, before: &str, text: &str) -> Option<(Vec<Label>, usize)> {
        if self.labels != Labels::Digits || self.open.is_empty() || self.close.is_empty() {
            return None;
        }
        let mut rest = text.strip_prefix(self.open)?;
        let labels = read_numbers(&mut rest, |rest| rest.starts_with(self.close))?;
        rest = rest.strip_prefix(self.close)?;
        let fits = self.before.allows(before) && self.after.allows(rest) && labels.len() > 1;
        fits.then(|| (labels, text.len() - rest.len()))
    }
}

/// Reads several numbers that markup raises together: `2,3`.
pub(crate) fn read_raised_group(mut text: &str) -> Option<Vec<Label>> {
    read_numbers(&mut text, str::is_empty).filter(|labels| labels.len() > 1)
}

/// Reads rising numbers with signs between them up to where they end; a range stands for all numbers in it.
fn read_numbers(rest: &mut &str, is_end: impl Fn(&str) -> bool) -> Option<Vec<Label>> {
    let mut numbers = vec![read_number(rest)?];
    while !is_end(rest) {
        let is_range = rest.starts_with(['-', '–']);
        *rest = rest.strip_prefix([',', ';', '，', '、', '-', '–'])?.trim_start_matches(' ');
        let (last, next) = (*numbers.last()?, read_number(rest)?);
        match next.checked_sub(last) {
            Some(0) | None => return None,
            Some(count) if is_range && count > LONGEST_RANGE => return None,
            Some(_) if is_range => numbers.extend(last + 1..=next),
            Some(_) => numbers.push(next),
        }
    }
    Some(numbers.into_iter().map(Label::Number).collect())
}

fn read_number(rest: &mut &str) -> Option<u32> {
    let (label, length) = Labels::Digits.read(rest)?;
    *rest = &rest[length..];
    match label {
        Label::Number(number) => Some(number),
        Label::Sign(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::BRACKETED_NUMBER;

    #[test]
    fn numbers_in_one_frame_are_several_signs() {
        for (text, expected) in [
            ("[2, 5] and", Some((vec![2, 5], 6))),
            ("[1,2,3].", Some((vec![1, 2, 3], 7))),
            ("[7–9]", Some((vec![7, 8, 9], 7))),
            ("[1, 3-5; 9]", Some((vec![1, 3, 4, 5, 9], 11))),
            ("［１，２］", Some((vec![1, 2], 15))),
            ("[5, 2]", None),
            ("[2, 2]", None),
            ("[1-90]", None),
            ("[1, b]", None),
            ("[1 2]", None),
            ("[1, 2](there)", None),
            ("[1, 2", None),
            ("[1]", None),
        ] {
            let expected = expected.map(|(numbers, length)| {
                (numbers.into_iter().map(Label::Number).collect::<Vec<_>>(), length)
            });
            let found = BRACKETED_NUMBER.frames.iter().find_map(|frame| frame.read_group("wrote ", text));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn raised_numbers_are_several_signs_too() {
        for (text, expected) in [
            ("2,3", Some(vec![2, 3])),
            ("4–6", Some(vec![4, 5, 6])),
            ("1, 7-8", Some(vec![1, 7, 8])),
            ("2", None),
            ("3,2", None),
            ("2,3 m", None),
            ("", None),
        ] {
            let expected = expected.map(|numbers| numbers.into_iter().map(Label::Number).collect::<Vec<_>>());
            assert_eq!(read_raised_group(text), expected, "{text:?}");
        }
    }
}
