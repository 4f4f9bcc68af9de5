//! Markdown → sheet: what pulldown-cmark finds, laid out as visible text with nodes and runs.

mod alert;
mod colons;
mod fences;
mod in_links;
mod layout;
mod masks;
mod raised;

use std::ops::Range;

use memchr::memchr_iter;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use self::layout::Layout;
use super::front_matter;
use crate::error::Error;
use crate::measure::Measure;
use crate::sheet::{Origin, Sheet};

/// Lays out a Markdown text.
///
/// # Errors
///
/// [`Error::FrontMatter`] if its front matter is broken.
pub(super) fn read(text: &str) -> Result<Sheet<'static>, Error> {
    let (front_matter, body) = front_matter::split(text)?;
    let mut layout = Layout::of(text);
    each_event_below(text, body, |event, range| layout.event(event, range));
    let layout = layout.finish();
    Ok(Sheet {
        text: layout.shown.into(),
        rows: layout.rows,
        nodes: layout.nodes,
        runs: layout.runs,
        measure: Measure { indent: 0, width: None, spaced: true },
        front_matter,
        origin: Origin::Markdown { pieces: layout.pieces, body: body as u32, end: text.len() as u32 },
    })
}

/// Visits what pulldown-cmark finds in a Markdown text, each with its place.
///
/// # Errors
///
/// [`Error::FrontMatter`] if its front matter is broken.
pub(crate) fn each_event(text: &str, visit: impl FnMut(Event<'_>, Range<usize>)) -> Result<(), Error> {
    let (_, body) = front_matter::split(text)?;
    each_event_below(text, body, visit);
    Ok(())
}

fn each_event_below(text: &str, body: usize, mut visit: impl FnMut(Event<'_>, Range<usize>)) {
    let masked = masks::hide(&text[body..]);
    let mut is_code = false;
    for (event, range) in Parser::new_ext(&masked, dialect(&masked)).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            _ => {}
        }
        masks::show(event, range.start + body..range.end + body, is_code, &mut visit);
    }
}

/// Chooses what is markup beyond CommonMark: everything that several programs agree on.
fn dialect(text: &str) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES;
    // `[[1]](#note-1)` is a link with brackets in its words; who writes that does not write `[[Harbour]]`.
    let has_bracketed_words = memchr_iter(b']', text.as_bytes())
        .any(|at| matches!(text.as_bytes()[at + 1..], [b']', b'(' | b'[' | b':', ..]));
    options.set(Options::ENABLE_WIKILINKS, !has_bracketed_words);
    options
}
