//! Addresses within a site: short, in ASCII, and never out of it.
//!
//! An address is a path from the site's root without a leading slash: `essays/ferry/` is the file
//! `essays/ferry/index.html`, and the home page is the empty path.

use crate::writers::markup::{decoded, names};

/// No part of an address is longer, in bytes.
const LONGEST: usize = 80;

/// Systems give files no longer names, in bytes.
const LONGEST_PART: usize = 200;

/// Systems find no longer paths, in bytes.
const LONGEST_PATH: usize = 1000;

/// Returns words of any script as one part of an address.
pub(super) fn slug(words: &str) -> String {
    let slug = slug::slugify(words);
    let end = match slug.get(..LONGEST).map(|head| head.rfind('-')) {
        None => slug.len(),
        Some(word_end) => word_end.unwrap_or(LONGEST),
    };
    match &slug[..end] {
        // Signs alone: their bytes are a name that stays the same.
        "" => {
            words.bytes().take(LONGEST / 4).fold("n".to_owned(), |name, byte| name + &format!("{byte:02x}"))
        }
        slug => slug.to_owned(),
    }
}

/// Returns the address that a user wrote, such as `/old/ferry.html`; none if it is no path within the site, or one that is
/// too long for files.
pub(super) fn of_user(written: &str) -> Option<String> {
    // Two slashes lead to another server.
    let path = Some(written.trim()).filter(|written| !written.starts_with("//"))?.trim_start_matches('/');
    let decoded = decoded(path);
    let is_plain = |part: &str| {
        !matches!(part, "." | "..")
            && part.len() <= LONGEST_PART
            && !part.contains(['\\', ':', '?', '#', '\0', '<', '>', '"', '|', '*'])
    };
    let mut parts: Vec<&str> = decoded.split('/').collect();
    let is_folder = parts.last() == Some(&"");
    parts.retain(|part| !part.is_empty());
    if parts.is_empty()
        || decoded.len() > LONGEST_PATH
        || !parts.iter().all(|part| is_plain(part) && part.chars().all(|c| !c.is_control()))
    {
        return None;
    }
    // The page of a folder is the folder's.
    let is_folder = is_folder || parts.pop_if(|last| *last == "index.html").is_some();
    if parts.is_empty() {
        return Some(String::new());
    }
    let is_file = !is_folder && parts.last().is_some_and(|last| last.contains('.'));
    Some(parts.join("/") + if is_file { "" } else { "/" })
}

/// Tells whether an address leads to a place within the site.
pub(super) fn is_within(url: &str) -> bool {
    let scheme = url.split(['/', '?', '#']).next().unwrap_or_default();
    !url.is_empty() && !scheme.contains(':') && !url.starts_with("//")
}

/// Returns the address that a menu leads to, with what follows after `?` and `#`; none if it is no path within the site.
pub(super) fn of_menu(written: &str) -> Option<String> {
    let (path, rest) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
    let is_root = matches!(path, "" | "/");
    let url = if is_root { String::new() } else { names::encoded(&of_user(path)?) };
    Some(url + rest)
}

/// Returns the file that holds the page of an address.
pub(super) fn file(url: &str) -> String {
    if url.is_empty() || url.ends_with('/') { format!("{url}index.html") } else { url.to_owned() }
}

/// Returns what leads from a page to the site's root: `../../`, or `./` on the home page.
pub(super) fn root(url: &str) -> String {
    match url.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_script_has_an_address() {
        for (words, expected) in [
            ("The Ferry", "the-ferry"),
            ("Größe & Maß", "grosse-mass"),
            ("Паром", "parom"),
            ("渡し船", "du-sichuan"),
            ("../../etc/passwd", "etc-passwd"),
            ("!!", "n2121"),
            ("", "n"),
        ] {
            assert_eq!(slug(words), expected, "{words:?}");
        }
        assert!(slug(&"ebb and flow ".repeat(20)).len() <= LONGEST);
    }

    #[test]
    fn no_address_leads_out_of_the_site() {
        for (written, expected) in [
            ("/old/ferry", Some("old/ferry/")),
            ("old/ferry.html", Some("old/ferry.html")),
            ("/2031/03/ferry/", Some("2031/03/ferry/")),
            ("//harbour.example/ferry", None),
            ("/old/index.html", Some("old/")),
            ("index.html", Some("")),
            ("../ferry", None),
            ("/a/%2e%2e/b", None),
            ("a\\..\\b", None),
            ("https://harbour.example/", None),
            ("/", None),
            ("", None),
        ] {
            assert_eq!(of_user(written).as_deref(), expected, "{written:?}");
        }
        assert_eq!(of_user(&"a".repeat(LONGEST_PART + 1)), None);
        assert_eq!(of_user(&"a/".repeat(LONGEST_PATH)), None);
    }

    #[test]
    fn only_paths_are_within_the_site() {
        for (url, expected) in [
            ("a/b.html", true),
            ("/a", true),
            ("a/b:c", true),
            ("https://harbour.example/", false),
            ("mailto:iona@harbour.example", false),
            ("//harbour.example/", false),
            ("", false),
        ] {
            assert_eq!(is_within(url), expected, "{url:?}");
        }
    }

    #[test]
    fn pages_find_the_root() {
        for (url, file_name, up) in [
            ("", "index.html", "./"),
            ("essays/ferry/", "essays/ferry/index.html", "../../"),
            ("old/ferry.html", "old/ferry.html", "../"),
            ("404.html", "404.html", "./"),
        ] {
            assert_eq!((file(url).as_str(), root(url).as_str()), (file_name, up), "{url:?}");
        }
    }
}
