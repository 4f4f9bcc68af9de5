//! Ranges of references that are links: between `[2]` and `[4]` stands the reference to note 3.
//!
//! > `as others found [<a href="#b2">2</a>–<a href="#b4">4</a>]`
//!
//! Left alone: a range of more than twenty notes, and links to what is no list.

use std::collections::BTreeSet;

use super::linked::Reference;
use super::links::Link;
use crate::page::{ElementId, Page};
use crate::sheet::Sheet;
use crate::source::Span;

/// A range of more notes is none.
const MOST: usize = 20;

/// A target stands no deeper in the item that is its note.
const DEEPEST: usize = 4;

/// Adds the references that stand for nothing but a dash.
pub(super) fn fill(sheet: &Sheet<'_>, page: &Page, references: &mut Vec<Reference>) {
    let targets = references.iter().map(|reference| reference.link.target).collect();
    let found: Vec<Reference> =
        references.windows(2).flat_map(|pair| between(sheet, page, &pair[0], &pair[1], &targets)).collect();
    references.extend(found);
    references.sort_by_key(|reference| reference.link.words);
}

fn between(
    sheet: &Sheet<'_>,
    page: &Page,
    first: &Reference,
    last: &Reference,
    led_to: &BTreeSet<ElementId>,
) -> Vec<Reference> {
    let (from, to) = (first.link.words.end, last.link.words.start);
    let numbers = (first.sign.parse::<usize>(), last.sign.parse::<usize>());
    let (true, (Ok(low), Ok(high))) = (from < to && first.row == last.row, numbers) else {
        return Vec::new();
    };
    let gap = Span { start: from, end: to };
    let Some(dash) = dash(gap.of(&sheet.text)) else { return Vec::new() };
    let targets = targets_between(page, first.link.target, last.link.target, led_to);
    if targets.is_empty() || high.checked_sub(low) != Some(targets.len() + 1) {
        return Vec::new();
    }
    // The first takes the dash, and the others have no sign of their own.
    let signs = std::iter::once(dash).chain(std::iter::repeat((dash.1, dash.1)));
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

/// Returns what stands for the items between two targets in one list; none unless they stand in one, in this order.
fn targets_between(
    page: &Page,
    first: ElementId,
    last: ElementId,
    led_to: &BTreeSet<ElementId>,
) -> Vec<ElementId> {
    let parent = |element: ElementId| page.elements[element].parent;
    let mut items = (first, last);
    let mut depth = 0;
    while parent(items.0) != parent(items.1) {
        let (Some(one), Some(other)) = (parent(items.0), parent(items.1)) else { return Vec::new() };
        items = (one, other);
        depth += 1;
        if depth > DEEPEST {
            return Vec::new();
        }
    }
    let is_like = |&element: &ElementId| page.elements[element].name == page.elements[items.0].name;
    if items.0 >= items.1 || !is_like(&items.1) {
        return Vec::new();
    }
    let between = page.after(items.0).take_while(|&element| element < items.1).filter(is_like);
    // Where the others lead to an anchor in their item, so do these.
    let target =
        |item: ElementId| led_to.range(item..page.elements[item].end).next().copied().unwrap_or(item);
    between.take(MOST).map(target).collect()
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
