//! The reading site: a folder of articles becomes a folder of pages.
//!
//! ```text
//! postil.yaml ─┐
//! content/ ────┼→ articles → library (places, addresses) → a list of files, each made when it is asked for
//! themes/ … ───┘
//! ```
//!
//! [`build`] asks for all of them and lets the new folder change places with the old one; `postil site serve` asks for
//! what the browser wants to see, so a change costs what depends on it, and the bytes are the same. Beside the command
//! line this is the only part that reads and writes files. There is no clock: `as_of` says which day it is.

mod addresses;
mod article;
mod books;
mod catalogue;
mod check;
mod config;
mod content;
mod feeds;
mod files;
mod graph;
mod groups;
mod library;
mod links;
mod ours;
mod output;
mod pages;
mod renewal;
mod reuse;
mod search;
mod sections;
mod sitemap;
mod theme;
mod urls;
mod validity;
mod views;
mod words;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;
use rayon::prelude::*;
use serde_json::{Map, Value};

use self::article::{Article, Core};
use self::books::Book;
pub use self::check::{Finding, check};
use self::config::{Config, Format};
use self::content::{Content, Stamp};
use self::feeds::Feed;
use self::library::{Library, Misplaced};
use self::links::Directory;
use self::output::Output;
use self::pages::{Page, Printer};
use self::reuse::Key;
use self::theme::Theme;
pub use self::theme::{ThemeDescription, ThemeOption, theme, themes};
use crate::error::Error;
use crate::grammar::Patterns;
use crate::source::Source;
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
    /// What e-books say when they were last changed, in seconds since 1970; else the dates of their articles say it.
    pub epoch: Option<i64>,
    /// The file of this program: e-books that the same one made of the same texts are not made again. Without it, all are.
    pub program: Option<PathBuf>,
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
    /// How many e-books there are.
    pub books: usize,
    /// How many articles are drafts, or of a later day.
    pub held_back: usize,
    /// What is to be told of the articles.
    pub remarks: Vec<Finding>,
}

/// A site that was read: every file of it can be asked for.
pub struct Site {
    folder: PathBuf,
    content: Content,
    theme: Theme,
    printer: Printer,
    lists: Lists,
    files: HashMap<String, File, RandomState>,
    /// The index of the search, made when the first file of it is asked for.
    search: OnceLock<BTreeMap<String, Vec<u8>>>,
    epoch: Option<i64>,
    /// The program's file, and its sum when the first e-book asks for it.
    program: (Option<PathBuf>, OnceLock<Option<u64>>),
    held_back: usize,
    remarks: Vec<Finding>,
}

/// What is made of a library, each file by its place in these lists.
struct Lists {
    pages: Vec<Page>,
    feeds: Vec<Feed>,
    books: Vec<Book>,
}

/// What was read of the articles, for the next time.
#[derive(Default)]
pub struct Memory {
    articles: HashMap<Arc<str>, (Stamp, Arc<Core>), RandomState>,
    /// What they were read with, as written and as read.
    patterns: (Map<String, Value>, Patterns),
}

impl Memory {
    /// Reads the patterns of a site if they are others than before: then no article is known any more.
    fn follow(&mut self, config: &Config, folder: &Path) -> Result<&Patterns, Error> {
        if self.patterns.0 != config.patterns {
            let wrong = |reason| Error::Config { path: folder.join(config::NAME), reason };
            let patterns = Patterns::from_map(&config.patterns).map_err(wrong)?;
            self.patterns = (config.patterns.clone(), patterns);
            self.articles.clear();
        }
        Ok(&self.patterns.1)
    }
}

/// How a file of a site comes about.
#[derive(Debug)]
enum File {
    Page(usize),
    Feed(usize, Format),
    Book(usize),
    Catalogue,
    Sitemap,
    Theme,
    Content,
    Static,
}

/// Builds the site of a folder.
///
/// # Errors
///
/// Every article that can't be read is an error of its own; then, and after any other error, the old site stays.
pub fn build(
    folder: &Path,
    output: &Path,
    choices: &Choices,
    memory: &mut Memory,
) -> Result<Built, Vec<Error>> {
    let one = |error| vec![error];
    let site = Site::read(folder, choices, memory)?;
    let output = Output::begin(output).map_err(one)?;
    let mut names: Vec<&String> = site.files.keys().collect();
    names.par_sort_unstable();
    names
        .par_iter()
        .try_for_each(|name| {
            let key = site.key(name);
            match key {
                Some(key) if output.keep(name, key) => Ok(()),
                _ => match (site.file(name)?, key) {
                    (Some(content), Some(key)) => output.write_noted(name, &content, key),
                    (Some(content), None) => output.write(name, &content),
                    (None, _) => Ok(()),
                },
            }
        })
        .map_err(one)?;
    if site.printer.library.config.search {
        let index = site.index();
        index.par_iter().try_for_each(|(name, content)| output.write(name, content)).map_err(one)?;
    }
    output.finish().map_err(one)?;
    Ok(site.built())
}

/// Tells whether words are a day: `2031-03-04`.
pub fn is_day(words: &str) -> bool {
    words.len() == "2031-03-04".len() && day_of(words).is_some()
}

impl Site {
    /// Reads the site of a folder; what builds have made within it is no part of it. Articles that are in the memory and
    /// have not changed since are not read again.
    ///
    /// # Errors
    ///
    /// Every article that can't be read is an error of its own; else there is one, such as a wrong configuration.
    pub fn read(folder: &Path, choices: &Choices, memory: &mut Memory) -> Result<Self, Vec<Error>> {
        let one = |error| vec![error];
        let mut config = Config::read(folder).map_err(one)?;
        config.overrule(choices.base_url.as_deref()).map_err(one)?;
        let theme = Theme::read(&config.theme, folder).map_err(|error| match error {
            Error::Theme { .. } => one(config.wrong(folder, "theme", &error.to_string())),
            other => one(other),
        })?;
        let options = theme.options(&config, folder).map_err(one)?;
        let mut content = Content::list(folder).map_err(one)?;
        content.has_books = config.base_url.is_some() && !config.books.is_empty();
        content.patterns = memory.follow(&config, folder).map_err(one)?.clone();
        if content.articles.is_empty() {
            let reason =
                "there is no article in the folder; an article ends in .txt, .md or .html".to_owned();
            return Err(one(Error::Site { path: content.folder, line: None, reason }));
        }
        let (articles, held_back) = read(&content, choices, memory)?;
        content.withhold(&articles, &held_back);
        let all = articles.iter().map(|article| &article.core).chain(&held_back);
        let unread = all.flat_map(|core| check::unread(&content, core));
        let mut remarks: Vec<Finding> = content.skipped.iter().map(check::skipped).chain(unread).collect();
        remarks.sort();
        let library = Library::of(config, &name_of(folder), articles).map_err(|all| {
            all.into_iter().map(|misplaced| located(&content, misplaced)).collect::<Vec<_>>()
        })?;
        let lists = || {
            let lists = Lists::of(&library);
            let files = files::list(&library, &lists, &content, &theme, folder);
            (lists, files)
        };
        let (mut directory, (lists, files)) =
            rayon::join(|| Directory::of(&library, &content, &held_back), lists);
        let files = files.map_err(one)?;
        directory.add(&files, &lists.pages);
        let printer = Printer::new(library, directory, &theme, &options).map_err(one)?;
        Ok(Self {
            folder: folder.to_owned(),
            lists,
            content,
            theme,
            printer,
            files,
            search: OnceLock::new(),
            epoch: choices.epoch,
            program: (choices.program.clone(), OnceLock::new()),
            held_back: held_back.len(),
            remarks,
        })
    }

    /// Returns a file by its path below the site's root; none if there is no such file.
    ///
    /// # Errors
    ///
    /// If a template fails, a book can't be packed, or a file can't be read.
    pub fn file(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let library = &self.printer.library;
        let Some(file) = self.files.get(name) else {
            let is_index = library.config.search && name.starts_with("search/");
            return Ok(if is_index { self.index().get(name).cloned() } else { None });
        };
        let read = |path: PathBuf| fs::read(&path).map_err(|source| Error::Read { path, source });
        let content = match file {
            File::Page(at) => self.printer.page(&self.lists.pages[*at])?.into_bytes(),
            File::Feed(at, format) => self.lists.feeds[*at].write(&self.printer, *format)?.into_bytes(),
            File::Book(at) => self.lists.books[*at].write(&self.printer, &self.content, self.epoch)?,
            File::Catalogue => catalogue::write(&self.printer, &self.lists.books, name)?.into_bytes(),
            File::Sitemap => {
                let files = sitemap::files(library, &self.lists.pages);
                files
                    .into_iter()
                    .find(|(known, _)| known == name)
                    .map_or_else(String::new, |(_, text)| text)
                    .into()
            }
            File::Theme => self.theme.file(name).unwrap_or_default().to_vec(),
            File::Content => read(self.content.path(name))?,
            File::Static => read(self.folder.join("static").join(name))?,
        };
        Ok(Some(content))
    }

    /// Returns what an e-book is made of; none for other files.
    fn key(&self, name: &str) -> Option<Key> {
        let Some(File::Book(at)) = self.files.get(name) else { return None };
        let (file, sum) = &self.program;
        let sum = sum.get_or_init(|| fs::read(file.as_ref()?).ok().map(|file| reuse::sum(&file)));
        let program =
            format!("{} {:?} {:?}", sum.as_ref()?, self.epoch, self.printer.library.config.patterns);
        self.lists.books[*at].key(&self.printer, &self.content, &program)
    }

    /// Returns how much there is on the site.
    pub fn built(&self) -> Built {
        let library = &self.printer.library;
        Built {
            articles: library.listed.len() + library.pages.len(),
            notes: library.articles.iter().map(|article| article.document.notes.len()).sum(),
            pages: self.lists.pages.len(),
            books: self.lists.books.len(),
            held_back: self.held_back,
            remarks: self.remarks.clone(),
        }
    }

    fn index(&self) -> &BTreeMap<String, Vec<u8>> {
        self.search.get_or_init(|| search::files(&self.printer.library))
    }
}

impl Lists {
    fn of(library: &Library) -> Self {
        Self { pages: pages::list(library), feeds: feeds::list(library), books: books::list(library) }
    }
}

/// The articles, and those that are held back.
type Read = (Vec<Article>, Vec<Arc<Core>>);

/// Reads all articles; returns those that are held back, too.
fn read(content: &Content, choices: &Choices, memory: &mut Memory) -> Result<Read, Vec<Error>> {
    let known = &memory.articles;
    let read = |name: &String| {
        let stamp = content.stamp(name);
        match (stamp, known.get(name.as_str())) {
            (Some(stamp), Some((before, core))) if stamp == *before => Ok((None, Arc::clone(core))),
            _ => Ok((stamp, Arc::new(content.read(name)?))),
        }
    };
    let read: Vec<Result<_, Error>> = content.articles.par_iter().map(read).collect();
    let mut articles = Vec::with_capacity(read.len());
    let mut errors = Vec::new();
    let mut held_back = Vec::new();
    for result in read {
        match result {
            Ok((stamp, core)) => {
                if let Some(stamp) = stamp {
                    memory.articles.insert(Arc::clone(&core.path), (stamp, Arc::clone(&core)));
                }
                if is_held_back(&core, choices) {
                    held_back.push(core);
                } else {
                    articles.push(Article::new(core));
                }
            }
            Err(error) => errors.push(error),
        }
    }
    if memory.articles.len() > content.articles.len() {
        let there: HashSet<&str> = content.articles.iter().map(String::as_str).collect();
        memory.articles.retain(|name, _| there.contains(&**name));
    }
    if errors.is_empty() { Ok((articles, held_back)) } else { Err(errors) }
}

fn is_held_back(article: &Core, choices: &Choices) -> bool {
    let is_later = match (&choices.as_of, &article.day) {
        (Some(today), Some(day)) => day > today,
        // Nobody can tell whether it is later.
        (Some(_), None) => article.unread.iter().any(|unread| unread.key == "date"),
        _ => false,
    };
    is_later || (article.is_draft && !choices.drafts)
}

/// Tells where an article says what it can't have.
fn located(content: &Content, misplaced: Misplaced) -> Error {
    let path = content.path(&misplaced.path);
    let source = content::bytes(&path).and_then(|bytes| Source::decode(&bytes, None));
    let start = source.as_ref().ok().and_then(|source| source.text().find(&misplaced.words));
    let line = source.ok().zip(start).filter(|_| !misplaced.words.is_empty());
    let line = line.map(|(source, start)| source.line_and_column(start as u32).0);
    Error::Site { path, line, reason: misplaced.reason }
}

/// Returns the name of a folder.
fn name_of(folder: &Path) -> String {
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    real.file_name().map_or_else(|| "articles".to_owned(), |name| name.to_string_lossy().into_owned())
}
