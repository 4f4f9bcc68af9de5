//! Links to a place on the same page: those of Markdown, and those that HTML in it makes.

use crate::detectors::native_notes::links::percent_decoded;
use crate::sheet::{Mark, Run, Sheet};
use crate::source::Span;
use crate::tag::attribute;

/// A link to a place on the page.
pub(super) struct InPage {
    pub(super) words: Span,
    /// The words with the tags around them.
    pub(super) whole: Span,
    /// What stands behind `#`, decoded.
    pub(super) fragment: String,
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
