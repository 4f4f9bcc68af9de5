//! Running heads and feet: the line that every page begins or ends with.
//!
//! > 12   THE FERRYMEN OF VALE
//!
//! Page numbers beside the words do not matter; left and right pages may have different heads. Left alone: a head that
//! only one page has, and on the first page the one that is the title.

use std::collections::BTreeMap;

use super::pages;
use crate::findings::Findings;
use crate::sheet::{RowId, Sheet};

/// So many rows at the edge of a page are looked at.
const DEPTH: usize = 2;

pub(super) fn find(sheet: &Sheet<'_>, findings: &Findings) -> Vec<RowId> {
    let mut pages = pages(sheet, findings);
    if pages.len() < 2 {
        return Vec::new();
    }
    let mut heads = Vec::new();
    for _ in 0..DEPTH {
        let first = edge(sheet, &pages, |page| page.first().copied());
        let last = edge(sheet, &pages, |page| page.last().copied());
        if first.is_empty() && last.is_empty() {
            break;
        }
        for page in &mut pages {
            page.retain(|row| !first.contains(row) && !last.contains(row));
        }
        heads.extend(first);
        heads.extend(last);
    }
    heads.sort_unstable();
    heads
}

/// Finds the rows at one edge of the pages that say the same on several of them.
fn edge(sheet: &Sheet<'_>, pages: &[Vec<RowId>], at: impl Fn(&[RowId]) -> Option<RowId>) -> Vec<RowId> {
    let mut alike: BTreeMap<String, Vec<(usize, RowId)>> = BTreeMap::new();
    for (page, rows) in pages.iter().enumerate() {
        if let Some(row) = at(rows) {
            let words = words(sheet.words(row));
            if !words.is_empty() {
                alike.entry(words).or_default().push((page, row));
            }
        }
    }
    // Left and right pages have two heads, and chapters have their own: a third of the pages is enough.
    let fewest = (pages.len() / 3).max(2);
    alike
        .into_values()
        .filter(|found| found.len() >= fewest || (found.len() == 2 && pages.len() == 2))
        .flatten()
        .filter(|&(page, row)| page > 0 || is_numbered(sheet.words(row)) || is_repeated_below(sheet, row))
        .map(|(_, row)| row)
        .collect()
}

/// Tells whether a page number stands beside the words, at either edge of the page.
fn is_numbered(line: &str) -> bool {
    let is_number = |part: Option<&str>| {
        part.is_some_and(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let parts = || line.split("  ").map(str::trim).filter(|part| !part.is_empty());
    parts().count() > 1 && (is_number(parts().next()) || is_number(parts().last()))
}

/// Tells whether the rows below say the same again: then they are the title, and this row is only its head.
fn is_repeated_below(sheet: &Sheet<'_>, row: RowId) -> bool {
    let below = (row + 1..(row + 4).min(sheet.rows.len() as RowId)).map(|row| sheet.words(row));
    let below = below.collect::<Vec<_>>().join(" ");
    words(&below).starts_with(&words(sheet.words(row)))
}

/// Returns the words of a line without numbers, signs, and differences of case.
fn words(line: &str) -> String {
    line.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors::furniture::FURNITURE;
    use crate::findings::Place;
    use crate::options::Options;

    #[test]
    fn heads_are_what_several_pages_begin_with() {
        for (text, dropped) in [
            (
                "The ferry\n\nThe ferry\nIt sank\n\u{C}The ferry\n\nin 1902 off\n\u{C}The ferry\n\nthe mole.\n",
                3,
            ),
            ("The ferry\n\nIt sank\n\u{C}The ferry\n\nin 1902 off\n\u{C}The ferry\n\nthe mole.\n", 2),
            ("Ebb\n\nIt sank\n\u{C}2 The ferry\n\nin 1902 off\n\u{C}The ferry 3\n\nthe mole.\n", 2),
            ("THE FERRY   1\n\nIt sank\n\u{C}THE FERRY   2\n\nin 1902 off\n\u{C}the mole.\n", 2),
            ("Ebb\n\nIt sank\n\u{C}Flood\n\nin 1902 off\n\u{C}Slack water\n\nthe mole.\n", 0),
            ("The ferry\n\nIt sank\n\nThe ferry\n\nin 1902.\n", 0),
        ] {
            let sheet = crate::readers::read_text(text);
            let mut findings = Findings::new(&sheet);
            (FURNITURE.find)(&sheet, &Options::default(), &mut findings);
            assert_eq!(findings.rows_in(Place::Gone).count(), dropped, "in {text:?}");
        }
    }
}
