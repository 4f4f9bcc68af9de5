//! `[a] …` and `[*] …`: a list whose notes begin with a letter or symbol in brackets.
//!
//! > [b] Burned in 1871.
//!
//! Left alone: `[w]ait`, `[sic]`, `[x]` boxes of a task list without a marker `[x]`.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static BRACKETED_LETTER_ENTRY: Shape = Shape {
    name: "bracketed-letter-entry",
    opens: &["["],
    labels: &[Labels::Roman, Labels::Letter, Labels::Symbol],
    closes: &["]:", "]"],
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
            ("[b] Burned in 1871.", Some(("b", "Burned in 1871."))),
            ("[*] A toll.", Some(("*", "A toll."))),
            ("[iv] A toll.", Some(("iv", "A toll."))),
            ("[civil] A toll.", None),
            ("[w]ait for me", None),
            ("[sic] he wrote", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&BRACKETED_LETTER_ENTRY, line), expected, "in {line:?}");
        }
    }
}
