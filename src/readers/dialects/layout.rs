//! Blocks and running text → sheet: visible text, pieces of the source, rows, nodes, runs.

use super::entities;
use super::running::{Flat, Shown, Words};
use crate::measure::Measure;
use crate::sheet::{Kind, Mark, Node, NodeId, Origin, Piece, Row, Run, Sheet};
use crate::source::Span;

/// Heading levels from here on are styles: the first one used is the highest level, the next one below it.
pub(super) const STYLES: u8 = 0x80;

/// The sheet in the making.
pub(super) struct Layout<'t> {
    source: &'t str,
    dialect: &'static str,
    shown: String,
    pieces: Vec<Piece>,
    rows: Vec<Row>,
    nodes: Vec<Node>,
    runs: Vec<Run>,
    /// Where the row begins that is not finished.
    row_start: Option<usize>,
    /// White space in the source that is shown as one space if words follow on the row.
    space: Option<Span>,
    gap: u16,
}

impl<'t> Layout<'t> {
    pub(super) fn new(source: &'t str, dialect: &'static str) -> Self {
        Self {
            source,
            dialect,
            shown: String::with_capacity(source.len()),
            pieces: Vec::new(),
            rows: Vec::new(),
            nodes: vec![Node::new(None, Kind::Root)],
            runs: Vec::new(),
            row_start: None,
            space: None,
            gap: 0,
        }
    }

    pub(super) fn finish(mut self) -> Sheet<'static> {
        self.runs.sort_by_key(|run| (run.span.start, std::cmp::Reverse(run.span.end)));
        self.rank_headings();
        self.number_notes();
        Sheet {
            text: self.shown.into(),
            rows: self.rows,
            nodes: self.nodes,
            runs: self.runs,
            measure: Measure { indent: 0, width: None, spaced: true },
            front_matter: serde_json::Map::new(),
            origin: Origin::Dialect {
                name: self.dialect,
                pieces: self.pieces,
                end: self.source.len() as u32,
            },
        }
    }

    /// Gives headings of a style the level that the style has.
    fn rank_headings(&mut self) {
        let mut styles: Vec<u8> = Vec::new();
        for node in &mut self.nodes {
            if let Kind::Heading(level) = &mut node.kind
                && *level >= STYLES
            {
                let rank = styles.iter().position(|style| style == level).unwrap_or_else(|| {
                    styles.push(*level);
                    styles.len() - 1
                });
                *level = (rank + 1).min(6) as u8;
            }
        }
    }

    /// Tells notes without a name apart: the first reference means the first note.
    fn number_notes(&mut self) {
        let mut counts = [[0_u32; 3]; 2];
        let mut number = |label: &mut String, role: usize| {
            if let Some(sign) = ["#", "*"].iter().position(|sign| label == sign) {
                counts[sign][role] += 1;
                *label = format!("{label}{}", counts[sign][role]);
            }
        };
        for node in &mut self.nodes {
            if let Kind::Note(label) = &mut node.kind {
                number(label, 0);
            }
        }
        for run in &mut self.runs {
            match &mut run.mark {
                Mark::Sign(label) => number(label, 1),
                Mark::Reference(label) => number(label, 2),
                _ => {}
            }
        }
    }

    pub(super) fn open(&mut self, parent: NodeId, kind: Kind) -> NodeId {
        self.gap = 1;
        self.nodes.push(Node::new(Some(parent), kind));
        NodeId(self.nodes.len() as u32 - 1)
    }

    /// Makes a list loose: blank lines stand between its items.
    pub(super) fn loosen(&mut self, list: NodeId) {
        if let Kind::List { tight, .. } = &mut self.nodes[list.index()].kind {
            *tight = false;
        }
    }

    pub(super) fn kind(&self, node: NodeId) -> &Kind {
        &self.nodes[node.index()].kind
    }

    /// Counts the paragraphs right below a node.
    pub(super) fn paragraphs(&self, parent: NodeId) -> usize {
        let below = self.nodes[parent.index()..].iter();
        below.filter(|node| node.parent == Some(parent) && node.kind == Kind::Paragraph).count()
    }

    /// Begins a row with the sign of a note.
    pub(super) fn sign(&mut self, sign: Span, mark: Mark) {
        self.push(sign.of(self.source), sign);
        self.runs.push(Run { span: Span::new(self.shown.len() - sign.len(), self.shown.len()), mark });
        let end = sign.end as usize;
        if self.source[end..].starts_with(char::is_whitespace) {
            self.space = Some(Span::new(end, end + 1));
        }
    }

    /// Lays out running text in a node.
    pub(super) fn running(&mut self, node: NodeId, flat: &Flat, words: Words, breaks: bool) {
        let mut places: Vec<Option<Span>> = Vec::with_capacity(words.tokens.len());
        for token in words.tokens {
            let start = self.shown.len();
            let had_row = self.row_start.is_some();
            let source = flat.source(token.from, token.to);
            match token.shown {
                Shown::Nothing => {}
                Shown::Same => self.push_same(node, flat, token.from, token.to, breaks),
                Shown::Text(text) => self.push(&text, source),
                Shown::Break => self.break_row(node, source),
            }
            // A space that was put off stands before the words, not among them.
            let space = usize::from(had_row && self.shown[start..].starts_with(' '));
            let end = self.shown.trim_end_matches('\n').len();
            places.push((start + space < end).then(|| Span::new(start + space, end)));
        }
        for marked in words.marks {
            let mut covered = places[marked.from..marked.to].iter().flatten();
            let Some(first) = covered.next() else { continue };
            let end = covered.next_back().unwrap_or(first).end;
            self.runs.push(Run { span: Span { start: first.start, end }, mark: marked.mark });
        }
        self.end_row(node, None);
    }

    /// Lays out lines as typed; blank ones only part the others. References to characters may be resolved.
    pub(super) fn verbatim(&mut self, node: NodeId, lines: &[Span], is_escaped: bool) {
        let blank = |line: &&Span| line.of(self.source).trim().is_empty();
        let leading = lines.iter().take_while(blank).count();
        let trailing = lines[leading..].iter().rev().take_while(blank).count();
        for line in &lines[leading..lines.len() - trailing] {
            let words = line.of(self.source).trim_end();
            if words.is_empty() {
                self.gap = self.gap.saturating_add(1);
                continue;
            }
            self.row_start = Some(self.shown.len());
            self.add_typed(words, line.start, is_escaped);
            let after = line.end as usize;
            let end = ["\r\n", "\n", "\r"].iter().find(|end| self.source[after..].starts_with(**end));
            self.end_row(node, end.map(|end| Span::new(after, after + end.len())));
        }
    }

    /// Adds a line as typed.
    fn add_typed(&mut self, words: &str, start: u32, is_escaped: bool) {
        let span = |from: usize, to: usize| Span { start: start + from as u32, end: start + to as u32 };
        let (mut at, mut from) = (0, 0);
        while let Some(found) = words[from..].find('&').filter(|_| is_escaped) {
            from += found;
            match entities::read(&words[from..]) {
                Some((length, text)) => {
                    if at < from {
                        self.add(&words[at..from], span(at, from));
                    }
                    self.add(&text, span(from, from + length));
                    from += length;
                    at = from;
                }
                None => from += 1,
            }
        }
        if at < words.len() {
            self.add(&words[at..], span(at, words.len()));
        }
    }

    /// Lays out words that are the same in the source, row by row.
    fn push_same(&mut self, node: NodeId, flat: &Flat, from: usize, to: usize, breaks: bool) {
        let text = &flat.text[from..to];
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let margin = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\u{B}']).len();
            if margin > 0 {
                self.space.get_or_insert(flat.source(from + at, from + at + margin));
                at += margin;
            } else if rest.starts_with('\n') {
                let end = flat.source(from + at, from + at + 1);
                if breaks {
                    self.break_row(node, end);
                } else {
                    self.end_row(node, Some(end));
                }
                at += 1;
            } else {
                let length = rest.find([' ', '\t', '\r', '\u{B}', '\n']).unwrap_or(rest.len());
                self.push(&rest[..length], flat.source(from + at, from + at + length));
                at += length;
            }
        }
    }

    /// Adds words to the row, after the space that was put off.
    fn push(&mut self, words: &str, source: Span) {
        if words.is_empty() {
            return;
        }
        let space = self.space.take();
        if self.row_start.is_none() {
            self.row_start = Some(self.shown.len());
        } else if let Some(space) = space {
            self.add(" ", space);
        }
        self.add(words, source);
    }

    fn add(&mut self, text: &str, source: Span) {
        let start = self.shown.len();
        self.shown.push_str(text);
        let is_same = source.of(self.source) == text;
        let joins = self.pieces.last().is_some_and(|last| {
            is_same && last.is_same && last.source.end == source.start && last.shown.end as usize == start
        });
        match self.pieces.last_mut() {
            Some(last) if joins => {
                last.shown.end = self.shown.len() as u32;
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece { shown: Span::new(start, self.shown.len()), source, is_same }),
        }
    }

    fn break_row(&mut self, node: NodeId, end: Span) {
        let at = self.shown.len();
        if self.row_start.is_some() {
            self.runs.push(Run { span: Span::new(at, at), mark: Mark::LineBreak });
        }
        self.end_row(node, Some(end));
    }

    /// Ends the row; `end` is where its line end stands in the source.
    fn end_row(&mut self, node: NodeId, end: Option<Span>) {
        self.space = None;
        let Some(start) = self.row_start.take() else { return };
        self.rows.push(Row::of_markup(Span::new(start, self.shown.len()), node, self.gap));
        self.gap = 0;
        match end {
            Some(end) => self.add("\n", end),
            None => self.shown.push('\n'),
        }
    }
}
