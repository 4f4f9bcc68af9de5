//! Powers: raised numbers that belong to a measure or a formula, and refer to no note.
//!
//! > 200 m² of sail, x^2, 10⁶, O(ns^2)

const UNITS: &[&str] =
    &["m", "km", "cm", "mm", "dm", "nm", "µm", "ft", "in", "mi", "yd", "sq", "s", "м", "км", "см"];

/// What stands before a power even where no number does: units that are no words, and what is written wrongly for CO₂.
const CERTAIN_OPERANDS: &[&str] = &["km", "cm", "mm", "nm", "µm", "км", "см", "CO", "mc"];

/// Tells whether a number that markup raises makes the word before it a measure or a formula.
pub(crate) fn is_power(before: &str, raised: &str) -> bool {
    let operand = operand(before);
    let is_letter = operand.chars().count() == 1 && operand.chars().all(char::is_alphabetic);
    ends_with_operand(before)
        || (raised.len() == 1 && is_letter && operand != "I")
        || (matches!(raised, "2" | "3") && UNITS.contains(&operand))
}

/// Tells whether a raised number may be a power as well as a reference: `5²`, `(a + b)²`, `sin² θ`. It is one if another
/// place refers to the note of that number.
pub(crate) fn may_be_power(before: &str, raised: &str) -> bool {
    const OPERANDS: &[&str] =
        &["sin", "cos", "tan", "log", "ln", "exp", "inches", "feet", "metres", "meters", "miles"];
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_small_number = (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    matches!(raised, "2" | "3" | "4")
        && (is_small_number || before.ends_with([')', '|', ']', '}', '″', '′']) || OPERANDS.contains(&word))
}

/// Tells whether a text ends with what a superscript digit makes a measure or a formula: `400 m`, `in km`, `E=mc`, `x`.
pub(super) fn ends_with_operand(before: &str) -> bool {
    let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let (_, right) = token.rsplit_once('=').unwrap_or_default();
    let is_formula = (1..=3).contains(&right.chars().count()) && right.chars().all(char::is_alphabetic);
    is_formula || CERTAIN_OPERANDS.contains(&token) || ends_with_unit(before) || ends_with_variable(before)
}

/// Tells whether a text ends with a unit of length or time after a number.
fn ends_with_unit(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let number = before[..before.len() - word.len()].trim_end();
    UNITS.contains(&word)
        && number.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾' | '/'))
}

/// Tells whether a text ends with what can be raised to a power: one letter, ten, or what stands in a function's
/// parentheses.
pub(super) fn ends_with_variable(before: &str) -> bool {
    let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let called = token.rfind('(').filter(|&open| !token[open..].contains(')'));
    let operand = operand(before);
    operand == "10"
        || (operand.len() == 1 && operand.bytes().all(|byte| byte.is_ascii_lowercase()))
        || called.is_some_and(|open| token[..open].ends_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Returns what stands before a raised number up to a space or an operator.
fn operand(before: &str) -> &str {
    let parts =
        |c: char| c.is_whitespace() || matches!(c, '(' | '$' | '=' | '+' | '-' | '−' | '*' | '/' | '·' | '×');
    before.rsplit(parts).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_and_formulas_have_powers() {
        for (before, raised, expected) in [
            ("200 m", "2", true),
            ("20km", "2", true),
            ("per s", "2", true),
            ("2·10", "6", true),
            ("(x", "2", true),
            ("y=N", "2", true),
            ("O(ns", "2", true),
            ("and E=mc", "2", true),
            ("its area in km", "2", true),
            ("much CO", "2", true),
            ("the EU", "2", false),
            ("said the ferry", "2", false),
            ("Warwick’s", "3", false),
            ("import.c", "2", false),
            ("built in 1910", "2", false),
            ("keeper()", "3", false),
            ("as I", "2", false),
            ("", "2", false),
        ] {
            assert_eq!(is_power(before, raised), expected, "{before:?}");
        }
    }
}
