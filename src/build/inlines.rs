//! Rows → running text: claims take words out or mend them, runs mark them.

use super::order::Order;
use crate::document::{Inline, NoteId};
use crate::findings::Claim;
use crate::insets::Owners;
use crate::ledger::Fate;
use crate::sheet::{Mark, RowId, Run, Sheet};
use crate::source::Span;

/// Everything that running text is made from.
pub(super) struct Words<'w> {
    pub(super) sheet: &'w Sheet<'w>,
    /// In the order of the text, without overlaps.
    pub(super) claims: &'w [Claim],
    /// In the order of the text, outer ones before inner ones.
    pub(super) runs: &'w [Run],
    pub(super) owners: &'w Owners,
    pub(super) order: &'w Order,
}

/// Marked text that is not finished.
struct Open<'w> {
    run: Option<&'w Run>,
    content: Vec<Inline>,
}

/// Running text in the making.
struct Line<'w> {
    runs: &'w [Run],
    owners: &'w Owners,
    /// The inset that it is made from, if any.
    owner: Option<NoteId>,
    open: Vec<Open<'w>>,
}

/// A row, or the part of it that one place owns.
type Part = (RowId, Span);

/// What the claims leave of some rows.
enum Left<'w> {
    Words(Span),
    Replacement(u32, &'w str),
    Reference(u32, NoteId),
    PartEnd(u32),
}

impl Words<'_> {
    /// Returns the running text of rows that make up one paragraph, without the insets in them.
    pub(super) fn inlines(&self, rows: &[RowId]) -> Vec<Inline> {
        let Some(&first) = rows.first() else { return Vec::new() };
        self.line(self.sheet.rows[first as usize].span.start, None, self.parts_of(rows))
    }

    /// Returns the running text of the inset that these stretches make up.
    pub(super) fn inset(&self, start: u32, stretches: &[Span]) -> Vec<Inline> {
        let rows = &self.sheet.rows;
        let parts = stretches.iter().flat_map(|stretch| {
            let first = rows.partition_point(|row| row.span.end <= stretch.start);
            let within = rows[first..].iter().take_while(|row| row.span.start < stretch.end);
            (first as RowId..).zip(within).map(|(at, row)| {
                let (start, end) = (row.span.start.max(stretch.start), row.span.end.min(stretch.end));
                (at, Span { start, end })
            })
        });
        self.line(start, self.owners.at(start), parts)
    }

    /// Returns the text of rows that are shown as typed.
    pub(super) fn verbatim(&self, rows: &[RowId]) -> String {
        let mut text = String::new();
        self.each_left(None, self.parts_of(rows), |left| match left {
            Left::Words(span) => text.push_str(span.of(&self.sheet.text)),
            Left::Replacement(_, replacement) => text.push_str(replacement),
            Left::Reference(..) | Left::PartEnd(_) => {}
        });
        text
    }

    fn parts_of(&self, rows: &[RowId]) -> impl Iterator<Item = Part> {
        let parts =
            |&row: &RowId| self.owners.parts(self.sheet.rows[row as usize].span).map(move |part| (row, part));
        rows.iter().flat_map(parts).filter_map(|(row, (span, owner))| owner.is_none().then_some((row, span)))
    }

    fn line(&self, start: u32, owner: Option<NoteId>, parts: impl Iterator<Item = Part>) -> Vec<Inline> {
        let runs = &self.runs[self.runs.partition_point(|run| run.span.start < start)..];
        let open = vec![Open { run: None, content: Vec::new() }];
        let mut line = Line { runs, owners: self.owners, owner, open };
        self.each_left(owner, parts, |left| match left {
            Left::Words(span) => line.push_words(self.sheet, span),
            Left::Replacement(at, text) => {
                line.advance(at);
                line.push_text(text);
            }
            Left::Reference(at, note) => {
                line.advance(at);
                line.push(Inline::Reference(note));
            }
            Left::PartEnd(at) => line.advance(at),
        });
        line.finish()
    }

    /// Visits what the claims leave of rows, and what they put before and between them.
    fn each_left(
        &self,
        owner: Option<NoteId>,
        parts: impl Iterator<Item = Part>,
        mut visit: impl FnMut(Left<'_>),
    ) {
        for (row, span) in parts {
            // What stands between this row and the one above it in print belongs to this one.
            let margin = if self.sheet.rows[row as usize].span.start == span.start {
                row.checked_sub(1).map_or(0, |above| self.sheet.rows[above as usize].span.end)
            } else {
                span.start
            };
            let is_here =
                |claim: &Claim| claim.span.start >= margin && self.owners.at(claim.span.start) == owner;
            let mut claim = self.claims.partition_point(|claim| claim.span.end <= span.start);
            if let Some(before) = claim.checked_sub(1).map(|at| &self.claims[at]) {
                let is_join = before.span.end == span.start && is_here(before);
                if let (true, Fate::Mend(replacement)) = (is_join, &before.fate) {
                    visit(Left::Replacement(before.span.start, replacement));
                }
            }
            let mut at = span.start;
            while let Some(found) = self.claims.get(claim).filter(|found| found.span.start < span.end) {
                if found.span.start > at {
                    visit(Left::Words(Span { start: at, end: found.span.start }));
                }
                match &found.fate {
                    Fate::Marker(id) if is_here(found) => {
                        visit(Left::Reference(found.span.start, self.order.new_id(*id)));
                    }
                    Fate::Mend(replacement) if is_here(found) => {
                        visit(Left::Replacement(found.span.start, replacement));
                    }
                    _ => {}
                }
                at = found.span.end.max(at);
                claim += 1;
            }
            if at < span.end {
                visit(Left::Words(Span { start: at, end: span.end }));
            }
            visit(Left::PartEnd(span.end));
        }
    }
}

impl Line<'_> {
    /// Closes the runs that end before or at an offset, and opens those that begin there.
    fn advance(&mut self, offset: u32) {
        loop {
            while self.open.last().and_then(|open| open.run).is_some_and(|run| run.span.end <= offset) {
                self.close();
            }
            let Some(run) = self.runs.first().filter(|run| run.span.start <= offset) else { return };
            self.runs = &self.runs[1..];
            if self.owners.at(run.span.start) != self.owner {
                continue;
            }
            if run.mark == Mark::LineBreak {
                self.push(Inline::LineBreak);
            } else if let Mark::Page(label) = &run.mark {
                self.push(Inline::Page(label.clone()));
            } else if run.span.end > offset {
                self.open.push(Open { run: Some(run), content: Vec::new() });
            } else if matches!(run.mark, Mark::Image { .. }) {
                let (picture, _) = marked(&run.mark, Vec::new());
                self.content().extend(picture);
            }
        }
    }

    /// Adds a stretch of the sheet's text, cut where runs begin and end.
    fn push_words(&mut self, sheet: &Sheet<'_>, span: Span) {
        let mut at = span.start;
        while at < span.end {
            self.advance(at);
            let opens = self.runs.first().map_or(span.end, |run| run.span.start);
            let closes = self.open.last().and_then(|open| open.run).map_or(span.end, |run| run.span.end);
            let end = span.end.min(opens).min(closes).max(at + 1);
            self.push_text(Span { start: at, end }.of(&sheet.text));
            at = end;
        }
    }

    fn push_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let content = self.content();
        if let Some(Inline::Text(last)) = content.last_mut() {
            last.push_str(text);
        } else {
            content.push(Inline::Text(text.to_owned()));
        }
    }

    fn push(&mut self, inline: Inline) {
        self.content().push(inline);
    }

    fn content(&mut self) -> &mut Vec<Inline> {
        let top = self.open.len() - 1;
        &mut self.open[top].content
    }

    fn close(&mut self) {
        let Some(Open { run: Some(run), content }) = self.open.pop() else { return };
        let (inline, after) = marked(&run.mark, content);
        self.content().extend(inline);
        self.content().extend(after);
    }

    fn finish(mut self) -> Vec<Inline> {
        while self.open.len() > 1 {
            self.close();
        }
        let mut content = self.open.pop().map(|open| open.content).unwrap_or_default();
        content.shrink_to_fit();
        content
    }
}

/// Marks content; a link gives back the references it may not hold.
fn marked(mark: &Mark, content: Vec<Inline>) -> (Option<Inline>, Vec<Inline>) {
    let inline = match mark {
        Mark::Emphasis => Inline::Emphasis(content),
        Mark::Strong => Inline::Strong(content),
        Mark::Strikethrough => Inline::Strikethrough(content),
        Mark::Superscript => Inline::Superscript(content),
        Mark::Subscript => Inline::Subscript(content),
        Mark::Code => Inline::Code(text_of(&content)),
        Mark::Html => Inline::Html(text_of(&content)),
        Mark::Math { display } => Inline::Math { tex: text_of(&content), display: *display },
        Mark::Wikilink(page) => Inline::Wikilink { page: page.clone(), content },
        Mark::Image { url, title } => {
            let alt = text_of(&content);
            let image = Inline::Image { url: url.clone(), title: title.clone(), alt };
            return (Some(image), without_references(content).1);
        }
        Mark::Link { url, title } => {
            let (content, references) = without_references(content);
            return (Some(Inline::Link { url: url.clone(), title: title.clone(), content }), references);
        }
        Mark::Reference(_) | Mark::Sign(_) | Mark::Inset(_) | Mark::Note | Mark::Ordinal | Mark::Page(_) => {
            return (None, content);
        }
        Mark::LineBreak => return (Some(Inline::LineBreak), content),
    };
    (Some(inline), Vec::new())
}

/// Takes the references out of content, however deep they are.
fn without_references(content: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
    let (mut references, mut words): (Vec<Inline>, Vec<Inline>) =
        content.into_iter().partition(|inline| matches!(inline, Inline::Reference(_)));
    for inline in &mut words {
        if let Some(inner) = inline.content_mut() {
            let found;
            (*inner, found) = without_references(std::mem::take(inner));
            references.extend(found);
        }
    }
    (words, references)
}

fn text_of(content: &[Inline]) -> String {
    let mut text = String::new();
    for inline in content {
        match inline {
            Inline::Text(words)
            | Inline::Code(words)
            | Inline::Html(words)
            | Inline::Math { tex: words, .. }
            | Inline::Image { alt: words, .. } => text.push_str(words),
            _ => text.push_str(&text_of(inline.content())),
        }
    }
    text
}
