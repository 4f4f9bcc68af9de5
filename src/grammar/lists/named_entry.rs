//! `[nb 1] …`, `注1 …`: a list whose notes begin with a small word and a number.
//!
//! > [nb 1] The keeper counted the boats twice.
//! > （註２）港務記錄。
//!
//! Left alone: `Note 1 says …`, `[sic]`, `注意`.

use super::{Order, Shape};
use crate::grammar::Labels;
use crate::grammar::NAMES;

pub(crate) static NAMED_ENTRY: Shape = Shape {
    name: "named-entry",
    opens: &["[", "［", "（", "(", "〔", "【"],
    labels: &[Labels::Named(NAMES)],
    closes: &["]:", "]", "］", "）", ")", "〕", "】"],
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
            ("[nb 1] The keeper.", Some(("1", "The keeper."))),
            ("[Note 12]: The keeper.", Some(("12", "The keeper."))),
            ("（註２）港務記錄。", Some(("2", "港務記錄。"))),
            ("〔注3〕海図", Some(("3", "海図"))),
            ("Note 1 says so.", None),
            ("(see note 1)", None),
            ("[nota bene]", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&NAMED_ENTRY, line), expected, "in {line:?}");
        }
    }
}
