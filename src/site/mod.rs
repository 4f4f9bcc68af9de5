//! The reading site: a folder of articles becomes a folder of pages.
//!
//! ```text
//! postil.yaml ─┐
//! content/ ────┼→ articles → library (places, addresses) → pages, feeds, books, index → output, which changes places
//! themes/ … ───┘                                                                        with the old one at the end
//! ```
//!
//! Beside the command line this is the only part that reads and writes files. There is no clock: `as_of` says which day
//! it is.

mod article;
mod config;
mod content;
mod library;
mod links;
mod output;
mod pages;
mod theme;
mod urls;
mod views;
mod words;

use std::fs;
use std::path::Path;

use rayon::prelude::*;

use self::article::Article;
use self::config::Config;
use self::content::Content;
use self::library::Library;
use self::links::Directory;
use self::output::Output;
use self::pages::Printer;
use self::theme::Theme;
use crate::error::Error;
use crate::writers::dates::day_of;

/// What the user can choose about one build.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Articles with a later date are held back: `2031-03-04`.
    pub as_of: Option<String>,
    /// Drafts are part of the site.
    pub drafts: bool,
    /// Overrules `base_url` of `postil.yaml`.
    pub base_url: Option<String>,
}

/// What a build made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// How many articles can be read.
    pub articles: usize,
    /// How many notes they have.
    pub notes: usize,
    /// How many pages there are.
    pub pages: usize,
    /// How many remarks there are on the articles.
    pub remarks: usize,
    /// How many articles are drafts, or of a later day.
    pub held_back: usize,
}

/// Builds the site of a folder.
///
/// # Errors
///
/// Every article that can't be read is an error of its own; then, and after any other error, the old site stays.
pub fn build(folder: &Path, output: &Path, choices: &Choices) -> Result<Built, Vec<Error>> {
    let one = |error| vec![error];
    let mut config = Config::read(folder).map_err(one)?;
    config.overrule(choices.base_url.as_deref()).map_err(one)?;
    let theme = Theme::read(&config.theme, folder).map_err(one)?;
    let content = Content::list(folder, output).map_err(one)?;
    if content.articles.is_empty() {
        let reason = "there is no article in the folder; an article ends in .txt, .md or .html".to_owned();
        return Err(one(Error::Site { path: content.folder, reason }));
    }
    let (articles, held_back) = read(&content, choices)?;
    let library = Library::of(config, &name_of(folder), articles).map_err(one)?;
    let directory = Directory::of(&library, &content.others);
    let printer = Printer::new(&library, &directory, &theme).map_err(one)?;
    let output = Output::begin(output).map_err(one)?;
    let pages = pages::list(&library);
    write(&output, &printer, &pages, &content, &theme, folder).map_err(one)?;
    output.finish().map_err(one)?;
    Ok(Built {
        articles: library.listed().len() + library.pages.len(),
        notes: library.articles.iter().map(|article| article.document.notes.len()).sum(),
        pages: pages.len(),
        remarks: library.articles.iter().map(|article| article.remarks).sum(),
        held_back,
    })
}

/// Tells whether words are a day: `2031-03-04`.
pub fn is_day(words: &str) -> bool {
    words.len() == "2031-03-04".len() && day_of(words).is_some()
}

/// Reads all articles; returns how many are held back, too.
fn read(content: &Content, choices: &Choices) -> Result<(Vec<Article>, usize), Vec<Error>> {
    let read = |name: &String| {
        let (document, remarks) = content.read(name)?;
        Ok(Article::of(name, document, remarks))
    };
    let read: Vec<Result<Article, Error>> = content.articles.par_iter().map(read).collect();
    let mut articles = Vec::with_capacity(read.len());
    let mut errors = Vec::new();
    let mut held_back = 0;
    for result in read {
        match result {
            Ok(article) if is_held_back(&article, choices) => held_back += 1,
            Ok(article) => articles.push(article),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok((articles, held_back)) } else { Err(errors) }
}

fn is_held_back(article: &Article, choices: &Choices) -> bool {
    let is_later = match (&choices.as_of, &article.day) {
        (Some(today), Some(day)) => day > today,
        _ => false,
    };
    is_later || (article.is_draft() && !choices.drafts)
}

/// Writes everything that the site consists of.
fn write(
    output: &Output,
    printer: &Printer<'_>,
    pages: &[pages::Page],
    content: &Content,
    theme: &Theme,
    folder: &Path,
) -> Result<(), Error> {
    pages.par_iter().try_for_each(|page| {
        let html = printer.page(page)?;
        output.write(&urls::file(&page.url(printer.library)), html.as_bytes())
    })?;
    for (name, bytes) in theme.files() {
        output.write(&name, bytes)?;
    }
    content.others.par_iter().try_for_each(|name| output.copy(&content.path(name), name))?;
    let fixed = folder.join("static");
    if fixed.is_dir() {
        let is_hidden = |path: &Path, _| path.ends_with(".git");
        let mut names = Vec::new();
        content::walk(&fixed, "", 0, &is_hidden, &mut names)?;
        names.par_iter().try_for_each(|name| output.copy(&fixed.join(name), name))?;
    }
    Ok(())
}

/// Returns the name of a folder.
fn name_of(folder: &Path) -> String {
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    real.file_name().map_or_else(|| "articles".to_owned(), |name| name.to_string_lossy().into_owned())
}
