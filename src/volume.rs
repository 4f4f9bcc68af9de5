//! Several articles as one book, in the order in which they are read; and the articles that one text falls into.

use crate::document::{Document, Metadata};

/// Several articles as one book.
#[derive(Clone, Debug, Default)]
pub struct Volume<'d> {
    /// What the book says of itself. Its title is on the title page; without authors, those of the articles stand.
    pub metadata: Metadata,
    /// The articles, in order.
    pub chapters: Vec<Chapter<'d>>,
}

impl Volume<'_> {
    /// Returns the name of a picture in [`Options::pictures`](crate::Options::pictures): its address, counted from where
    /// the article was read, since two articles can show two pictures by the same address.
    pub fn picture(path: &str, address: &str) -> String {
        match path.rsplit_once('/') {
            Some((folder, _)) if !address.contains(':') => format!("{folder}/{address}"),
            _ => address.to_owned(),
        }
    }
}

/// One article of a volume.
#[derive(Clone, Debug)]
pub struct Chapter<'d> {
    /// The article.
    pub document: &'d Document,
    /// Where it was read, with `/` between folders: links of other chapters name it so.
    pub path: String,
    /// The title of the part of the book that begins with this article.
    pub part: Option<String>,
}

/// One of the articles that a long text falls into.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its number and the words of its title, as the name of a file without extension: `02-the-bell`.
    pub stem: String,
    /// The article.
    pub document: Document,
    /// The title of the part of the book that begins with this article.
    pub part: Option<String>,
}
