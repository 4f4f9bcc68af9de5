//! Lines of code that stand in elements of their own, as highlighters set them beside numbers.

use super::super::code;
use super::super::tree::Id;
use super::Layout;

impl Layout<'_> {
    /// Lays out an element that is a line of code, or holds several.
    pub(super) fn code_lines(&mut self, node: Id, name: &str) {
        if !code::is_line(name) {
            return self.inside(node);
        }
        self.end_code_line();
        let before = (self.rows.len(), self.gap);
        self.inside(node);
        self.end_code_line();
        if before == (self.rows.len(), self.gap) {
            self.leave_code_line_blank();
        }
    }

    /// Begins a line that follows another, with no line end between them.
    pub(super) fn next_code_line(&mut self, before: Id) {
        if self.row_start.is_some() {
            self.end_row();
        } else if self.tree.text(before).is_empty() {
            self.leave_code_line_blank();
        }
    }

    fn end_code_line(&mut self) {
        if self.row_start.is_some() {
            self.end_row();
        }
    }

    /// Before the first line there is nothing to part.
    fn leave_code_line_blank(&mut self) {
        if self.leaf.is_some() {
            self.gap = self.gap.saturating_add(1);
        }
    }
}
