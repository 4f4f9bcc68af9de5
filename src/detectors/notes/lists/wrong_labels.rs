//! A wrong number between two right ones:
//!
//! > [14] In 1841.
//! > [15] In 1843, after a pause for want of stone.
//! > [9] Lit for the first time on New Year’s Eve.
//! > [17] Never quite finished.
//!
//! The third is read as 16 if the text cites a 16 and no list has one. Left alone: a gap, and a number at the end of a
//! list, because nothing says what it should be.

use std::collections::BTreeSet;

use super::Entry;
use crate::detectors::notes::markers::Marker;
use crate::grammar::{Label, Shape};
use crate::sheet::RowId;

/// Gives wrongly numbered entries the label they are meant to have; returns their rows.
pub(crate) fn mend(entries: &mut [(&'static Shape, Entry)], markers: &[Marker]) -> BTreeSet<RowId> {
    let mut mended = BTreeSet::new();
    let printed: BTreeSet<(&str, u32)> =
        entries.iter().filter_map(|(shape, entry)| Some((shape.name, number(&entry.label)?))).collect();
    let cited: BTreeSet<u32> = markers.iter().filter_map(|marker| number(&marker.label)).collect();
    for at in 2..entries.len() {
        let [(above, before), (shape, entry), (below, after)] = &entries[at - 2..=at] else { continue };
        let (Some(before), Some(own), Some(after)) =
            (number(&before.label), number(&entry.label), number(&after.label))
        else {
            continue;
        };
        let meant = before + 1;
        let is_framed = above.name == shape.name && below.name == shape.name && after == before + 2;
        if is_framed && own != meant && cited.contains(&meant) && !printed.contains(&(shape.name, meant)) {
            mended.insert(entry.row);
            entries[at - 1].1.label = Label::Number(meant);
        }
    }
    mended
}

fn number(label: &Label) -> Option<u32> {
    match label {
        Label::Number(number) => Some(*number),
        Label::Sign(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::{BRACKETED_ENTRY, BRACKETED_NUMBER};
    use crate::source::Span;

    #[test]
    fn a_wrong_number_is_read_as_the_one_that_is_missing() {
        for (labels, cited, expected) in [
            (&[14, 15, 9, 17][..], &[14, 15, 16, 17][..], &[14, 15, 16, 17][..]),
            (&[14, 15, 9, 17], &[14, 15, 17], &[14, 15, 9, 17]),
            (&[14, 15, 17, 18], &[14, 15, 16, 17, 18], &[14, 15, 17, 18]),
            (&[1, 2, 2, 4], &[1, 2, 3, 4], &[1, 2, 3, 4]),
            (&[1, 2, 9], &[1, 2, 3], &[1, 2, 9]),
            (&[1, 9, 3, 2], &[1, 2, 3], &[1, 9, 3, 2]),
            (&[], &[1], &[]),
        ] {
            let entry = |(row, &label): (usize, &u32)| {
                (
                    &BRACKETED_ENTRY,
                    Entry { label: Label::Number(label), row: row as RowId, sign: Span::new(0, 0) },
                )
            };
            let marker = |&label: &u32| Marker {
                convention: &BRACKETED_NUMBER,
                label: Label::Number(label),
                span: Span::new(0, 0),
                sign: Span::new(0, 0),
                row: 0,
                leads: false,
                group: None,
            };
            let mut entries: Vec<_> = labels.iter().enumerate().map(entry).collect();
            mend(&mut entries, &cited.iter().map(marker).collect::<Vec<_>>());
            let found: Vec<u32> = entries.iter().filter_map(|(_, entry)| number(&entry.label)).collect();
            assert_eq!(found, expected, "{labels:?}");
        }
    }
}
