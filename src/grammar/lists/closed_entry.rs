//! `1) …`: a numbered list with closing parentheses.
//!
//! > 1) Harbour log, 1902.
//!
//! Ordinary lists look the same, so the markers have to speak for it. Left alone: `a) …`, `1)word`.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static CLOSED_ENTRY: Shape = Shape {
    name: "closed-entry",
    opens: &[""],
    labels: &[Labels::Digits],
    closes: &[")"],
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
            ("1) Harbour log.", Some(("1", "Harbour log."))),
            ("10) Harbour log.", Some(("10", "Harbour log."))),
            ("a) Harbour log.", None),
            ("1)x", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&CLOSED_ENTRY, line), expected, "in {line:?}");
        }
    }
}
