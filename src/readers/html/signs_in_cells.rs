//! Signs of points that stand in a cell of their own, as law texts set them.
//!
//! > `<table><tr><td><p>(a)</p></td><td><p>lamps carried on barges;</p></td></tr></table>`
//!
//! Each point is a table of one row; its sign goes before the words that it belongs to. Left alone: tables of several
//! rows or columns, signs that lead somewhere, and notes, which are found by theirs.

use super::tree::{Content, Id, Part, Tree};

/// A sign has no more characters.
const LONGEST: usize = 8;

/// Words in the names of notes.
const NOTES: &[&str] = &["note", "fn", "citation", "label", "biblio"];

/// Puts signs before the words that they belong to.
pub(super) fn mend(tree: &mut Tree) {
    for table in tree.ids() {
        if tree.name(table) == "table"
            && let Some((sign, words)) = point(tree, table)
            && let Some(text) = first_text(tree, sign)
        {
            put_before(tree, text, words);
            tree.detach(sign);
        }
    }
}

/// Returns the cell with the sign of a point, and that with its words.
fn point(tree: &Tree, table: Id) -> Option<(Id, Id)> {
    let mut parts = tree.children(table).filter(|&part| !is_skipped(tree, part));
    let body = parts.next().filter(|_| parts.next().is_none())?;
    let mut rows = tree.children(body).filter(|&row| !is_skipped(tree, row));
    let row = if tree.name(body) == "tr" { body } else { rows.next().filter(|_| rows.next().is_none())? };
    let cells: Vec<Id> = tree.children(row).filter(|&cell| !tree.is_blank(cell)).take(3).collect();
    let &[sign, words] = cells.as_slice() else { return None };
    let are_cells = [sign, words].iter().all(|&cell| tree.name(cell) == "td");
    let is_note = [table, row, sign, words].iter().any(|&node| speaks_of_notes(tree, node));
    let is_empty = tree.text(words).trim().is_empty();
    (are_cells && !is_note && !is_empty && is_plain(tree, sign) && is_sign(&tree.text(sign)))
        .then_some((sign, words))
}

fn is_skipped(tree: &Tree, node: Id) -> bool {
    tree.is_blank(node) || matches!(tree.name(node), "col" | "colgroup")
}

fn speaks_of_notes(tree: &Tree, node: Id) -> bool {
    ["class", "id", "role"].iter().filter_map(|name| tree.attribute(node, name)).any(|value| {
        let value = value.to_ascii_lowercase();
        NOTES.iter().any(|note| value.contains(note))
    })
}

/// Tells whether a cell holds nothing but text in plain boxes.
fn is_plain(tree: &Tree, node: Id) -> bool {
    tree.children(node).all(|child| {
        matches!(tree.name(child), "" | "p" | "div" | "span")
            && tree.attribute(child, "id").is_none()
            && is_plain(tree, child)
    })
}

/// Tells whether words are the sign of a point: `(a)`, `1.`, `—`.
fn is_sign(words: &str) -> bool {
    let words = words.trim();
    let is_dash = matches!(words, "—" | "–" | "-" | "•" | "·");
    let inner = words.trim_start_matches('(').trim_end_matches([')', '.']);
    let is_framed = inner.len() < words.len();
    words.chars().count() <= LONGEST
        && (is_dash || (is_framed && !inner.is_empty() && inner.chars().all(char::is_alphanumeric)))
}

/// Returns the first text in a cell that says something.
fn first_text(tree: &Tree, node: Id) -> Option<Id> {
    tree.children(node).filter(|&child| !tree.is_blank(child)).find_map(|child| match tree.content(child) {
        Content::Text { .. } => Some(child),
        _ => first_text(tree, child),
    })
}

/// Puts a text before the first words of a cell, in the same box, with a space between.
fn put_before(tree: &mut Tree, text: Id, cell: Id) {
    let mut around = cell;
    while let Some(inner) = tree
        .children(around)
        .find(|&child| !tree.is_blank(child))
        .filter(|&child| matches!(tree.name(child), "p" | "div"))
    {
        around = inner;
    }
    let Content::Text { parts, .. } = tree.content(text) else { return };
    let Some(source) = parts.last().map(|part| part.source) else { return };
    let part = Part {
        length: 1,
        source: crate::source::Span { start: source.end, end: source.end },
        is_same: false,
    };
    let space = tree.add(Content::Text { text: " ".to_owned(), parts: vec![part] });
    let first = tree.children(around).next();
    tree.detach(text);
    tree.insert(around, text, first);
    tree.insert(around, space, first);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::{DOCUMENT, parse};

    #[test]
    fn signs_go_before_their_words() {
        for (page, expected) in [
            ("<table><tr><td><p>(a)</p></td><td><p>ebb;</p></td></tr></table>", "(a) ebb;"),
            ("<table><col><tr><td>—</td><td>ebb</td></tr></table>", "— ebb"),
            ("<table><tr><td>Ebb</td><td>flow</td></tr></table>", "Ebbflow"),
            (
                "<table><tr><td>1.</td><td>ebb</td></tr><tr><td>2.</td><td>flow</td></tr></table>",
                "1.ebb2.flow",
            ),
            ("<table class=footnote><tr><td>(1)</td><td>ebb</td></tr></table>", "(1)ebb"),
            ("<table><tr><td><a href='#b'>(1)</a></td><td>ebb</td></tr></table>", "(1)ebb"),
            ("<table><tr><td>(1)</td><td></td></tr></table>", "(1)"),
        ] {
            let mut tree = parse(page).expect("within the limits");
            mend(&mut tree);
            assert_eq!(tree.text(DOCUMENT), expected, "{page}");
        }
    }
}
