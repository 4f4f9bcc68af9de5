//! What pairing joins and a reader would not: a sign that is the label of a note, and a note that only cites itself.
//!
//! > [2] [2]
//!
//! Both signs look like markers of the note that the first of them begins.

use super::lists::NoteList;
use super::markers::Marker;
use super::pair::Paired;
use crate::source::Span;

/// Takes markers away that are labels of cited notes, and then all markers of notes that are cited from within alone.
pub(super) fn cut(pairs: &mut [Paired], lists: &[NoteList], markers: &[Marker]) {
    let mut labels: Vec<Span> = Vec::new();
    for paired in pairs.iter() {
        let entries = lists[paired.list].entries.iter().zip(&paired.markers);
        labels.extend(entries.filter(|(_, cited)| !cited.is_empty()).map(|(entry, _)| entry.sign));
    }
    labels.sort_unstable();
    let is_label = |marker: &Marker| {
        let before = labels.partition_point(|label| label.start <= marker.sign.start);
        before > 0 && labels[before - 1].end > marker.sign.start
    };
    for paired in pairs {
        let list = &lists[paired.list];
        for (at, cited) in paired.markers.iter_mut().enumerate() {
            cited.retain(|&marker| !is_label(&markers[marker]));
            let own = list.entries[at].row..list.ends[at];
            if cited.iter().all(|&marker| own.contains(&markers[marker].row)) {
                cited.clear();
            }
        }
    }
}
