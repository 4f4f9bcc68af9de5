//! Addresses in running text → links on themselves.

use super::addresses::{self, Address, Addresses};
use crate::document::{Document, Inline, each_content};

/// Makes every address that stands in the text a link, so that it is live in every output.
pub(super) fn link_addresses(document: &mut Document) {
    let notes = document.notes.iter_mut().flat_map(|note| &mut note.blocks);
    document.blocks.iter_mut().chain(notes).for_each(|block| each_content(block, &mut in_content));
}

fn in_content(content: &mut Vec<Inline>) {
    let has_address = |inline: &Inline| matches!(inline, Inline::Text(words) if addresses::may_have(words));
    for inline in content.iter_mut() {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => {
                in_content(inner);
            }
            _ => {}
        }
    }
    if !content.iter().any(has_address) {
        return;
    }
    for inline in std::mem::take(content) {
        match inline {
            Inline::Text(words) => split(&words, content),
            inline => content.push(inline),
        }
    }
}

/// Splits text into words and addresses.
fn split(text: &str, content: &mut Vec<Inline>) {
    let is_glued = content.last().is_some_and(|before| *before != Inline::LineBreak);
    let mut at = 0;
    for Address { start, end, scheme } in Addresses::of(text, is_glued) {
        if text[..start].ends_with('(') && text[end..].is_empty() {
            break; // an address that was cut off leads nowhere
        }
        if start > at {
            content.push(Inline::Text(text[at..start].to_owned()));
        }
        let words = &text[start..end];
        content.push(Inline::Link {
            url: format!("{scheme}{words}"),
            title: String::new(),
            content: vec![Inline::Text(words.to_owned())],
        });
        at = end;
    }
    if at < text.len() {
        content.push(Inline::Text(text[at..].to_owned()));
    }
}
