//! `(1)`: a number in parentheses.
//!
//! > to Sir Iona Vale,(1) who had kept the light
//!
//! Left alone: `(1) first (2) second`, `nine (9) boats`, `(1853)`, `§ 12(b)(2)`.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::PARENTHESIZED_ENTRY;

pub(crate) static PARENTHESIZED_NUMBER: Convention = Convention {
    name: "parenthesized-number",
    frames: &[
        Frame {
            open: "(",
            labels: Labels::FewDigits,
            close: ")",
            before: Before::NoClause,
            after: After::Not(&['(', '[']),
        },
        Frame {
            open: "（",
            labels: Labels::FewDigits,
            close: "）",
            before: Before::NoClause,
            after: After::Not(&[]),
        },
    ],
    lists: &[(&PARENTHESIZED_ENTRY, Tie::Loose)],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_numbers_and_leaves_the_rest() {
        for (text, expected) in [
            ("Sir Iona Vale,(1) who", vec!["(1)"]),
            ("the light (2)", vec!["(2)"]),
            ("(a) and (b)", vec![]),
            ("the flood (1853)", vec![]),
            ("(about 9)", vec![]),
            ("small problems.(1)(2)", vec!["(1)", "(2)"]),
            ("f(2)(2)", vec!["(2)"]),
            ("in § 12(b)(2) and § 44.2(2) of it", vec![]),
            ("until block 1,983(2)", vec!["(2)"]),
        ] {
            assert_eq!(signs(&PARENTHESIZED_NUMBER, text), expected, "in {text:?}");
        }
    }
}
