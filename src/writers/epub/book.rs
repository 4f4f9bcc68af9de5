//! What the package document says of the book, from what its articles say of themselves.

use serde::Serialize;
use serde_json::Value;

use super::file_as::file_as;
use super::identity;
use crate::document::{Document, Metadata};
use crate::options::Options;
use crate::series::Series;
use crate::volume::Volume;
use crate::writers::markup::{Author, Imprint};

/// The words of the package document and of the title page.
#[derive(Debug, Serialize)]
pub(super) struct Book {
    pub(super) identifier: String,
    pub(super) title: String,
    pub(super) subtitle: Option<String>,
    pub(super) creators: Vec<Creator>,
    pub(super) lang: String,
    /// The languages of articles in another one.
    pub(super) other_langs: Vec<String>,
    pub(super) dir: &'static str,
    pub(super) date: Option<String>,
    /// The date in the words of the language, whatever it is.
    pub(super) date_words: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) source: Option<String>,
    pub(super) description: Option<String>,
    pub(super) subjects: Vec<String>,
    pub(super) series: Option<Series>,
    pub(super) rights: Option<String>,
    pub(super) modified: String,
    /// Who says that it can be read by everybody.
    #[serde(skip)]
    pub(super) certifier: Option<String>,
}

/// An author.
#[derive(Debug, Serialize)]
pub(super) struct Creator {
    name: String,
    file_as: String,
}

impl Creator {
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl Book {
    /// The book that holds one article.
    pub(super) fn of(document: &Document, options: &Options) -> Self {
        let imprint = Imprint::of(document, options);
        let dates = [&imprint.updated, &imprint.date];
        let last = dates.into_iter().flatten().find_map(|date| date.iso);
        let identifier = identifier(&document.metadata)
            .unwrap_or_else(|| identity::identifier(&[document], imprint.source_url.as_deref()));
        let modified = identity::modified(options.epoch, last.as_slice());
        Self::from_imprint(&imprint, &document.metadata, identifier, modified)
    }

    /// The book that holds several.
    pub(super) fn of_volume(volume: &Volume<'_>, options: &Options) -> Self {
        let documents: Vec<&Document> = volume.chapters.iter().map(|chapter| chapter.document).collect();
        let mut metadata = volume.metadata.clone();
        let all = || documents.iter().map(|document| &document.metadata);
        if metadata.authors.is_empty() {
            for author in all().flat_map(|metadata| &metadata.authors) {
                if !metadata.authors.iter().any(|known| known.value == author.value) {
                    metadata.authors.push(author.clone());
                }
            }
        }
        // The language of most articles, of the first one where two are as many.
        if metadata.lang.is_none() {
            let count = |lang: &str| all().filter(|metadata| metadata.lang() == lang).count();
            let known = all().filter(|metadata| metadata.lang.is_some()).rev();
            metadata.lang =
                known.max_by_key(|metadata| count(metadata.lang())).and_then(|found| found.lang.clone());
        }
        let own = [&metadata.updated, &metadata.date].into_iter().flatten();
        let of_articles = all().flat_map(|metadata| [&metadata.updated, &metadata.date]).flatten();
        let dates: Vec<String> = own.chain(of_articles).map(|found| found.value.clone()).collect();
        let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
        let modified = identity::modified(options.epoch, &dates);
        let cover = Document { metadata, ..Document::default() };
        let imprint = Imprint::of(&cover, options);
        let identifier = identifier(&cover.metadata)
            .unwrap_or_else(|| identity::identifier(&documents, imprint.source_url.as_deref()));
        let mut book = Self::from_imprint(&imprint, &cover.metadata, identifier, modified);
        for document in documents {
            let lang = Imprint::of(document, options).lang;
            if lang != "und" && lang != book.lang && !book.other_langs.contains(&lang) {
                book.other_langs.push(lang);
            }
        }
        book
    }

    fn from_imprint(
        imprint: &Imprint<'_>,
        metadata: &Metadata,
        identifier: String,
        modified: String,
    ) -> Self {
        let owned = |value: Option<&str>| value.map(str::to_owned);
        let creator =
            |author: &Author<'_>| Creator { name: author.name.to_owned(), file_as: file_as(author.name) };
        Self {
            identifier,
            title: imprint.name.to_owned(),
            subtitle: owned(imprint.subtitle),
            creators: imprint.authors.iter().map(creator).collect(),
            lang: imprint.lang.clone(),
            other_langs: Vec::new(),
            dir: imprint.dir,
            date: imprint.date.as_ref().and_then(|date| owned(date.iso)),
            date_words: imprint.date.as_ref().map(|date| date.words.clone()),
            publisher: owned(imprint.publisher),
            source: owned(imprint.source),
            description: owned(imprint.description),
            subjects: imprint.tags.iter().map(|tag| (*tag).to_owned()).collect(),
            series: Series::of(metadata),
            rights: owned(imprint.rights),
            modified,
            certifier: metadata.own("certifier").and_then(words_of),
        }
    }
}

/// Returns what the author calls the book: a URN, a DOI, an ISBN.
fn identifier(metadata: &Metadata) -> Option<String> {
    let isbn = || metadata.own("isbn").and_then(words_of).map(|isbn| as_urn(&isbn));
    metadata.own("identifier").and_then(words_of).or_else(isbn)
}

/// Returns an ISBN as a URN (RFC 8141, and the registration of the namespace `isbn`); anything else as it is.
fn as_urn(isbn: &str) -> String {
    let digits: String = isbn.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    let is_isbn = matches!(digits.len(), 10 | 13)
        && digits.bytes().enumerate().all(|(at, byte)| byte.is_ascii_digit() || (at == 9 && byte == b'X'));
    if is_isbn { format!("urn:isbn:{digits}") } else { isbn.to_owned() }
}

fn words_of(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.trim().to_owned()).filter(|words| !words.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_author_may_name_the_book() {
        for (yaml, expected) in [
            ("identifier: doi:10.1000/182", Some("doi:10.1000/182")),
            ("identifier: a\nisbn: 9783161484100", Some("a")),
            ("isbn: 9783161484100", Some("urn:isbn:9783161484100")),
            ("isbn: 978-3-16-148410-0", Some("urn:isbn:9783161484100")),
            ("isbn: 0-8044-2957-X", Some("urn:isbn:080442957X")),
            ("isbn: urn:isbn:9783161484100", Some("urn:isbn:9783161484100")),
            ("isbn: \" \"", None),
            ("title: The ferry", None),
        ] {
            let options = Options::default().from(crate::options::From::Markdown);
            let text = format!("---\n{yaml}\n---\n\nEbb.");
            let article = crate::convert::read(text.as_bytes(), &options).expect("text");
            assert_eq!(identifier(&article.document.metadata).as_deref(), expected, "{yaml}");
        }
    }
}
