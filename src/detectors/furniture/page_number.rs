//! Page numbers: a number alone at the foot or the head of every page, one more than on the page before.
//!
//! > which nobody had ever paid for
//! >
//! > 12
//! >
//! > until the bridge came.
//!
//! Form feeds tell where pages end. Without them a rising run of numbers does, if it breaks sentences: the numbers of
//! chapters and stanzas stand between sentences. Left alone: those, and a number that does not fit the run.

use std::collections::BTreeMap;

use crate::detectors::structure::ends_sentence;
use crate::sheet::{RowId, Sheet};

/// The pages of a text, and the rows that only number them.
pub(super) struct Numbers {
    /// The page of each row, counted from 0.
    pub(super) pages: Vec<u32>,
    pub(super) rows: Vec<RowId>,
    /// The number of each page that has one, printed on it or told by its neighbours.
    pub(super) labels: BTreeMap<u32, u32>,
}

/// Without form feeds, so many rows at least are on a page.
const SHORTEST_PAGE: RowId = 12;

/// Without form feeds, so many pages at least make a run of numbers.
const FEWEST_PAGES: usize = 3;

/// So many runs are followed at once.
const MOST_RUNS: usize = 16;

pub(super) fn find(sheet: &Sheet<'_>) -> Numbers {
    if sheet.text.contains('\u{C}') { at_form_feeds(sheet) } else { in_running_text(sheet) }
}

/// Looks at the first and the last row of each page.
fn at_form_feeds(sheet: &Sheet<'_>) -> Numbers {
    let pages: Vec<u32> = sheet.rows.iter().map(|row| row.page).collect();
    let mut found: Vec<(RowId, i64)> = Vec::new();
    for row in 0..sheet.rows.len() {
        let is_edge = row == 0
            || row + 1 == sheet.rows.len()
            || pages[row - 1] != pages[row]
            || pages[row + 1] != pages[row];
        if let Some(number) = read(sheet.words(row as RowId)).filter(|_| is_edge) {
            found.push((row as RowId, i64::from(number) - i64::from(pages[row])));
        }
    }
    let count = pages.last().map_or(0, |&last| last + 1);
    let offsets: Vec<i64> = found.iter().map(|&(_, offset)| offset).collect();
    let Some(offset) = usual(offsets, count) else {
        return Numbers { pages, rows: Vec::new(), labels: BTreeMap::new() };
    };
    let rows = found.into_iter().filter(|found| found.1 == offset).map(|(row, _)| row).collect();
    Numbers { rows, labels: numbered(offset, count), pages }
}

/// Finds what the numbers of most pages are more than their places: each page has the number of the one before plus
/// one, so that is the same for all of them.
fn usual(mut offsets: Vec<i64>, count: u32) -> Option<i64> {
    offsets.sort_unstable();
    let usual = offsets.chunk_by(|a, b| a == b).max_by_key(|alike| alike.len())?;
    (usual.len() * 2 >= count as usize && (usual.len() > 1 || count == 1)).then(|| usual[0])
}

/// Numbers pages; those before the first have none.
fn numbered(offset: i64, count: u32) -> BTreeMap<u32, u32> {
    let numbers = (0..count).map(|page| (page, u32::try_from(i64::from(page) + offset)));
    numbers.filter_map(|(page, number)| Some((page, number.ok().filter(|&number| number > 0)?))).collect()
}

/// Reads the numbers of pages in their running heads: `12   THE FERRYMEN`.
pub(super) fn in_heads(sheet: &Sheet<'_>, heads: &[RowId], pages: &[u32]) -> BTreeMap<u32, u32> {
    let number = |word: Option<&str>| word.and_then(read).map(i64::from);
    let offsets = heads.iter().filter_map(|&row| {
        let mut words = sheet.words(row).split_whitespace();
        let number = number(words.next()).or_else(|| number(words.next_back()))?;
        Some(number - i64::from(pages[row as usize]))
    });
    let count = pages.last().map_or(0, |&last| last + 1);
    usual(offsets.collect(), count).map_or_else(BTreeMap::new, |offset| numbered(offset, count))
}

/// Looks for a run of numbers that stand alone, page after page, and break the sentences they stand in.
fn in_running_text(sheet: &Sheet<'_>) -> Numbers {
    let mut runs: Vec<Vec<(RowId, u32)>> = Vec::new();
    for row in 0..sheet.rows.len() as RowId {
        let apart = sheet.rows[row as usize].gap > 0
            || sheet.rows.get(row as usize + 1).is_none_or(|next| next.gap > 0);
        let Some(number) = read(sheet.words(row)).filter(|_| apart) else { continue };
        let goes_on = runs.iter().position(|run| {
            run.last().is_some_and(|&(last, before)| number == before + 1 && row >= last + SHORTEST_PAGE)
        });
        match goes_on {
            Some(at) => runs[at].push((row, number)),
            None if runs.len() < MOST_RUNS => runs.push(vec![(row, number)]),
            None => {}
        }
    }
    let longest = runs.into_iter().max_by_key(Vec::len).unwrap_or_default();
    let breaks = longest.iter().filter(|&&(row, _)| row > 0 && !ends_sentence(sheet.words(row - 1))).count();
    if longest.len() < FEWEST_PAGES || breaks * 3 < longest.len() {
        return Numbers { pages: vec![0; sheet.rows.len()], rows: Vec::new(), labels: BTreeMap::new() };
    }
    let rows: Vec<RowId> = longest.iter().map(|&(row, _)| row).collect();
    let at_foot = rows[0] >= SHORTEST_PAGE;
    // A number at the foot ends its page, one at the head begins it.
    let numbers = longest.iter().map(|&(_, number)| number);
    let labels = (u32::from(!at_foot)..).zip(numbers).filter(|&(_, number)| number > 0).collect();
    let pages = (0..sheet.rows.len() as RowId)
        .map(|row| rows.partition_point(|&number| if at_foot { number < row } else { number <= row }) as u32)
        .collect();
    Numbers { pages, rows, labels }
}

/// Reads `12`, `- 12 -`, `[12]`, `Page 12`, `Page 12 of 40`, `12/40`.
fn read(line: &str) -> Option<u32> {
    if line.len() > 24 {
        return None;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "-–—[]()|·•*".contains(c));
    let bare = ["Page ", "page ", "PAGE ", "Seite ", "Pg ", "p. ", "S. ", "стр. "]
        .iter()
        .find_map(|name| bare.strip_prefix(name))
        .unwrap_or(bare);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let of_all = bare[digits..].trim_start();
    let of_all =
        ["of ", "/", "von ", "из "].iter().find_map(|sign| of_all.strip_prefix(sign)).unwrap_or(of_all);
    let is_count = of_all.trim().bytes().all(|byte| byte.is_ascii_digit());
    (is_count && (1..=4).contains(&digits)).then(|| bare[..digits].parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::read_text;

    #[test]
    fn reads_numbers_that_stand_alone() {
        for (line, expected) in [
            ("12", Some(12)),
            ("- 12 -", Some(12)),
            ("Page 12 of 40", Some(12)),
            ("12/40", Some(12)),
            ("12.", None),
            ("12 boats", None),
            ("Page", None),
            ("1902-03", None),
            ("", None),
        ] {
            assert_eq!(read(line), expected, "{line:?}");
        }
    }

    #[test]
    fn numbers_of_pages_rise_at_their_edges() {
        let page = |last: &str, foot: &str| {
            let line = "the ferry had crossed the river as long as anybody could say, and\n";
            format!("{}{last}\n\n{foot}\n", line.repeat(14))
        };
        for (text, pages, numbers) in [
            (format!("{}\u{C}{}\u{C}", page("and", "1"), page("then", "2")), 2, 2),
            (format!("{}\u{C}{}\u{C}", page("and", "7"), page("then", "8")), 2, 2),
            (format!("{}\u{C}{}\u{C}", page("and", "1914"), page("then", "1902")), 2, 0),
            (format!("{}\n{}\n{}", page("and", "1"), page("then", "2"), page("the", "3")), 3, 3),
            (format!("{}\n{}\n{}", page("ended.", "1"), page("ended.", "2"), page("ended.", "3")), 1, 0),
            (format!("{}\n{}", page("and", "1"), page("then", "2")), 1, 0),
        ] {
            let sheet = read_text(&text);
            let found = find(&sheet);
            let count = found.pages.last().map_or(0, |last| last + 1);
            assert_eq!((count, found.rows.len()), (pages, numbers), "in {text:?}");
        }
    }
}
