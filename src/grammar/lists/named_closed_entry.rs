//! `footnote2) …`: a list whose notes begin with the name of their kind, a number and a parenthesis.
//!
//! > footnote2) Harbour log, 1902.
//!
//! Left alone: `Footnotes`, `footnote 2 says`, `2) …`.

use super::{Order, Shape};
use crate::grammar::Labels;
use crate::grammar::NOTE_KINDS;

pub(crate) static NAMED_CLOSED_ENTRY: Shape = Shape {
    name: "named-closed-entry",
    opens: &[""],
    labels: &[Labels::Named(NOTE_KINDS)],
    closes: &[")"],
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
            ("footnote2)\t Harbour log.", Some(("2", "Harbour log."))),
            ("endnote12) Vale.", Some(("12", "Vale."))),
            ("footnote 2 says so", None),
            ("footnotes) and more", None),
            ("2) Vale.", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&NAMED_CLOSED_ENTRY, line), expected, "in {line:?}");
        }
    }
}
