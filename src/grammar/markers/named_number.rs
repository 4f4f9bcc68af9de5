//! `[nb 1]`, `[注 1]`, `（註１）`: a small word and a number in brackets.
//!
//! > the boats were counted twice[nb 1] and never
//!
//! Encyclopaedias have two lists, one of remarks and one of sources, and the words tell them apart. In round brackets
//! only the words of East Asian print count. Left alone: `(see note 3)`, `(note 3)`, `（见注３）`, `[nota bene]`.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::{
    CARET_ENTRY, DOTTED_ENTRY, FOOTNOTE_BLOCK, NAMED_ENTRY, POINTED_ENTRY, UNSIGNED_ENTRY,
};

/// Words before the number of a note, in lower case; longer ones first where one begins another.
pub(crate) const NAMES: &[&str] = &[
    "nb",
    "note",
    "n",
    "footnote",
    "fn",
    "anmerkung",
    "anm",
    "fußnote",
    "nota",
    "noot",
    "прим",
    "сн",
    "注释",
    "註釋",
    "注釈",
    "原注",
    "原註",
    "訳注",
    "訳註",
    "译注",
    "脚注",
    "脚註",
    "注",
    "註",
    "각주",
    "주",
];

const EAST_ASIAN_NAMES: &[&str] = &[
    "注释", "註釋", "注釈", "原注", "原註", "訳注", "訳註", "译注", "脚注", "脚註", "注", "註", "각주", "주",
];

pub(crate) static NAMED_NUMBER: Convention = Convention {
    name: "named-number",
    frames: &[
        Frame {
            open: "[",
            labels: Labels::Named(NAMES),
            close: "]",
            before: Before::WordOrSpace,
            after: After::Not(&['(']),
        },
        Frame {
            open: "［",
            labels: Labels::Named(NAMES),
            close: "］",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
        Frame {
            open: "〔",
            labels: Labels::Named(NAMES),
            close: "〕",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
        Frame {
            open: "【",
            labels: Labels::Named(NAMES),
            close: "】",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
        Frame {
            open: "（",
            labels: Labels::Named(EAST_ASIAN_NAMES),
            close: "）",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
        Frame {
            open: "(",
            labels: Labels::Named(EAST_ASIAN_NAMES),
            close: ")",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
    ],
    lists: &[
        (&NAMED_ENTRY, Tie::Same),
        (&CARET_ENTRY, Tie::Proof),
        (&FOOTNOTE_BLOCK, Tie::Proof),
        (&DOTTED_ENTRY, Tie::Usual),
        (&UNSIGNED_ENTRY, Tie::Loose),
        (&POINTED_ENTRY, Tie::Usual),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_signs_and_leaves_the_rest() {
        for (text, expected) in [
            ("counted twice[nb 1] and", vec!["[nb 1]"]),
            ("the mole [Note 12], which", vec!["[Note 12]"]),
            ("港口（註１）已", vec!["（註１）"]),
            ("港口［注２］。", vec!["［注２］"]),
            ("港(注3)は", vec!["(注3)"]),
            ("(see note 3)", vec![]),
            ("the list (note 3)", vec![]),
            ("（见注３）", vec![]),
            ("[nota bene]", vec![]),
            ("[note 1](https://a.example)", vec![]),
        ] {
            assert_eq!(signs(&NAMED_NUMBER, text), expected, "in {text:?}");
        }
    }
}
