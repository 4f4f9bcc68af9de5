//! Events → rows, nodes and runs.

mod blocks;
mod rows;
mod runs;
mod words;

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use crate::sheet::{Kind, Mark, Node, NodeId, Piece, Row, Run};

/// A bracket that opens in the text.
struct Bracket {
    /// Where it stands, or the caret before it.
    start: usize,
    is_raised: bool,
    begins_with_caret: bool,
}

/// The sheet in the making.
pub(super) struct Layout<'t> {
    source: &'t str,
    pub(super) shown: String,
    pub(super) pieces: Vec<Piece>,
    pub(super) rows: Vec<Row>,
    pub(super) nodes: Vec<Node>,
    /// Outer ones before inner ones; those that never covered a word are empty.
    pub(super) runs: Vec<Run>,
    open_nodes: Vec<NodeId>,
    /// Those of `runs` that are not closed, with the range that the source gives them.
    open_runs: Vec<usize>,
    /// How many marks are open beyond the deepest ones.
    runs_too_deep: usize,
    row_start: Option<usize>,
    /// The block that running text goes into.
    leaf: Option<NodeId>,
    gap: u16,
    /// The number of an item, until its text begins.
    ordinal: Option<Range<usize>>,
    /// Where the kind of an alert ends, until its text begins.
    alert: Option<usize>,
    /// Braces at the end of a heading that are no attributes.
    braces: Option<Range<usize>>,
    /// How many links are open that are none.
    plain_links: usize,
    /// Up to here the source is shown as it is.
    shown_to: usize,
    /// Brackets of the text that are not closed.
    brackets: Vec<Bracket>,
}

impl<'t> Layout<'t> {
    pub(super) fn of(source: &'t str) -> Self {
        Self {
            source,
            shown: String::with_capacity(source.len()),
            pieces: Vec::new(),
            rows: Vec::new(),
            nodes: vec![Node::new(None, Kind::Root)],
            runs: Vec::new(),
            open_nodes: vec![NodeId::ROOT],
            open_runs: Vec::new(),
            runs_too_deep: 0,
            row_start: None,
            leaf: None,
            gap: 0,
            ordinal: None,
            alert: None,
            braces: None,
            plain_links: 0,
            shown_to: 0,
            brackets: Vec::new(),
        }
    }

    /// Ends the sheet: marks that cover nothing are gone, but for those that stand for something themselves.
    pub(super) fn finish(mut self) -> Self {
        self.runs.retain(|run| !run.span.is_empty() || run.mark == Mark::LineBreak);
        self.runs.sort_by_key(|run| (run.span.start, std::cmp::Reverse(run.span.end)));
        self
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if range.end <= self.shown_to {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end, range),
            Event::Text(text) if self.is_code() => self.push_code(&text, range),
            Event::Text(_) if self.alert.is_some_and(|end| range.end <= end) => {}
            Event::Text(text) if self.alert.is_some_and(|end| range.start < end) => {
                let sign = self.alert.map_or(0, |end| end - range.start);
                self.push(text.get(sign..).unwrap_or_default(), range.start + sign..range.end);
            }
            Event::Text(text) => self.push(&text, range),
            Event::Code(code) => self.push_marked(Mark::Code, &code, range),
            Event::Html(html) => self.push_code(&html, range),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(label) => {
                self.push_marked(Mark::Reference(label.to_string()), &label, range);
            }
            Event::SoftBreak => self.soft_break(range),
            Event::HardBreak => self.line_break(range),
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
            Event::InlineMath(_) if self.is_price(&range) => {
                let words = &self.source[range.clone()];
                self.push_plain(words, range);
            }
            Event::InlineMath(tex) => self.push_marked(Mark::Math { display: false }, &tex, range),
            Event::DisplayMath(tex) => self.push_marked(Mark::Math { display: true }, &tex, range),
        }
    }

    fn end(&mut self, end: TagEnd, range: Range<usize>) {
        if end == TagEnd::Paragraph {
            self.alert = None;
        }
        match end {
            TagEnd::Image => self.end_picture(range),
            TagEnd::Link if self.plain_links > 0 => {
                self.plain_links -= 1;
                self.push_plain("]]", range.end - 2..range.end);
            }
            TagEnd::Heading(_) => {
                if let Some(braces) = self.braces.take() {
                    self.push_braces(braces);
                }
                self.end_leaf();
                self.close();
            }
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

    fn is_code(&self) -> bool {
        self.leaf.is_some_and(|leaf| matches!(self.nodes[leaf.index()].kind, Kind::Code { .. } | Kind::Html))
    }
}
