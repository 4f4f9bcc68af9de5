//! The links of a page that lead to another place of it.

use std::collections::BTreeMap;

use crate::detectors::article::is_hidden;
use crate::page::{Element, ElementId, Page};
use crate::sheet::{Mark, Sheet};
use crate::source::Span;

/// A link within the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// Its `a`.
    pub(super) element: ElementId,
    /// What it leads to.
    pub(super) target: ElementId,
    /// Its words, without white space around them; empty if it has none.
    pub(super) words: Span,
}

/// Attributes that name another element of the page, as `href="#…"` does: of buttons that show a note, and of the
/// references of journals.
const NAMES: &[&str] = &["popovertarget", "aria-details", "rid", "data-rid", "data-open", "reveal-id"];

/// Attributes that name an element for such references alone.
const IDS: &[&str] = &["id", "content-id"];

/// Finds the links within a page, in document order.
pub(super) fn find(sheet: &Sheet<'_>, page: &Page) -> Vec<Link> {
    let ids = ids(page);
    // Where scripts build the page, a reference may lead to nothing, and the note to the reference all the same.
    let mut led_back: BTreeMap<&str, ElementId> = BTreeMap::new();
    for (element, found) in page.elements.iter().enumerate() {
        if let Some(("", fragment)) = address(found) {
            led_back.entry(fragment).or_insert(element);
        }
    }
    let note_of = |element: ElementId| {
        let near = [Some(element), page.elements[element].parent];
        let mut names = near.into_iter().flatten().flat_map(|near| {
            ["id", "name"].into_iter().filter_map(move |name| page.elements[near].attribute(name))
        });
        names.find_map(|name| led_back.get(name)).filter(|&&note| note > element)
    };
    let own = page.base.as_deref().map(|base| base.split('#').next().unwrap_or_default());
    let mut links = Vec::new();
    // Links to another page, where this one has elements with the same names.
    let mut elsewhere: BTreeMap<&str, Vec<Link>> = BTreeMap::new();
    for (element, found) in page.elements.iter().enumerate() {
        let Some((before, fragment)) = address(found) else { continue };
        let decoded = percent_decoded(fragment);
        let named = ids.get(fragment).or_else(|| ids.get(decoded.as_str()));
        let Some(&target) = named.or_else(|| note_of(element)) else { continue };
        let link = Link { element, target, words: seen(sheet, page, element) };
        if leads_here(before, own) {
            links.push(link);
        } else {
            elsewhere.entry(before).or_default().push(link);
        }
    }
    // A saved page may not say what it was called; links that answer each other tell it.
    for found in elsewhere.into_values().filter(|found| found.iter().any(|link| answers(page, found, link))) {
        links.extend(found);
    }
    links.sort_unstable_by_key(|link| link.element);
    links
}

/// Tells whether what a link leads to holds one of these links that leads back to it.
pub(super) fn answers(page: &Page, links: &[Link], link: &Link) -> bool {
    const NEAR: usize = 4;
    let end = page.elements[link.target].end;
    let first = links.partition_point(|other| other.element < link.target);
    let own = link.element..page.elements[link.element].end;
    let is_own = |target: ElementId| {
        let shown = |element: ElementId| page.elements[element].shown;
        own.contains(&target)
            || page
                .around(link.element)
                .take(2)
                .any(|around| around == target && shown(around).len() <= shown(link.element).len() + NEAR)
    };
    links[first..].iter().take(NEAR).take_while(|other| other.element < end).any(|other| is_own(other.target))
}

/// Returns where an element leads: an address, and the name of an element after it.
fn address(element: &Element) -> Option<(&str, &str)> {
    let href = element.attribute("href").filter(|_| element.is_any(&["a"]));
    let place = href.and_then(|href| href.trim().split_once('#')).filter(|(_, name)| !name.is_empty());
    place.or_else(|| {
        let name = NAMES.iter().find_map(|name| element.attribute(name))?.trim();
        Some(("", name)).filter(|_| !name.is_empty())
    })
}

/// Returns the element that each name leads to; the first one that has it.
fn ids(page: &Page) -> BTreeMap<&str, ElementId> {
    let mut ids = BTreeMap::new();
    for (at, element) in page.elements.iter().enumerate() {
        let name = element.attribute("name").filter(|_| element.is_any(&["a"]));
        for id in IDS.iter().filter_map(|id| element.attribute(id)).chain(name) {
            ids.entry(id).or_insert(at);
        }
    }
    ids
}

/// Tells whether the part of an address before `#` is the page's own.
fn leads_here(before: &str, own: Option<&str>) -> bool {
    match own {
        _ if before.is_empty() => true,
        Some(own) => {
            let path = own.splitn(4, '/').nth(3).unwrap_or_default();
            before == own
                || before.strip_prefix('/') == Some(path)
                || before.strip_prefix("./") == path.rsplit('/').next()
        }
        None => before.starts_with("http://") || before.starts_with("https://"),
    }
}

pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = code.filter(|_| bytes[at] == b'%') {
            decoded.push(byte);
            at += 3;
        } else {
            decoded.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Returns the words of an element, without the number of the item that it begins, and those at its ends that only a
/// screen reader says.
fn seen(sheet: &Sheet<'_>, page: &Page, element: ElementId) -> Span {
    let mut words = trimmed(sheet, page.elements[element].shown);
    let mut numbers = sheet.runs_at(words.start).filter(|run| run.mark == Mark::Ordinal);
    if let Some(number) = numbers.find(|run| run.span.end <= words.end) {
        words = trimmed(sheet, Span { start: number.span.end, end: words.end });
    }
    for hidden in page.inside(element).filter(|&inner| is_hidden(page, inner)) {
        let span = trimmed(sheet, page.elements[hidden].shown);
        if span.start == words.start && span.end < words.end {
            words = trimmed(sheet, Span { start: span.end, end: words.end });
        } else if span.end == words.end && span.start > words.start {
            words = trimmed(sheet, Span { start: words.start, end: span.start });
        }
    }
    words
}

/// Returns a stretch without the white space around its words.
pub(super) fn trimmed(sheet: &Sheet<'_>, span: Span) -> Span {
    let words = span.of(&sheet.text);
    let start = span.start as usize + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_decoded() {
        for (text, expected) in
            [("fn%3A1", "fn:1"), ("n%C3%A9", "né"), ("100%", "100%"), ("%zz", "%zz"), ("", "")]
        {
            assert_eq!(percent_decoded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_page_knows_its_own_address() {
        let own = Some("https://harbour.example/log/mole.html");
        for (before, expected) in [
            ("", true),
            ("https://harbour.example/log/mole.html", true),
            ("/log/mole.html", true),
            ("./mole.html", true),
            ("notes.xhtml", false),
            ("https://harbour.example/", false),
        ] {
            assert_eq!(leads_here(before, own), expected, "{before:?}");
        }
        assert!(leads_here("https://harbour.example/log/", None) && !leads_here("notes.xhtml", None));
    }
}
