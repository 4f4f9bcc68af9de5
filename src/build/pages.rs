//! Where printed pages begin → runs, at the first words of the page that are in the body.

use crate::findings::{Findings, Place};
use crate::sheet::{Mark, RowId, Run, Sheet};
use crate::source::Span;

/// Returns a run for each page of which anything is left: in the body, else in a note.
pub(super) fn runs(sheet: &Sheet<'_>, findings: &Findings) -> Vec<Run> {
    let mut runs = Vec::new();
    for (nth, mark) in findings.page_marks.iter().enumerate() {
        let end = findings.page_marks.get(nth + 1).map_or(sheet.text.len() as u32, |next| next.at);
        let first = sheet.row_at(mark.at);
        let rows = || first..(sheet.row_at(end) + 1).min(sheet.rows.len() as RowId);
        let is_left = |row: &RowId, place: fn(&Place) -> bool| {
            place(&findings.places[*row as usize]) && sheet.rows[*row as usize].span.start.max(mark.at) < end
        };
        let in_body = rows().find(|row| is_left(row, |place| *place == Place::Body));
        let row =
            in_body.or_else(|| rows().find(|row| is_left(row, |place| matches!(place, Place::Note(_)))));
        if let Some(row) = row {
            let at = sheet.rows[row as usize].span.start.max(mark.at);
            runs.push(Run { span: Span { start: at, end: at }, mark: Mark::Page(mark.label.clone()) });
        }
    }
    runs
}
