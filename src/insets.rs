//! Notes whose text stands inside a paragraph, and which of them owns each byte of the sheet.
//!
//! > The ferry((Built in 1887.)) sank.
//!
//! The words between the signs are the note's; the signs are claimed as its marker and its label. A note can stand
//! inside another: then the inner words are the inner note's alone, and its marker is the outer one's.

use crate::document::NoteId;
use crate::source::Span;

/// A stretch of some rows that belongs to a note.
///
/// Its span holds neither the sign before it, which is claimed as [`crate::ledger::Fate::Marker`] up to the first
/// word of the note, nor the one after it, claimed as [`crate::ledger::Fate::Label`] from the last word on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Inset {
    pub(crate) span: Span,
    pub(crate) note: NoteId,
}

/// Which inset owns each byte: the innermost one that holds it.
#[derive(Debug, Default)]
pub(crate) struct Owners {
    /// From each offset on, who owns what follows.
    edges: Vec<(u32, Option<NoteId>)>,
}

impl Owners {
    /// An inset that reaches out of the one it begins in is cut off there.
    pub(crate) fn of(insets: &[Inset]) -> Self {
        let mut sorted = insets.to_vec();
        sorted.sort_by_key(|inset| (inset.span.start, std::cmp::Reverse(inset.span.end)));
        let mut owners = Self::default();
        let mut open: Vec<(u32, NoteId)> = Vec::new();
        for inset in sorted.into_iter().filter(|inset| !inset.span.is_empty()) {
            owners.close(&mut open, inset.span.start);
            let end = open.last().map_or(inset.span.end, |&(end, _)| end.min(inset.span.end));
            owners.edge(inset.span.start, Some(inset.note));
            open.push((end, inset.note));
        }
        owners.close(&mut open, u32::MAX);
        owners
    }

    /// Returns the note that owns a byte; none if it belongs where its row belongs.
    pub(crate) fn at(&self, offset: u32) -> Option<NoteId> {
        let after = self.edges.partition_point(|&(start, _)| start <= offset);
        after.checked_sub(1).and_then(|at| self.edges[at].1)
    }

    /// Returns the parts of a stretch, each with its owner, in order.
    pub(crate) fn parts(&self, span: Span) -> impl Iterator<Item = (Span, Option<NoteId>)> + '_ {
        let mut at = span.start;
        let mut edge = self.edges.partition_point(|&(start, _)| start <= at);
        std::iter::from_fn(move || {
            if at >= span.end {
                return None;
            }
            let owner = edge.checked_sub(1).and_then(|edge| self.edges[edge].1);
            let end = self.edges.get(edge).map_or(span.end, |&(start, _)| start.min(span.end));
            let part = Span { start: at, end };
            at = end;
            edge += 1;
            Some((part, owner))
        })
    }

    /// Returns the stretches that belong to each of `count` notes, in order.
    pub(crate) fn stretches(&self, count: usize) -> Vec<Vec<Span>> {
        let mut stretches = vec![Vec::new(); count];
        for pair in self.edges.windows(2) {
            if let Some(stretch) = pair[0].1.and_then(|note| stretches.get_mut(note.index())) {
                stretch.push(Span { start: pair[0].0, end: pair[1].0 });
            }
        }
        stretches
    }

    /// Ends the open insets that reach no further than an offset.
    fn close(&mut self, open: &mut Vec<(u32, NoteId)>, offset: u32) {
        while let Some((end, _)) = open.pop_if(|&mut (end, _)| end <= offset) {
            self.edge(end, open.last().map(|&(_, note)| note));
        }
    }

    fn edge(&mut self, at: u32, owner: Option<NoteId>) {
        match self.edges.last_mut() {
            Some(last) if last.0 == at => last.1 = owner,
            _ => self.edges.push((at, owner)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_inset_owns_a_byte() {
        // One letter a byte: the note that owns it, `.` for none.
        for (insets, expected) in [
            (vec![(2, 5)], "..aaa....."),
            (vec![(1, 9), (3, 5), (6, 8)], ".aabbacca."),
            (vec![(1, 9), (3, 8), (5, 6)], ".aabbcbba."),
            (vec![(5, 7), (1, 3)], ".bb..aa..."),
            (vec![(1, 5), (3, 9)], ".aabb....."),
            (vec![(0, 5), (5, 10)], "aaaaabbbbb"),
            (vec![(4, 4)], ".........."),
            (vec![], ".........."),
        ] {
            let made: Vec<Inset> = (0..)
                .zip(&insets)
                .map(|(note, &(start, end))| Inset { span: Span { start, end }, note: NoteId(note) })
                .collect();
            let owners = Owners::of(&made);
            let letter = |owner: Option<NoteId>| owner.map_or('.', |note| (b'a' + note.0 as u8) as char);
            let bytes: String = (0..10).map(|at| letter(owners.at(at))).collect();
            assert_eq!(bytes, expected, "bytes of {insets:?}");
            let parts = owners.parts(Span { start: 0, end: 10 });
            let spread: String =
                parts.flat_map(|(span, owner)| std::iter::repeat_n(letter(owner), span.len())).collect();
            assert_eq!(spread, expected, "parts of {insets:?}");
            let owned: usize = owners.stretches(3).concat().iter().map(|span| span.len()).sum();
            assert_eq!(owned, expected.chars().filter(|&c| c != '.').count(), "stretches of {insets:?}");
        }
    }
}
