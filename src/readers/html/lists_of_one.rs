//! Lists of one item each, which are one list: programs that know only blocks write them so.
//!
//! > `<ol start="1"><li>Ebb</li></ol><ol start="2"><li>Flow</li></ol>`
//!
//! A numbered list goes on if the next begins with its next number, a list of bullets if both have the same class and
//! one item. Left alone: lists that something stands between, and lists of several bullets.

use std::collections::HashMap;

use super::tree::{Id, Tree};

/// Puts lists together that go on.
pub(super) fn merge(tree: &mut Tree) {
    // The number that each list goes on with.
    let mut next_numbers: HashMap<Id, u64> = HashMap::new();
    for list in tree.ids() {
        let name = tree.name(list);
        if !matches!(name, "ol" | "ul") || tree.parent(list).is_none() {
            continue;
        }
        let items = items(tree, list);
        let first = tree.attribute(list, "start").and_then(|value| value.trim().parse::<u64>().ok());
        let before = tree.shown_before(list).filter(|&before| tree.name(before) == name);
        let goes_on = before.filter(|before| match name {
            "ol" => first.is_some() && first == next_numbers.get(before).copied(),
            _ => items == 1 && next_numbers.contains_key(before) && has_same_class(tree, *before, list),
        });
        if let Some(before) = goes_on {
            append(tree, before, list);
            *next_numbers.entry(before).or_default() += items;
        } else if name == "ol" || items == 1 {
            next_numbers.insert(list, first.unwrap_or(1).saturating_add(items));
        }
    }
}

fn items(tree: &Tree, list: Id) -> u64 {
    tree.children(list).filter(|&child| tree.name(child) == "li").count() as u64
}

fn has_same_class(tree: &Tree, list: Id, other: Id) -> bool {
    let class = tree.attribute(list, "class").unwrap_or_default().trim();
    !class.is_empty() && Some(class) == tree.attribute(other, "class").map(str::trim)
}

/// Moves what a list holds to the end of another.
fn append(tree: &mut Tree, to: Id, from: Id) {
    let children: Vec<Id> = tree.children(from).collect();
    for child in children {
        tree.detach(child);
        tree.insert(to, child, None);
    }
    tree.detach(from);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::parse;

    #[test]
    fn lists_go_on() {
        for (page, lists) in [
            ("<ol><li>Ebb</ol> <ol start=2><li>Flow</ol><ol start=3><li>Neap</ol>", 1),
            ("<ul class=b><li>Ebb</ul><ul class=b><li>Flow</ul><ul class=b><li>Neap</ul>", 1),
            ("<ul class=b><li>Ebb</ul><ul class=c><li>Flow</ul>", 2),
            ("<ul><li>Ebb</ul><ul><li>Flow</ul>", 2),
            ("<ul class=b><li>Ebb</ul><ul class=b><li>Flow<li>Neap</ul>", 2),
            ("<ol><li>Ebb</ol><ol><li>Flow</ol>", 2),
            ("<ol><li>Ebb</ol><p>Flow<ol start=2><li>Neap</ol>", 2),
            ("<ol><li>Ebb</ol><ol start=3><li>Neap</ol>", 2),
        ] {
            let mut tree = parse(page).expect("within the limits");
            merge(&mut tree);
            let left = tree
                .ids()
                .filter(|&node| matches!(tree.name(node), "ol" | "ul") && tree.parent(node).is_some());
            assert_eq!(left.count(), lists, "{page}");
        }
    }
}
