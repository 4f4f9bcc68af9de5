//! Films, sound and other pages that a page shows: what is left of them is where they are.

use super::styles::declarations;
use super::tree::{Id, Tree};
use super::urls;

/// What a link to a medium says, and where it leads.
pub(super) struct Medium {
    pub(super) address: String,
    pub(super) words: String,
}

/// Where media keep their address, the first that has one; pages that load them late keep it in `data-…`.
const ADDRESSES: &[&str] = &["src", "data", "data-src", "data-lazy-src", "data-litespeed-src"];

/// Hosts of frames that show nothing of the article.
const ADVERTISING: &[&str] = &[
    "doubleclick.net",
    "googlesyndication.com",
    "googletagmanager.com",
    "adservice.google.com",
    "amazon-adsystem.com",
    "recaptcha.net",
];

/// Tells whether an element shows what stands elsewhere.
pub(super) fn is_medium(name: &str) -> bool {
    matches!(name, "iframe" | "video" | "audio" | "embed" | "object")
}

/// Returns where a medium is; nothing for one that nobody sees.
pub(super) fn of(tree: &Tree, node: Id, base: Option<&str>) -> Option<Medium> {
    if is_hidden(tree, node) || holds(tree, node, "img").is_some() {
        return None;
    }
    let address = addresses(tree, node).find_map(|address| followed(base, address))?;
    if host(&address).is_some_and(|host| ADVERTISING.iter().any(|name| is_below(host, name))) {
        return None;
    }
    let stated = ["title", "aria-label"].iter().filter_map(|name| tree.attribute(node, name));
    let stated = stated.map(str::to_owned);
    let link = holds(tree, node, "a").map(|link| tree.text(link));
    let words = stated.chain(link).find(|words| !words.trim().is_empty());
    Some(Medium { words: words.unwrap_or_else(|| shown(&address).to_owned()), address })
}

/// Tells whether a browser shows nothing of a medium: frames of a dot only count visits, sound without a button only
/// sounds.
pub(super) fn is_hidden(tree: &Tree, node: Id) -> bool {
    let has = |name: &str, values: &[&str]| {
        tree.attribute(node, name).is_some_and(|value| values.contains(&value.trim().trim_end_matches("px")))
    };
    let style = tree.attribute(node, "style").unwrap_or_default().to_ascii_lowercase();
    let is_styled_away = declarations(&style).into_iter().any(|(key, value)| match key {
        "display" => value.starts_with("none"),
        "visibility" => value.starts_with("hidden"),
        "width" | "height" => matches!(value, "0" | "0px"),
        "clip" => value.starts_with("rect"),
        _ => false,
    });
    is_styled_away
        || has("width", &["0", "1"])
        || has("height", &["0", "1"])
        || has("aria-hidden", &["true"])
        || tree.attribute(node, "hidden").is_some()
        || (tree.name(node) == "audio" && tree.attribute(node, "controls").is_none())
}

/// Returns the addresses of a medium: its own, those of its sources, and that of the plug-in inside.
fn addresses(tree: &Tree, node: Id) -> impl Iterator<Item = &str> {
    let inside =
        tree.children(node).filter(|&child| matches!(tree.name(child), "source" | "embed" | "param"));
    std::iter::once(node).chain(inside).flat_map(move |node| {
        let names_it =
            |name: &str| matches!(name.to_ascii_lowercase().as_str(), "movie" | "src" | "filename");
        let value = tree.attribute(node, "name").filter(|name| names_it(name));
        let value = value.and_then(|_| tree.attribute(node, "value"));
        ADDRESSES.iter().filter_map(move |name| tree.attribute(node, name)).chain(value)
    })
}

/// Resolves an address, if a reader can follow it.
fn followed(base: Option<&str>, address: &str) -> Option<String> {
    let address = address.trim();
    let resolved =
        urls::resolve(base, address).filter(|_| !address.is_empty() && !address.starts_with('#'))?;
    match urls::scheme(&resolved) {
        Some("http" | "https") => Some(resolved),
        Some(_) => None,
        None if resolved.starts_with("//") => Some(format!("https:{resolved}")),
        None => Some(resolved),
    }
}

/// Finds the first element of a name inside one.
fn holds(tree: &Tree, node: Id, name: &str) -> Option<Id> {
    tree.children(node)
        .find_map(|child| if tree.name(child) == name { Some(child) } else { holds(tree, child, name) })
}

fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    rest.split(['/', '?', '#']).next()
}

fn is_below(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Returns the host and the path of an address.
fn shown(address: &str) -> &str {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = bare.find(['?', '#']).unwrap_or(bare.len());
    bare[..end].trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::{DOCUMENT, parse};

    #[test]
    fn media_are_links() {
        for (page, expected) in [
            ("<iframe src='https://film.example/embed/7?rel=0'></iframe>", Some("film.example/embed/7")),
            ("<iframe src='//film.example/7' title='The mole'></iframe>", Some("The mole")),
            ("<iframe src='about:blank' data-src='https://film.example/7'></iframe>", Some("film.example/7")),
            ("<video><source src='a.webm'>No film.</video>", Some("a.webm")),
            ("<video src='blob:https://film.example/7'></video>", None),
            ("<object data='tide.pdf'><a href='tide.pdf'>The tides</a></object>", Some("The tides")),
            ("<object><param name=movie value='tide.swf'></object>", Some("tide.swf")),
            ("<audio src='bell.mp3' controls></audio>", Some("bell.mp3")),
            ("<audio src='bell.mp3'></audio>", None),
            ("<embed src='javascript:alert(1)'>", None),
            ("<iframe src='data:text/html,x'></iframe>", None),
            ("<iframe src='https://count.example/' width=1 height=1></iframe>", None),
            ("<iframe src='https://count.example/' style='display: none'></iframe>", None),
            ("<iframe src='https://ad.doubleclick.net/x'></iframe>", None),
            ("<iframe></iframe>", None),
        ] {
            let tree = parse(page).expect("within the limits");
            let node = tree.ids().find(|&node| is_medium(tree.name(node))).unwrap_or(DOCUMENT);
            let found = of(&tree, node, None).map(|medium| medium.words);
            assert_eq!(found.as_deref(), expected, "{page:?}");
        }
    }
}
