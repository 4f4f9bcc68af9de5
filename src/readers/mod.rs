//! One kind of input → sheet. A reader lays out what is there and decides nothing.

mod dialects;
mod front_matter;
mod html;
mod markdown;
mod text;

use crate::error::Error;
use crate::options::{From, Options};
use crate::sheet::Sheet;
use crate::source::Source;

pub(crate) use self::markdown::each_event as each_markdown_event;

/// An article with markup is no longer, in bytes.
const LONGEST: usize = 64 << 20;

/// Lays out the source as the kind of input that the options name, or that it looks like.
///
/// # Errors
///
/// If the front matter of a Markdown text is broken, or a text with markup exceeds a limit.
pub(crate) fn read<'s>(source: &'s Source, options: &Options) -> Result<Sheet<'s>, Error> {
    let text = source.text();
    match options.from {
        From::Markdown => markdown::read(marked_up(text)?),
        From::Html => html::read(marked_up(text)?, options),
        From::Auto if html::looks_like_html(text) => html::read(marked_up(text)?, options),
        From::Auto | From::Text => match dialects::recognise(text) {
            Some(dialect) => Ok(dialects::read(text, dialect)),
            None if options.from == From::Auto && looks_like_markdown(text) => {
                markdown::read(marked_up(text)?)
            }
            None if !options.as_is && text::is_quoted(text) => Ok(text::read_quoted(text)),
            None => Ok(text::read(text)),
        },
    }
}

/// Takes a text with markup, unless it is longer than any article.
fn marked_up(text: &str) -> Result<&str, Error> {
    if text.len() > LONGEST {
        return Err(Error::TooLong { length: text.len(), limit: LONGEST });
    }
    Ok(text)
}

/// Tells whether a text is Markdown: it has front matter, or several signs that raw text does not have.
fn looks_like_markdown(text: &str) -> bool {
    const ENOUGH: usize = 3;
    if (text.starts_with("---\n") && text[4..].contains("\n---\n"))
        || (text.starts_with("+++\n") && text[4..].contains("\n+++\n"))
    {
        return true;
    }
    let is_heading = |line: &str| line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
    let is_sign = |line: &&str| {
        is_heading(line)
            || line.starts_with("```")
            || line.contains("](http")
            || (line.starts_with("[^") && line.contains("]: "))
    };
    text.lines().filter(is_sign).take(ENOUGH).count() == ENOUGH
}

/// Lays out a raw text, for the tests of detectors.
#[cfg(test)]
pub(crate) fn read_text(text: &str) -> Sheet<'_> {
    text::read(text)
}
