//! Our Markdown in front of two independent readers: every note must resolve in both.

use comrak::nodes::NodeValue;
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

/// Reads Markdown with comrak.
pub(crate) fn comrak(markdown: &str) -> Found {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.footnotes = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    options.parse.leave_footnote_definitions = true;
    let root = comrak::parse_document(&arena, markdown, &options);
    let mut found = Found { references: 0, definitions: 0 };
    for node in root.descendants() {
        match node.data().value {
            NodeValue::FootnoteReference(_) => found.references += 1,
            NodeValue::FootnoteDefinition(_) => found.definitions += 1,
            _ => {}
        }
    }
    found
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
