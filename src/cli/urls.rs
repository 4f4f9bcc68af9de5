//! `--urls FILE`: the addresses that a text lost, from a table or from the page itself.

use std::path::Path;

use super::inputs;
use crate::convert;
use crate::document::{Block, Inline, plain_text};
use crate::error::Error;
use crate::options::{From, Options};
use crate::source::Source;

/// The words of a link and its address.
pub(super) type Known = (String, String);

/// Reads the words and addresses of links: from lines `words<TAB>address`, or from the links of an HTML page.
///
/// # Errors
///
/// Those of reading a file and decoding it; the number of a line that has no tab.
pub(super) fn read(path: &Path) -> Result<Result<Vec<Known>, usize>, Error> {
    let bytes = inputs::read(Some(path))?;
    let is_page = path.extension().is_some_and(|extension| {
        ["html", "htm", "xhtml"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    });
    if is_page { links_of(&bytes).map(Ok) } else { Ok(table(Source::decode(&bytes, None)?.text())) }
}

fn links_of(page: &[u8]) -> Result<Vec<Known>, Error> {
    let mut options = Options::default().from(From::Html);
    options.whole = true;
    let article = convert::read(page, &options)?;
    let mut known = Vec::new();
    article.document.each_inline(&mut |inline| {
        if let Inline::Link { url, content, .. } = inline {
            known.push((plain_text(&[Block::Paragraph(content.clone())]), url.clone()));
        }
    });
    Ok(known)
}

/// Reads a table; gives back the number of the first line that is no row of it.
fn table(text: &str) -> Result<Vec<Known>, usize> {
    let lines =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(number, line)| match line.split_once('\t') {
            Some((words, url)) if !words.trim().is_empty() && !url.trim().is_empty() => {
                Ok((words.trim().to_owned(), url.trim().to_owned()))
            }
            _ => Err(number + 1),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_a_tab_in_each_line() {
        let row = |words: &str, url: &str| (words.to_owned(), url.to_owned());
        for (text, expected) in [
            ("Vale\thttps://a.example\n", Ok(vec![row("Vale", "https://a.example")])),
            (
                "# from the archive\n\nthe log \t https://b.example \r\n",
                Ok(vec![row("the log", "https://b.example")]),
            ),
            ("", Ok(vec![])),
            ("Vale\thttps://a.example\nno tab\n", Err(2)),
            ("\thttps://a.example\n", Err(1)),
        ] {
            assert_eq!(table(text), expected, "{text:?}");
        }
    }
}
