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
    if text.ends_with(|c: char| c.is_ascii() && !matches!(c, ']' | ')')) {
        return None; // nearly every text
    }
    let bare = text.trim_end_matches(['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰']);
    let (rest, fragment) = without_fragment(bare);
    let arrow = ARROWS.iter().find_map(|arrow| rest.trim_end().strip_suffix(arrow));
    arrow.or_else(|| (fragment.contains("ref") || fragment.contains("back")).then_some(rest))
}

/// Takes `(#fnref1)` from the end, the address of the arrow; returns the rest and the fragment.
fn without_fragment(text: &str) -> (&str, &str) {
    let Some(at) = text.rfind("(#").filter(|_| text.ends_with(')')) else { return (text, "") };
    if text[at..].contains(char::is_whitespace) { (text, "") } else { text.split_at(at) }
}

/// Measures `a b c ` at the beginning of a note, a letter for each of its several references: `^a ^b `, where they were
/// raised, and `[15]^a [16]^b `, where they are links with a number.
pub(super) fn letters(note: &str) -> usize {
    let (mut length, mut count) = (0, 0);
    for (letter, word) in (b'a'..=b'z').zip(note.split_inclusive(char::is_whitespace)) {
        let sign = without_first_link_number(word);
        if sign.strip_prefix('^').unwrap_or(sign).trim_end().as_bytes() != [letter] {
            break;
        }
        length += word.len();
        count += 1;
    }
    if count > 1 { length } else { 0 }
}

/// Takes `[15]` from the beginning.
fn without_first_link_number(word: &str) -> &str {
    let Some((number, rest)) = word.strip_prefix('[').and_then(|inner| inner.split_once(']')) else {
        return word;
    };
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) { rest } else { word }
}

/// Measures `(#fn1)` behind a marker, the address that the marker led to, with the space before it.
pub(super) fn address_of_marker(after: &str) -> usize {
    let address = after.trim_start_matches(' ');
    let end =
        address.starts_with("(#").then(|| address.find(|c: char| c == ')' || c.is_whitespace())).flatten();
    match end {
        Some(end) if address[end..].starts_with(')') => after.len() - address.len() + end + 1,
        _ => 0,
    }
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
            ("Harbour log.  (#fnref:1)", Some("Harbour log.")),
            ("Harbour log [return]", Some("Harbour log")),
            ("Harbour log [29]", None),
            ("Harbour log (#3)", None),
            ("Harbour log", None),
            ("", None),
        ] {
            assert_eq!(trailing(text).last().map(|piece| &text[..piece.start]), kept, "in {text:?}");
        }
    }

    #[test]
    fn letters_lead_back_from_the_beginning_of_a_note() {
        for (note, expected) in [
            ("a b Harbour log.", 4),
            ("^a ^b ^c Harbour log.", 9),
            ("[15]^a [16]^b Harbour log.", 14),
            ("a b", 3),
            ("a harbour log.", 0),
            ("A B or C?", 0),
            ("b a Harbour log.", 0),
            ("[sic] b", 0),
            ("", 0),
        ] {
            assert_eq!(letters(note), expected, "{note:?}");
        }
    }

    #[test]
    fn addresses_of_markers_lead_to_a_place_on_the_page() {
        for (after, expected) in
            [(" (#fn1), the", 7), ("(#fn:1)", 7), (" (see #3)", 0), (" (# 3)", 0), (" (#fn1", 0), ("", 0)]
        {
            assert_eq!(address_of_marker(after), expected, "{after:?}");
        }
    }
}
