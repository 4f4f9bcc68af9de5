//! `:::` and `:wave:` at the start of a line: no definitions, though pulldown-cmark takes every colon there for one.
//!
//! > ::: {.callout}
//!
//! Pandoc and PHP Markdown Extra want a space after the colon.

use memchr::{memchr, memchr_iter};

use super::masks::COLON;

/// Finds the colons that begin a line and no definition, each with the sign that stands for it.
pub(super) fn places(text: &str) -> Vec<(usize, u8)> {
    let bytes = text.as_bytes();
    let begins_line = |at: &usize| {
        let before = bytes[..*at].iter().rev().find(|byte| !matches!(byte, b' ' | b'>'));
        before.is_none_or(|&byte| byte == b'\n')
    };
    let is_no_definition = |at: &usize| {
        let line = &text[*at..memchr(b'\n', &bytes[*at..]).map_or(text.len(), |end| at + end)];
        let is_table_rule =
            || line.contains('|') && line.trim_end().bytes().all(|byte| b":-| \t".contains(&byte));
        !line[1..].starts_with([' ', '\t']) && !is_table_rule()
    };
    let colons = memchr_iter(b':', bytes).filter(begins_line).filter(is_no_definition);
    colons.map(|at| (at, COLON)).collect()
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
