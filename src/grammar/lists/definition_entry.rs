//! `[^1]: …`: a definition of Markdown, in a text that is no Markdown file.
//!
//! > [^tide]: See the almanac.
//!
//! Left alone: `[^1]` without the colon.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static DEFINITION_ENTRY: Shape = Shape {
    name: "definition-entry",
    opens: &["[^"],
    labels: &[Labels::Name],
    closes: &["]:"],
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
            ("[^tide]: See the almanac.", Some(("tide", "See the almanac."))),
            ("[^1]:", Some(("1", ""))),
            ("[^1] stands here", None),
            ("[1]: https://harbour.example", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&DEFINITION_ENTRY, line), expected, "in {line:?}");
        }
    }
}
