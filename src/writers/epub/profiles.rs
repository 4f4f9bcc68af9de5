//! What each reading system needs for notes, as data. Measured on the systems named.

use crate::writers::markup::NoteForm;

/// Thorium, Readium, `KOReader`, foliate, calibre and everything else that follows EPUB 3.3: the number stands outside the
/// links, since pop-ups drop backlinks; the id is on the block; roles beside `epub:type` for screen readers. `li` would
/// take no role (EPUBCheck RSC-005), so each note is a `div`.
pub(super) const GENERIC: NoteForm = NoteForm {
    is_list: false,
    section: r#" class="notes" epub:type="endnotes" role="doc-endnotes""#,
    note: r#" epub:type="footnote" role="doc-footnote""#,
    reference: r#" epub:type="noteref" role="doc-noteref""#,
    backlink: r#" epub:type="backlink" role="doc-backlink""#,
};
