//! What is hidden from pulldown-cmark while it reads: signs of the same length stand for it, so that every place in the
//! text stays the same.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr3;
use pulldown_cmark::{CowStr, Event, Tag};

use super::{colons, fences, in_links};

/// Stand for a colon and for brackets; no text holds them.
pub(super) const COLON: u8 = 1;
pub(super) const OPEN: u8 = 2;
pub(super) const CLOSE: u8 = 3;

/// Hides what pulldown-cmark would misread.
pub(super) fn hide(text: &str) -> Cow<'_, str> {
    if memchr3(COLON, OPEN, CLOSE, text.as_bytes()).is_some() {
        return text.into();
    }
    let mut hidden = colons::places(text);
    hidden.extend(in_links::places(text));
    hidden.extend(fences::places(text));
    if hidden.is_empty() {
        return text.into();
    }
    let mut bytes = text.as_bytes().to_vec();
    for (at, sign) in hidden {
        bytes[at] = sign;
    }
    String::from_utf8(bytes).map_or(text.into(), Cow::Owned)
}

/// Shows again what was hidden in an event of a text. Brackets in running words are references.
pub(super) fn show<'e>(
    event: Event<'e>,
    range: Range<usize>,
    is_code: bool,
    visit: &mut impl FnMut(Event<'e>, Range<usize>),
) {
    match event {
        Event::Text(text) if !is_code && text.len() == range.len() && text.contains(char::from(OPEN)) => {
            let mut at = 0;
            while let Some((before, label, after)) = first_reference(&text[at..]) {
                let (open, end) = (at + before.len(), text.len() - after.len());
                if !before.is_empty() {
                    visit(Event::Text(shown(before.to_owned().into())), range.start + at..range.start + open);
                }
                let label = label.to_owned().into();
                visit(Event::FootnoteReference(label), range.start + open..range.start + end);
                at = end;
            }
            if at < text.len() {
                visit(Event::Text(shown(text[at..].to_owned().into())), range.start + at..range.end);
            }
        }
        Event::Text(text) => visit(Event::Text(shown(text)), range),
        Event::Code(text) => visit(Event::Code(shown(text)), range),
        Event::Html(text) => visit(Event::Html(shown(text)), range),
        Event::InlineHtml(text) => visit(Event::InlineHtml(shown(text)), range),
        Event::InlineMath(text) => visit(Event::InlineMath(shown(text)), range),
        Event::DisplayMath(text) => visit(Event::DisplayMath(shown(text)), range),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let (dest_url, title) = (shown(dest_url), shown(title));
            visit(Event::Start(Tag::Link { link_type, dest_url, title, id }), range);
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            let (dest_url, title) = (shown(dest_url), shown(title));
            visit(Event::Start(Tag::Image { link_type, dest_url, title, id }), range);
        }
        event => visit(event, range),
    }
}

/// Parts a text at its first hidden reference: what is before it, its label, and what is after it.
fn first_reference(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once(char::from(OPEN))?;
    let (label, after) = rest.strip_prefix('^')?.split_once(char::from(CLOSE))?;
    Some((before, label, after))
}

fn shown(text: CowStr<'_>) -> CowStr<'_> {
    if memchr3(COLON, OPEN, CLOSE, text.as_bytes()).is_none() {
        return text;
    }
    let sign = |c: char| match u8::try_from(c) {
        Ok(COLON) => ':',
        Ok(OPEN) => '[',
        Ok(CLOSE) => ']',
        _ => c,
    };
    text.chars().map(sign).collect::<String>().into()
}
