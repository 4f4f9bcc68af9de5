//! Addresses: valid by the rules of URLs (WHATWG URL Standard), and never a script.

use super::host::has_host;

/// Returns an address as it can stand in an attribute before escaping: what a URL can't hold is percent-encoded.
pub(crate) fn encode(url: &str) -> String {
    let mut encoded = String::with_capacity(url.len());
    let bytes = url.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
        match byte {
            b'%' if !(is_hex(at + 1) && is_hex(at + 2)) => encoded.push_str("%25"),
            b'%' | b'-' | b'_' | b'.' | b'~' | b':' | b'/' | b'?' | b'#' | b'@' | b'!' | b'$' | b'&'
            | b'\'' => {
                encoded.push(char::from(byte));
            }
            b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' => encoded.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Returns the scheme of an address in lower case; none for a relative one.
pub(super) fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
    is_one.then(|| scheme.to_ascii_lowercase())
}

/// Tells whether following an address could run what a stranger wrote. The address is [encoded](encode).
pub(crate) fn is_harmful(encoded: &str) -> bool {
    scheme(encoded)
        .is_some_and(|scheme| matches!(scheme.as_str(), "javascript" | "vbscript" | "data" | "file" | "blob"))
}

/// Tells whether a reading system would open an address: a scheme that it knows and a host that can exist. `EPUBCheck`
/// takes everything else for a mistake (RSC-020, HTM-025). The address is [encoded](encode).
pub(crate) fn leads_out_of_a_book(encoded: &str) -> bool {
    let Some((_, rest)) = encoded.split_once(':') else { return false };
    match scheme(encoded).as_deref() {
        Some("http" | "https" | "ftp") => rest.strip_prefix("//").is_some_and(has_host),
        Some("mailto" | "tel" | "urn") => !rest.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded() {
        for (url, expected) in [
            ("https://harbour.example/a_(b)?x=1&y=2#z", "https://harbour.example/a_(b)?x=1&y=2#z"),
            ("https://harbour.example/a b|c", "https://harbour.example/a%20b%7Cc"),
            ("/größe/100%", "/gr%C3%B6%C3%9Fe/100%25"),
            ("a%20b%2", "a%20b%252"),
            ("", ""),
        ] {
            assert_eq!(encode(url), expected, "{url:?}");
        }
    }

    #[test]
    fn scripts_are_harmful() {
        for (url, expected) in [
            ("javascript:alert(1)", true),
            ("JavaScript:alert(1)", true),
            ("vbscript:x", true),
            ("data:text/html,x", true),
            ("java\nscript:alert(1)", false),
            (" javascript:alert(1)", false),
            ("https://harbour.example/javascript:x", false),
            ("notes/javascript", false),
            ("#javascript:", false),
        ] {
            assert_eq!(is_harmful(&encode(url)), expected, "{url:?} as {:?}", encode(url));
        }
    }

    #[test]
    fn books_link_to_what_can_be_opened() {
        for (url, expected) in [
            ("https://harbour.example/log?y=1902", true),
            ("HTTP://harbour.example:8080", true),
            ("mailto:iona@harbour.example", true),
            ("http://192.0.2.7/log", true),
            ("https://", false),
            ("https:harbour.example", false),
            ("https://har bour.example/", false),
            ("https://müller.example/", true),
            ("gopher://harbour.example/", false),
            ("log.html", false),
            ("/log", false),
        ] {
            assert_eq!(leads_out_of_a_book(&encode(url)), expected, "{url:?}");
        }
    }
}
