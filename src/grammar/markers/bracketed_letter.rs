//! `[a]`, `[iv]`: a letter, a roman numeral or a symbol in square brackets, after a word.
//!
//! > The second bridge[b] stood for a year.[*]
//!
//! Old e-texts count their few notes with letters. Left alone: `[w]ait` (a changed letter), `[sic]`,
//! `[C]` and `[x]` unless a list has them.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::{BRACKETED_LETTER_ENTRY, FOOTNOTE_BLOCK};

/// Letters that may follow in `[w]ait`.
const LETTERS: [char; 52] = {
    let mut letters = ['a'; 52];
    let mut at = 0;
    while at < 26 {
        letters[at] = (b'a' + at as u8) as char;
        letters[at + 26] = (b'A' + at as u8) as char;
        at += 1;
    }
    letters
};

pub(crate) static BRACKETED_LETTER: Convention = Convention {
    name: "bracketed-letter",
    frames: &[
        Frame {
            open: "[",
            labels: Labels::Letter,
            close: "]",
            before: Before::Word,
            after: After::Not(&LETTERS),
        },
        Frame {
            open: "[",
            labels: Labels::Roman,
            close: "]",
            before: Before::Word,
            after: After::Not(&LETTERS),
        },
        Frame {
            open: "[",
            labels: Labels::Symbol,
            close: "]",
            before: Before::WordOrSpace,
            after: After::Not(&['(']),
        },
    ],
    lists: &[(&BRACKETED_LETTER_ENTRY, Tie::Same), (&FOOTNOTE_BLOCK, Tie::Proof)],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_letters_and_leaves_the_rest() {
        for (text, expected) in [
            ("the bridge[b] stood", vec!["[b]"]),
            ("for a year.[*]", vec!["[*]"]),
            ("the mole[xiv] and", vec!["[xiv]"]),
            ("the mole[civil]", vec![]),
            ("he said “[w]ait”", vec![]),
            ("un[w]anted", vec![]),
            ("the [x] box", vec![]),
            ("[sic]", vec![]),
        ] {
            assert_eq!(signs(&BRACKETED_LETTER, text), expected, "in {text:?}");
        }
    }
}
