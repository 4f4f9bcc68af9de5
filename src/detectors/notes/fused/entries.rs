//! The notes that want fused numbers: at the foot of pages, at the end of the text, or without a sign of their own.

use super::FUSED_ENTRY;
use crate::detectors::notes::arrows;
use crate::detectors::notes::headings::{is_notes_heading, is_rule};
use crate::detectors::notes::lists::{Entry, INDENT_PLAY, LONGEST_NOTE, NoteList};
use crate::detectors::structure::ends_sentence;
use crate::findings::{Findings, Shape};
use crate::grammar::{Label, Order};
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

/// Where the notes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// At the foot of each page.
    PageFoot,
    /// In a list at the end of the text or of a chapter.
    End,
    /// In such a list under a heading such as `Notes`.
    Headed,
    /// At the end, each with an arrow back.
    Arrows,
    /// Below a rule or such a heading, without any sign.
    SetOff,
}

impl Place {
    /// Tells whether each page has its own notes.
    pub(super) fn is_paged(self) -> bool {
        self == Self::PageFoot
    }
}

/// Notes with rising numbers that look for their signs.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) list: NoteList,
    pub(super) place: Place,
    /// Notes above which paragraphs without a number stand: these belong to the note before, if the list is cited above
    /// all of them.
    pub(super) below_paragraphs: Vec<usize>,
}

impl Wanted {
    fn new(list: NoteList, place: Place) -> Self {
        Self { list, place, below_paragraphs: Vec::new() }
    }

    pub(super) fn first_label(&self) -> u32 {
        self.list.entries[0].label.rank().unwrap_or(1)
    }

    pub(super) fn last_label(&self) -> u32 {
        self.first_label() + self.list.entries.len() as u32 - 1
    }
}

/// Finds the notes; those that are surer come first.
pub(super) fn find(sheet: &Sheet<'_>, findings: &Findings, lists: &[NoteList]) -> Vec<Wanted> {
    let body: Vec<RowId> = findings.body_rows().collect();
    let mut wanted = Vec::new();
    let mut unsigned = Vec::new();
    let counting = lists.iter().filter(|list| list.shape.order == Order::Counting);
    for list in counting.filter(|list| body.binary_search(&list.first_row()).is_ok()) {
        let arrows = list.ends.iter().filter(|&&end| arrows::ends(sheet.words(end - 1))).count();
        if arrows * 2 > list.entries.len() {
            wanted.push(Wanted::new(list.clone(), Place::Arrows));
        } else if list.is_unsigned() {
            unsigned.push(Wanted::new(list.clone(), Place::SetOff));
        }
    }
    // What made the markup knew raised digits; where it did not, it left the arrows.
    if !sheet.is_marked_up() {
        wanted.extend(at_page_feet(sheet, findings));
        wanted.extend(in_lists(sheet, findings, &body));
    }
    wanted.extend(unsigned);
    wanted
}

/// Finds the notes at the foot of each page: their numbers go on from page to page, or start again on each.
fn at_page_feet(sheet: &Sheet<'_>, findings: &Findings) -> Vec<Wanted> {
    let mut found: Vec<Wanted> = Vec::new();
    let mut body = findings.body_rows().peekable();
    while let Some(first) = body.next() {
        let page = findings.pages[first as usize];
        let mut rows = vec![first];
        while let Some(row) = body.next_if(|&row| findings.pages[row as usize] == page) {
            rows.push(row);
        }
        let is_paged = page > 0 || body.peek().is_some() || sheet.text.contains('\u{C}');
        if !is_paged {
            return found;
        }
        // Numbers go on from an earlier page, or start again.
        let goes_on = found.iter_mut().find_map(|wanted| {
            let notes = foot(sheet, findings, &rows, wanted.last_label() + 1)?;
            Some((wanted, notes))
        });
        match goes_on {
            Some((wanted, (entries, ends))) => {
                wanted.list.entries.extend(entries);
                wanted.list.ends.extend(ends);
            }
            None => found.extend(foot(sheet, findings, &rows, 1).map(at_foot)),
        }
    }
    found
}

fn at_foot((entries, ends): (Vec<Entry>, Vec<RowId>)) -> Wanted {
    Wanted::new(NoteList { shape: &FUSED_ENTRY, entries, ends }, Place::PageFoot)
}

/// Reads the notes at the end of one page's rows, if the first of them has the number that is expected.
fn foot(
    sheet: &Sheet<'_>,
    findings: &Findings,
    rows: &[RowId],
    expected: u32,
) -> Option<(Vec<Entry>, Vec<RowId>)> {
    let read = |row: RowId, label: u32| {
        let stands = findings.shapes[row as usize] != Shape::Code && !goes_on(sheet, row);
        stands.then(|| sign(sheet.words(row), label)).flatten()
    };
    let start = rows.iter().rposition(|&row| read(row, expected).is_some())?;
    let mut list = NoteList { shape: &FUSED_ENTRY, entries: Vec::new(), ends: Vec::new() };
    for &row in &rows[start..] {
        let label = expected + list.entries.len() as u32;
        if let Some(length) = read(row, label) {
            push_entry(sheet, &mut list, row, label, length);
        } else if let Some(end) = list.ends.last_mut() {
            *end = row + 1;
        }
    }
    let NoteList { entries, ends, .. } = list;
    // A number alone with nothing below it is the number of the page, or of nothing.
    let has_bare = entries.iter().zip(&ends).any(|(entry, &end)| entry.is_bare(sheet, end));
    (!entries.is_empty() && !has_bare).then_some((entries, ends))
}

/// Tells whether a number at the start of a row is one of the sentence that goes on there: `replacing version` above
/// `1 and later`.
fn goes_on(sheet: &Sheet<'_>, row: RowId) -> bool {
    let printed = &sheet.rows[row as usize];
    let text = sheet.words(row).trim_start_matches(|c: char| c.is_ascii_digit());
    let is_word = text.strip_prefix(' ').is_some_and(|text| text.starts_with(char::is_lowercase));
    is_word && row > 0 && printed.gap == 0 && !ends_sentence(sheet.words(row - 1))
}

/// Finds the lists whose notes begin with 1, 2, 3 …, each paragraph one of them: at the end of the text or a chapter. One
/// that goes on below paragraphs without a number comes first as it would be with them, then without.
fn in_lists(sheet: &Sheet<'_>, findings: &Findings, body: &[RowId]) -> Vec<Wanted> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < body.len() {
        let headed = at > 0 && is_notes_heading(sheet.words(body[at - 1]));
        let Some(length) =
            sign(sheet.words(body[at]), 1).filter(|_| findings.shapes[body[at] as usize] != Shape::Code)
        else {
            at += 1;
            continue;
        };
        let mut list = NoteList { shape: &FUSED_ENTRY, entries: Vec::new(), ends: Vec::new() };
        push_entry(sheet, &mut list, body[at], 1, length);
        at = read_on(sheet, body, at + 1, &mut list);
        let place = if headed { Place::Headed } else { Place::End };
        let below = below_paragraphs(sheet, body, at, &list);
        found.extend(below.map(|(list, below_paragraphs)| Wanted { list, place, below_paragraphs }));
        found.push(Wanted::new(list, place));
    }
    found
}

/// Adds the notes of a list that follow from a place on, up to a paragraph without a number; returns its place.
fn read_on(sheet: &Sheet<'_>, body: &[RowId], mut at: usize, list: &mut NoteList) -> usize {
    let indent = sheet.rows[list.first_row() as usize].indent;
    while let Some(&row) = body.get(at) {
        let printed = &sheet.rows[row as usize];
        if let Some((label, length)) = next_sign(sheet, row, list) {
            push_entry(sheet, list, row, label, length);
        } else if printed.gap == 0 || printed.indent > indent + 1 {
            let last = list.ends.len() - 1;
            list.ends[last] = row + 1;
        } else {
            break;
        }
        at += 1;
    }
    at
}

/// Reads the sign of the next note of a list at the start of a row.
fn next_sign(sheet: &Sheet<'_>, row: RowId, list: &NoteList) -> Option<(u32, usize)> {
    let label = list.entries.len() as u32 + 1;
    let printed = &sheet.rows[row as usize];
    let is_aligned = printed.indent.abs_diff(sheet.rows[list.first_row() as usize].indent) <= INDENT_PLAY;
    let words = sheet.words(row);
    // Below a blank line, and above a line that ends, the number that is expected next is one whatever follows it.
    let parted = || printed.gap > 0 || ends_sentence(sheet.words(row - 1));
    let length = sign(words, label).or_else(|| before_number(words, label).filter(|_| parted()));
    length.filter(|_| is_aligned).map(|length| (label, length))
}

/// Returns a list with the paragraphs below it that have no number, and the notes below those, if there are any.
fn below_paragraphs(
    sheet: &Sheet<'_>,
    body: &[RowId],
    mut at: usize,
    list: &NoteList,
) -> Option<(NoteList, Vec<usize>)> {
    let mut list = list.clone();
    let mut below = Vec::new();
    while let Some(next) = next_below(sheet, body, at, &list) {
        let last = list.ends.len() - 1;
        list.ends[last] = body[next - 1] + 1;
        below.push(last + 1);
        at = read_on(sheet, body, next, &mut list);
    }
    (!below.is_empty()).then_some((list, below))
}

/// Finds the next note of a list below paragraphs without a number.
fn next_below(sheet: &Sheet<'_>, body: &[RowId], at: usize, list: &NoteList) -> Option<usize> {
    for (place, &row) in body.iter().enumerate().skip(at).take(LONGEST_NOTE) {
        let words = sheet.words(row);
        if is_rule(words) || is_notes_heading(words) || sign(words, 1).is_some() {
            return None;
        }
        if sheet.rows[row as usize].gap > 0 && next_sign(sheet, row, list).is_some() {
            return Some(place);
        }
    }
    None
}

fn push_entry(sheet: &Sheet<'_>, list: &mut NoteList, row: RowId, label: u32, length: usize) {
    let start = sheet.rows[row as usize].span.start;
    list.entries.push(Entry {
        label: Label::Number(label),
        row,
        sign: Span { start, end: start + length as u32 },
    });
    list.ends.push(row + 1);
}

/// Measures the number at the start of a note with the white space behind it: `3Text`, `3. Text`, `3) Text`, `3 Text`, or
/// the number alone.
fn sign(words: &str, label: u32) -> Option<usize> {
    let rest = words.strip_prefix(label.to_string().as_str())?;
    let text = rest.strip_prefix(['.', ')']).unwrap_or(rest);
    let spaced = text.trim_start();
    let is_glued = text.len() == rest.len() && spaced.len() == text.len();
    let is_dotted = text.len() < rest.len() && spaced.len() < text.len();
    let begins = spaced.chars().next().is_none_or(|c| {
        (is_dotted || !c.is_ascii_digit())
            && (!is_glued || !matches!(c, '.' | ',' | ':' | '-' | '/' | '%' | '–' | '°' | ')' | ']'))
    });
    // `3rd`, `3D`, `10x` begin a sentence: a glued note begins with a capital, a quotation or an address.
    let looks_glued = !is_glued
        || spaced.is_empty()
        || spaced.starts_with(|c: char| !c.is_lowercase() || !c.is_ascii())
        || spaced.split(|c: char| !c.is_alphabetic()).next().is_some_and(|word| word.len() > 3);
    (begins && looks_glued && (is_glued || spaced.len() < text.len() || text.is_empty()))
        .then_some(words.len() - spaced.len())
}

/// Measures the number at the start of a note that begins with another number: `2 1724.`
fn before_number(words: &str, label: u32) -> Option<usize> {
    let rest = words.strip_prefix(label.to_string().as_str())?;
    let text = rest.trim_start();
    (text.len() < rest.len() && text.starts_with(|c: char| c.is_ascii_digit()))
        .then_some(words.len() - text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_begin_with_their_number() {
        for (words, label, expected) in [
            ("3Harbour log", 3, Some(1)),
            ("12https://harbour.example", 12, Some(2)),
            ("3. Harbour log", 3, Some(3)),
            ("3 Harbour log", 3, Some(2)),
            ("3", 3, Some(1)),
            ("3. 2.4 m deep", 3, Some(3)),
            ("3 2.4 m deep", 3, None),
            ("3rd of May", 3, None),
            ("3.5 m deep", 3, None),
            ("34 boats", 3, None),
            ("3-4 boats", 3, None),
            ("", 3, None),
        ] {
            assert_eq!(sign(words, label), expected, "{words:?}");
        }
    }
}
