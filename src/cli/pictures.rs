//! Pictures from disk for a book: those that stand beside the article or below its folder, and the cover.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::convert::{decoded, is_picture};
use crate::document::{Document, Inline};
use crate::error::Error;

/// Larger files are not read, in bytes.
const LARGEST: u64 = 16 << 20;

/// Reads the pictures that an article shows, by the address that it gives them. What cannot be read is left out: the
/// writer remarks on it.
pub(super) fn beside(article: Option<&Path>, document: &Document) -> BTreeMap<String, Vec<u8>> {
    let mut pictures = BTreeMap::new();
    let folder = article
        .and_then(Path::parent)
        .map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let Some(folder) = folder.and_then(|folder| fs::canonicalize(folder).ok()) else { return pictures };
    document.each_inline(&mut |inline| {
        let Inline::Image { url, .. } = inline else { return };
        if pictures.contains_key(url) || url.contains(':') {
            return;
        }
        let address = url.split(['?', '#']).next().unwrap_or_default();
        // A text from elsewhere may not put other files of this machine into the book.
        let path =
            fs::canonicalize(folder.join(decoded(address))).ok().filter(|path| path.starts_with(&folder));
        let is_small =
            |path: &Path| fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= LARGEST);
        if let Some(content) = path.filter(|path| is_small(path)).and_then(|path| fs::read(path).ok()) {
            pictures.insert(url.clone(), content);
        }
    });
    pictures
}

/// Reads the picture for a cover.
///
/// # Errors
///
/// If it cannot be read, or is no picture that a book can have.
pub(super) fn cover(path: &Path) -> Result<Vec<u8>, Error> {
    let content = fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    if is_picture(&content) {
        return Ok(content);
    }
    Err(Error::Cover { path: path.to_owned() })
}
