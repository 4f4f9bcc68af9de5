//! Words, each stretch with where it stands in the source, and the notes in brackets among them.

use std::ops::Range;

use super::super::raised;
use super::{Bracket, Layout};
use crate::sheet::{Kind, Mark, Piece, Run};
use crate::source::Span;

impl Layout<'_> {
    /// Adds text, in which signs may be raised or lowered, and notes may stand.
    pub(super) fn push(&mut self, text: &str, range: Range<usize>) {
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

    pub(super) fn push_plain(&mut self, text: &str, range: Range<usize>) {
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
    pub(super) fn push_bracket(&mut self, bracket: &str, range: Range<usize>) {
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
            // `^[1]^` is a raised sign.
            let is_closed = source[at + 1..].starts_with('^') && !words.contains(char::is_whitespace);
            if says_something && !is_closed && (open.is_raised || (open.begins_with_caret && is_sentence)) {
                self.runs.push(Run { span: Span::new(open.start, end), mark: Mark::Note });
            }
        }
    }

    pub(super) fn push_braces(&mut self, braces: Range<usize>) {
        let source = self.source;
        if self.pieces.last().is_some_and(|piece| piece.source.end as usize > braces.start) {
            return;
        }
        if self.row_start.is_some() {
            self.push_plain(" ", braces.start - 1..braces.start);
        }
        self.push_plain(&source[braces.clone()], braces);
    }

    pub(super) fn add(&mut self, text: &str, range: Range<usize>) {
        let start = self.shown.len();
        self.shown.push_str(text);
        let shown = Span::new(start, self.shown.len());
        if !shown.is_empty() {
            let is_same = self.source[range.clone()] == *text;
            self.pieces.push(Piece { shown, source: Span::new(range.start, range.end), is_same });
        }
    }

    /// Adds lines that are shown as typed; blank ones only part the others.
    pub(super) fn push_code(&mut self, text: &str, range: Range<usize>) {
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
}
