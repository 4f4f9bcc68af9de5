//! What leads back from the end of a note to its reference.

use std::ops::Range;

/// Arrows and words that lead back.
const ARROWS: &[&str] = &[
    "↩\u{FE0E}",
    "↩\u{FE0F}",
    "↩",
    "↵",
    "⤴",
    "⤴\u{FE0E}",
    "⏎",
    "↑",
    "↲",
    "⮐",
    "[↩]",
    "[↑]",
    "[^]",
    "[return]",
    "[back]",
];

/// Returns the arrows that end a text, the last one first, each with the white space before it.
///
/// A note with several references has an arrow for each, the later ones with a raised number. A text browser prints the
/// number of the link before the arrow, which is a piece of its own, and some programs its address behind it.
pub(super) fn trailing(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut end = text.len();
    while let Some(before) = without_arrow(text[..end].trim_end()) {
        let before = before.trim_end();
        pieces.push(before.len()..end);
        let number = without_link_number(before).trim_end();
        if number.len() < before.len() {
            pieces.push(number.len()..before.len());
        }
        end = number.len();
    }
    pieces
}

/// Tells whether a text ends with an arrow.
pub(super) fn ends(text: &str) -> bool {
    without_arrow(text.trim_end()).is_some()
}

fn without_arrow(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches(['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰']);
    let bare = without_fragment(bare).trim_end();
    ARROWS.iter().find_map(|arrow| bare.strip_suffix(arrow))
}

/// Takes `(#fnref1)` from the end, the address of the arrow.
fn without_fragment(text: &str) -> &str {
    let Some(at) = text.rfind("(#").filter(|_| text.ends_with(')')) else { return text };
    if text[at..].contains(char::is_whitespace) { text } else { &text[..at] }
}

/// Takes `[29]` or `^[29]` from the end, the number of the arrow as a link.
fn without_link_number(text: &str) -> &str {
    let Some(open) = text.strip_suffix(']') else { return text };
    let digits = open.trim_end_matches(|c: char| c.is_ascii_digit());
    let Some(before) = digits.strip_suffix('[').filter(|_| digits.len() < open.len()) else { return text };
    before.strip_suffix('^').unwrap_or(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_end_a_note_with_what_belongs_to_them() {
        for (text, kept) in [
            ("Harbour log. ↩", Some("Harbour log.")),
            ("Harbour log.\u{A0}↩\u{FE0E}", Some("Harbour log.")),
            ("Harbour log. ↩ ↩²", Some("Harbour log.")),
            ("Harbour log. [29]↩", Some("Harbour log.")),
            ("Harbour log.   ↩\u{FE0E}    (#fnref1)", Some("Harbour log.")),
            ("Harbour log [return]", Some("Harbour log")),
            ("Harbour log [29]", None),
            ("Harbour log (#3)", None),
            ("Harbour log", None),
            ("", None),
        ] {
            assert_eq!(trailing(text).last().map(|piece| &text[..piece.start]), kept, "in {text:?}");
        }
    }
}
