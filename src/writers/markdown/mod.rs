//! Markdown: CommonMark with `[^1]` notes and YAML front matter, written so that text can never become markup.
//!
//! It reads the same in every engine that knows GitHub's notes, and converting it again gives the same bytes.

mod blocks;
mod dialects;
mod escape;
mod front_matter;
mod inlines;

use self::blocks::Emitter;
#[cfg(all(feature = "cli", feature = "epub"))]
use crate::document::Metadata;
use crate::document::{Attributes, Block, Document, Inline};
use crate::options::{FrontMatter, Notes, Options};

/// Writes a document as Markdown.
pub(crate) fn write(document: &Document, options: &Options) -> String {
    let mut text = front_matter::write(&document.metadata, options.front_matter);
    let title = document.metadata.title().unwrap_or_default();
    // The front matter can't hold a reference, so then the title stands in the body too.
    let has_title = !document.title_references.is_empty()
        || (options.front_matter == FrontMatter::None && !title.is_empty());
    let deeper = if has_title { u8::from(has_parts(document)) } else { deeper(document) };
    let mut emitter = Emitter { document, notes: options.notes, deeper: 0 };
    if has_title {
        let mut content = vec![Inline::Text(title.to_owned())];
        content.extend(document.title_references.iter().map(|&note| Inline::Reference(note)));
        push_block(
            &mut text,
            &emitter.block(&Block::Heading { level: 1, content, attributes: Attributes::default() }, false),
        );
    }
    emitter.deeper = deeper;
    emitter.join(&mut text, &document.blocks, false, false);
    for (at, note) in document.notes.iter().enumerate() {
        if options.notes == Notes::Inline && emitter.is_inline(at) {
            continue;
        }
        push_block(&mut text, &emitter.definition(note));
    }
    if ["{", "+++", "% "].iter().any(|sign| text.starts_with(sign)) {
        // It would read as front matter in JSON or TOML, or as a title block.
        text.insert(0, '\\');
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Writes what a document says of itself, under our own names, between lines of hyphens.
#[cfg(all(feature = "cli", feature = "epub"))]
pub(crate) fn front_matter(metadata: &Metadata) -> String {
    front_matter::write(metadata, FrontMatter::Postil)
}

/// Tells whether headings of the body are as high as the title.
fn has_parts(document: &Document) -> bool {
    document.blocks.iter().any(|block| matches!(block, Block::Heading { level: 1, .. }))
}

/// Returns how many levels deeper headings are written. A single heading of the highest level at the top would read as
/// the title; if the article has none, all headings step down.
fn deeper(document: &Document) -> u8 {
    let is_top = |block: &Block| matches!(block, Block::Heading { level: 1, .. });
    let tops = document.blocks.iter().filter(|block| is_top(block)).take(2).count();
    let reads_as_title =
        tops == 1 && document.metadata.title.is_none() && document.blocks.first().is_some_and(is_top);
    u8::from(reads_as_title)
}

/// Adds a block after a blank line.
fn push_block(text: &mut String, block: &str) {
    if block.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
    }
    text.push_str(block);
}
