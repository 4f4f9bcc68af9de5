//! Stanzas whose lines are blocks, as e-books since 2022 set them: a paragraph with line breaks.
//!
//! > `<div class="stanza"><div class="verse">The ebb</div><div class="verse">has come.</div></div>`

use super::tree::{Content, Id, Tree};
use crate::page::Name;

/// Classes of a line.
const LINES: &[&str] = &["verse", "line", "poem-line", "verse-line"];

/// Makes paragraphs of stanzas.
pub(super) fn mend(tree: &mut Tree) {
    for node in tree.ids() {
        if tree.name(node) == "div" && tree.has_class(node, &["stanza"]) && holds_only_lines(tree, node) {
            join(tree, node);
        }
    }
}

fn holds_only_lines(tree: &Tree, stanza: Id) -> bool {
    let mut lines = tree.children(stanza).filter(|&child| !tree.is_blank(child)).peekable();
    lines.peek().is_some()
        && lines.all(|line| matches!(tree.name(line), "div" | "p" | "span") && tree.has_class(line, LINES))
}

fn join(tree: &mut Tree, stanza: Id) {
    let lines: Vec<Id> = tree.children(stanza).filter(|&child| !tree.is_blank(child)).collect();
    for &line in &lines[1..] {
        let Content::Element { source, .. } = *tree.content(line) else { continue };
        let br = tree.add(Content::Element { name: Name::from("br"), attributes: Vec::new(), source });
        tree.insert(stanza, br, Some(line));
    }
    lines.iter().for_each(|&line| tree.rename(line, "span"));
    tree.rename(stanza, "p");
}
