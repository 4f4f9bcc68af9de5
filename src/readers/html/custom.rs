//! Elements that pages name themselves: `<my-card>`, `<tei-p>`. Nothing but a style sheet says which are blocks; here
//! what they hold and what they stand among does.
//!
//! > `<my-text><my-p>The ferry sank.</my-p> <my-p>Nobody was hurt.</my-p></my-text>`
//!
//! Left alone: those that stand in running text, and those that are known to.

use std::collections::HashSet;

use super::elements::{is_block, is_silent};
use super::tree::{DOCUMENT, Id, Tree};

/// Those that stand in running text, or in formulas.
const RUNNING: &[&str] = &["d-footnote", "d-cite", "d-math", "d-code", "annotation-xml", "g-emoji"];

/// Blocks that hold nothing but running text.
const LEAVES: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "dt",
    "summary",
    "figcaption",
    "caption",
    "legend",
    "address",
];

/// The elements of a page with a name of its own that are blocks.
pub(super) struct CustomBlocks(HashSet<Id>);

impl CustomBlocks {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut blocks = Self(HashSet::new());
        if tree.ids().any(|node| is_custom(tree, node)) {
            blocks.read(tree, DOCUMENT, false);
        }
        blocks
    }

    pub(super) fn has(&self, node: Id) -> bool {
        self.0.contains(&node)
    }

    /// Reads an element that stands among blocks, or does not; tells whether it is a block or holds one.
    fn read(&mut self, tree: &Tree, node: Id, is_among_blocks: bool) -> bool {
        let name = tree.name(node);
        let is_own = is_custom(tree, node);
        let is_around = (is_own && is_among_blocks) || (is_block(name) && !LEAVES.contains(&name));
        let are_blocks = is_around && holds_only_blocks(tree, node);
        let mut holds_blocks = false;
        for child in tree.children(node) {
            holds_blocks |= self.read(tree, child, are_blocks);
        }
        if is_own && (is_among_blocks || holds_blocks) {
            self.0.insert(node);
        }
        holds_blocks || is_block(name) || (is_own && is_among_blocks)
    }
}

/// Tells whether all that an element shows stands in blocks, or in elements that may be some.
fn holds_only_blocks(tree: &Tree, node: Id) -> bool {
    let mut shown =
        tree.children(node).filter(|&child| !tree.is_blank(child) && !is_silent(tree.name(child)));
    shown.all(|child| is_block(tree.name(child)) || is_custom(tree, child))
}

fn is_custom(tree: &Tree, node: Id) -> bool {
    let name = tree.name(node);
    name.contains('-') && !name.starts_with("mjx-") && !RUNNING.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::parse;

    #[test]
    fn blocks_are_known_by_what_is_beside_and_inside() {
        for (page, expected) in [
            ("<x-a><x-p>Ebb</x-p><x-p>Flow</x-p></x-a><p>Neap", "x-a x-p x-p"),
            ("<x-card><h2>Ebb</h2><p>Flow</x-card>", "x-card"),
            ("<div>The <x-b>ebb</x-b> and the <x-b>flow</x-b></div>", ""),
            ("<p><x-b>Ebb</x-b> <x-b>Flow</x-b></p>", ""),
            ("<div><a href='/'>Ebb</a> <x-b>Flow</x-b></div>", ""),
            ("<div><mjx-container>a</mjx-container><p>b</div>", ""),
        ] {
            let tree = parse(page).expect("within the limits");
            let blocks = CustomBlocks::of(&tree);
            let mut names: Vec<&str> =
                tree.ids().filter(|&node| blocks.has(node)).map(|node| tree.name(node)).collect();
            names.sort_unstable();
            assert_eq!(names.join(" "), expected, "{page}");
        }
    }
}
