//! What finds things on a sheet: the ordered list [`DETECTORS`].
//!
//! A detector claims stretches of the sheet; it never edits, fails, prints, or does I/O.

mod article;
mod cleanup;
mod fragments;
mod furniture;
mod joins;
mod language;
pub(crate) mod metadata;
mod native_notes;
mod notes;
mod numbered_links;
mod promo;
mod structure;

use crate::findings::Findings;
use crate::options::Options;
use crate::sheet::Sheet;

/// One kind of finding.
pub(crate) struct Detector {
    /// Stable name, as in `docs/conventions.md`.
    pub(crate) name: &'static str,
    pub(crate) find: fn(&Sheet<'_>, &Options, &mut Findings),
}

/// The order matters: page furniture splits everything else, so it goes first; code hides markers; notes of the
/// input's own markup switch raw ones off; a text browser's numbers would look like markers, so its links are found
/// before notes;
/// promo lines stand at the bottom of what is left, so they come after notes; lines are joined where the structure
/// says that they belong together.
const DETECTORS: &[Detector] = &[
    furniture::FURNITURE,
    structure::CODE,
    article::ARTICLE,
    native_notes::NATIVE_NOTES,
    numbered_links::NUMBERED_LINKS,
    notes::NOTES,
    fragments::FRAGMENTS,
    promo::PROMO,
    metadata::METADATA,
    language::LANGUAGE,
    structure::STRUCTURE,
    cleanup::CLEANUP,
    joins::JOINS,
];

/// What runs where the text is taken as its own markup says: nothing is found out about it.
const AS_IS: &[&str] = &["native-notes", "structure", "joins"];

/// Runs all detectors over a sheet.
pub(crate) fn find(sheet: &Sheet<'_>, options: &Options) -> Findings {
    let mut findings = Findings::new(sheet);
    for detector in DETECTORS.iter().filter(|detector| !options.as_is || AS_IS.contains(&detector.name)) {
        (detector.find)(sheet, options, &mut findings);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_detector_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = DETECTORS.iter().map(|detector| detector.name).collect();
        assert_eq!(names.len(), DETECTORS.len());
    }
}
