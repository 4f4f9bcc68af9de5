//! The ZIP container of an EPUB: the same files, the same bytes (EPUB 3.3, OCF §4.2).

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::Error;

/// Packs files, in their order, behind the entry that tells what the container is; each goes as soon as it is packed.
///
/// # Errors
///
/// [`Error::Pack`] if the container would be larger than ZIP can hold.
pub(super) fn pack(files: impl Iterator<Item = (String, Vec<u8>)>) -> Result<Vec<u8>, Error> {
    let failed = |error: zip::result::ZipError| Error::Pack { reason: error.to_string() };
    // No clock: every entry is as old as ZIP can say.
    let as_is = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .compression_method(CompressionMethod::Stored);
    let deflated = as_is.compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8], how| {
        zip.start_file(name, how).map_err(failed)?;
        zip.write_all(content).map_err(|error| Error::Pack { reason: error.to_string() })
    };
    add("mimetype", b"application/epub+zip", as_is)?;
    for (name, content) in files {
        let is_packed = [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|end| name.ends_with(end));
        add(&name, &content, if is_packed { as_is } else { deflated })?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_container_says_at_once_what_it_is() {
        let files = [("a.xhtml".to_owned(), b"a".to_vec()), ("b.png".to_owned(), b"b".to_vec())];
        let packed = pack(files.clone().into_iter()).expect("small files");
        assert_eq!(
            &packed[30..58],
            b"mimetypeapplication/epub+zip",
            "name and content stand right after the header"
        );
        assert_eq!(packed, pack(files.into_iter()).expect("small files"), "same files, same bytes");
    }
}
