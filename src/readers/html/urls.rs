//! Addresses of links and pictures: made absolute (RFC 3986 §5.2), and left out where they would run something.

/// Resolves a relative address against that of the page; returns nothing for one that would run something, or that
/// is none.
pub(super) fn resolve(base: Option<&str>, address: &str) -> Option<String> {
    // Browsers ignore white space and control characters round and in addresses.
    let address: String = address
        .trim_matches(|c: char| c.is_whitespace() || c.is_control())
        .chars()
        .filter(|c| !matches!(c, '\n' | '\r' | '\t'))
        .map(|c| if c == ' ' { "%20".to_owned() } else { c.to_string() })
        .collect();
    if let Some(scheme) = scheme(&address) {
        return is_harmless(scheme, &address).then_some(address);
    }
    let Some(base) = base.and_then(Base::of) else { return Some(address) };
    Some(base.join(&address))
}

/// Returns the scheme of an absolute address, without the colon.
pub(super) fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

/// Tells whether following an address runs nothing.
fn is_harmless(scheme: &str, address: &str) -> bool {
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "ftp" | "ftps" | "mailto" | "tel" | "sms" | "geo" | "irc" | "ircs" | "xmpp"
        | "magnet" | "doi" | "urn" | "gemini" | "gopher" | "news" | "sip" | "matrix" | "file" => true,
        "data" => {
            let kind = address[5..].to_ascii_lowercase();
            ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]
                .iter()
                .any(|image| kind.starts_with(image))
        }
        _ => false,
    }
}

/// The parts of an absolute address.
struct Base<'b> {
    scheme: &'b str,
    /// With the two slashes.
    authority: &'b str,
    path: &'b str,
    /// With the question mark.
    query: &'b str,
}

impl<'b> Base<'b> {
    fn of(address: &'b str) -> Option<Self> {
        let scheme = scheme(address)?;
        let rest = &address[scheme.len() + 1..];
        let rest = &rest[..rest.find('#').unwrap_or(rest.len())];
        let after = rest.strip_prefix("//")?;
        let end = after.find(['/', '?']).unwrap_or(after.len());
        let (path, query) = after[end..].split_at(after[end..].find('?').unwrap_or(after.len() - end));
        Some(Self { scheme, authority: &rest[..end + 2], path, query })
    }

    fn join(&self, relative: &str) -> String {
        let Self { scheme, authority, path, query } = self;
        if relative.is_empty() {
            return format!("{scheme}:{authority}{path}{query}");
        }
        if relative.starts_with("//") {
            return format!("{scheme}:{relative}");
        }
        if relative.starts_with('#') {
            return format!("{scheme}:{authority}{path}{query}{relative}");
        }
        if relative.starts_with('?') {
            return format!("{scheme}:{authority}{path}{relative}");
        }
        let end = relative.find(['?', '#']).unwrap_or(relative.len());
        let (target, rest) = relative.split_at(end);
        let folder = if target.starts_with('/') { "" } else { &path[..path.rfind('/').unwrap_or(0)] };
        let joined = format!("{folder}/{}", target.strip_prefix('/').unwrap_or(target));
        format!("{scheme}:{authority}{}{rest}", without_dots(&joined))
    }
}

/// Takes `.` and `..` out of a path (RFC 3986 §5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut steps = path.split('/').skip(1).peekable();
    while let Some(step) = steps.next() {
        let is_last = steps.peek().is_none();
        match step {
            "." | ".." => {
                if step == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            step => kept.push(step),
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_count_from_the_page() {
        let base = Some("https://harbour.example/log/1902/?page=2#top");
        for (address, expected) in [
            ("mole.html", "https://harbour.example/log/1902/mole.html"),
            ("../1903/", "https://harbour.example/log/1903/"),
            ("../../../x", "https://harbour.example/x"),
            ("/rope", "https://harbour.example/rope"),
            ("//cdn.example/a.png", "https://cdn.example/a.png"),
            ("?page=3", "https://harbour.example/log/1902/?page=3"),
            ("#n1", "https://harbour.example/log/1902/?page=2#n1"),
            ("./", "https://harbour.example/log/1902/"),
            ("http://ferry.example", "http://ferry.example"),
            ("mailto:iona@harbour.example", "mailto:iona@harbour.example"),
            ("a b.html", "https://harbour.example/log/1902/a%20b.html"),
        ] {
            assert_eq!(resolve(base, address).as_deref(), Some(expected), "{address:?}");
        }
        assert_eq!(resolve(None, "../a.html").as_deref(), Some("../a.html"));
        assert_eq!(
            resolve(Some("https://harbour.example"), "a").as_deref(),
            Some("https://harbour.example/a")
        );
    }

    #[test]
    fn what_runs_something_is_left_out() {
        for address in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html,<script>",
            "data:image/svg+xml,<svg onload=x>",
            "blob:https://harbour.example/1",
        ] {
            assert_eq!(resolve(None, address), None, "{address:?}");
        }
        assert!(resolve(None, "data:image/png;base64,iVBOR").is_some());
    }
}
