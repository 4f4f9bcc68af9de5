//! `Source: https://harbour.example/ferry` and `© 2031 The Harbour Gazette` at the end of a text.

/// Words before the colon of a source line, in lower case.
const SOURCE_WORDS: &[&str] =
    &["source", "url", "original", "quelle", "fuente", "fonte", "bron", "источник", "来源", "來源", "出典"];

/// Returns the address that a line names and says nothing else.
pub(super) fn read_source(line: &str) -> Option<&str> {
    let (word, address) = line.split_once([':', '：'])?;
    let address = address.trim().trim_start_matches('<').trim_end_matches('>');
    let named = SOURCE_WORDS.contains(&word.trim().to_lowercase().as_str());
    let is_address = address.starts_with("http://") || address.starts_with("https://");
    (named && is_address && !address.contains(char::is_whitespace)).then_some(address)
}

/// Tells whether a line is a copyright or licence line.
pub(super) fn is_rights(line: &str) -> bool {
    let words = line.len() <= 160 && !line.contains(". ");
    let folded = line.to_lowercase();
    let copyright =
        folded.starts_with('©') || folded.starts_with("(c) ") || folded.starts_with("copyright ©");
    let dated = folded.chars().filter(char::is_ascii_digit).count() >= 4;
    words
        && ((copyright && dated)
            || (folded.starts_with("copyright ") && dated && folded.contains("all rights reserved")))
}

/// Tells whether a line is one of them.
pub(in crate::detectors) fn names_source_or_rights(line: &str) -> bool {
    read_source(line).is_some() || is_rights(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lines_that_name_a_source_or_rights() {
        for (line, source, rights) in [
            ("Source: https://harbour.example/ferry", Some("https://harbour.example/ferry"), false),
            ("Quelle: <https://harbour.example>", Some("https://harbour.example"), false),
            ("Source: the harbour master", None, false),
            ("The source: https://harbour.example", None, false),
            ("© 2031 The Harbour Gazette", None, true),
            ("Copyright is a question of law.", None, false),
        ] {
            assert_eq!((read_source(line), is_rights(line)), (source, rights), "{line:?}");
        }
    }
}
