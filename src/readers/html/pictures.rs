//! Pictures: the address that counts, and pictures that are none.

use std::collections::BTreeSet;

use super::tree::{Id, Tree};

/// Where pages that load pictures late keep the address.
const LATE: &[&str] =
    &["data-src", "data-original", "data-lazy-src", "data-lazy", "data-hi-res-src", "data-orig-file"];

/// Where they keep several, for wide and narrow screens.
const LATE_SETS: &[&str] = &["data-srcset", "data-lazy-srcset", "srcset"];

/// Words in the file names of pictures that stand there until another is loaded.
const STAND_INS: &[&str] = &[
    "blank",
    "spacer",
    "placeholder",
    "pixel",
    "transparent",
    "trans",
    "clear",
    "empty",
    "dummy",
    "loading",
    "loader",
    "preload",
    "lazy",
    "lazyload",
    "grey",
    "gray",
    "1x1",
];

/// Returns the address of a picture; nothing for a dot that only counts visits.
pub(super) fn address(tree: &Tree, image: Id) -> Option<&str> {
    let is_dot = |name| tree.attribute(image, name).is_some_and(|size| matches!(size.trim(), "0" | "1"));
    if is_dot("width") && is_dot("height") {
        return None;
    }
    let stated = stated(tree, image, "src");
    stated.filter(|src| !may_stand_in(tree, image, src)).or_else(|| late(tree, image)).or(stated)
}

/// Puts a picture that a page only shows without scripts where another stands until scripts load it, and shows it where
/// it stands alone.
pub(super) fn settle(tree: &mut Tree) {
    let holders: Vec<(Id, Id)> =
        tree.ids().filter_map(|node| Some((node, only_picture(tree, node)?))).collect();
    if holders.is_empty() {
        return;
    }
    let inside: BTreeSet<Id> = holders.iter().map(|&(_, image)| image).collect();
    let shown = tree.ids().filter(|node| tree.name(*node) == "img" && !inside.contains(node));
    let shown: BTreeSet<String> = shown.filter_map(|image| address(tree, image)).map(str::to_owned).collect();
    for (holder, image) in holders {
        if address(tree, image).is_none_or(|address| shown.contains(address)) {
            continue;
        }
        let mut before = std::iter::successors(tree.previous(holder), |&node| tree.previous(node));
        let before = before.find(|&node| !tree.is_blank(node));
        match before.and_then(|node| picture_of(tree, node)) {
            Some(picture) if is_stand_in(tree, picture) => tree.detach(picture),
            Some(_) => continue,
            None => {}
        }
        tree.rename(holder, "span");
    }
}

/// Returns the picture that a `noscript` has and nothing else, unless it only counts visits.
fn only_picture(tree: &Tree, node: Id) -> Option<Id> {
    // What counts visits stands beside the content, not in it.
    let is_in_content = || {
        let is_page = |around| around == 0 || matches!(tree.name(around), "html" | "body" | "head");
        tree.parent(node).is_some_and(|around| !is_page(around))
    };
    if tree.name(node) != "noscript" || !is_in_content() {
        return None;
    }
    let image = picture_of(tree, node)?;
    let says = tree.attribute(image, "alt").is_some_and(|alt| !alt.trim().is_empty());
    let path = address(tree, image)?.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let is_file = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"].iter().any(|end| path.ends_with(end));
    let style = tree.attribute(image, "style").unwrap_or_default().replace(' ', "");
    ((says || is_file) && !style.contains("display:none")).then_some(image)
}

/// Returns the picture that an element is, or holds without any words.
fn picture_of(tree: &Tree, node: Id) -> Option<Id> {
    fn find(tree: &Tree, node: Id) -> Option<Id> {
        if tree.name(node) == "img" {
            return Some(node);
        }
        tree.children(node).find_map(|child| find(tree, child))
    }
    find(tree, node).filter(|_| tree.text(node).trim().is_empty())
}

/// Tells whether a picture stands there for another, whose address it does not have.
fn is_stand_in(tree: &Tree, image: Id) -> bool {
    let src = stated(tree, image, "src");
    src.is_none_or(|src| may_stand_in(tree, image, src)) && late(tree, image).is_none()
}

/// Tells whether a picture looks like one that only stands there until another is loaded.
fn may_stand_in(tree: &Tree, image: Id, src: &str) -> bool {
    let class = tree.attribute(image, "class").unwrap_or_default();
    let file = src.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let name = file.split('.').next().unwrap_or_default().to_ascii_lowercase();
    src.starts_with("data:")
        || class.split_ascii_whitespace().any(|word| word == "lazyload")
        || name.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| STAND_INS.contains(&word))
}

/// Returns the address that is loaded late, or the largest of several: its own, or one of the `picture` around.
fn late(tree: &Tree, image: Id) -> Option<&str> {
    let around = tree.parent(image).filter(|&around| tree.name(around) == "picture");
    let sources = around.into_iter().flat_map(|around| tree.children(around));
    let sources = sources.filter(|&node| tree.name(node) == "source");
    let largest_of = |node: Id| LATE_SETS.iter().find_map(|name| largest(tree.attribute(node, name)?));
    let own = LATE.iter().find_map(|name| stated(tree, image, name));
    own.or_else(|| std::iter::once(image).chain(sources).find_map(largest_of))
}

fn stated<'t>(tree: &'t Tree, image: Id, name: &str) -> Option<&'t str> {
    tree.attribute(image, name).map(str::trim).filter(|found| !found.is_empty())
}

/// Returns the largest address of a `srcset`; the last of several that are as large.
fn largest(srcset: &str) -> Option<&str> {
    let mut best = None;
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        let bare = address.trim_end_matches(',');
        if bare.is_empty() {
            return best.map(|(_, address)| address).filter(|address: &&str| !address.starts_with("data:"));
        }
        let end = if bare.len() < address.len() { 0 } else { after.find(',').unwrap_or(after.len()) };
        let size = after[..end].trim().trim_end_matches(['w', 'x', 'h']).parse().unwrap_or(1.0);
        if best.is_none_or(|(largest, _)| size >= largest) {
            best = Some((size, bare));
        }
        rest = &after[end..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::parse;

    #[test]
    fn the_largest_of_a_set_counts() {
        for (srcset, expected) in [
            ("a.png 400w, b.png 1600w", Some("b.png")),
            ("b.png 1600w,a.png 400w", Some("b.png")),
            ("a.png, b.png 2x", Some("b.png")),
            ("/w_400,c_fit/a.png 400w, /w_900,c_fit/a.png 900w", Some("/w_900,c_fit/a.png")),
            ("a.png", Some("a.png")),
            (" , ", None),
            ("data:image/gif;base64,R0lG 1w", None),
        ] {
            assert_eq!(largest(srcset), expected, "{srcset:?}");
        }
    }

    #[test]
    fn the_picture_that_is_loaded_late_counts() {
        for (page, expected) in [
            ("<img src=a.png data-src=b.png>", "a.png"),
            ("<img src=/i/blank.gif data-original=b.png>", "b.png"),
            ("<img src=/i/blank.gif>", "/i/blank.gif"),
            ("<img class='wide lazyload' src=tiny.png data-src=b.png>", "b.png"),
            ("<img src='data:image/gif;base64,R' data-srcset='a.png 1x, b.png 2x'>", "b.png"),
            ("<picture><source srcset='b.webp'><img src='data:image/gif;base64,R'></picture>", "b.webp"),
            ("<picture><source srcset='b.webp'><img src=a.png></picture>", "a.png"),
            ("<div><img src=blank.gif><noscript><img src=b.png></noscript></div>", "b.png"),
            ("<div><img src=blank.gif data-src=b.png><noscript><img src=b.png></noscript></div>", "b.png"),
            ("<div><img src=a.png><noscript><img src=b.png></noscript></div>", "a.png"),
            ("<div><noscript><img src=b.png></noscript></div>", "b.png"),
            ("<div><noscript><img src='/count?v=1'></noscript></div>", ""),
            ("<html><body><noscript><img src=count.gif></noscript></body></html>", ""),
        ] {
            let mut tree = parse(page).expect("within the limits");
            settle(&mut tree);
            let is_shown = |node: &Id| {
                let mut around = std::iter::successors(Some(*node), |&node| tree.parent(node));
                tree.name(*node) == "img"
                    && around.clone().last() == Some(0)
                    && around.all(|node| tree.name(node) != "noscript")
            };
            let found: Vec<&str> =
                tree.ids().filter(is_shown).filter_map(|node| address(&tree, node)).collect();
            assert_eq!(found.join(" "), expected, "{page:?}");
        }
    }
}
