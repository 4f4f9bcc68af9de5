//! `【8†source】`: how an assistant cites, and `【8】`.
//!
//! > The mole was finished in 1871【8†source】【3†L12-L18】.
//!
//! Without a list of sources they stay as they are. Left alone: `【注释】`, `【8月】`.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::{BRACKETED_ENTRY, DOTTED_ENTRY, LENTICULAR_ENTRY};

pub(crate) static LENTICULAR_CITATION: Convention = Convention {
    name: "lenticular-citation",
    frames: &[
        Frame {
            open: "【",
            labels: Labels::Cited,
            close: "】",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
        Frame {
            open: "【",
            labels: Labels::Digits,
            close: "】",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
    ],
    lists: &[(&LENTICULAR_ENTRY, Tie::Same), (&BRACKETED_ENTRY, Tie::Usual), (&DOTTED_ENTRY, Tie::Usual)],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_signs_and_leaves_the_rest() {
        for (text, expected) in [
            ("in 1871【8†source】【3†L12-L18】.", vec!["【8†source】", "【3†L12-L18】"]),
            ("建成【12】，次年", vec!["【12】"]),
            ("【注释】", vec![]),
            ("【8月】", vec![]),
            ("8†source", vec![]),
        ] {
            assert_eq!(signs(&LENTICULAR_CITATION, text), expected, "in {text:?}");
        }
    }
}
