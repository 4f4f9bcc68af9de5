//! What a page or book tells about its article, ready for a template: only what is known.

use serde::Serialize;

use super::url;
use crate::document::{Document, Found};
use crate::options::Options;
use crate::writers::dates::published;
use crate::writers::labels::{self, Labels};

/// What a page or book tells about its article.
#[derive(Debug, Serialize)]
pub(crate) struct Imprint<'d> {
    /// BCP 47; `und` when unknown.
    pub(crate) lang: String,
    /// `ltr` or `rtl`.
    pub(crate) dir: &'static str,
    /// None if the article has none.
    pub(crate) title: Option<&'d str>,
    /// The title, else the file's stem, else the language's word for an article without one.
    pub(crate) name: &'d str,
    pub(crate) subtitle: Option<&'d str>,
    pub(crate) authors: Vec<Author<'d>>,
    pub(crate) date: Option<Date<'d>>,
    pub(crate) updated: Option<Date<'d>>,
    pub(crate) publisher: Option<&'d str>,
    /// Where it was published.
    pub(crate) source: Option<&'d str>,
    /// The same, if it is an address.
    pub(crate) source_url: Option<String>,
    pub(crate) description: Option<&'d str>,
    pub(crate) tags: Vec<&'d str>,
    pub(crate) rights: Option<&'d str>,
    pub(crate) labels: &'static Labels,
    /// What parts the names of authors.
    comma: &'static str,
}

/// An author; on a site, the page of one has an address.
#[derive(Debug, Serialize)]
pub(crate) struct Author<'d> {
    pub(crate) name: &'d str,
    url: Option<&'d str>,
}

/// A date for programs and for people.
#[derive(Debug, Serialize)]
pub(crate) struct Date<'d> {
    /// None if it is no date that programs know.
    pub(crate) iso: Option<&'d str>,
    pub(crate) words: String,
}

impl<'d> Imprint<'d> {
    pub(crate) fn of(document: &'d Document, options: &'d Options) -> Self {
        let metadata = &document.metadata;
        let lang = well_formed(metadata.lang()).unwrap_or_else(|| "und".to_owned());
        let labels = labels::of(&lang);
        let value = |found: &'d Option<Found<String>>| found.as_ref().map(|found| found.value.as_str());
        let values = |found: &'d [Found<String>]| found.iter().map(|found| found.value.as_str()).collect();
        let date = |found| value(found).map(|iso| Date { iso: published(iso), words: labels.date(iso) });
        let source = value(&metadata.source);
        Self {
            dir: if is_right_to_left(document, &lang) { "rtl" } else { "ltr" },
            lang,
            title: metadata.title(),
            name: metadata.title().or(options.stem.as_deref()).unwrap_or("article"),
            subtitle: value(&metadata.subtitle),
            authors: metadata.authors.iter().map(|found| Author { name: &found.value, url: None }).collect(),
            date: date(&metadata.date),
            updated: date(&metadata.updated),
            publisher: value(&metadata.publisher),
            source,
            source_url: source.map(url::encode).filter(|url| url::leads_out_of_a_book(url)),
            description: value(&metadata.description),
            tags: values(&metadata.tags),
            rights: value(&metadata.rights),
            comma: labels.comma().trim_end(),
            labels,
        }
    }
}

/// Returns a language tag as HTML and EPUB take it (RFC 5646 §2.1: language, script, region, variants); none for what
/// only looks like one, such as the name of a language.
fn well_formed(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-').peekable();
    let is_alphabetic = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.next().filter(|language| matches!(language.len(), 2 | 3) && is_alphabetic(language))?;
    parts.next_if(|script| script.len() == 4 && is_alphabetic(script));
    parts.next_if(|region| match region.len() {
        2 => is_alphabetic(region),
        3 => region.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    });
    let is_variant = |part: &str| match part.len() {
        4 => part.starts_with(|c: char| c.is_ascii_digit()),
        length => (5..=8).contains(&length),
    };
    parts.all(|part| is_variant(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(tag)
}

/// Languages that are written from right to left, by their primary subtag.
const RIGHT_TO_LEFT: &[&str] = &["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/// Returns the direction in which a language is written: `ltr` or `rtl`.
#[cfg(feature = "site")]
pub(crate) fn direction(lang: &str) -> &'static str {
    let primary = lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if RIGHT_TO_LEFT.contains(&primary.as_str()) { "rtl" } else { "ltr" }
}

/// How much of a text in an unknown language is looked at, in characters.
const SAMPLE: usize = 4000;

/// Tells whether the article is written from right to left: its language says so, else its letters.
fn is_right_to_left(document: &Document, lang: &str) -> bool {
    let primary = lang.split('-').next().unwrap_or_default().to_ascii_lowercase();
    if primary != "und" {
        return RIGHT_TO_LEFT.contains(&primary.as_str());
    }
    let mut words = String::new();
    for block in &document.blocks {
        if words.len() > SAMPLE {
            break;
        }
        words += &crate::document::plain_text(std::slice::from_ref(block));
    }
    let letters = words.chars().filter(|c| c.is_alphabetic()).take(SAMPLE);
    // Hebrew, Arabic and their neighbours, and their presentation forms.
    let is_rtl =
        |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}');
    let (rtl, ltr) =
        letters.fold((0, 0), |(rtl, ltr), c| if is_rtl(c) { (rtl + 1, ltr) } else { (rtl, ltr + 1) });
    rtl > ltr
}
