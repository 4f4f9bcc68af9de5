//! `1. ^ …`: the list of a reader service, or of Wikipedia, where the caret leads back.
//!
//! > &nbsp;&nbsp;2. ^ was rebuilt (harbour.example)
//!
//! The words are those before the marker; the parenthesis holds a host, an address, a part of one, or
//! nothing, because the exporter lost it. A text browser may print the number of the link before the caret: `2. [14]^ …`.
//! Nothing but a note looks like that. Left alone: `1. x ^ y`, where the caret does not stand first.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static CARET_ENTRY: Shape = Shape {
    name: "caret-entry",
    opens: &["[", ""],
    labels: &[Labels::Digits],
    closes: &[".", ")", "]"],
    space: true,
    pointers: &["^", "↑"],
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
            ("2. ^ was rebuilt (harbour.example)", Some(("2", "was rebuilt (harbour.example)"))),
            ("12. ^ Iona Vale (", Some(("12", "Iona Vale ("))),
            ("2. ↑ Harbour log.", Some(("2", "Harbour log."))),
            ("[2] ^ Harbour log.", Some(("2", "Harbour log."))),
            ("2. [14]^ Harbour log.", Some(("2", "Harbour log."))),
            ("2. ^", Some(("2", ""))),
            ("2. [14] Harbour log.", None),
            ("2. []^ Harbour log.", None),
            ("1. The ferry", None),
            ("^ The ferry", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&CARET_ENTRY, line), expected, "in {line:?}");
        }
    }
}
