//! How wide the rows of a table are written: as wide as the table, unless that would write empty cells without end.

use crate::document::{Alignment, Inline};

/// A table is filled up with no more empty cells: a hostile one has thousands of columns, and rows of one cell.
const MOST_FILLED: usize = 100_000;

/// The width of a table, in cells.
pub(super) struct Width {
    pub(super) columns: usize,
    is_filled: bool,
}

impl Width {
    pub(super) fn of(alignments: &[Alignment], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Self {
        let columns = rows.iter().map(Vec::len).chain([head.len(), alignments.len()]).max().unwrap_or(0);
        let empty: usize = rows.iter().map(|row| columns - said(row)).sum();
        Self { columns, is_filled: empty <= MOST_FILLED }
    }

    /// Returns how many cells of a row are written.
    pub(super) fn of_row(&self, cells: &[Vec<Inline>]) -> usize {
        if self.is_filled { self.columns } else { said(cells).max(1) }
    }
}

/// Returns how many cells there are up to the last one that says something.
fn said(cells: &[Vec<Inline>]) -> usize {
    cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_filled_up_to_a_limit() {
        let cell = || vec![Inline::Text("x".to_owned())];
        let row = || vec![cell(), Vec::new()];
        let width = Width::of(&[Alignment::Default; 3], &[], &[row(), Vec::new()]);
        assert_eq!((width.columns, width.of_row(&row()), width.of_row(&[])), (3, 3, 3));
        let many: Vec<_> = (0..=MOST_FILLED / 1000).map(|_| row()).collect();
        let width = Width::of(&[], &vec![cell(); 2000], &many);
        assert_eq!((width.columns, width.of_row(&row()), width.of_row(&[])), (2000, 1, 1));
    }
}
