//! Remarks and errors on standard error, pointing into the source.

use std::collections::BTreeMap;
use std::io::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anstream::ColorChoice;

use crate::convert::Article;
use crate::diagnostic::{Code, Diagnostic};

/// So many remarks of one kind are shown whole; the others are counted.
const SHOWN: usize = 3;

/// Prints an error and what to do about it.
pub(super) fn error(message: &str, hints: &[&str]) {
    let title = Level::ERROR.primary_title(message);
    let group =
        hints.iter().fold(Group::with_title(title), |group, hint| group.element(Level::HELP.message(*hint)));
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
    if !remark.span.is_empty() {
        let line = line_around(text, remark.span.start as usize);
        let (number, _) = article.source.line_and_column(remark.span.start);
        let start = remark.span.start as usize - line.start;
        let end = (remark.span.end as usize).min(line.end).max(line.start + start) - line.start;
        let snippet = Snippet::source(&text[line])
            .line_start(number)
            .path(name)
            .annotation(AnnotationKind::Primary.span(start..end));
        group = group.element(snippet);
    }
    if let Some(hint) = &remark.hint {
        group = group.element(Level::HELP.message(hint.as_str()));
    }
    line(&renderer().render(&[group]));
}

/// Returns the line that holds a byte of the text.
fn line_around(text: &str, at: usize) -> std::ops::Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
    start..end
}

fn renderer() -> Renderer {
    match anstream::AutoStream::choice(&std::io::stderr()) {
        ColorChoice::Never => Renderer::plain(),
        _ => Renderer::styled(),
    }
}
