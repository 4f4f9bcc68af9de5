//! Shapes of rows → blocks, for raw text: what is set in below an item belongs to it.

use std::collections::BTreeMap;

use super::inlines::Words;
use crate::document::{Alignment, Attributes, Block, Inline, Item};
use crate::findings::{Findings, Place, Shape, Table};
use crate::sheet::RowId;
use crate::source::Span;

/// Lists nest no deeper; what is set in further stays at this depth.
const DEEPEST: usize = 24;

/// A block of rows, before it is nested.
struct Part {
    shape: Shape,
    rows: Vec<RowId>,
    column: u16,
    gap: u16,
}

/// Returns the blocks of the body and of each found note.
pub(super) fn blocks(words: &Words<'_>, findings: &Findings) -> (Vec<Block>, Vec<Vec<Block>>) {
    let mut body = Vec::new();
    let mut notes: Vec<Vec<Part>> = (0..findings.notes.len()).map(|_| Vec::new()).collect();
    for (row, printed) in words.sheet.rows.iter().enumerate() {
        let parts = match findings.places[row] {
            Place::Body => &mut body,
            Place::Note(id) => &mut notes[id.index()],
            Place::Gone | Place::Outside(_) => continue,
        };
        let shape = findings.shapes[row];
        match parts.last_mut() {
            Some(last) if shape == Shape::Continue || (shape == Shape::Code && last.shape == Shape::Code) => {
                last.rows.push(row as RowId);
            }
            _ => {
                parts.push(Part {
                    shape,
                    rows: vec![row as RowId],
                    column: printed.indent,
                    gap: printed.gap,
                });
            }
        }
    }
    let nest = |parts: &[Part]| Nest { words, tables: &findings.tables, parts, at: 0 }.blocks(0, 0);
    (nest(&body), notes.iter().map(|parts| nest(parts)).collect())
}

struct Nest<'n> {
    words: &'n Words<'n>,
    tables: &'n BTreeMap<RowId, Table>,
    parts: &'n [Part],
    at: usize,
}

impl Nest<'_> {
    /// Makes blocks of the parts from here on that stand at this column or to the right of it.
    fn blocks(&mut self, column: u16, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some(part) = self.parts.get(self.at).filter(|part| part.column >= column) {
            if let Shape::Item { number } = part.shape {
                let list = self.list(number, part.column, depth);
                blocks.push(list);
                continue;
            }
            self.at += 1;
            match part.shape {
                Shape::Heading(level) => {
                    let content = self.words.inlines(&part.rows);
                    blocks.push(Block::Heading { level, content, attributes: Attributes::default() });
                }
                Shape::Code => {
                    blocks.push(Block::Code { language: None, text: self.words.verbatim(&part.rows) });
                }
                Shape::Table => blocks.extend(self.table(part)),
                Shape::Verse => {
                    let lines = part.rows.iter().map(|&row| self.words.inlines(&[row])).collect();
                    blocks.push(Block::Verse(lines));
                }
                Shape::Break => blocks.push(Block::Break),
                Shape::Quote => {
                    let paragraph = self.paragraph(part);
                    match blocks.last_mut() {
                        Some(Block::Quote(inner)) => inner.extend(paragraph),
                        _ => blocks.extend(paragraph.map(|paragraph| Block::Quote(vec![paragraph]))),
                    }
                }
                Shape::Paragraph | Shape::Continue | Shape::Item { .. } => {
                    blocks.extend(self.paragraph(part));
                }
            }
        }
        blocks
    }

    /// Makes a list of the items from here on that stand at this column.
    fn list(&mut self, start: Option<u64>, column: u16, depth: usize) -> Block {
        let mut items = Vec::new();
        let mut tight = true;
        while let Some(part) = self.parts.get(self.at) {
            let Shape::Item { number } = part.shape else { break };
            let goes_on = match (start, number) {
                (Some(start), Some(number)) => number == start + items.len() as u64,
                (start, number) => start.is_none() && number.is_none(),
            };
            if !goes_on || part.column.abs_diff(column) > 1 {
                break;
            }
            self.at += 1;
            tight &= items.is_empty() || part.gap == 0;
            let mut blocks: Vec<Block> = self.paragraph(part).into_iter().collect();
            if depth < DEEPEST {
                blocks.extend(self.blocks(column + 2, depth + 1));
            }
            tight &= !blocks.iter().skip(1).any(|block| matches!(block, Block::Paragraph(_)));
            items.push(Item { done: None, blocks });
        }
        Block::List { start, tight, items }
    }

    /// Makes a table of the cells that were found in its rows.
    fn table(&self, part: &Part) -> Option<Block> {
        let found = self.tables.get(part.rows.first()?)?;
        let cell = |spans: &Vec<Span>| {
            spans.first().map(|first| self.words.inset(first.start, spans)).unwrap_or_default()
        };
        let mut rows: Vec<Vec<Vec<Inline>>> =
            found.rows.iter().map(|cells| cells.iter().map(cell).collect()).collect();
        let alignments = vec![Alignment::Default; rows.first()?.len()];
        let head = if found.has_head { rows.remove(0) } else { Vec::new() };
        Some(Block::Table { alignments, head, rows })
    }

    fn paragraph(&self, part: &Part) -> Option<Block> {
        let content = self.words.inlines(&part.rows);
        let says_something =
            content.iter().any(|inline| !matches!(inline, Inline::Text(words) if words.trim().is_empty()));
        says_something.then_some(Block::Paragraph(content))
    }
}
