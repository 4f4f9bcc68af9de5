//! Our Markdown in front of another reader: every note must resolve in it. comrak, a second one, is in `postil::verify`.

use postil::Document;

/// The references and definitions that an engine finds: how many of each.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) references: usize,
    pub(crate) definitions: usize,
}

/// Counts what a document has: references by use, notes that are referred to.
pub(crate) fn wanted(document: &Document) -> Found {
    let mut references = document.title_references.len();
    document
        .each_inline(&mut |inline| references += usize::from(matches!(inline, postil::Inline::Reference(_))));
    Found { references, definitions: document.notes.len() }
}

/// Reads Markdown with pulldown-cmark.
pub(crate) fn pulldown(markdown: &str) -> Found {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let options = Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut found = Found { references: 0, definitions: 0 };
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::FootnoteReference(_) => found.references += 1,
            Event::Start(Tag::FootnoteDefinition(_)) => found.definitions += 1,
            _ => {}
        }
    }
    found
}
