//! What html5ever makes of a page: elements and text, with where each stands in the source.
//!
//! The limits are watched while the tree grows, so a hostile page ends before it costs anything.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName};

use super::cuts::Cuts;
use crate::error::Error;
use crate::page::Name;
use crate::source::Span;

/// Elements nest no deeper.
const DEEPEST: u16 = 256;

/// A page has no more elements.
const MOST_ELEMENTS: usize = 1_000_000;

/// A character reference stands for no more bytes.
const LONGEST_CHARACTER: usize = 8;

/// The index of a node in [`Tree::nodes`].
pub(super) type Id = u32;

/// The document node.
pub(super) const DOCUMENT: Id = 0;

/// A page as html5ever understands it.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<TreeNode>,
}

/// A node with its place in the tree.
#[derive(Debug)]
struct TreeNode {
    content: Content,
    depth: u16,
    parent: Option<Id>,
    first: Option<Id>,
    last: Option<Id>,
    before: Option<Id>,
    after: Option<Id>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    Element {
        name: Name,
        attributes: Vec<(Name, String)>,
        /// Where its tag stands.
        source: Span,
    },
    Text {
        text: String,
        /// They tile the text.
        parts: Vec<Part>,
    },
    /// The document, a comment, a processing instruction.
    Other,
}

/// A stretch of text that comes from one stretch of the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// In bytes of the text.
    pub(super) length: u32,
    pub(super) source: Span,
    /// Whether the source reads the same.
    pub(super) is_same: bool,
}

impl Tree {
    pub(super) fn content(&self, node: Id) -> &Content {
        &self.nodes[node as usize].content
    }

    /// Returns the nodes right below one, in order.
    pub(super) fn children(&self, node: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(self.nodes[node as usize].first, |&child| self.nodes[child as usize].after)
    }

    /// Returns the element around a node.
    pub(super) fn parent(&self, node: Id) -> Option<Id> {
        self.nodes[node as usize].parent
    }

    /// Returns the name of an element; nothing for other nodes.
    pub(super) fn name(&self, node: Id) -> &str {
        match self.content(node) {
            Content::Element { name, .. } => name,
            _ => "",
        }
    }

    /// Returns an attribute of an element.
    pub(super) fn attribute(&self, node: Id, name: &str) -> Option<&str> {
        let Content::Element { attributes, .. } = self.content(node) else { return None };
        attributes.iter().find(|(found, _)| &**found == name).map(|(_, value)| value.as_str())
    }

    /// Returns all text below a node.
    pub(super) fn text(&self, node: Id) -> String {
        let mut text = String::new();
        self.visit(node, &mut |content| {
            if let Content::Text { text: words, .. } = content {
                text.push_str(words);
            }
        });
        text
    }

    /// Visits a node and what is below it, in order.
    fn visit<'t>(&'t self, node: Id, visit: &mut impl FnMut(&'t Content)) {
        visit(self.content(node));
        self.children(node).for_each(|child| self.visit(child, visit));
    }

    /// Adoption moves whole branches, so the depth is counted again at the end.
    fn is_too_deep(&self) -> bool {
        let mut left = vec![(DOCUMENT, 0)];
        while let Some((node, depth)) = left.pop() {
            if depth > DEEPEST {
                return true;
            }
            left.extend(self.children(node).map(|child| (child, depth + 1)));
        }
        false
    }
}

/// Parses a page.
///
/// # Errors
///
/// [`Error::Limit`] if elements are nested too deep, or there are too many.
pub(super) fn parse(text: &str) -> Result<Tree, Error> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        ..ParseOpts::default()
    };
    let mut parser = html5ever::parse_document(Sink::new(text), options);
    let mut cuts = Cuts::of(text);
    while let Some(cut) = cuts.next()? {
        parser.tokenizer.sink.sink.enter(cut.clone());
        parser.process(StrTendril::from_slice(&text[cut]));
        parser.tokenizer.sink.sink.check()?;
    }
    let tree = parser.finish();
    if tree.is_too_deep() {
        return Err(Error::Limit { what: "levels of elements", limit: usize::from(DEEPEST) });
    }
    Ok(tree)
}

/// An element as html5ever holds it.
#[derive(Clone)]
struct Handle {
    id: Id,
    name: Rc<QualName>,
}

/// The tree in the making.
struct Sink<'t> {
    text: &'t str,
    nodes: RefCell<Vec<TreeNode>>,
    /// The cut that is read now, less what text was found in it.
    cut: RefCell<Range<usize>>,
    /// The whole of it.
    tag: Cell<Span>,
    /// A cut before it whose text has not come yet, as that of a character reference.
    held: Cell<Option<Span>>,
    is_too_deep: Cell<bool>,
    document: Handle,
}

impl<'t> Sink<'t> {
    fn new(text: &'t str) -> Self {
        let name = Rc::new(QualName::new(None, html5ever::ns!(), Name::from("")));
        let sink = Self {
            text,
            nodes: RefCell::new(Vec::new()),
            cut: RefCell::new(0..0),
            tag: Cell::default(),
            held: Cell::new(None),
            is_too_deep: Cell::new(false),
            document: Handle { id: DOCUMENT, name },
        };
        sink.add(Content::Other);
        sink
    }

    /// Says which stretch of the source is fed next.
    fn enter(&self, cut: Range<usize>) {
        self.tag.set(Span::new(cut.start, cut.end));
        let before = self.cut.replace(cut);
        if self.text[before.clone()].starts_with('&') {
            self.held.set(Some(Span::new(before.start, before.end)));
        }
    }

    fn check(&self) -> Result<(), Error> {
        if self.is_too_deep.get() {
            return Err(Error::Limit { what: "levels of elements", limit: usize::from(DEEPEST) });
        }
        if self.nodes.borrow().len() > MOST_ELEMENTS {
            return Err(Error::Limit { what: "elements", limit: MOST_ELEMENTS });
        }
        Ok(())
    }

    fn add(&self, content: Content) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(TreeNode {
            content,
            depth: 0,
            parent: None,
            first: None,
            last: None,
            before: None,
            after: None,
        });
        nodes.len() as Id - 1
    }

    /// Finds where text that html5ever reports stands in the cut that is read now.
    fn place(&self, text: &str) -> Part {
        let length = text.len() as u32;
        let other = |source: Span| Part { length, source, is_same: false };
        if let Some(source) = self.held.take().filter(|_| text.len() <= LONGEST_CHARACTER) {
            return other(source);
        }
        let mut cut = self.cut.borrow_mut();
        let source = &self.text[cut.clone()];
        let is_resolved = (source.starts_with('&') && source != text) || source.starts_with('\r');
        if let Some(found) = source.find(text).filter(|_| !is_resolved) {
            let start = cut.start + found;
            cut.start = start + text.len();
            return Part { length, source: Span::new(start, cut.start), is_same: true };
        }
        let found = match source.as_bytes() {
            [b'\r', b'\n', ..] => 2,
            [b'\r', ..] => 1,
            _ => source.len(),
        };
        let start = cut.start;
        cut.start += found;
        other(Span::new(start, cut.start))
    }

    /// Adds text at the end of a node that may be text already.
    fn add_text(&self, last: Option<Id>, words: &str) -> Option<Id> {
        let part = self.place(words);
        let mut nodes = self.nodes.borrow_mut();
        if let Some(Content::Text { text, parts }) = last.map(|last| &mut nodes[last as usize].content) {
            text.push_str(words);
            match parts.last_mut() {
                Some(before) if before.is_same && part.is_same && before.source.end == part.source.start => {
                    before.length += part.length;
                    before.source.end = part.source.end;
                }
                // A second character of the same reference.
                Some(before) if part.source.is_empty() => {
                    before.length += part.length;
                    before.is_same = false;
                }
                _ => parts.push(part),
            }
            return None;
        }
        drop(nodes);
        Some(self.add(Content::Text { text: words.to_owned(), parts: vec![part] }))
    }

    /// Puts a node below another, before one of its children or at the end.
    fn insert(&self, parent: Id, node: Id, after: Option<Id>) {
        let mut nodes = self.nodes.borrow_mut();
        let before = match after {
            Some(after) => nodes[after as usize].before,
            None => nodes[parent as usize].last,
        };
        let depth = nodes[parent as usize].depth + 1;
        let own = &mut nodes[node as usize];
        (own.parent, own.before, own.after, own.depth) = (Some(parent), before, after, depth);
        match before {
            Some(before) => nodes[before as usize].after = Some(node),
            None => nodes[parent as usize].first = Some(node),
        }
        match after {
            Some(after) => nodes[after as usize].before = Some(node),
            None => nodes[parent as usize].last = Some(node),
        }
        if depth > DEEPEST {
            self.is_too_deep.set(true);
        }
    }

    fn is_part_of_table(&self, node: Id) -> bool {
        let nodes = self.nodes.borrow();
        let Content::Element { name, .. } = &nodes[node as usize].content else { return false };
        matches!(&**name, "thead" | "tbody" | "tfoot" | "tr")
    }

    fn detach(&self, node: Id) {
        let mut nodes = self.nodes.borrow_mut();
        let own = &mut nodes[node as usize];
        let (parent, before, after) = (own.parent.take(), own.before.take(), own.after.take());
        let Some(parent) = parent else { return };
        match before {
            Some(before) => nodes[before as usize].after = after,
            None => nodes[parent as usize].first = after,
        }
        match after {
            Some(after) => nodes[after as usize].before = before,
            None => nodes[parent as usize].last = before,
        }
    }
}

impl TreeSink for Sink<'_> {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'n>
        = ExpandedName<'n>
    where
        Self: 'n;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.document.clone()
    }

    fn elem_name<'n>(&'n self, target: &'n Handle) -> ExpandedName<'n> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let source = self.tag.get();
        let attributes = attributes.into_iter().map(|one| (one.name.local, one.value.to_string())).collect();
        let id = self.add(Content::Element { name: name.local.clone(), attributes, source });
        Handle { id, name: Rc::new(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { id: self.add(Content::Other), name: Rc::clone(&self.document.name) }
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.create_comment(StrTendril::new())
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(node) => self.insert(parent.id, node.id, None),
            NodeOrText::AppendText(words) => {
                let last = self.nodes.borrow()[parent.id as usize].last;
                if let Some(node) = self.add_text(last, &words) {
                    self.insert(parent.id, node, None);
                }
            }
        }
    }

    /// What stands between the rows of a table belongs before the table. Here it stays inside, where it stands in
    /// the source; the layout takes it out.
    fn append_based_on_parent_node(&self, element: &Handle, _: &Handle, child: NodeOrText<Handle>) {
        let mut around = element.id;
        while let Some(part) = {
            let last = self.nodes.borrow()[around as usize].last;
            last.filter(|&last| self.is_part_of_table(last))
        } {
            around = part;
        }
        self.append(&Handle { id: around, name: Rc::clone(&element.name) }, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let (parent, before) = {
            let nodes = self.nodes.borrow();
            (nodes[sibling.id as usize].parent, nodes[sibling.id as usize].before)
        };
        let Some(parent) = parent else { return };
        match child {
            NodeOrText::AppendNode(node) => self.insert(parent, node.id, Some(sibling.id)),
            NodeOrText::AppendText(words) => {
                if let Some(node) = self.add_text(before, &words) {
                    self.insert(parent, node, Some(sibling.id));
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, added: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        let Content::Element { attributes, .. } = &mut nodes[target.id as usize].content else { return };
        for attribute in added {
            if attributes.iter().all(|(name, _)| *name != attribute.name.local) {
                attributes.push((attribute.name.local, attribute.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        while let Some(child) = { self.nodes.borrow()[node.id as usize].first } {
            self.detach(child);
            self.insert(new_parent.id, child, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows text with the source that it comes from, where the two differ.
    fn texts(source: &str) -> Vec<String> {
        let tree = parse(source).expect("within the limits");
        let mut found = Vec::new();
        tree.visit(DOCUMENT, &mut |content| {
            let Content::Text { text, parts } = content else { return };
            let mut at = 0;
            for part in parts {
                let words = &text[at..at + part.length as usize];
                let from = part.source.of(source);
                found.push(if words == from { words.to_owned() } else { format!("{words}={from}") });
                at += part.length as usize;
            }
        });
        found
    }

    #[test]
    fn text_knows_where_it_stands() {
        for (source, expected) in [
            ("<p>The ferry</p>", vec!["The ferry"]),
            ("<p>Vale &amp; Reed</p>", vec!["Vale ", "&=&amp;", " Reed"]),
            ("<p>&copy 2031", vec!["©=&copy", " 2031"]),
            ("<p>a\r\nb", vec!["a", "\n=\r\n", "b"]),
            ("<p>1 < 2", vec!["1 < 2"]),
            ("<table>lost<tr><td>x</table>", vec!["lost=<tr>", "x"]),
        ] {
            assert_eq!(texts(source), expected, "in {source:?}");
        }
    }

    #[test]
    fn hostile_pages_end_early() {
        let deep = "<div>".repeat(100_000);
        assert!(matches!(parse(&deep), Err(Error::Limit { limit: 256, .. })));
        let marks: String = (0..100_000).map(|at| format!("<font size={at}><p>")).collect();
        assert!(matches!(parse(&marks), Err(Error::Limit { .. })));
        assert!(parse(&"<p>".repeat(10_000)).is_ok());
    }
}
