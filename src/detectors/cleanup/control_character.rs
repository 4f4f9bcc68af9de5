//! Control characters that no reader sees: bytes of a printer or a terminal, byte order marks in the middle of a text.
//!
//! Left alone: tabs; line and page ends, which are layout; and the joiners and direction marks, which are part of
//! the spelling.

pub(super) fn find(line: &str) -> Vec<super::Mending> {
    line.char_indices()
        .filter(|&(_, sign)| (sign.is_control() && sign != '\t') || sign == '\u{FEFF}')
        .map(|(at, sign)| (at..at + sign.len_utf8(), String::new()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go() {
        for (line, count) in [
            ("the\u{0} ferry\u{1a}", 2),
            ("the \u{FEFF}ferry", 1),
            ("the \u{85}ferry", 1),
            ("the\tferry", 0),
            ("می\u{200c}خواهم \u{200f}", 0),
            ("", 0),
        ] {
            assert_eq!(find(line).len(), count, "{line:?}");
        }
    }
}
