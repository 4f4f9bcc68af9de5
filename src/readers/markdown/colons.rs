//! `:::` and `:wave:` at the start of a line: no definitions, though pulldown-cmark takes every colon there for one.
//!
//! > ::: {.callout}
//!
//! Pandoc and PHP Markdown Extra want a space after the colon. The others are hidden behind a sign of the same length
//! while pulldown-cmark reads, so that every place in the text stays the same.

use std::borrow::Cow;

use memchr::memchr;
use pulldown_cmark::CowStr;

/// Stands for a colon; no text holds it.
const MASK: u8 = 1;

/// Hides the colons that begin a line and no definition.
pub(super) fn mask(text: &str) -> Cow<'_, str> {
    if memchr(MASK, text.as_bytes()).is_some() {
        return text.into();
    }
    let mut masked = String::new();
    let mut kept = 0;
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches([' ', '>']);
        let is_table_rule =
            || words.contains('|') && words.trim_end().bytes().all(|byte| b":-| \t".contains(&byte));
        if words.starts_with(':') && !words[1..].starts_with([' ', '\t']) && !is_table_rule() {
            let colon = line_start + line.len() - words.len();
            masked.push_str(&text[kept..colon]);
            masked.push(char::from(MASK));
            kept = colon + 1;
        }
        line_start += line.len();
    }
    if kept == 0 {
        return text.into();
    }
    masked.push_str(&text[kept..]);
    masked.into()
}

/// Shows the colons again.
pub(super) fn unmask(text: CowStr<'_>) -> CowStr<'_> {
    match memchr(MASK, text.as_bytes()) {
        Some(_) => text.replace(char::from(MASK), ":").into(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_has_a_space_after_its_colon() {
        for (text, expected) in [
            ("Ebb\n: the tide\n:\tfalls", "Ebb\n: the tide\n:\tfalls"),
            ("::: note\nx\n:::", "\u{1}:: note\nx\n\u{1}::"),
            ("> :wave: hello: you", "> \u{1}wave: hello: you"),
            ("no: colon", "no: colon"),
            ("a | b\n:-- | --:", "a | b\n:-- | --:"),
            ("", ""),
        ] {
            let masked = mask(text);
            assert_eq!(masked, expected, "from {text:?}");
            assert_eq!(&*unmask(masked.as_ref().into()), text);
        }
    }
}
