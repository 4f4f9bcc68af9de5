//! Notes that open in the sentence: a browser shows them only when they are asked for, and their elements are blocks
//! that no paragraph can hold.
//!
//! > `<p>The ferry sank<details><summary>1</summary>In 1902.</details> at the mole.</p>`
//!
//! To an HTML parser the block ends the paragraph, and what follows stands outside of it. Scripts such as bigfoot put
//! a button there that has no words at all. Here the paragraph becomes one again, with the note in it. Left alone:
//! blocks that are no notes, empty ones too, and notes of several blocks.

use super::elements::{is_block, is_silent};
use super::tree::{Content, Id, Tree};

/// Words in names that speak of notes.
const HINTS: &[&str] = &["note", "fn-", "noteref"];

/// Puts paragraphs together again that a note or its button has cut.
pub(super) fn mend(tree: &mut Tree, source: &str) {
    for node in tree.ids() {
        if tree.name(node) == "p" {
            mend_paragraph(tree, source, node);
        } else if stands_in_running_text(tree, node) && is_note(tree, node) {
            make_running(tree, node);
        }
    }
}

/// Takes what follows a paragraph into it, if a block inside cut it: up to the `</p>` that then closes nothing.
fn mend_paragraph(tree: &mut Tree, source: &str, paragraph: Id) {
    let Some(block) = tree.next(paragraph) else { return };
    if !is_cut(tree, source, block) {
        return;
    }
    let mut taken = Vec::new();
    let mut end = None;
    let mut next = Some(block);
    while let Some(node) = next {
        if is_stray_end(tree, source, node) {
            end = Some(node);
            break;
        }
        let fits = !is_block(tree.name(node)) || is_note(tree, node) || only_holds_button(tree, node);
        if !fits || tree.name(node) == "p" {
            return;
        }
        taken.push(node);
        next = tree.next(node);
    }
    let Some(end) = end else { return };
    tree.detach(end);
    for node in taken {
        tree.detach(node);
        tree.insert(paragraph, node, None);
        if is_block(tree.name(node)) {
            make_running(tree, node);
        }
    }
}

/// Tells whether a block ended the paragraph before it: no tag did.
fn is_cut(tree: &Tree, source: &str, block: Id) -> bool {
    let Content::Element { name, source: tag, .. } = tree.content(block) else { return false };
    let before = source[..tag.start as usize].trim_end();
    let closes = before.len().checked_sub("</p>".len()).and_then(|at| before.get(at..));
    is_block(name)
        && &**name != "p"
        && (is_note(tree, block) || only_holds_button(tree, block))
        && !closes.is_some_and(|tag| tag.eq_ignore_ascii_case("</p>"))
}

/// Tells whether a paragraph is what a parser makes of `</p>` where none is open.
fn is_stray_end(tree: &Tree, source: &str, node: Id) -> bool {
    let Content::Element { name, source: tag, .. } = tree.content(node) else { return false };
    &**name == "p" && tag.of(source).starts_with("</") && tree.children(node).next().is_none()
}

/// Tells whether a block stands among words; a `div` behind words may be their note as well as the text that they name.
fn stands_in_running_text(tree: &Tree, node: Id) -> bool {
    let is_running = |near: Option<Id>| {
        near.is_some_and(|near| match tree.content(near) {
            Content::Text { text, .. } => !text.trim().is_empty(),
            Content::Element { name, .. } => !is_block(name) && !is_silent(name) && &**name != "br",
            Content::Other => false,
        })
    };
    let is_last = || tree.next(node).is_none_or(|next| tree.next(next).is_none() && !has_words(tree, next));
    match tree.name(node) {
        "details" => is_running(tree.previous(node)) && (is_last() || is_running(tree.next(node))),
        "aside" | "div" => is_running(tree.previous(node)) && is_running(tree.next(node)),
        _ => false,
    }
}

/// Tells whether a block is a note, as its sign or its name says, and nothing more than one paragraph.
fn is_note(tree: &Tree, node: Id) -> bool {
    let names = ["class", "role", "epub:type", "data-type"];
    let speaks = || {
        names.iter().filter_map(|name| tree.attribute(node, name)).any(|value| {
            let value = value.to_ascii_lowercase();
            HINTS.iter().any(|hint| value.contains(hint))
        })
    };
    let is_known = match tree.name(node) {
        "details" => summary(tree, node).is_some_and(|summary| is_sign(&tree.text(summary))),
        "aside" | "div" => speaks(),
        _ => false,
    };
    is_known && blocks_with_words(tree, node) <= 1
}

fn summary(tree: &Tree, details: Id) -> Option<Id> {
    tree.children(details).find(|&child| tree.name(child) == "summary")
}

/// Tells whether words are the sign of a note: a number, brackets around it, a symbol.
pub(super) fn is_sign(words: &str) -> bool {
    let inner = words.trim().trim_matches(['[', ']', '(', ')', '\u{A0}']);
    let is_number = (1..=3).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit());
    let is_symbol = (1..=3).contains(&inner.chars().count()) && inner.chars().all(|c| "*†‡§¶⊕".contains(c));
    is_number || is_symbol
}

/// Counts the blocks inside that hold words of their own, but for a summary.
fn blocks_with_words(tree: &Tree, node: Id) -> usize {
    let blocks = tree.children(node).filter(|&child| is_block(tree.name(child)));
    let counted = blocks.filter(|&child| tree.name(child) != "summary" && has_words(tree, child));
    counted.map(|child| blocks_with_words(tree, child).max(1)).sum()
}

/// Tells whether anything below a node is shown.
fn has_words(tree: &Tree, node: Id) -> bool {
    match tree.content(node) {
        Content::Text { text, .. } => !text.trim().is_empty(),
        Content::Element { name, .. } if &**name == "img" => true,
        Content::Element { name, .. } if is_silent(name) => false,
        _ => tree.children(node).any(|child| has_words(tree, child)),
    }
}

/// Tells whether a block holds a button without words, and nothing else.
fn only_holds_button(tree: &Tree, node: Id) -> bool {
    let buttons = tree.children(node).filter(|&child| tree.name(child) == "button").count();
    buttons == 1 && !has_words(tree, node)
}

/// Makes running text of a block and what it holds; what was a note says so.
fn make_running(tree: &mut Tree, node: Id) {
    if has_words(tree, node) {
        tree.add_attribute(node, "role", "doc-footnote");
    }
    let mut left = vec![node];
    while let Some(node) = left.pop() {
        if is_block(tree.name(node)) {
            let to = if tree.name(node) == "summary" { "sup" } else { "span" };
            tree.rename(node, to);
        }
        left.extend(tree.children(node));
    }
}
