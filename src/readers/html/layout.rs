//! The tree of a page → sheet: visible text in rows, nodes for blocks, runs for marks, and the elements themselves.
//!
//! Everything that has words is laid out, navigation and hidden notes too; detectors say what is the article.

use super::elements::{self, heading_level, is_block, is_silent};
use super::tree::{Content, DOCUMENT, Id, Part, Tree};
use super::{code, math, pictures, styles, tables, urls};
use crate::measure::Measure;
use crate::page::{Element, Page};
use crate::sheet::{Kind, Mark, Node, NodeId, Origin, PICTURE, Piece, Row, Run, Sheet};
use crate::source::Span;

/// Blocks nest no deeper; what stands deeper is laid out at this depth.
const DEEPEST: usize = 60;

/// Lays out a page. Relative addresses count from `base`.
pub(super) fn lay_out(tree: &Tree, length: usize, base: Option<String>) -> Sheet<'static> {
    let mut layout = Layout {
        tree,
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
        leaf: None,
        cell: None,
        column: 0,
        reaching: Vec::new(),
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
    /// The block that running text goes into.
    leaf: Option<NodeId>,
    /// The cell of a table, whose blocks are only lines.
    cell: Option<NodeId>,
    /// The column that the next cell of a row stands in.
    column: usize,
    /// How many rows more the cell above reaches into each column.
    reaching: Vec<usize>,
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
        if is_block(name) {
            self.end_leaf();
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
        if is_block(name) {
            self.end_leaf();
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
            _ if is_silent(name) || math::is_drawing(self.tree, node) => {}
            "img" => self.picture(node, source),
            "br" => self.break_line(source),
            "hr" => {
                self.open(Kind::Break);
            }
            "table" => self.table(node),
            "tr" if self.is_in(|kind| matches!(kind, Kind::Table(_))) => {
                self.open(Kind::TableRow);
                self.column = 0;
                self.inside(node);
                self.pass_cells_from_above();
            }
            "td" | "th" if self.is_in(|kind| *kind == Kind::TableRow) => self.cell(node),
            "ul" | "menu" | "dir" => {
                self.list(node, None);
            }
            "ol" => {
                let number =
                    |name| self.tree.attribute(node, name).and_then(|value| value.trim().parse().ok());
                let start = Some(number("start").unwrap_or(1));
                self.list(node, start);
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
            "p" => {
                self.loosen();
                self.inside(node);
            }
            _ => {
                if elements::stands_beside(self.tree, node) && self.row_start.is_some() {
                    self.space.get_or_insert((source, false));
                }
                if let Some(level) = heading_level(name) {
                    self.leaf_kinds.push(Kind::Heading(level));
                }
                self.mark(node, name);
                self.inside(node);
            }
        }
    }

    /// Puts the marks of an element on the words that follow, unless they have them already.
    fn mark(&mut self, node: Id, name: &str) {
        // Sites that put classes on `cite` do not set it in italics.
        let is_plain = name == "cite" && self.tree.attribute(node, "class").is_some();
        let styled = styles::marks(self.tree, node, elements::mark(name).filter(|_| !is_plain));
        let link = (name == "a").then(|| self.link(node)).flatten();
        for mark in styled.into_iter().chain(link) {
            let is_open = self.open_runs.iter().any(|open| match (&open.mark, &mark) {
                (Mark::Link { .. }, Mark::Link { .. }) => true,
                (open, mark) => open == mark,
            });
            if !is_open && !self.is_code() {
                self.open_runs.push(OpenRun { mark, start: None, begun: self.begun_runs });
                self.begun_runs += 1;
            }
        }
    }

    fn link(&self, node: Id) -> Option<Mark> {
        let url = self.tree.attribute(node, "href").filter(|href| !href.trim().is_empty())?;
        let url = if url.trim().starts_with('#') {
            // What it leads to has no name in another place: the page's own address does.
            format!("{}{}", self.page.base.as_deref()?.split('#').next()?, url.trim())
        } else {
            urls::resolve(self.page.base.as_deref(), url)?
        };
        Some(Mark::Link { url, title: String::new() })
    }

    fn picture(&mut self, node: Id, source: Span) {
        let Some(address) = pictures::address(self.tree, node) else { return };
        let Some(url) = urls::resolve(self.page.base.as_deref(), address) else { return };
        let title = self.tree.attribute(node, "title").unwrap_or_default().trim().to_owned();
        let alt = self.tree.attribute(node, "alt").unwrap_or_default();
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        self.open_runs.push(OpenRun {
            mark: Mark::Image { url, title },
            start: None,
            begun: self.begun_runs,
        });
        self.begun_runs += 1;
        self.shown_for(if alt.is_empty() { PICTURE } else { &alt }, source);
        self.close_run();
    }

    fn formula(&mut self, tex: &str, display: bool, source: Span) {
        self.open_runs.push(OpenRun { mark: Mark::Math { display }, start: None, begun: self.begun_runs });
        self.begun_runs += 1;
        self.shown_for(tex, source);
        self.close_run();
    }

    fn list(&mut self, node: Id, start: Option<u64>) {
        self.open(Kind::List { start, tight: true });
        self.numbers.push(start);
        self.inside(node);
        self.numbers.pop();
    }

    fn item(&mut self, node: Id, source: Span) {
        let list = *self.open_nodes.last().unwrap_or(&NodeId::ROOT);
        if !matches!(self.nodes[list.index()].kind, Kind::List { .. }) {
            self.open(Kind::List { start: None, tight: true });
            self.numbers.push(None);
        }
        let stated = self.tree.attribute(node, "value").and_then(|value| value.trim().parse().ok());
        let number = self.numbers.last_mut().and_then(|next| {
            let number = (*next).map(|next| stated.unwrap_or(next))?;
            *next = Some(number.saturating_add(1));
            Some(number)
        });
        self.open(Kind::Item { done: None });
        self.ordinal = number.map(|number| (number, source));
        self.inside(node);
    }

    /// A paragraph right below an item makes its list loose.
    fn loosen(&mut self) {
        let item = *self.open_nodes.last().unwrap_or(&NodeId::ROOT);
        if let (Kind::Item { .. }, Some(list)) =
            (&self.nodes[item.index()].kind, self.nodes[item.index()].parent)
            && let Kind::List { tight, .. } = &mut self.nodes[list.index()].kind
        {
            *tight = false;
        }
    }

    /// Lays out a table of data as rows and cells, one that only places things as the blocks it holds.
    fn table(&mut self, node: Id) {
        if self.cell.is_some() || !tables::holds_data(self.tree, node) {
            return self.inside(node);
        }
        let outer = self.open_nodes.len();
        for part in tables::parts(self.tree, node) {
            match part {
                tables::Part::Rows(rows) => {
                    let alignments = tables::alignments(self.tree, &rows);
                    self.open(Kind::Table(alignments.clone()));
                    self.reaching.clear();
                    if !tables::is_head(self.tree, rows[0]) {
                        self.open(Kind::TableRow);
                        alignments.iter().for_each(|_| self.empty_cell());
                        self.open_nodes.pop();
                    }
                    rows.into_iter().for_each(|row| self.element(row));
                    self.end_leaf();
                    self.open_nodes.truncate(outer);
                }
                tables::Part::Other(other) => self.walk(other),
            }
        }
    }

    fn cell(&mut self, node: Id) {
        self.pass_cells_from_above();
        let (columns, rows) = (tables::columns(self.tree, node), tables::rows(self.tree, node));
        let end = self.column + columns;
        self.reaching.resize(self.reaching.len().max(end), 0);
        self.reaching[self.column..end].fill(rows - 1);
        self.column = end;
        let cell = self.open(Kind::Cell);
        (self.cell, self.leaf) = (Some(cell), Some(cell));
        self.inside(node);
        self.end_row();
        self.open_nodes.pop();
        (self.cell, self.leaf, self.is_broken) = (None, None, false);
        for _ in 1..columns {
            self.empty_cell();
        }
    }

    /// Leaves the columns empty that cells of the rows above reach into.
    fn pass_cells_from_above(&mut self) {
        while let Some(rows) = self.reaching.get_mut(self.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            self.column += 1;
            self.empty_cell();
        }
    }

    fn empty_cell(&mut self) {
        self.open(Kind::Cell);
        self.open_nodes.pop();
    }

    fn is_in(&self, is_kind: impl Fn(&Kind) -> bool) -> bool {
        self.open_nodes.last().is_some_and(|node| is_kind(&self.nodes[node.index()].kind))
    }

    fn is_code(&self) -> bool {
        matches!(self.leaf_kinds.last(), Some(Kind::Code { .. }))
    }

    /// Where the next word will stand.
    fn next_offset(&self) -> usize {
        self.shown.len() + usize::from(self.row_start.is_some() && self.space.is_some())
    }

    /// Shows running text: any white space is one space.
    fn words(&mut self, text: &str, parts: &[Part]) {
        let mut at = 0;
        for part in parts {
            let words = &text[at..at + part.length as usize];
            at += part.length as usize;
            let source = |from: usize, to: usize| {
                if part.is_same {
                    Span { start: part.source.start + from as u32, end: part.source.start + to as u32 }
                } else {
                    part.source
                }
            };
            let mut from = 0;
            while from < words.len() {
                let is_space = |c: char| c.is_ascii_whitespace();
                let space = words[from..].find(|c| !is_space(c)).map_or(words.len(), |found| from + found);
                if space > from {
                    let found = source(from, space);
                    let is_one = part.is_same && &words[from..space] == " ";
                    self.space = Some(match self.space {
                        Some((before, _)) => (Span { start: before.start, end: found.end }, false),
                        None => (found, is_one),
                    });
                }
                let end = words[space..].find(is_space).map_or(words.len(), |found| space + found);
                if end > space {
                    self.word(&words[space..end], source(space, end), part.is_same);
                }
                from = end;
            }
        }
    }

    /// Shows text that the source does not hold as such.
    fn shown_for(&mut self, text: &str, source: Span) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.word(&text, source, false);
        }
    }

    fn word(&mut self, word: &str, source: Span, is_same: bool) {
        self.begin_text();
        self.begin_runs();
        self.add(word, source, is_same);
    }

    /// Shows lines as typed; blank ones only part the others.
    fn typed(&mut self, text: &str, parts: &[Part]) {
        let mut at = 0;
        for part in parts {
            let words = &text[at..at + part.length as usize];
            at += part.length as usize;
            let mut from = part.source.start;
            for line in words.split_inclusive('\n') {
                let bare = line.strip_suffix('\n').unwrap_or(line);
                let step = |length: usize| if part.is_same { length as u32 } else { 0 };
                let place = |start: u32, length: usize| {
                    if part.is_same { Span { start, end: start + length as u32 } } else { part.source }
                };
                if !bare.is_empty() {
                    self.begin_text();
                    self.add(bare, place(from, bare.len()), part.is_same);
                }
                if bare.len() < line.len() {
                    self.end_typed_line(place(from + step(bare.len()), 1), part.is_same);
                }
                from += step(line.len());
            }
        }
    }

    fn end_typed_line(&mut self, source: Span, is_same: bool) {
        if self.row_start.is_some() {
            self.end_row();
            // The row's line end is in the text already.
            let at = self.shown.len();
            self.pieces.push(Piece { shown: Span::new(at - 1, at), source, is_same });
        } else {
            self.gap = self.gap.saturating_add(1);
            self.add("\n", source, is_same);
        }
    }

    /// Ends the line; a second break in a row ends the paragraph.
    fn break_line(&mut self, source: Span) {
        if self.is_code() {
            return self.end_typed_line(source, false);
        }
        if self.row_start.is_some() {
            self.end_row();
            self.is_broken = true;
        } else if self.is_broken && self.cell.is_none() && self.leaf_kinds.is_empty() {
            self.end_leaf();
        }
    }

    /// Makes sure that a row is open.
    fn begin_text(&mut self) {
        if self.leaf.is_none() {
            let kind = self.leaf_kinds.last().cloned().unwrap_or(Kind::Paragraph);
            let outer = self.open_nodes.len();
            self.leaf = Some(self.open(kind));
            self.open_nodes.truncate(outer);
        }
        if self.row_start.is_none() {
            self.space = None;
            if let Some(row) = self.rows.last().filter(|row| self.is_broken && Some(row.node) == self.leaf) {
                let at = row.span.end as usize;
                self.runs.push((Run { span: Span::new(at, at), mark: Mark::LineBreak }, 0));
            }
            self.is_broken = false;
            self.row_start = Some(self.shown.len());
            if let Some((number, source)) = self.ordinal.take() {
                let start = self.shown.len();
                self.add(&format!("{number}."), source, false);
                self.shown.push(' ');
                self.runs.push((Run { span: Span::new(start, self.shown.len()), mark: Mark::Ordinal }, 0));
            }
        } else if let Some((space, is_one)) = self.space.take() {
            self.add(" ", space, is_one);
        }
    }

    fn begin_runs(&mut self) {
        let start = self.shown.len();
        for open in self.open_runs.iter_mut().rev().take_while(|open| open.start.is_none()) {
            open.start = Some(start);
        }
    }

    fn close_run(&mut self) {
        if let Some(OpenRun { mark, start: Some(start), begun }) = self.open_runs.pop()
            && start < self.shown.len()
        {
            self.runs.push((Run { span: Span::new(start, self.shown.len()), mark }, begun));
        }
    }

    fn add(&mut self, text: &str, source: Span, is_same: bool) {
        let start = self.shown.len();
        self.shown.push_str(text);
        let shown = Span::new(start, self.shown.len());
        match self.pieces.last_mut() {
            Some(last)
                if last.is_same
                    && is_same
                    && last.shown.end == shown.start
                    && last.source.end == source.start =>
            {
                last.shown.end = shown.end;
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece { shown, source, is_same }),
        }
    }

    fn end_row(&mut self) {
        self.space = None;
        let Some(start) = self.row_start.take() else { return };
        let end = self.shown.len();
        let node = self.leaf.unwrap_or(NodeId::ROOT);
        self.rows.push(Row {
            span: Span::new(start, end),
            node,
            indent: 0,
            width: 0,
            gap: self.gap,
            page: 0,
        });
        self.gap = 0;
        self.shown.push('\n');
    }

    /// Ends the block of running text. Marks that are still open go on in the next one.
    fn end_leaf(&mut self) {
        if self.cell.is_some() {
            if self.row_start.is_some() {
                self.end_row();
                self.is_broken = true;
            }
            return;
        }
        let end = self.shown.len();
        for open in &mut self.open_runs {
            if let Some(start) = open.start.take().filter(|&start| start < end) {
                self.runs.push((Run { span: Span::new(start, end), mark: open.mark.clone() }, open.begun));
            }
        }
        self.end_row();
        self.leaf = None;
        self.is_broken = false;
        self.ordinal = None;
        self.gap = 1;
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
