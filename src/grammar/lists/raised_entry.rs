//! `¹ …`: a list whose notes begin with superscript digits.
//!
//! > ¹ Harbour log, 1902.
//!
//! Left alone: digits on the line, fractions.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static RAISED_ENTRY: Shape = Shape {
    name: "raised-entry",
    opens: &[""],
    labels: &[Labels::RaisedDigits],
    closes: &[".", ":", ")", ""],
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
            ("¹ Harbour log.", Some(("1", "Harbour log."))),
            ("¹²Harbour log.", Some(("12", "Harbour log."))),
            ("1 Harbour log.", None),
            ("x¹", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&RAISED_ENTRY, line), expected, "in {line:?}");
        }
    }
}
