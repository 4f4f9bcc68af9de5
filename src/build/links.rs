//! Addresses in running text → links on themselves.

use crate::document::{Document, Inline, each_content};

/// Makes every address that stands in the text a link, so that it is live in every output.
pub(super) fn link_addresses(document: &mut Document) {
    let notes = document.notes.iter_mut().flat_map(|note| &mut note.blocks);
    document.blocks.iter_mut().chain(notes).for_each(|block| each_content(block, &mut in_content));
}

fn in_content(content: &mut Vec<Inline>) {
    let has_address = |inline: &Inline| matches!(inline, Inline::Text(words) if words.contains("://"));
    for inline in content.iter_mut() {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => {
                in_content(inner);
            }
            _ => {}
        }
    }
    if !content.iter().any(has_address) {
        return;
    }
    for inline in std::mem::take(content) {
        match inline {
            Inline::Text(words) => split(&words, content),
            inline => content.push(inline),
        }
    }
}

/// Splits text into words and addresses.
fn split(text: &str, content: &mut Vec<Inline>) {
    let mut rest = text;
    while let Some((start, end)) = address(rest) {
        if rest[..start].ends_with('(') && rest[end..].is_empty() {
            break; // an address that was cut off leads nowhere
        }
        if start > 0 {
            content.push(Inline::Text(rest[..start].to_owned()));
        }
        let url = rest[start..end].to_owned();
        content.push(Inline::Link { content: vec![Inline::Text(url.clone())], url, title: String::new() });
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        content.push(Inline::Text(rest.to_owned()));
    }
}

/// Finds the first address: its first byte and the one after its last.
fn address(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = text[from..].find("://") {
        let colon = from + found;
        from = colon + 3;
        let before = &text[..colon];
        let scheme = ["https", "http", "ftp"].iter().find(|scheme| before.ends_with(**scheme));
        let Some(start) = scheme.map(|scheme| colon - scheme.len()) else { continue };
        if before[..start].ends_with(|c: char| c.is_ascii_alphanumeric()) {
            continue;
        }
        let length = text[from..].find(ends_address).unwrap_or(text.len() - from);
        let end = from + without_final_signs(&text[from..from + length]);
        if end > from {
            return Some((start, end));
        }
    }
    None
}

fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '<' | '>'
                | '"'
                | '“'
                | '”'
                | '„'
                | '«'
                | '»'
                | '`'
                | '{'
                | '}'
                | '|'
                | '\\'
                | '^'
                | '。'
                | '，'
                | '、'
                | '）'
                | '（'
                | '」'
                | '』'
                | '；'
                | '：'
                | '！'
                | '？'
        )
}

/// Returns the length of an address without the punctuation of the sentence it stands in.
fn without_final_signs(address: &str) -> usize {
    let mut end = address.len();
    loop {
        let head = &address[..end];
        let Some(last) = head.chars().next_back() else { return 0 };
        let unbalanced = |open: char, close: char| {
            last == close && head.matches(close).count() > head.matches(open).count()
        };
        let is_final =
            matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '‘' | '*' | '_' | '…' | '~')
                || unbalanced('(', ')')
                || unbalanced('[', ']');
        if !is_final {
            return end;
        }
        end -= last.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("see https://harbour.example/mole.", Some("https://harbour.example/mole")),
            ("(https://harbour.example/a_(b))", Some("https://harbour.example/a_(b)")),
            ("“http://harbour.example”", Some("http://harbour.example")),
            ("https:// is no address", None),
            ("xhttp://harbour.example", None),
            ("a://b", None),
            ("港口https://harbour.example。", Some("https://harbour.example")),
        ] {
            assert_eq!(address(text).map(|(start, end)| &text[start..end]), expected, "in {text:?}");
        }
    }
}
