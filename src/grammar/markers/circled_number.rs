//! `①`: a circled number after a word.
//!
//! > 港口於一八七一年建成①，次年
//!
//! Enumerations in a sentence look the same, so a list must stand at the end. Left alone: `Ⓐ`, `①` at the start of a
//! row.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::{CIRCLED_ENTRY, DOTTED_ENTRY};

pub(crate) static CIRCLED_NUMBER: Convention = Convention {
    name: "circled-number",
    frames: &[Frame {
        open: "",
        labels: Labels::Circled,
        close: "",
        before: Before::Word,
        after: After::Not(&[]),
    }],
    lists: &[(&CIRCLED_ENTRY, Tie::Loose), (&DOTTED_ENTRY, Tie::Loose)],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_signs_and_leaves_the_rest() {
        for (text, expected) in [
            ("建成①，次年", vec!["①"]),
            ("the mole⑿ and", vec!["⑿"]),
            ("① 港口", vec![]),
            ("plan Ⓐ", vec![]),
            ("the mole ① and", vec![]),
        ] {
            assert_eq!(signs(&CIRCLED_NUMBER, text), expected, "in {text:?}");
        }
    }
}
