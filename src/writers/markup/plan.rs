//! Which leaf holds what: blocks, notes, and the references that backlinks lead to.

#[cfg(feature = "epub")]
use super::notes::list_id;
#[cfg(feature = "epub")]
use super::outline::Heading;
use super::outline::Outline;
use crate::document::{Block, Document, Inline, Note, NoteId, each_inline};
use crate::options::Notes;

/// A page, or one document of a book.
#[derive(Debug, Default)]
pub(crate) struct Leaf {
    /// Its file's name; empty where there is one leaf only.
    pub(crate) name: String,
    pub(crate) parts: Vec<Part>,
}

/// What stands on a leaf, in reading order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The title with its references.
    Title,
    /// A block of the body.
    Block(usize),
    /// Notes under a heading of their own.
    Notes(Vec<NoteId>),
    /// Notes right after the block that refers to them.
    Footnotes(Vec<NoteId>),
}

impl Leaf {
    /// Tells whether it is the list of notes behind the text.
    #[cfg(feature = "epub")]
    pub(crate) fn holds_notes_only(&self) -> bool {
        matches!(self.parts.as_slice(), [Part::Notes(_)])
    }

    /// Tells whether a list of notes is the last thing on it.
    #[cfg(feature = "epub")]
    pub(crate) fn ends_with_notes(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Notes(_)))
    }
}

/// Where everything stands.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) leaves: Vec<Leaf>,
    /// For each note; none where it stands in the sentence.
    pub(super) notes: Vec<Option<Placed>>,
    pub(super) outline: Outline,
    /// Whether each part of the article has its own list of notes.
    pub(super) lists_by_part: bool,
}

/// Where a note and its references stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Placed {
    pub(super) leaf: usize,
    /// The leaf of each reference, in reading order.
    pub(super) references: Vec<usize>,
}

/// What a plan depends on, beside the document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Setting<'s> {
    pub(crate) notes: Notes,
    /// The blocks that begin a new leaf, in order.
    pub(crate) cuts: &'s [usize],
    /// Whether the title is written.
    pub(crate) has_title: bool,
    /// Whether the notes at the end have a leaf of their own, however short the text is.
    pub(crate) notes_apart: bool,
}

/// A plan in the making.
struct Planner<'d> {
    document: &'d Document,
    leaves: Vec<Leaf>,
    /// Whether each note has its place, or waits for the next list.
    placed: Vec<bool>,
    waiting: Vec<NoteId>,
}

impl Plan {
    pub(crate) fn of(document: &Document, setting: Setting<'_>) -> Self {
        let is_inline = |note: &Note| setting.notes == Notes::Inline && stands_inline(note);
        let mut planner = Planner {
            document,
            leaves: vec![Leaf::default()],
            placed: document.notes.iter().map(is_inline).collect(),
            waiting: Vec::new(),
        };
        if setting.has_title {
            planner.push(Part::Title);
            document.title_references.iter().for_each(|&note| planner.await_note(note));
        }
        let levels = document.blocks.iter().filter_map(heading_level);
        let part_level = levels.min().filter(|_| setting.notes == Notes::Section);
        for (at, block) in document.blocks.iter().enumerate() {
            if part_level.is_some() && heading_level(block) == part_level {
                planner.list_notes();
            }
            if setting.cuts.binary_search(&at).is_ok() && !planner.leaf().is_empty() {
                planner.leaves.push(Leaf::default());
            }
            planner.push(Part::Block(at));
            each_inline(std::slice::from_ref(block), &mut |inline| {
                if let Inline::Reference(note) = inline {
                    planner.await_note(*note);
                }
            });
            if setting.notes == Notes::Foot {
                let notes = planner.take_waiting();
                if !notes.is_empty() {
                    planner.push(Part::Footnotes(notes));
                }
            }
        }
        for at in 0..document.notes.len() {
            planner.await_note(NoteId(at as u32));
        }
        let is_apart = setting.notes_apart || (planner.leaves.len() > 1 && part_level.is_none());
        if is_apart && !planner.waiting.is_empty() {
            planner.leaves.push(Leaf::default());
        }
        planner.list_notes();
        planner.finish(part_level.is_some())
    }

    /// Returns the leaf and the id of every list of notes, in reading order; the id is without the style's prefix.
    #[cfg(feature = "epub")]
    pub(crate) fn note_lists(&self) -> impl Iterator<Item = (usize, String)> {
        let leaves = self.leaves.iter().enumerate();
        let lists = leaves.flat_map(|(at, leaf)| {
            leaf.parts.iter().filter(|part| matches!(part, Part::Notes(_))).map(move |_| at)
        });
        lists.enumerate().map(|(before, leaf)| (leaf, list_id(before + 1)))
    }

    /// Returns the leaf and the id of the heading that a link means; the id is without the style's prefix.
    #[cfg(feature = "epub")]
    pub(crate) fn anchor(&self, fragment: &str) -> Option<(usize, &str)> {
        self.outline.find(fragment).map(|heading| (heading.leaf, heading.id.as_str()))
    }

    /// Returns the headings of the body, in reading order.
    #[cfg(feature = "epub")]
    pub(crate) fn headings(&self) -> &[Heading] {
        &self.outline.headings
    }
}

impl Planner<'_> {
    fn leaf(&self) -> &[Part] {
        self.leaves.last().map_or(&[], |leaf| &leaf.parts)
    }

    fn push(&mut self, part: Part) {
        if let Some(leaf) = self.leaves.last_mut() {
            leaf.parts.push(part);
        }
    }

    /// Puts a note, and the notes that it refers to, on the next list unless they have a place.
    fn await_note(&mut self, note: NoteId) {
        let mut next = vec![note];
        while let Some(note) = next.pop() {
            if std::mem::replace(&mut self.placed[note.index()], true) {
                continue;
            }
            self.waiting.push(note);
            each_inline(&self.document.notes[note.index()].blocks, &mut |inline| {
                if let Inline::Reference(other) = inline {
                    next.push(*other);
                }
            });
        }
    }

    /// Lists the notes that wait, in the order of their numbers.
    fn list_notes(&mut self) {
        let notes = self.take_waiting();
        if !notes.is_empty() {
            self.push(Part::Notes(notes));
        }
    }

    fn take_waiting(&mut self) -> Vec<NoteId> {
        let mut notes = std::mem::take(&mut self.waiting);
        notes.sort_unstable();
        notes
    }

    /// Finds the headings, and the leaf of every note and reference.
    fn finish(self, lists_by_part: bool) -> Plan {
        let document = self.document;
        let mut outline = Outline::default();
        let mut notes: Vec<Option<Placed>> = vec![None; document.notes.len()];
        for (leaf, part) in self.parts() {
            if let Part::Notes(listed) | Part::Footnotes(listed) = part {
                for note in listed {
                    notes[note.index()] = Some(Placed { leaf, references: Vec::new() });
                }
            }
        }
        for (leaf, part) in self.parts() {
            let mut refer = |note: NoteId| {
                if let Some(placed) = &mut notes[note.index()] {
                    placed.references.push(leaf);
                }
            };
            let mut refer_from = |blocks: &[Block]| {
                each_inline(blocks, &mut |inline| {
                    if let Inline::Reference(note) = inline {
                        refer(*note);
                    }
                });
            };
            match part {
                Part::Title => document.title_references.iter().for_each(|&note| refer(note)),
                Part::Block(at) => {
                    outline.add(&document.blocks[*at], leaf);
                    refer_from(&document.blocks[*at..=*at]);
                }
                Part::Notes(listed) | Part::Footnotes(listed) => {
                    listed.iter().for_each(|note| refer_from(&document.notes[note.index()].blocks));
                }
            }
        }
        Plan { leaves: self.leaves, notes, outline, lists_by_part }
    }

    fn parts(&self) -> impl Iterator<Item = (usize, &Part)> {
        let numbered = self.leaves.iter().enumerate();
        numbered.flat_map(|(leaf, content)| content.parts.iter().map(move |part| (leaf, part)))
    }
}

fn heading_level(block: &Block) -> Option<u8> {
    match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    }
}

/// Tells whether a note can stand in the sentence: one paragraph without references.
pub(super) fn stands_inline(note: &Note) -> bool {
    let mut is_plain = matches!(note.blocks.as_slice(), [Block::Paragraph(_)]);
    each_inline(&note.blocks, &mut |inline| {
        is_plain &= !matches!(inline, Inline::Reference(_) | Inline::LineBreak);
    });
    is_plain
}
