//! Tables whose cells stand between bars, with or without a frame.
//!
//! ```text
//! +------+-------+       Tide  | Hour
//! | Tide | Hour  |      -------+-------
//! +======+=======+       ebb   | 06:12
//! | ebb  | 06:12 |
//! +------+-------+
//! ```

use super::{Cells, Line, rows_of};
use crate::findings::Table;

/// Reads lines that all have bars in the same number; without a frame around them, a rule has to stand between them.
pub(super) fn read(lines: &[Line<'_>]) -> Option<Table> {
    let is_content = |line: &&Line<'_>| !line.is_rule();
    let contents: Vec<&Line<'_>> = lines.iter().filter(is_content).collect();
    let is_framed = |line: &&Line<'_>| line.words.starts_with(BARS) && line.words.ends_with(BARS);
    let has_frame = contents.iter().all(is_framed);
    let cells: Vec<Cells> = contents.iter().map(|line| cells(line, has_frame)).collect();
    let count = cells.first()?.len();
    let is_even = count >= if has_frame { 1 } else { 2 } && cells.iter().all(|cells| cells.len() == count);
    if !is_even || contents.len() < 2 || (!has_frame && contents.len() == lines.len()) {
        return None;
    }
    // The lines above the first rule between lines are the head, unless rules part all of them.
    let rules = lines.iter().enumerate().filter(|(_, line)| line.is_rule());
    let last = lines.iter().rposition(|line| !line.is_rule())?;
    let inner: Vec<(usize, &Line<'_>)> = rules
        .skip_while(|&(at, _)| lines[..at].iter().all(Line::is_rule))
        .filter(|&(at, _)| at < last)
        .collect();
    let head_rule = match inner.as_slice() {
        [(at, _)] => Some(*at),
        several => several.iter().find(|(_, line)| line.words.contains(['=', '═'])).map(|(at, _)| *at),
    };
    let heads = head_rule.map_or(0, |at| lines[..at].iter().filter(is_content).count());
    if heads > 1 || (inner.len() > 1 && inner.len() + 1 < contents.len()) {
        return None; // cells of several lines
    }
    Some(Table { rows: rows_of(cells), has_head: heads == 1 })
}

/// What stands between cells.
pub(super) const BARS: [char; 4] = ['|', '│', '┃', '║'];

fn cells(line: &Line<'_>, has_frame: bool) -> Cells {
    let bars = line.words.char_indices().filter(|(_, c)| BARS.contains(c));
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, bar) in bars {
        if at > 0 || !has_frame {
            cells.push(line.part(start, at));
        }
        start = at + bar.len_utf8();
    }
    if !has_frame {
        cells.push(line.part(start, line.words.len()));
    }
    cells
}
