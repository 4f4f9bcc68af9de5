//! The source cut at its tags and character references, so that each piece of the tree knows where it stands.
//!
//! html5ever does not tell where in its input it is. Fed one cut at a time, whatever it reports belongs to the cut
//! it was fed last. The cuts decide nothing: if one is misplaced, a position is less exact and the tree is the same.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

use crate::error::Error;

/// A tag has no more attributes: the tree builder compares each with every other.
const MOST_ATTRIBUTES: usize = 256;

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Stretches of text, tags, comments and character references, in order and without gaps.
pub(super) struct Cuts<'t> {
    text: &'t str,
    at: usize,
    /// Until this tag everything is text.
    raw: Option<&'static str>,
}

impl<'t> Cuts<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, at: 0, raw: None }
    }

    /// Returns the next stretch; none at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Limit`] for a tag with too many attributes.
    pub(super) fn next(&mut self) -> Result<Option<Range<usize>>, Error> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let length = match rest {
            [] => return Ok(None),
            _ if self.raw.is_some() => self.raw_text(rest),
            [b'<', ..] => self.tag(rest)?,
            [b'&', ..] => {
                let name = rest[1..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#');
                let end = 1 + name.take(40).count();
                end + usize::from(rest.get(end) == Some(&b';'))
            }
            _ => memchr2(b'<', b'&', rest).unwrap_or(rest.len()),
        };
        self.at = start + length;
        Ok(Some(start..self.at))
    }

    /// Measures the content of an element such as `script`, up to its closing tag.
    fn raw_text(&mut self, rest: &[u8]) -> usize {
        let Some(name) = self.raw.take() else { return rest.len() };
        let mut at = 0;
        while let Some(found) = memmem::find(&rest[at..], b"</") {
            let end = at + found + 2 + name.len();
            if rest.get(at + found + 2..end).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes())) {
                // An empty stretch would never end.
                return if at + found == 0 { end } else { at + found };
            }
            at += found + 2;
        }
        rest.len()
    }

    /// Measures a tag or a comment.
    fn tag(&mut self, rest: &[u8]) -> Result<usize, Error> {
        let after = |at: usize, sign: &[u8]| {
            memmem::find(&rest[at.min(rest.len())..], sign)
                .map_or(rest.len(), |found| at + found + sign.len())
        };
        match rest.get(1) {
            Some(b'!') if rest.starts_with(b"<!--") => Ok(after(4, b"-->")),
            Some(b'!' | b'?') => Ok(after(2, b">")),
            Some(b'/') => Ok(after(2, b">")),
            Some(first) if first.is_ascii_alphabetic() => self.opening(rest),
            _ => Ok(memchr2(b'<', b'&', &rest[1..]).map_or(rest.len(), |found| found + 1)),
        }
    }

    /// Measures an opening tag; a `>` within quotes does not end it.
    fn opening(&mut self, rest: &[u8]) -> Result<usize, Error> {
        let name = rest[1..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let mut at = 1 + name;
        let mut attributes = 0;
        let mut assigns = false;
        while let Some(&byte) = rest.get(at) {
            match byte {
                b'>' => break,
                b'"' | b'\'' if assigns => {
                    let Some(length) = memchr(byte, &rest[at + 1..]) else { return Ok(rest.len()) };
                    at += length + 1;
                }
                b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' => {
                    let begins = rest.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace());
                    attributes += usize::from(begins && !assigns);
                }
                _ => {}
            }
            assigns = byte == b'=' || (assigns && byte.is_ascii_whitespace());
            at += 1;
        }
        if attributes > MOST_ATTRIBUTES {
            return Err(Error::Limit { what: "attributes in a tag", limit: MOST_ATTRIBUTES });
        }
        let name = &rest[1..=name];
        self.raw = RAW.iter().copied().find(|raw| name.eq_ignore_ascii_case(raw.as_bytes()));
        Ok((at + 1).min(rest.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let mut cuts = Cuts::of(text);
        let mut found = Vec::new();
        while let Some(range) = cuts.next().expect("within the limits") {
            found.push(&text[range]);
        }
        found
    }

    #[test]
    fn cuts_at_tags_and_references() {
        for (text, expected) in [
            ("a <b>c</b>", vec!["a ", "<b>", "c", "</b>"]),
            ("x &lt; y&amp", vec!["x ", "&lt;", " y", "&amp"]),
            ("1 < 2 > 0", vec!["1 ", "< 2 > 0"]),
            ("<a title='1>0' b=\"<\">x", vec!["<a title='1>0' b=\"<\">", "x"]),
            ("<!-- <p> -->x", vec!["<!-- <p> -->", "x"]),
            ("<script>a<b</script>x", vec!["<script>", "a<b", "</script>", "x"]),
            ("<title></title>", vec!["<title>", "</title", ">"]),
            ("<p", vec!["<p"]),
            ("é&#233;", vec!["é", "&#233;"]),
        ] {
            assert_eq!(cut(text), expected, "in {text:?}");
        }
    }

    #[test]
    fn a_tag_has_a_limited_number_of_attributes() {
        let tag = format!("<p{}>", " a".repeat(MOST_ATTRIBUTES + 1));
        assert!(matches!(Cuts::of(&tag).next(), Err(Error::Limit { .. })));
        let tag = format!("<p{}>", " a".repeat(MOST_ATTRIBUTES));
        assert!(Cuts::of(&tag).next().is_ok());
    }
}
