//! Rows: where they begin and end, and where a line break ends a paragraph.

use super::Layout;
use crate::document::Attributes;
use crate::sheet::{Kind, Mark, NodeId, Piece, Row, Run};
use crate::source::Span;

impl Layout<'_> {
    /// Makes sure that a row is open.
    pub(super) fn begin_text(&mut self) {
        if self.leaf.is_none() {
            let kind = self.leaf_kinds.last().cloned().unwrap_or(Kind::Paragraph);
            let outer = self.open_nodes.len();
            let is_heading = matches!(kind, Kind::Heading(_));
            let leaf = self.open(kind);
            if let Some(heading) = self.heading.take().filter(|_| is_heading) {
                // One that is broken into several is called by its first.
                let id = self.anchors.name(heading).map(str::to_owned);
                self.nodes[leaf.index()].attributes =
                    id.map(|id| Box::new(Attributes { id: Some(id), ..Attributes::default() }));
            }
            self.leaf = Some(leaf);
            self.open_nodes.truncate(outer);
        }
        if self.row_start.is_none() {
            self.space = None;
            if let Some(row) = self.rows.last().filter(|row| self.is_broken && Some(row.node) == self.leaf) {
                let at = row.span.end as usize;
                self.runs.push((Run { span: Span::new(at, at), mark: Mark::LineBreak }, 0));
            }
            self.is_broken = false;
            self.row_start = Some(self.shown.len());
            let is_paragraph = self.leaf_kinds.is_empty();
            if let Some((number, source)) = self.ordinal.take().filter(|_| is_paragraph) {
                let start = self.shown.len();
                self.add(&format!("{number}."), source, false);
                self.shown.push(' ');
                self.runs.push((Run { span: Span::new(start, self.shown.len()), mark: Mark::Ordinal }, 0));
            }
        } else if let Some((space, is_one)) = self.space.take() {
            self.add(" ", space, is_one);
        }
    }

    pub(super) fn end_row(&mut self) {
        self.space = None;
        let Some(start) = self.row_start.take() else { return };
        let end = self.shown.len();
        let node = self.leaf.unwrap_or(NodeId::ROOT);
        self.rows.push(Row::of_markup(Span::new(start, end), node, self.gap));
        self.gap = 0;
        self.shown.push('\n');
    }

    pub(super) fn end_typed_line(&mut self, source: Span, is_same: bool) {
        if self.row_start.is_some() {
            self.end_row();
            // The row's line end is in the text already.
            let at = self.shown.len();
            self.pieces.push(Piece { shown: Span::new(at - 1, at), source, is_same });
        } else {
            self.gap = self.gap.saturating_add(1);
            self.add("\n", source, is_same);
        }
    }

    /// Ends the line; a second break in a row ends the paragraph.
    pub(super) fn break_line(&mut self, source: Span) {
        if self.is_code() {
            return self.end_typed_line(source, false);
        }
        if self.row_start.is_some() {
            self.end_row();
            self.is_broken = true;
        } else if self.is_broken && self.cell.is_none() && self.leaf_kinds.is_empty() {
            self.end_leaf();
        }
    }

    /// Ends the block of running text. Marks that are still open go on in the next one.
    pub(super) fn end_leaf(&mut self) {
        if self.cell.is_some() {
            if self.row_start.is_some() {
                self.end_row();
                self.is_broken = true;
            }
            return;
        }
        let end = self.shown.len();
        for open in &mut self.open_runs {
            if let Some(start) = open.start.take().filter(|&start| start < end) {
                self.runs.push((Run { span: Span::new(start, end), mark: open.mark.clone() }, open.begun));
            }
        }
        self.end_row();
        if self.leaf.take().is_some() {
            self.ordinal = None;
        }
        self.is_broken = false;
        self.gap = 1;
    }
}
