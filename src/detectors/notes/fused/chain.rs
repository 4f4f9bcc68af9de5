//! The chain of signs that gives the notes their numbers in the order of the text, and looks best.

use super::candidates::Candidate;
use super::entries::{Place, Wanted};
use crate::findings::Findings;
use crate::sheet::RowId;

/// What a note without a sign costs, in the measure of a candidate's quality.
const MISSING: i64 = 6;

/// The best chain that ends with some number.
#[derive(Clone, Copy)]
struct Best {
    value: i64,
    candidate: Option<usize>,
}

/// Chooses candidates with rising numbers, in the order of the text, none worse than `lowest`.
///
/// The heaviest rising subsequence, with the best value below each number kept in a binary indexed tree: n log n.
pub(super) fn choose(
    findings: &Findings,
    wanted: &Wanted,
    candidates: &[Candidate],
    lowest: u8,
) -> Vec<usize> {
    let first = wanted.first_label();
    let count = wanted.list.entries.len();
    let start = Best { value: 0, candidate: None };
    let mut tree = vec![start; count + 1];
    let mut before: Vec<Option<usize>> = vec![None; candidates.len()];
    let mut best = start;
    let usable = candidates.partition_point(|candidate| candidate.row < wanted.list.end());
    for run in candidates[..usable].chunk_by(|a, b| a.run == b.run) {
        // Readings of the same digits exclude each other, so none of them may build on another.
        let mut made = Vec::new();
        for candidate in run.iter().filter(|candidate| candidate.quality >= lowest) {
            let entry = |label: u32| label.checked_sub(first).map(|at| at as usize).filter(|&at| at < count);
            let (Some(from), Some(to)) = (entry(candidate.first), entry(candidate.last)) else { continue };
            let worth: Vec<i64> = (from..=to)
                .map(|at| worth(findings, wanted, candidate, wanted.list.entries[at].row))
                .collect();
            if worth.iter().all(|&worth| worth > 0) {
                let index = candidate_index(candidates, candidate);
                let below = highest(&tree, from);
                before[index] = below.candidate;
                made.push((to, below.value + worth.iter().sum::<i64>(), index));
            }
        }
        for (at, value, index) in made {
            let found = Best { value, candidate: Some(index) };
            if value > best.value {
                best = found;
            }
            raise(&mut tree, at + 1, found);
        }
    }
    let mut chosen = Vec::new();
    let mut at = best.candidate;
    while let Some(index) = at {
        chosen.push(index);
        at = before[index];
    }
    chosen.reverse();
    chosen
}

/// Leaves out numbers among the words where another one could be meant: the same between the same neighbours.
pub(super) fn leave_ambiguous(chosen: &mut Vec<usize>, candidates: &[Candidate]) {
    let between: Vec<(usize, usize)> = (0..chosen.len())
        .map(|at| {
            let before = at.checked_sub(1).map_or(0, |at| chosen[at] + 1);
            (before, chosen.get(at + 1).copied().unwrap_or(candidates.len()))
        })
        .collect();
    let mut at = 0;
    chosen.retain(|&index| {
        let (from, to) = between[at];
        at += 1;
        let number = candidates[index].first;
        let alike = candidates[from..to]
            .iter()
            .filter(|other| other.first == number && other.run != candidates[index].run);
        !candidates[index].is_any_number() || alike.count() == 0
    });
}

/// Weighs a candidate for the note that begins at a row. Nothing below a note refers to it, nor anything on another
/// page; but a page that was full may have left a note, or the line that refers to it, to the next one.
fn worth(findings: &Findings, wanted: &Wanted, candidate: &Candidate, note: RowId) -> i64 {
    let quality = i64::from(candidate.quality) + MISSING;
    let is_above = candidate.row < note;
    if wanted.place != Place::PageFoot {
        return if is_above { quality } else { 0 };
    }
    let apart = findings.pages[note as usize].abs_diff(findings.pages[candidate.row as usize]);
    match apart {
        0 if is_above => quality,
        1 => quality - 3,
        _ => 0,
    }
}

fn candidate_index(candidates: &[Candidate], candidate: &Candidate) -> usize {
    let first = candidates.partition_point(|other| other.run < candidate.run);
    first + candidates[first..].iter().position(|other| other == candidate).unwrap_or(0)
}

/// Returns the best chain whose last number is one of the first `count`.
fn highest(tree: &[Best], count: usize) -> Best {
    let mut best = Best { value: 0, candidate: None };
    let mut at = count;
    while at > 0 {
        if tree[at].value > best.value {
            best = tree[at];
        }
        at &= at - 1;
    }
    best
}

/// Notes the best chain that ends with the number at a place, counted from 1.
fn raise(tree: &mut [Best], place: usize, found: Best) {
    let mut at = place;
    while at < tree.len() {
        if found.value > tree[at].value {
            tree[at] = found;
        }
        at += at & at.wrapping_neg();
    }
}
