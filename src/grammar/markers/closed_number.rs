//! `word1)`: a number with a closing parenthesis, right behind the word or its punctuation.
//!
//! > The harbour was rebuilt in May.1) The keeper stayed.2)
//!
//! Korean and German articles print it raised; what reads the words alone leaves it on the line. Left alone: `(see
//! no.1)`, where a parenthesis was opened before; `1) first`.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::CLOSED_ENTRY;

pub(crate) static CLOSED_NUMBER: Convention = Convention {
    name: "closed-number",
    frames: &[Frame {
        open: "",
        labels: Labels::FewDigits,
        close: ")",
        before: Before::Letter,
        after: After::WordEnd,
    }],
    lists: &[(&CLOSED_ENTRY, Tie::Loose)],
};

/// Tells whether a parenthesis stands open in the text before a sign.
pub(super) fn is_inside_parentheses(before: &str) -> bool {
    let signs = before.chars().rev().filter(|c| matches!(c, '(' | ')' | '（' | '）'));
    let mut closed = 0;
    for sign in signs {
        match sign {
            ')' | '）' => closed += 1,
            _ if closed == 0 => return true,
            _ => closed -= 1,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_numbers_and_leaves_the_rest() {
        for (text, expected) in [
            ("in May.1) The keeper stayed.2)", vec!["1)", "2)"]),
            ("항구는 문을 열었다.1) 당시의", vec!["1)"]),
            ("the ferry12) and", vec!["12)"]),
            ("(see no.1) and", vec![]),
            ("1) first 2) second", vec![]),
            ("in 1902) and", vec![]),
            ("f(x1)y", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(signs(&CLOSED_NUMBER, text), expected, "in {text:?}");
        }
    }
}
