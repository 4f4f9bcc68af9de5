//! `[1] …`: a list whose notes begin with the same sign as the marker.
//!
//! > [1] Harbour log, 1902.
//! > [2] The chart is lost.
//!
//! The sign may stand alone on its row, and the text below it. Left alone: `[1](url)`, `[sic]`.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static BRACKETED_ENTRY: Shape = Shape {
    name: "bracketed-entry",
    opens: &["[", "［", "〔"],
    labels: &[Labels::Digits],
    closes: &["]:", "]", "］", "〕"],
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
            ("[1] Harbour log.", Some(("1", "Harbour log."))),
            ("[02]: Harbour log.", Some(("2", "Harbour log."))),
            ("[3]The chart", Some(("3", "The chart"))),
            ("［４］海図", Some(("4", "海図"))),
            ("[5]", Some(("5", ""))),
            ("[sic] he wrote", None),
            ("Harbour log [1]", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&BRACKETED_ENTRY, line), expected, "in {line:?}");
        }
    }
}
