//! `:::` and `:wave:` at the start of a line: no definitions, though pulldown-cmark takes every colon there for one.
//!
//! > ::: {.callout}
//!
//! Pandoc and PHP Markdown Extra want a space after the colon.

use super::masks::COLON;

/// Finds the colons that begin a line and no definition, each with the sign that stands for it.
pub(super) fn places(text: &str) -> Vec<(usize, u8)> {
    let mut places = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '>']);
        let is_table_rule =
            || words.contains('|') && words.trim_end().bytes().all(|byte| b":-| \t".contains(&byte));
        if words.starts_with(':') && !words[1..].starts_with([' ', '\t']) && !is_table_rule() {
            places.push((line_start + line.len() - words.len(), COLON));
        }
        line_start += line.len();
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_has_a_space_after_its_colon() {
        for (text, expected) in [
            ("Ebb\n: the tide\n:\tfalls", vec![]),
            ("::: note\nx\n:::", vec![0, 11]),
            ("> :wave: hello: you", vec![2]),
            ("no: colon", vec![]),
            ("a | b\n:-- | --:", vec![]),
            ("", vec![]),
        ] {
            let places: Vec<_> = places(text).into_iter().map(|(at, _)| at).collect();
            assert_eq!(places, expected, "from {text:?}");
        }
    }
}
