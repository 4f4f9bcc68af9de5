//! Pictures: the address that counts, and pictures that are none.

use super::tree::{Id, Tree};

/// Where pages that load pictures late keep the address.
const LATE: &[&str] = &["data-src", "data-original", "data-lazy-src", "data-orig-file", "data-hi-res-src"];

/// Returns the address of a picture; nothing for a dot that only counts visits.
pub(super) fn address(tree: &Tree, image: Id) -> Option<&str> {
    let is_dot = |name| tree.attribute(image, name).is_some_and(|size| matches!(size.trim(), "0" | "1"));
    if is_dot("width") && is_dot("height") {
        return None;
    }
    let address = |name: &&str| tree.attribute(image, name).map(str::trim).filter(|found| !found.is_empty());
    let stated = address(&"src")
        .filter(|src| !src.starts_with("data:") || LATE.iter().all(|late| address(late).is_none()));
    stated.or_else(|| LATE.iter().find_map(address)).or_else(|| largest(tree.attribute(image, "srcset")?))
}

/// Returns the last address of a `srcset`, which is usually the largest.
fn largest(srcset: &str) -> Option<&str> {
    srcset.split(", ").last()?.split_whitespace().next().map(|url| url.trim_end_matches(','))
}
