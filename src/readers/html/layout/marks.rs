//! Marks of running text: emphasis, links, pictures, formulas.

use super::super::tree::Id;
use super::super::{elements, pictures, quotes, styles, urls};
use super::{Layout, OpenRun};
use crate::sheet::{Mark, PICTURE, Run};
use crate::source::Span;

impl Layout<'_> {
    /// Puts the marks of an element on the words that follow, unless they have them already.
    pub(super) fn mark(&mut self, node: Id, name: &str) {
        // Sites that put classes on `cite` do not set it in italics.
        let is_plain = name == "cite" && self.tree.attribute(node, "class").is_some();
        let styled =
            styles::marks(self.tree, &self.classes, node, elements::mark(name).filter(|_| !is_plain));
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

    pub(super) fn link(&self, node: Id) -> Option<Mark> {
        let url = self.tree.attribute(node, "href").filter(|href| !href.trim().is_empty())?;
        let url = if url.trim().starts_with('#') {
            // What it leads to has no name in another place: the page's own address does.
            format!("{}{}", self.page.base.as_deref()?.split('#').next()?, url.trim())
        } else {
            urls::resolve(self.page.base.as_deref(), url)?
        };
        Some(Mark::Link { url, title: String::new() })
    }

    pub(super) fn picture(&mut self, node: Id, source: Span) {
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

    /// Shows the quotation marks that a browser prints around `q`.
    pub(super) fn quotation(&mut self, node: Id, source: Span) {
        let (open, close) = quotes::of(self.tree, node);
        self.word(open, source, false);
        self.inside(node);
        self.space = None;
        self.word(close, source, false);
    }

    pub(super) fn formula(&mut self, tex: &str, display: bool, source: Span) {
        self.open_runs.push(OpenRun { mark: Mark::Math { display }, start: None, begun: self.begun_runs });
        self.begun_runs += 1;
        self.shown_for(tex, source);
        self.close_run();
    }

    pub(super) fn begin_runs(&mut self) {
        let start = self.shown.len();
        for open in self.open_runs.iter_mut().rev().take_while(|open| open.start.is_none()) {
            open.start = Some(start);
        }
    }

    pub(super) fn close_run(&mut self) {
        if let Some(OpenRun { mark, start: Some(start), begun }) = self.open_runs.pop()
            && start < self.shown.len()
        {
            self.runs.push((Run { span: Span::new(start, self.shown.len()), mark }, begun));
        }
    }
}
