//! HTML → sheet: what html5ever understands, laid out as visible text with nodes, runs, and the elements themselves.
//!
//! `cuts` and `tree` keep for every word where it stands in the source, so that the ledger accounts for the page byte
//! by byte. `in_sentence` and `held` put notes where a browser shows them, `office_lists`, `lists_of_one` and
//! `stanzas` say what is meant. `layout` decides nothing: navigation and
//! hidden notes are laid out like the article.

mod alerts;
mod anchors;
mod callouts;
mod code;
mod custom;
mod cuts;
mod doubled;
mod elements;
mod held;
mod in_sentence;
mod layout;
mod lists_of_one;
mod math;
mod mathml;
mod media;
mod office_lists;
mod pictures;
mod quotes;
mod signs_in_cells;
mod sink;
mod stanzas;
mod styles;
mod tables;
mod tree;
mod urls;

use self::tree::{DOCUMENT, Tree};
use crate::error::Error;
use crate::options::Options;
use crate::sheet::Sheet;

/// Lays out a page or a fragment.
///
/// # Errors
///
/// [`Error::Limit`] for pages that are no articles.
pub(super) fn read(text: &str, options: &Options) -> Result<Sheet<'static>, Error> {
    let mut tree = tree::parse(text)?;
    in_sentence::mend(&mut tree, text);
    doubled::merge(&mut tree);
    held::release(&mut tree);
    pictures::settle(&mut tree);
    office_lists::mend(&mut tree);
    lists_of_one::merge(&mut tree);
    signs_in_cells::mend(&mut tree);
    callouts::mend(&mut tree);
    stanzas::mend(&mut tree);
    let base = base(&tree, options.base_url.as_deref());
    let beside = options.base_url.is_none().then_some(&options.beside);
    Ok(layout::lay_out(&tree, text.len(), base, beside))
}

/// Returns the address that relative ones count from: the user's, that of `<base>`, else the canonical one.
fn base(tree: &Tree, stated: Option<&str>) -> Option<String> {
    let mut found = [const { None }; 3];
    let mut left = vec![DOCUMENT];
    while let Some(node) = left.pop() {
        match tree.name(node) {
            "base" => found[0] = found[0].or(tree.attribute(node, "href")),
            "link"
                if tree.attribute(node, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                found[1] = found[1].or(tree.attribute(node, "href"));
            }
            "meta" if tree.attribute(node, "property") == Some("og:url") => {
                found[2] = found[2].or(tree.attribute(node, "content"));
            }
            "body" => continue,
            _ => {}
        }
        let first = left.len();
        left.extend(tree.children(node));
        left[first..].reverse();
    }
    let is_web = |address: &str| address.starts_with("http://") || address.starts_with("https://");
    let own = found.into_iter().flatten().find_map(|address| urls::resolve(stated, address.trim()));
    let own = own.filter(|address| is_web(address));
    match stated {
        Some(stated) if found[0].is_none() => Some(stated.to_owned()),
        _ => own,
    }
}

/// Tells whether a text is HTML: it begins with a tag that begins pages, or has several tags of running text.
pub(super) fn looks_like_html(text: &str) -> bool {
    const STARTS: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<article", "<main"];
    const TAGS: &[&str] =
        &["</p>", "</div>", "</a>", "</h1>", "</h2>", "</li>", "</section>", "</sup>", "</span>"];
    const ENOUGH: usize = 3;
    let mut head = text.trim_start();
    while let Some(after) = head.strip_prefix("<?xml").or_else(|| head.strip_prefix("<!--")) {
        let Some(end) = after.find('>') else { return false };
        head = after[end + 1..].trim_start();
    }
    let begins = |start: &&str| head.get(..start.len()).is_some_and(|word| word.eq_ignore_ascii_case(start));
    if STARTS.iter().any(begins) {
        return true;
    }
    head.starts_with('<') && {
        let sample = &head[..head.floor_char_boundary(64 * 1024)];
        TAGS.iter().map(|tag| sample.matches(tag).take(ENOUGH).count()).sum::<usize>() >= ENOUGH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_beside_the_input_keep_their_address() {
        const PAGE: &str = "<link rel=canonical href='https://harbour.example/log/tides.html'>\
            <p><img src='tides_files/mole.png'><img src='rope.png'></p>";
        let urls = |options: &Options| {
            let sheet = read(PAGE, options).expect("within the limits");
            let urls = sheet.runs.iter().filter_map(|run| match &run.mark {
                crate::sheet::Mark::Image { url, .. } => Some(url.clone()),
                _ => None,
            });
            urls.collect::<Vec<_>>()
        };
        let options = Options::default().beside(|address| address == "tides_files/mole.png");
        assert_eq!(urls(&options), ["tides_files/mole.png", "https://harbour.example/log/rope.png"]);
        let options = options.base_url("https://mirror.example/");
        let expected = ["https://mirror.example/tides_files/mole.png", "https://mirror.example/rope.png"];
        assert_eq!(urls(&options), expected);
    }

    #[test]
    fn knows_pages_and_fragments() {
        for (text, expected) in [
            ("<!DOCTYPE html><p>x", true),
            ("\n<html lang=en>", true),
            ("<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC>", true),
            ("<p>The ferry</p><p>sank<sup>1</sup></p>", true),
            ("<b>The ferry</b> sank.", false),
            ("The <p>ferry</p> </p> </p>", false),
            ("# A heading\n\n<div>x</div>", false),
            ("", false),
        ] {
            assert_eq!(looks_like_html(text), expected, "{text:?}");
        }
    }
}
