//! What stands below the title of an article in lists.

use serde_json::Value;

use crate::document::{Block, Document, Inline, each_inline};

/// How long a summary is, in characters.
const SUMMARY: usize = 240;

/// Returns what stands in lists below the title: the description, else the `summary` that Hugo knows, else how the text
/// begins.
pub(super) fn summary(document: &Document) -> String {
    let metadata = &document.metadata;
    let description = metadata.description.as_ref().map(|found| found.value.as_str());
    let summary = || metadata.own("summary").and_then(Value::as_str).filter(|words| !words.trim().is_empty());
    if let Some(words) = description.or_else(summary) {
        return words.trim().to_owned();
    }
    let first = document.blocks.iter().find_map(|block| match block {
        Block::Paragraph(_) => Some(running(block)).filter(|words| words.chars().count() > 20),
        _ => None,
    });
    let words = first.unwrap_or_default();
    let Some((end, _)) = words.char_indices().nth(SUMMARY) else { return words };
    let head = &words[..end];
    let is_end = |c: char| matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '؟');
    let sentence = head.char_indices().rev().find(|&(at, c)| at * 2 > end && is_end(c));
    match sentence {
        Some((at, c)) => head[..at + c.len_utf8()].to_owned(),
        None => format!("{}…", head.rsplit_once(' ').map_or(head, |(words, _)| words).trim_end()),
    }
}

/// Returns the words of a block, without references.
fn running(block: &Block) -> String {
    let mut words = String::new();
    each_inline(std::slice::from_ref(block), &mut |inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Math { tex: text, .. } => words.push_str(text),
        Inline::LineBreak => words.push(' '),
        _ => {}
    });
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::SUMMARY;

    #[test]
    fn a_summary_is_without_references() {
        for (markdown, expected) in [
            ("---\ndescription: About it.\n---\n\nThe ferry sank off the mole.", "About it."),
            ("---\nsummary: In short.\n---\n\nThe ferry sank off the mole.", "In short."),
            ("---\nsummary: In short.\nabstract: About it.\n---\n\nEbb.", "About it."),
            ("# T\n\nThe ferry sank[^1] off *the mole*.\n\n[^1]: Ebb.", "The ferry sank off the mole."),
            ("Short.", ""),
        ] {
            assert_eq!(article(markdown).summary, expected, "{markdown:?}");
        }
        let long = article(&"ebb and flow ".repeat(50)).summary;
        assert!(long.ends_with("ebb…") && long.chars().count() <= SUMMARY + 1, "{long}");
    }
}
