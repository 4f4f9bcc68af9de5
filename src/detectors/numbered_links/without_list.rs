//! The numbers of a text browser whose list of addresses was left out.
//!
//! > The mole was planned by [1]Vale[2]^1, who lived in the [3]old light house.
//!
//! They are all the bracketed numbers of the text, rise from 1 by one, and stand before words, at least one of them
//! before the sign of a note. Without an address none of them says anything, so they go. Left alone: `mill[1], which`,
//! `the [1]ait`, numbers that stand there twice, as those of notes do, and those of code.

use super::drop_sign;
use super::signs::{self, Sign};
use crate::findings::{Findings, Place};
use crate::sheet::Sheet;

/// Finds the numbers, if they are such, and claims them.
pub(super) fn claim(sheet: &Sheet<'_>, findings: &mut Findings) {
    // A number takes the place of the address that is not there.
    let signs = signs::scan(sheet, findings, findings.rows_in(Place::Body), |number| Some(number as usize));
    let counted = count_up(&signs);
    let leading = counted.iter().filter(|sign| sign.is_glued && sign.stands_free).count();
    let leads_to_note = |sign: &&Sign| {
        let after = sheet.text[sign.span.end as usize..].strip_prefix('^');
        after.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_likely = counted.len() * 10 >= signs.len() * 9
        && leading * 10 >= counted.len() * 8
        && counted.iter().any(leads_to_note);
    for sign in counted.into_iter().filter(|_| is_likely) {
        drop_sign(sheet, findings, sign, false);
    }
}

/// Returns the signs that count from 1 by one.
fn count_up(signs: &[Sign]) -> Vec<&Sign> {
    let mut counted: Vec<&Sign> = Vec::new();
    for sign in signs {
        if sign.address == counted.len() + 1 {
            counted.push(sign);
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::read_text;

    #[test]
    fn numbers_before_words_count_up_from_one() {
        for (text, expected) in [
            ("the [1]mole and the [2]keeper", vec![]),
            ("the mole, built[1]^1 after [2]rain[3]^2", vec!["[1]", "[2]", "[3]"]),
            ("the mole[1], built[2] after rain[3]", vec![]),
            ("the [1]mole and the [2]keeper\n\n[1] Vale.\n[2] Ellery.", vec![]),
            ("the mole1 and the keeper2\n\n[1]Vale.\n\n[2]Ellery.", vec![]),
            ("the [2]mole^1 and the [3]keeper[4]^1", vec![]),
            ("the mole[1]^1", vec!["[1]"]),
            ("the mole[1]^1, built\nin the [2]\nold harbour", vec!["[1]", " [2]"]),
            ("港口[1]文書[2]港口", vec![]),
            ("", vec![]),
        ] {
            let sheet = read_text(text);
            let mut findings = Findings::new(&sheet);
            claim(&sheet, &mut findings);
            let found: Vec<&str> = findings.claims.iter().map(|claim| claim.span.of(text)).collect();
            assert_eq!(found, expected, "in {text:?}");
        }
    }
}
