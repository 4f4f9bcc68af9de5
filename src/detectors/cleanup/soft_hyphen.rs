//! A soft hyphen inside a word: where the line might have been broken and was not.
//!
//! Left alone: one at the end of a line, which joins the halves of a word (see `joins/`), and every other hyphen.

const SOFT_HYPHEN: char = '\u{AD}';

pub(super) fn find(line: &str) -> Vec<super::Mending> {
    let end = line.trim_end_matches(SOFT_HYPHEN).len();
    line[..end].match_indices(SOFT_HYPHEN).map(|(at, sign)| (at..at + sign.len(), String::new())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_hyphens_inside_lines_go() {
        for (line, count) in
            [("har\u{AD}bour", 1), ("a har\u{AD}bour\u{AD}", 1), ("har\u{AD}", 0), ("rope-maker", 0), ("", 0)]
        {
            assert_eq!(find(line).len(), count, "{line:?}");
        }
    }
}
