//! The element that holds the article: what markup says it is, or the smallest one around all running text.

use std::ops::Range;

use super::hints::speaks_of_notes;
use crate::page::{ElementId, Page};
use crate::sheet::{Kind, Sheet};

/// Running text has more characters outside links than a button or a menu.
const LONG: usize = 40;

/// The article has so many times more text than what stands around it, if no markup says which is which.
const FURNITURE: usize = 8;

/// Elements that may hold an article and say nothing of it.
const CONTAINERS: &[&str] = &["div", "section", "center", "form", "table", "tbody", "tr", "td", "span"];

/// How much text each row has, in and outside links; added up, so that any range is known at once.
pub(super) struct Measures {
    /// Characters outside links in the rows before each row.
    words: Vec<usize>,
    /// Rows of running text, and headings, before each row.
    running: Vec<usize>,
    /// Rows of running text alone before each row.
    prose: Vec<usize>,
    starts: Vec<u32>,
}

impl Measures {
    pub(super) fn of(sheet: &Sheet<'_>, page: &Page) -> Self {
        let mut linked = vec![0; sheet.rows.len()];
        for element in page.elements.iter().filter(|element| element.is_any(&["a"])) {
            for (row, count) in linked.iter_mut().enumerate().skip(sheet.row_at(element.shown.start) as usize)
            {
                let span = sheet.rows[row].span;
                if span.start >= element.shown.end {
                    break;
                }
                *count += (span.end.min(element.shown.end) - span.start.max(element.shown.start)) as usize;
            }
        }
        let mut measures = Self { words: vec![0], running: vec![0], prose: vec![0], starts: Vec::new() };
        let (mut words, mut running, mut prose) = (0, 0, 0);
        for (row, linked) in linked.into_iter().enumerate() {
            let printed = &sheet.rows[row];
            let unlinked = printed.span.len().saturating_sub(linked);
            let is_heading = matches!(sheet.nodes[printed.node.index()].kind, Kind::Heading(_));
            words += unlinked;
            running += usize::from(unlinked > LONG || (is_heading && unlinked > 0));
            prose += usize::from(unlinked > LONG && !is_heading);
            measures.words.push(words);
            measures.running.push(running);
            measures.prose.push(prose);
            measures.starts.push(printed.span.start);
        }
        measures
    }

    /// Returns how many characters outside links some rows have.
    pub(super) fn words(&self, rows: Range<usize>) -> usize {
        self.words[rows.end.max(rows.start)] - self.words[rows.start]
    }

    /// Tells whether some rows have running text.
    pub(super) fn has_running_text(&self, rows: Range<usize>) -> bool {
        self.running(rows) > 0
    }

    /// Tells whether some rows have running text that is no heading.
    pub(super) fn has_prose(&self, rows: Range<usize>) -> bool {
        self.prose[rows.end.max(rows.start)] > self.prose[rows.start]
    }

    fn running(&self, rows: Range<usize>) -> usize {
        self.running[rows.end.max(rows.start)] - self.running[rows.start]
    }

    /// Returns the rows that an element shows.
    pub(super) fn rows(&self, page: &Page, element: ElementId) -> Range<usize> {
        let shown = page.elements[element].shown;
        let first = self.starts.partition_point(|&start| start < shown.start);
        let end = self.starts.partition_point(|&start| start < shown.end);
        first..end.max(first)
    }
}

/// Finds the element that holds the article; none if that is the whole page.
pub(super) fn main_part(
    sheet: &Sheet<'_>,
    page: &Page,
    measures: &Measures,
    is_left: &dyn Fn(usize) -> bool,
) -> Option<ElementId> {
    // What is left of each row, and which of it is running text, added up.
    let mut left = vec![0];
    let mut long = vec![0_usize];
    for row in 0..sheet.rows.len() {
        let words = if is_left(row) { measures.words(row..row + 1) } else { 0 };
        left.push(left[row] + words);
        long.push(long[row] + usize::from(words > LONG));
    }
    let text = |element: ElementId| {
        let rows = measures.rows(page, element);
        left[rows.end] - left[rows.start]
    };
    let body = page.elements.iter().position(|element| element.is_any(&["body"]))?;
    let mut main = None;
    let mut current = body;
    loop {
        let whole = text(current);
        // Markup that says so is believed if most of the text is there; of several articles none is the one.
        let said =
            page.inside(current).filter(|&inner| says_main(page, inner)).max_by_key(|&inner| text(inner));
        if let Some(said) = said.filter(|&said| text(said) * 2 > whole && !is_article(page, current)) {
            (main, current) = (Some(said), said);
            continue;
        }
        if main.is_some_and(|main| says_main(page, main)) {
            return main;
        }
        let outer = measures.rows(page, current);
        let holds_all = |child: &ElementId| {
            if !page.elements[*child].is_any(CONTAINERS) {
                return false;
            }
            let inner = measures.rows(page, *child);
            let around = |sums: &[usize]| {
                (sums[inner.start] - sums[outer.start]) + (sums[outer.end.max(inner.end)] - sums[inner.end])
            };
            measures.running(outer.clone()) == measures.running(inner.clone())
                && around(&left) * FURNITURE <= measures.words(inner.clone())
                && around(&long) == 0
                && !speaks_of_notes(page, *child)
        };
        match page.children(current).find(holds_all) {
            Some(child) => {
                main = Some(child);
                current = child;
            }
            None => return main,
        }
    }
}

/// Tells whether markup says that an element is an article: only its own parts follow.
pub(super) fn is_article(page: &Page, element: ElementId) -> bool {
    page.elements[element].is_any(&["article"])
        || page.elements[element].has_word("itemprop", &["articleBody"])
}

/// Tells whether markup says that an element holds the article.
fn says_main(page: &Page, element: ElementId) -> bool {
    let element = &page.elements[element];
    element.is_any(&["main", "article"])
        || element.has_word("role", &["main", "article"])
        || element.has_word("itemprop", &["articleBody"])
}
