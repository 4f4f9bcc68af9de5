//! Notes without a sign → lists: each ends with an arrow, begins with a caret, or stands below a rule or heading.

use super::{Entry, LONGEST_NOTE, NoteList};
use crate::detectors::notes::arrows;
use crate::detectors::notes::headings::{is_bibliography, is_notes_heading, is_rule};
use crate::detectors::structure::ends_sentence;
use crate::findings::{Findings, Shape as RowShape};
use crate::grammar::{Label, POINTED_ENTRY, Shape, UNSIGNED_ENTRY};
use crate::sheet::{Kind, RowId, Sheet};
use crate::source::Span;

/// So many rows above the first arrow the first note may begin.
const FIRST_NOTE: usize = 8;

/// What programs print before an item whose number they lost.
const BULLETS: &[&str] = &["- ", "* ", "• ", "+ "];

/// What stands before a note and leads back from it.
const POINTERS: &[&str] = &["^ ", "↑ ", "↩ "];

/// Finds the lists of notes that have no sign; `signed` are those that have one.
pub(crate) fn find(sheet: &Sheet<'_>, findings: &Findings, signed: &[NoteList]) -> Vec<NoteList> {
    let body: Vec<RowId> = findings.body_rows().collect();
    let printed = Printed { sheet, findings, body: &body };
    let mut lists = printed.with_arrows();
    lists.extend(printed.with_pointers());
    if lists.is_empty() {
        let holds_other = |list: &NoteList| {
            let next = signed.partition_point(|other| other.first_row() < list.first_row());
            signed.get(next).is_some_and(|other| other.first_row() < list.end())
        };
        lists.extend(printed.set_off().into_iter().filter(|list| !holds_other(list)));
    }
    lists
}

/// The rows of the body. Places are indices into them.
struct Printed<'p> {
    sheet: &'p Sheet<'p>,
    findings: &'p Findings,
    body: &'p [RowId],
}

impl Printed<'_> {
    fn words(&self, place: usize) -> &str {
        self.sheet.words(self.body[place])
    }

    fn gap(&self, place: usize) -> u16 {
        self.sheet.rows[self.body[place] as usize].gap
    }

    /// Finds the notes that end with arrows, chapter by chapter.
    fn with_arrows(&self) -> Vec<NoteList> {
        let mut ending: Vec<usize> =
            (0..self.body.len()).filter(|&at| arrows::ends(self.words(at))).collect();
        // An arrow alone below another is that of a second reference.
        ending.dedup_by(|later, earlier| {
            let same = *later == *earlier + 1 && self.is_arrow(*later);
            if same {
                *earlier = *later;
            }
            same
        });
        let belong = |a: &usize, b: &usize| {
            b - a <= LONGEST_NOTE && !(*a + 1..*b).any(|at| is_notes_heading(self.words(at)))
        };
        ending
            .chunk_by(belong)
            .filter(|ending| !self.are_numbered(ending))
            .map(|ending| {
                let mut begins = vec![self.first_begins(ending[0])];
                begins.extend(ending[..ending.len() - 1].iter().map(|&at| at + 1));
                let ends = ending.iter().map(|&at| self.body[at] + 1).collect();
                self.list(&UNSIGNED_ENTRY, &begins, ends, BULLETS)
            })
            .collect()
    }

    /// Tells whether a row is nothing but arrows.
    fn is_arrow(&self, place: usize) -> bool {
        arrows::trailing(self.words(place)).last().is_some_and(|piece| piece.start == 0)
    }

    /// Tells whether most of the notes that end here begin with their number, or one fused to their first word.
    fn are_numbered(&self, ending: &[usize]) -> bool {
        let above = |at: usize| match at {
            0 => ending[0].saturating_sub(LONGEST_NOTE),
            _ => ending[at - 1] + 1,
        };
        let is_numbered = |&at: &usize| (above(at)..=ending[at]).any(|place| self.begins_with(place, at + 1));
        (0..ending.len()).filter(is_numbered).count() * 2 > ending.len()
    }

    /// Tells whether a row begins with a number, or one fused to its first word.
    fn begins_with(&self, place: usize, number: usize) -> bool {
        let words = self.words(place).trim_start_matches(['[', '(']);
        let rest = words.strip_prefix(number.to_string().as_str());
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Finds where the first note begins whose arrow ends it: below a heading or rule, where blank lines part it
    /// from the text, or with its paragraph.
    fn first_begins(&self, arrow: usize) -> usize {
        let near = arrow.saturating_sub(FIRST_NOTE)..=arrow;
        let widest = near.clone().max_by_key(|&at| (self.gap(at), at)).filter(|&at| self.gap(at) > 1);
        near.rev().find(|&at| self.is_set_off(at)).max(widest).unwrap_or_else(|| self.paragraph_begins(arrow))
    }

    /// Tells whether a row stands below a rule or a heading over notes.
    fn is_set_off(&self, place: usize) -> bool {
        place > 0
            && (is_rule(self.words(place - 1))
                || is_notes_heading(self.words(place - 1))
                || self.sheet.break_parts(self.body[place - 1], self.body[place]))
    }

    /// Finds the row that begins the paragraph of another.
    fn paragraph_begins(&self, place: usize) -> usize {
        let lowest = place.saturating_sub(FIRST_NOTE);
        let place = if self.is_arrow(place) { place.saturating_sub(1) } else { place };
        let begins =
            |at: usize| at == 0 || self.gap(at) > 0 || ends_sentence(self.words(at - 1)) && !self.goes_on(at);
        (lowest..=place).rev().find(|&at| begins(at)).unwrap_or(place)
    }

    /// Tells whether a program broke the line above a row.
    fn goes_on(&self, place: usize) -> bool {
        let (above, row) = (self.body[place - 1], self.body[place]);
        if self.sheet.is_marked_up() {
            return self.sheet.rows[above as usize].node == self.sheet.rows[row as usize].node;
        }
        self.gap(place) == 0 && self.sheet.fills_the_measure(above, row)
    }

    /// Finds the notes that begin with a sign that leads back.
    fn with_pointers(&self) -> Vec<NoteList> {
        let points = |at: usize| POINTERS.iter().any(|sign| self.words(at).starts_with(sign));
        let begins: Vec<usize> = (0..self.body.len()).filter(|&at| points(at)).collect();
        let end_of = |at: usize| {
            let mut end = at + 1;
            while end < self.body.len() && !points(end) && self.goes_on(end) {
                end += 1;
            }
            end
        };
        begins
            .chunk_by(|&a, &b| end_of(a) == b)
            .map(|begins| {
                let ends = begins.iter().map(|&at| self.body[end_of(at) - 1] + 1).collect();
                self.list(&POINTED_ENTRY, begins, ends, POINTERS)
            })
            .collect()
    }

    /// Finds the paragraphs that stand below a rule or a heading over notes, as far as they stand alike.
    fn set_off(&self) -> Vec<NoteList> {
        (1..self.body.len())
            .filter(|&at| self.is_set_off(at) && !is_bibliography(self.words(at - 1)))
            .filter_map(|at| self.paragraphs_from(at))
            .collect()
    }

    fn paragraphs_from(&self, first: usize) -> Option<NoteList> {
        let mut begins = Vec::new();
        let mut ends = Vec::new();
        let mut usual = u16::MAX;
        for at in first..self.body.len() {
            let row = self.body[at];
            let node = self.sheet.rows[row as usize].node;
            let is_heading = matches!(self.sheet.nodes[node.index()].kind, Kind::Heading(_));
            let parted = at > first && self.gap(at) > usual.saturating_add(1);
            if parted || is_heading || self.findings.shapes[row as usize] == RowShape::Code {
                break;
            }
            // What another rule or heading follows is no list of notes, and each is looked at once.
            if is_rule(self.words(at)) || at > first && self.is_set_off(at) {
                return None;
            }
            if at == first || !self.goes_on(at) {
                begins.push(at);
                ends.push(row + 1);
                if begins.len() == 2 {
                    usual = self.gap(at).max(1);
                }
            } else if let Some(end) = ends.last_mut() {
                *end = row + 1;
            }
        }
        let numbered = begins.iter().enumerate().filter(|&(at, &place)| self.begins_with(place, at + 1));
        (numbered.count() * 2 < begins.len()).then(|| self.list(&UNSIGNED_ENTRY, &begins, ends, BULLETS))
    }

    fn list(&self, shape: &'static Shape, begins: &[usize], ends: Vec<RowId>, signs: &[&str]) -> NoteList {
        let entry = |(at, &place): (usize, &usize)| {
            let row = self.body[place];
            let start = self.sheet.rows[row as usize].span.start;
            let sign = signs.iter().find(|sign| self.words(place).starts_with(*sign));
            let end = start + sign.map_or(0, |sign| sign.len() as u32);
            Entry { label: Label::Number(at as u32 + 1), row, sign: Span { start, end } }
        };
        NoteList { shape, entries: begins.iter().enumerate().map(entry).collect(), ends }
    }
}
