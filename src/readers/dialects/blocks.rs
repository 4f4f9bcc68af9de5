//! Lines → nodes: what all dialects share of paragraphs, lists, quotes, tables and notes.

use super::Text;
use super::layout::Layout;
use super::running::{Flat, scan};
use crate::document::Alignment;
use crate::sheet::{Kind, Mark, NodeId};
use crate::source::Span;

/// Blocks nest no deeper; what stands deeper is running text.
const DEEPEST: usize = 24;

/// A block, and how many lines it takes.
pub(super) struct Block {
    pub(super) lines: usize,
    pub(super) what: What,
}

/// What a block is.
pub(super) enum What {
    /// Markup that shows nothing.
    Nothing,
    Break,
    /// Running text: a heading, a paragraph with a sign before it.
    Running(Kind, Vec<Span>),
    /// Lines as typed.
    Code(Option<String>, Vec<Span>),
    /// Lines as typed, but for `&lt;` and the like.
    Escaped(Vec<Span>),
    /// Lines that are blocks again: a quote.
    Inside(Kind, Vec<Span>),
    /// A note that stands apart from its marker.
    Note(Note),
    Item(Item),
    /// The terms and the meaning of a definition.
    Definition(Vec<Vec<Span>>, Vec<Span>),
    Table(Table),
    /// Several blocks that one line holds.
    Several(Vec<What>),
    /// A value of the text's header: `#+TITLE: The ferry`.
    Field(&'static str, Vec<Span>),
}

/// A note that stands apart from its marker.
pub(super) struct Note {
    pub(super) label: String,
    /// As printed, such as `[fn:1]`.
    pub(super) sign: Span,
    pub(super) lines: Vec<Span>,
}

/// An item of a list.
pub(super) struct Item {
    /// Items with the same key one after another make a list.
    pub(super) key: String,
    /// The number of an ordered list's item.
    pub(super) number: Option<u64>,
    pub(super) done: Option<bool>,
    pub(super) lines: Vec<Span>,
}

/// A table of cells, each of them running text.
#[derive(Default)]
pub(super) struct Table {
    pub(super) has_head: bool,
    pub(super) rows: Vec<Vec<Vec<Span>>>,
}

impl Block {
    #[allow(clippy::unnecessary_wraps)] // every reader of blocks ends with it
    pub(super) fn new(lines: usize, what: What) -> Option<Self> {
        Some(Self { lines, what })
    }
}

/// What is open between two blocks.
#[derive(Default)]
struct Open {
    list: Option<(String, NodeId)>,
    definitions: Option<NodeId>,
}

/// Lays out lines as the blocks they are.
pub(super) fn lay_out(
    text: &Text<'_>,
    layout: &mut Layout<'_>,
    parent: NodeId,
    lines: &[Span],
    depth: usize,
) {
    let mut open = Open::default();
    let in_item = matches!(layout.kind(parent), Kind::Item { .. });
    let mut is_apart = false;
    let mut at = 0;
    while at < lines.len() {
        if text.is_blank(lines[at]) {
            is_apart = true;
            at += 1;
            continue;
        }
        let block = if depth < DEEPEST { (text.dialect.block)(text, &lines[at..]) } else { None };
        let Some(block) = block else {
            let mut end = at + 1;
            while end < lines.len()
                && !text.is_blank(lines[end])
                && !begins_block(text, &lines[end..], depth, in_item)
            {
                end += 1;
            }
            open = Open::default();
            running(text, layout, parent, Kind::Paragraph, &lines[at..end]);
            at = end;
            is_apart = false;
            continue;
        };
        at += block.lines.max(1);
        Placing { text, layout, parent, depth, is_apart }.place(block.what, &mut open);
        is_apart = false;
    }
}

/// Tells whether a block ends the paragraph above it; in an item another list does so in every dialect.
fn begins_block(text: &Text<'_>, lines: &[Span], depth: usize, in_item: bool) -> bool {
    if depth >= DEEPEST || !(text.dialect.interrupts || in_item) {
        return false;
    }
    match (text.dialect.block)(text, lines) {
        Some(block) => text.dialect.interrupts || matches!(block.what, What::Item(_)),
        None => false,
    }
}

/// Puts one block below its parent.
struct Placing<'p, 't> {
    text: &'p Text<'p>,
    layout: &'p mut Layout<'t>,
    parent: NodeId,
    depth: usize,
    /// Whether a blank line stands before it.
    is_apart: bool,
}

impl Placing<'_, '_> {
    fn place(&mut self, what: What, open: &mut Open) {
        match &what {
            What::Item(_) => open.definitions = None,
            What::Definition(..) => open.list = None,
            What::Nothing | What::Several(_) => {}
            _ => *open = Open::default(),
        }
        match what {
            What::Nothing => {}
            What::Break => {
                self.layout.open(self.parent, Kind::Break);
            }
            What::Running(kind, lines) => running(self.text, self.layout, self.parent, kind, &lines),
            What::Code(language, lines) => {
                let node = self.layout.open(self.parent, Kind::Code { language });
                self.layout.verbatim(node, &lines, false);
            }
            What::Escaped(lines) => {
                let node = self.layout.open(self.parent, Kind::Code { language: None });
                self.layout.verbatim(node, &lines, true);
            }
            What::Inside(kind, lines) => {
                let node = self.layout.open(self.parent, kind);
                lay_out(self.text, self.layout, node, &lines, self.depth + 1);
            }
            What::Note(note) => self.note(&note),
            What::Item(item) => self.item(item, open),
            What::Definition(terms, meaning) => self.definition(terms, &meaning, open),
            What::Table(table) => self.table(&table),
            What::Several(blocks) => blocks.into_iter().for_each(|block| self.place(block, open)),
            What::Field(key, value) => {
                let node = self.layout.open(self.parent, Kind::Field(key));
                running_in(self.text, self.layout, node, &value);
            }
        }
    }

    fn item(&mut self, item: Item, open: &mut Open) {
        let list = match open.list.take() {
            Some((key, list)) if key == item.key => {
                if self.is_apart {
                    self.layout.loosen(list);
                }
                (key, list)
            }
            _ => {
                let kind = Kind::List { start: item.number, tight: true };
                (item.key, self.layout.open(self.parent, kind))
            }
        };
        let node = self.layout.open(list.1, Kind::Item { done: item.done });
        lay_out(self.text, self.layout, node, &item.lines, self.depth + 1);
        if self.layout.paragraphs(node) > 1 {
            self.layout.loosen(list.1);
        }
        open.list = Some(list);
    }

    fn definition(&mut self, terms: Vec<Vec<Span>>, meaning: &[Span], open: &mut Open) {
        let list = match open.definitions {
            Some(list) => list,
            None => self.layout.open(self.parent, Kind::Definitions),
        };
        for term in terms {
            running(self.text, self.layout, list, Kind::Term, &term);
        }
        if meaning.iter().any(|&line| !self.text.is_blank(line)) {
            let node = self.layout.open(list, Kind::Meaning);
            lay_out(self.text, self.layout, node, meaning, self.depth + 1);
        }
        open.definitions = Some(list);
    }

    /// Lays out a note; its sign stands in its first paragraph, in case that nothing refers to it.
    fn note(&mut self, note: &Note) {
        let node = self.layout.open(self.parent, Kind::Note(note.label.clone()));
        let first = note.lines.iter().position(|&line| !self.text.is_blank(line));
        let lines = &note.lines[first.unwrap_or(note.lines.len())..];
        let paragraph = self.layout.open(node, Kind::Paragraph);
        self.layout.sign(note.sign, Mark::Sign(note.label.clone()));
        let is_paragraph =
            lines.first().is_some_and(|_| (self.text.dialect.block)(self.text, lines).is_none());
        let mut end = 0;
        if is_paragraph {
            end = 1;
            while end < lines.len()
                && !self.text.is_blank(lines[end])
                && !begins_block(self.text, &lines[end..], self.depth, false)
            {
                end += 1;
            }
        }
        running_in(self.text, self.layout, paragraph, &lines[..end]);
        lay_out(self.text, self.layout, node, &lines[end..], self.depth + 1);
    }

    fn table(&mut self, table: &Table) {
        let columns = table.rows.iter().map(Vec::len).max().unwrap_or_default();
        let node = self.layout.open(self.parent, Kind::Table(vec![Alignment::Default; columns]));
        if !table.has_head {
            let row = self.layout.open(node, Kind::TableRow);
            (0..columns).for_each(|_| {
                self.layout.open(row, Kind::Cell);
            });
        }
        for cells in &table.rows {
            let row = self.layout.open(node, Kind::TableRow);
            for at in 0..columns {
                let lines = cells.get(at).map_or(&[][..], Vec::as_slice);
                running(self.text, self.layout, row, Kind::Cell, lines);
            }
        }
    }
}

fn running(text: &Text<'_>, layout: &mut Layout<'_>, parent: NodeId, kind: Kind, lines: &[Span]) {
    let node = layout.open(parent, kind);
    running_in(text, layout, node, lines);
}

fn running_in(text: &Text<'_>, layout: &mut Layout<'_>, node: NodeId, lines: &[Span]) {
    let flat = Flat::new(text, lines);
    let words = scan(text, &flat);
    layout.running(node, &flat, words, text.dialect.breaks);
}

/// Returns a line without white space around it, or what is left of it from an offset on.
pub(super) fn trimmed(text: &Text<'_>, line: Span, from: usize) -> Span {
    let words = &text.of(line)[from..];
    let start = from + words.len() - words.trim_start().len();
    let end = start + words.trim().len();
    Span { start: line.start + start as u32, end: line.start + end as u32 }
}

/// Counts the columns before the words of a line.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Takes the lines of an item or note: the rest of its first line, and what is set in below it, without the indent.
/// Returns how many lines that are.
pub(super) fn set_in(text: &Text<'_>, lines: &[Span], from: usize, column: usize) -> (usize, Vec<Span>) {
    let mut inner = vec![trimmed(text, lines[0], from)];
    let mut end = 1;
    for (at, &line) in lines.iter().enumerate().skip(1) {
        let words = text.of(line);
        if text.is_blank(line) {
            continue;
        }
        if indent(words) < column {
            break;
        }
        for &blank in &lines[end..at] {
            inner.push(Span { start: blank.end, end: blank.end });
        }
        inner.push(Span { start: line.start + column as u32, end: line.end });
        end = at + 1;
    }
    (end, inner)
}

/// Counts the lines up to the first that ends a block; and tells how many lines the block takes with it.
pub(super) fn until(text: &Text<'_>, lines: &[Span], is_end: impl Fn(&str) -> bool) -> (usize, usize) {
    match lines.iter().position(|&line| is_end(text.of(line))) {
        Some(at) => (at, at + 1),
        None => (lines.len(), lines.len()),
    }
}
