//! Why a conversion produced nothing. Odd text is never an error: see [`crate::diagnostic`].

use std::path::PathBuf;

/// Why a conversion produced nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// As the user typed it.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The output could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// As the user typed it.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The file for the cover is no picture that a book can have.
    #[error("{} is no PNG, JPEG, GIF, WebP or plain SVG of up to 16 MiB", path.display())]
    Cover {
        /// As the user typed it.
        path: PathBuf,
    },
    /// The list of a book is not what such a list says.
    #[error("{} is no list of a book: {reason}", path.display())]
    List {
        /// As the user typed it.
        path: PathBuf,
        /// What the YAML reader says, with line and column.
        reason: String,
    },
    /// The configuration of a site or the description of a theme is wrong, or a list names a file that is not there.
    #[error("{}: {reason}", path.display())]
    Config {
        /// Which file.
        path: PathBuf,
        /// What is wrong, and what to write instead.
        reason: String,
    },
    /// No theme has this name.
    #[error("there is no theme {name:?}; {hint}")]
    Theme {
        /// As the user typed it.
        name: String,
        /// Which names there are.
        hint: String,
    },
    /// An article of a site can't be read.
    #[error("{}: {reason}", path.display())]
    Article {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: Box<Error>,
    },
    /// A site can't be put together.
    #[error("{}{}: {reason}", path.display(), line.map_or_else(String::new, |line| format!(":{line}")))]
    Site {
        /// Which file or folder.
        path: PathBuf,
        /// Where in the file, counted from 1.
        line: Option<usize>,
        /// What is wrong, and what to do about it.
        reason: String,
    },
    /// No encoding has this label.
    #[error("{label:?} names no encoding; try utf-8, windows-1252, shift_jis, koi8-r …")]
    UnknownEncoding {
        /// As the user typed it.
        label: String,
    },
    /// The bytes are not text in the stated encoding.
    #[error("byte {offset} is not valid {encoding}; name the right encoding with --encoding")]
    Encoding {
        /// From the start of the file, counted from 0.
        offset: usize,
        /// Its WHATWG name, such as `windows-1252`.
        encoding: &'static str,
    },
    /// The bytes hold a zero, so they are no text.
    #[error("byte {offset} is zero, so this is not text; convert it to text first")]
    Binary {
        /// From the start of the file, counted from 0.
        offset: usize,
    },
    /// The text is longer than spans can count.
    #[error("{length} bytes are more than the limit of {limit}; split the text")]
    TooLong {
        /// In bytes.
        length: usize,
        /// In bytes.
        limit: usize,
    },
    /// A page is built larger or deeper than any real one.
    #[error("the page has more than {limit} {what}; this is no article")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// How much is accepted.
        limit: usize,
    },
    /// The front matter of a Markdown text is broken.
    #[error("the front matter is broken: {reason}")]
    FrontMatter {
        /// What the reader of YAML or TOML says, with line and column where it knows them.
        reason: String,
    },
    /// A template does not render.
    #[error("template {name} failed: {reason}")]
    Template {
        /// The template's file name.
        name: String,
        /// What the template engine says.
        reason: String,
    },
    /// The EPUB container could not be put together.
    #[error("cannot pack the EPUB: {reason}")]
    Pack {
        /// What the ZIP writer says.
        reason: String,
    },
}
