//! What a page prints around its text: page numbers and running heads, and the marks that an edition puts where a page
//! began. They split paragraphs and note lists, so they
//! are claimed before everything that looks at the order of rows.

mod page_break;
mod page_number;
mod running_head;

use std::collections::BTreeMap;

use super::Detector;
use crate::findings::{Findings, PageMark};
use crate::ledger::Reason;
use crate::options::{Habit, Options};
use crate::sheet::{RowId, Sheet};

pub(super) const FURNITURE: Detector = Detector { name: "page-furniture", find };

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    if let Some(page) = sheet.page() {
        page_break::find(sheet, page, options, findings);
    }
    if sheet.is_marked_up() || sheet.rows.is_empty() {
        return;
    }
    let numbers = page_number::find(sheet);
    findings.pages = numbers.pages;
    let mut labels = numbers.labels;
    if !options.keeps(Habit::PageFurniture) {
        for row in numbers.rows {
            findings.drop_row(sheet, row, Reason::PageFurniture, "page-number");
        }
    }
    let heads = running_head::find(sheet, findings);
    if labels.is_empty() {
        labels = page_number::in_heads(sheet, &heads, &findings.pages);
    }
    if !options.keeps(Habit::PageFurniture) {
        for row in heads {
            findings.drop_row(sheet, row, Reason::PageFurniture, "running-head");
        }
    }
    mark_pages(sheet, &labels, findings);
}

/// Marks the first row of every page whose number is known.
fn mark_pages(sheet: &Sheet<'_>, labels: &BTreeMap<u32, u32>, findings: &mut Findings) {
    let mut before = None;
    for (row, &page) in sheet.rows.iter().zip(&findings.pages) {
        if before.replace(page) != Some(page)
            && let Some(label) = labels.get(&page)
        {
            findings.page_marks.push(PageMark { at: row.span.start, label: label.to_string() });
        }
    }
}

/// The rows of each page that are still in the body, in order.
fn pages(sheet: &Sheet<'_>, findings: &Findings) -> Vec<Vec<RowId>> {
    let last = findings.pages.last().copied().unwrap_or(0) as usize;
    let mut pages = vec![Vec::new(); last + 1];
    for row in findings.body_rows().filter(|&row| (row as usize) < sheet.rows.len()) {
        pages[findings.pages[row as usize] as usize].push(row);
    }
    pages
}
