//! Files that stand beside an article or below its folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::convert::decoded;

/// The folder of an article.
pub(super) struct Folder(PathBuf);

impl Folder {
    /// Returns the folder that an article was read from; none for standard input.
    pub(super) fn of(article: Option<&Path>) -> Option<Self> {
        let folder = article?.parent()?;
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        fs::canonicalize(folder).ok().map(Self)
    }

    /// Finds the file at a relative address. A text from elsewhere may not name other files of this machine.
    pub(super) fn file(&self, address: &str) -> Option<PathBuf> {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let path = fs::canonicalize(self.0.join(decoded(path))).ok()?;
        (path.starts_with(&self.0) && path.is_file()).then_some(path)
    }
}

/// Returns what tells whether a file stands beside an article.
pub(super) fn finder(article: Option<&Path>) -> impl Fn(&str) -> bool + Send + Sync + 'static {
    let folder = Folder::of(article);
    move |address| folder.as_ref().is_some_and(|folder| folder.file(address).is_some())
}
