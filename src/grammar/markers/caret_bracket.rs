//! `^[1]`: a raised number in square brackets, as text browsers print it.
//!
//! > The keeper^[1] had no lamp.
//!
//! Left alone: `^[an inline note]` of Markdown, `x^[2]` in formulas without a list.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::{
    BRACKETED_ENTRY, CARET_ENTRY, CLOSED_ENTRY, DOTTED_ENTRY, POINTED_ENTRY, UNSIGNED_ENTRY,
};

pub(crate) static CARET_BRACKET: Convention = Convention {
    name: "caret-bracket",
    frames: &[Frame {
        open: "^[",
        labels: Labels::Digits,
        close: "]",
        before: Before::WordOrSpace,
        after: After::Not(&['(']),
    }],
    lists: &[
        (&CARET_ENTRY, Tie::Proof),
        (&DOTTED_ENTRY, Tie::Usual),
        (&BRACKETED_ENTRY, Tie::Usual),
        (&CLOSED_ENTRY, Tie::Usual),
        (&UNSIGNED_ENTRY, Tie::Loose),
        (&POINTED_ENTRY, Tie::Usual),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_raised_brackets_and_leaves_the_rest() {
        for (text, expected) in [
            ("The keeper^[1] had", vec!["^[1]"]),
            ("no lamp. ^[2]", vec!["^[2]"]),
            ("an aside^[like this]", vec![]),
            ("x^2 + y[1]", vec![]),
        ] {
            assert_eq!(signs(&CARET_BRACKET, text), expected, "in {text:?}");
        }
    }
}
