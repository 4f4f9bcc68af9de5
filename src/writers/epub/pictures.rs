//! The pictures of a book: those that were given, and those that the text holds itself as `data:` addresses.
//!
//! What a picture is, its first bytes say, never its name. Everything else stays outside, and the text links to it.

use std::collections::BTreeMap;

use crate::document::Inline;
use crate::volume::{Chapter, Volume};

/// Larger pictures stay outside, in bytes.
const LARGEST: usize = 16 << 20;

/// A picture in the book.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) media_type: &'static str,
    pub(super) extension: &'static str,
    pub(super) content: Vec<u8>,
}

/// Returns the pictures that articles show and that can be had, by their [name](Volume::picture), in the order of names.
pub(super) fn collect(
    chapters: &[Chapter<'_>],
    given: &BTreeMap<String, Vec<u8>>,
) -> BTreeMap<String, Picture> {
    let mut pictures = BTreeMap::new();
    for chapter in chapters {
        chapter.document.each_inline(&mut |inline| {
            let Inline::Image { url, .. } = inline else { return };
            let name = Volume::picture(&chapter.path, url);
            if pictures.contains_key(&name) {
                return;
            }
            let content = given.get(&name).cloned().or_else(|| decoded(url));
            if let Some(picture) = content.and_then(recognized) {
                pictures.insert(name, picture);
            }
        });
    }
    pictures
}

/// Tells what kind of picture some bytes are; none if they are no core media type of EPUB 3.3 (§3.2), too many, or an
/// SVG that reaches outside.
pub(super) fn recognized(content: Vec<u8>) -> Option<Picture> {
    let starts = |signature: &[u8]| content.starts_with(signature);
    let (media_type, extension) = match () {
        () if content.len() > LARGEST => return None,
        () if starts(b"\x89PNG\r\n\x1A\n") => ("image/png", "png"),
        () if starts(b"\xFF\xD8\xFF") => ("image/jpeg", "jpg"),
        () if starts(b"GIF87a") || starts(b"GIF89a") => ("image/gif", "gif"),
        () if starts(b"RIFF") && content.get(8..12) == Some(b"WEBP") => ("image/webp", "webp"),
        () if is_plain_svg(&content) => ("image/svg+xml", "svg"),
        () => return None,
    };
    Some(Picture { media_type, extension, content })
}

/// Tells whether bytes are an SVG that needs nothing beside itself: no script, no entity, no address but within itself.
fn is_plain_svg(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else { return false };
    let text = text.trim_start_matches('\u{FEFF}').trim();
    let mut body = text;
    if body.starts_with("<?xml") {
        body = body.split_once("?>").map_or("", |(_, rest)| rest).trim_start();
    }
    while body.starts_with("<!--") {
        body = body.split_once("-->").map_or("", |(_, rest)| rest).trim_start();
    }
    let lower = body.to_ascii_lowercase();
    let is_event = |at: usize| {
        let name = lower[at..].trim_start().strip_prefix("on").unwrap_or_default();
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.trim_start_matches(|c: char| c.is_ascii_lowercase()).trim_start().starts_with('=')
    };
    let reaches_out = [
        "<script",
        "<foreignobject",
        "<!doctype",
        "<!entity",
        "<?",
        "<image",
        "<a ",
        "@import",
        "url(http",
        "url(\"",
        "url('",
        "<set",
        "<animate",
        "<style",
    ]
    .iter()
    .any(|part| lower.contains(part))
        || lower.split("href=").skip(1).any(|value| !value.starts_with("\"#") && !value.starts_with("'#"))
        || lower.match_indices(char::is_whitespace).any(|(at, _)| is_event(at));
    body.starts_with("<svg")
        && body.ends_with("</svg>")
        && body.contains("http://www.w3.org/2000/svg")
        && !reaches_out
}

/// Returns the bytes of a `data:` address in base64 (RFC 2397, RFC 4648 §4).
fn decoded(url: &str) -> Option<Vec<u8>> {
    let rest = url.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("data:")).map(|_| &url[5..])?;
    let (kind, data) = rest.split_once(',')?;
    kind.to_ascii_lowercase().ends_with(";base64").then_some(())?;
    let mut bytes = Vec::with_capacity(data.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in data.trim_end_matches('=').bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes_say_what_a_picture_is() {
        let svg =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1v1z\"/></svg>";
        for (content, expected) in [
            ("\u{FEFF}".to_owned() + svg, Some("svg")),
            (format!("<?xml version=\"1.0\"?>\n<!-- a -->\n{svg}\n"), Some("svg")),
            ("GIF89a…".to_owned(), Some("gif")),
            (svg.replace("<path", "<script>a</script><path"), None),
            (svg.replace("<path", "<path onload = \"a\""), None),
            (svg.replace("<path", "<use href=\"https://harbour.example/a.svg\"/><path"), None),
            (svg.replace("/></svg>", "/>"), None),
            ("<html></html>".to_owned(), None),
            (String::new(), None),
        ] {
            let found = recognized(content.clone().into_bytes()).map(|picture| picture.extension);
            assert_eq!(found, expected, "{content:?}");
        }
    }

    #[test]
    fn data_addresses_hold_their_picture() {
        for (url, expected) in [
            ("data:image/gif;base64,R0lGODlhAQ==", Some("GIF89a\u{1}")),
            ("DATA:image/gif;base64,R0lG\nODlhAQ", Some("GIF89a\u{1}")),
            ("data:image/gif;base64,R0*G", None),
            ("data:text/plain,R0lG", None),
            ("data:", None),
            ("a.gif", None),
            ("é", None),
        ] {
            assert_eq!(decoded(url).as_deref(), expected.map(str::as_bytes), "{url:?}");
        }
    }
}
