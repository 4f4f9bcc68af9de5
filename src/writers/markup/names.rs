//! What articles call each other: paths and addresses, in the form in which they can be compared.

/// Returns what two addresses of the same page have in common.
pub(crate) fn published(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/').to_owned()
}

/// Returns a path without `.`, `..` and doubled separators.
pub(crate) fn normalized(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Returns a path without the extension that articles have, in whatever form they link to each other.
pub(crate) fn without_extension(path: &str) -> String {
    let known = ["txt", "text", "md", "markdown", "mdown", "html", "htm", "xhtml"];
    match path.rsplit_once('.') {
        Some((stem, extension)) if known.contains(&extension.to_ascii_lowercase().as_str()) => {
            stem.to_owned()
        }
        _ => path.to_owned(),
    }
}

/// Returns the path of a file as an address has it.
#[cfg(feature = "site")]
pub(crate) fn encoded(path: &str) -> String {
    super::url::encode(&path.replace('%', "%25").replace('?', "%3F").replace('#', "%23"))
}
