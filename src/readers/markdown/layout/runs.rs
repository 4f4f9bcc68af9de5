//! Marks of running text: emphasis, links, pictures, and the few tags that stand for a sign Markdown lacks.

use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};

use super::Layout;
use crate::sheet::{Mark, PICTURE, Run};
use crate::source::Span;

/// Marks nest no deeper; the words of deeper ones are shown without them.
const DEEPEST: usize = 100;

impl Layout<'_> {
    pub(super) fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
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

    /// A picture without words still needs a place in the text.
    pub(super) fn end_picture(&mut self, range: Range<usize>) {
        let is_empty = self.runs_too_deep == 0
            && self
                .open_runs
                .last()
                .is_some_and(|&run| self.runs[run].span.start as usize == self.shown.len());
        if is_empty {
            self.push_plain(PICTURE, range);
        }
        self.close_run();
    }

    pub(super) fn open_run(&mut self, mark: Mark) {
        self.begin_text();
        let at = self.shown.len();
        if self.open_runs.len() >= DEEPEST {
            self.runs_too_deep += 1;
            return;
        }
        self.open_runs.push(self.runs.len());
        self.runs.push(Run { span: Span::new(at, at), mark });
    }

    pub(super) fn close_run(&mut self) {
        if self.runs_too_deep > 0 {
            self.runs_too_deep -= 1;
        } else if let Some(run) = self.open_runs.pop() {
            self.runs[run].span.end = self.shown.len() as u32;
        }
    }

    pub(super) fn is_open(&self, mark: &Mark) -> bool {
        self.runs_too_deep == 0 && self.open_runs.last().is_some_and(|&run| self.runs[run].mark == *mark)
    }

    /// Tells whether what looks like a formula is two prices, as in `$5-$10`, or part of a word (GitHub's rule).
    pub(super) fn is_price(&self, range: &Range<usize>) -> bool {
        self.source[..range.start].ends_with(char::is_alphanumeric)
            || self.source[range.end..].starts_with(char::is_alphanumeric)
    }

    /// `<sup>`, `<sub>` and `<br>` are what our own Markdown writes where Markdown has no sign.
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let tag = html.to_ascii_lowercase();
        let mark = match tag.as_str() {
            // The id of a reference is where its note led back.
            _ if tag.starts_with("<sup id=") && self.holds_link(range.end) => Some(Mark::Superscript),
            "<sup>" => Some(Mark::Superscript),
            "<sub>" => Some(Mark::Subscript),
            "</sup>" if self.is_open(&Mark::Superscript) => return self.close_run(),
            "</sub>" if self.is_open(&Mark::Subscript) => return self.close_run(),
            "<br>" | "<br/>" | "<br />" if self.row_start.is_some() => return self.line_break(range),
            _ => None,
        };
        match mark {
            Some(mark) if self.is_closed_later(&mark, range.end) || self.holds_link(range.end) => {
                self.open_run(mark);
            }
            _ => self.push_marked(Mark::Html, html, range),
        }
    }

    /// Tells whether the tag that closes a mark follows on the same line, before another tag.
    pub(super) fn is_closed_later(&self, mark: &Mark, from: usize) -> bool {
        let close = if *mark == Mark::Superscript { "</sup>" } else { "</sub>" };
        let rest = &self.source[from..];
        rest.find('<').is_some_and(|at| {
            rest[at..].starts_with(close) && !rest[..at].contains(['\n', '*', '_', '[', '`', '~'])
        })
    }

    /// Tells whether nothing but a link stands before the end of a raised sign: `<sup>[1](#fn1)</sup>`.
    fn holds_link(&self, from: usize) -> bool {
        const LONGEST: usize = 200;
        let end = self.source.floor_char_boundary(from + LONGEST);
        let inner = self.source[from..end].split_once("</sup>").map(|(inner, _)| inner);
        let parts = inner.and_then(|inner| inner.strip_prefix('[')?.strip_suffix(')')?.split_once("]("));
        parts.is_some_and(|(words, url)| {
            !words.is_empty()
                && words.chars().all(|c| c.is_alphanumeric() || "\\[]()^*†‡§".contains(c))
                && !url.contains(['(', ')', '<', ' ', '\n'])
        })
    }

    pub(super) fn push_marked(&mut self, mark: Mark, text: &str, range: Range<usize>) {
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
}

/// Tells whether a page of a collection can be meant: `[[1]]` and `[[ii]]` are brackets around a number, and an address
/// is none of its pages.
fn is_page(name: &str) -> bool {
    !name.contains(['[', ']'])
        && !name.contains("://")
        && name.chars().filter(|c| c.is_alphabetic()).count() > 2
}
