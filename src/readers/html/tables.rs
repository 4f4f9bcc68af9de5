//! Tables: those that hold data, and those that only place things on the page.

use super::elements::heading_level;
use super::tree::{Id, Tree};
use super::{alerts, in_sentence, math};
use crate::document::Alignment;

/// A cell spans no more columns; a hostile page could ask for millions.
const WIDEST: usize = 64;

/// What stands in a table, in order.
pub(super) enum Part {
    /// Rows that follow each other.
    Rows(Vec<Id>),
    /// A caption, or what does not belong in a table.
    Other(Id),
}

/// Splits a table into rows and what stands between them.
pub(super) fn parts(tree: &Tree, table: Id) -> Vec<Part> {
    let mut parts = Vec::new();
    collect(tree, table, &mut parts);
    parts
}

fn collect(tree: &Tree, node: Id, parts: &mut Vec<Part>) {
    for child in tree.children(node) {
        match tree.name(child) {
            "thead" | "tbody" | "tfoot" => collect(tree, child, parts),
            "tr" if tree.children(child).any(|cell| is_cell(tree, cell)) => match parts.last_mut() {
                Some(Part::Rows(rows)) => rows.push(child),
                _ => parts.push(Part::Rows(vec![child])),
            },
            "" if tree.is_blank(child) => {}
            "colgroup" | "col" | "tr" => {}
            _ => parts.push(Part::Other(child)),
        }
    }
}

/// Tells whether a table holds data: rows of several short cells, not the blocks of a page.
pub(super) fn holds_data(tree: &Tree, table: Id) -> bool {
    let only_places = matches!(tree.attribute(table, "role"), Some("presentation" | "none"))
        || alerts::is_frame(tree, table)
        || math::sets_equations(tree, table);
    if only_places {
        return false;
    }
    let mut rows = 0;
    let mut widest = 0;
    let mut first = None;
    for part in parts(tree, table) {
        let Part::Rows(found) = part else { continue };
        for row in found {
            rows += 1;
            let cells = tree.children(row).filter(|&cell| is_cell(tree, cell));
            widest = widest.max(cells.map(|cell| columns(tree, cell)).sum());
            let is_stray = |child| !is_cell(tree, child) && !tree.is_blank(child);
            if tree.children(row).any(|child| is_stray(child) || holds_blocks(tree, child)) {
                return false;
            }
            first.get_or_insert(row);
        }
    }
    let is_note = rows == 1 && first.is_some_and(|row| begins_with_sign(tree, row));
    rows > 0 && widest > 1 && !is_note
}

/// Tells whether the first cell of a row holds nothing but the sign of a note: docutils sets each note as a table.
fn begins_with_sign(tree: &Tree, row: Id) -> bool {
    let first = tree.children(row).find(|&cell| is_cell(tree, cell));
    first.is_some_and(|cell| in_sentence::is_sign(&tree.text(cell)))
}

/// Tells whether a cell holds what no cell of data does.
fn holds_blocks(tree: &Tree, node: Id) -> bool {
    tree.children(node).any(|child| {
        matches!(
            tree.name(child),
            "table" | "article" | "section" | "pre" | "blockquote" | "main" | "nav" | "form"
        ) || heading_level(tree.name(child)).is_some()
            || holds_blocks(tree, child)
    })
}

fn is_cell(tree: &Tree, node: Id) -> bool {
    matches!(tree.name(node), "td" | "th")
}

/// Tells whether a row names the columns.
pub(super) fn is_head(tree: &Tree, row: Id) -> bool {
    tree.children(row).filter(|&cell| is_cell(tree, cell)).all(|cell| tree.name(cell) == "th")
}

/// Returns how many columns a cell spans.
pub(super) fn columns(tree: &Tree, cell: Id) -> usize {
    let stated = tree.attribute(cell, "colspan").and_then(|value| value.trim().parse().ok());
    stated.unwrap_or(1).clamp(1, WIDEST)
}

/// Returns how many rows a cell spans.
pub(super) fn rows(tree: &Tree, cell: Id) -> usize {
    const MOST: usize = 1000;
    let stated = tree.attribute(cell, "rowspan").and_then(|value| value.trim().parse().ok());
    stated.unwrap_or(1).clamp(1, MOST)
}

/// Returns the alignment of each column, as the first row that has so many cells says.
pub(super) fn alignments(tree: &Tree, rows: &[Id]) -> Vec<Alignment> {
    let of_row = |row: &Id| -> Vec<Alignment> {
        let cells = tree.children(*row).filter(|&cell| is_cell(tree, cell));
        cells.flat_map(|cell| std::iter::repeat_n(alignment(tree, cell), columns(tree, cell))).collect()
    };
    let mut widest = Vec::new();
    for row in rows {
        let found = of_row(row);
        if found.len() > widest.len() {
            widest = found;
        }
    }
    widest
}

fn alignment(tree: &Tree, cell: Id) -> Alignment {
    let style = tree.attribute(cell, "style").unwrap_or_default().replace(' ', "");
    let stated = style.split(';').find_map(|rule| rule.strip_prefix("text-align:"));
    match stated.or_else(|| tree.attribute(cell, "align")).unwrap_or_default() {
        "left" => Alignment::Left,
        "center" => Alignment::Center,
        "right" => Alignment::Right,
        _ => Alignment::Default,
    }
}
