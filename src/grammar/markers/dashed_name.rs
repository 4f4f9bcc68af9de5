//! `----footnote2----`: the kind of a note and its number between dashes.
//!
//! > the boats were counted twice----footnote2---- and never
//!
//! Programs that read office documents print it so; the first number is often not 1. Left alone: `----`, `--note--`.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::NAMED_CLOSED_ENTRY;

/// The kinds of notes, in lower case.
pub(crate) const NOTE_KINDS: &[&str] = &["footnote", "endnote"];

pub(crate) static DASHED_NAME: Convention = Convention {
    name: "dashed-name",
    frames: &[frame(Before::Word), frame(Before::WordOrSpace)],
    lists: &[(&NAMED_CLOSED_ENTRY, Tie::Proof)],
};

/// One frame stands after the dashes of another, the other after white space.
const fn frame(before: Before) -> Frame {
    Frame { open: "----", labels: Labels::Named(NOTE_KINDS), close: "----", before, after: After::Not(&[]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_signs_and_leaves_the_rest() {
        for (text, expected) in [
            ("counted twice----footnote2---- and", vec!["----footnote2----"]),
            ("the mole.----endnote12--------footnote3----", vec!["----endnote12----", "----footnote3----"]),
            ("---- footnotes ----", vec![]),
            ("--footnote2--", vec![]),
        ] {
            assert_eq!(signs(&DASHED_NAME, text), expected, "in {text:?}");
        }
    }
}
