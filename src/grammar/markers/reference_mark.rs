//! `※1`: a reference mark and a number.
//!
//! > 港は一八七一年に完成し※1、翌年
//!
//! Left alone: `※` without a number, which begins a remark or stands for a picture.

use super::{After, Before, Convention, Frame, Tie};
use crate::grammar::Labels;
use crate::grammar::lists::REFERENCE_MARK_ENTRY;

pub(crate) static REFERENCE_MARK: Convention = Convention {
    name: "reference-mark",
    frames: &[
        Frame {
            open: "※",
            labels: Labels::Digits,
            close: "",
            before: Before::WordOrSpace,
            after: After::Not(&['.', '%', '年', '月', '日']),
        },
        Frame {
            open: "（※",
            labels: Labels::Digits,
            close: "）",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
        Frame {
            open: "(※",
            labels: Labels::Digits,
            close: ")",
            before: Before::WordOrSpace,
            after: After::Not(&[]),
        },
    ],
    lists: &[(&REFERENCE_MARK_ENTRY, Tie::Same)],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::markers::signs;

    #[test]
    fn finds_signs_and_leaves_the_rest() {
        for (text, expected) in [
            ("完成し※1、翌年", vec!["※1"]),
            ("完成し（※２）、翌年", vec!["（※２）"]),
            ("※ 注意", vec![]),
            ("※印の港", vec![]),
            ("※1902年", vec![]),
        ] {
            assert_eq!(signs(&REFERENCE_MARK, text), expected, "in {text:?}");
        }
    }
}
