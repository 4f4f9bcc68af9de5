//! `^1 …`: a list whose notes begin with a raised number.
//!
//! > ^1 Harbour log, 1902.
//!
//! Left alone: `^ words` without a number.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static CARET_NUMBER_ENTRY: Shape = Shape {
    name: "caret-number-entry",
    opens: &["^[", "^"],
    labels: &[Labels::Digits],
    closes: &["]:", "]", "^:", "^", ":", ".", ""],
    space: true,
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
            ("^1 Harbour log.", Some(("1", "Harbour log."))),
            ("^[2] Harbour log.", Some(("2", "Harbour log."))),
            ("^3: Harbour log.", Some(("3", "Harbour log."))),
            ("^ Harbour log.", None),
            ("x^2 is a square", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&CARET_NUMBER_ENTRY, line), expected, "in {line:?}");
        }
    }
}
