//! The catalogue of the e-books, for reading programs: OPDS 1.2 and OPDS 2.0, in shelves of articles, series and tags.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::json;
use tera::Context;

use super::books::Book;
use super::config::BookOf;
use super::library::Library;
use super::pages::Printer;
use crate::error::Error;

/// So many books stand in one file of a shelf.
const SHELF: usize = 200;

/// The media type of OPDS 2.0.
const OPDS_2: &str = "application/opds+json";

/// A book as the catalogue tells of it.
#[derive(Debug, Serialize)]
struct Entry {
    title: String,
    id: String,
    url: String,
    page: String,
    lang: Option<String>,
    authors: Vec<String>,
    subjects: Vec<String>,
    summary: String,
    /// RFC 3339; of undated books the oldest that EPUB knows.
    updated: String,
    /// ISO 8601, if there is one.
    published: Option<String>,
}

/// A part of the catalogue.
#[derive(Debug)]
struct Shelf<'b> {
    name: &'static str,
    title: String,
    books: Vec<&'b Book>,
}

/// Lists the files of the catalogue; there are none without books.
pub(super) fn names(library: &Library, books: &[Book]) -> Vec<String> {
    if books.is_empty() {
        return Vec::new();
    }
    let shelves = shelves(library, books);
    let parts = shelves
        .iter()
        .flat_map(|shelf| (1..=shelf.books.len().div_ceil(SHELF)).map(|number| file(shelf.name, number)));
    parts
        .chain(["index".to_owned()])
        .flat_map(|name| [format!("opds/{name}.xml"), format!("opds/{name}.json")])
        .collect()
}

/// Writes a file of the catalogue.
///
/// # Errors
///
/// If a template fails.
pub(super) fn write(printer: &Printer, books: &[Book], name: &str) -> Result<String, Error> {
    let library = &printer.library;
    let base = library.config.base_url.as_deref().unwrap_or_default();
    let stem = name.trim_start_matches("opds/");
    let (stem, form) = stem.rsplit_once('.').unwrap_or((stem, ""));
    let shelves = shelves(library, books);
    let found = shelves.iter().find_map(|shelf| {
        (1..=shelf.books.len().div_ceil(SHELF))
            .find(|&number| file(shelf.name, number) == stem)
            .map(|number| (shelf, number))
    });
    let address = |stem: &str| format!("{base}opds/{stem}.{form}");
    let entries: Vec<Entry> = match found {
        Some((shelf, number)) => {
            let these = shelf.books.iter().skip((number - 1) * SHELF).take(SHELF);
            these.map(|book| Entry::of(library, book, base)).collect()
        }
        None => Vec::new(),
    };
    let title = found.map_or(library.title.as_str(), |(shelf, _)| shelf.title.as_str());
    let next = found
        .filter(|(shelf, number)| number * SHELF < shelf.books.len())
        .map(|(shelf, number)| address(&file(shelf.name, number + 1)));
    let rooms: Vec<(String, String, usize)> = match found {
        Some(_) => Vec::new(),
        None => shelves
            .iter()
            .map(|shelf| (shelf.title.clone(), address(shelf.name), shelf.books.len()))
            .collect(),
    };
    if form == "json" {
        let mut links = vec![
            json!({"rel": "self", "href": address(stem), "type": OPDS_2}),
            json!({"rel": "start", "href": address("index"), "type": OPDS_2}),
        ];
        links.extend(next.map(|href| json!({"rel": "next", "href": href, "type": OPDS_2})));
        let mut feed = json!({"metadata": {"title": title}, "links": links});
        match found {
            Some((shelf, _)) => {
                feed["metadata"]["numberOfItems"] = json!(shelf.books.len());
                feed["publications"] = entries.iter().map(Entry::publication).collect();
            }
            None => {
                let navigation = rooms
                    .iter()
                    .map(|(title, href, _)| json!({"title": title, "href": href, "type": OPDS_2}));
                feed["navigation"] = navigation.collect();
            }
        }
        return Ok(format!("{feed:#}\n"));
    }
    let updated = books.iter().map(|book| moment(library, book)).max();
    let mut context = Context::new();
    context.insert("title", title);
    context.insert("lang", &library.lang);
    context.insert("author", &library.config.author.as_deref().unwrap_or(&library.title));
    context.insert("home", base);
    context.insert("address", &address(stem));
    context.insert("start", &address("index"));
    context.insert("next", &next);
    context.insert("updated", &updated);
    context.insert("entries", &entries);
    let rooms =
        rooms.iter().map(|(title, href, count)| json!({"title": title, "href": href, "count": count}));
    context.insert("shelves", &rooms.collect::<Vec<_>>());
    printer.templates.render("feeds/opds.xml", &context)
}

fn shelves<'b>(library: &Library, books: &'b [Book]) -> Vec<Shelf<'b>> {
    let words = library.words;
    let tags = words.taxonomy("tags").unwrap_or("tags");
    let all = [
        (BookOf::Articles, "articles", words.articles),
        (BookOf::Series, "series", words.series),
        (BookOf::Tags, "tags", tags),
    ];
    let shelf = |(of, name, title): (BookOf, &'static str, &str)| Shelf {
        name,
        title: title.to_owned(),
        books: books.iter().filter(|book| book.of == of).collect(),
    };
    all.into_iter().map(shelf).filter(|shelf| !shelf.books.is_empty()).collect()
}

/// Returns the name of a part of a shelf, without extension.
fn file(shelf: &str, number: usize) -> String {
    if number <= 1 { shelf.to_owned() } else { format!("{shelf}-{number}") }
}

/// Returns when a book was last changed.
fn moment(library: &Library, book: &Book) -> String {
    let days = book.articles.iter().filter_map(|&at| library.articles[at].day.as_deref());
    format!("{}T00:00:00Z", days.max().unwrap_or("1980-01-01"))
}

impl Entry {
    fn of(library: &Library, book: &Book, base: &str) -> Self {
        let articles = || book.articles.iter().map(|&at| &library.articles[at]);
        let mut seen = HashSet::new();
        let authors = articles().flat_map(|article| &article.document.metadata.authors);
        let authors = authors.map(|found| found.value.clone()).filter(|author| seen.insert(author.clone()));
        let one = match book.articles.as_slice() {
            [at] if book.of == BookOf::Articles => Some(&library.articles[*at]),
            _ => None,
        };
        let names =
            || articles().take(12).map(|article| article.name.clone()).collect::<Vec<_>>().join(" · ");
        let langs = || articles().map(|article| article.lang.as_str()).filter(|lang| *lang != "und");
        Self {
            title: book.title.to_string(),
            id: format!("{base}{}", book.home),
            url: format!("{base}{}", book.file()),
            page: format!("{base}{}", book.home),
            lang: langs().next().map(str::to_owned),
            subjects: one.map_or_else(Vec::new, |article| {
                article.terms("tags").iter().map(ToString::to_string).collect()
            }),
            summary: one.map_or_else(names, |article| article.summary.clone()),
            updated: moment(library, book),
            published: one.and_then(|article| article.day.clone()),
            authors: authors.collect(),
        }
    }

    /// Returns the book as OPDS 2.0 has it.
    fn publication(&self) -> serde_json::Value {
        let mut metadata = json!({
            "@type": "http://schema.org/Book",
            "title": self.title,
            "identifier": self.id,
            "modified": self.updated,
        });
        for (key, is_there, value) in [
            ("author", !self.authors.is_empty(), json!(self.authors)),
            ("language", self.lang.is_some(), json!(self.lang)),
            ("published", self.published.is_some(), json!(self.published)),
            ("description", !self.summary.is_empty(), json!(self.summary)),
            ("subject", !self.subjects.is_empty(), json!(self.subjects)),
        ] {
            if is_there {
                metadata[key] = value;
            }
        }
        json!({
            "metadata": metadata,
            "links": [
                {"rel": "http://opds-spec.org/acquisition/open-access", "href": self.url, "type": "application/epub+zip"},
                {"rel": "alternate", "href": self.page, "type": "text/html"},
            ],
        })
    }
}
