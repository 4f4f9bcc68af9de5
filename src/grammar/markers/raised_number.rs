//! `¹`: superscript digits after a word.
//!
//! > The mole was finished in May.¹ ²
//!
//! Left alone: `400 m²`, `10⁶`, `x²`, `E=mc²`.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::{
    BRACKETED_ENTRY, CLOSED_ENTRY, DOTTED_ENTRY, POINTED_ENTRY, RAISED_ENTRY, SPACED_ENTRY, UNSIGNED_ENTRY,
};

pub(crate) static RAISED_NUMBER: Convention = Convention {
    name: "raised-number",
    frames: &[Frame {
        open: "",
        labels: Labels::RaisedDigits,
        close: "",
        before: Before::NoUnit,
        after: After::Not(&['⁄', '⁻', 'ˢ', 'ⁿ']),
    }],
    lists: &[
        (&RAISED_ENTRY, Tie::Same),
        (&DOTTED_ENTRY, Tie::Usual),
        (&BRACKETED_ENTRY, Tie::Usual),
        (&CLOSED_ENTRY, Tie::Usual),
        (&SPACED_ENTRY, Tie::Loose),
        (&UNSIGNED_ENTRY, Tie::Loose),
        (&POINTED_ENTRY, Tie::Usual),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_raised_digits_and_leaves_the_rest() {
        for (text, expected) in [
            ("in May.¹ ² Then", vec!["¹", "²"]),
            ("the mole¹²", vec!["¹²"]),
            ("400 m² of 3 km³ in 5 m/s²", vec![]),
            ("all of them² in the room³", vec!["²", "³"]),
            ("H2O and 10 km", vec![]),
            ("½ and ¹⁄₂", vec![]),
            ("an area in km² and E=mc² and x²", vec![]),
        ] {
            assert_eq!(signs(&RAISED_NUMBER, text), expected, "in {text:?}");
        }
    }
}
