//! `[1]`: a number in square brackets after the word it belongs to.
//!
//! > The harbour was rebuilt[2] by Iona Vale [3], who had seen
//!
//! Reader services print links this way, and so does Wikipedia's plain text.
//! Left alone: `[sic]`, `stack()[2]` in code, `[2](url)` (a link), `[1987]` unless a note has that number.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::{
    BRACKETED_ENTRY, CARET_ENTRY, CLOSED_ENTRY, DOTTED_ENTRY, FOOTNOTE_BLOCK, POINTED_ENTRY, SPACED_ENTRY,
    UNSIGNED_ENTRY,
};

pub(crate) static BRACKETED_NUMBER: Convention = Convention {
    name: "bracketed-number",
    frames: &[
        Frame {
            open: "[",
            labels: Labels::Digits,
            close: "]",
            before: Before::WordOrSpace,
            after: After::Not(&['(']),
        },
        Frame {
            open: "［",
            labels: Labels::Digits,
            close: "］",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
        Frame {
            open: "〔",
            labels: Labels::Digits,
            close: "〕",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
    ],
    lists: &[
        (&CARET_ENTRY, Tie::Proof),
        (&BRACKETED_ENTRY, Tie::Same),
        (&FOOTNOTE_BLOCK, Tie::Proof),
        (&DOTTED_ENTRY, Tie::Loose),
        (&CLOSED_ENTRY, Tie::Loose),
        (&SPACED_ENTRY, Tie::Loose),
        (&UNSIGNED_ENTRY, Tie::Loose),
        (&POINTED_ENTRY, Tie::Usual),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_numbers_and_leaves_the_rest() {
        for (text, expected) in [
            ("was rebuilt[2] by", vec!["[2]"]),
            ("Iona Vale [3], who", vec!["[3]"]),
            ("mill.”[2][3] Then", vec!["[2]", "[3]"]),
            ("磨坊［１２］。", vec!["［１２］"]),
            ("he wrote [sic] twice", vec![]),
            ("see [2](https://harbour.example)", vec![]),
            ("call stack()[2] returns", vec![]),
            ("[Psal. 4. 2] and [33, 41]", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(signs(&BRACKETED_NUMBER, text), expected, "in {text:?}");
        }
    }
}
