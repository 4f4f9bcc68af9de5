//! `^1`: a raised number, as terminal browsers and mail print it.
//!
//! > The tide table^4 was wrong by an hour.
//!
//! Left alone: `x^2`, `10^6`, `O(ns^2)` (powers), `^` alone.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::{
    BRACKETED_ENTRY, CARET_ENTRY, CARET_NUMBER_ENTRY, CLOSED_ENTRY, DOTTED_ENTRY, POINTED_ENTRY,
    UNSIGNED_ENTRY,
};

pub(crate) static CARET_NUMBER: Convention = Convention {
    name: "caret-number",
    frames: &[
        Frame {
            open: "^",
            labels: Labels::Digits,
            close: "^",
            before: Before::NoPower,
            after: After::Not(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']),
        },
        Frame {
            open: "^",
            labels: Labels::Digits,
            close: "",
            before: Before::NoPower,
            after: After::Not(&[]),
        },
    ],
    lists: &[
        (&CARET_ENTRY, Tie::Usual),
        (&CARET_NUMBER_ENTRY, Tie::Same),
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
    fn finds_raised_numbers_and_leaves_the_rest() {
        for (text, expected) in [
            ("The tide table^4 was", vec!["^4"]),
            ("was wrong.^5 ^6 Then", vec!["^5", "^6"]),
            ("wrong^7^ by", vec!["^7^"]),
            ("the caret ^ alone", vec![]),
            ("the method^10^11^12 stays", vec!["^10", "^11", "^12"]),
            ("calls keeper()^3. Then", vec!["^3"]),
            ("=^3", vec![]),
            ("x^2 and 10^6 in O(ns^2)", vec![]),
        ] {
            assert_eq!(signs(&CARET_NUMBER, text), expected, "in {text:?}");
        }
    }
}
