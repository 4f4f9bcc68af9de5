//! Headings in a raw text, and their levels.
//!
//! Some are marked: underlined, or between signs. The others only stand as headings do, and many signs together
//! decide. In a text whose headings are marked, a short line that stands apart is none. A title is the first level.

mod decorated;
mod numbered;
mod standing;
mod underlined;

use std::collections::BTreeMap;

pub(in crate::detectors) use self::decorated::read_decorated;
use super::Lines;
use crate::findings::Findings;
use crate::sheet::RowId;
use crate::source::Span;

/// So many marked headings say how this text marks them.
const HABIT: usize = 2;

/// The headings of a text, by their first rows.
#[derive(Default)]
pub(super) struct Ladder {
    headings: BTreeMap<RowId, Heading>,
}

/// A heading as it is printed.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) level: u8,
    /// How many rows belong to it, the line under it included.
    pub(super) rows: usize,
    /// The signs that mark it, and nothing else.
    pub(super) signs: Vec<Span>,
    pub(super) rule: &'static str,
}

/// What headings of one level have in common; the higher level comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Style {
    /// Which of the text's underlines it has: the one used first is the highest.
    Underlined(usize),
    /// How many signs it needs less than the longest.
    Decorated(u8),
    /// `2.1 The rope`: how many numbers stand before the words.
    Numbered(usize),
    Centred,
    /// Columns before it.
    At(u16),
}

impl Ladder {
    pub(super) fn new(lines: &Lines<'_>, findings: &Findings) -> Self {
        let mut found: Vec<(RowId, Heading, Style)> = underlined::find(lines, findings);
        for find in [decorated::find, standing::find] {
            if found.len() < HABIT {
                found.extend(find(lines, findings));
            }
        }
        let mut styles: Vec<Style> = found.iter().map(|(_, _, style)| *style).collect();
        styles.sort_unstable();
        styles.dedup();
        let highest = 1 + usize::from(findings.metadata.title.is_some());
        let mut headings = BTreeMap::new();
        for (row, mut heading, style) in found {
            let rank = styles.iter().position(|other| *other == style).unwrap_or_default();
            heading.level = (highest + rank).min(6) as u8;
            headings.entry(row).or_insert(heading);
        }
        Self { headings }
    }

    /// Returns the heading that begins at a row.
    pub(super) fn heading(&self, row: RowId) -> Option<&Heading> {
        self.headings.get(&row)
    }
}
