//! Notes that the input's own markup makes: `[^1]` in Markdown, links that lead to a note and back.

mod back;
mod extent;
mod fragments;
mod labelled;
mod linked;
mod links;
mod sign;

use super::Detector;
use crate::findings::Findings;
use crate::options::Options;
use crate::sheet::Sheet;

pub(super) const NATIVE_NOTES: Detector = Detector { name: "native-notes", find };

fn find(sheet: &Sheet<'_>, _: &Options, findings: &mut Findings) {
    if let Some(page) = sheet.page() {
        linked::find(sheet, page, findings);
    } else if sheet.is_marked_up() {
        labelled::find(sheet, findings);
        if findings.notes.is_empty() {
            fragments::find(sheet, findings);
        }
    }
}
