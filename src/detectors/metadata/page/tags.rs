//! `<meta>`, `<link>` and `<html lang>`: Highwire, OpenGraph, Dublin Core, and names without a standard.

use super::{Key, Statements};
use crate::page::Page;

/// Names of `meta`, in lower case and with `.` for `:` in those of Dublin Core; the surest first.
const NAMES: &[(&str, Key, &str)] = &[
    ("citation_title", Key::Title, "highwire"),
    ("citation_author", Key::Author, "highwire"),
    ("citation_publication_date", Key::Date, "highwire"),
    ("citation_date", Key::Date, "highwire"),
    ("citation_online_date", Key::Date, "highwire"),
    ("citation_journal_title", Key::Publisher, "highwire"),
    ("citation_publisher", Key::Publisher, "highwire"),
    ("citation_language", Key::Lang, "highwire"),
    ("citation_keywords", Key::Tag, "highwire"),
    ("citation_abstract", Key::Description, "highwire"),
    ("og:title", Key::Title, "opengraph"),
    ("article:author", Key::Author, "opengraph"),
    ("og:article:author", Key::Author, "opengraph"),
    ("book:author", Key::Author, "opengraph"),
    ("article:published_time", Key::Date, "opengraph"),
    ("og:article:published_time", Key::Date, "opengraph"),
    ("article:published", Key::Date, "opengraph"),
    ("article:modified_time", Key::Updated, "opengraph"),
    ("og:article:modified_time", Key::Updated, "opengraph"),
    ("og:updated_time", Key::Updated, "opengraph"),
    ("og:site_name", Key::Publisher, "opengraph"),
    ("og:url", Key::Source, "opengraph"),
    ("og:description", Key::Description, "opengraph"),
    ("article:tag", Key::Tag, "opengraph"),
    ("og:article:tag", Key::Tag, "opengraph"),
    ("dc.title", Key::Title, "dublin-core"),
    ("dcterms.title", Key::Title, "dublin-core"),
    ("dc.creator", Key::Author, "dublin-core"),
    ("dcterms.creator", Key::Author, "dublin-core"),
    ("dc.date.issued", Key::Date, "dublin-core"),
    ("dcterms.issued", Key::Date, "dublin-core"),
    ("dc.date", Key::Date, "dublin-core"),
    ("dcterms.date", Key::Date, "dublin-core"),
    ("dcterms.created", Key::Date, "dublin-core"),
    ("dc.date.modified", Key::Updated, "dublin-core"),
    ("dcterms.modified", Key::Updated, "dublin-core"),
    ("dc.language", Key::Lang, "dublin-core"),
    ("dcterms.language", Key::Lang, "dublin-core"),
    ("dc.publisher", Key::Publisher, "dublin-core"),
    ("dcterms.publisher", Key::Publisher, "dublin-core"),
    ("dc.description", Key::Description, "dublin-core"),
    ("dcterms.abstract", Key::Description, "dublin-core"),
    ("dc.subject", Key::Tag, "dublin-core"),
    ("dcterms.subject", Key::Tag, "dublin-core"),
    ("dc.rights", Key::Rights, "dublin-core"),
    ("dcterms.rights", Key::Rights, "dublin-core"),
    ("dcterms.license", Key::Rights, "dublin-core"),
    ("parsely-title", Key::Title, "meta"),
    ("twitter:title", Key::Title, "meta"),
    ("title", Key::Title, "meta"),
    ("author", Key::Author, "meta"),
    ("parsely-author", Key::Author, "meta"),
    ("sailthru.author", Key::Author, "meta"),
    ("date", Key::Date, "meta"),
    ("created", Key::Date, "meta"),
    ("changed", Key::Updated, "meta"),
    ("pubdate", Key::Date, "meta"),
    ("publishdate", Key::Date, "meta"),
    ("publish-date", Key::Date, "meta"),
    ("publication_date", Key::Date, "meta"),
    ("parsely-pub-date", Key::Date, "meta"),
    ("sailthru.date", Key::Date, "meta"),
    ("dcterms.available", Key::Date, "dublin-core"),
    ("last-modified", Key::Updated, "meta"),
    ("revised", Key::Updated, "meta"),
    ("description", Key::Description, "meta"),
    ("twitter:description", Key::Description, "meta"),
    ("keywords", Key::Tag, "meta"),
    ("news_keywords", Key::Tag, "meta"),
    ("copyright", Key::Rights, "meta"),
    ("rights", Key::Rights, "meta"),
];

/// Names of languages, which the page's own attribute overrules.
const LANGUAGES: &[(&str, &str)] =
    &[("content-language", "meta"), ("language", "meta"), ("og:locale", "opengraph")];

/// Reads the head of a page.
pub(super) fn read(page: &Page, statements: &mut Statements) {
    let mut stated: Vec<(String, usize)> = Vec::new();
    for (at, element) in page.elements.iter().enumerate().filter(|(_, element)| element.is_any(&["meta"])) {
        let names = ["name", "property", "http-equiv"].into_iter().find_map(|name| element.attribute(name));
        if let Some(name) = names {
            let name = name.trim().to_ascii_lowercase();
            let is_core = name.starts_with("dc:") || name.starts_with("dcterms:");
            stated.push((if is_core { name.replace(':', ".") } else { name }, at));
        }
    }
    let values = |wanted: &str| {
        let found = stated.iter().filter(|(name, _)| name == wanted).map(|&(_, at)| &page.elements[at]);
        found.filter_map(|element| Some((element.attribute("content")?, element.source))).collect::<Vec<_>>()
    };
    for link in page.elements.iter().filter(|element| element.is_any(&["link"])) {
        let Some(href) = link.attribute("href") else { continue };
        if link.has_word("rel", &["canonical"]) {
            statements.add(Key::Source, href, "canonical", Some(link.source));
        }
        if link.has_word("rel", &["license"]) {
            statements.add(Key::Rights, href, "link", Some(link.source));
        }
    }
    if let Some(html) = page.elements.iter().find(|element| element.is_any(&["html"])) {
        for lang in ["lang", "xml:lang"].into_iter().filter_map(|name| html.attribute(name)) {
            statements.add(Key::Lang, lang, "html-lang", Some(html.source));
        }
    }
    for &(name, key, rule) in NAMES {
        for (content, source) in values(name) {
            if key == Key::Tag {
                content.split([',', ';']).for_each(|tag| statements.add(key, tag, rule, Some(source)));
            } else {
                statements.add(key, content, rule, Some(source));
            }
        }
    }
    for &(name, rule) in LANGUAGES {
        for (content, source) in values(name) {
            statements.add(Key::Lang, content, rule, Some(source));
        }
    }
}
