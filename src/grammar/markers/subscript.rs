//! Subscripts: lowered numbers of a formula that a text browser prints in square brackets.
//!
//! > Na[2]SO[4] and H[2]O
//!
//! Inside a formula such a number is no sign; the last one is if nothing of a formula stands before it. Left alone:
//! `Vale[2]`, `the EU[2]`.

/// Tells whether a number in brackets stands in a formula: between the names of two elements, or behind one that follows
/// such a number and before a sign of its own.
pub(super) fn is_subscript(before: &str, rest: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '·' | '•' | '-' | '–'))
        .next()
        .unwrap_or_default();
    let part = word.rsplit(['[', ']', '(']).next().unwrap_or_default();
    let group = word.ends_with(')') && word.contains('(');
    if !(is_formula(part) || group) {
        return false;
    }
    let goes_on = rest.starts_with(|c: char| c.is_ascii_uppercase() || matches!(c, '·' | '('))
        || (word.contains("](") || group) && rest.starts_with(')');
    goes_on || (has_subscript(word) && (rest.starts_with(['[', '·'])))
}

/// Tells whether a part of a word is made of names of elements, perhaps with a number before them: `Na`, `SO`, `10H`.
fn is_formula(part: &str) -> bool {
    const LONGEST: usize = 6;
    let names = part.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut before = ' ';
    !names.is_empty()
        && names.len() <= LONGEST
        && names.chars().all(|c| {
            let fits = c.is_ascii_uppercase() || c.is_ascii_lowercase() && before.is_ascii_uppercase();
            before = c;
            fits
        })
}

/// Tells whether a word has a number in brackets between two names.
fn has_subscript(word: &str) -> bool {
    let Some(close) = word.find(']') else { return false };
    let Some(open) = word[..close].find('[') else { return false };
    let number = &word[open + 1..close];
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && is_formula(&word[..open])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_have_lowered_numbers() {
        for (before, rest, expected) in [
            ("carries Na", "SO[4][4] and", true),
            ("carries Na[2]SO", "[4] and", true),
            ("carries Na[2]SO[4]", " and", false),
            ("Na[2]SO[4]·10H", "O, when", true),
            ("carries SO", "[5] and", false),
            ("by Iona Vale", "[3], who", false),
            ("by Iona Vale", "The ferry", false),
            ("the EU", " and", false),
            ("the EU", ", which", false),
            ("the mill", "and", false),
            ("", "A", false),
        ] {
            assert_eq!(is_subscript(before, rest), expected, "{before:?}[n]{rest:?}");
        }
    }
}
