//! Nodes → blocks, for text with markup of its own. A note takes the rows it claimed out of the tree.

use super::inlines::Words;
use crate::document::{Alignment, Block, Definition, Inline, Item};
use crate::findings::{Findings, Place};
use crate::sheet::{Kind, NodeId, RowId};

/// Blocks nest no deeper; what stands deeper is put at this depth.
const DEEPEST: usize = 64;

/// The tree of nodes, with what stands below each.
struct Tree<'t> {
    words: &'t Words<'t>,
    places: &'t [Place],
    children: Vec<Vec<NodeId>>,
    /// The rows that stand in a node itself.
    rows: Vec<Vec<RowId>>,
    /// The first row in or below a node, and the one after the last.
    reach: Vec<(RowId, RowId)>,
    /// Notes were taken out of the body, with the rules above them.
    took_notes_out: bool,
}

/// Returns the blocks of the body and of each found note.
pub(super) fn blocks(words: &Words<'_>, findings: &Findings) -> (Vec<Block>, Vec<Vec<Block>>) {
    let took_notes_out = findings.notes.iter().any(|note| note.label.is_none());
    let tree = Tree::new(words, &findings.places, took_notes_out);
    let mut of_note: Vec<Option<(RowId, RowId)>> = vec![None; findings.notes.len()];
    for (row, place) in findings.places.iter().enumerate() {
        if let Place::Note(id) = place {
            let reach = of_note[id.index()].get_or_insert((row as RowId, row as RowId));
            reach.1 = row as RowId + 1;
        }
    }
    let mut body = tree.below(NodeId::ROOT, Place::Body, None, 0);
    while took_notes_out && matches!(body.last(), Some(Block::Break)) {
        body.pop();
    }
    let notes = of_note.iter().enumerate().map(|(id, reach)| {
        let place = Place::Note(crate::document::NoteId(id as u32));
        reach.map_or_else(Vec::new, |reach| tree.below(tree.around(reach), place, Some(reach), 0))
    });
    (body, notes.collect())
}

impl<'t> Tree<'t> {
    fn new(words: &'t Words<'t>, places: &'t [Place], took_notes_out: bool) -> Self {
        let nodes = &words.sheet.nodes;
        let mut children = vec![Vec::new(); nodes.len()];
        let mut rows = vec![Vec::new(); nodes.len()];
        let mut reach = vec![(RowId::MAX, 0); nodes.len()];
        for (row, printed) in words.sheet.rows.iter().enumerate() {
            rows[printed.node.index()].push(row as RowId);
            let own = &mut reach[printed.node.index()];
            *own = (own.0.min(row as RowId), own.1.max(row as RowId + 1));
        }
        let mut next = words.sheet.rows.len() as RowId;
        for at in (1..nodes.len()).rev() {
            if let Some(parent) = nodes[at].parent {
                if reach[at].1 == 0 {
                    reach[at] = (next, next); // empty, and in order with its neighbours all the same
                }
                let (first, end) = reach[at];
                next = first;
                let above = &mut reach[parent.index()];
                *above = (above.0.min(first), above.1.max(end));
            }
        }
        for (at, node) in nodes.iter().enumerate() {
            if let Some(parent) = node.parent {
                children[parent.index()].push(NodeId(at as u32));
            }
        }
        Self { words, places, children, rows, reach, took_notes_out }
    }

    /// Finds the note, or else the deepest container, that holds all these rows.
    fn around(&self, (first, end): (RowId, RowId)) -> NodeId {
        let mut node = NodeId::ROOT;
        loop {
            let children = &self.children[node.index()];
            let at = children.partition_point(|child| self.reach[child.index()].1 <= first);
            let holds =
                |child: &&NodeId| self.reach[child.index()].0 <= first && self.reach[child.index()].1 >= end;
            let Some(&child) =
                children[at..].iter().find(|child| self.reach[child.index()].1 > first).filter(holds)
            else {
                return node;
            };
            if !self.rows[child.index()].is_empty() {
                return node;
            }
            if matches!(self.words.sheet.nodes[child.index()].kind, Kind::Note(_)) {
                return child;
            }
            node = child;
        }
    }

    /// Makes blocks of what stands below a node and belongs to a place.
    fn below(&self, node: NodeId, place: Place, within: Option<(RowId, RowId)>, depth: usize) -> Vec<Block> {
        let children = &self.children[node.index()];
        let from = within
            .map_or(0, |(first, _)| children.partition_point(|child| self.reach[child.index()].1 <= first));
        let mut blocks = Vec::new();
        for &child in children[from..]
            .iter()
            .take_while(|child| within.is_none_or(|(_, end)| self.reach[child.index()].0 < end))
        {
            let mut more = self.block(child, place, within, depth);
            // Most items hold one block, and there are many of them.
            if blocks.is_empty() {
                blocks = more;
            } else {
                blocks.append(&mut more);
            }
        }
        blocks
    }

    /// Tells whether a rule only parts the text from notes that were taken out of it.
    fn stands_above_notes(&self, rule: NodeId) -> bool {
        let next = self.places.get(self.reach[rule.index()].0 as usize);
        self.took_notes_out && matches!(next, Some(Place::Note(_)))
    }

    fn block(&self, node: NodeId, place: Place, within: Option<(RowId, RowId)>, depth: usize) -> Vec<Block> {
        let own: Vec<RowId> = self.rows[node.index()]
            .iter()
            .copied()
            .filter(|&row| self.places[row as usize] == place)
            .collect();
        let inner = || self.below(node, place, within, (depth + 1).min(DEEPEST));
        let some = |blocks: Vec<Block>, make: fn(Vec<Block>) -> Block| {
            if blocks.is_empty() { Vec::new() } else { vec![make(blocks)] }
        };
        match &self.words.sheet.nodes[node.index()].kind {
            Kind::Note(_) if place == Place::Body && !self.begins_in(node, place) => Vec::new(),
            _ if depth >= DEEPEST => {
                if own.is_empty() {
                    inner()
                } else {
                    vec![Block::Paragraph(self.words.inlines(&own))]
                }
            }
            Kind::Root | Kind::Note(_) | Kind::Item { .. } | Kind::TableRow | Kind::Meaning => inner(),
            Kind::Break if place == Place::Body && within.is_none() && !self.stands_above_notes(node) => {
                vec![Block::Break]
            }
            Kind::Quote => some(inner(), Block::Quote),
            Kind::Alert(kind) => self.alert(kind, node, place, inner()),
            Kind::Definitions => self.definitions(node, place, within, depth),
            Kind::List { start, tight } => {
                let items = self.items(node, place, within, depth);
                if items.is_empty() {
                    Vec::new()
                } else {
                    vec![Block::List { start: *start, tight: *tight, items }]
                }
            }
            Kind::Table(alignments) => self.table(node, alignments, place),
            Kind::Code { language }
                if !own.is_empty() || (place == Place::Body && self.rows[node.index()].is_empty()) =>
            {
                vec![Block::Code { language: language.clone(), text: self.words.verbatim(&own) }]
            }
            _ if own.is_empty() => Vec::new(),
            Kind::Heading(_) if place != Place::Body && self.words.inlines(&own).is_empty() => Vec::new(),
            Kind::Heading(level) => vec![Block::Heading {
                level: *level,
                content: self.words.inlines(&own),
                attributes: self.words.sheet.nodes[node.index()]
                    .attributes
                    .as_deref()
                    .cloned()
                    .unwrap_or_default(),
            }],
            Kind::Html => vec![Block::Html(self.words.verbatim(&own))],
            Kind::Verse => vec![Block::Verse(own.iter().map(|&row| self.words.inlines(&[row])).collect())],
            Kind::Paragraph
            | Kind::Cell
            | Kind::Term
            | Kind::AlertTitle
            | Kind::Field(_)
            | Kind::Code { .. }
            | Kind::Break => {
                let mut content = self.words.inlines(&own);
                // What followed the break went elsewhere.
                while matches!(content.last(), Some(Inline::LineBreak)) {
                    content.pop();
                }
                let is_empty = content.is_empty() && place != Place::Body;
                if is_empty { Vec::new() } else { vec![Block::Paragraph(content)] }
            }
        }
    }

    /// Tells whether the first row in or below a node belongs to a place: a note that nothing cites is in the body.
    fn begins_in(&self, node: NodeId, place: Place) -> bool {
        self.places.get(self.reach[node.index()].0 as usize) == Some(&place)
    }

    /// Makes an alert; one whose text a note took away is gone with it.
    fn alert(&self, kind: &str, node: NodeId, place: Place, mut blocks: Vec<Block>) -> Vec<Block> {
        let has_title = self.children[node.index()].first().is_some_and(|first| {
            self.words.sheet.nodes[first.index()].kind == Kind::AlertTitle
                && self.rows[first.index()].iter().any(|&row| self.places[row as usize] == place)
        });
        let title = match blocks.first_mut() {
            Some(Block::Paragraph(content)) if has_title => std::mem::take(content),
            _ => Vec::new(),
        };
        blocks.drain(..usize::from(has_title));
        if blocks.is_empty() && title.is_empty() && place != Place::Body {
            return Vec::new();
        }
        vec![Block::Alert { kind: kind.to_owned(), title, blocks }]
    }

    fn definitions(
        &self,
        list: NodeId,
        place: Place,
        within: Option<(RowId, RowId)>,
        depth: usize,
    ) -> Vec<Block> {
        let mut definitions: Vec<Definition> = Vec::new();
        for &child in &self.children[list.index()] {
            let is_term = self.words.sheet.nodes[child.index()].kind == Kind::Term;
            let starts = is_term && definitions.last().is_none_or(|last| !last.meanings.is_empty());
            let blocks = if is_term {
                self.block(child, place, within, depth)
            } else {
                self.below(child, place, within, depth + 1)
            };
            if blocks.is_empty() {
                continue;
            }
            if starts || definitions.is_empty() {
                definitions.push(Definition::default());
            }
            let Some(last) = definitions.last_mut() else { continue };
            if is_term {
                last.terms.extend(blocks.into_iter().filter_map(|block| match block {
                    Block::Paragraph(content) => Some(content),
                    _ => None,
                }));
            } else {
                last.meanings.push(blocks);
            }
        }
        if definitions.is_empty() { Vec::new() } else { vec![Block::Definitions(definitions)] }
    }

    fn items(&self, list: NodeId, place: Place, within: Option<(RowId, RowId)>, depth: usize) -> Vec<Item> {
        let mut items = Vec::new();
        for &item in &self.children[list.index()] {
            let blocks = self.below(item, place, within, depth + 1);
            let done = match self.words.sheet.nodes[item.index()].kind {
                Kind::Item { done } => done,
                _ => None,
            };
            let was_taken = self.reach[item.index()].0 < self.reach[item.index()].1;
            if !blocks.is_empty() || (!was_taken && place == Place::Body) {
                items.push(Item { done, blocks });
            }
        }
        items
    }

    fn table(&self, table: NodeId, alignments: &[Alignment], place: Place) -> Vec<Block> {
        // Notes may be rows of a table; what has no words stands where the table does.
        let place_of = |node: NodeId| {
            let (first, end) = self.reach[node.index()];
            (first < end).then(|| self.places[first as usize])
        };
        let of_table = place_of(table).unwrap_or(Place::Body);
        let is_here = |row: &&NodeId| place_of(**row).unwrap_or(of_table) == place;
        let cells = |row: &NodeId| -> Vec<_> {
            let cells = self.children[row.index()].iter();
            cells.map(|cell| self.words.inlines(&self.rows[cell.index()])).collect()
        };
        let mut rows = self.children[table.index()].iter().filter(is_here).map(cells);
        let Some(head) = rows.next() else { return Vec::new() };
        vec![Block::Table { alignments: alignments.to_vec(), head, rows: rows.collect() }]
    }
}
