//! `* …`, `† …`: a note that begins with a printers’ sign.
//!
//! > † Drowned in 1871.
//!
//! Bullets look the same, so a single row that follows its marker is needed. Left alone: `* * *`, `**bold**`.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static SYMBOL_ENTRY: Shape = Shape {
    name: "symbol-entry",
    opens: &["(", ""],
    labels: &[Labels::Symbol],
    closes: &[")", ""],
    space: false,
    pointers: &[],
    ends_with: None,
    order: Order::Single,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::lists::read;

    #[test]
    fn reads_the_sign_and_leaves_the_rest() {
        for (line, expected) in [
            ("† Drowned in 1871.", Some(("†", "Drowned in 1871."))),
            ("*A toll.", Some(("*", "A toll."))),
            ("(*) A toll.", Some(("*", "A toll."))),
            ("A toll.*", None),
            ("- A toll.", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&SYMBOL_ENTRY, line), expected, "in {line:?}");
        }
    }
}
