//! What pictures say of themselves in their bytes: what they are, how large they are, whether they are whole and whether
//! they may move. Names say nothing.

#[cfg(feature = "site")]
mod size;

#[cfg(feature = "site")]
pub(crate) use self::size::size;

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Png,
    Jpeg,
    Gif,
    Webp,
}

/// Tells what a picture is; none for an SVG, which is XML and says so in no place of its own.
pub(crate) fn kind(content: &[u8]) -> Option<Kind> {
    match () {
        () if content.starts_with(b"\x89PNG\r\n\x1A\n") => Some(Kind::Png),
        () if content.starts_with(b"\xFF\xD8\xFF") => Some(Kind::Jpeg),
        () if content.starts_with(b"GIF87a") || content.starts_with(b"GIF89a") => Some(Kind::Gif),
        () if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") => Some(Kind::Webp),
        () => None,
    }
}

/// Tells whether nothing is missing at the end of a picture.
pub(crate) fn is_whole(kind: Kind, content: &[u8]) -> bool {
    match kind {
        Kind::Png => is_whole_png(content),
        Kind::Jpeg => {
            let is_end = |end: &[u8]| end == [0xFF, 0xD9];
            segments(content).any(|segment| segment.is_frame() && segment.content.len() > 5)
                && content.windows(2).rev().take(1024).any(is_end)
        }
        // A screen of no size has seven bytes after the signature.
        Kind::Gif => content.len() > 13,
        Kind::Webp => is_whole_webp(content),
    }
}

/// Tells whether a file is a picture that may show one frame after another: a GIF, a PNG or a WebP with animation control.
pub(crate) fn may_move(content: &[u8]) -> bool {
    let head = &content[..content.len().min(4096)];
    let has = |chunk: &[u8]| head.windows(chunk.len()).any(|found| found == chunk);
    head.starts_with(b"GIF8")
        || (head.starts_with(b"\x89PNG") && has(b"acTL"))
        || (head.starts_with(b"RIFF") && has(b"ANIM"))
}

/// A part of a JPEG (ISO/IEC 10918-1 §B.1).
struct Segment<'c> {
    marker: u8,
    /// What follows its length, as far as it is there.
    content: &'c [u8],
}

impl Segment<'_> {
    /// Tells whether a frame begins here, which says how large it is (§B.2.2).
    fn is_frame(&self) -> bool {
        matches!(self.marker, 0xC0..=0xCF) && !matches!(self.marker, 0xC4 | 0xC8 | 0xCC)
    }
}

/// Goes through a JPEG from segment to segment.
fn segments(content: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut at = 2;
    std::iter::from_fn(move || {
        // More of the same sign may stand before a marker.
        while content.get(at..at + 2) == Some(&[0xFF, 0xFF]) {
            at += 1;
        }
        let &[0xFF, marker, high, low] = content.get(at..at + 4)? else { return None };
        let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
        let content = content.get(at + 4..end.min(content.len())).unwrap_or_default();
        at = end;
        Some(Segment { marker, content })
    })
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

/// Tells whether a WebP is as long as its container says (RFC 9649 §2.4).
fn is_whole_webp(content: &[u8]) -> bool {
    let length = content.get(4..8).and_then(|length| <[u8; 4]>::try_from(length).ok());
    length.is_some_and(|length| u32::from_le_bytes(length) as usize + 8 <= content.len())
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
