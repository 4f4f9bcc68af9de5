//! The tree in the making: what html5ever reports, put in its place, each text with where it stands in the source.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, QualName};

use super::tree::{Content, DEEPEST, DOCUMENT, Id, MOST_ELEMENTS, Part, Tree};
use crate::error::Error;
use crate::page::Name;
use crate::source::Span;

/// A character reference stands for no more bytes.
const LONGEST_CHARACTER: usize = 8;

/// An element as html5ever holds it.
#[derive(Clone)]
pub(super) struct Handle {
    id: Id,
    name: Rc<QualName>,
}

/// The tree in the making.
pub(super) struct Sink<'t> {
    text: &'t str,
    tree: RefCell<Tree>,
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
    pub(super) fn new(text: &'t str) -> Self {
        let name = Rc::new(QualName::new(None, html5ever::ns!(), Name::from("")));
        Self {
            text,
            tree: RefCell::new(Tree::new()),
            cut: RefCell::new(0..0),
            tag: Cell::default(),
            held: Cell::new(None),
            is_too_deep: Cell::new(false),
            document: Handle { id: DOCUMENT, name },
        }
    }

    /// Says which stretch of the source is fed next.
    pub(super) fn enter(&self, cut: Range<usize>) {
        self.tag.set(Span::new(cut.start, cut.end));
        let before = self.cut.replace(cut);
        if self.text[before.clone()].starts_with('&') {
            self.held.set(Some(Span::new(before.start, before.end)));
        }
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if self.is_too_deep.get() {
            return Err(Error::Limit { what: "levels of elements", limit: usize::from(DEEPEST) });
        }
        if self.tree.borrow().nodes.len() > MOST_ELEMENTS {
            return Err(Error::Limit { what: "elements", limit: MOST_ELEMENTS });
        }
        Ok(())
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
        let mut tree = self.tree.borrow_mut();
        if let Some(Content::Text { text, parts }) = last.map(|last| &mut tree.nodes[last as usize].content) {
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
        Some(tree.add(Content::Text { text: words.to_owned(), parts: vec![part] }))
    }

    fn insert(&self, parent: Id, node: Id, after: Option<Id>) {
        let mut tree = self.tree.borrow_mut();
        tree.insert(parent, node, after);
        if tree.nodes[node as usize].depth > DEEPEST {
            self.is_too_deep.set(true);
        }
    }

    fn is_part_of_table(&self, node: Id) -> bool {
        let nodes = &self.tree.borrow().nodes;
        let Content::Element { name, .. } = &nodes[node as usize].content else { return false };
        matches!(&**name, "thead" | "tbody" | "tfoot" | "tr")
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
        self.tree.into_inner()
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
        let id =
            self.tree.borrow_mut().add(Content::Element { name: name.local.clone(), attributes, source });
        Handle { id, name: Rc::new(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { id: self.tree.borrow_mut().add(Content::Other), name: Rc::clone(&self.document.name) }
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.create_comment(StrTendril::new())
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(node) => self.insert(parent.id, node.id, None),
            NodeOrText::AppendText(words) => {
                let last = self.tree.borrow().nodes[parent.id as usize].last;
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
            let last = self.tree.borrow().nodes[around as usize].last;
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
            let nodes = &self.tree.borrow().nodes;
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
        let nodes = &mut self.tree.borrow_mut().nodes;
        let Content::Element { attributes, .. } = &mut nodes[target.id as usize].content else { return };
        for attribute in added {
            if attributes.iter().all(|(name, _)| *name != attribute.name.local) {
                attributes.push((attribute.name.local, attribute.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        while let Some(child) = { self.tree.borrow().nodes[node.id as usize].first } {
            self.tree.borrow_mut().detach(child);
            self.insert(new_parent.id, child, None);
        }
    }
}
