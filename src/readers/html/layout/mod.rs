//! The tree of a page → sheet: visible text in rows, nodes for blocks, runs for marks, and the elements themselves.
//!
//! Everything that has words is laid out, navigation and hidden notes too; detectors say what is the article.

mod cells;
mod code_lines;
mod lists;
mod marks;
mod rows;
mod words;

use super::anchors::Anchors;
use super::custom::CustomBlocks;
use super::elements::{self, heading_level, is_block, is_silent};
use super::styles::Classes;
use super::tree::{Content, DOCUMENT, Id, Tree};
use super::{alerts, code, math, media};
use crate::measure::Measure;
use crate::options::Beside;
use crate::page::{Element, Page};
use crate::sheet::{Kind, Mark, Node, NodeId, Origin, Piece, Row, Run, Sheet};
use crate::source::Span;

/// Blocks nest no deeper; what stands deeper is laid out at this depth.
const DEEPEST: usize = 60;

/// Lays out a page. Relative addresses count from `base`, but for those of pictures that stand beside the input.
pub(super) fn lay_out(
    tree: &Tree,
    length: usize,
    base: Option<String>,
    beside: Option<&Beside>,
) -> Sheet<'static> {
    let mut layout = Layout {
        tree,
        classes: Classes::of(tree),
        custom_blocks: CustomBlocks::of(tree),
        anchors: Anchors::of(tree),
        beside,
        shown: String::with_capacity(length / 2),
        pieces: Vec::new(),
        rows: Vec::new(),
        nodes: vec![Node::new(None, Kind::Root)],
        runs: Vec::new(),
        page: Page { base, ..Page::default() },
        open_elements: Vec::new(),
        open_nodes: vec![NodeId::ROOT],
        open_runs: Vec::new(),
        begun_runs: 0,
        leaf_kinds: Vec::new(),
        heading: None,
        is_line: false,
        leaf: None,
        cell: None,
        column: 0,
        reaching: Vec::new(),
        cells_left_empty: 0,
        row_start: None,
        space: None,
        is_broken: false,
        numbers: Vec::new(),
        ordinal: None,
        gap: 0,
    };
    layout.walk(DOCUMENT);
    layout.end_leaf();
    layout.runs.sort_by_key(|(run, begun)| (run.span.start, std::cmp::Reverse(run.span.end), *begun));
    Sheet {
        text: layout.shown.into(),
        rows: layout.rows,
        nodes: layout.nodes,
        runs: layout.runs.into_iter().map(|(run, _)| run).collect(),
        measure: Measure { indent: 0, width: None, spaced: true },
        front_matter: serde_json::Map::new(),
        origin: Origin::Html { pieces: layout.pieces, end: length as u32, page: Box::new(layout.page) },
    }
}

/// The sheet in the making.
pub(super) struct Layout<'t> {
    tree: &'t Tree,
    classes: Classes,
    custom_blocks: CustomBlocks,
    anchors: Anchors<'t>,
    beside: Option<&'t Beside>,
    shown: String,
    pieces: Vec<Piece>,
    rows: Vec<Row>,
    nodes: Vec<Node>,
    /// With the order in which they were opened.
    runs: Vec<(Run, usize)>,
    page: Page,
    open_elements: Vec<usize>,
    open_nodes: Vec<NodeId>,
    open_runs: Vec<OpenRun>,
    begun_runs: usize,
    /// What running text is, from the outside in: a heading, code; nothing for paragraphs.
    leaf_kinds: Vec<Kind>,
    /// The last heading element.
    heading: Option<Id>,
    /// The heading that is open is one line, whatever boxes its words stand in.
    is_line: bool,
    /// The block that running text goes into.
    leaf: Option<NodeId>,
    /// The cell of a table, whose blocks are only lines.
    cell: Option<NodeId>,
    /// The column that the next cell of a row stands in.
    column: usize,
    /// How many rows more the cell above reaches into each column.
    reaching: Vec<usize>,
    /// How many columns were left empty so far.
    cells_left_empty: usize,
    row_start: Option<usize>,
    /// White space that is shown as one space if a word follows, and whether it is one in the source.
    space: Option<(Span, bool)>,
    /// The line was broken by the author.
    is_broken: bool,
    /// The number of the next item of each open list; none for bullets.
    numbers: Vec<Option<u64>>,
    /// The number of an item, until its text begins.
    ordinal: Option<(u64, Span)>,
    gap: u16,
}

/// A mark whose element is not finished.
struct OpenRun {
    mark: Mark,
    /// Where its words begin, once there are some.
    start: Option<usize>,
    begun: usize,
}

impl Layout<'_> {
    fn walk(&mut self, node: Id) {
        match self.tree.content(node) {
            Content::Element { .. } => self.element(node),
            Content::Text { .. } if self.is_code() && code::stands_between_lines(self.tree, node) => {}
            Content::Text { text, parts } if self.is_code() => self.typed(text, parts),
            Content::Text { text, parts } => self.words(text, parts),
            Content::Other => self.inside(node),
        }
    }

    fn inside(&mut self, node: Id) {
        let tree = self.tree;
        tree.children(node).for_each(|child| self.walk(child));
    }

    fn element(&mut self, node: Id) {
        let tree = self.tree;
        let Content::Element { name, attributes, source } = tree.content(node) else { return };
        let is_in_line =
            (self.is_code() && code::holds_lines(name)) || (&**name == "div" && self.is_in_heading_line());
        let begins_block = (is_block(name) || self.custom_blocks.has(node)) && !is_in_line;
        if begins_block {
            self.end_leaf();
        } else if is_in_line && !self.is_code() && self.row_start.is_some() {
            self.space.get_or_insert((*source, false));
        }
        let id = self.page.elements.len();
        let start = self.next_offset();
        self.page.elements.push(Element {
            name: name.clone(),
            attributes: attributes.clone(),
            parent: self.open_elements.last().copied(),
            end: id,
            shown: Span::new(start, start),
            source: *source,
        });
        self.open_elements.push(id);
        let (nodes, runs, kinds) = (self.open_nodes.len(), self.open_runs.len(), self.leaf_kinds.len());
        let numbers = self.numbers.len();
        self.content(node, name, *source);
        while self.open_runs.len() > runs {
            self.close_run();
        }
        if begins_block {
            self.end_leaf();
        } else if is_in_line && !self.is_code() && self.row_start.is_some() {
            self.space.get_or_insert((*source, false));
        }
        self.open_nodes.truncate(nodes);
        self.leaf_kinds.truncate(kinds);
        self.numbers.truncate(numbers);
        self.open_elements.pop();
        let end = self.shown.len();
        let next = self.page.elements.len();
        let element = &mut self.page.elements[id];
        element.end = next;
        element.shown = Span::new(start.min(end), end);
    }

    /// Lays out what an element holds.
    fn content(&mut self, node: Id, name: &str, source: Span) {
        match name {
            "title" => {
                let title = self.tree.text(node);
                self.page.title.get_or_insert(title.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            "script" => match self.tree.attribute(node, "type").map(str::trim) {
                Some("application/ld+json") => self.page.data.push(self.tree.text(node)),
                Some(kind) if kind.starts_with("math/tex") => {
                    self.formula(&self.tree.text(node), kind.contains("mode=display"), source);
                }
                _ => {}
            },
            "math" => {
                let display = self.tree.attribute(node, "display") == Some("block");
                match math::tex(self.tree, node) {
                    Some(tex) => self.formula(&tex, display, source),
                    None => self.inside(node),
                }
            }
            "span" | "div" | "p" if let Some((tex, display)) = math::typed(self.tree, node) => {
                self.formula(&tex, display, source);
            }
            _ if media::is_medium(name) && !self.is_code() => self.medium(node, name, source),
            _ if is_silent(name) || math::is_drawing(self.tree, node) => {}
            "pre" if code::is_line_numbers(self.tree, node) => {}
            "span" if code::names_language(self.tree, node) => {}
            _ if self.is_code() && code::is_line_number(self.tree, node) => {}
            _ if self.is_code() && code::holds_lines(name) => self.code_lines(node, name),
            "td" if alerts::is_icon(self.tree, node) && self.is_in(|kind| matches!(kind, Kind::Alert(_))) => {
            }
            "img" => self.picture(node, source),
            "br" => self.break_line(source),
            "hr" => {
                self.open(Kind::Break);
            }
            "table" if self.cell.is_none() && code::is_listing(self.tree, node) => {
                self.leaf_kinds.push(Kind::Code { language: code::language(self.tree, node) });
                self.inside(node);
            }
            "table" => self.table(node),
            "tr" if self.is_in(|kind| matches!(kind, Kind::Table(_))) => {
                self.open(Kind::TableRow);
                self.column = 0;
                self.inside(node);
                self.pass_cells_from_above();
            }
            "tr" => match math::equation(self.tree, node) {
                Some(tex) => self.formula(&tex, true, source),
                None => self.inside(node),
            },
            "td" | "th" if self.is_in(|kind| *kind == Kind::TableRow) => self.cell(node),
            "ul" | "menu" | "dir" => {
                self.list(node, None);
            }
            "ol" => {
                let start = self.first_number(node);
                self.list(node, Some(start));
            }
            "li" => self.item(node, source),
            "blockquote" => {
                self.open(Kind::Quote);
                self.inside(node);
            }
            "pre" | "listing" | "xmp" | "plaintext" if self.cell.is_none() => {
                self.leaf_kinds.push(Kind::Code { language: code::language(self.tree, node) });
                self.inside(node);
            }
            "dl" => {
                self.open(Kind::Definitions);
                self.inside(node);
            }
            "dt" | "dd" if self.is_in(|kind| *kind == Kind::Definitions) => {
                if name == "dt" {
                    self.leaf_kinds.push(Kind::Term);
                } else {
                    self.open(Kind::Meaning);
                }
                self.inside(node);
            }
            "q" if !self.is_code() => self.quotation(node, source),
            "rt" => self.reading(node, source),
            _ if self.begins_alert() && alerts::is_title(self.tree, node) => {
                if !alerts::names_a_kind(self.tree, node) {
                    self.leaf_kinds.push(Kind::AlertTitle);
                    self.inside(node);
                }
            }
            "p" => {
                self.loosen();
                self.inside(node);
            }
            _ => {
                if self.is_code()
                    && let Some(before) = code::line_before(self.tree, node)
                {
                    self.next_code_line(before);
                }
                let stands_beside = elements::stands_beside(self.tree, node);
                let begins_row = self.row_start.is_none();
                if stands_beside && !begins_row {
                    self.space.get_or_insert((source, false));
                }
                if let Some(level) = heading_level(name) {
                    self.leaf_kinds.push(Kind::Heading(level));
                    self.heading = Some(node);
                    self.is_line = elements::is_line(self.tree, node);
                }
                if let Some(kind) = alerts::kind(self.tree, node).filter(|_| self.cell.is_none()) {
                    self.open(Kind::Alert(kind.to_owned()));
                }
                self.mark(node, name);
                self.inside(node);
                if stands_beside && begins_row && self.row_start.is_some() {
                    self.space.get_or_insert((source, false));
                }
            }
        }
    }

    fn is_in(&self, is_kind: impl Fn(&Kind) -> bool) -> bool {
        self.open_nodes.last().is_some_and(|node| is_kind(&self.nodes[node.index()].kind))
    }

    /// Tells whether a heading is open that is one line.
    fn is_in_heading_line(&self) -> bool {
        self.is_line && matches!(self.leaf_kinds.last(), Some(Kind::Heading(_)))
    }

    fn is_code(&self) -> bool {
        matches!(self.leaf_kinds.last(), Some(Kind::Code { .. }))
    }

    /// Tells whether the block that is open is an alert that has nothing yet.
    fn begins_alert(&self) -> bool {
        self.is_in(|kind| matches!(kind, Kind::Alert(_)))
            && self.open_nodes.last().is_some_and(|node| node.index() + 1 == self.nodes.len())
    }

    /// Where the next word will stand.
    fn next_offset(&self) -> usize {
        self.shown.len() + usize::from(self.row_start.is_some() && self.space.is_some())
    }

    /// Opens a block below the one that is open; what stands right in a list gets an item of its own.
    fn open(&mut self, kind: Kind) -> NodeId {
        if self.is_in(|open| matches!(open, Kind::List { .. })) && !matches!(kind, Kind::Item { .. }) {
            self.push_node(Kind::Item { done: None });
        }
        if self.is_in(|open| *open == Kind::Definitions) && !matches!(kind, Kind::Term | Kind::Meaning) {
            self.push_node(Kind::Meaning);
        }
        self.push_node(kind)
    }

    fn push_node(&mut self, kind: Kind) -> NodeId {
        let parent = *self.open_nodes.last().unwrap_or(&NodeId::ROOT);
        let is_container = matches!(kind, Kind::Quote | Kind::List { .. } | Kind::Item { .. });
        let node = if self.open_nodes.len() > DEEPEST && is_container {
            parent
        } else {
            self.nodes.push(Node::new(Some(parent), kind));
            NodeId(self.nodes.len() as u32 - 1)
        };
        self.open_nodes.push(node);
        node
    }
}
