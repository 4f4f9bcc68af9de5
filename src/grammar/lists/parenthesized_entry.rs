//! `(1) …`: a list whose notes begin with a number in parentheses.
//!
//! > &nbsp;&nbsp;&nbsp;(1) Sir Iona Vale, born 1608.
//!
//! Clauses and enumerations look the same, so the markers have to speak for it. Left alone: `(a) …`, `(1853) …`
//! without such a marker.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static PARENTHESIZED_ENTRY: Shape = Shape {
    name: "parenthesized-entry",
    opens: &["(", "（"],
    labels: &[Labels::Digits],
    closes: &[")", "）"],
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
            ("(1) Sir Iona Vale.", Some(("1", "Sir Iona Vale."))),
            ("（２）港", Some(("2", "港"))),
            ("(a) Sir Iona Vale.", None),
            ("Sir (1)", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&PARENTHESIZED_ENTRY, line), expected, "in {line:?}");
        }
    }
}
