//! Pictures from disk for a book: those that stand beside the article or below its folder, and the cover.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::beside::Folder;
use crate::convert::is_picture;
use crate::document::{Document, Inline};
use crate::error::Error;

/// Larger files are not read, in bytes.
const LARGEST: u64 = 16 << 20;

/// Reads the pictures that an article shows, by the address that it gives them. What cannot be read is left out: the
/// writer remarks on it.
pub(super) fn beside(article: Option<&Path>, document: &Document) -> BTreeMap<String, Vec<u8>> {
    let mut pictures = BTreeMap::new();
    let Some(folder) = Folder::of(article) else { return pictures };
    document.each_inline(&mut |inline| {
        let Inline::Image { url, .. } = inline else { return };
        if pictures.contains_key(url) || url.contains(':') {
            return;
        }
        let is_small = |path: &Path| fs::metadata(path).is_ok_and(|file| file.len() <= LARGEST);
        let path = folder.file(url).filter(|path| is_small(path));
        if let Some(content) = path.and_then(|path| fs::read(path).ok()) {
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
