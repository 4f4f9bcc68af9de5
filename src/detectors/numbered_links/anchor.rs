//! Where the words of a link end. The text browser marks only their beginning, so the words must tell.

use super::list::Address;
use super::signs::Sign;
use crate::sheet::{RowId, Sheet, is_east_asian};
use crate::source::Span;

/// What stands behind a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Words whose end is known.
    Words(Span),
    /// The address itself, perhaps broken over rows: each stretch between two breaks.
    Address(Vec<Span>),
    /// The sign of a note, or an arrow back to one: the link leads to a place on the same page.
    NoteSign,
    /// Words that end nobody knows where; here the first of them.
    Unknown(Span),
}

/// Reads what stands behind a sign and before the `next` one; `own_page` tells whether the address leads to the page
/// itself.
pub(super) fn read(sheet: &Sheet<'_>, sign: &Sign, next: u32, address: &Address, own_page: bool) -> Anchor {
    let start = sign.words;
    let row = sheet.row_at(start);
    let paragraph_end = paragraph_end(sheet, row);
    let end = paragraph_end.min(next).max(start);
    let text = sheet.text[start as usize..end as usize].trim_end();
    let url = address.url.of(&sheet.text);
    if own_page && is_note_sign(text) {
        return Anchor::NoteSign;
    }
    if let Some(stretches) = same_address(sheet, row, start, url) {
        return Anchor::Address(stretches);
    }
    let whole = || (sign.begins_block && end == paragraph_end && is_title(text)).then_some(text.len());
    let known =
        quoted(text).or_else(whole).or_else(|| word_before_a_sign(text)).or_else(|| name_of(text, url));
    if let Some(length) = known {
        return Anchor::Words(Span { start, end: start + length as u32 });
    }
    let length = text.find(char::is_whitespace).unwrap_or(text.len());
    let word = text[..length].trim_end_matches(is_closing);
    let length = if word.is_empty() { length } else { word.len() };
    Anchor::Unknown(Span { start, end: start + length as u32 })
}

/// Finds where the paragraph of a row ends: before a blank line or a row with a sign of a list.
fn paragraph_end(sheet: &Sheet<'_>, row: RowId) -> u32 {
    let mut last = row as usize;
    while let Some(next) = sheet.rows.get(last + 1) {
        let words = next.span.of(&sheet.text);
        let mut signs = words.chars();
        let is_item = signs.next().is_some_and(|c| "*+-o•◦▪□■●○#@".contains(c))
            && signs.next().is_none_or(char::is_whitespace);
        if next.gap > 0 || is_item {
            break;
        }
        last += 1;
    }
    sheet.rows[last].span.end
}

/// Tells whether a text begins with the sign of a note, such as `^3`, `[3]`, `3` or `*`, or with an arrow.
fn is_note_sign(text: &str) -> bool {
    if text.starts_with(['↩', '↑', '⤴', '↵', '⏎']) {
        return true;
    }
    let inner = text.trim_start_matches(['^', '[', '(']);
    let raised = inner.len() < text.len();
    let digits = inner.chars().take_while(|c| c.is_numeric()).count();
    let signs = inner.chars().take_while(|c| "*†‡§¶".contains(*c)).count();
    let letter = raised && inner.starts_with(|c: char| c.is_ascii_alphabetic());
    let length = if letter { 1 } else { digits.max(signs) };
    let rest = inner.chars().nth(length);
    let bare = raised && inner.starts_with(char::is_whitespace);
    bare || ((1..=4).contains(&length) && !rest.is_some_and(char::is_alphanumeric))
}

/// Follows an address through the rows that it was broken over.
fn same_address(sheet: &Sheet<'_>, row: RowId, start: u32, url: &str) -> Option<Vec<Span>> {
    let mut stretches = Vec::new();
    let (mut row, mut at, mut rest) = (row as usize, start, url);
    loop {
        let end = sheet.rows.get(row)?.span.end;
        let line = &sheet.text[at as usize..end as usize];
        let common = line.bytes().zip(rest.bytes()).take_while(|(a, b)| a == b).count();
        stretches.push(Span { start: at, end: at + common as u32 });
        rest = &rest[common..];
        let left = rest.trim_end_matches('/');
        if left.is_empty() {
            return Some(stretches);
        }
        let next = sheet.rows.get(row + 1)?;
        if common < line.len() || common == 0 || next.gap > 0 {
            return None;
        }
        (row, at) = (row + 1, next.span.start);
    }
}

/// Tells whether a whole paragraph or item may be the words of a link: short, and no sentence.
fn is_title(text: &str) -> bool {
    text.len() <= 80 && !text.contains(['.', ',', ';', ':', '!', '?', '(', '。', '，', '、', '．', '—', '–'])
}

/// Measures words in quotation marks.
fn quoted(text: &str) -> Option<usize> {
    let close = match text.chars().next()? {
        '"' => '"',
        '“' => '”',
        '«' => '»',
        '„' => '“',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        _ => return None,
    };
    let first = text.chars().next()?.len_utf8();
    let length = first + text[first..].find(close)? + close.len_utf8();
    (length <= 120).then_some(length)
}

/// Measures a single word that a comma, a full stop or the end of the paragraph follows; or a name, whose words have
/// capitals.
fn word_before_a_sign(text: &str) -> Option<usize> {
    let mut length = 0;
    for (count, word) in text.split_inclusive(char::is_whitespace).enumerate() {
        let bare = word.trim_end();
        let is_name = bare.starts_with(char::is_uppercase);
        let kept = bare.trim_end_matches([',', '.', ';', ':', '?', ')', '،', '؛']);
        let is_last = length + word.len() == text.len();
        let is_odd = |c| is_east_asian(c) || matches!(c, '(' | ')' | '"' | '“' | '”' | '!');
        if count > 3 || (count > 0 && !is_name) || kept.is_empty() || kept.contains(is_odd) {
            return None;
        }
        if kept.len() < bare.len() || is_last {
            let owner = kept.strip_suffix("'s").or_else(|| kept.strip_suffix("’s"));
            return Some(length + owner.unwrap_or(kept).len());
        }
        if !is_name {
            return None;
        }
        length += word.len();
    }
    None
}

/// Measures the words that are the last name in an address: `getting started` in `…/getting-started.html`.
fn name_of(text: &str, url: &str) -> Option<usize> {
    let (_, rest) = url.split_once("://")?;
    let path = rest.split(['?', '#']).next()?.trim_end_matches('/');
    let name = match path.rsplit_once('/') {
        Some((_, name)) => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
        None => path.trim_start_matches("www.").split('.').next()?,
    };
    let is_word = |c: char| c.is_alphanumeric();
    let mut parts = name.split(|c: char| !is_word(c)).filter(|part| !part.is_empty()).peekable();
    if name.len() < 3 || text.starts_with(['"', '“']) {
        return None;
    }
    let mut length = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        for piece in word.split(|c: char| !is_word(c)).filter(|piece| !piece.is_empty()) {
            if parts.next()?.to_lowercase() != piece.to_lowercase() {
                return None;
            }
        }
        let bare = word.trim_end().trim_end_matches(is_closing);
        if parts.peek().is_none() {
            let rest = &text[length + bare.len()..];
            let goes_on = rest.starts_with(':') || rest.trim_start().starts_with(is_east_asian);
            return (!goes_on).then_some(length + bare.len());
        }
        length += word.len();
    }
    None
}

fn is_closing(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '”' | '’' | '»' | '،' | '؛')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::read_text;

    fn sign_before(words: u32) -> Sign {
        Sign {
            address: 0,
            span: Span::default(),
            is_glued: true,
            words,
            stands_free: true,
            begins_block: false,
        }
    }

    #[test]
    fn words_end_where_something_says_so() {
        for (text, url, expected) in [
            ("Vale, who had seen", "https://a.example/k", Some("Vale")),
            ("Iona Vale, who had seen", "https://a.example/k", Some("Iona Vale")),
            ("the log)", "https://a.example/k", None),
            ("log) and more", "https://a.example/k", Some("log")),
            ("harbour plan for the mole", "https://a.example/harbour-plan.html", Some("harbour plan")),
            ("tmux or screen", "https://tmux.example/", Some("tmux")),
            ("“The old mole” says", "https://a.example/k", Some("“The old mole”")),
            ("here", "https://a.example/k", Some("here")),
            ("Mole (the old one)", "https://a.example/k", None),
            ("log 上的", "https://a.example/log", None),
            ("harbour plan for the mole", "https://a.example/k", None),
            ("港口を見る。", "https://a.example/k", None),
        ] {
            let page = format!("{text}\n\n1. {url}\n");
            let sheet = read_text(&page);
            let row = sheet.rows[1].span;
            let url = Span { start: row.start + 3, end: row.end };
            let address = Address::at(1, 1, row, url);
            let found = match read(&sheet, &sign_before(0), row.start, &address, false) {
                Anchor::Words(span) => Some(span.of(&page)),
                _ => None,
            };
            assert_eq!(found, expected, "in {text:?}");
        }
    }

    #[test]
    fn signs_of_notes_are_no_words() {
        for (text, expected) in [
            ("^1 and", true),
            ("[12], and", true),
            ("3 Then", true),
            ("*", true),
            ("↩︎", true),
            ("^ The", true),
            ("1914 was", true),
            ("4th of May", false),
            ("the mole", false),
            ("12345", false),
            ("", false),
        ] {
            assert_eq!(is_note_sign(text), expected, "in {text:?}");
        }
    }

    #[test]
    fn addresses_are_followed_over_rows() {
        let page = "https://a.example/har\n   bour.html said\n\n1. https://a.example/harbour.html\n";
        let sheet = read_text(page);
        let row = sheet.rows[2].span;
        let address = Address::at(1, 2, row, Span { start: row.start + 3, end: row.end });
        let Anchor::Address(stretches) = read(&sheet, &sign_before(0), row.start, &address, false) else {
            panic!("an address")
        };
        let stretches: Vec<&str> = stretches.iter().map(|span| span.of(page)).collect();
        assert_eq!(stretches, ["https://a.example/har", "bour.html"]);
    }
}
