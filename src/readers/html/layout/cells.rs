//! Tables of data: rows, cells, and the columns that cells of the rows above reach into.

use super::super::tables;
use super::super::tree::Id;
use super::Layout;
use crate::sheet::Kind;

/// A page leaves no more columns empty for cells that reach over them: a hostile one could ask for millions.
const MOST_LEFT_EMPTY: usize = 100_000;

impl Layout<'_> {
    /// Lays out a table of data as rows and cells, one that only places things as the blocks it holds.
    pub(super) fn table(&mut self, node: Id) {
        if self.cell.is_some() || !tables::holds_data(self.tree, node) {
            return self.inside(node);
        }
        let outer = self.open_nodes.len();
        for part in tables::parts(self.tree, node) {
            match part {
                tables::Part::Rows(rows) => {
                    let alignments = tables::alignments(self.tree, &rows);
                    self.open(Kind::Table(alignments.clone()));
                    self.reaching.clear();
                    if !tables::is_head(self.tree, rows[0]) {
                        self.open(Kind::TableRow);
                        alignments.iter().for_each(|_| self.empty_cell());
                        self.open_nodes.pop();
                    }
                    rows.into_iter().for_each(|row| self.element(row));
                    self.end_leaf();
                    self.open_nodes.truncate(outer);
                }
                tables::Part::Other(other) => self.walk(other),
            }
        }
    }

    pub(super) fn cell(&mut self, node: Id) {
        self.pass_cells_from_above();
        let left = 1 + MOST_LEFT_EMPTY.saturating_sub(self.cells_left_empty);
        let (columns, rows) = (tables::columns(self.tree, node).min(left), tables::rows(self.tree, node));
        let end = self.column + columns;
        self.reaching.resize(self.reaching.len().max(end), 0);
        self.reaching[self.column..end].fill(rows - 1);
        self.column = end;
        let cell = self.open(Kind::Cell);
        (self.cell, self.leaf) = (Some(cell), Some(cell));
        self.inside(node);
        self.end_row();
        self.open_nodes.pop();
        (self.cell, self.leaf, self.is_broken) = (None, None, false);
        for _ in 1..columns {
            self.empty_cell();
        }
    }

    /// Leaves the columns empty that cells of the rows above reach into.
    pub(super) fn pass_cells_from_above(&mut self) {
        while let Some(rows) = self.reaching.get_mut(self.column).filter(|rows| **rows > 0) {
            if self.cells_left_empty >= MOST_LEFT_EMPTY {
                return;
            }
            *rows -= 1;
            self.column += 1;
            self.empty_cell();
        }
    }

    pub(super) fn empty_cell(&mut self) {
        self.cells_left_empty += 1;
        self.open(Kind::Cell);
        self.open_nodes.pop();
    }
}
