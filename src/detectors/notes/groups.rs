//! `[2, 5]` is a marker of both notes or of none.

use std::collections::BTreeSet;

use super::markers::Marker;
use super::pair::Paired;

/// Takes the markers of a group away unless all of them have a note.
pub(super) fn cut(pairs: &mut [Paired], markers: &[Marker]) {
    let used: BTreeSet<usize> =
        pairs.iter().flat_map(|paired| paired.markers.iter().flatten().copied()).collect();
    let broken: BTreeSet<u32> = markers
        .iter()
        .enumerate()
        .filter(|(at, _)| !used.contains(at))
        .filter_map(|(_, marker)| marker.group.map(|group| group.start))
        .collect();
    if broken.is_empty() {
        return;
    }
    let is_whole = |at: &usize| markers[*at].group.is_none_or(|group| !broken.contains(&group.start));
    for cited in pairs.iter_mut().flat_map(|paired| &mut paired.markers) {
        cited.retain(is_whole);
    }
}
