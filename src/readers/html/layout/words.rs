//! Running text and text as typed, each stretch with where it stands in the source.

use super::super::tree::Part;
use super::Layout;
use crate::sheet::Piece;
use crate::source::Span;

impl Layout<'_> {
    /// Shows running text: any white space is one space.
    pub(super) fn words(&mut self, text: &str, parts: &[Part]) {
        let mut at = 0;
        for part in parts {
            let words = &text[at..at + part.length as usize];
            at += part.length as usize;
            let source = |from: usize, to: usize| {
                if part.is_same {
                    Span { start: part.source.start + from as u32, end: part.source.start + to as u32 }
                } else {
                    part.source
                }
            };
            let mut from = 0;
            while from < words.len() {
                let is_space = |c: char| c.is_ascii_whitespace();
                let space = words[from..].find(|c| !is_space(c)).map_or(words.len(), |found| from + found);
                if space > from {
                    let found = source(from, space);
                    let is_one = part.is_same && &words[from..space] == " ";
                    self.space = Some(match self.space {
                        Some((before, _)) => (Span { start: before.start, end: found.end }, false),
                        None => (found, is_one),
                    });
                }
                let end = words[space..].find(is_space).map_or(words.len(), |found| space + found);
                if end > space {
                    self.word(&words[space..end], source(space, end), part.is_same);
                }
                from = end;
            }
        }
    }

    /// Shows text that the source does not hold as such.
    pub(super) fn shown_for(&mut self, text: &str, source: Span) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.word(&text, source, false);
        }
    }

    pub(super) fn word(&mut self, word: &str, source: Span, is_same: bool) {
        self.begin_text();
        self.begin_runs();
        self.add(word, source, is_same);
    }

    /// Shows lines as typed; blank ones only part the others.
    pub(super) fn typed(&mut self, text: &str, parts: &[Part]) {
        let mut at = 0;
        for part in parts {
            let words = &text[at..at + part.length as usize];
            at += part.length as usize;
            let mut from = part.source.start;
            for line in words.split_inclusive('\n') {
                let bare = line.strip_suffix('\n').unwrap_or(line);
                let step = |length: usize| if part.is_same { length as u32 } else { 0 };
                let place = |start: u32, length: usize| {
                    if part.is_same { Span { start, end: start + length as u32 } } else { part.source }
                };
                if !bare.is_empty() {
                    self.begin_text();
                    self.add(bare, place(from, bare.len()), part.is_same);
                }
                if bare.len() < line.len() {
                    self.end_typed_line(place(from + step(bare.len()), 1), part.is_same);
                }
                from += step(line.len());
            }
        }
    }

    pub(super) fn add(&mut self, text: &str, source: Span, is_same: bool) {
        let start = self.shown.len();
        self.shown.push_str(text);
        let shown = Span::new(start, self.shown.len());
        match self.pieces.last_mut() {
            Some(last)
                if last.is_same
                    && is_same
                    && last.shown.end == shown.start
                    && last.source.end == source.start =>
            {
                last.shown.end = shown.end;
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece { shown, source, is_same }),
        }
    }
}
