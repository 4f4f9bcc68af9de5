//! One kind of input → sheet. A reader lays out what is there and decides nothing.

mod text;

use crate::error::Error;
use crate::options::{From, Options};
use crate::sheet::Sheet;
use crate::source::Source;

/// Lays out the source as the kind of input that the options name, or that it looks like.
pub(crate) fn read<'s>(source: &'s Source, options: &Options) -> Result<Sheet<'s>, Error> {
    match options.from {
        From::Auto | From::Text | From::Markdown => Ok(text::read(source.text())),
    }
}

/// Lays out a raw text, for the tests of detectors.
#[cfg(test)]
pub(crate) fn read_text(text: &str) -> Sheet<'_> {
    text::read(text)
}
