//! Blocks: what each becomes on the sheet, and how they nest.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, HeadingLevel, Tag};

use super::super::alert;
use super::Layout;
use crate::document::{Alignment, Attributes};
use crate::sheet::{Kind, Node, NodeId};

/// Blocks nest no deeper; what stands deeper is laid out at this depth.
const DEEPEST: usize = 60;

impl Layout<'_> {
    pub(super) fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
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

    pub(super) fn open_block(&mut self, kind: Kind) -> NodeId {
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

    pub(super) fn heading(&mut self, level: HeadingLevel, attributes: Attributes, range: Range<usize>) {
        let line = self.source[range.clone()].trim_end();
        let line = line.lines().next().unwrap_or_default().trim_end_matches([' ', '\t', '#']);
        // `# The set {x}` names no attribute, but pulldown-cmark takes the braces away.
        let braces = attributes.is_empty() && line.ends_with('}');
        self.braces = line.rfind('{').filter(|_| braces).map(|at| range.start + at..range.start + line.len());
        let node = self.open_block(Kind::Heading(level as u8));
        self.nodes[node.index()].attributes = (!attributes.is_empty()).then(|| Box::new(attributes));
    }

    pub(super) fn open(&mut self, kind: Kind) -> NodeId {
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

    pub(super) fn close(&mut self) {
        if self.open_nodes.len() > 1 {
            self.open_nodes.pop();
        }
    }

    /// A paragraph right below an item makes its list loose.
    pub(super) fn loosen(&mut self) {
        let item = *self.open_nodes.last().unwrap_or(&NodeId::ROOT);
        if let (Kind::Item { .. }, Some(list)) =
            (&self.nodes[item.index()].kind, self.nodes[item.index()].parent)
            && let Kind::List { tight, .. } = &mut self.nodes[list.index()].kind
        {
            *tight = false;
        }
    }

    /// Finds the number that an item begins with.
    pub(super) fn ordinal_at(&self, item: &Range<usize>) -> Option<Range<usize>> {
        let list = *self.open_nodes.last()?;
        let Kind::List { start: Some(_), .. } = self.nodes[list.index()].kind else { return None };
        let source = self.source[item.clone()].trim_start();
        let start = item.end - source.len();
        let digits = source.bytes().take_while(u8::is_ascii_digit).count();
        let has_sign = digits > 0 && source[digits..].starts_with(['.', ')']);
        has_sign.then(|| start..start + digits + 1)
    }
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
