//! Signs on lines of their own, because a program printed every piece of a page on one.
//!
//! > The mill was built in 1714
//! > [1]
//! > and rebuilt in 1802.
//! > [2]
//! >
//! > [1]
//! > So the stone.
//! > [2]
//! > Harrow Papers, p. 3.
//!
//! The signs rise twice from the first: in the text, where they interrupt sentences, and before the notes, where they do
//! not. Left alone: signs that rise once, as the numbers of pages do; those of verses and clauses, which start over in each
//! chapter; and fewer than three.

use std::collections::BTreeSet;

use super::claim_list;
use super::lists::{Entry, NoteList};
use super::markers::Marker;
use super::pair::Paired;
use crate::detectors::structure::{CLOSING, ends_sentence};
use crate::document::Certainty;
use crate::findings::Findings;
use crate::grammar::{FUSED_NUMBER, Label, Shape, UNSIGNED, roman};
use crate::ledger::Fate;
use crate::options::Options;
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

/// A sign alone on its line, and the note below.
static SPLIT_ENTRY: Shape = Shape { name: "split-entry", ..UNSIGNED };

/// Fewer notes than this prove nothing.
const FEWEST: usize = 3;

/// What stands around a sign.
type Frame = (&'static str, &'static str);

/// Brackets, which lowered and raised numbers of a formula do not have, come first.
const FRAMES: &[&[Frame]] =
    &[&[("[", "]")], &[("[", "]"), ("(", ")"), ("{", "}"), ("", "."), ("", ")"), ("", "")]];

/// How signs count: each reads what stands inside a frame as a place in the sequence.
const COUNTS: &[fn(&str) -> Option<u32>] = &[number, roman, letter];

/// A sign that is all there is on its row.
struct Sign {
    row: RowId,
    rank: u32,
}

/// Signs in the text, and those before the notes, as stretches of all signs.
struct Split<'s> {
    cited: &'s [Sign],
    notes: &'s [Sign],
}

/// Finds such notes and claims them, and joins the sentences that their signs parted.
pub(super) fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    if sheet.is_marked_up() {
        return;
    }
    for (frames, count) in FRAMES.iter().flat_map(|frames| COUNTS.iter().map(move |count| (frames, count))) {
        let signs = scan(sheet, findings, frames, *count);
        let mut found = splits(&signs);
        found.retain(|split| split.interrupts(sheet));
        for split in &found {
            claim(sheet, options, findings, split);
        }
        if !found.is_empty() {
            return;
        }
    }
}

/// Finds the rows of the body that are nothing but a sign, right below another row.
fn scan(
    sheet: &Sheet<'_>,
    findings: &Findings,
    frames: &[Frame],
    count: fn(&str) -> Option<u32>,
) -> Vec<Sign> {
    findings
        .body_rows()
        .filter(|&row| row > 0 && sheet.rows[row as usize].gap == 0)
        .filter_map(|row| read(sheet.words(row), frames, count).map(|rank| Sign { row, rank }))
        .collect()
}

fn read(words: &str, frames: &[Frame], count: fn(&str) -> Option<u32>) -> Option<u32> {
    let inside = |(open, close): &Frame| words.strip_prefix(open)?.strip_suffix(close);
    frames.iter().find_map(inside).and_then(count)
}

/// Finds where the signs start over and count up by one: before the notes of those above.
fn splits(signs: &[Sign]) -> Vec<Split<'_>> {
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 1);
    while at < signs.len() {
        let steps = signs[at..].windows(2).take_while(|pair| pair[1].rank == pair[0].rank + 1).count();
        let end = at + steps + 1;
        let split = Split { cited: &signs[from..at], notes: &signs[at..end] };
        if signs[at].rank == 1 && split.holds() {
            found.push(split);
            from = end;
        }
        at = end;
    }
    found
}

impl Split<'_> {
    /// Tells whether the signs above are those of the notes.
    fn holds(&self) -> bool {
        let ranks: BTreeSet<u32> = self.cited.iter().map(|sign| sign.rank).collect();
        let count = self.notes.len();
        let known = ranks.range(1..=count as u32).count();
        let rises = self.cited.windows(2).filter(|pair| pair[0].rank < pair[1].rank).count();
        count >= FEWEST
            && known * 10 >= count * 9
            && ranks.len() <= known + 1
            && (rises + 1) * 10 >= self.cited.len() * 7
    }

    /// Tells whether the signs above are printed as only those of notes are, or rise and interrupt sentences, which those
    /// below do not.
    fn interrupts(&self, sheet: &Sheet<'_>) -> bool {
        let is_bracketed = |sign: &Sign| sheet.words(sign.row).starts_with('[');
        let interrupting = |signs: &[Sign]| signs.iter().filter(|sign| sign.interrupts(sheet)).count();
        let falls = self.cited.windows(2).filter(|pair| pair[0].rank >= pair[1].rank).count();
        self.cited.iter().all(is_bracketed)
            || (falls * 10 <= self.cited.len()
                && interrupting(self.cited) * 4 >= self.cited.len()
                && interrupting(self.notes) * 10 <= self.notes.len())
    }
}

impl Sign {
    /// Tells whether a sentence goes on below a sign that began above it.
    fn interrupts(&self, sheet: &Sheet<'_>) -> bool {
        let goes_on = |words: &str| words.starts_with(CLOSING) || words.starts_with(char::is_lowercase);
        let below = sheet.rows.get(self.row as usize + 1).filter(|row| row.gap == 0);
        below.is_some_and(|row| goes_on(row.span.of(&sheet.text)))
            && !ends_sentence(sheet.words(self.row - 1))
    }
}

fn claim(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings, split: &Split<'_>) {
    let list = list(sheet, findings, split);
    let last = list.entries.len() as u32;
    let cited: Vec<&Sign> = split.cited.iter().filter(|sign| sign.rank <= last).collect();
    let markers: Vec<Marker> = cited.iter().map(|sign| marker(sheet, sign)).collect();
    let mut of_entries = vec![Vec::new(); list.entries.len()];
    for (at, sign) in cited.iter().enumerate() {
        of_entries[sign.rank as usize - 1].push(at);
    }
    let paired = Paired {
        list: 0,
        convention: &FUSED_NUMBER,
        markers: of_entries,
        certainty: Certainty::Certain,
        evidence: vec!["rising-order", "every-note-cited"],
    };
    claim_list(sheet, options, findings, &markers, &list, &paired);
    for sign in cited {
        join(sheet, findings, sign.row, "");
        if let Some(space) = space_below(sheet, sign.row) {
            join(sheet, findings, sign.row + 1, space);
        }
    }
}

fn marker(sheet: &Sheet<'_>, sign: &Sign) -> Marker {
    let span = sheet.rows[sign.row as usize].span;
    Marker {
        convention: &FUSED_NUMBER,
        label: Label::Number(sign.rank),
        span,
        sign: span,
        row: sign.row,
        leads: false,
        group: None,
    }
}

/// Makes a list of the notes, each as far as the sign of the next; without the last if nothing stands below its sign.
fn list(sheet: &Sheet<'_>, findings: &Findings, split: &Split<'_>) -> NoteList {
    let mut list = NoteList { shape: &SPLIT_ENTRY, entries: Vec::new(), ends: Vec::new() };
    for (at, sign) in split.notes.iter().enumerate() {
        let span = sheet.rows[sign.row as usize].span;
        let end = match split.notes.get(at + 1) {
            Some(next) => next.row,
            None => last_end(sheet, findings, sign.row),
        };
        let start = sheet.rows.get(sign.row as usize + 1).map_or(span.end, |row| row.span.start);
        let entry = Entry {
            label: Label::Number(sign.rank),
            row: sign.row,
            sign: Span { start: span.start, end: if end > sign.row + 1 { start } else { span.end } },
        };
        if at + 1 < split.notes.len() || !entry.is_bare(sheet, end) {
            list.entries.push(entry);
            list.ends.push(end);
        }
    }
    list
}

/// Finds the row after the last note: it has the row below its sign, and what goes on with the sentence of that.
fn last_end(sheet: &Sheet<'_>, findings: &Findings, sign: RowId) -> RowId {
    let goes_on = |row: RowId| {
        (row as usize) < sheet.rows.len()
            && sheet.rows[row as usize].gap == 0
            && findings.places[row as usize] == crate::findings::Place::Body
    };
    let mut end = sign + 1;
    if goes_on(end) {
        end += 1;
        while goes_on(end) && (sheet.words(end).starts_with(CLOSING) || !ends_sentence(sheet.words(end - 1)))
        {
            end += 1;
        }
    }
    end
}

/// Returns what stands between a sign and the row below it, if that goes on with the sentence above.
fn space_below(sheet: &Sheet<'_>, sign: RowId) -> Option<&'static str> {
    let below = sheet.rows.get(sign as usize + 1).filter(|row| row.gap == 0)?.span.of(&sheet.text);
    match () {
        () if below.starts_with(CLOSING) => Some(""),
        () if below.starts_with(char::is_lowercase) || !ends_sentence(sheet.words(sign - 1)) => Some(" "),
        () => None,
    }
}

/// Claims the line end before a row.
fn join(sheet: &Sheet<'_>, findings: &mut Findings, row: RowId, space: &'static str) {
    let gap = Span { start: sheet.rows[row as usize - 1].span.end, end: sheet.rows[row as usize].span.start };
    findings.claim(gap, Fate::Mend(space.into()), "interrupted-sentence");
}

fn number(sign: &str) -> Option<u32> {
    ((1..=4).contains(&sign.len()) && sign.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| sign.parse().ok())
        .flatten()
}

fn letter(sign: &str) -> Option<u32> {
    match sign.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(u32::from(letter - b'a') + 1),
        [b'a', letter @ b'a'..=b'z'] => Some(u32::from(letter - b'a') + 27),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_rise_in_the_text_and_before_the_notes() {
        for (ranks, expected) in [
            (&[1, 2, 3, 1, 2, 3][..], vec![(3, 3)]),
            (&[1, 2, 2, 3, 1, 2, 3], vec![(4, 3)]),
            (&[1, 2, 3, 4, 1, 2, 3], vec![(4, 3)]),
            (&[1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 1, 2, 3, 4], vec![(3, 3), (4, 4)]),
            (&[1, 2, 3, 4, 5], vec![]),
            (&[1, 2, 1, 2], vec![]),
            (&[7, 8, 9, 1, 2, 3], vec![]),
            (&[], vec![]),
        ] {
            let signs: Vec<Sign> = ranks.iter().map(|&rank| Sign { row: 0, rank }).collect();
            let found: Vec<_> =
                splits(&signs).iter().map(|split| (split.cited.len(), split.notes.len())).collect();
            assert_eq!(found, expected, "{ranks:?}");
        }
    }

    #[test]
    fn signs_count_in_numbers_and_letters() {
        for (words, expected) in [
            ("[12]", [Some(12), None, None]),
            ("(3)", [Some(3), None, None]),
            ("4.", [Some(4), None, None]),
            ("xiv", [None, Some(14), None]),
            ("c.", [None, Some(100), Some(3)]),
            ("ab", [None, None, Some(28)]),
            ("mill", [None, None, None]),
            ("", [None, None, None]),
        ] {
            let found: Vec<_> = COUNTS.iter().map(|count| read(words, FRAMES[1], *count)).collect();
            assert_eq!(found, expected, "{words:?}");
        }
    }
}
