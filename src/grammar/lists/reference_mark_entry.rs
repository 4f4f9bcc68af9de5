//! `※1 …`: a list whose notes begin with a reference mark and a number.
//!
//! > ※1　港の記録、一九〇二年。
//!
//! Left alone: `※` without a number, which begins a remark.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static REFERENCE_MARK_ENTRY: Shape = Shape {
    name: "reference-mark-entry",
    opens: &["※"],
    labels: &[Labels::Digits],
    closes: &[".", "．", ":", "：", ""],
    space: false,
    pointers: &[],
    ends_with: None,
    order: Order::Rising,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::lists::read;

    #[test]
    fn reads_the_sign_and_leaves_the_rest() {
        for (line, expected) in [
            ("※1　港の記録。", Some(("1", "港の記録。"))),
            ("※２：海図", Some(("2", "海図"))),
            ("※ 注意", None),
            ("港※1", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&REFERENCE_MARK_ENTRY, line), expected, "in {line:?}");
        }
    }
}
