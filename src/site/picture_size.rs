//! How large a picture is, from what its file begins with: a page that says so does not move when the picture comes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// So much of a file is read; cameras put previews before the size.
const HEAD: u64 = 512 << 10;

/// Returns the width and height of a picture in pixels; none if it can't be told.
pub(super) fn of(path: &Path) -> Option<(u32, u32)> {
    let mut head = Vec::new();
    File::open(path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    size(&head).filter(|&(width, height)| width > 0 && height > 0)
}

fn size(head: &[u8]) -> Option<(u32, u32)> {
    match () {
        () if head.starts_with(b"\x89PNG\r\n\x1A\n") => Some((big(head, 16, 4)?, big(head, 20, 4)?)),
        () if head.starts_with(b"GIF8") => Some((little(head, 6, 2)?, little(head, 8, 2)?)),
        () if head.starts_with(b"\xFF\xD8") => jpeg(head),
        () if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") => webp(head),
        () => svg(std::str::from_utf8(head).ok()?),
    }
}

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().fold(0, |number, &byte| number << 8 | u32::from(byte)))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    Some(bytes.get(at..at + length)?.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
}

/// Goes from segment to segment until one begins a frame (ISO/IEC 10918-1 §B.2.2).
fn jpeg(head: &[u8]) -> Option<(u32, u32)> {
    let (mut at, mut lies) = (2, false);
    loop {
        let marker = *head.get(at + 1).filter(|_| head[at] == 0xFF)?;
        let length = big(head, at + 2, 2)? as usize;
        match marker {
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let (height, width) = (big(head, at + 5, 2)?, big(head, at + 7, 2)?);
                return Some(if lies { (height, width) } else { (width, height) });
            }
            0xE1 => lies |= lies_on_its_side(head.get(at + 4..at + 2 + length)?),
            0xFF => {
                at += 1;
                continue;
            }
            _ => {}
        }
        at += 2 + length;
    }
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
