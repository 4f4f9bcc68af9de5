//! E-books of what is on the site: of every article, every series and every tag.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use super::config::BookOf;
use super::content::Content;
use super::groups::Term;
use super::library::Library;
use super::links::Crosslinks;
use super::pages::Printer;
use super::reuse::Key;
use crate::convert;
use crate::document::{Document, Inline};
use crate::error::Error;
use crate::options::{Notes, Options, To};
use crate::volume::{Chapter, Volume};

/// Larger pictures are not put into books, in bytes.
const LARGEST: u64 = 16 << 20;

/// An e-book to be made.
#[derive(Clone, Debug)]
pub(super) struct Book {
    pub(super) of: BookOf,
    pub(super) title: Arc<str>,
    /// The page that it belongs to.
    pub(super) home: Arc<str>,
    /// In the order of reading.
    pub(super) articles: Vec<usize>,
}

/// Lists the books of a site. They need `base_url`, as the catalogue does.
pub(super) fn list(library: &Library) -> Vec<Book> {
    let config = &library.config;
    let mut books = Vec::new();
    if config.base_url.is_none() {
        return books;
    }
    let has = |of: BookOf| config.books.contains(&of);
    if has(BookOf::Articles) {
        books.extend(library.listed.iter().map(|&at| {
            let article = &library.articles[at];
            Book {
                of: BookOf::Articles,
                title: article.name.as_str().into(),
                home: Arc::clone(&article.url),
                articles: vec![at],
            }
        }));
    }
    let of_term = |of, term: &Term| Book {
        of,
        title: Arc::clone(&term.name),
        home: Arc::clone(&term.url),
        articles: term.articles.clone(),
    };
    if has(BookOf::Series) {
        books.extend(library.series.iter().map(|term| of_term(BookOf::Series, term)));
    }
    if has(BookOf::Tags) {
        let tags = library.groups.iter().filter(|group| group.key == "tags").flat_map(|group| &group.terms);
        books.extend(tags.map(|term| of_term(BookOf::Tags, term)));
    }
    books
}

impl Book {
    /// Returns the file, beside the page that it belongs to: `tags/sea/sea.epub`.
    pub(super) fn file(&self) -> String {
        file(&self.home)
    }

    /// Returns what the book is made of; none if that is not known.
    pub(super) fn key(&self, printer: &Printer, content: &Content, program: &str) -> Option<Key> {
        let base = printer.library.config.base_url.as_deref().unwrap_or_default();
        let mut parts: Vec<Vec<u8>> = [program, base, &self.home, &self.title].map(Into::into).into();
        for &at in &self.articles {
            let article = &printer.library.articles[at];
            parts.extend([article.key?.as_bytes().to_vec(), article.lang.as_bytes().to_vec()]);
            for (address, picture) in pictures(printer, content, at) {
                parts.extend([address.into_bytes(), picture]);
            }
        }
        Some(Key::of(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>()))
    }

    /// Makes the book.
    ///
    /// # Errors
    ///
    /// If a template fails, or the container can't be packed.
    pub(super) fn write(
        &self,
        printer: &Printer,
        content: &Content,
        epoch: Option<i64>,
    ) -> Result<Vec<u8>, Error> {
        let library = &printer.library;
        let mut options = Options::default();
        options.epoch = epoch;
        if let (BookOf::Articles, [at]) = (self.of, self.articles.as_slice()) {
            let article = &library.articles[*at];
            options.stem = Some(article.name.clone());
            options.pictures = pictures(printer, content, *at);
            return convert::write(&article.document, To::Epub, &options);
        }
        options.notes = Notes::Section;
        let mut listed = vec![("title".to_owned(), self.title.to_string().into())];
        if let Some(base) = &library.config.base_url {
            listed.push(("source".to_owned(), format!("{base}{}", self.home).into()));
        }
        let mut volume = Volume { metadata: convert::metadata(&listed, &[]), ..Volume::default() };
        for &at in &self.articles {
            let article = &library.articles[at];
            for (address, picture) in pictures(printer, content, at) {
                options.pictures.insert(Volume::picture(&article.path, &address), picture);
            }
            volume.chapters.push(Chapter {
                document: &article.document,
                path: article.path.to_string(),
                part: None,
            });
        }
        convert::bind(&volume, &options)
    }
}

/// Returns the file of the book that belongs to a page.
pub(super) fn file(home: &str) -> String {
    let name = home.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    format!("{home}{name}.epub")
}

/// Reads the pictures that an article shows, by the addresses that it gives them.
fn pictures(printer: &Printer, content: &Content, at: usize) -> BTreeMap<String, Vec<u8>> {
    let document: &Document = &printer.library.articles[at].document;
    let links = Crosslinks { directory: &printer.directory, library: &printer.library, from: at, root: "" };
    let mut pictures = BTreeMap::new();
    document.each_inline(&mut |inline| {
        let Inline::Image { url, .. } = inline else { return };
        // What the directory names stands in the content folder.
        if pictures.contains_key(url) {
            return;
        }
        let Some(name) = links.file_of(url) else { return };
        let path = content.path(&name);
        let is_small = fs::metadata(&path).is_ok_and(|file| file.len() <= LARGEST);
        if let Some(picture) = Some(path).filter(|_| is_small).and_then(|path| fs::read(path).ok()) {
            pictures.insert(url.clone(), picture);
        }
    });
    pictures
}
