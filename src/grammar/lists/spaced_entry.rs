//! `1 …`: a list whose notes begin with a number and nothing but a space.
//!
//! > 1 Harbour log, 1902.
//! > 2 The chart is lost.
//!
//! Sentences begin with numbers too, so it stands below a heading such as `Notes`. Left alone: `1.5 m`, `1902`.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static SPACED_ENTRY: Shape = Shape {
    name: "spaced-entry",
    opens: &[""],
    labels: &[Labels::Digits],
    closes: &[""],
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
            ("1 Harbour log.", Some(("1", "Harbour log."))),
            ("12\u{2003}Harbour log.", Some(("12", "Harbour log."))),
            ("1. Harbour log.", None),
            ("1st of May", None),
            ("2.5 m deep", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&SPACED_ENTRY, line), expected, "in {line:?}");
        }
    }
}
