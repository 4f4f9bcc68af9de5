//! `postil book`: several articles as one volume, in the order of the command line or of a list in YAML.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use serde_yaml::Spanned;

use super::arguments::Book;
use super::convert::fail;
use super::exit::Exit;
use super::patterns::Configured;
use super::{beside, epoch, inputs, messages, outputs, pictures, split, summary};
use crate::convert::{self, Article};
use crate::error::Error;
use crate::nearest::nearest;
use crate::options::Options;
use crate::volume::{Chapter, Volume};
use crate::yaml;

/// What a list in YAML says of a book; every path counts from the folder of the list.
#[derive(Debug, Default, Deserialize)]
struct List {
    /// The articles before the first part, or all of them.
    #[serde(default)]
    articles: Vec<Spanned<PathBuf>>,
    #[serde(default)]
    parts: Vec<Part>,
    cover: Option<PathBuf>,
    /// Title, authors and whatever else `--set` knows.
    #[serde(flatten)]
    metadata: serde_json::Map<String, Value>,
}

/// A part of the book.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    title: String,
    articles: Vec<Spanned<PathBuf>>,
}

/// An article to read, and the part that begins with it.
struct Entry {
    path: PathBuf,
    part: Option<String>,
}

/// An article, and the pictures that it shows, by the addresses that it gives them.
struct Read {
    article: Article,
    pictures: BTreeMap<String, Vec<u8>>,
}

/// Runs the verb.
pub(super) fn run(arguments: &Book) -> Exit {
    if let (true, Some(folder)) = (arguments.split, &arguments.output) {
        return split::run(arguments, folder);
    }
    if arguments.output.is_none() && io::stdout().is_terminal() {
        messages::error("an e-book makes no sense on a terminal", &["add -o FILE.epub"]);
        return Exit::Usage;
    }
    if let Some(input) = arguments.inputs.iter().find(|input| same_file(input, arguments.output.as_deref())) {
        let message = format!("{} is an input and would be overwritten", input.display());
        messages::error(&message, &["choose another output"]);
        return Exit::Usage;
    }
    let epoch = match epoch::read() {
        Ok(epoch) => epoch,
        Err(exit) => return exit,
    };
    let (list, entries) = match listed(&arguments.inputs) {
        Ok(listed) => listed,
        Err(error) => return fail(&error, None),
    };
    if entries.is_empty() {
        messages::error(
            "there is no article to put into the book",
            &["name files, folders or a list in YAML"],
        );
        return Exit::Usage;
    }
    if let Some(path) = repeated(&entries) {
        let message = format!("{} is named twice", path.display());
        messages::error(&message, &["name each article once"]);
        return Exit::Usage;
    }
    let paths = entries.iter().map(|entry| Some(entry.path.as_path()));
    let configured = match Configured::of(arguments.config.as_deref(), paths) {
        Ok(configured) => configured,
        Err(error) => return fail(&error, None),
    };
    let options = |path: &Path| arguments.options().patterns(configured.patterns(Some(path)));
    let articles: Vec<Result<Read, Error>> =
        entries.par_iter().map(|entry| read(&entry.path, options(&entry.path))).collect();
    let mut exit = Exit::Done;
    for (entry, article) in entries.iter().zip(&articles) {
        let name = inputs::name(Some(&entry.path));
        match article {
            Err(error) => exit = exit.max(fail(error, Some(&name))),
            Ok(_) if arguments.quiet => {}
            Ok(Read { article, .. }) => {
                messages::remarks(&name, article);
                messages::line(&summary::of(&name, article));
            }
        }
    }
    let mut articles: Vec<Read> = articles.into_iter().flatten().collect();
    if articles.len() < entries.len() {
        messages::error("the book was not made, since not every article could be read", &[]);
        return exit;
    }
    if arguments.strict && articles.iter().any(|read| !read.article.diagnostics.is_empty()) {
        exit = exit.max(Exit::Remarks);
    }
    match bind(arguments, epoch, &list, &entries, &mut articles) {
        Ok(()) => exit,
        Err(error) => exit.max(fail(&error, None)),
    }
}

/// Binds the articles and puts the book where it belongs.
fn bind(
    arguments: &Book,
    epoch: Option<i64>,
    list: &List,
    entries: &[Entry],
    articles: &mut [Read],
) -> Result<(), Error> {
    let named = list.metadata.iter().map(|(key, value)| (key.clone(), value.clone()));
    let set = arguments.set.iter().map(|(key, value)| (key.clone(), Value::String(value.clone())));
    let mut volume = Volume {
        metadata: convert::metadata(&named.collect::<Vec<_>>(), &set.collect::<Vec<_>>()),
        ..Volume::default()
    };
    let mut options = arguments.options();
    options.epoch = epoch;
    options.stem =
        arguments.output.as_deref().and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
    let cover = arguments.cover.as_ref().or(list.cover.as_ref());
    options.cover = cover.map(|path| pictures::cover(path)).transpose()?;
    for (entry, Read { article, pictures }) in entries.iter().zip(articles) {
        let path = entry.path.to_string_lossy().replace('\\', "/");
        for (address, content) in std::mem::take(pictures) {
            options.pictures.insert(Volume::picture(&path, &address), content);
        }
        volume.chapters.push(Chapter { document: &article.document, path, part: entry.part.clone() });
    }
    let book = convert::bind(&volume, &options)?;
    match outputs::file(arguments.output.as_deref()) {
        Some(output) => outputs::replace(output, &book),
        None => outputs::print(&book),
    }
}

fn read(path: &Path, options: Options) -> Result<Read, Error> {
    let bytes = inputs::read(Some(path))?;
    let mut options = options.from(inputs::kind(Some(path))).beside(beside::finder(Some(path)));
    let mut article = convert::read(&bytes, &options)?;
    options.pictures = pictures::beside(Some(path), &article.document);
    article.diagnostics.extend(convert::remarks_on_pictures(&article.document, &options));
    Ok(Read { article, pictures: options.pictures })
}

/// Lists the articles: files as given, folders with everything below them, what lists in YAML name.
fn listed(inputs: &[PathBuf]) -> Result<(List, Vec<Entry>), Error> {
    let mut book = List::default();
    let mut entries = Vec::new();
    for input in inputs {
        let extension = input.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        if matches!(extension.as_deref(), Some("yaml" | "yml")) {
            let list = list(input)?;
            let folder = input.parent().unwrap_or(Path::new(""));
            let named = |path: &Spanned<PathBuf>| found(folder, path, input);
            for path in &list.articles {
                entries.push(Entry { path: named(path)?, part: None });
            }
            for part in &list.parts {
                for (at, path) in part.articles.iter().enumerate() {
                    let title = (at == 0).then(|| part.title.clone());
                    entries.push(Entry { path: named(path)?, part: title });
                }
            }
            book.cover = list.cover.map(|path| folder.join(path)).or(book.cover);
            book.metadata.extend(list.metadata);
        } else if input.is_dir() {
            let mut files = Vec::new();
            outputs::list(input, 0, &mut files)?;
            entries.extend(files.into_iter().map(|path| Entry { path, part: None }));
        } else {
            entries.push(Entry { path: input.clone(), part: None });
        }
    }
    Ok((book, entries))
}

/// Returns where an article is that a list names; the list is told if it is nowhere.
fn found(folder: &Path, article: &Spanned<PathBuf>, list: &Path) -> Result<PathBuf, Error> {
    let path = folder.join(&article.value);
    if path.exists() {
        return Ok(path);
    }
    let reason = format!("line {}: there is no {}", article.referenced.line(), path.display());
    Err(Error::Config { path: list.to_owned(), reason })
}

fn list(path: &Path) -> Result<List, Error> {
    let bytes = inputs::read(Some(path))?;
    let broken = |reason: String| Error::List { path: path.to_owned(), reason };
    let text = std::str::from_utf8(&bytes).map_err(|error| broken(error.to_string()))?;
    let list: List = yaml::read(text).map_err(broken)?;
    let meant = |key: &String| Some((key.clone(), nearest(key, KNOWN.iter().copied())?));
    match list.metadata.keys().filter(|key| !KNOWN.contains(&key.as_str())).find_map(meant) {
        Some((key, known)) => {
            let line =
                text.lines().position(|line| line.trim_start().starts_with(&key)).unwrap_or_default() + 1;
            Err(broken(format!("line {line}: unknown key `{key}`; did you mean `{known}`?")))
        }
        None => Ok(list),
    }
}

/// What a list says of a book; other keys are kept as they are.
const KNOWN: &[&str] = &[
    "articles",
    "parts",
    "cover",
    "title",
    "subtitle",
    "author",
    "authors",
    "date",
    "updated",
    "lang",
    "language",
    "publisher",
    "source",
    "description",
    "tags",
    "rights",
    "identifier",
    "isbn",
    "series",
    "part",
    "certifier",
];

/// Returns an article that stands in the book twice.
fn repeated(entries: &[Entry]) -> Option<&Path> {
    let mut seen = BTreeSet::new();
    entries.iter().map(|entry| entry.path.as_path()).find(|path| !seen.insert(*path))
}

/// Tells whether an input is what would be written.
pub(super) fn same_file(input: &Path, output: Option<&Path>) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    output.and_then(real).is_some_and(|output| real(input).is_some_and(|input| input == output))
}
