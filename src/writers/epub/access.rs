//! Accessibility metadata (EPUB Accessibility 1.1, Schema.org accessibility terms), computed from what is in the book.
//!
//! A book that says it conforms must name who evaluated it (§4.4.1). That is whoever the author names as `certifier`;
//! else it was nobody but this program, and the book says so: see docs/adr/0008-accessibility.md.

use serde::Serialize;

use crate::document::{Block, Document, Inline};

/// What a book tells those who ask whether they can read it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Access {
    pub(super) modes: Vec<&'static str>,
    pub(super) sufficient: Vec<&'static str>,
    pub(super) features: Vec<&'static str>,
    pub(super) hazard: &'static str,
    /// In English, whatever the language of the book.
    pub(super) summary: String,
    /// Who evaluated the book, if all that we can check speaks for WCAG 2.2 AA.
    pub(super) certifier: Option<String>,
}

/// Who evaluated a book that nobody else did.
const PROGRAM: &str = "postil (automatic checks only)";

/// What is known of the book beside its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts<'f> {
    /// `und` when unknown.
    pub(super) lang: &'f str,
    pub(super) has_title: bool,
    /// Whether pages of a printed edition are listed.
    pub(super) has_pages: bool,
    /// Whether there are pictures that may move, and so flash.
    pub(super) may_flash: bool,
    /// Whom the author names.
    pub(super) certifier: Option<&'f str>,
}

/// What the checks look for.
#[derive(Debug, Default)]
struct Counts {
    headings: usize,
    notes: usize,
    formulas: usize,
    pictures: usize,
    pictures_without_words: usize,
    tables: usize,
    tables_without_head: usize,
}

/// Looks at everything in the book.
pub(super) fn of(documents: &[&Document], facts: Facts<'_>) -> Access {
    let Facts { lang, has_title, has_pages, may_flash, certifier } = facts;
    let mut counts = Counts::default();
    for document in documents {
        counts.add(&document.blocks);
        document.notes.iter().for_each(|note| counts.add(&note.blocks));
        counts.notes += document.notes.len();
        document.each_inline(&mut |inline| match inline {
            Inline::Image { alt, .. } => {
                counts.pictures += 1;
                counts.pictures_without_words += usize::from(alt.trim().is_empty());
            }
            Inline::Math { .. } => counts.formulas += 1,
            _ => {}
        });
    }
    let all_pictures_have_words = counts.pictures_without_words == 0;
    let conforms = lang != "und"
        && has_title
        && !may_flash
        && all_pictures_have_words
        && counts.tables_without_head == 0;
    let mut access = Access {
        modes: vec!["textual"],
        sufficient: Vec::new(),
        features: vec!["tableOfContents", "readingOrder", "displayTransformability"],
        hazard: if may_flash { "unknown" } else { "none" },
        summary: String::new(),
        certifier: None,
    };
    if counts.headings > 0 || has_title {
        access.features.push("structuralNavigation");
    }
    if has_pages {
        access.features.extend(["pageBreakMarkers", "pageNavigation"]);
    }
    if counts.formulas > 0 {
        access.features.push("MathML");
    }
    let mut says = vec!["The text can be read in any size, in any colours, and aloud.".to_owned()];
    if counts.notes > 0 {
        says.push("Every note is linked from the text, and back to it.".to_owned());
    }
    if has_pages {
        says.push("The pages of the printed edition are marked and listed.".to_owned());
    }
    if counts.pictures > 0 {
        access.modes.push("visual");
        access.sufficient.push("textual,visual");
        if all_pictures_have_words {
            access.features.push("alternativeText");
            says.push("Every picture has a description.".to_owned());
        } else {
            says.push(format!(
                "{} of {} pictures have no description.",
                counts.pictures_without_words, counts.pictures
            ));
        }
    }
    if all_pictures_have_words {
        access.sufficient.insert(0, "textual");
    }
    if counts.tables_without_head > 0 {
        says.push(format!("{} of {} tables have no headings.", counts.tables_without_head, counts.tables));
    }
    if may_flash {
        says.push("There are pictures that may move.".to_owned());
    }
    if lang == "und" {
        says.push("The language of the text is not known.".to_owned());
    }
    if conforms {
        if certifier.is_none() {
            says.push("This was checked by the program that made the book, not by a person.".to_owned());
        }
        access.certifier = Some(certifier.unwrap_or(PROGRAM).to_owned());
    }
    access.summary = says.join(" ");
    access
}

impl Counts {
    fn add(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { .. } => self.headings += 1,
                Block::Table { head, .. } => {
                    self.tables += 1;
                    self.tables_without_head += usize::from(head.iter().all(Vec::is_empty));
                }
                Block::Quote(inner) | Block::Alert { blocks: inner, .. } => self.add(inner),
                Block::Definitions(definitions) => {
                    definitions
                        .iter()
                        .flat_map(|definition| &definition.meanings)
                        .for_each(|meaning| self.add(meaning));
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.add(&item.blocks)),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_claimed_that_is_not_so() {
        for (markdown, lang, conforms, features, sufficient) in [
            ("Ebb.", "en", true, "structuralNavigation", "textual"),
            ("Ebb.", "und", false, "structuralNavigation", "textual"),
            ("![The ferry](a.png)", "en", true, "alternativeText", "textual"),
            ("![](a.png)", "en", false, "structuralNavigation", "textual,visual"),
            ("| a |\n|---|\n| b |", "en", true, "structuralNavigation", "textual"),
        ] {
            let options = crate::options::Options::default().from(crate::options::From::Markdown);
            let article = crate::convert::read(markdown.as_bytes(), &options).expect("text");
            for (named, certifier) in [(None, PROGRAM), (Some("Iona Vale"), "Iona Vale")] {
                let facts = Facts { lang, has_title: true, certifier: named, ..Facts::default() };
                let access = of(&[&article.document], facts);
                assert_eq!(access.certifier.as_deref(), conforms.then_some(certifier), "{markdown:?}");
                let is_told = access.summary.contains("not by a person");
                assert_eq!(is_told, conforms && named.is_none(), "{markdown:?}");
                assert_eq!(access.features.last(), Some(&features), "{markdown:?}");
                assert_eq!(access.sufficient[0], sufficient, "{markdown:?}");
                let moving = of(&[&article.document], Facts { may_flash: true, ..facts });
                assert_eq!((access.hazard, moving.hazard, moving.certifier), ("none", "unknown", None));
            }
        }
    }
}
