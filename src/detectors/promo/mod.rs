//! Lines that ask for something and say nothing: `You may also like...`, `Share this article`.
//!
//! Only whole lines, only at the top or the bottom of what is left after notes, and only from a list; on pages also the
//! words of a link that stands alone. The same words in a sentence, or as a heading with text below, stay.

mod phrases;

use self::phrases::is_promo;
use super::Detector;
use super::metadata::names_source_or_rights;
use crate::findings::{Findings, Place};
use crate::ledger::Reason;
use crate::options::{Habit, Options};
use crate::sheet::{Mark, RowId, Sheet};

pub(super) const PROMO: Detector = Detector { name: "promo", find };

/// How many rows at the bottom may be promo.
const BOTTOM: usize = 12;

/// How many rows below the title may be promo.
const TOP: usize = 5;

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    let is_page = sheet.page().is_some();
    if (sheet.is_marked_up() && !is_page) || options.keeps(Habit::Promo) {
        return;
    }
    let bottom: Vec<RowId> =
        findings.body_rows().rev().take(BOTTOM).take_while(|&row| is_bottom(sheet.words(row))).collect();
    let bottom: Vec<RowId> = bottom.into_iter().filter(|&row| is_promo(sheet.words(row))).collect();
    let top: Vec<RowId> = findings
        .body_rows()
        .take_while(|&row| !is_paragraph(sheet.words(row)))
        .skip(1)
        .take(TOP)
        .filter(|&row| is_promo(sheet.words(row)) && stands_alone(sheet, row))
        .collect();
    // Pages put buttons among their paragraphs.
    let buttons: Vec<RowId> = if is_page { buttons(sheet, findings) } else { Vec::new() };
    let all = findings.body_rows().count();
    if bottom.len() < all {
        for row in top.into_iter().chain(bottom).chain(buttons) {
            if findings.places[row as usize] == Place::Body {
                findings.drop_row(sheet, row, Reason::Promo, PROMO.name);
            }
        }
    }
}

/// Finds the rows that are one link, whose words only ask for something.
fn buttons(sheet: &Sheet<'_>, findings: &Findings) -> Vec<RowId> {
    let links = sheet.runs.iter().filter(|run| matches!(run.mark, Mark::Link { .. }));
    let rows = links.map(|link| (sheet.row_at(link.span.start), link.span));
    rows.filter(|&(row, link)| {
        sheet.rows.get(row as usize).is_some_and(|printed| printed.span == link)
            && findings.places[row as usize] == Place::Body
            && is_promo(sheet.words(row))
    })
    .map(|(row, _)| row)
    .collect()
}

/// Tells whether a line may stand below an article: promo, or where it comes from and who has the rights.
fn is_bottom(line: &str) -> bool {
    is_promo(line) || names_source_or_rights(line)
}

/// Tells whether a line is running text: what looks like promo below it is a heading.
fn is_paragraph(line: &str) -> bool {
    line.split_whitespace().count() > 12 || (line.ends_with(['.', '!', '?']) && !line.ends_with("..."))
}

/// Tells whether blank lines stand around a row.
fn stands_alone(sheet: &Sheet<'_>, row: RowId) -> bool {
    let next = sheet.rows.get(row as usize + 1);
    (row == 0 || sheet.rows[row as usize].gap > 0) && next.is_none_or(|next| next.gap > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_promo_at_the_edges_and_nothing_else() {
        for (text, dropped) in [
            ("The ferry sank.\n\nYou may also like...\n", vec!["You may also like..."]),
            ("The ferry sank.\n\nWas this page helpful?\n", vec!["Was this page helpful?"]),
            ("The ferry\n\nShare this article\n\nIt sank.\n", vec!["Share this article"]),
            ("It sank.\n\nComments\n\nThere are none.\n", vec![]),
            ("1\n\n2\n\n3\n\n4\n\n5\n\n6\n\nRead more\n\nNobody was hurt.\n", vec![]),
            ("You may also like...\n", vec![]),
            ("The ferry sank.\n\nYou may also like the bridge, he said.\n", vec![]),
        ] {
            let sheet = crate::readers::read_text(text);
            let mut findings = Findings::new(&sheet);
            find(&sheet, &Options::default(), &mut findings);
            let found: Vec<&str> = findings.rows_in(Place::Gone).map(|row| sheet.words(row)).collect();
            assert_eq!(found, dropped, "in {text:?}");
        }
    }
}
