//! Entries → lists, and how far each note reaches.
//!
//! A list is a run of entries of one shape whose labels rise. What stands between two of them is part of the first
//! note if it goes on with its paragraph, is set in, or if everything around it is notes; a paragraph that cites the
//! next note is body, and ends the list.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Entry, LONGEST_NOTE};
use crate::detectors::notes::arrows;
use crate::detectors::notes::markers::Marker;
use crate::findings::{Findings, Place, Shape as RowShape};
use crate::grammar::{Convention, Label, Order, POINTED_ENTRY, Shape, UNSIGNED_ENTRY};
use crate::sheet::{RowId, Sheet};

/// How much further right or left a sign may stand than the one before it.
pub(crate) const INDENT_PLAY: u16 = 3;

/// A run of entries of one shape.
#[derive(Clone, Debug)]
pub(crate) struct NoteList {
    pub(crate) shape: &'static Shape,
    pub(crate) entries: Vec<Entry>,
    /// For each entry the row after its last one.
    pub(crate) ends: Vec<RowId>,
}

impl NoteList {
    pub(crate) fn first_row(&self) -> RowId {
        self.entries[0].row
    }

    /// Tells whether its notes have no sign but one that leads back.
    pub(crate) fn is_pointed(&self) -> bool {
        std::ptr::eq(self.shape, &raw const POINTED_ENTRY)
    }

    /// Tells whether its notes have no sign, so that only their order gives them numbers.
    pub(crate) fn is_unsigned(&self) -> bool {
        std::ptr::eq(self.shape, &raw const UNSIGNED_ENTRY)
    }

    /// Returns the row after the last one.
    pub(crate) fn end(&self) -> RowId {
        self.ends[self.ends.len() - 1]
    }
}

/// Puts entries together that belong to one list, in the order of their first rows.
pub(crate) fn group(
    sheet: &Sheet<'_>,
    findings: &Findings,
    mut entries: Vec<(&'static Shape, Entry)>,
    markers: &[Marker],
) -> Vec<NoteList> {
    leave_wrapped(sheet, &mut entries);
    let starts: Vec<RowId> = entries.iter().map(|(_, entry)| entry.row).collect();
    let arrows: Vec<RowId> = findings.body_rows().filter(|&row| arrows::ends(sheet.words(row))).collect();
    let citations = Citations::new(markers);
    let mut open: BTreeMap<&str, NoteList> = BTreeMap::new();
    let mut lists = Vec::new();
    for (shape, entry) in entries {
        let Some(end) = own_end(sheet, findings, shape, &entry, &starts) else { continue };
        let end = end.max(arrow_end(sheet, &entry, &starts, &arrows).unwrap_or(end));
        if entry.is_bare(sheet, end) {
            continue;
        }
        if let Some(list) = open.get_mut(shape.name)
            && let Some(gap_ends_at) = joins(sheet, list, &entry, &citations)
        {
            let last = list.ends.len() - 1;
            list.ends[last] = gap_ends_at;
            list.entries.push(entry);
            list.ends.push(end);
            continue;
        }
        if interrupts_a_sentence(sheet, entry.row) {
            continue; // a marker that came to stand at the start of a line
        }
        let list = NoteList { shape, entries: vec![entry], ends: vec![end] };
        lists.extend(open.insert(shape.name, list));
    }
    lists.extend(open.into_values());
    lists.sort_by_key(NoteList::first_row);
    lists
}

/// Leaves out what a program brought to the start of a line when it broke a sentence there, unless it is the next of its
/// kind: `till` above `1667. He wrote`, or `in` above `1647.`, which is all that did not fit.
fn leave_wrapped(sheet: &Sheet<'_>, entries: &mut Vec<(&'static Shape, Entry)>) {
    let mut last: BTreeMap<&str, Label> = BTreeMap::new();
    entries.retain(|(shape, entry)| {
        let follows = last.get(shape.name).is_some_and(|before| rises(shape.order, before, &entry.label));
        let row = &sheet.rows[entry.row as usize];
        let below = sheet.rows.get(entry.row as usize + 1);
        let is_last = below.is_none_or(|below| below.gap > 0 || below.indent < row.indent);
        let is_rest = row.gap == 0 && entry.sign.end >= row.span.end && is_last;
        let stays = follows || !(is_rest || interrupts_a_sentence(sheet, entry.row));
        if stays {
            last.insert(shape.name, entry.label.clone());
        }
        stays
    });
}

/// Tells whether a label can follow another in a list.
fn rises(order: Order, before: &Label, after: &Label) -> bool {
    match (before.rank(), after.rank()) {
        (Some(_), Some(_)) if order == Order::Counting => after.follows(before),
        (Some(before), Some(after)) => after > before,
        _ => before != after,
    }
}

/// Tells whether a row goes on with the sentence of the one above: its lines were broken by a program, and no sign ends
/// a sentence there.
fn interrupts_a_sentence(sheet: &Sheet<'_>, row: RowId) -> bool {
    let Some(above) = row.checked_sub(1).filter(|_| sheet.rows[row as usize].gap == 0) else { return false };
    let words = sheet.words(above);
    let bare = words.trim_end_matches(['"', '”', '’', ')', ']', '»', '」', '』']);
    let ends = bare.ends_with(['.', '!', '?', '…', ':', '。', '．', '！', '？', '：', '؟', '।']);
    let same_block = sheet.rows[above as usize].indent == sheet.rows[row as usize].indent;
    !ends && same_block && !sheet.is_marked_up() && sheet.fills_the_measure(above, row)
}

/// Decides whether `entry` goes on with `list`; if so, returns where the note before it ends.
fn joins(sheet: &Sheet<'_>, list: &NoteList, entry: &Entry, citations: &Citations<'_>) -> Option<RowId> {
    let last = list.entries.last()?;
    let indent = |row: RowId| sheet.rows[row as usize].indent;
    let rises = rises(list.shape.order, &last.label, &entry.label);
    let alike =
        entry.label.follows(&last.label) || indent(last.row).abs_diff(indent(entry.row)) <= INDENT_PLAY;
    if list.shape.order == Order::Single || !rises || !alike {
        return None;
    }
    let touches = list.end() >= entry.row;
    let closed = list.shape.order == Order::Rising
        && citations.stand_before(&entry.label, last.row, list.shape)
        && !citations.of_later(&last.label, list.end()..entry.row, list.shape);
    (touches || closed).then_some(entry.row)
}

/// Where labels are cited, looked up in constant time.
struct Citations<'m> {
    markers: &'m [Marker],
    /// The first row that cites a label, for each convention.
    first: BTreeMap<(&'static str, &'m Label), RowId>,
    /// What reads them.
    conventions: Vec<&'static Convention>,
}

impl<'m> Citations<'m> {
    fn new(markers: &'m [Marker]) -> Self {
        let mut first = BTreeMap::new();
        let mut conventions: Vec<&'static Convention> = Vec::new();
        for marker in markers.iter().filter(|marker| !marker.leads) {
            first.entry((marker.convention.name, &marker.label)).or_insert(marker.row);
            if !conventions.iter().any(|known| known.name == marker.convention.name) {
                conventions.push(marker.convention);
            }
        }
        Self { markers, first, conventions }
    }

    /// Tells whether a marker above `row` cites the note with this label in a list of this shape.
    fn stand_before(&self, label: &'m Label, row: RowId, shape: &Shape) -> bool {
        let mut citing = self.conventions.iter().filter(|convention| cites(convention, shape));
        citing.any(|convention| self.first.get(&(convention.name, label)).is_some_and(|&first| first < row))
    }

    /// Tells whether a marker in these rows cites a note of this shape that comes after `label`.
    fn of_later(&self, label: &Label, rows: Range<RowId>, shape: &Shape) -> bool {
        let from = self.markers.partition_point(|marker| marker.row < rows.start);
        self.markers[from..].iter().take_while(|marker| marker.row < rows.end).any(|marker| {
            cites(marker.convention, shape) && marker.label.rank() > label.rank() && !marker.leads
        })
    }
}

fn cites(convention: &Convention, shape: &Shape) -> bool {
    convention.lists.iter().any(|(list, _)| std::ptr::eq(*list, shape))
}

/// Finds the row after the last one that is certainly the note's: its paragraph, and what is set in below it; or the
/// row of its closing bracket, if it has one. None if the bracket is not closed at the end of a row.
fn own_end(
    sheet: &Sheet<'_>,
    findings: &Findings,
    shape: &Shape,
    entry: &Entry,
    starts: &[RowId],
) -> Option<RowId> {
    if let Some(bracket) = shape.ends_with {
        return closing_row(sheet, entry, bracket);
    }
    let first = &sheet.rows[entry.row as usize];
    let alone = entry.sign.end >= first.span.end;
    let next = starts.get(starts.partition_point(|&row| row <= entry.row)).copied();
    let limit = next.unwrap_or(sheet.rows.len() as RowId);
    let mut end = entry.row + 1;
    let mut hangs = false;
    // Where the text goes on below, code under a note is the text's.
    let text_below = |mut rows: Range<RowId>| {
        rows.any(|row| {
            sheet.rows[row as usize].indent <= first.indent && findings.places[row as usize] == Place::Body
        })
    };
    let mut text_follows: Option<bool> = None;
    while end < limit && findings.places[end as usize] == Place::Body {
        let row = &sheet.rows[end as usize];
        let set_in = row.indent > first.indent;
        hangs |= set_in;
        let goes_on = match row.gap {
            0 if sheet.is_marked_up() => row.node == first.node,
            0 if (hangs && row.indent < first.indent) || arrows::ends(sheet.words(end - 1)) => false,
            0 => {
                set_in
                    || sheet.fills_the_measure(end - 1, end)
                    || (sheet.measure.width.is_some() && end > entry.row + 1)
                    || ends_page(sheet, findings, end)
            }
            _ if alone && end == entry.row + 1 => true,
            _ => {
                row.indent > first.indent + 1
                    && row.indent > sheet.measure.indent
                    && !(findings.shapes[end as usize] == RowShape::Code
                        && *text_follows.get_or_insert_with(|| text_below(end..limit)))
            }
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    Some(end)
}

/// Finds the row after the arrow that ends a note, if the next note, or nothing, follows it.
fn arrow_end(sheet: &Sheet<'_>, entry: &Entry, starts: &[RowId], arrows: &[RowId]) -> Option<RowId> {
    let arrow = *arrows.get(arrows.partition_point(|&row| row < entry.row))?;
    let next = starts.get(starts.partition_point(|&row| row <= entry.row)).copied();
    let limit = next.unwrap_or(sheet.rows.len() as RowId);
    (arrow + 1 == limit && ((arrow - entry.row) as usize) < LONGEST_NOTE).then_some(arrow + 1)
}

/// Tells whether nothing but the rows of this block stands on the rest of the page: it is the foot of the page.
fn ends_page(sheet: &Sheet<'_>, findings: &Findings, row: RowId) -> bool {
    let is_paged = findings.pages.last().is_some_and(|&last| last > 0);
    let page = findings.pages[row as usize];
    is_paged
        && (row as usize..sheet.rows.len())
            .take_while(|&below| findings.pages[below] == page && findings.places[below] == Place::Body)
            .all(|below| sheet.rows[below].gap == 0)
}

/// The longest bracketed note, in rows.
const LONGEST_BLOCK: usize = 400;

fn closing_row(sheet: &Sheet<'_>, entry: &Entry, bracket: char) -> Option<RowId> {
    let mut depth = 1;
    for (at, row) in sheet.rows.iter().enumerate().skip(entry.row as usize).take(LONGEST_BLOCK) {
        let start = row.span.start.max(entry.sign.end);
        let words = &sheet.text[start as usize..row.span.end as usize];
        for (place, c) in words.char_indices() {
            depth += i32::from(c == '[') - i32::from(c == bracket);
            if depth == 0 {
                return words[place..].trim_start_matches(bracket).is_empty().then_some(at as RowId + 1);
            }
        }
    }
    None
}
