//! The pictures of a book: those that were given, and those that the text holds itself as `data:` addresses.
//!
//! What a picture is, its first bytes say, never its name. Everything else stays outside, and the text links to it.

use std::collections::BTreeMap;

use super::svg;
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

/// Tells what kind of picture some bytes are; none if they are no core media type of EPUB 3.3 (§3.2), too many, an SVG
/// that reaches outside, or broken.
pub(super) fn recognized(content: Vec<u8>) -> Option<Picture> {
    let starts = |signature: &[u8]| content.starts_with(signature);
    let (media_type, extension) = match () {
        () if content.len() > LARGEST => return None,
        () if starts(b"\x89PNG\r\n\x1A\n") && is_whole_png(&content) => ("image/png", "png"),
        () if starts(b"\xFF\xD8\xFF") && is_whole_jpeg(&content) => ("image/jpeg", "jpg"),
        // A screen of no size has seven bytes after the signature.
        () if (starts(b"GIF87a") || starts(b"GIF89a")) && content.len() > 13 => ("image/gif", "gif"),
        () if starts(b"RIFF") && content.get(8..12) == Some(b"WEBP") && is_whole_webp(&content) => {
            ("image/webp", "webp")
        }
        () if svg::is_plain(&content) => ("image/svg+xml", "svg"),
        () => return None,
    };
    Some(Picture { media_type, extension, content })
}

/// Tells whether a file is a picture that may show one frame after another: a GIF, a PNG or a WebP with animation control.
pub(super) fn may_move(content: &[u8]) -> bool {
    let head = &content[..content.len().min(4096)];
    let has = |chunk: &[u8]| head.windows(chunk.len()).any(|found| found == chunk);
    head.starts_with(b"GIF8")
        || (head.starts_with(b"\x89PNG") && has(b"acTL"))
        || (head.starts_with(b"RIFF") && has(b"ANIM"))
}

/// Tells whether the chunks of a PNG reach to its end (ISO/IEC 15948 §5.3).
fn is_whole_png(content: &[u8]) -> bool {
    let mut rest = content.get(8..).unwrap_or_default();
    let mut is_first = true;
    while let [a, b, c, d, kind @ ..] = rest {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        if is_first && !(kind.starts_with(b"IHDR") && length == 13) {
            return false;
        }
        if kind.starts_with(b"IEND") {
            return true;
        }
        is_first = false;
        rest = rest.get(12..).and_then(|rest| rest.get(length..)).unwrap_or_default();
    }
    false
}

/// Tells whether a JPEG says how large it is, and ends (ISO/IEC 10918-1 §B.1).
fn is_whole_jpeg(content: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xFF, marker, high, low]) = content.get(at..at + 4) {
        let is_frame = matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
        if is_frame {
            return content.len() > at + 9
                && content.windows(2).rev().take(1024).any(|end| end == [0xFF, 0xD9]);
        }
        at += if marker == 0xFF { 1 } else { 2 + usize::from(u16::from_be_bytes([high, low])) };
    }
    false
}

/// Tells whether a WebP is as long as its container says (RFC 9649 §2.4).
fn is_whole_webp(content: &[u8]) -> bool {
    let length = content.get(4..8).and_then(|length| <[u8; 4]>::try_from(length).ok());
    length.is_some_and(|length| u32::from_le_bytes(length) as usize + 8 <= content.len())
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
    fn pictures_that_move_are_told() {
        for (content, expected) in [
            (&b"GIF89a\x01\0\x01\0\0\0\0;"[..], true),
            (b"\x89PNG\r\n\x1A\n----acTL", true),
            (b"\x89PNG\r\n\x1A\n----IDAT", false),
            (b"RIFF----WEBPVP8X----ANIM", true),
            (b"RIFF----WEBPVP8 ", false),
            (b"<html>GIF8 acTL ANIM</html>", false),
            (b"", false),
        ] {
            assert_eq!(may_move(content), expected, "{:?}", String::from_utf8_lossy(content));
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
