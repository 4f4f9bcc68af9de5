//! Notes that an attribute holds: the page shows them when somebody points at their sign.
//!
//! > `The ferry sank<sup title="Harbour log, 1902, page 14.">1</sup> at the mole.`
//!
//! Their words are put behind the sign, in an element that says what it is; where they stand in the source is the
//! tag. Left alone: titles of links that lead somewhere, of words and ordinals, titles that only name the note, and
//! words that the page also shows elsewhere, as a list of the same notes does.

use std::collections::BTreeSet;

use super::elements::is_block;
use super::in_sentence::is_sign;
use super::tree::{Content, Id, Part, Tree};
use crate::page::Name;
use crate::source::Span;

/// Attributes that hold nothing but notes.
const NOTES: &[&str] = &["data-bigfoot-footnote", "data-footnote-content", "data-footnote-text", "data-note"];

/// Attributes that hold any hint; only behind the sign of a note are they one.
const HINTS: &[&str] = &[
    "data-tooltip",
    "data-tippy-content",
    "data-tip",
    "data-content",
    "data-bs-content",
    "data-bs-original-title",
    "data-original-title",
    "title",
];

/// A hint of fewer words only names the note: `Footnote 1`.
const SHORTEST: usize = 3;

/// So many words at the beginning of a note tell it from others.
const TELLING: usize = 4;

/// A note that an attribute holds, and the element that its words are put behind.
struct Held {
    behind: Id,
    source: Span,
    words: String,
}

/// Puts notes that attributes hold behind their signs.
pub(super) fn release(tree: &mut Tree) {
    let held: Vec<Held> = tree.ids().filter_map(|node| held(tree, node)).collect();
    if held.is_empty() {
        return;
    }
    let shown = Shown::of(tree);
    for note in held {
        if shown.is_said(&note.words) {
            continue;
        }
        let Some(parent) = tree.parent(note.behind) else { continue };
        let after = tree.next(note.behind);
        let (source, role) = (note.source, (Name::from("role"), "doc-footnote".to_owned()));
        let name = Name::from("span");
        let span = tree.add(Content::Element { name, attributes: vec![role], source });
        tree.insert(parent, span, after);
        let Ok(words) = super::tree::parse(&note.words) else { continue };
        if let Some(body) = words.ids().find(|&node| words.name(node) == "body") {
            graft(tree, span, &words, body, source);
        }
    }
}

/// Finds the note that an element holds.
fn held(tree: &Tree, node: Id) -> Option<Held> {
    let Content::Element { name, attributes, source } = tree.content(node) else { return None };
    let may_hold = |(name, _): &(Name, String)| NOTES.contains(&&**name) || HINTS.contains(&&**name);
    if !matches!(&**name, "sup" | "a" | "button" | "span" | "abbr")
        || !attributes.iter().any(may_hold)
        || leads_away(tree, node)
    {
        return None;
    }
    let of = |names: &[&str]| {
        let found =
            attributes.iter().find(|(name, value)| names.contains(&&**name) && !value.trim().is_empty());
        found.map(|(_, value)| value.clone())
    };
    let (behind, is_raised) = sign_around(tree, node);
    let sign = tree.text(node);
    let words = of(NOTES).filter(|_| sign.trim().is_empty() || is_sign(&sign)).or_else(|| {
        let says_enough = |words: &String| words.split_whitespace().count() >= SHORTEST;
        let is_bracketed = sign.trim().starts_with(['[', '(']);
        of(HINTS).filter(says_enough).filter(|_| is_sign(&sign) && (is_raised || is_bracketed))
    })?;
    Some(Held { behind, source: *source, words })
}

/// Tells whether an element is a link to another place, or holds one.
fn leads_away(tree: &Tree, node: Id) -> bool {
    let leads = |node: Id| {
        tree.attribute(node, "href").is_some_and(|href| {
            let href = href.trim();
            !(href.is_empty() || href == "#" || href.to_ascii_lowercase().starts_with("javascript:"))
        })
    };
    leads(node) || tree.children(node).any(leads) || tree.parent(node).is_some_and(leads)
}

/// Returns the outermost element that holds nothing but the sign, and whether anything raises it.
fn sign_around(tree: &Tree, node: Id) -> (Id, bool) {
    const NEAR: usize = 4;
    let mut behind = node;
    let mut is_raised =
        tree.name(node) == "sup" || tree.children(node).any(|child| tree.name(child) == "sup");
    for _ in 0..NEAR {
        let Some(around) = tree.parent(behind) else { break };
        if !matches!(tree.name(around), "sup" | "a" | "button" | "span") {
            break;
        }
        is_raised |= tree.name(around) == "sup";
        let is_alone =
            tree.children(around).all(|child| child == behind || tree.text(child).trim().is_empty());
        if !is_alone {
            break;
        }
        behind = around;
    }
    (behind, is_raised)
}

/// Copies what stands below a node of another tree, as running text.
fn graft(tree: &mut Tree, under: Id, other: &Tree, from: Id, source: Span) {
    for child in other.children(from) {
        match other.content(child) {
            Content::Text { text, .. } => {
                let part = Part { length: text.len() as u32, source, is_same: false };
                let node = tree.add(Content::Text { text: text.clone(), parts: vec![part] });
                tree.insert(under, node, None);
            }
            Content::Element { name, attributes, .. } => {
                let is_apart = is_block(name);
                if is_apart && tree.children(under).next().is_some() {
                    let part = Part { length: 1, source, is_same: false };
                    let space = tree.add(Content::Text { text: " ".to_owned(), parts: vec![part] });
                    tree.insert(under, space, None);
                }
                let name = if is_apart { Name::from("span") } else { name.clone() };
                let node = tree.add(Content::Element { name, attributes: attributes.clone(), source });
                tree.insert(under, node, None);
                graft(tree, node, other, child, source);
            }
            Content::Other => {}
        }
    }
}

/// The words that a page shows, asked for notes.
struct Shown {
    /// Every stretch of words as long as the beginning of a note.
    stretches: BTreeSet<u64>,
}

impl Shown {
    fn of(tree: &Tree) -> Self {
        let text = tree.text(super::tree::DOCUMENT);
        let words: Vec<&str> = words(&text).collect();
        let stretches = (1..=TELLING).flat_map(|length| words.windows(length)).map(key).collect();
        Self { stretches }
    }

    /// Tells whether the page says the words of a note.
    fn is_said(&self, note: &str) -> bool {
        let plain = super::tree::parse(note).map(|tree| tree.text(super::tree::DOCUMENT)).unwrap_or_default();
        let words: Vec<&str> = words(&plain).take(TELLING).collect();
        words.is_empty() || self.stretches.contains(&key(&words))
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Returns a number for some words: others have the same one only by a rare chance (FNV-1a).
fn key(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([b' ']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
