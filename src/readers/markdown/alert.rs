//! `> [!WARNING]`: the first line of a quotation that is an alert.
//!
//! > [!TIP] Title of one's own
//!
//! GitHub knows five kinds and no title, Obsidian any kind, a title and a sign that folds the text.
//! Left alone: `[!]`, `[!a b]`, `[!NOTE](url)`.

use std::ops::Range;

/// The first line of an alert.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// In small letters, with the sign that folds the text, if there is one.
    pub(super) kind: String,
    /// Where the kind ends in the source; the title follows.
    pub(super) end: usize,
}

/// Reads the first line of the quotation that covers a range of the source.
pub(super) fn head(source: &str, quote: &Range<usize>) -> Option<Head> {
    let quotation = &source[quote.clone()];
    let inner = quotation.trim_start_matches(' ').strip_prefix('>')?;
    let inner = inner.strip_prefix(' ').unwrap_or(inner).strip_prefix("[!")?;
    // Only now the line is looked at: quotations may nest a thousand times on one.
    let line = quotation.lines().next()?;
    let (kind, rest) = inner.lines().next()?.split_once(']')?;
    let is_kind = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    let fold = rest.len() - rest.trim_start_matches(['+', '-']).len();
    let ends = fold <= 1 && (rest.len() == fold || rest[fold..].starts_with([' ', '\t']));
    let end = quote.start + line.len() - rest.len() + fold;
    (is_kind && ends).then(|| Head { kind: kind.to_ascii_lowercase() + &rest[..fold], end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_names_the_kind() {
        for (source, expected) in [
            ("> [!NOTE]\n> Mind the step.", Some(("note", 9))),
            (">[!tip] Before the tide\n", Some(("tip", 7))),
            ("> [!faq]- Who pays?", Some(("faq-", 9))),
            ("> [!NOTE](url)", None),
            ("> [!a b] c", None),
            ("> [!] c", None),
            ("> Mind\n> [!NOTE]", None),
            ("", None),
        ] {
            let found = head(source, &(0..source.len()));
            let found = found.as_ref().map(|head| (head.kind.as_str(), head.end));
            assert_eq!(found, expected, "in {source:?}");
        }
    }
}
