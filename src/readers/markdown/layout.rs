//! Events → rows, nodes and runs.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::colons::unmask;
use super::{alert, raised};
use crate::document::{Alignment, Attributes};
use crate::sheet::{Kind, Mark, Node, NodeId, PICTURE, Piece, Row, Run};
use crate::source::Span;

/// Blocks nest no deeper; what stands deeper is laid out at this depth.
const DEEPEST: usize = 60;

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
        match unmasked(event) {
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

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if let Tag::Image { link_type: LinkType::WikiLink { .. }, .. } = tag {
            // `![[mole.png]]` shows a file of the collection: only programs that know the collection can.
            let words = &self.source[range.clone()];
            self.push_marked(Mark::Html, words, range.clone());
            self.shown_to = range.end;
            return;
        }
        let mark = match tag {
            Tag::Emphasis => Mark::Emphasis,
            Tag::Strong => Mark::Strong,
            Tag::Strikethrough => Mark::Strikethrough,
            Tag::Superscript => Mark::Superscript,
            Tag::Subscript => Mark::Subscript,
            Tag::Link { link_type: LinkType::WikiLink { has_pothole }, dest_url, .. } => {
                if !has_pothole && !is_page(&dest_url) {
                    self.plain_links += 1;
                    self.push_plain("[[", range.start..range.start + 2);
                    return;
                }
                Mark::Wikilink(dest_url.into_string())
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                Mark::Link { url: scheme.to_owned() + &dest_url, title: title.into_string() }
            }
            Tag::Image { dest_url, title, .. } => {
                Mark::Image { url: dest_url.into_string(), title: title.into_string() }
            }
            block => return self.start_block(block, range),
        };
        self.open_run(mark);
    }

    fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.end_leaf();
        if !matches!(tag, Tag::Paragraph) {
            self.alert = None;
        }
        let kind = match tag {
            Tag::Paragraph if self.alert.is_some() => Kind::AlertTitle,
            Tag::Paragraph => {
                self.loosen();
                Kind::Paragraph
            }
            Tag::Heading { level, id, classes, attrs } => {
                return self.heading(level, attributes(id, classes, attrs), range);
            }
            Tag::BlockQuote(_) => match alert::head(self.source, &range) {
                Some(head) => {
                    self.open(Kind::Alert(head.kind));
                    self.alert = Some(head.end);
                    return;
                }
                None => Kind::Quote,
            },
            Tag::DefinitionList => Kind::Definitions,
            Tag::DefinitionListTitle => Kind::Term,
            Tag::DefinitionListDefinition => Kind::Meaning,
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
        self.open_block(kind);
    }

    fn open_block(&mut self, kind: Kind) -> NodeId {
        let is_leaf = matches!(
            kind,
            Kind::Paragraph
                | Kind::Heading(_)
                | Kind::Code { .. }
                | Kind::Html
                | Kind::Cell
                | Kind::Term
                | Kind::AlertTitle
        );
        let node = self.open(kind);
        self.gap = 1;
        if is_leaf {
            self.leaf = Some(node);
        }
        node
    }

    fn heading(&mut self, level: HeadingLevel, attributes: Attributes, range: Range<usize>) {
        let line = self.source[range.clone()].trim_end();
        let line = line.lines().next().unwrap_or_default().trim_end_matches([' ', '\t', '#']);
        // `# The set {x}` names no attribute, but pulldown-cmark takes the braces away.
        let braces = attributes.is_empty() && line.ends_with('}');
        self.braces = line.rfind('{').filter(|_| braces).map(|at| range.start + at..range.start + line.len());
        let node = self.open_block(Kind::Heading(level as u8));
        self.nodes[node.index()].attributes = attributes;
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

    /// A picture without words still needs a place in the text.
    fn end_picture(&mut self, range: Range<usize>) {
        let is_empty =
            self.open_runs.last().is_some_and(|&run| self.runs[run].span.start as usize == self.shown.len());
        if is_empty {
            self.push_plain(PICTURE, range);
        }
        self.close_run();
    }

    fn open_run(&mut self, mark: Mark) {
        self.begin_text();
        let at = self.shown.len();
        self.open_runs.push(self.runs.len());
        self.runs.push(Run { span: Span::new(at, at), mark });
    }

    fn close_run(&mut self) {
        if let Some(run) = self.open_runs.pop() {
            self.runs[run].span.end = self.shown.len() as u32;
        }
    }

    fn is_open(&self, mark: &Mark) -> bool {
        self.open_runs.last().is_some_and(|&run| self.runs[run].mark == *mark)
    }

    /// The first line of an alert is its title; every line over definitions is a term.
    fn soft_break(&mut self, range: Range<usize>) {
        let leaf = self.leaf.map(|leaf| self.nodes[leaf.index()].kind.clone());
        let next = match leaf {
            Some(Kind::AlertTitle) => Kind::Paragraph,
            Some(Kind::Term) => Kind::Term,
            _ => return self.end_row(Some(range)),
        };
        self.alert = None;
        self.end_leaf();
        self.close();
        self.open_block(next);
    }

    fn line_break(&mut self, range: Range<usize>) {
        let leaf = self.leaf.map(|leaf| &self.nodes[leaf.index()].kind);
        if matches!(leaf, Some(Kind::AlertTitle | Kind::Term)) {
            return self.soft_break(range);
        }
        let at = self.shown.len();
        if self.row_start.is_some() {
            self.runs.push(Run { span: Span::new(at, at), mark: Mark::LineBreak });
        }
        self.end_row(Some(range));
    }

    /// Tells whether what looks like a formula is two prices, as in `$5-$10`, or part of a word (GitHub's rule).
    fn is_price(&self, range: &Range<usize>) -> bool {
        self.source[..range.start].ends_with(char::is_alphanumeric)
            || self.source[range.end..].starts_with(char::is_alphanumeric)
    }

    /// `<sup>`, `<sub>` and `<br>` are what our own Markdown writes where Markdown has no sign.
    fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let mark = match html.to_ascii_lowercase().as_str() {
            "<sup>" => Some(Mark::Superscript),
            "<sub>" => Some(Mark::Subscript),
            "</sup>" if self.is_open(&Mark::Superscript) => return self.close_run(),
            "</sub>" if self.is_open(&Mark::Subscript) => return self.close_run(),
            "<br>" | "<br/>" | "<br />" if self.row_start.is_some() => return self.line_break(range),
            _ => None,
        };
        match mark {
            Some(mark) if self.is_closed_later(&mark, range.end) => self.open_run(mark),
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

    /// Adds text, in which signs may be raised or lowered, and notes may stand.
    fn push(&mut self, text: &str, range: Range<usize>) {
        let is_same = self.source[range.clone()] == *text;
        if is_same && matches!(text, "[" | "![" | "]") {
            return self.push_bracket(text, range);
        }
        let mut at = 0;
        while let Some(raised) = raised::first(&text[at..]).filter(|_| is_same) {
            let (start, end) = (at + raised.words.start, at + raised.words.end);
            self.push_plain(&text[at..start - 1], range.start + at..range.start + start - 1);
            let mark = if raised.is_above { Mark::Superscript } else { Mark::Subscript };
            self.open_run(mark);
            self.push_plain(&text[start..end], range.start + start..range.start + end);
            self.close_run();
            at = end + 1;
        }
        self.push_plain(&text[at..], if is_same { range.start + at..range.end } else { range });
    }

    fn push_plain(&mut self, text: &str, range: Range<usize>) {
        let leaf = self.leaf.map(|leaf| &self.nodes[leaf.index()].kind);
        let skips = if self.row_start.is_none() && leaf == Some(&Kind::AlertTitle) {
            text.len() - text.trim_start_matches([' ', '\t']).len()
        } else {
            0
        };
        if skips < text.len() {
            self.begin_text();
            self.add(&text[skips..], if skips > 0 { range.start + skips..range.end } else { range });
        }
    }

    /// Adds a bracket of the text; pulldown-cmark gives each of them by itself.
    fn push_bracket(&mut self, bracket: &str, range: Range<usize>) {
        let source = self.source;
        let is_escaped = |at: usize| {
            let slashes = source[..at].bytes().rev().take_while(|&byte| byte == b'\\').count();
            slashes % 2 == 1
        };
        let at = range.start;
        self.push_plain(bracket, range);
        if is_escaped(at) {
            return;
        }
        let end = self.shown.len();
        if bracket == "![" {
            self.brackets.push(Bracket { start: end - 2, is_raised: false, begins_with_caret: false });
        } else if bracket == "[" {
            let is_raised =
                source[..at].ends_with('^') && !is_escaped(at - 1) && self.shown[..end - 1].ends_with('^');
            let begins_with_caret = source[at + 1..].starts_with('^');
            self.brackets.push(Bracket {
                start: end - 1 - usize::from(is_raised),
                is_raised,
                begins_with_caret,
            });
        } else if let Some(open) = self.brackets.pop().filter(|open| open.is_raised || open.begins_with_caret)
        {
            let start = (open.start + 2).min(end - 1);
            // A look at the beginning is enough, and hostile nesting costs nothing.
            let words =
                &self.shown[start..self.shown.floor_char_boundary((end - 1).min(start + 200)).max(start)];
            let says_something = words.contains(|c: char| !c.is_whitespace());
            // MultiMarkdown writes `[^A note.]` where no note has that label.
            let is_sentence =
                words.trim().contains(char::is_whitespace) && words.contains(char::is_alphabetic);
            if says_something && (open.is_raised || (open.begins_with_caret && is_sentence)) {
                self.runs.push(Run { span: Span::new(open.start, end), mark: Mark::Note });
            }
        }
    }

    fn push_braces(&mut self, braces: Range<usize>) {
        let source = self.source;
        if self.pieces.last().is_some_and(|piece| piece.source.end as usize > braces.start) {
            return;
        }
        if self.row_start.is_some() {
            self.push_plain(" ", braces.start - 1..braces.start);
        }
        self.push_plain(&source[braces.clone()], braces);
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
        let is_fence = self.is_fence(node, start);
        let node = if is_fence { self.beside(node, Kind::Html) } else { node };
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
        if is_fence {
            self.leaf = Some(self.beside(node, Kind::Paragraph));
        }
    }

    /// Adds a block after another one in the same place.
    fn beside(&mut self, node: NodeId, kind: Kind) -> NodeId {
        self.nodes.push(Node::new(self.nodes[node.index()].parent, kind));
        NodeId(self.nodes.len() as u32 - 1)
    }

    /// Tells whether a row fences a part of the text, as `::: {.warning}` does in Pandoc and Quarto.
    fn is_fence(&self, node: NodeId, start: usize) -> bool {
        self.shown[start..].starts_with(":::")
            && self.nodes[node.index()].kind == Kind::Paragraph
            && self.pieces.iter().rev().find(|piece| piece.shown.start as usize <= start).is_some_and(
                |piece| piece.is_same && !self.source[..piece.source.start as usize].ends_with('\\'),
            )
    }

    fn end_leaf(&mut self) {
        while !self.open_runs.is_empty() {
            self.close_run();
        }
        self.end_row(None);
        self.leaf = None;
        self.ordinal = None;
        self.brackets.clear();
    }

    fn open(&mut self, kind: Kind) -> NodeId {
        let parent = *self.open_nodes.last().unwrap_or(&NodeId::ROOT);
        let is_leaf = !matches!(
            kind,
            Kind::Quote
                | Kind::Alert(_)
                | Kind::List { .. }
                | Kind::Item { .. }
                | Kind::Definitions
                | Kind::Meaning
                | Kind::Note(_)
        );
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
            && let Kind::List { tight, .. } = &mut self.nodes[list.index()].kind
        {
            *tight = false;
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

/// Shows the colons that were hidden from pulldown-cmark.
fn unmasked(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(unmask(text)),
        Event::Code(text) => Event::Code(unmask(text)),
        Event::Html(text) => Event::Html(unmask(text)),
        Event::InlineHtml(text) => Event::InlineHtml(unmask(text)),
        Event::InlineMath(text) => Event::InlineMath(unmask(text)),
        Event::DisplayMath(text) => Event::DisplayMath(unmask(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: unmask(dest_url), title: unmask(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: unmask(dest_url), title: unmask(title), id })
        }
        event => event,
    }
}

/// Tells whether a page of a collection can be meant: `[[1]]` and `[[ii]]` are brackets around a number, and an address
/// is none of its pages.
fn is_page(name: &str) -> bool {
    !name.contains(['[', ']'])
        && !name.contains("://")
        && name.chars().filter(|c| c.is_alphabetic()).count() > 2
}

fn attributes(
    id: Option<CowStr<'_>>,
    classes: Vec<CowStr<'_>>,
    others: Vec<(CowStr<'_>, Option<CowStr<'_>>)>,
) -> Attributes {
    Attributes {
        id: id.map(CowStr::into_string),
        classes: classes.into_iter().map(CowStr::into_string).collect(),
        others: others
            .into_iter()
            .map(|(name, value)| (name.into_string(), value.map(CowStr::into_string)))
            .collect(),
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
