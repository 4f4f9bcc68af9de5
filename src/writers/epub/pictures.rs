//! The pictures of a book: those that were given, and those that the text holds itself as `data:` addresses.
//! Everything else stays outside, and the text links to it.

use std::collections::BTreeMap;

use super::svg;
use crate::document::Inline;
use crate::volume::{Chapter, Volume};
use crate::writers::pictures::{self, Kind};

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

/// Tells what kind of picture some bytes are; none if they are no core media type of EPUB 3.3 (§3.2), too many, an SVG
/// that reaches outside, or broken.
pub(super) fn recognized(content: Vec<u8>) -> Option<Picture> {
    if content.len() > LARGEST {
        return None;
    }
    let (media_type, extension) = match pictures::kind(&content) {
        Some(kind) if !pictures::is_whole(kind, &content) => return None,
        Some(Kind::Png) => ("image/png", "png"),
        Some(Kind::Jpeg) => ("image/jpeg", "jpg"),
        Some(Kind::Gif) => ("image/gif", "gif"),
        Some(Kind::Webp) => ("image/webp", "webp"),
        None if svg::is_plain(&content) => ("image/svg+xml", "svg"),
        None => return None,
    };
    Some(Picture { media_type, extension, content })
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
        let png = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR0123456789abc----\0\0\0\0IEND----";
        let jpeg = b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xC0\0\x0B\x08\0\x01\0\x01\x01\0\0\0\xFF\xD9";
        let webp = b"RIFF\x05\0\0\0WEBP\0";
        for (content, expected) in [
            (svg.as_bytes(), Some("svg")),
            (b"GIF89a\x01\0\x01\0\0\0\0;", Some("gif")),
            (png, Some("png")),
            (jpeg, Some("jpg")),
            (webp, Some("webp")),
            (b"GIF89a", None),
            (&png[..png.len() - 8], None),
            (&png[..20], None),
            (&jpeg[..jpeg.len() - 2], None),
            (&jpeg[..6], None),
            (&webp[..12], None),
            (b"<html></html>", None),
            (b"", None),
        ] {
            let found = recognized(content.to_vec()).map(|picture| picture.extension);
            assert_eq!(found, expected, "{:?}", String::from_utf8_lossy(content));
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
