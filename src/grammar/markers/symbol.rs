//! `*`, `†`, `‡`: printers' signs after a word, used again on every page.
//!
//! > the ferryman,* whose brother† had drowned
//!
//! Left alone: bullets, `* * *` between scenes, `*emphasis*`, `**bold**`, `5*3`, `§ 12`.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::SYMBOL_ENTRY;

pub(crate) static SYMBOL: Convention = Convention {
    name: "symbol",
    frames: &[
        Frame {
            open: "(",
            labels: Labels::Symbol,
            close: ")",
            before: Before::WordOrSpace,
            after: After::Not(&['(']),
        },
        Frame { open: "", labels: Labels::Symbol, close: "", before: Before::Letter, after: After::WordEnd },
    ],
    lists: &[(&SYMBOL_ENTRY, Tie::Loose)],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_signs_and_leaves_the_rest() {
        for (text, expected) in [
            ("the ferryman,* whose brother† had", vec!["*", "†"]),
            ("the old mill(*) burned", vec!["(*)"]),
            ("* a bullet", vec![]),
            ("5*3", vec![]),
            ("a *loud* word", vec![]),
            ("xargs '*.py'", vec![]),
            ("see § 12", vec![]),
        ] {
            assert_eq!(signs(&SYMBOL, text), expected, "in {text:?}");
        }
    }
}
