//! The content folder: which files are articles, and what else stands beside them.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::article::{Article, Core, Remark};
use super::output;
use super::reuse::Key;
use crate::convert;
use crate::error::Error;
use crate::grammar::Patterns;
use crate::options::{From, Options};
use crate::source::MAX_TEXT;
use crate::writers::markup::{decoded, names};

/// Folders within folders are searched no deeper.
const DEEPEST: usize = 32;

/// What the folder of a site holds for itself, when the articles stand right in it.
const OURS: &[&str] = &["static", "templates", "themes"];

/// What stands beside articles to be seen or heard.
const MEDIA: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico", "mp3", "ogg", "oga", "opus", "m4a",
    "flac", "wav", "mp4", "m4v", "webm", "ogv", "mov", "vtt", "pdf", "epub", "woff", "woff2", "ttf", "otf",
    "css",
];

/// The files of a site, by their paths below the content folder, with `/` between folders, sorted.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) folder: PathBuf,
    pub(super) articles: Vec<String>,
    /// Pictures and whatever else articles lead to.
    pub(super) others: Vec<String>,
    /// Files that go into the site as they are, by their paths below `static/`.
    pub(super) fixed: Vec<String>,
    /// What is no part of the site, though nobody asked for that.
    pub(super) skipped: Vec<Skipped>,
    /// Nothing says that the folder is meant to be a site: what is no medium is part of it only if an article leads to it.
    pub(super) is_bare: bool,
    /// Ways to print notes that the site adds to ours.
    pub(super) patterns: Patterns,
    /// Whether e-books are made of the articles.
    pub(super) has_books: bool,
}

impl Content {
    /// Lists the content of a site: what is in `content/`, else what is in the folder itself.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] for a folder that can't be listed.
    pub(super) fn list(folder: &Path) -> Result<Self, Error> {
        let fixed = folder.join("static");
        let mut walked = Walked::default();
        if fixed.is_dir() {
            walk(&fixed, "", 0, &|name, _, _, _| name == ".git", &mut walked)?;
        }
        let below = folder.join("content");
        let has_own = below.is_dir();
        let is_bare = !has_own && !folder.join(super::config::NAME).exists();
        let folder = if has_own { below } else { folder.to_owned() };
        let fixed = std::mem::take(&mut walked.files);
        let mut content = Self { folder: folder.clone(), is_bare, fixed, ..Self::default() };
        let is_left_out = |name: &str, path: &Path, depth: usize, is_folder: bool| {
            name.starts_with('.')
                // What editors and package managers leave.
                || name.ends_with('~')
                || (is_folder && name == "node_modules")
                || (depth == 0 && !has_own && is_ours(name))
                // What a build made is no content.
                || (is_folder && path.join(output::MARK).exists())
        };
        walk(&folder, "", 0, &is_left_out, &mut walked)?;
        content.skipped = walked.skipped;
        for file in walked.files {
            match kind(&file) {
                Some(_) => content.articles.push(file),
                None => content.others.push(file),
            }
        }
        Ok(content)
    }

    /// Leaves out what only those articles lead to that are held back, and in a folder of any files what nobody leads to.
    pub(super) fn withhold(&mut self, articles: &[Article], held_back: &[Arc<Core>]) {
        if held_back.is_empty() && !self.is_bare {
            return;
        }
        let is_bare = self.is_bare;
        let shown: HashSet<&str> =
            articles.iter().flat_map(|article| &article.targets).map(String::as_str).collect();
        let hidden: HashSet<&str> =
            held_back.iter().flat_map(|core| &core.targets).map(String::as_str).collect();
        let is_part = |file: &String| {
            shown.contains(file.as_str())
                || (!hidden.contains(file.as_str()) && (!is_bare || is_medium(file)))
        };
        self.others.retain(is_part);
    }

    /// Tells whether a file was there when the content was listed.
    pub(super) fn has(&self, name: &str) -> bool {
        [&self.articles, &self.others].iter().any(|files| files.iter().any(|file| file == name))
    }

    /// Returns where a file of the content stands.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Reads an article.
    ///
    /// # Errors
    ///
    /// [`Error::Article`] with those of [`convert::read`], [`Error::Read`] for a file that can't be read.
    pub(super) fn read(&self, name: &str) -> Result<Core, Error> {
        let path = self.path(name);
        let bytes = bytes(&path)?;
        let options =
            Options::default().from(kind_of(name, &bytes)).stem(stem(name)).patterns(self.patterns.clone());
        let article = convert::read(&bytes, &options)
            .map_err(|error| Error::Article { path, reason: Box::new(error) })?;
        let remarks = article.diagnostics.iter().map(|remark| {
            let (line, column) = article.source.line_and_column(remark.span.start);
            Remark { line, column, code: remark.code, message: remark.message.clone() }
        });
        let remarks = remarks.collect();
        let mut core = Core::of(name, article.document, remarks);
        core.key = self.has_books.then(|| Key::of(&[name.as_bytes(), &bytes]));
        Ok(core)
    }

    /// Returns what tells whether a file has changed.
    pub(super) fn stamp(&self, name: &str) -> Option<Stamp> {
        let metadata = fs::metadata(self.path(name)).ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    }
}

/// A file or a folder that can't be part of a site.
#[derive(Debug)]
pub(super) struct Skipped {
    pub(super) path: PathBuf,
    /// It leads to another place; else its name is no Unicode.
    pub(super) is_link: bool,
}

/// The files below a folder, sorted, by their paths below it, and what is none of them.
#[derive(Debug, Default)]
pub(super) struct Walked {
    pub(super) files: Vec<String>,
    skipped: Vec<Skipped>,
}

/// When a file was last written, and how long it is.
pub(super) type Stamp = (std::time::SystemTime, u64);

/// Tells whether a file belongs to the site itself, where its articles stand right in its folder.
pub(super) fn is_ours(name: &str) -> bool {
    let first = name.split('/').next().unwrap_or(name);
    OURS.contains(&first) || first == super::config::NAME
}

/// Returns the file of the content that an article means by an address; none for an address elsewhere.
pub(super) fn target(article: &str, url: &str) -> Option<String> {
    let place = url.split(['?', '#']).next().unwrap_or_default();
    if place.is_empty() || place.contains(':') {
        return None;
    }
    let place = decoded(place);
    Some(match place.strip_prefix('/') {
        Some(path) => names::normalized(path),
        None => names::normalized(&format!("{}/{place}", folder(article))),
    })
}

/// Tells whether a file is a picture, a sound, a film, a book or a font, or says how something looks.
fn is_medium(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, extension)| MEDIA.contains(&extension.to_ascii_lowercase().as_str()))
}

/// Returns the file's name without folder and extension.
pub(super) fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Returns the folder of a path, without a final slash; empty for the content folder itself.
pub(super) fn folder(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Returns what kind of article a file is; none for what is no article.
fn kind(name: &str) -> Option<From> {
    let (_, extension) = name.rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "txt" | "text" => Some(From::Text),
        "md" | "markdown" | "mdown" => Some(From::Markdown),
        "html" | "htm" | "xhtml" => Some(From::Html),
        _ => None,
    }
}

/// Returns what kind of article a file is by its name and its first lines.
fn kind_of(name: &str, bytes: &[u8]) -> From {
    match kind(name).unwrap_or_default() {
        From::Text if has_front_matter(bytes) => From::Markdown,
        kind => kind,
    }
}

/// Tells whether a text begins with fields between `---`. Raw texts have none: it is Markdown, whatever it is called.
fn has_front_matter(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    let is_key = |line: &[u8]| {
        line.split(|&byte| byte == b':')
            .next()
            .is_some_and(|key| key.len() < line.len() && !key.contains(&b' '))
    };
    let is_fence = |line: &[u8]| line == b"---";
    lines.next().is_some_and(|line| is_fence(line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line)))
        && lines.next().is_some_and(is_key)
        && lines.any(is_fence)
}

/// Reads a file up to the limit of articles.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let error = |source| Error::Read { path: path.to_owned(), source };
    let length = fs::metadata(path).map_err(error)?.len();
    if length > MAX_TEXT as u64 {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        return Err(Error::TooLong { length, limit: MAX_TEXT });
    }
    fs::read(path).map_err(error)
}

/// Lists the files below a folder; links to other places are not followed.
///
/// # Errors
///
/// [`Error::Read`] for a folder that can't be listed.
pub(super) fn walk(
    folder: &Path,
    prefix: &str,
    depth: usize,
    is_left_out: &dyn Fn(&str, &Path, usize, bool) -> bool,
    walked: &mut Walked,
) -> Result<(), Error> {
    let error = |source| Error::Read { path: folder.to_owned(), source };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let entry = entry.map_err(error)?;
        entries.push((entry.file_name(), entry.file_type().map_err(error)?));
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    for (name, kind) in entries {
        let path = folder.join(&name);
        if is_left_out(&name.to_string_lossy(), &path, depth, kind.is_dir()) {
            continue;
        }
        // A name that is no Unicode has no address.
        let Some(name) = name.to_str().filter(|_| !kind.is_symlink()) else {
            walked.skipped.push(Skipped { path, is_link: kind.is_symlink() });
            continue;
        };
        if kind.is_dir() && depth < DEEPEST {
            walk(&path, &format!("{prefix}{name}/"), depth + 1, is_left_out, walked)?;
        } else if kind.is_file() {
            walked.files.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}
