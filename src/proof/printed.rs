//! Where the notes of a Markdown text stand: every reference and definition, with its place in the source.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::error::Error;
use crate::readers;

/// `[^1]` in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// From its first bracket to its last.
    pub(super) span: Range<usize>,
    /// Folded, as engines compare labels.
    pub(super) label: String,
    /// The definition that it stands in.
    pub(super) within: Option<usize>,
    pub(super) spot: Spot,
}

/// Where a reference stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Spot {
    #[default]
    Text,
    Heading,
    Link,
}

/// `[^1]: …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    /// From its first bracket to the end of its last line that is not blank, without the line end.
    pub(super) span: Range<usize>,
    /// As printed.
    pub(super) label: String,
    /// Nothing but up to three spaces stands before it on its line, and it is in no other block.
    pub(super) is_top: bool,
    /// How many blocks and marks are in it.
    pub(super) parts: usize,
}

/// The notes of a text, in its order.
#[derive(Debug, Default)]
pub(super) struct Printed {
    pub(super) references: Vec<Reference>,
    pub(super) definitions: Vec<Definition>,
    /// References to labels that no definition has.
    pub(super) dangling: Vec<Reference>,
}

/// Finds the notes of a Markdown text.
///
/// # Errors
///
/// [`Error::FrontMatter`] if its front matter is broken.
pub(super) fn notes(text: &str) -> Result<Printed, Error> {
    let mut printed = Printed::default();
    let mut open: Vec<usize> = Vec::new();
    let mut depth = 0;
    let (mut headings, mut links, mut codes) = (0, 0, 0);
    // How many references stand before each bracket that is open.
    let mut brackets: Vec<usize> = Vec::new();
    let mut bracket: Option<Range<usize>> = None;
    readers::each_markdown_event(text, |event, range| {
        let spot = match (headings, links) {
            (_, 1..) => Spot::Link,
            (1.., _) => Spot::Heading,
            _ => Spot::Text,
        };
        let within = open.last().copied();
        let was_bracket = bracket.take();
        if let (Event::Start(_), Some(holder)) = (&event, within) {
            printed.definitions[holder].parts += 1;
        }
        if matches!(
            event,
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell)
                | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell)
        ) {
            brackets.clear();
        }
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                let end = range.start + text[range.clone()].trim_end().len();
                let is_top = depth == 0
                    && open.is_empty()
                    && text[line_start(text, range.start)..range.start].trim().is_empty();
                open.push(printed.definitions.len());
                printed.definitions.push(Definition {
                    span: range.start..end,
                    label: label.into_string(),
                    is_top,
                    parts: 0,
                });
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                open.pop();
            }
            Event::Start(Tag::BlockQuote(_) | Tag::Item | Tag::DefinitionListDefinition) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::DefinitionListDefinition) => depth -= 1,
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::End(TagEnd::Heading(_)) => headings -= 1,
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => links -= 1,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => codes += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => codes -= 1,
            Event::FootnoteReference(label) => {
                printed.references.push(Reference { span: range, label: folded(&label), within, spot });
            }
            Event::Text(words) if codes == 0 => match (&*words, was_bracket) {
                ("[", _) if !is_escaped(text, range.start) => {
                    brackets.push(printed.references.len());
                    bracket = Some(range);
                }
                (label, Some(before)) if label.starts_with('^') && before.end == range.start => {
                    bracket = Some(before.start..range.end);
                }
                ("]", Some(before)) if before.len() > 2 && before.end == range.start => {
                    let label = &text[before.start + 2..before.end];
                    if !label.contains(char::is_whitespace) {
                        let span = before.start..range.end;
                        printed.dangling.push(Reference { span, label: folded(label), within, spot });
                    }
                    brackets.pop();
                }
                ("![", _) => brackets.push(printed.references.len()),
                ("]", _) => {
                    // A reference in them keeps engines from reading `[words](address)` as a link.
                    let inner = brackets.pop().filter(|_| text[range.end..].starts_with(['(', '[']));
                    let inner = inner.map_or(&mut [][..], |first| &mut printed.references[first..]);
                    inner.iter_mut().for_each(|reference| reference.spot = Spot::Link);
                }
                _ => {}
            },
            _ => {}
        }
    })?;
    Ok(printed)
}

/// Labels that differ only in case or white space mean the same.
pub(super) fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Returns where the line of a byte begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1
}
