//! The whole flow in one function: bytes → source → sheet → findings → document and ledger → output.

#[cfg(feature = "epub")]
use serde_json::Value;

use crate::build::build;
use crate::detectors;
use crate::diagnostic::{Code, Diagnostic, LostUrl};
use crate::document::Document;
#[cfg(feature = "epub")]
use crate::document::Metadata;
use crate::error::Error;
use crate::ledger::Ledger;
use crate::options::{Options, To};
use crate::readers;
use crate::source::{Certainty, Source, Span};
#[cfg(feature = "epub")]
use crate::volume::{Part, Volume};
use crate::writers;
#[cfg(all(feature = "cli", feature = "epub"))]
pub(crate) use crate::writers::epub::{is_picture, remarks as remarks_on_pictures};
#[cfg(feature = "cli")]
pub(crate) use crate::writers::markup::decoded;

/// A finished conversion.
#[derive(Clone, Debug)]
pub struct Converted {
    /// The file's content: UTF-8, or a ZIP container for EPUB.
    pub output: Vec<u8>,
    /// What it was made from.
    pub article: Article,
}

/// An article that was read: the document, and the proof of how it came about.
#[derive(Clone, Debug)]
pub struct Article {
    /// The decoded text.
    pub source: Source,
    /// What writers receive.
    pub document: Document,
    /// Where every character of the decoded text went.
    pub ledger: Ledger,
    /// What is worth telling the user, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Links whose address the text lost and no option put back, in the order of the text.
    pub lost_urls: Vec<LostUrl>,
}

/// Converts the bytes of an article into the bytes of a file.
///
/// # Errors
///
/// Those of [`read`] and [`write()`].
pub fn convert(bytes: &[u8], to: To, options: &Options) -> Result<Converted, Error> {
    finish(read(bytes, options)?, to, options)
}

/// Writes an article that was read, and adds what is worth telling about the output.
///
/// # Errors
///
/// Those of [`write()`].
pub fn finish(mut article: Article, to: To, options: &Options) -> Result<Converted, Error> {
    let output = write(&article.document, to, options)?;
    article.diagnostics.extend(remarks_on_output(&article.document, to, options));
    Ok(Converted { output, article })
}

/// Makes the metadata of a volume from named values: what a list says, and what the user sets, which overrules it.
#[cfg(feature = "epub")]
pub fn metadata(listed: &[(String, Value)], set: &[(String, Value)]) -> Metadata {
    detectors::metadata::named(listed, set)
}

/// Writes several articles as one EPUB.
///
/// # Errors
///
/// If a template fails, or the EPUB container cannot be packed.
#[cfg(feature = "epub")]
pub fn bind(volume: &Volume<'_>, options: &Options) -> Result<Vec<u8>, Error> {
    writers::epub::write_volume(volume, options)
}

/// Splits an article at its highest headings into several, to be written in one format; links between them lead from
/// file to file.
#[cfg(feature = "epub")]
pub fn split(document: &Document, to: To) -> Vec<Part> {
    writers::parts::split(document, to)
}

/// Writes what a text says of itself as YAML, between lines of hyphens.
#[cfg(all(feature = "cli", feature = "epub"))]
pub(crate) fn front_matter(metadata: &Metadata) -> String {
    writers::markdown::front_matter(metadata)
}

/// Reads an article: decodes it, finds its notes, structure and metadata, and builds the document.
///
/// # Errors
///
/// If the bytes are no text in the stated or detected encoding, or the front matter of a Markdown text is broken.
pub fn read(bytes: &[u8], options: &Options) -> Result<Article, Error> {
    let source = Source::decode(bytes, options.encoding.as_deref())?;
    let sheet = readers::read(&source, options)?;
    let mut findings = detectors::find(&sheet, options);
    let mut lost_urls = std::mem::take(&mut findings.lost_urls);
    for lost in &mut lost_urls {
        lost.span = sheet.source_span(lost.span);
    }
    lost_urls.sort_by_key(|lost| lost.span);
    let (mut document, ledger, mut diagnostics) = build(&sheet, findings, options);
    if let Some(page) = sheet.page() {
        writers::anchors::rename(&mut document, page.base.as_deref().and_then(|base| base.split('#').next()));
    }
    diagnostics.extend(remarks_on(&source));
    diagnostics.sort_by_key(|remark| (remark.span, remark.code));
    Ok(Article { source, document, ledger, diagnostics, lost_urls })
}

/// Writes a document as the content of a file.
///
/// # Errors
///
/// If a template fails, or the EPUB container cannot be packed.
pub fn write(document: &Document, to: To, options: &Options) -> Result<Vec<u8>, Error> {
    match to {
        To::Markdown => Ok(writers::markdown::write(&document.without_pages(), options).into_bytes()),
        To::Html => writers::html::write(&document.without_pages(), options).map(String::into_bytes),
        #[cfg(feature = "epub")]
        To::Epub => writers::epub::write(document, options),
        To::Text => Ok(writers::text::write(&document.without_pages(), options).into_bytes()),
        To::Json => Ok(writers::json::write(document).into_bytes()),
    }
}

/// Returns what an output cannot hold, and what it had to do without.
fn remarks_on_output(document: &Document, to: To, options: &Options) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    #[cfg(feature = "epub")]
    if to == To::Epub {
        remarks.extend(writers::epub::remarks(document, options));
        if let (None, Some(stem)) = (&document.metadata.title, &options.stem) {
            remarks.push(Diagnostic {
                code: Code::NoTitle,
                span: Span::default(),
                message: format!("the article has no title; the book is named {stem}"),
                hint: Some("give it one with --set title=…".to_owned()),
            });
        }
    }
    #[cfg(not(feature = "epub"))]
    let _ = (document, to, options, &mut remarks);
    remarks
}

fn remarks_on(source: &Source) -> Vec<Diagnostic> {
    let mut remarks = Vec::new();
    if source.certainty() == Certainty::Guessed {
        remarks.push(Diagnostic {
            code: Code::EncodingGuessed,
            span: Span::default(),
            message: format!("read as {}, guessed from the bytes", source.encoding()),
            hint: Some("name the encoding with --encoding if words look wrong".to_owned()),
        });
    }
    if source.certainty() == Certainty::Damaged {
        let at = source.text().find('\u{FFFD}').unwrap_or_default();
        remarks.push(Diagnostic {
            code: Code::EncodingGuessed,
            span: Span::new(at, at + '\u{FFFD}'.len_utf8()),
            message: "read as UTF-8, with U+FFFD for bytes that are none".to_owned(),
            hint: Some("name the encoding with --encoding if words look wrong".to_owned()),
        });
    }
    if source.text().trim().is_empty() {
        remarks.push(Diagnostic {
            code: Code::EmptyInput,
            span: Span::default(),
            message: "the input holds no text".to_owned(),
            hint: None,
        });
    }
    remarks
}
