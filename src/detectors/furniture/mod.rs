//! What a page prints around its text: page numbers and running heads. They split paragraphs and note lists, so they
//! are claimed before everything that looks at the order of rows.

mod page_number;
mod running_head;

use super::Detector;
use crate::findings::Findings;
use crate::options::{Habit, Options};
use crate::sheet::{RowId, Sheet};

pub(super) const FURNITURE: Detector = Detector { name: "page-furniture", find };

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    if sheet.is_marked_up() || sheet.rows.is_empty() {
        return;
    }
    let numbers = page_number::find(sheet);
    findings.pages = numbers.pages;
    if options.keeps(Habit::PageFurniture) {
        return;
    }
    for row in numbers.rows {
        findings.drop_row(sheet, row, crate::ledger::Reason::PageFurniture, "page-number");
    }
    for row in running_head::find(sheet, findings) {
        findings.drop_row(sheet, row, crate::ledger::Reason::PageFurniture, "running-head");
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
