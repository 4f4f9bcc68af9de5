//! `--urls`: addresses that the text lost and the user still has, put back by the words of their links.
//!
//! Numbers prove nothing, because a page has other links than its export. Where the same words lead to several
//! addresses, what is left of the address chooses, else the order.

use std::collections::BTreeMap;

use super::link::LinkNote;
use crate::options::{Options, folded};
use crate::sheet::Sheet;

/// The addresses of the user, and how often each words were asked for.
pub(super) struct KnownUrls<'o> {
    urls: &'o BTreeMap<String, Vec<String>>,
    asked: BTreeMap<String, usize>,
}

impl<'o> KnownUrls<'o> {
    pub(super) fn new(options: &'o Options) -> Self {
        Self { urls: &options.urls, asked: BTreeMap::new() }
    }

    /// Returns the address of a note that lost it.
    pub(super) fn of(&mut self, sheet: &Sheet<'_>, link: &LinkNote) -> Option<&'o str> {
        let words = folded(link.words.of(&sheet.text));
        let urls = self.urls.get(&words)?;
        let nth = self.asked.entry(words).or_default();
        *nth += 1;
        let left = link.host.map(|host| host.of(&sheet.text));
        let fitting: Vec<&str> =
            urls.iter().map(String::as_str).filter(|url| left.is_none_or(|left| fits(url, left))).collect();
        fitting.get(*nth - 1).or(fitting.first()).copied()
    }
}

/// Tells whether an address has this host, or begins with this part of an address.
fn fits(url: &str, left: &str) -> bool {
    let (_, rest) = url.split_once("://").unwrap_or(("", url));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.strip_suffix(left).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    is_host || url.starts_with(left) || rest.starts_with(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_must_fit() {
        for (url, left, expected) in [
            ("https://harbour.example/mole", "harbour.example", true),
            ("https://www.harbour.example/mole", "harbour.example", true),
            ("https://harbour.example/mole", "https://harbour.exam", true),
            ("https://harbour.example/mole", "harbour.example/mo", true),
            ("https://oldharbour.example/mole", "harbour.example", false),
            ("https://light.example/harbour.example", "harbour.example", false),
        ] {
            assert_eq!(fits(url, left), expected, "{left:?} of {url:?}");
        }
    }
}
