//! What each row of a raw text begins or continues: paragraphs, headings, lists, quotes, verse, code, breaks.
//!
//! Rows are looked at place by place, as the body or a note has them once everything else is claimed, so that a page
//! number in the middle of a paragraph does not break it. Markup of the input says all this itself.

mod code;
mod headings;
mod item;
mod scene_break;
mod table;
mod verse;

use std::collections::BTreeSet;

use super::Detector;
use crate::findings::{Findings, Place, Shape};
use crate::ledger::Fate;
use crate::options::Options;
use crate::sheet::{Mark, PICTURE, Row, RowId, Sheet};
use crate::source::Span;

pub(super) use self::code::CODE;
pub(super) use self::headings::read_decorated;

pub(super) const STRUCTURE: Detector = Detector { name: "structure", find };

fn find(sheet: &Sheet<'_>, _: &Options, findings: &mut Findings) {
    if sheet.is_marked_up() {
        claim_signs(sheet, findings);
        return;
    }
    let starts = text_starts(sheet, findings);
    let ends = text_ends(sheet, findings);
    let in_insets = findings.begin_in_insets(sheet);
    let joined = joined_rows(sheet, findings);
    let mut body = Vec::new();
    let mut notes: Vec<Vec<RowId>> = vec![Vec::new(); findings.notes.len()];
    for row in 0..sheet.rows.len() as RowId {
        if in_insets[row as usize] || joined.contains(&row) {
            continue; // it goes on with the row above
        }
        if starts[row as usize] >= sheet.rows[row as usize].span.end {
            continue; // the label of a note, alone on its row
        }
        match findings.places[row as usize] {
            Place::Body => body.push(row),
            Place::Note(id) => notes[id.index()].push(row),
            Place::Gone | Place::Outside(_) => {}
        }
    }
    // Pages set notes smaller, so their lines hold more than those of the body.
    let is_apart = findings.pages.last().is_some_and(|&last| last > 0) && !findings.notes.is_empty();
    let apart = is_apart.then(|| (sheet.measured_by(&body), sheet.measured_by(&notes.concat())));
    let (for_body, for_notes) = apart.as_ref().map_or((sheet, sheet), |(body, notes)| (body, notes));
    let lines = Lines::new(for_body, &starts, &ends, &body);
    let ladder = headings::Ladder::new(&lines, findings);
    lines.shape(findings, &ladder);
    for above in joined.iter().filter_map(|row| row.checked_sub(1)) {
        if matches!(findings.shapes[above as usize], Shape::Heading(_)) {
            findings.shapes[above as usize] = Shape::Paragraph; // its sentence goes on
        }
    }
    let no_headings = headings::Ladder::default();
    for rows in &notes {
        Lines { is_note: true, ..Lines::new(for_notes, &starts, &ends, rows) }.shape(findings, &no_headings);
    }
}

/// Signs that go on with a sentence without a space.
#[rustfmt::skip]
pub(super) const CLOSING: &[char] = &[
    '.', ',', ';', ':', '!', '?', ')', ']', '”', '’', '»', '。', '，', '、', '；', '：', '！', '？', '）', '」', '』', '》', '〉', '．',
];

/// Claims what the text of a marked-up sheet shows only for detectors: numbers of items, and pictures without words.
fn claim_signs(sheet: &Sheet<'_>, findings: &mut Findings) {
    for run in &sheet.runs {
        let is_sign = match run.mark {
            Mark::Ordinal => true,
            Mark::Image { .. } => run.span.of(&sheet.text) == PICTURE,
            _ => false,
        };
        if is_sign {
            findings.claim(run.span, Fate::Syntax, "list-sign");
        }
    }
}

/// Returns the rows that another detector joined to the one above.
fn joined_rows(sheet: &Sheet<'_>, findings: &Findings) -> BTreeSet<RowId> {
    let spans = findings.claims.iter().map(|claim| claim.span).filter(|span| !span.is_empty());
    let ends = spans.map(|span| (span, sheet.row_at(span.end - 1)));
    // The white space before a row is looked up as that row, a claim that ends in it too.
    ends.filter(|&(span, row)| {
        let above = row.checked_sub(1).map(|above| sheet.rows[above as usize].span.end);
        let start = sheet.rows.get(row as usize).map_or(0, |row| row.span.start);
        above.is_some_and(|end| span.start <= end && span.end >= start)
    })
    .map(|(_, row)| row)
    .collect()
}

/// Returns for each row where its text begins, after the label of a note.
fn text_starts(sheet: &Sheet<'_>, findings: &Findings) -> Vec<u32> {
    let mut starts: Vec<u32> = sheet.rows.iter().map(|row| row.span.start).collect();
    for claim in &findings.claims {
        if matches!(claim.fate, Fate::Label(_)) {
            let row = sheet.row_at(claim.span.start) as usize;
            if starts[row] == claim.span.start {
                starts[row] = claim.span.end;
            }
        }
    }
    starts
}

/// Returns for each row where its text ends, before the markers at its end.
fn text_ends(sheet: &Sheet<'_>, findings: &Findings) -> Vec<u32> {
    let mut ends: Vec<u32> = sheet.rows.iter().map(|row| row.span.end).collect();
    for claim in findings.claims.iter().rev() {
        if matches!(claim.fate, Fate::Marker(_)) {
            let row = sheet.row_at(claim.span.end - 1) as usize;
            if ends.get(row) == Some(&claim.span.end) {
                let start = sheet.rows[row].span.start;
                let words = &sheet.text[start as usize..claim.span.start.max(start) as usize];
                ends[row] = start + words.trim_end().len() as u32;
            }
        }
    }
    ends
}

/// The rows of one place.
struct Lines<'l> {
    sheet: &'l Sheet<'l>,
    /// Where the text of each row of the sheet begins, after the label of a note.
    starts: &'l [u32],
    /// Where the text of each row of the sheet ends, before markers.
    ends: &'l [u32],
    rows: &'l [RowId],
    /// The sign of each row that is an item of a list.
    items: Vec<Option<item::Sign>>,
    is_note: bool,
}

impl<'l> Lines<'l> {
    fn new(sheet: &'l Sheet<'l>, starts: &'l [u32], ends: &'l [u32], rows: &'l [RowId]) -> Self {
        let lines = Self { sheet, starts, ends, rows, items: Vec::new(), is_note: false };
        Self { items: item::find(&lines), ..lines }
    }

    fn shape(&self, findings: &mut Findings, ladder: &headings::Ladder) {
        let mut at = 0;
        while at < self.rows.len() {
            let mut end = at + 1;
            while end < self.rows.len() && !self.begins_block(findings, at, end) {
                end += 1;
            }
            self.shape_block(findings, ladder, at, end);
            at = end;
        }
    }

    /// Tells whether a blank line, or code, parts the row from the one before it.
    fn begins_block(&self, findings: &Findings, first: usize, at: usize) -> bool {
        let is_code = |at: usize| findings.shapes[self.rows[at] as usize] == Shape::Code;
        let row = &self.sheet.rows[self.rows[at] as usize];
        if is_code(at) != is_code(first) || findings.breaks.contains(&self.rows[at]) {
            return true;
        }
        if findings.pages[self.rows[at - 1] as usize] != findings.pages[self.rows[at] as usize] {
            return !self.runs_over_the_page(at);
        }
        // Rows that went elsewhere part nothing, unless a blank line stands before this one.
        row.gap > 0
    }

    /// Tells whether a paragraph goes on at the top of the next page: its last line is no end of a sentence, and full
    /// unless the next one begins in the middle of it.
    fn runs_over_the_page(&self, at: usize) -> bool {
        let above = self.words(at - 1);
        let in_sentence = self.words(at).starts_with(char::is_lowercase);
        !ends_sentence(above)
            && (in_sentence || self.sheet.fills_the_measure(self.rows[at - 1], self.rows[at]))
    }

    fn shape_block(&self, findings: &mut Findings, ladder: &headings::Ladder, from: usize, to: usize) {
        let row = self.rows[from] as usize;
        if findings.shapes[row] == Shape::Code {
            return self.shape_table(findings, from, to);
        }
        if !self.is_note && to - from == 1 && scene_break::is_scene_break(self.words(from)) {
            findings.shapes[row] = Shape::Break;
            findings.claim(self.sheet.rows[row].span, Fate::Syntax, "scene-break");
            return;
        }
        let mut text = from;
        for at in from..to {
            let Some(heading) = ladder.heading(self.rows[at]).filter(|_| at >= text) else { continue };
            self.shape_lines(findings, text, at);
            findings.shapes[self.rows[at] as usize] = Shape::Heading(heading.level);
            for &sign in &heading.signs {
                findings.claim(sign, Fate::Syntax, heading.rule);
            }
            text = (at + heading.rows).min(to);
        }
        self.shape_lines(findings, text, to);
    }

    /// Makes a table of code whose lines are rows of one; what stands between the cells only places them.
    fn shape_table(&self, findings: &mut Findings, from: usize, to: usize) {
        let rows = &self.rows[from..to];
        let is_whole =
            rows.iter().all(|&row| self.starts[row as usize] == self.sheet.rows[row as usize].span.start);
        let Some(table) = table::read(self.sheet, rows).filter(|_| is_whole) else { return };
        let mut cells: Vec<Span> = table.rows.iter().flatten().flatten().copied().collect();
        cells.sort_unstable();
        let mut cells = cells.into_iter().peekable();
        for &row in rows {
            findings.shapes[row as usize] = Shape::Continue;
            let Span { start: mut at, end } = self.sheet.rows[row as usize].span;
            while let Some(cell) = cells.next_if(|cell| cell.start < end) {
                findings.claim(Span { start: at, end: cell.start }, Fate::Layout, "table");
                at = cell.end;
            }
            findings.claim(Span { start: at, end }, Fate::Layout, "table");
        }
        for more in table.rows.iter().flatten().flat_map(|cell| cell.iter().skip(1)) {
            let above = self
                .sheet
                .row_at(more.start)
                .checked_sub(1)
                .map_or(0, |above| self.sheet.rows[above as usize].span.end);
            findings.claim(Span { start: above, end: more.start }, Fate::Mend(" ".into()), "wrapped-line");
        }
        findings.shapes[rows[0] as usize] = Shape::Table;
        findings.tables.insert(rows[0], table);
    }

    /// Shapes the lines of a block that is no heading, break or code.
    fn shape_lines(&self, findings: &mut Findings, from: usize, to: usize) {
        let items = &self.items;
        let is_verse = items[from..to].iter().all(Option::is_none) && verse::is_verse(self, from, to);
        for at in from..to {
            let row = self.rows[at] as usize;
            if let Some(sign) = items[at] {
                findings.shapes[row] = Shape::Item { number: sign.number };
                findings.claim(sign.span, Fate::Syntax, "list-sign");
                continue;
            }
            if let Some(sign) = self.quote_sign(at) {
                findings.claim(sign, Fate::Syntax, "quote-sign");
                let goes_on = at > from && self.quote_sign(at - 1).is_some();
                findings.shapes[row] = if goes_on { Shape::Continue } else { Shape::Quote };
                continue;
            }
            findings.shapes[row] = match () {
                () if is_verse => {
                    if at == from {
                        Shape::Verse
                    } else {
                        Shape::Continue
                    }
                }
                () if at > from && self.goes_on(at) => Shape::Continue,
                () if self.is_set_in(at) => Shape::Quote,
                () => Shape::Paragraph,
            };
        }
    }

    /// Tells whether a row continues the paragraph of the one before it.
    fn goes_on(&self, at: usize) -> bool {
        let (before, row) = (self.rows[at - 1], self.rows[at]);
        let (above, this) = (&self.sheet.rows[before as usize], &self.sheet.rows[row as usize]);
        if self.is_item(at - 1) {
            return this.indent > above.indent || self.sheet.fills_the_measure(before, row);
        }
        let Some(width) = self.sheet.measure.width else { return false };
        let steps_in = this.indent > above.indent
            && above.indent == self.sheet.measure.indent
            && this.indent - above.indent <= 8;
        if self.sheet.fills_the_measure(before, row) {
            // Where no blank lines part paragraphs, a sentence that ends with room for the next word does.
            let begins = !self.words(at).starts_with(char::is_lowercase);
            let parts = begins && !self.sheet.measure.spaced && self.sheet.has_room_for(before, row);
            return !((steps_in || parts) && ends_sentence(self.words(at - 1)));
        }
        let short = u32::from(above.indent + above.width) * 10 < u32::from(width) * 8;
        !(ends_sentence(self.words(at - 1)) && (short || !self.sheet.measure.spaced))
    }

    /// Tells whether a paragraph is set in: more than the usual one, and not below a list item.
    fn is_set_in(&self, at: usize) -> bool {
        let items = &self.items;
        let row = &self.sheet.rows[self.rows[at] as usize];
        let below_item = items[..at]
            .iter()
            .zip(&self.rows[..at])
            .rev()
            .take(40)
            .take_while(|&(_, &above)| {
                self.sheet.rows[above as usize].indent > self.sheet.measure.indent || items[at].is_some()
            })
            .any(|(sign, _)| sign.is_some());
        !self.is_note
            && row.indent >= self.sheet.measure.indent + 2
            && !below_item
            && self.sheet.measure.spaced
    }

    fn quote_sign(&self, at: usize) -> Option<Span> {
        let words = self.words(at);
        let rest = words.strip_prefix('>')?;
        let length = words.len() - rest.trim_start().len();
        let start = self.starts[self.rows[at] as usize];
        (!rest.trim().is_empty()).then(|| Span { start, end: start + length as u32 })
    }

    fn row(&self, at: usize) -> &Row {
        &self.sheet.rows[self.rows[at] as usize]
    }

    fn is_item(&self, at: usize) -> bool {
        self.items[at].is_some()
    }

    /// Tells whether blank lines stand around some rows.
    fn stands_apart(&self, from: usize, to: usize) -> bool {
        (from == 0 || self.row(from).gap > 0) && (to >= self.rows.len() || self.row(to).gap > 0)
    }

    /// Tells whether each line is a paragraph.
    fn has_paragraph_a_line(&self) -> bool {
        self.sheet.measure.width.is_none()
    }

    /// Returns the width of the text, or what to take for it where lines are not broken.
    fn width_or(&self, width: usize) -> usize {
        self.sheet.measure.width.map_or(width, usize::from)
    }

    /// Returns the words of some rows, without the markers at the end of each.
    fn joined_without_markers(&self, from: usize, to: usize) -> String {
        let words = self.rows[from..to].iter().map(|&row| {
            let (start, end) = (self.starts[row as usize], self.ends[row as usize]);
            Span { start: start.min(end), end }.of(&self.sheet.text).trim()
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Returns the text of a row, without the label of a note.
    fn words(&self, at: usize) -> &str {
        let row = self.rows[at] as usize;
        &self.sheet.text[self.starts[row] as usize..self.sheet.rows[row].span.end as usize]
    }
}

/// Tells whether a line ends as sentences do.
pub(super) fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '」', '』', '“']);
    bare.ends_with(['.', '!', '?', '…', ':', '。', '．', '！', '？', '：', '؟', '।', '۔'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shapes of a text's rows, a letter each.
    fn shapes(text: &str) -> String {
        let sheet = crate::readers::read_text(text);
        let mut findings = Findings::new(&sheet);
        (CODE.find)(&sheet, &Options::default(), &mut findings);
        find(&sheet, &Options::default(), &mut findings);
        let letter = |shape: &Shape| match shape {
            Shape::Continue => '.',
            Shape::Paragraph => 'p',
            Shape::Heading(_) => 'h',
            Shape::Item { .. } => 'i',
            Shape::Quote => 'q',
            Shape::Code => 'c',
            Shape::Verse => 'v',
            Shape::Table => 't',
            Shape::Break => 'b',
        };
        findings.shapes.iter().map(letter).collect()
    }

    #[test]
    fn rows_take_the_shape_a_reader_sees() {
        let line = "The old ferry had crossed the river as long as anybody in the village could say or cared";
        for (text, expected) in [
            (format!("{line} to.\n\n{line} to.\n"), "pp"),
            (
                format!(
                    "{line}\nto ask, and then some more words came to make the second line as long as that\nend.\n"
                ),
                "p..",
            ),
            (format!("{line} to.\n\nThe bridge\n\n{line}.\n"), "php"),
            (format!("The bridge\n==========\n\n{line}.\n"), "h.p"),
            (format!("{line}:\n\n- ebb\n- flood\n\n{line}.\n"), "piip"),
            (format!("{line}:\n\n1. ebb\n2. flood\n\n{line}.\n"), "piip"),
            (format!("{line}.\n\n* * *\n\n{line}.\n"), "pbp"),
            (format!("{line}.\n\n    let x = 1;\n    call(x);\n\n{line}.\n"), "pccp"),
            (format!("{line}.\n\n1914. A year like any other.\n\n{line}.\n"), "ppp"),
            (format!("{line}.\n\n> quoted words\n\n{line}.\n"), "pqp"),
            (String::new(), ""),
        ] {
            assert_eq!(shapes(&text), expected, "in {text:?}");
        }
    }
}
