//! Which files a verb reads, and what is in them.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::outputs;
use crate::error::Error;
use crate::options::From;
use crate::source::MAX_TEXT;

/// Lists the Markdown files that are meant: files as given, folders with everything below them. None is standard input.
///
/// # Errors
///
/// [`Error::Read`] for a folder that can't be listed.
pub(super) fn markdown_files(inputs: &[PathBuf]) -> Result<Vec<Option<PathBuf>>, Error> {
    let mut files = Vec::new();
    for input in inputs {
        if input == Path::new("-") {
            files.push(None);
        } else if input.is_dir() {
            let mut below = Vec::new();
            outputs::list(input, 0, &mut below)?;
            files.extend(below.into_iter().filter(|file| is_markdown(file)).map(Some));
        } else {
            files.push(Some(input.clone()));
        }
    }
    if inputs.is_empty() {
        files.push(None);
    }
    Ok(files)
}

fn is_markdown(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "markdown" | "mdown"))
}

/// Returns what a file's extension says of it; standard input is looked at instead.
pub(super) fn kind(path: Option<&Path>) -> From {
    path.map_or(From::Auto, |path| {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        match extension.as_deref() {
            Some("md" | "markdown" | "mdown") => From::Markdown,
            Some("html" | "htm" | "xhtml") => From::Html,
            _ => From::Text,
        }
    })
}

/// Names a file for messages.
pub(super) fn name(path: Option<&Path>) -> String {
    path.map_or_else(|| "<stdin>".to_owned(), |path| path.display().to_string())
}

/// Reads a file, or standard input, up to the limit.
///
/// # Errors
///
/// [`Error::Read`] with the system's reason, [`Error::TooLong`] above the limit.
pub(super) fn read(path: Option<&Path>) -> Result<Vec<u8>, Error> {
    let Some(path) = path else {
        let error = |source| Error::Read { path: "-".into(), source };
        let mut bytes = Vec::new();
        io::stdin().lock().take(MAX_TEXT as u64 + 1).read_to_end(&mut bytes).map_err(error)?;
        return Ok(bytes);
    };
    let error = |source| Error::Read { path: path.to_owned(), source };
    let length = fs::metadata(path).map_err(error)?.len();
    if length > MAX_TEXT as u64 {
        return Err(Error::TooLong {
            length: usize::try_from(length).unwrap_or(usize::MAX),
            limit: MAX_TEXT,
        });
    }
    fs::read(path).map_err(error)
}
