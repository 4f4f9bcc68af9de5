//! Markdown → sheet: what pulldown-cmark finds, laid out as visible text with nodes and runs.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

use super::front_matter;
use crate::document::Alignment;
use crate::error::Error;
use crate::sheet::{Kind, Mark, Measure, Node, NodeId, Origin, PICTURE, Piece, Row, Run, Sheet};
use crate::source::Span;

/// Blocks nest no deeper; what stands deeper is laid out at this depth.
const DEEPEST: usize = 60;

/// Lays out a Markdown text.
///
/// # Errors
///
/// [`Error::FrontMatter`] if its front matter is broken.
pub(super) fn read(text: &str) -> Result<Sheet<'static>, Error> {
    let (front_matter, body) = front_matter::split(text)?;
    let mut layout = Layout {
        source: text,
        shown: String::with_capacity(text.len()),
        pieces: Vec::new(),
        rows: Vec::new(),
        nodes: vec![Node::new(None, Kind::Root)],
        runs: Vec::new(),
        open_nodes: vec![NodeId::ROOT],
        open_runs: Vec::new(),
        row_start: None,
        leaf: None,
        gap: 0,
        ordinal: None,
    };
    let options = pulldown_cmark::Options::ENABLE_TABLES
        | pulldown_cmark::Options::ENABLE_FOOTNOTES
        | pulldown_cmark::Options::ENABLE_STRIKETHROUGH
        | pulldown_cmark::Options::ENABLE_TASKLISTS;
    for (event, range) in Parser::new_ext(&text[body..], options).into_offset_iter() {
        layout.event(event, range.start + body..range.end + body);
    }
    layout.runs.sort_by_key(|run| (run.span.start, std::cmp::Reverse(run.span.end)));
    Ok(Sheet {
        text: layout.shown.into(),
        rows: layout.rows,
        nodes: layout.nodes,
        runs: layout.runs,
        measure: Measure { indent: 0, width: None, spaced: true },
        front_matter,
        origin: Origin::Markdown { pieces: layout.pieces, body: body as u32, end: text.len() as u32 },
    })
}

/// The sheet in the making.
struct Layout<'t> {
    source: &'t str,
    shown: String,
    pieces: Vec<Piece>,
    rows: Vec<Row>,
    nodes: Vec<Node>,
    runs: Vec<Run>,
    open_nodes: Vec<NodeId>,
    open_runs: Vec<(Mark, usize)>,
    row_start: Option<usize>,
    /// The block that running text goes into.
    leaf: Option<NodeId>,
    gap: u16,
    /// The number of an item, until its text begins.
    ordinal: Option<Range<usize>>,
}

impl Layout<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end, range),
            Event::Text(text) if self.is_code() => self.push_code(&text, range),
            Event::Text(text) => self.push(&text, range),
            Event::Code(code) => self.push_marked(Mark::Code, &code, range),
            Event::Html(html) => self.push_code(&html, range),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => {
                self.push_marked(Mark::Reference(label.to_string()), &label, range)
            }
            Event::SoftBreak => self.end_row(Some(range)),
            Event::HardBreak => {
                let at = self.shown.len();
                if self.row_start.is_some() {
                    self.runs.push(Run { span: Span::new(at, at), mark: Mark::LineBreak });
                }
                self.end_row(Some(range));
            }
            Event::Rule => {
                self.end_leaf();
                self.open(Kind::Break);
                self.close();
            }
            Event::TaskListMarker(is_done) => {
                let item = *self.open_nodes.last().unwrap_or(&NodeId::ROOT);
                if let Kind::Item { done } = &mut self.nodes[item.index()].kind {
                    *done = Some(is_done);
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push(&text, range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let mark = match tag {
            Tag::Emphasis => Mark::Emphasis,
            Tag::Strong => Mark::Strong,
            Tag::Strikethrough => Mark::Strikethrough,
            Tag::Superscript => Mark::Superscript,
            Tag::Subscript => Mark::Subscript,
            Tag::Link { dest_url, title, .. } => {
                Mark::Link { url: dest_url.into_string(), title: title.into_string() }
            }
            Tag::Image { dest_url, title, .. } => {
                Mark::Image { url: dest_url.into_string(), title: title.into_string() }
            }
            block => return self.start_block(block, range),
        };
        self.begin_text();
        self.open_runs.push((mark, self.shown.len()));
    }

    fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.end_leaf();
        let kind = match tag {
            Tag::Paragraph => {
                self.loosen();
                Kind::Paragraph
            }
            Tag::Heading { level, .. } => Kind::Heading(match level {
                HeadingLevel::H1 => 1,
                HeadingLevel::H2 => 2,
                HeadingLevel::H3 => 3,
                HeadingLevel::H4 => 4,
                HeadingLevel::H5 => 5,
                HeadingLevel::H6 => 6,
            }),
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => Kind::Code {
                language: match kind {
                    CodeBlockKind::Fenced(info) if !info.trim().is_empty() => Some(info.into_string()),
                    _ => None,
                },
            },
            Tag::List(start) => Kind::List { start, tight: true },
            Tag::Item => {
                self.ordinal = self.ordinal_at(&range);
                Kind::Item { done: None }
            }
            Tag::FootnoteDefinition(label) => Kind::Note(label.into_string()),
            Tag::HtmlBlock => Kind::Html,
            Tag::Table(alignments) => Kind::Table(alignments.into_iter().map(alignment).collect()),
            Tag::TableHead | Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::Cell,
            _ => Kind::Paragraph,
        };
        let is_leaf =
            matches!(kind, Kind::Paragraph | Kind::Heading(_) | Kind::Code { .. } | Kind::Html | Kind::Cell);
        let node = self.open(kind);
        self.gap = 1;
        if is_leaf {
            self.leaf = Some(node);
        }
    }

    fn end(&mut self, end: TagEnd, range: Range<usize>) {
        match end {
            TagEnd::Image => self.end_picture(range),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => {
                self.close_run();
            }
            _ => {
                self.end_leaf();
                self.close();
            }
        }
    }

    /// A picture without words still needs a place in the text.
    fn end_picture(&mut self, range: Range<usize>) {
        let is_empty = self.open_runs.last().is_some_and(|&(_, start)| start == self.shown.len());
        if is_empty {
            self.push(PICTURE, range);
        }
        self.close_run();
    }

    fn close_run(&mut self) {
        if let Some((mark, start)) = self.open_runs.pop() {
            if start < self.shown.len() {
                self.runs.push(Run { span: Span::new(start, self.shown.len()), mark });
            }
        }
    }

    /// `<sup>` and `<sub>` are what our own Markdown writes for raised and lowered signs.
    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let mark = match html.to_ascii_lowercase().as_str() {
            "<sup>" => Some(Mark::Superscript),
            "<sub>" => Some(Mark::Subscript),
            "</sup>" if matches!(self.open_runs.last(), Some((Mark::Superscript, _))) => {
                return self.close_run();
            }
            "</sub>" if matches!(self.open_runs.last(), Some((Mark::Subscript, _))) => {
                return self.close_run();
            }
            _ => None,
        };
        match mark {
            Some(mark) if self.is_closed_later(&mark, range.end) => {
                self.begin_text();
                self.open_runs.push((mark, self.shown.len()));
            }
            _ => self.push_marked(Mark::Html, html, range),
        }
    }

    /// Tells whether the tag that closes a mark follows on the same line, before another tag.
    fn is_closed_later(&self, mark: &Mark, from: usize) -> bool {
        let close = if *mark == Mark::Superscript { "</sup>" } else { "</sub>" };
        let line = self.source[from..].lines().next().unwrap_or_default();
        line.find('<').is_some_and(|at| line[at..].starts_with(close))
            && !line[..line.find('<').unwrap_or(0)].contains(['*', '_', '[', '`', '~'])
    }

    fn is_code(&self) -> bool {
        self.leaf.is_some_and(|leaf| matches!(self.nodes[leaf.index()].kind, Kind::Code { .. } | Kind::Html))
    }

    /// Makes sure that a row is open: text right below an item or a note gets a paragraph of its own.
    fn begin_text(&mut self) {
        if self.leaf.is_none() {
            let node = self.open(Kind::Paragraph);
            self.open_nodes.pop();
            self.leaf = Some(node);
        }
        if self.row_start.is_none() {
            self.row_start = Some(self.shown.len());
            if let Some(range) = self.ordinal.take() {
                let start = self.shown.len();
                let label = self.source[range.clone()].to_owned();
                self.add(label.trim_end(), range.start..range.start + label.trim_end().len());
                self.shown.push(' ');
                let span = Span::new(start, self.shown.len());
                self.runs.push(Run { span, mark: Mark::Ordinal });
            }
        }
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        if text.is_empty() {
            return;
        }
        self.begin_text();
        self.add(text, range);
    }

    fn push_marked(&mut self, mark: Mark, text: &str, range: Range<usize>) {
        self.begin_text();
        let start = self.shown.len();
        // The source has signs around the words, or writes them otherwise.
        let inner = self.source[range.clone()].find(text).filter(|_| !text.is_empty() && mark != Mark::Code);
        let range = inner.map_or(range.clone(), |at| range.start + at..range.start + at + text.len());
        self.add(text, range);
        if start < self.shown.len() {
            self.runs.push(Run { span: Span::new(start, self.shown.len()), mark });
        }
    }

    fn add(&mut self, text: &str, range: Range<usize>) {
        let start = self.shown.len();
        self.shown.push_str(text);
        let shown = Span::new(start, self.shown.len());
        if !shown.is_empty() {
            let is_same = self.source[range.clone()] == *text;
            self.pieces.push(Piece { shown, source: Span::new(range.start, range.end), is_same });
        }
    }

    /// Adds lines that are shown as typed; blank ones only part the others.
    fn push_code(&mut self, text: &str, range: Range<usize>) {
        let is_same = self.source[range.clone()] == *text;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let words = line.strip_suffix('\n').unwrap_or(line);
            let place = |from: usize, to: usize| {
                if is_same { range.start + from..range.start + to } else { range.clone() }
            };
            if !words.is_empty() {
                if self.row_start.is_none() {
                    self.row_start = Some(self.shown.len());
                }
                self.add(words, place(at, at + words.len()));
            }
            if words.len() < line.len() {
                let end = place(at + words.len(), at + line.len());
                if self.row_start.is_some() {
                    self.end_row(Some(end));
                } else {
                    self.gap = self.gap.saturating_add(1);
                    self.add("\n", end);
                }
            }
            at += line.len();
        }
    }

    /// Ends the row; `range` is where its line end stands in the source.
    fn end_row(&mut self, range: Option<Range<usize>>) {
        let Some(start) = self.row_start.take() else { return };
        let end = self.shown.len();
        let (Some(node), true) = (self.leaf, start < end) else { return };
        self.rows.push(Row {
            span: Span::new(start, end),
            node,
            indent: 0,
            width: 0,
            gap: self.gap,
            page: 0,
        });
        self.gap = 0;
        match range {
            Some(range) => self.add("\n", range),
            None => self.shown.push('\n'),
        }
    }

    fn end_leaf(&mut self) {
        while !self.open_runs.is_empty() {
            self.close_run();
        }
        self.end_row(None);
        self.leaf = None;
        self.ordinal = None;
    }

    fn open(&mut self, kind: Kind) -> NodeId {
        let parent = *self.open_nodes.last().unwrap_or(&NodeId::ROOT);
        let is_leaf = !matches!(kind, Kind::Quote | Kind::List { .. } | Kind::Item { .. } | Kind::Note(_));
        let node = if self.open_nodes.len() > DEEPEST && !is_leaf {
            parent
        } else {
            self.nodes.push(Node::new(Some(parent), kind));
            NodeId(self.nodes.len() as u32 - 1)
        };
        self.open_nodes.push(node);
        node
    }

    fn close(&mut self) {
        if self.open_nodes.len() > 1 {
            self.open_nodes.pop();
        }
    }

    /// A paragraph right below an item makes its list loose.
    fn loosen(&mut self) {
        let item = *self.open_nodes.last().unwrap_or(&NodeId::ROOT);
        if let (Kind::Item { .. }, Some(list)) =
            (&self.nodes[item.index()].kind, self.nodes[item.index()].parent)
        {
            if let Kind::List { tight, .. } = &mut self.nodes[list.index()].kind {
                *tight = false;
            }
        }
    }

    /// Finds the number that an item begins with.
    fn ordinal_at(&self, item: &Range<usize>) -> Option<Range<usize>> {
        let list = *self.open_nodes.last()?;
        let Kind::List { start: Some(_), .. } = self.nodes[list.index()].kind else { return None };
        let source = self.source[item.clone()].trim_start();
        let start = item.end - source.len();
        let digits = source.bytes().take_while(u8::is_ascii_digit).count();
        let has_sign = digits > 0 && source[digits..].starts_with(['.', ')']);
        has_sign.then(|| start..start + digits + 1)
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::Default,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}
