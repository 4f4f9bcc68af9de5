//! Decoration for terminals: `ESC [ 1 m` for bold, `ESC ] 8 ; ; … ESC \` for a link, and a letter struck over itself
//! (`N BS N`) or over a line (`_ BS N`), as printers and `man` have it; and `ESC ( B`, which chooses a set of letters.
//!
//! Left alone: a backspace between letters that differ, which means something else.

const ESCAPE: char = '\u{1b}';
const BACKSPACE: char = '\u{8}';

pub(super) fn find(line: &str) -> Vec<super::Mending> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(at) = line[rest..].find([ESCAPE, BACKSPACE]).map(|at| rest + at) {
        let range = if line[at..].starts_with(ESCAPE) {
            Some(at..at + sequence(&line[at..]))
        } else {
            struck_over(line, at).filter(|range| range.start >= rest)
        };
        rest = range.as_ref().map_or(at + 1, |range| range.end.max(at + 1));
        found.extend(range.map(|range| (range, String::new())));
    }
    found
}

/// Returns the length of the escape sequence that a text begins with (ECMA-48, 5.4 and 5.6; ECMA-35, 13.2).
fn sequence(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.get(1) {
        Some(b'[') => {
            let parameters = bytes[2..].iter().take_while(|byte| (0x20..0x40).contains(*byte)).count();
            let has_end = bytes.get(2 + parameters).is_some_and(|byte| (0x40..0x7F).contains(byte));
            2 + parameters + usize::from(has_end)
        }
        Some(b']') => {
            let ends = [text.find('\u{7}').map(|at| at + 1), text.find("\u{1b}\\").map(|at| at + 2)];
            ends.into_iter().flatten().min().unwrap_or(2)
        }
        Some(0x20..0x30) => {
            let between = bytes[1..].iter().take_while(|byte| (0x20..0x30).contains(*byte)).count();
            let has_end = bytes.get(1 + between).is_some_and(|byte| (0x30..0x7F).contains(byte));
            1 + between + usize::from(has_end)
        }
        Some(byte) if byte.is_ascii() && !byte.is_ascii_control() => 2,
        _ => 1,
    }
}

/// Returns the letter and the backspace before the one that is printed over it.
fn struck_over(line: &str, backspace: usize) -> Option<std::ops::Range<usize>> {
    let before = line[..backspace].chars().next_back()?;
    let after = line[backspace + 1..].chars().next()?;
    (before == after || before == '_' || (before == '+' && after == 'o'))
        .then(|| backspace - before.len_utf8()..backspace + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoration_goes() {
        for (line, expected) in [
            ("\u{1b}[1mN\u{1b}[0m", vec![0..4, 5..9]),
            ("\u{1b}]8;;https://harbour.example\u{1b}\\x\u{1b}]8;;\u{1b}\\", vec![0..30, 31..38]),
            ("\u{1b}(B\u{1b}[mN\u{1b})0", vec![0..3, 3..6, 7..10]),
            ("N\u{8}N", vec![0..2]),
            ("_\u{8}é", vec![0..2]),
            ("+\u{8}o ebb", vec![0..2]),
            ("a\u{8}b", vec![]),
            ("\u{8}", vec![]),
            ("[1m", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<_> = find(line).into_iter().map(|(range, _)| range).collect();
            assert_eq!(found, expected, "{line:?}");
        }
    }
}
