//! What links within a page lead to, where that is a heading: those are the names that stay in the document.

use std::collections::BTreeMap;

use super::elements::heading_level;
use super::tree::{Id, Tree};

/// The names of headings, as links of the page use them.
pub(super) struct Anchors<'t> {
    headings: BTreeMap<&'t str, Id>,
    names: BTreeMap<Id, &'t str>,
}

impl<'t> Anchors<'t> {
    /// Finds the headings that have a name: their own, that of a part that begins with them, of a word in them, or of an
    /// empty element right before them.
    pub(super) fn of(tree: &'t Tree) -> Self {
        let mut anchors = Self { headings: BTreeMap::new(), names: BTreeMap::new() };
        for node in tree.ids() {
            let name = tree.attribute(node, "id");
            let name = name.or_else(|| tree.attribute(node, "name").filter(|_| tree.name(node) == "a"));
            let Some(name) = name.filter(|name| !name.is_empty()) else { continue };
            if let Some(heading) = heading_of(tree, node) {
                anchors.headings.entry(name).or_insert(heading);
                anchors.names.entry(heading).or_insert(name);
            }
        }
        anchors
    }

    /// Returns the heading that a fragment leads to.
    pub(super) fn heading(&self, fragment: &str) -> Option<Id> {
        self.headings.get(fragment).copied()
    }

    /// Returns the one name of a heading.
    pub(super) fn name(&self, heading: Id) -> Option<&'t str> {
        self.names.get(&heading).copied()
    }
}

fn heading_of(tree: &Tree, node: Id) -> Option<Id> {
    let is_heading = |node: &Id| heading_level(tree.name(*node)).is_some();
    if let Some(around) = std::iter::successors(Some(node), |&node| tree.parent(node)).find(is_heading) {
        return Some(around);
    }
    let mut at = Some(node);
    if tree.children(node).all(|child| tree.is_blank(child)) {
        let mut after = std::iter::successors(tree.next(node), |&node| tree.next(node));
        at = after.find(|&node| !tree.is_blank(node));
    }
    // A part begins with its heading, or with a box that does.
    std::iter::successors(at, |&node| tree.children(node).find(|&child| !tree.is_blank(child)))
        .find(is_heading)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::parse;

    #[test]
    fn names_lead_to_headings() {
        for (page, expected) in [
            ("<h2 id=a>Tide</h2>", Some("Tide")),
            ("<h2><a name=a></a>Tide</h2>", Some("Tide")),
            ("<section id=a>\n<header><h2>Tide</h2></header><p>x</section>", Some("Tide")),
            ("<a id=a></a>\n<h2>Tide</h2>", Some("Tide")),
            ("<p id=a>x</p><h2>Tide</h2>", None),
            ("<section id=a><p>x</p><h2>Tide</h2></section>", None),
            ("<h2 id=b>Tide</h2>", None),
        ] {
            let tree = parse(page).expect("within the limits");
            let found = Anchors::of(&tree).heading("a").map(|heading| tree.text(heading));
            assert_eq!(found.as_deref(), expected, "{page:?}");
        }
    }
}
