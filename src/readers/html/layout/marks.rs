//! Marks of running text: emphasis, links, pictures, formulas.

use super::super::tree::Id;
use super::super::{elements, media, pictures, quotes, styles, urls};
use super::{Layout, OpenRun};
use crate::sheet::{Mark, PICTURE, Run, is_east_asian};
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
        let own = self.page.base.as_deref().and_then(|base| base.split('#').next());
        let url = match url.trim().strip_prefix('#') {
            Some(_) => url.trim().to_owned(),
            None => urls::resolve(self.page.base.as_deref(), url)?,
        };
        let after = own.and_then(|own| url.strip_prefix(own)).unwrap_or(&url);
        let Some(fragment) = after.strip_prefix('#') else {
            return Some(Mark::Link { url, title: String::new() });
        };
        let url = match self.anchors.heading(fragment) {
            Some(heading) if self.stands_in(node, heading) => return None,
            Some(heading) => format!("#{}", self.anchors.name(heading)?),
            // What it leads to has no name in another place: the page's own address does.
            None => format!("{}#{fragment}", own?),
        };
        Some(Mark::Link { url, title: String::new() })
    }

    fn stands_in(&self, node: Id, heading: Id) -> bool {
        std::iter::successors(Some(node), |&node| self.tree.parent(node)).any(|around| around == heading)
    }

    pub(super) fn picture(&mut self, node: Id, source: Span) {
        let Some(address) = pictures::address(self.tree, node) else { return };
        let is_here =
            urls::scheme(address).is_none() && self.beside.is_some_and(|beside| beside.has(address));
        let base = self.page.base.as_deref().filter(|_| !is_here);
        let Some(url) = urls::resolve(base, address) else { return };
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

    /// Shows a link to a film or another page in a paragraph of its own, one to sound where it stands.
    pub(super) fn medium(&mut self, node: Id, name: &str, source: Span) {
        let Some(medium) = media::of(self.tree, node, self.page.base.as_deref()) else {
            // What stands in a plug-in is shown without it.
            if name == "object" && !media::is_hidden(self.tree, node) {
                self.inside(node);
            }
            return;
        };
        let stands_alone = name != "audio";
        if stands_alone {
            self.end_leaf();
        } else if self.row_start.is_some() {
            self.space.get_or_insert((source, false));
        }
        let is_linked = self.open_runs.iter().any(|open| matches!(open.mark, Mark::Link { .. }));
        if !is_linked {
            let mark = Mark::Link { url: medium.address, title: String::new() };
            self.open_runs.push(OpenRun { mark, start: None, begun: self.begun_runs });
            self.begun_runs += 1;
        }
        self.shown_for(&medium.words, source);
        if !is_linked {
            self.close_run();
        }
        if stands_alone {
            self.end_leaf();
        } else {
            self.space.get_or_insert((source, false));
        }
    }

    /// Shows how a word is read, in brackets; the page may hold them itself, for browsers that cannot set it above.
    pub(super) fn reading(&mut self, node: Id, source: Span) {
        let before = self.tree.previous(node).map_or("", |before| self.tree.name(before));
        if before == "rp" || self.tree.text(node).trim().is_empty() {
            return self.inside(node);
        }
        let is_wide = self.shown.ends_with(is_east_asian);
        let (open, close) = if is_wide { ("（", "）") } else { ("(", ")") };
        self.space = None;
        self.word(open, source, false);
        self.inside(node);
        self.space = None;
        self.word(close, source, false);
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
