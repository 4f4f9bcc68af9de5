//! Ranges of references that are links: between `[2]` and `[4]` stands the reference to note 3.
//!
//! > `as others found [<a href="#b2">2</a>–<a href="#b4">4</a>]`
//!
//! Left alone: a range of more notes than there are signs between the links, and links to what is no list.

use super::linked::Reference;
use super::links::Link;
use crate::page::{ElementId, Page};
use crate::sheet::Sheet;
use crate::source::Span;

/// A range of more notes is none.
const MOST: usize = 20;

/// Adds the references that stand for nothing but a dash; each takes one of the signs between the links.
pub(super) fn fill(sheet: &Sheet<'_>, page: &Page, references: &mut Vec<Reference>) {
    let found: Vec<Reference> =
        references.windows(2).flat_map(|pair| between(sheet, page, &pair[0], &pair[1])).collect();
    references.extend(found);
    references.sort_by_key(|reference| reference.link.words);
}

fn between(sheet: &Sheet<'_>, page: &Page, first: &Reference, last: &Reference) -> Vec<Reference> {
    let (from, to) = (first.link.words.end, last.link.words.start);
    let numbers = (first.sign.parse::<usize>(), last.sign.parse::<usize>());
    let (true, (Ok(low), Ok(high))) = (from < to && first.row == last.row, numbers) else {
        return Vec::new();
    };
    let gap = Span { start: from, end: to };
    let Some(dash) = dash(gap.of(&sheet.text)) else { return Vec::new() };
    let targets = siblings_between(page, first.link.target, last.link.target);
    if targets.is_empty() || high.checked_sub(low) != Some(targets.len() + 1) {
        return Vec::new();
    }
    let signs = gap.of(&sheet.text).char_indices().map(|(at, c)| (at, at + c.len_utf8()));
    let signs: Vec<(usize, usize)> = match targets.len() {
        1 => vec![dash],
        _ => signs.take(targets.len()).collect(),
    };
    if signs.len() < targets.len() {
        return Vec::new();
    }
    let make = |(at, (target, (start, end))): (usize, (ElementId, (usize, usize)))| Reference {
        link: Link {
            element: first.link.element,
            target,
            words: Span { start: from + start as u32, end: from + end as u32 },
        },
        sign: (low + 1 + at).to_string(),
        is_marked: first.is_marked,
        row: first.row,
    };
    targets.into_iter().zip(signs).enumerate().map(make).collect()
}

/// Finds the one dash between two references, with nothing but brackets and spaces around it.
fn dash(gap: &str) -> Option<(usize, usize)> {
    let at = gap.find(['-', '–', '—', '‐', '‑'])?;
    let end = at + gap[at..].chars().next()?.len_utf8();
    let is_frame = |text: &str| text.len() <= 4 && text.chars().all(|c| "[]() \u{A0}".contains(c));
    (is_frame(&gap[..at]) && is_frame(&gap[end..])).then_some((at, end))
}

/// Returns the elements between two in one list; none unless they stand in one, in this order.
fn siblings_between(page: &Page, first: ElementId, last: ElementId) -> Vec<ElementId> {
    let (one, other) = (&page.elements[first], &page.elements[last]);
    let Some(parent) = one.parent.filter(|_| one.parent == other.parent && one.name == other.name) else {
        return Vec::new();
    };
    let is_like = |&element: &ElementId| page.elements[element].name == page.elements[first].name;
    let after = page.after(first).take_while(|&element| element < last).filter(is_like);
    let found: Vec<ElementId> = after.take(MOST).collect();
    if page.elements[parent].end > last && first < last { found } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_dash_makes_a_range() {
        for (gap, expected) in [
            ("–", Some((0, 3))),
            ("-", Some((0, 1))),
            ("]–[", Some((1, 4))),
            ("] - [", Some((2, 3))),
            (", ", None),
            (" to ", None),
            ("–x–", None),
            ("", None),
        ] {
            assert_eq!(dash(gap), expected, "{gap:?}");
        }
    }
}
