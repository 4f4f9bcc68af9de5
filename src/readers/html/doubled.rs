//! Notes that a page holds twice: in the sentence, for whoever points at their sign, and in a list at the end.
//!
//! > `mud<sup>1</sup><span class="footnote_tooltip">Harbour log, … Continue reading</span>`
//!
//! The list is what is printed, so the copy goes, and its sign leads to the entry if it did not already. Left alone:
//! copies whose words stand nowhere else.

use std::collections::{HashMap, HashSet};

use super::in_sentence::is_sign;
use super::tree::{Content, Id, Tree};

/// Classes of such copies, and of the entries of lists of them.
const COPIES: &[&str] = &[
    "footnote_tooltip",
    "footnote-tooltip",
    "footnote-content",
    "modern-footnotes-footnote__note",
    "tooltip",
    "tooltiptext",
    "ref-overlay",
    "refCtt",
    "sidenote",
    "sidenotes",
];

/// Elements that an entry of a list of notes can be.
const ENTRIES: &[&str] = &["li", "td", "dd", "p", "aside"];

/// So many words at the beginning of a note tell it from others.
const TELLING: usize = 4;

/// A note is no longer, in bytes; and of those that begin alike so many are compared.
const LONGEST: usize = 8_000;
const MOST: usize = 64;

/// Takes away copies of notes.
pub(super) fn merge(tree: &mut Tree) {
    let copies: Vec<Id> = tree.ids().filter(|&node| is_copy(tree, node)).collect();
    if copies.is_empty() {
        return;
    }
    let led_to: HashSet<String> = tree
        .ids()
        .filter_map(|node| Some(tree.attribute(node, "href")?.strip_prefix('#')?.to_owned()))
        .filter(|name| !name.is_empty())
        .collect();
    let entries = Entries::of(tree, &copies);
    for copy in copies {
        let Some(entry) = entries.find(tree, copy) else { continue };
        let is_led_to = has_name_of(tree, entry, &led_to);
        match sign_before(tree, copy) {
            Some(sign) if !leads_somewhere(tree, sign) => lead(tree, sign, entry),
            None if !is_led_to => continue,
            _ => {}
        }
        tree.detach(copy);
    }
}

fn is_copy(tree: &Tree, node: Id) -> bool {
    let names_it = |node: Id| tree.has_class(node, COPIES);
    match tree.name(node) {
        "ul" | "ol" => false,
        "li" => tree.parent(node).is_some_and(names_it),
        _ => names_it(node) || tree.attribute(node, "role") == Some("tooltip"),
    }
}

/// Everything that may be the entry of a list of notes, by its first words.
struct Entries(HashMap<String, Vec<(Id, String)>>);

impl Entries {
    fn of(tree: &Tree, copies: &[Id]) -> Self {
        let copies: HashSet<Id> = copies.iter().copied().collect();
        let around = |node: Id| std::iter::successors(Some(node), |&node| tree.parent(node));
        let mut entries: HashMap<String, Vec<(Id, String)>> = HashMap::new();
        for node in tree.ids() {
            if ENTRIES.contains(&tree.name(node)) && !around(node).any(|node| copies.contains(&node)) {
                let Some(text) = spaced(tree, node) else { continue };
                let words = words(&text);
                entries.entry(beginning(&words)).or_default().push((node, words));
            }
        }
        Self(entries)
    }

    /// Finds the entry that says what a copy says, or says it at more length.
    fn find(&self, tree: &Tree, copy: Id) -> Option<Id> {
        let text = spaced(tree, copy)?;
        let said = text.split('…').next().unwrap_or_default();
        let said = said.trim_end().trim_end_matches('(');
        let words = words(said);
        let is_long = words.split(' ').count() >= TELLING;
        let is_around = |entry: Id| {
            std::iter::successors(tree.parent(copy), |&node| tree.parent(node)).any(|around| around == entry)
        };
        let says_it = |found: &&(Id, String)| {
            (found.1 == words || (is_long && found.1.starts_with(&words))) && !is_around(found.0)
        };
        let (entry, _) = self.0.get(&beginning(&words))?.iter().take(MOST).find(says_it)?;
        let is_cell = tree.name(*entry) == "td";
        Some(tree.parent(*entry).filter(|_| is_cell).unwrap_or(*entry))
    }
}

/// Returns the text below a node, with a blank between the elements in it; none if it is too long for a note.
fn spaced(tree: &Tree, node: Id) -> Option<String> {
    let mut text = String::new();
    let mut left = vec![node];
    while let Some(node) = left.pop() {
        if text.len() > LONGEST {
            return None;
        }
        match tree.content(node) {
            Content::Text { text: words, .. } => text.push_str(words),
            _ => text.push(' '),
        }
        let at = left.len();
        left.extend(tree.children(node));
        left[at..].reverse();
    }
    Some(text)
}

/// Returns the words of a note without the sign it begins or ends with.
fn words(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (first, rest) = text.split_once(|c: char| c.is_whitespace()).unwrap_or((text, ""));
    let text = if is_sign(first.trim_end_matches(['.', ':'])) { rest } else { text }.trim_end();
    let (rest, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let text = if !rest.is_empty() && is_sign(last) { rest } else { text };
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn beginning(words: &str) -> String {
    words.split(' ').take(TELLING).collect::<Vec<_>>().join(" ")
}

/// Tells whether links of the page lead to an element, or to something in it.
fn has_name_of(tree: &Tree, entry: Id, led_to: &HashSet<String>) -> bool {
    let is_named = tree.attribute(entry, "id").is_some_and(|id| led_to.contains(id));
    is_named || tree.children(entry).any(|child| has_name_of(tree, child, led_to))
}

/// Finds the sign that a copy belongs to: it stands right before it.
fn sign_before(tree: &Tree, copy: Id) -> Option<Id> {
    let mut before = tree.previous(copy);
    while let Some(node) = before.filter(|&node| tree.is_blank(node) || tree.name(node) == "script") {
        before = tree.previous(node);
    }
    let mut node = before.filter(|&node| is_sign(&tree.text(node)) && !tree.name(node).is_empty())?;
    while let Some(link) =
        tree.children(node).find(|&child| matches!(tree.name(child), "a" | "button" | "sup"))
    {
        node = link;
        if matches!(tree.name(node), "a" | "button") {
            break;
        }
    }
    Some(node)
}

fn leads_somewhere(tree: &Tree, sign: Id) -> bool {
    tree.attribute(sign, "href")
        .is_some_and(|href| href.split_once('#').is_some_and(|(_, name)| !name.is_empty()))
}

/// Lets a sign lead to an entry.
fn lead(tree: &mut Tree, sign: Id, entry: Id) {
    let name = match tree.attribute(entry, "id") {
        Some(id) => id.to_owned(),
        None => {
            let name = format!("entry {entry}");
            tree.add_attribute(entry, "id", &name);
            name
        }
    };
    tree.add_attribute(sign, "data-rid", &name);
    tree.add_attribute(sign, "data-footnote-ref", "");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::{DOCUMENT, parse};

    #[test]
    fn copies_of_notes_go() {
        for (page, expected) in [
            (
                "<p>Ebb<sup>1</sup><span class=tooltip>Off the mole.</span><ul><li>1 Off the mole.</ul>",
                "Ebb1 1 Off the mole.",
            ),
            (
                "<p>Ebb<sup>1</sup><span class=tooltip>It sank off the mole … Continue</span><table><tr><td>It sank off the mole in 1902.</table>",
                "Ebb1 It sank off the mole in 1902.",
            ),
            (
                "<p>Ebb<sup>1</sup><span class=tooltip>Off the mole.</span><ul><li>Off the pier.</ul>",
                "Ebb1 Off the mole. Off the pier.",
            ),
            (
                "<p>Ebb<span class=tooltip>Off the mole.</span><ul><li>Off the mole.</ul>",
                "Ebb Off the mole. Off the mole.",
            ),
        ] {
            let mut tree = parse(page).expect("within the limits");
            merge(&mut tree);
            let texts = tree.text(DOCUMENT);
            let folded = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(folded(&texts), folded(expected), "{page}");
        }
    }
}
