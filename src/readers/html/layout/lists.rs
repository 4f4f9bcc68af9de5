//! Lists and their items, with the numbers that a browser would print.

use super::super::tree::{Content, Id};
use super::Layout;
use crate::sheet::{Kind, NodeId};
use crate::source::Span;

impl Layout<'_> {
    pub(super) fn list(&mut self, node: Id, start: Option<u64>) {
        self.open(Kind::List { start, tight: true });
        self.numbers.push(start);
        self.inside(node);
        self.numbers.pop();
    }

    /// Returns the number of a list's first item.
    pub(super) fn first_number(&self, list: Id) -> u64 {
        let number = |node, name| self.tree.attribute(node, name).and_then(|value| value.trim().parse().ok());
        let first = self.tree.children(list).find(|&child| self.tree.name(child) == "li");
        first.and_then(|first| number(first, "value")).or_else(|| number(list, "start")).unwrap_or(1)
    }

    pub(super) fn item(&mut self, node: Id, source: Span) {
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
        let (rows, nodes) = (self.rows.len(), self.nodes.len());
        self.open(Kind::Item { done: self.done(node) });
        self.ordinal = number.map(|number| (number, source));
        let sign = self.sign(node);
        for child in self.tree.children(node) {
            if sign != Some(child) {
                self.walk(child);
            } else if !self.repeats_the_item(child, number) {
                // Its margin is in the style sheet.
                self.walk(child);
                self.space.get_or_insert((source, false));
            }
        }
        self.ordinal = None;
        let is_empty = self.rows.len() == rows && self.row_start.is_none();
        if is_empty && !self.nodes[nodes..].iter().any(|node| node.kind == Kind::Break) {
            self.nodes.truncate(nodes);
        }
    }

    /// Tells whether an item of a task list is done: it begins with a box that is ticked, or is not.
    fn done(&self, item: Id) -> Option<bool> {
        let is_text = |node: &Id| matches!(self.tree.content(*node), Content::Text { text, .. } if !text.trim().is_empty());
        let begins = |node: Id| {
            let counts = |child: &Id| !self.tree.name(*child).is_empty() || is_text(child);
            self.tree.children(node).find(counts)
        };
        let first = begins(item)?;
        // Notion draws boxes of its own.
        if self.tree.has_class(first, &["checkbox-on", "checkbox-off"]) {
            return Some(self.tree.has_class(first, &["checkbox-on"]));
        }
        let is_around = matches!(self.tree.name(first), "label" | "p");
        let tick = if is_around { begins(first)? } else { first };
        let states = |name: &str| self.tree.attribute(tick, name).is_some();
        let is_task = states("disabled") || is_around || {
            let class = self.tree.attribute(item, "class").unwrap_or_default();
            class.contains("task-list")
        };
        let is_box = self.tree.name(tick) == "input" && self.tree.attribute(tick, "type") == Some("checkbox");
        (is_box && is_task).then(|| states("checked"))
    }

    /// Finds the element that holds the sign of an item, where the page prints signs itself.
    fn sign(&self, item: Id) -> Option<Id> {
        let first = self.tree.children(item).find(|&node| !self.tree.is_blank(node))?;
        let is_sign = self.tree.name(first) == "span" && self.tree.text(first).trim().chars().count() <= 5;
        // One that leads somewhere may be the way back from a note.
        let leads = self.tree.children(first).any(|child| self.tree.name(child) == "a");
        (is_sign && !leads).then_some(first)
    }

    /// Tells whether the sign of an item is the bullet or the number that it has anyway.
    fn repeats_the_item(&self, sign: Id, number: Option<u64>) -> bool {
        let words = self.tree.text(sign);
        let inner = words.trim().trim_matches(['(', ')', '.', '[', ']']);
        let is_bullet = inner.chars().count() == 1 && inner.chars().all(|c| "•◦▪‣–—·*∙○●■□".contains(c));
        is_bullet || number.is_some_and(|number| inner == number.to_string())
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
}
