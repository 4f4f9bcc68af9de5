//! `[^1]`: the notes of Markdown, in a text that is no Markdown file.
//!
//! > The pilot[^1] came aboard at six.[^tide]
//!
//! Left alone: `[^1]` without a definition, `[^a-z]` in a pattern.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::DEFINITION_ENTRY;

pub(crate) static MARKDOWN_LABEL: Convention = Convention {
    name: "markdown-label",
    frames: &[Frame {
        open: "[^",
        labels: Labels::Name,
        close: "]",
        before: Before::WordOrSpace,
        after: After::Not(&[]),
    }],
    lists: &[(&DEFINITION_ENTRY, Tie::Proof)],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_labels_and_leaves_the_rest() {
        for (text, expected) in [
            ("The pilot[^1] came", vec!["[^1]"]),
            ("at six.[^tide][^2]", vec!["[^tide]", "[^2]"]),
            ("an empty [^] one", vec![]),
            ("a [1] without caret", vec![]),
        ] {
            assert_eq!(signs(&MARKDOWN_LABEL, text), expected, "in {text:?}");
        }
    }
}
