//! What each reading system needs for notes, as data. Measured on the systems named.

use crate::options::Profile;
use crate::writers::markup::NoteForm;

/// Returns how notes are marked up for a reading system.
pub(super) fn form(profile: Profile) -> &'static NoteForm {
    match profile {
        Profile::Generic | Profile::Kindle => &GENERIC,
        Profile::Apple => &APPLE,
        Profile::Kobo => &KOBO,
    }
}

/// Everything that follows EPUB 3.3. The id is on the block, roles stand beside `epub:type` for screen readers, and the
/// number is the first link back: Kindle takes a link at the start of a note as the sign of a pop-up, and pop-ups that
/// drop backlinks drop a number that the reader has just clicked. `li` would take no role (`EPUBCheck` RSC-005), so each
/// note is a `div`.
const GENERIC: NoteForm = NoteForm {
    is_list: false,
    section: r#" class="notes" epub:type="endnotes" role="doc-endnotes""#,
    note: r#" epub:type="footnote" role="doc-footnote""#,
    reference: r#" epub:type="noteref" role="doc-noteref""#,
    backlink: r#" epub:type="backlink" role="doc-backlink""#,
    footnote: "div",
    number_leads_back: true,
    shortest: 0,
};

/// Apple Books shows a footnote in an `aside` as a pop-up and hides it on the page, so that it is not read twice.
const APPLE: NoteForm = NoteForm { footnote: "aside", ..GENERIC };

/// Kobo's e-ink devices look for the kind of note on the link, and show no pop-up for fewer than 9 characters.
const KOBO: NoteForm =
    NoteForm { reference: r#" epub:type="noteref footnote" role="doc-noteref""#, shortest: 9, ..GENERIC };
