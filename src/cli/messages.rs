//! Remarks and errors on standard error, pointing into the source.

use std::collections::BTreeMap;
use std::io::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstream::ColorChoice;

use crate::convert::Article;
use crate::diagnostic::{Code, Diagnostic};

/// So many remarks of one kind are shown whole; the others are counted.
const SHOWN: usize = 3;

/// So much of a line is shown on each side of the spot, in bytes.
const WINDOW: usize = 60;

/// Prints an error and what to do about it.
pub(super) fn error(message: &str, hints: &[&str]) {
    let title = Level::ERROR.primary_title(message);
    let group = hints.iter().fold(Group::with_title(title), |group, hint| group.element(Level::HELP.message(*hint)));
    line(&renderer().render(&[group]));
}

/// Prints a line.
pub(super) fn line(text: &str) {
    // Whoever closed standard error does not want to read it.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Prints the remarks on an article: a few of each kind, with the place. Lost addresses are told in the summary only.
pub(super) fn remarks(name: &str, article: &Article) {
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    for remark in article.diagnostics.iter().filter(|remark| remark.code != Code::LostUrl) {
        let count = counts.entry(remark.code).or_default();
        *count += 1;
        if *count <= SHOWN {
            show(name, article, remark);
        }
    }
    for (code, count) in counts.into_iter().filter(|&(_, count)| count > SHOWN) {
        line(&format!("… and {} more of {}", count - SHOWN, code.name()));
    }
}

fn show(name: &str, article: &Article, remark: &Diagnostic) {
    let text = article.source.text();
    let title = Level::WARNING.primary_title(remark.message.as_str()).id(remark.code.name());
    let mut group = Group::with_title(title);
    let window = window(text, remark);
    if remark.span.end > remark.span.start {
        let (number, column) = article.source.line_and_column(remark.span.start);
        let start = remark.span.start as usize - window.start;
        let end = (remark.span.end as usize).min(window.end) - window.start;
        let snippet = Snippet::source(&text[window.clone()])
            .line_start(number)
            .path(format!("{name}:{number}:{column}"))
            .annotation(AnnotationKind::Primary.span(start..end));
        group = group.element(snippet);
    }
    if let Some(hint) = &remark.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    line(&renderer().render(&[group]));
}

/// Returns the part of the line around the spot that is worth showing.
fn window(text: &str, remark: &Diagnostic) -> std::ops::Range<usize> {
    let (start, end) = (remark.span.start as usize, remark.span.end as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let from = text.floor_char_boundary(start.saturating_sub(WINDOW)).max(line_start);
    let to = text.ceil_char_boundary((end + WINDOW).min(text.len())).min(line_end).max(start);
    from..to
}

fn renderer() -> Renderer {
    match anstream::AutoStream::choice(&std::io::stderr()) {
        ColorChoice::Never => Renderer::plain(),
        _ => Renderer::styled(),
    }
}
