//! Links to a place on the same page: those of Markdown, and those that HTML in it makes.

use std::borrow::Cow;

use crate::detectors::native_notes::links::percent_decoded;
use crate::sheet::{Mark, Run, Sheet};
use crate::source::Span;
use crate::tag::{attribute, is_named_place};

/// A link to a place on the page.
pub(super) struct InPage {
    pub(super) words: Span,
    /// The words with the tags around them.
    pub(super) whole: Span,
    /// What stands behind `#`, decoded.
    pub(super) fragment: String,
}

/// Adds the empty tags right before a link that it was led back to by: `<a id="r1"></a>`.
pub(super) fn with_place(sheet: &Sheet<'_>, link: Span) -> Span {
    let first = sheet.runs.partition_point(|run| run.span.end < link.start);
    let tags = sheet.runs[first.saturating_sub(2)..].iter().take_while(|run| run.span.start < link.start);
    let tags: Vec<Span> = tags.filter(|run| run.mark == Mark::Html).map(|run| run.span).collect();
    match tags[..] {
        [.., open, close]
            if open.end == close.start
                && close.end == link.start
                && is_named_place(open.of(&sheet.text), close.of(&sheet.text)) =>
        {
            Span { start: open.start, ..link }
        }
        _ => link,
    }
}

/// Returns the words of a stretch, without the tags among them.
pub(super) fn without_tags<'s>(sheet: &'s Sheet<'_>, span: Span) -> Cow<'s, str> {
    let first = sheet.runs.partition_point(|run| run.span.start < span.start);
    let runs = sheet.runs[first..].iter().take_while(|run| run.span.start < span.end);
    let mut tags = runs.filter(|run| run.mark == Mark::Html).map(|run| run.span).peekable();
    if tags.peek().is_none() {
        return span.of(&sheet.text).into();
    }
    let mut words = String::new();
    let mut from = span.start;
    for tag in tags {
        words.push_str(Span { start: from, end: tag.start.max(from) }.of(&sheet.text));
        from = tag.end;
    }
    words.push_str(Span { start: from, end: span.end.max(from) }.of(&sheet.text));
    words.into()
}

/// Finds the links within a page, in the order of the text.
pub(super) fn find(sheet: &Sheet<'_>) -> Vec<InPage> {
    let mut found: Vec<InPage> = sheet.runs.iter().filter_map(of_markdown).collect();
    found.extend(of_html(sheet));
    found.sort_by_key(|link| link.words.start);
    found
}

fn of_markdown(run: &Run) -> Option<InPage> {
    let Mark::Link { url, .. } = &run.mark else { return None };
    let (_, fragment) = url.split_once('#')?;
    let fragment = percent_decoded(fragment);
    (!fragment.is_empty()).then_some(InPage { words: run.span, whole: run.span, fragment })
}

/// Finds `<a href="#n1">[1]</a>`, perhaps raised by a tag around it.
fn of_html(sheet: &Sheet<'_>) -> Vec<InPage> {
    let tags: Vec<Span> =
        sheet.runs.iter().filter(|run| run.mark == Mark::Html).map(|run| run.span).collect();
    let text = |span: Span| span.of(&sheet.text);
    let pairs = tags.windows(2).enumerate().filter_map(|(at, pair)| {
        let (open, close) = (pair[0], pair[1]);
        let href = text(open).strip_prefix("<a").and_then(|tag| attribute(tag, "href"))?;
        let fragment = href.strip_prefix('#').filter(|fragment| !fragment.is_empty())?;
        let words = Span { start: open.end, end: close.start };
        if text(close) != "</a>" || words.is_empty() || text(words).contains('\n') {
            return None;
        }
        let before = at.checked_sub(1).map(|at| tags[at]).filter(|tag| tag.end == open.start);
        let after = tags.get(at + 2).filter(|tag| tag.start == close.end);
        let raised = before
            .zip(after)
            .filter(|&(before, &after)| text(before).starts_with("<sup") && text(after) == "</sup>");
        let (start, end) =
            raised.map_or((open.start, close.end), |(before, after)| (before.start, after.end));
        Some(InPage { words, whole: Span { start, end }, fragment: percent_decoded(fragment) })
    });
    pairs.collect()
}
