//! Rows: where the lines of a block begin and end.

use std::ops::Range;

use super::Layout;
use crate::sheet::{Kind, Mark, Node, NodeId, Row, Run};
use crate::source::Span;

impl Layout<'_> {
    /// Makes sure that a row is open: text right below an item or a note gets a paragraph of its own.
    pub(super) fn begin_text(&mut self) {
        if self.leaf.is_none() {
            let node = self.open(Kind::Paragraph);
            self.open_nodes.pop();
            self.leaf = Some(node);
        }
        if self.row_start.is_none() {
            self.row_start = Some(self.shown.len());
            if let Some(range) = self.ordinal.take() {
                let start = self.shown.len();
                let label = self.source[range.clone()].to_owned();
                self.add(label.trim_end(), range.start..range.start + label.trim_end().len());
                self.shown.push(' ');
                let span = Span::new(start, self.shown.len());
                self.runs.push(Run { span, mark: Mark::Ordinal });
            }
        }
    }

    /// The first line of an alert is its title; every line over definitions is a term.
    pub(super) fn soft_break(&mut self, range: Range<usize>) {
        let leaf = self.leaf.map(|leaf| self.nodes[leaf.index()].kind.clone());
        let next = match leaf {
            Some(Kind::AlertTitle) => Kind::Paragraph,
            Some(Kind::Term) => Kind::Term,
            _ => return self.end_row(Some(range)),
        };
        self.alert = None;
        self.end_leaf();
        self.close();
        self.open_block(next);
    }

    pub(super) fn line_break(&mut self, range: Range<usize>) {
        let leaf = self.leaf.map(|leaf| &self.nodes[leaf.index()].kind);
        if matches!(leaf, Some(Kind::AlertTitle | Kind::Term)) {
            return self.soft_break(range);
        }
        let at = self.shown.len();
        if self.row_start.is_some() {
            self.runs.push(Run { span: Span::new(at, at), mark: Mark::LineBreak });
        }
        self.end_row(Some(range));
    }

    /// Ends the row; `range` is where its line end stands in the source.
    pub(super) fn end_row(&mut self, range: Option<Range<usize>>) {
        let Some(start) = self.row_start.take() else { return };
        let end = self.shown.len();
        let (Some(node), true) = (self.leaf, start < end) else { return };
        let is_fence = self.is_fence(node, start);
        let node = if is_fence { self.beside(node, Kind::Html) } else { node };
        self.rows.push(Row::of_markup(Span::new(start, end), node, self.gap));
        self.gap = 0;
        match range {
            Some(range) => self.add("\n", range),
            None => self.shown.push('\n'),
        }
        if is_fence {
            self.leaf = Some(self.beside(node, Kind::Paragraph));
        }
    }

    /// Adds a block after another one in the same place.
    pub(super) fn beside(&mut self, node: NodeId, kind: Kind) -> NodeId {
        self.nodes.push(Node::new(self.nodes[node.index()].parent, kind));
        NodeId(self.nodes.len() as u32 - 1)
    }

    /// Tells whether a row fences a part of the text, as `::: {.warning}` does in Pandoc and Quarto.
    pub(super) fn is_fence(&self, node: NodeId, start: usize) -> bool {
        self.shown[start..].starts_with(":::")
            && self.nodes[node.index()].kind == Kind::Paragraph
            && self.pieces.iter().rev().find(|piece| piece.shown.start as usize <= start).is_some_and(
                |piece| piece.is_same && !self.source[..piece.source.start as usize].ends_with('\\'),
            )
    }

    pub(super) fn end_leaf(&mut self) {
        self.runs_too_deep = 0;
        while !self.open_runs.is_empty() {
            self.close_run();
        }
        self.end_row(None);
        self.leaf = None;
        self.ordinal = None;
        self.brackets.clear();
    }
}
