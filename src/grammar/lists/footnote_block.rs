//! `[Footnote 1: …]`: a note between brackets, where the page ended or after its paragraph.
//!
//! > [Footnote 3: The keeper kept two books, one for himself. [Ed.]]
//!
//! It ends at its own closing bracket, which may follow inner ones. Left alone: `[Illustration: a boat]`,
//! `[Sidenote: The mill]`.

use super::{Order, Shape};
use crate::grammar::Labels;

pub(crate) static FOOTNOTE_BLOCK: Shape = Shape {
    name: "footnote-block",
    opens: &["[Footnote ", "[footnote ", "[FOOTNOTE ", "[Note ", "[Fußnote ", "[Nota ", "[Voetnoot "],
    labels: &[Labels::Digits, Labels::Letter, Labels::Symbol],
    closes: &[":"],
    space: false,
    pointers: &[],
    ends_with: Some(']'),
    order: Order::Single,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::lists::read;

    #[test]
    fn reads_the_sign_and_leaves_the_rest() {
        for (line, expected) in [
            ("[Footnote 3: The keeper]", Some(("3", "The keeper]"))),
            ("[Footnote *: The keeper", Some(("*", "The keeper"))),
            ("[Footnote A: The keeper]", Some(("a", "The keeper]"))),
            ("[Illustration: a boat]", None),
            ("[Sidenote: The mill]", None),
        ] {
            let expected = expected.map(|(label, text): (&str, &str)| (label.to_owned(), text));
            assert_eq!(read(&FOOTNOTE_BLOCK, line), expected, "in {line:?}");
        }
    }
}
