//! `【8】 …`, `【8†source】 …`: a list of sources below the answer of an assistant.
//!
//! > 【8†source】 Harbour log, 1902.
//!
//! Left alone: `【注释】` and other headings in such brackets.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static LENTICULAR_ENTRY: Shape = Shape {
    name: "lenticular-entry",
    opens: &["【"],
    labels: &[Labels::Cited, Labels::Digits],
    closes: &["】"],
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
            ("【8†source】 Harbour log.", Some(("8", "Harbour log."))),
            ("【2】港務記錄。", Some(("2", "港務記錄。"))),
            ("【注释】", None),
            ("Harbour log 【2】", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&LENTICULAR_ENTRY, line), expected, "in {line:?}");
        }
    }
}
