//! `--report`: what was found, decided and dropped, as JSON after `docs/schema/report.schema.json`.

use std::path::Path;

use serde_json::{Value, json};

use super::outputs::Job;
use crate::convert::Article;
use crate::document::Inline;
use crate::source::{Certainty, Span};

/// The version of the form.
const VERSION: u32 = 1;

/// The report on one article.
pub(super) struct Report(Value);

impl Report {
    pub(super) fn of(name: &str, job: &Job, article: &Article) -> Self {
        let place = |span: Span| {
            let (line, column) = article.source.line_and_column(span.start);
            json!({ "start": span.start, "end": span.end, "line": line, "column": column })
        };
        let text = article.source.text();
        let mut references = vec![0_usize; article.document.notes.len()];
        for note in &article.document.title_references {
            references[note.index()] += 1;
        }
        article.document.each_inline(&mut |inline| {
            if let Inline::Reference(note) = inline {
                references[note.index()] += 1;
            }
        });
        let notes = article.document.notes.iter().zip(&references).map(|(note, references)| {
            json!({
                "label": note.label,
                "printed": note.printed,
                "references": references,
                "certainty": note.certainty,
                "evidence": note.evidence,
                "place": place(note.span),
            })
        });
        let remarks = article.diagnostics.iter().map(|remark| {
            json!({ "code": remark.code, "message": remark.message, "hint": remark.hint, "place": place(remark.span) })
        });
        let lost_urls = article.lost_urls.iter().map(|lost| {
            json!({ "words": lost.words, "host": lost.host, "sentence": sentence(text, lost.span), "place": place(lost.span) })
        });
        let dropped = article.ledger.dropped().map(
            |(span, reason)| json!({ "text": span.of(text), "reason": reason.name(), "place": place(span) }),
        );
        let certainty = match article.source.certainty() {
            Certainty::Known => "known",
            Certainty::Stated => "stated",
            Certainty::Guessed => "guessed",
            Certainty::Damaged => "damaged",
        };
        let output = job.output.as_deref().map(Path::display).map(|path| path.to_string());
        Self(json!({
            "input": name,
            "output": output,
            "encoding": { "name": article.source.encoding(), "certainty": certainty },
            "metadata": article.document.metadata,
            "notes": notes.collect::<Vec<_>>(),
            "remarks": remarks.collect::<Vec<_>>(),
            "lost_urls": lost_urls.collect::<Vec<_>>(),
            "dropped": dropped.collect::<Vec<_>>(),
            "ledger": article.ledger.entries,
        }))
    }
}

/// Returns the words around a spot, on its line.
fn sentence(text: &str, span: Span) -> &str {
    let start = span.start as usize;
    let from =
        text[..start].rfind(['\n', '.', '!', '?', '。']).map_or(0, |at| text.ceil_char_boundary(at + 1));
    let to = text[start..].find(['\n', '.', '!', '?', '。']).map_or(text.len(), |at| start + at);
    text[from..to].trim()
}

/// Writes the reports of all articles.
pub(super) fn write(reports: &[Report]) -> Vec<u8> {
    let articles: Vec<&Value> = reports.iter().map(|report| &report.0).collect();
    let report = json!({ "version": VERSION, "articles": articles });
    let mut bytes = serde_json::to_vec_pretty(&report).expect("JSON values are valid JSON");
    bytes.push(b'\n');
    bytes
}
