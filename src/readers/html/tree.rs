//! What html5ever makes of a page: elements and text, with where each stands in the source.
//!
//! The limits are watched while the tree grows, so a hostile page ends before it costs anything.

use html5ever::ParseOpts;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;

use super::cuts::Cuts;
use super::sink::Sink;
use crate::error::Error;
use crate::page::Name;
use crate::source::Span;

/// Elements nest no deeper.
pub(super) const DEEPEST: u16 = 256;

/// A page has no more elements.
pub(super) const MOST_ELEMENTS: usize = 1_000_000;

/// The index of a node in [`Tree::nodes`].
pub(super) type Id = u32;

/// The document node.
pub(super) const DOCUMENT: Id = 0;

/// A page as html5ever understands it.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<TreeNode>,
}

/// A node with its place in the tree.
#[derive(Debug)]
pub(super) struct TreeNode {
    pub(super) content: Content,
    pub(super) depth: u16,
    pub(super) parent: Option<Id>,
    pub(super) first: Option<Id>,
    pub(super) last: Option<Id>,
    pub(super) before: Option<Id>,
    pub(super) after: Option<Id>,
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
    /// Holds nothing but the document.
    pub(super) fn new() -> Self {
        let mut tree = Self { nodes: Vec::new() };
        tree.add(Content::Other);
        tree
    }

    /// Adds a node that stands nowhere yet.
    pub(super) fn add(&mut self, content: Content) -> Id {
        self.nodes.push(TreeNode {
            content,
            depth: 0,
            parent: None,
            first: None,
            last: None,
            before: None,
            after: None,
        });
        self.nodes.len() as Id - 1
    }

    /// Puts a node below another, before one of its children or at the end.
    pub(super) fn insert(&mut self, parent: Id, node: Id, after: Option<Id>) {
        let nodes = &mut self.nodes;
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
    }

    /// Takes a node, with what is below it, from where it stands.
    pub(super) fn detach(&mut self, node: Id) {
        let nodes = &mut self.nodes;
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

    /// Returns the node that follows one in the same element.
    pub(super) fn next(&self, node: Id) -> Option<Id> {
        self.nodes[node as usize].after
    }

    /// Returns the node that stands before one in the same element.
    pub(super) fn previous(&self, node: Id) -> Option<Id> {
        self.nodes[node as usize].before
    }

    /// Gives an element another name.
    pub(super) fn rename(&mut self, node: Id, to: &str) {
        if let Content::Element { name, .. } = &mut self.nodes[node as usize].content {
            *name = Name::from(to);
        }
    }

    /// Adds an attribute to an element.
    pub(super) fn add_attribute(&mut self, node: Id, name: &str, value: &str) {
        if let Content::Element { attributes, .. } = &mut self.nodes[node as usize].content {
            attributes.push((Name::from(name), value.to_owned()));
        }
    }

    /// Returns all nodes, in the order in which they were made.
    pub(super) fn ids(&self) -> std::ops::Range<Id> {
        0..self.nodes.len() as Id
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

    /// Tells whether an element has one of these classes.
    pub(super) fn has_class(&self, node: Id, classes: &[&str]) -> bool {
        self.has_word(node, "class", classes)
    }

    /// Tells whether an attribute that holds words, such as `class` or `role`, has one of these.
    pub(super) fn has_word(&self, node: Id, attribute: &str, words: &[&str]) -> bool {
        let value = self.attribute(node, attribute).unwrap_or_default();
        value.split_ascii_whitespace().any(|word| words.contains(&word))
    }

    /// Returns the last node before one that shows something.
    pub(super) fn shown_before(&self, node: Id) -> Option<Id> {
        let mut before = std::iter::successors(self.previous(node), |&node| self.previous(node));
        before.find(|&node| !self.is_blank(node))
    }

    /// Tells whether a node is no element and shows nothing: white space, or a comment.
    pub(super) fn is_blank(&self, node: Id) -> bool {
        match self.content(node) {
            Content::Text { text, .. } => text.trim().is_empty(),
            Content::Element { .. } => false,
            Content::Other => true,
        }
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
