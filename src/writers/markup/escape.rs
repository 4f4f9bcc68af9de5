//! Text → characters that mean themselves in HTML and in XML.
//!
//! Control characters and noncharacters are left out: XML 1.0 §2.2 has no way to write them and HTML forbids them.

/// The first bytes of characters that may have to be written in another way; nearly all text is passed over.
const MAY_CHANGE: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0;
    while byte < bytes.len() {
        bytes[byte] = matches!(byte as u8, 0..=0x1F | b'&' | b'<' | b'>' | b'"' | 0x7F | 0xC2 | 0xEF..=0xF4);
        byte += 1;
    }
    bytes
};

/// Returns text as it can stand between tags and in quotes.
#[cfg(feature = "epub")]
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_attribute(&mut out, text);
    out
}

/// Tells whether text means itself as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    !text.bytes().any(|byte| MAY_CHANGE[usize::from(byte)])
}

/// Adds text that stands between tags.
pub(crate) fn push_text(out: &mut String, text: &str) {
    push(out, text, false);
}

/// Adds text that stands between double quotes.
pub(super) fn push_attribute(out: &mut String, text: &str) {
    push(out, text, true);
}

fn push(out: &mut String, text: &str, quoted: bool) {
    let (mut from, mut at) = (0, 0);
    while let Some(step) = text.as_bytes()[at..].iter().position(|&byte| MAY_CHANGE[usize::from(byte)]) {
        at += step;
        // A byte of that kind is the first of a character.
        let Some(c) = text[at..].chars().next() else { break };
        let begin = at;
        at += c.len_utf8();
        let written = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\n' | '\t' if quoted => " ",
            '\n' | '\t' => continue,
            '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => "",
            '\u{FDD0}'..='\u{FDEF}' => "",
            c if c as u32 & 0xFFFE == 0xFFFE => "",
            _ => continue,
        };
        out.push_str(&text[from..begin]);
        out.push_str(written);
        from = at;
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_means_itself() {
        for (text, between_tags, in_quotes) in [
            ("a < b & c > d", "a &lt; b &amp; c &gt; d", "a &lt; b &amp; c &gt; d"),
            ("\"so\"\n", "&quot;so&quot;\n", "&quot;so&quot; "),
            ("it's 5€", "it's 5€", "it's 5€"),
            ("a\u{0}\u{B}\u{85}\u{FFFF}\u{1FFFE}b", "ab", "ab"),
            ("", "", ""),
        ] {
            let (mut tags, mut quotes) = (String::new(), String::new());
            push_text(&mut tags, text);
            push_attribute(&mut quotes, text);
            assert_eq!((tags.as_str(), quotes.as_str()), (between_tags, in_quotes), "{text:?}");
        }
    }
}
