//! The words of a link that may be the sign of a note: `1`, `[2]`, `†`, `[note 3]`.

/// Symbols that refer to notes, one of them or the same several times.
const SYMBOLS: &[char] = &['*', '†', '‡', '§', '¶', '#', '‖', '※', '∗', '☆', '★'];

/// Returns the sign that words are, folded: without brackets, raised digits as plain ones.
///
/// `stands_out` tells that the words are raised, bracketed, or marked as a reference: then letters and `note 3` count.
pub(in crate::detectors) fn read(words: &str, stands_out: bool) -> Option<String> {
    let words = words.trim();
    let inner = words.trim_matches(|c: char| "[](){}⟨⟩〈〉〔〕［］（）【】".contains(c) || c.is_whitespace());
    let inner = inner.strip_prefix('^').map_or(inner, |inner| inner.strip_suffix('^').unwrap_or(inner));
    let inner = inner.strip_suffix(['.', ')', ':']).unwrap_or(inner);
    let stands_out = stands_out || inner.len() < words.len();
    // markdown-it counts references to one note: `1:2`.
    let again = inner.split_once(':').filter(|(_, count)| count.bytes().all(|byte| byte.is_ascii_digit()));
    let folded: String = again.map_or(inner, |(first, _)| first).chars().map(plain).collect();
    let length = folded.chars().count();
    let first = folded.chars().next()?;
    let is_number =
        |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = length <= 7 && folded.chars().all(|c| "ivxlcIVXLC".contains(c));
    let is_letter =
        length <= 2 && folded.chars().all(|c| c.is_ascii_alphabetic() || ('α'..='ω').contains(&c));
    let is_named = || {
        let (name, number) = folded.rsplit_once([' ', '\u{A0}', '-', '–']).unwrap_or_else(|| {
            folded.split_at(folded.find(|c: char| c.is_ascii_digit()).unwrap_or(folded.len()))
        });
        (1..=12).contains(&name.chars().count())
            && name.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-'))
            && (is_number(number)
                || (number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_lowercase())))
    };
    let is_sign = is_number(&folded)
        || (SYMBOLS.contains(&first) && length <= 4 && folded.chars().all(|c| c == first))
        || (SYMBOLS.contains(&first) && is_number(&folded[first.len_utf8()..]))
        || (stands_out && (is_roman || is_letter || is_named()));
    is_sign.then_some(folded)
}

/// Folds raised and full-width digits.
fn plain(c: char) -> char {
    let digit = match c {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => c as u32 - '⁴' as u32 + 4,
        '０'..='９' => c as u32 - '０' as u32,
        '①'..='⑨' => c as u32 - '①' as u32 + 1,
        '٠'..='٩' => c as u32 - '٠' as u32,
        '۰'..='۹' => c as u32 - '۰' as u32,
        _ => return c,
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_signs_and_leaves_words() {
        for (words, stands_out, expected) in [
            ("1", false, Some("1")),
            ("[12]", false, Some("12")),
            ("(3)", false, Some("3")),
            ("²", false, Some("2")),
            ("^2^", false, Some("2")),
            ("［４］", false, Some("4")),
            ("*", false, Some("*")),
            ("††", false, Some("††")),
            ("a", true, Some("a")),
            ("[a]", false, Some("a")),
            ("iv", true, Some("iv")),
            ("[note 3]", false, Some("note 3")),
            ("[nb 1]", false, Some("nb 1")),
            ("注1", true, Some("注1")),
            ("1.", false, Some("1")),
            ("[1:2]", false, Some("1")),
            ("*1", false, Some("*1")),
            ("※12", false, Some("※12")),
            ("a", false, None),
            ("note 3", false, None),
            ("the ferry", true, None),
            ("1914-18", true, None),
            ("19021", true, None),
            ("¶‡", true, None),
            ("", true, None),
        ] {
            assert_eq!(read(words, stands_out).as_deref(), expected, "{words:?}");
        }
    }
}
