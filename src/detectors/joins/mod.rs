//! What stands between two rows of one paragraph, and between two words: a space, nothing, or a mended break.

mod address;
mod code;
mod hyphen;

use std::collections::{BTreeMap, BTreeSet};

use self::hyphen::Hyphens;
use super::Detector;
use crate::findings::{Claim, Findings, Place, Shape};
use crate::ledger::Fate;
use crate::options::{Habit, Options};
use crate::sheet::{Kind, Mark, RowId, Run, Sheet, is_east_asian};
use crate::source::Span;

pub(super) const JOINS: Detector = Detector { name: "joins", find };

/// The last row of a place, and the block it is in.
#[derive(Clone, Copy)]
struct Last {
    row: RowId,
    shape: Shape,
    /// The indent of a block of code.
    base: u16,
}

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    let hyphens = if options.keeps(Habit::Hyphens) { Hyphens::kept() } else { Hyphens::of(sheet, findings) };
    let is_marker = |claim: &&Claim| matches!(claim.fate, Fate::Marker(_));
    let markers: BTreeSet<u32> =
        findings.claims.iter().filter(is_marker).map(|claim| claim.span.start).collect();
    let keeps_lines = options.keeps(Habit::Lines) && !sheet.is_marked_up();
    let mut last_in: BTreeMap<Option<u32>, Last> = BTreeMap::new();
    for row in 0..sheet.rows.len() as RowId {
        let place = match findings.places[row as usize] {
            Place::Body => None,
            Place::Note(id) => Some(id.0),
            Place::Gone | Place::Outside(_) => continue,
        };
        let before = last_in.get(&place).copied();
        let goes_on = before.filter(|last| goes_on(sheet, findings, last, row));
        let mut last = Last { row, shape: findings.shapes[row as usize], base: 0 };
        if is_preformatted(sheet, findings, row) {
            last.base = goes_on.map_or_else(|| code::base_indent(sheet, findings, row), |last| last.base);
            code::keep_layout(sheet, findings, goes_on.map(|last| last.row), row, last.base);
        } else {
            if let Some(before) = goes_on {
                last.shape = before.shape;
                if before.shape == Shape::Table {
                    // Its cells are joined already.
                } else if keeps_lines && !matches!(before.shape, Shape::Verse | Shape::Heading(_)) {
                    let end = sheet.rows[before.row as usize].span.end;
                    findings.runs.push(Run { span: Span { start: end, end }, mark: Mark::LineBreak });
                } else if before.shape != Shape::Verse && !sheet.breaks_after(before.row) {
                    join(sheet, findings, &hyphens, &markers, before.row, row);
                }
            }
            if !sheet.is_marked_up() {
                join_words(sheet, findings, row);
            }
        }
        last_in.insert(place, last);
    }
}

/// Tells whether a row is of the same block as the one before it in its place.
fn goes_on(sheet: &Sheet<'_>, findings: &Findings, last: &Last, row: RowId) -> bool {
    if sheet.is_marked_up() {
        return sheet.rows[last.row as usize].node == sheet.rows[row as usize].node;
    }
    match findings.shapes[row as usize] {
        Shape::Code => last.shape == Shape::Code,
        shape => shape == Shape::Continue,
    }
}

fn is_preformatted(sheet: &Sheet<'_>, findings: &Findings, row: RowId) -> bool {
    let node = &sheet.nodes[sheet.rows[row as usize].node.index()];
    findings.shapes[row as usize] == Shape::Code || matches!(node.kind, Kind::Code { .. } | Kind::Html)
}

/// Claims what stands before a row that goes on with the one above it.
fn join(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    hyphens: &Hyphens<'_>,
    markers: &BTreeSet<u32>,
    before: RowId,
    row: RowId,
) {
    let start = sheet.rows[row as usize].span.start;
    // Rows of another place may stand between: only the white space right before this row is the join.
    let gap = Span { start: sheet.rows[row as usize - 1].span.end, end: start };
    let (above, below) = (sheet.words(before), sheet.words(row));
    let last = above.chars().next_back();
    if let Some(length) = hyphens.length(above, below).filter(|_| !sheet.is_marked_up()) {
        let end = sheet.rows[before as usize].span.end;
        let hyphen = Span { start: end - length as u32, end };
        findings.claim(hyphen, Fate::Mend("".into()), "hyphenated-word");
        findings.claim(gap, Fate::Mend("".into()), "hyphen-at-line-end");
    } else if last.is_some_and(is_east_asian) && below.starts_with(is_east_asian) {
        findings.claim(gap, Fate::Mend("".into()), "wrapped-line");
    } else if markers.contains(&start) {
        findings.claim(gap, Fate::Mend("".into()), "marker-at-line-start");
    } else if address::goes_on(sheet, before, above, below) {
        findings.claim(gap, Fate::Mend("".into()), "wrapped-address");
    } else {
        findings.claim(gap, Fate::Mend(" ".into()), "wrapped-line");
    }
}

/// Claims several white spaces, and tabs, between words as one space.
fn join_words(sheet: &Sheet<'_>, findings: &mut Findings, row: RowId) {
    let span = sheet.rows[row as usize].span;
    let bytes = sheet.text.as_bytes();
    let mut at = span.start as usize;
    let end = span.end as usize;
    while let Some(found) = memchr::memchr2(b' ', b'\t', &bytes[at..end]) {
        let start = at + found;
        let length = bytes[start..end].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if length > 1 || bytes[start] == b'\t' {
            findings.claim(Span::new(start, start + length), Fate::Mend(" ".into()), "several-spaces");
        }
        at = start + length;
    }
}
