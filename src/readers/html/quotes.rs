//! The quotation marks of `<q>`, which the source does not hold: by language, as browsers print them.

use super::tree::{Id, Tree};

/// A language, its marks around a quotation, and those around one inside.
const MARKS: &[(&str, [&str; 2], [&str; 2])] = &[
    ("cs", ["„", "“"], ["‚", "‘"]),
    ("da", ["“", "”"], ["‘", "’"]),
    ("de", ["„", "“"], ["‚", "‘"]),
    ("es", ["«", "»"], ["“", "”"]),
    ("fr", ["«\u{A0}", "\u{A0}»"], ["“", "”"]),
    ("it", ["«", "»"], ["“", "”"]),
    ("ja", ["「", "」"], ["『", "』"]),
    ("nb", ["«", "»"], ["‘", "’"]),
    ("no", ["«", "»"], ["‘", "’"]),
    ("pl", ["„", "”"], ["«", "»"]),
    ("pt", ["“", "”"], ["‘", "’"]),
    ("ru", ["«", "»"], ["„", "“"]),
    ("sv", ["”", "”"], ["’", "’"]),
    ("uk", ["«", "»"], ["„", "“"]),
];

/// What English has, and languages that are not in the list.
const ENGLISH: [[&str; 2]; 2] = [["“", "”"], ["‘", "’"]];

/// Returns the marks around a quotation.
pub(super) fn of(tree: &Tree, quotation: Id) -> (&'static str, &'static str) {
    let around = || std::iter::successors(Some(quotation), |&node| tree.parent(node));
    let language = around().find_map(|node| tree.attribute(node, "lang")).unwrap_or_default();
    let language = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let level = around().skip(1).filter(|&node| tree.name(node) == "q").count() % 2;
    let known = MARKS.iter().find(|(name, ..)| *name == language);
    let marks = known.map_or(ENGLISH, |&(_, outer, inner)| [outer, inner]);
    (marks[level][0], marks[level][1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::{DOCUMENT, parse};

    #[test]
    fn languages_have_marks_of_their_own() {
        for (page, expected) in [
            ("<q>x</q>", ("“", "”")),
            ("<div lang=de-AT><q>x</q></div>", ("„", "“")),
            ("<q lang=fr>x</q>", ("«\u{A0}", "\u{A0}»")),
            ("<q lang=xx>x</q>", ("“", "”")),
        ] {
            let tree = parse(page).expect("within the limits");
            let mut node = DOCUMENT;
            while tree.name(node) != "q" {
                node = tree.children(node).last().expect("there is a quotation");
            }
            assert_eq!(of(&tree, node), expected, "{page:?}");
        }
    }
}
