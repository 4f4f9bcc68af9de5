//! How large a picture is, from what its file begins with: a page that says so does not move when the picture comes.

use super::{Kind, kind, segments};

/// Returns the width and height of a picture in pixels, of which the beginning is enough; none if it can't be told.
pub(crate) fn size(head: &[u8]) -> Option<(u32, u32)> {
    let size = match kind(head) {
        Some(Kind::Png) => (big(head, 16, 4)?, big(head, 20, 4)?),
        Some(Kind::Jpeg) => jpeg(head)?,
        Some(Kind::Gif) => (little(head, 6, 2)?, little(head, 8, 2)?),
        Some(Kind::Webp) => webp(head)?,
        None => svg(std::str::from_utf8(head).ok()?)?,
    };
    Some(size).filter(|&(width, height)| width > 0 && height > 0)
}

/// Reads the first frame; cameras tell before it which way up the picture is.
fn jpeg(head: &[u8]) -> Option<(u32, u32)> {
    let mut lies = false;
    for segment in segments(head) {
        if segment.is_frame() {
            let (height, width) = (big(segment.content, 1, 2)?, big(segment.content, 3, 2)?);
            return Some(if lies { (height, width) } else { (width, height) });
        }
        lies |= segment.marker == 0xE1 && lies_on_its_side(segment.content);
    }
    None
}

/// Tells whether a camera says that the picture has to be turned: the orientation in Exif (2.32 §4.6.4) is 5 to 8.
fn lies_on_its_side(segment: &[u8]) -> bool {
    let orientation = || {
        let tiff = segment.strip_prefix(b"Exif\0\0")?;
        let number = if tiff.starts_with(b"MM") { big } else { little };
        let entries = number(tiff, 4, 4)? as usize;
        let mut places = (0..number(tiff, entries, 2)? as usize).map(|entry| entries + 2 + entry * 12);
        number(tiff, places.find(|&place| number(tiff, place, 2) == Some(0x0112))? + 8, 2)
    };
    matches!(orientation(), Some(5..=8))
}

/// Reads the first chunk, of which there are three kinds (RFC 9649 §2.5 to §2.7).
fn webp(head: &[u8]) -> Option<(u32, u32)> {
    match head.get(12..16)? {
        b"VP8X" => Some((little(head, 24, 3)? + 1, little(head, 27, 3)? + 1)),
        b"VP8L" => {
            let bits = little(head, 21, 4)?;
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        b"VP8 " => Some((little(head, 26, 2)? & 0x3FFF, little(head, 28, 2)? & 0x3FFF)),
        _ => None,
    }
}

/// Reads what the root element says of its size, else of its coordinates.
fn svg(text: &str) -> Option<(u32, u32)> {
    let document = roxmltree::Document::parse(text.trim_start_matches('\u{FEFF}').trim()).ok()?;
    let root = document.root_element();
    // `29.7px` is 29; what is no number of pixels is nothing.
    let pixels = |words: &str| words.trim().trim_end_matches("px").split('.').next()?.parse::<u32>().ok();
    let own = |name| root.attribute(name).and_then(pixels);
    own("width").zip(own("height")).or_else(|| {
        let mut numbers =
            root.attribute("viewBox")?.split([' ', ',']).filter(|word| !word.is_empty()).skip(2);
        numbers.next().and_then(pixels).zip(numbers.next().and_then(pixels))
    })
}

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().fold(0, |number, &byte| number << 8 | u32::from(byte)))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_picture_tells_its_size() {
        let jpeg = |orientation: u8| {
            let exif = [
                b"\xFF\xE1\x00\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
                &[orientation, 0, 0, 0, 0, 0, 0],
            ];
            [b"\xFF\xD8".as_slice(), &exif.concat(), b"\xFF\xC0\x00\x11\x08\x00\x14\x00\x1E\x03"].concat()
        };
        let svg = |attributes: &str| {
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}/>").into_bytes()
        };
        for (head, expected) in [
            (b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x1E\0\0\0\x14".to_vec(), Some((30, 20))),
            (b"GIF89a\x1E\0\x14\0".to_vec(), Some((30, 20))),
            (jpeg(1), Some((30, 20))),
            (jpeg(6), Some((20, 30))),
            (b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x1D\0\0\x13\0\0".to_vec(), Some((30, 20))),
            (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F\x1D\xC0\x04\0".to_vec(), Some((30, 20))),
            (b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x1E\0\x14\0".to_vec(), Some((30, 20))),
            (svg("width=\"30px\" height=\"20.5\""), Some((30, 20))),
            (svg("viewBox=\"0 0 30 20\" width=\"100%\""), Some((30, 20))),
            (svg("width=\"3em\" height=\"2em\""), None),
            (b"\xFF\xD8\xFF\xE0".to_vec(), None),
            (b"no picture".to_vec(), None),
            (Vec::new(), None),
        ] {
            assert_eq!(size(&head), expected, "{head:?}");
        }
    }
}
