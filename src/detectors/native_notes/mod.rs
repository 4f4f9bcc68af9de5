//! Notes that the input's own markup makes: `[^1]` in Markdown, `<ref>…</ref>` in MediaWiki, links that lead to a note
//! and back in HTML.

mod back;
mod beside;
mod claims;
mod extent;
mod fragments;
mod labelled;
mod linked;
mod links;
mod of_dialect;
mod ranges;
mod sign;

pub(super) use self::extent::HINTS;
pub(super) use self::sign::read as read_sign;
use super::Detector;
use crate::findings::Findings;
use crate::options::Options;
use crate::sheet::{Origin, Sheet};

pub(super) const NATIVE_NOTES: Detector = Detector { name: "native-notes", find };

fn find(sheet: &Sheet<'_>, _: &Options, findings: &mut Findings) {
    match &sheet.origin {
        Origin::Text => {}
        Origin::Markdown { .. } => {
            labelled::find(sheet, findings);
            if findings.notes.is_empty() {
                fragments::find(sheet, findings);
            }
        }
        Origin::Html { page, .. } => {
            linked::find(sheet, page, findings);
            beside::find(sheet, page, findings);
        }
        Origin::Dialect { .. } => of_dialect::find(sheet, findings),
    }
}
