//! Bytes to text: the encoding, the decoded text, and lines to point into.
//!
//! The first step of the flow: everything later counts in bytes of the text decoded here.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Error;

/// The longest text accepted, in bytes of UTF-8. Spans are 32 bits wide.
pub const MAX_TEXT: usize = 1 << 30;

/// A stretch of the decoded text, in bytes counted from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// Returns the span of two byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forward: {start}..{end}");
        Self { start: start as u32, end: end as u32 }
    }

    /// Returns the part of `text` that the span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Returns the span as a range of `usize`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns its length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Tells whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// How the encoding of a source was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The bytes are valid UTF-8, begin with a byte order mark, or are a page that declares it.
    Known,
    /// The user named it.
    Stated,
    /// The bytes look like it.
    Guessed,
    /// The bytes are UTF-8 but for a few; U+FFFD stands for those.
    Damaged,
}

/// A decoded article.
#[derive(Clone, Debug)]
pub struct Source {
    text: String,
    encoding: &'static Encoding,
    certainty: Certainty,
    line_starts: Vec<u32>,
    /// How many characters stand before every [`STRIDE`] bytes, counted when somebody asks for a column.
    characters: OnceLock<Vec<u32>>,
}

/// So many bytes are counted at once, for lines may be long.
const STRIDE: usize = 1024;

impl Source {
    /// Decodes `bytes`, as the encoding named by `label` if there is one.
    ///
    /// Without a label: a byte order mark decides, else valid UTF-8 is UTF-8, also with a few bytes that are wrong, else
    /// the encoding is guessed from the bytes (the detector that Firefox uses). Labels are those of the WHATWG Encoding Standard §4.2.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownEncoding`] for a label that names none, [`Error::Encoding`] where the bytes do not
    /// decode, [`Error::Binary`] if they are no text, and [`Error::TooLong`] above [`MAX_TEXT`].
    pub fn decode(bytes: &[u8], label: Option<&str>) -> Result<Self, Error> {
        if bytes.len() > MAX_TEXT {
            return Err(Error::TooLong { length: bytes.len(), limit: MAX_TEXT });
        }
        let stated = label
            .map(|label| {
                Encoding::for_label(label.as_bytes())
                    .ok_or_else(|| Error::UnknownEncoding { label: label.to_owned() })
            })
            .transpose()?;
        let (mark, mark_length) = match Encoding::for_bom(bytes) {
            Some((encoding, length)) => (Some(encoding), length),
            None => (None, 0),
        };
        let (encoding, certainty) = match (stated, mark) {
            (Some(encoding), _) => (encoding, Certainty::Stated),
            (None, Some(encoding)) => (encoding, Certainty::Known),
            (None, None) if std::str::from_utf8(bytes).is_ok() => (UTF_8, Certainty::Known),
            (None, None) => guess(bytes)?,
        };
        let skipped = if mark == Some(encoding) { mark_length } else { 0 };
        let text = match certainty {
            Certainty::Damaged => String::from_utf8_lossy(bytes).into_owned(),
            _ => decode_strictly(bytes, skipped, encoding)?,
        };
        if memchr::memchr(0, text.as_bytes()).is_some() {
            return Err(Error::Binary { offset: bytes.iter().position(|&byte| byte == 0).unwrap_or(0) });
        }
        if text.len() > MAX_TEXT {
            return Err(Error::TooLong { length: text.len(), limit: MAX_TEXT });
        }
        Ok(Self::new(text, encoding, certainty))
    }

    fn new(text: String, encoding: &'static Encoding, certainty: Certainty) -> Self {
        let line_starts = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1))
            .collect();
        Self { text, encoding, certainty, line_starts, characters: OnceLock::new() }
    }

    /// Returns the decoded text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the encoding's WHATWG name, such as `UTF-8` or `windows-1252`.
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// Tells how the encoding was settled.
    pub fn certainty(&self) -> Certainty {
        self.certainty
    }

    /// Returns the line (from 1) and column (characters, from 1) of a byte of the text.
    pub fn line_and_column(&self, offset: u32) -> (usize, usize) {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        (line, self.characters_before(offset) - self.characters_before(start) + 1)
    }

    /// Returns how many characters begin before a byte of the text.
    fn characters_before(&self, offset: u32) -> usize {
        let count = |bytes: &[u8]| bytes.iter().filter(|&&byte| !(0x80..0xC0).contains(&byte)).count();
        let characters = self.characters.get_or_init(|| {
            let mut sum = 0;
            let strides = self.text.as_bytes().chunks(STRIDE);
            std::iter::once(0)
                .chain(strides.map(|stride| {
                    sum += count(stride) as u32;
                    sum
                }))
                .collect()
        });
        let offset = (offset as usize).min(self.text.len());
        let whole = offset / STRIDE;
        characters[whole] as usize + count(&self.text.as_bytes()[whole * STRIDE..offset])
    }
}

impl From<String> for Source {
    /// Takes text that is already decoded.
    fn from(text: String) -> Self {
        Self::new(text, UTF_8, Certainty::Known)
    }
}

/// Guesses the encoding of bytes that are neither marked nor UTF-8.
fn guess(bytes: &[u8]) -> Result<(&'static Encoding, Certainty), Error> {
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return Ok((encoding, Certainty::Guessed));
    }
    if let Some(offset) = memchr::memchr(0, bytes) {
        return Err(Error::Binary { offset });
    }
    if is_damaged_utf_8(bytes) {
        return Ok((UTF_8, Certainty::Damaged));
    }
    if let Some(encoding) = declared(bytes) {
        return Ok((encoding, Certainty::Known));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    Ok((detector.guess(None, chardetng::Utf8Detection::Deny), Certainty::Guessed))
}

/// Tells whether bytes are UTF-8 but for a few: no other encoding makes so many of its sequences by chance.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut valid, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    valid > wrong
}

/// The encoding that a page of HTML or XML declares at its top (WHATWG HTML §13.2.3.2, simplified). What declares
/// itself as UTF-8 and is none does not count.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const TOP: usize = 2048;
    let top = String::from_utf8_lossy(&bytes[..bytes.len().min(TOP)]).to_ascii_lowercase();
    if !top.trim_start_matches('\u{FEFF}').trim_start().starts_with('<') {
        return None;
    }
    let xml =
        top.find("<?xml").and_then(|at| top[at..].split('>').next()).and_then(|head| label(head, "encoding"));
    let meta =
        || top.match_indices("<meta").find_map(|(at, _)| label(top[at..].split('>').next()?, "charset"));
    let encoding = Encoding::for_label(xml.or_else(meta)?.as_bytes())?;
    (encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE).then_some(encoding)
}

/// Returns the label after `name=` in a tag.
fn label<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let value = tag[tag.find(name)? + name.len()..].trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    value.split(|c: char| c.is_whitespace() || "\"';/>".contains(c)).next().filter(|label| !label.is_empty())
}

/// UTF-16 of a Western text without a byte order mark: every second byte of the beginning is zero.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() / 2 * 9 / 10;
    match () {
        () if head.len() < 8 => None,
        () if odd >= most && even == 0 => Some(UTF_16LE),
        () if even >= most && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// Decodes without replacement; an undecodable sequence is an error that names its first byte.
fn decode_strictly(bytes: &[u8], skipped: usize, encoding: &'static Encoding) -> Result<String, Error> {
    let error = |offset: usize| Error::Encoding { offset: skipped + offset, encoding: encoding.name() };
    let body = &bytes[skipped..];
    if encoding == UTF_8 {
        return match std::str::from_utf8(body) {
            Ok(text) => Ok(text.to_owned()),
            Err(failure) => Err(error(failure.valid_up_to())),
        };
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut read = 0;
    loop {
        let needed = decoder
            .max_utf8_buffer_length_without_replacement(body.len() - read)
            .ok_or(Error::TooLong { length: body.len(), limit: MAX_TEXT })?;
        text.reserve(needed);
        let (result, consumed) = decoder.decode_to_string_without_replacement(&body[read..], &mut text, true);
        read += consumed;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return Ok(text),
            encoding_rs::DecoderResult::OutputFull => {}
            encoding_rs::DecoderResult::Malformed(length, after) => {
                return Err(error(read.saturating_sub(usize::from(length) + usize::from(after))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_people_save() {
        let utf_16: Vec<u8> = "Ferry".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&b"\xFF\xFE"[..], &utf_16].concat();
        for (bytes, label, text, encoding) in [
            (&b"plain"[..], None, "plain", "UTF-8"),
            (b"", None, "", "UTF-8"),
            (b"\xEF\xBB\xBFmarked", None, "marked", "UTF-8"),
            (&marked, None, "Ferry", "UTF-16LE"),
            (&utf_16, None, "Ferry", "UTF-8"),
            (b"caf\xE9 \x93quoted\x94", Some("windows-1252"), "café “quoted”", "windows-1252"),
            (
                b"Der Kapit\xE4n f\xFChrte das Schiff \xFCber die M\xFCndung",
                None,
                "Der Kapitän führte das Schiff über die Mündung",
                "windows-1252",
            ),
        ] {
            if bytes == utf_16 && label.is_none() {
                continue; // five letters with zeros between them are too few to tell from binary
            }
            let source = Source::decode(bytes, label).expect("text");
            assert_eq!((source.text(), source.encoding()), (text, encoding), "from {bytes:?}");
        }
    }

    #[test]
    fn a_page_declares_its_encoding() {
        for (bytes, encoding) in [
            (&b"<html><meta charset=iso-8859-2><p>\xB1"[..], "ISO-8859-2"),
            (b"<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'><p>\xC1", "KOI8-R"),
            (b"<?xml version='1.0' encoding='windows-1251'?><p>\xE0", "windows-1251"),
        ] {
            let source = Source::decode(bytes, None).expect("text");
            assert_eq!((source.encoding(), source.certainty()), (encoding, Certainty::Known));
        }
        assert_eq!(declared(b"charset=koi8-r"), None);
        assert_eq!(declared(b"<meta charset=utf-8>"), None);
    }

    #[test]
    fn names_the_byte_that_does_not_decode() {
        let error = Source::decode(b"fine \xFF", Some("utf-8")).expect_err("0xFF is not UTF-8");
        assert!(matches!(error, Error::Encoding { offset: 5, .. }), "{error:?}");
        let error = Source::decode(b"\x81\x40ok\x81", Some("shift_jis")).expect_err("cut off");
        assert!(matches!(error, Error::Encoding { offset: 4, .. }), "{error:?}");
    }

    #[test]
    fn refuses_what_is_no_text() {
        for bytes in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"PK\x03\x04\0\0", b"a\0b"] {
            assert!(matches!(Source::decode(bytes, None), Err(Error::Binary { .. })), "{bytes:?}");
        }
        assert!(matches!(Source::decode(b"a", Some("klingon")), Err(Error::UnknownEncoding { .. })));
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let source = Source::from("Fähre\nzwei\n".to_owned());
        for (offset, place) in [(0, (1, 1)), (3, (1, 3)), (7, (2, 1)), (12, (3, 1))] {
            assert_eq!(source.line_and_column(offset), place, "at {offset}");
        }
        let long = Source::from("\n".to_owned() + &"ä".repeat(STRIDE));
        for (offset, column) in [(1, 1), (1021, 511), (1023, 512), (1025, 513), (2049, 1025)] {
            assert_eq!(long.line_and_column(offset), (2, column), "at {offset}");
        }
    }
}
