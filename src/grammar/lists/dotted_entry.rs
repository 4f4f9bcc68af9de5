//! `1. …`: a numbered list.
//!
//! > 1. Harbour log, 1902.
//! > 2. The chart is lost.
//!
//! Ordinary lists look the same, so the markers have to speak for it. Left alone: `1914.`, `2.5 m`.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static DOTTED_ENTRY: Shape = Shape {
    name: "dotted-entry",
    opens: &[""],
    labels: &[Labels::Digits],
    closes: &["."],
    space: true,
    pointers: &[],
    ends_with: None,
    order: Order::Counting,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::lists::read;

    #[test]
    fn reads_the_sign_and_leaves_the_rest() {
        for (line, expected) in [
            ("1. Harbour log.", Some(("1", "Harbour log."))),
            ("12.", Some(("12", ""))),
            ("2.5 m deep", None),
            ("v1. Harbour", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&DOTTED_ENTRY, line), expected, "in {line:?}");
        }
    }
}
