//! Verse and addresses in a raw text: lines that end long before the measure, line after line.

use super::Lines;

/// Lines of verse are at most this part of the measure wide, in hundredths.
const WIDEST: u32 = 80;

/// The widest line of verse where the text has no measure, in columns.
const WIDEST_UNMEASURED: u16 = 64;

/// Tells whether a block is verse: its lines end where the author ended them.
pub(super) fn is_verse(lines: &Lines<'_>, from: usize, to: usize) -> bool {
    let sheet = lines.sheet;
    if to - from < 2 || !sheet.measure.spaced {
        return false;
    }
    let row = |at: usize| &sheet.rows[lines.rows[at] as usize];
    let set_in = (from..to).all(|at| row(at).indent > sheet.measure.indent);
    let narrow = match sheet.measure.width {
        Some(width) => {
            (from..to).all(|at| u32::from(row(at).indent + row(at).width) * 100 <= u32::from(width) * WIDEST)
        }
        None => (from..to).all(|at| row(at).width <= WIDEST_UNMEASURED),
    };
    let capitals = (from..to)
        .filter(|&at| {
            lines
                .words(at)
                .trim_start_matches(['“', '"', '‘', '\'', '«'])
                .starts_with(|c: char| !c.is_lowercase())
        })
        .count();
    narrow && capitals * 10 >= (to - from) * 7 && (set_in || to - from >= 3 || sheet.measure.width.is_none())
}
