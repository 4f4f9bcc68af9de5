//! Line ends, blank lines and indents of code: kept as typed, less the indent of the whole block.

use crate::findings::{Findings, Shape};
use crate::ledger::Fate;
use crate::sheet::{Origin, RowId, Sheet};
use crate::source::Span;

/// Claims what stands before a row of code as the layout that the code keeps. `above` is the row of the same block
/// that stands before it, `base` the indent of the whole block.
pub(super) fn keep_layout(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    above: Option<RowId>,
    row: RowId,
    base: u16,
) {
    let printed = &sheet.rows[row as usize];
    let spaces = " ".repeat(usize::from(printed.indent.saturating_sub(base)));
    let end = printed.span.start;
    let physical = row.checked_sub(1).map_or(0, |before| sheet.rows[before as usize].span.end);
    let (start, layout) = match above {
        Some(_) => (physical, "\n".repeat(usize::from(printed.gap) + 1) + &spaces),
        None => {
            let margin = sheet.text[physical as usize..end as usize].rfind('\n').map_or(0, |at| at + 1);
            // Markdown tells blank lines of code from those before the code.
            let is_markdown = matches!(sheet.origin, Origin::Markdown { .. });
            let blank = if is_markdown { usize::from(printed.gap).saturating_sub(1) } else { 0 };
            let start = if blank > 0 { physical } else { physical + margin as u32 };
            (start, "\n".repeat(blank) + &spaces)
        }
    };
    if !layout.is_empty() {
        findings.claim(Span { start, end }, Fate::Mend(layout.into()), "code-layout");
    }
}

/// Returns the smallest indent of the block of code that begins at a row.
pub(super) fn base_indent(sheet: &Sheet<'_>, findings: &Findings, row: RowId) -> u16 {
    if sheet.is_marked_up() {
        return 0;
    }
    let block = (row as usize..sheet.rows.len()).take_while(|&row| findings.shapes[row] == Shape::Code);
    block.map(|row| sheet.rows[row].indent).min().unwrap_or(0)
}
