//! Addresses that were broken at the end of a line: they are joined again, for a broken address is a lost one.
//!
//! > see <https://harbour.example/archive>/
//! > 1902/log-3.html for the log.
//!
//! Left alone: an address that ends on its line, before an ordinary word.

use crate::sheet::{RowId, Sheet};

/// Tells whether the first word below goes on with the address that ends the row above.
pub(super) fn goes_on(sheet: &Sheet<'_>, before: RowId, above: &str, below: &str) -> bool {
    let Some(width) = sheet.measure.width else { return false };
    let row = &sheet.rows[before as usize];
    let address = above.rsplit(char::is_whitespace).next().unwrap_or_default();
    let next = below.split(|c: char| !c.is_ascii_graphic()).next().unwrap_or_default();
    let is_address = address.contains("://") || address.starts_with("www.");
    if !is_address || next.is_empty() || next.starts_with(['(', '[', '"']) {
        return false;
    }
    if address.ends_with("://") {
        return next.contains('.');
    }
    let at_the_edge = row.indent + row.width >= width;
    // Programs that set pages break an address after its signs, where the rest of it did not fit.
    let after_sign = address.ends_with(['/', '-', '.', '?', '&', '=', '#', '_', '%', '+', '~']);
    let rest = next.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
    let has_signs = rest.contains(['/', '=', '&', '%', '#', '_', '~'])
        || (after_sign && rest.contains(['.', '-']))
        || (after_sign && rest.bytes().any(|byte| byte.is_ascii_digit()));
    let did_not_fit = usize::from(row.indent + row.width) + 1 + next.len() > usize::from(width);
    at_the_edge || (after_sign && has_signs && did_not_fit && !next.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_go_on_where_the_rest_did_not_fit() {
        let prose = "The old ferry had crossed the river for as long as anybody\n\
                     in the village could say, and nobody had ever asked who\n\
                     paid for the rope, or for the keeper and his three dogs.\n";
        for (above, below, expected) in [
            ("see https://harbour.example/archive/", "1902/the-log-of-the-keeper.html for the log", true),
            ("see https://harbour.example/archive/", "1902/the-log-of-the-keeper.html\u{21A9}", true),
            ("see https://", "harbour.example/archive", true),
            ("see https://harbour.example/archive/", "and the log", false),
            ("see https://harbour.example", "1902/the-log-of-the-keeper.html", false),
            ("it is all at https://harbour.example/archive/1902/log-of-t", "he-keeper for the log", true),
            ("the harbour/", "archive/the-log-of-the-keeper-and-his-three-dogs.html", false),
        ] {
            let text = format!("{prose}{above}\n{below}\n");
            let sheet = crate::readers::read_text(&text);
            assert_eq!(goes_on(&sheet, 3, above, below), expected, "{above:?} / {below:?}");
        }
    }
}
