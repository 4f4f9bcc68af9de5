//! `① …`: a list whose notes begin with a circled number.
//!
//! > ①見港務記錄，第十二頁。
//!
//! Enumerations look the same, so the markers have to speak for it. Left alone: `Ⓐ …`.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static CIRCLED_ENTRY: Shape = Shape {
    name: "circled-entry",
    opens: &[""],
    labels: &[Labels::Circled],
    closes: &[""],
    space: false,
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
            ("①見港務記錄。", Some(("1", "見港務記錄。"))),
            ("⑿ The keeper.", Some(("12", "The keeper."))),
            ("Ⓐ The keeper.", None),
            ("見①", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&CIRCLED_ENTRY, line), expected, "in {line:?}");
        }
    }
}
