//! `x^2^` and `H~2~O`: raised and lowered signs as Pandoc, Quarto and Obsidian's friends write them.
//!
//! Left alone: `^_^`, `2^10`, `x^a b^`, `~/harbour`, `^[a note]`, anything longer than a few characters.

use std::ops::Range;

use memchr::memchr2;

/// A raised or lowered sign in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Raised {
    pub(super) is_above: bool,
    /// Without the signs around it.
    pub(super) words: Range<usize>,
}

/// Signs are no longer, in bytes.
const LONGEST: usize = 24;

/// Finds the first raised or lowered sign.
pub(super) fn first(text: &str) -> Option<Raised> {
    let mut from = 0;
    while let Some(found) = memchr2(b'^', b'~', &text.as_bytes()[from..]) {
        let open = from + found;
        from = open + 1;
        let sign = text.as_bytes()[open];
        let hangs_on_a_word =
            text[..open].ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '}'));
        let inner = text.as_bytes()[from..].iter().take(LONGEST);
        let length = inner.take_while(|&&byte| byte != sign && is_sign(byte)).count();
        let close = from + length;
        let says_something = text[from..close].bytes().any(|byte| byte.is_ascii_alphanumeric());
        if hangs_on_a_word
            && !is_in_address(&text[..open])
            && says_something
            && text.as_bytes().get(close) == Some(&sign)
        {
            return Some(Raised { is_above: sign == b'^', words: from..close });
        }
    }
    None
}

fn is_in_address(before: &str) -> bool {
    let from = before.floor_char_boundary(before.len().saturating_sub(200));
    let word = before[from..].rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://") || word.contains("www.")
}

fn is_sign(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+-.,()/*'".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_hang_on_a_word_and_are_short() {
        for (text, expected) in [
            ("x^2^ metres", Some((true, "2"))),
            ("H~2~O", Some((false, "2"))),
            ("the 3^rd^ of May", Some((true, "rd"))),
            ("^_^ and ^_^", None),
            ("2^10 and 2^12", None),
            ("http://a.example/x~1~y", None),
            ("~/harbour and ~/mole", None),
            ("x^a b^", None),
            ("mill^[a note]^", None),
            ("", None),
        ] {
            let found = first(text);
            assert_eq!(found.map(|raised| (raised.is_above, &text[raised.words])), expected, "in {text:?}");
        }
    }
}
