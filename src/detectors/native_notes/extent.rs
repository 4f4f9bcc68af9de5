//! Where a note begins and ends, seen from the element that its references lead to.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::page::{ElementId, Page};
use crate::sheet::{Mark, RowId, Sheet};

/// Words in names of classes, ids and addresses that speak of notes.
pub(in crate::detectors) const HINTS: &[&str] = &["note", "ftn", "fn", "foot", "cite", "ref", "aside"];

/// Elements that can be a note as a whole.
const UNITS: &[&str] = &["li", "dd", "aside", "tr", "td", "tbody", "table", "blockquote", "dl"];

/// Elements that hold all notes, or the article.
const HOLDERS: &[&str] = &["html", "body", "main", "article", "ol", "ul"];

/// How Word marks a note.
const WORD_NOTES: &[&str] = &["mso-element:footnote", "mso-element:endnote"];

/// So many rows before the last note of a block tell whether its notes have several paragraphs, and it has no more itself.
const NEAR: RowId = 200;

/// The blocks of a page, asked for notes.
pub(super) struct Extents<'e> {
    sheet: &'e Sheet<'e>,
    page: &'e Page,
    /// The first rows of everything that may be a note.
    starts: BTreeSet<RowId>,
    /// The rows of everything that may refer to a note.
    references: BTreeSet<RowId>,
}

impl<'e> Extents<'e> {
    /// Looks at everything that references may lead to. `links` are their rows and targets.
    pub(super) fn of(sheet: &'e Sheet<'e>, page: &'e Page, links: &[(RowId, ElementId)]) -> Self {
        let mut extents = Self { sheet, page, starts: BTreeSet::new(), references: BTreeSet::new() };
        extents.starts = links.iter().filter_map(|&(_, target)| extents.start(target)).collect();
        // A link on the first row of a note is likely to lead back.
        extents.references = links.iter().map(|&(row, _)| row).collect();
        extents.references.retain(|row| !extents.starts.contains(row));
        extents
    }

    /// Returns the row that a note begins with: its target stands at the beginning of it, with at most its sign before.
    fn start(&self, target: ElementId) -> Option<RowId> {
        const LONGEST: usize = 16;
        let at = self.page.elements[target].shown.start;
        let row = self.sheet.row_at(at);
        let printed = self.sheet.rows.get(row as usize)?;
        let before = &self.sheet.text[printed.span.start.min(at) as usize..at as usize];
        let letters = before.chars().filter(|c| c.is_alphabetic()).count();
        (before.len() <= LONGEST && letters <= 2).then_some(row)
    }

    /// Returns the rows of the note that begins at an element.
    pub(super) fn rows(&self, target: ElementId) -> Option<Range<RowId>> {
        let first = self.start(target)?;
        let mut unit = self.block(target)?;
        let mut rows = self.rows_of(unit);
        if rows.start != first || self.next_start(first).is_some_and(|next| next < rows.end) {
            // Several notes in one block, parted by line breaks.
            let next = self.next_start(first).filter(|&next| next < rows.end);
            let end = next.unwrap_or_else(|| self.end_of_last(&rows, first));
            return (rows.start <= first).then_some(first..end);
        }
        while let Some(around) = self.unit_around(unit, first) {
            unit = around;
        }
        rows = self.rows_of(unit);
        let element = &self.page.elements[unit];
        let is_heading = element.is_heading();
        if is_heading && !self.is_only_a_sign(&rows) {
            return None;
        }
        if element.is_any(&["td"]) && self.follows_its_sign(unit, first) {
            rows.start -= 1;
        }
        if is_heading || element.is_any(&["dt"]) {
            rows.end = self.end_of_siblings(unit, rows.end);
        } else if element.is_any(&["p"]) {
            rows.end = self.end_of_continuation(unit, rows.end);
        }
        Some(rows)
    }

    /// Returns the block that a target is, or stands in.
    fn block(&self, target: ElementId) -> Option<ElementId> {
        std::iter::once(target).chain(self.page.around(target)).find(|&element| self.is_block(element))
    }

    fn is_block(&self, element: ElementId) -> bool {
        let shown = self.page.elements[element].shown;
        !shown.is_empty() && shown.of(&self.sheet.text).ends_with('\n')
    }

    /// Returns the rows that an element shows.
    fn rows_of(&self, element: ElementId) -> Range<RowId> {
        let shown = self.page.elements[element].shown;
        let end = self.sheet.rows.partition_point(|row| row.span.start < shown.end) as RowId;
        self.sheet.row_at(shown.start)..end
    }

    fn next_start(&self, first: RowId) -> Option<RowId> {
        self.starts.range(first + 1..).next().copied()
    }

    /// Returns where the last note of a block ends, in which others stand as well: with its paragraph, or, where others have
    /// several, before words in bold.
    fn end_of_last(&self, rows: &Range<RowId>, last: RowId) -> RowId {
        let begins_paragraph = |row: &RowId| self.sheet.rows[*row as usize].gap > 0;
        let is_note = |row: &RowId| self.starts.contains(row);
        let first = self.starts.range(rows.clone()).next().copied().unwrap_or(last);
        let has_several = ((first + 1).max(last.saturating_sub(NEAR))..last)
            .any(|row| begins_paragraph(&row) && !is_note(&row));
        let is_bold = |row: &RowId| {
            let start = self.sheet.rows[*row as usize].span.start;
            self.sheet.runs_at(start).any(|run| run.mark == Mark::Strong)
        };
        let is_alone = self.is_only_a_sign(&(last..last + 1));
        let end = rows.end.min(last + NEAR);
        (last + 1 + RowId::from(is_alone)..end)
            .find(|row| begins_paragraph(row) && (!has_several || is_bold(row)))
            .unwrap_or(end)
    }

    /// Returns the element around a note that holds nothing else and belongs to it.
    fn unit_around(&self, unit: ElementId, first: RowId) -> Option<ElementId> {
        let around = self.page.elements[unit].parent?;
        let element = &self.page.elements[around];
        let rows = self.rows_of(around);
        let is_alone = rows.start == first && self.next_start(first).is_none_or(|next| next >= rows.end);
        let is_unit = element.is_any(UNITS) || self.speaks_of_one_note(around);
        (is_alone && is_unit && !element.is_any(HOLDERS)).then_some(around)
    }

    /// Tells whether a `div` or so is a note: its markup says it, or its name speaks of notes and another one stands beside
    /// it.
    fn speaks_of_one_note(&self, element: ElementId) -> bool {
        let names = ["class", "id", "role", "epub:type", "style", "data-type"];
        let hinted =
            names.iter().filter_map(|name| self.page.elements[element].attribute(name)).any(|value| {
                let value = value.to_ascii_lowercase();
                HINTS.iter().any(|hint| value.contains(hint))
            });
        let found = &self.page.elements[element];
        let says_so = found.has_word("role", &["doc-footnote", "doc-endnote"])
            || found.attribute("style").is_some_and(|style| {
                let style: String = style.to_ascii_lowercase().split_whitespace().collect();
                WORD_NOTES.iter().any(|note| style.split(';').any(|part| part == *note))
            });
        if says_so {
            return true;
        }
        let Some(around) = self.page.elements[element].parent else { return false };
        let rows = self.rows_of(around);
        hinted && self.starts.range(rows).nth(1).is_some()
    }

    /// Tells whether a cell stands right after one that holds nothing but the sign of the note.
    fn follows_its_sign(&self, cell: ElementId, first: RowId) -> bool {
        let Some(row) = self.page.elements[cell].parent.map(|around| self.rows_of(around)) else {
            return false;
        };
        row.start + 1 == first && self.is_only_a_sign(&(row.start..first))
    }

    fn is_only_a_sign(&self, rows: &Range<RowId>) -> bool {
        rows.len() == 1 && super::sign::read(self.sheet.words(rows.start), true).is_some()
    }

    /// Returns the end of what follows a heading or a term that is only the sign of a note.
    fn end_of_siblings(&self, unit: ElementId, end: RowId) -> RowId {
        let name = &self.page.elements[unit].name;
        self.page
            .after(unit)
            .take_while(|&child| self.page.elements[child].name != *name)
            .map(|child| self.rows_of(child).end)
            .fold(end, RowId::max)
    }

    /// Returns the end of paragraphs that go on with a note, up to the next one beside it.
    fn end_of_continuation(&self, unit: ElementId, end: RowId) -> RowId {
        let Some(next) = self.next_start(end.saturating_sub(1)) else { return end };
        let mut reached = end;
        for child in self.page.after(unit) {
            let rows = self.rows_of(child);
            if rows.start >= next {
                return if rows.start == next { reached } else { end };
            }
            let is_body = self.references.range(rows.clone()).next().is_some();
            if is_body || rows.end > next || !self.page.elements[child].is_any(&["p", "blockquote", "pre"]) {
                return end;
            }
            reached = reached.max(rows.end);
        }
        end
    }
}
