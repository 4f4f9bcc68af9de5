//! What a reader service prints for a link: its words again, and in parentheses what is left of its address.
//!
//! > 2. ^ was rebuilt (<https://harbour.example/mole>)  
//! > 3. ^ Iona Vale (harbour.example)  
//! > 4. ^ told the Gazette last month (

use crate::sheet::Sheet;
use crate::source::Span;

/// The parts of such a note, as stretches of the sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinkNote {
    /// The words that were the link.
    pub(super) words: Span,
    /// What follows them: parentheses, the address, white space.
    pub(super) tail: Span,
    /// A whole address.
    pub(super) url: Option<Span>,
    /// A host without the rest. It is no address, but all the reader has.
    pub(super) host: Option<Span>,
}

impl LinkNote {
    /// Reads the text of a note; none if it does not end with a parenthesis that holds an address or nothing.
    pub(super) fn read(sheet: &Sheet<'_>, note: Span) -> Option<Self> {
        let text = note.of(&sheet.text).trim_end();
        let at = last_opening(text)?;
        let inner = text[at + 1..].strip_suffix(')').unwrap_or(&text[at + 1..]);
        let start = at + 1 + (inner.len() - inner.trim_start().len());
        let inner = inner.trim();
        let inside = Span::new(note.start as usize + start, note.start as usize + start + inner.len());
        let words = text[..at].trim_end();
        let words_span = Span::new(note.start as usize, note.start as usize + words.len());
        let all = Span { start: words_span.end, end: note.end };
        let closed = text.ends_with(')');
        let is_url = is_address(inner) && closed;
        let is_host = !is_url && !inner.contains(char::is_whitespace) && (inner.contains('.') || !closed);
        if words.is_empty() || !(inner.is_empty() || is_url || is_host) {
            return None;
        }
        // A host stays in the text of the note; only an address, or nothing, leaves it.
        let tail = if is_host && !inner.is_empty() { Span { start: note.end, end: note.end } } else { all };
        Some(Self {
            words: words_span,
            tail,
            url: (is_url && !inner.is_empty()).then_some(inside),
            host: (is_host && !inner.is_empty()).then_some(inside),
        })
    }

    /// Tells whether the text before a marker ends with the words of the note.
    pub(super) fn repeats_the_words_before(&self, sheet: &Sheet<'_>, marker: u32) -> bool {
        self.anchor_before(sheet, marker).is_some()
    }

    /// Returns the words before a marker that are those of the note, whatever white space is between them.
    pub(super) fn anchor_before(&self, sheet: &Sheet<'_>, marker: u32) -> Option<Span> {
        let before = sheet.text[..marker as usize].trim_end();
        let end = before.len();
        let mut rest = before;
        for word in self.words.of(&sheet.text).split_whitespace().rev() {
            rest = rest.trim_end().strip_suffix(word)?;
        }
        Some(Span::new(rest.len(), end))
    }
}

/// Finds the parenthesis that opens the address: the last one at depth zero from the end.
fn last_opening(text: &str) -> Option<usize> {
    if text.ends_with('(') {
        return Some(text.len() - 1);
    }
    let mut depth = i32::from(!text.ends_with(')'));
    for (at, c) in text.char_indices().rev() {
        depth += i32::from(c == ')') - i32::from(c == '(');
        if c == '(' && depth == 0 {
            return Some(at);
        }
    }
    None
}

fn is_address(text: &str) -> bool {
    let scheme = text.split_once(':').is_some_and(|(scheme, rest)| {
        matches!(scheme, "http" | "https" | "ftp" | "mailto") && !rest.trim_start_matches('/').is_empty()
    });
    scheme && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::read_text;

    #[test]
    fn reads_words_and_what_is_left_of_the_address() {
        for (text, words, url, host) in [
            (
                "was rebuilt (https://harbour.example/mole)",
                "was rebuilt",
                Some("https://harbour.example/mole"),
                None,
            ),
            ("a (b) c (https://x.example/y_(z))", "a (b) c", Some("https://x.example/y_(z)"), None),
            ("Iona Vale (harbour.example)", "Iona Vale", None, Some("harbour.example")),
            ("Iona Vale (https://harbour.exam", "Iona Vale", None, Some("https://harbour.exam")),
            ("Iona Vale (", "Iona Vale", None, None),
            ("Iona Vale ()", "Iona Vale", None, None),
            ("Iona Vale ( ¹", "Iona Vale", None, Some("¹")),
        ] {
            let sheet = read_text(text);
            let link = LinkNote::read(&sheet, sheet.rows[0].span).expect("a link note");
            assert_eq!(link.words.of(text), words, "in {text:?}");
            assert_eq!(link.url.map(|span| span.of(text)), url, "in {text:?}");
            assert_eq!(link.host.map(|span| span.of(text)), host, "in {text:?}");
        }
        for text in ["Iona Vale", "Iona Vale (the keeper)", "(https://harbour.example)"] {
            let sheet = read_text(text);
            assert!(LinkNote::read(&sheet, sheet.rows[0].span).is_none(), "in {text:?}");
        }
    }
}
