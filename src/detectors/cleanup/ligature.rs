//! `ﬁrst` → `first`: letters that a font prints as one.
//!
//! Extractors copy the glyph; no search finds the word. Left alone: `æ`, `œ`, `ß`, `ĳ`, which are letters, and the
//! presentation forms of Arabic and Hebrew.

/// The ligatures of Latin print and their letters (Unicode, Alphabetic Presentation Forms).
const LIGATURES: &[(char, &str)] =
    &[('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st")];

pub(super) fn find(line: &str) -> Vec<super::Mending> {
    let letters = |sign: char| LIGATURES.iter().find(|(ligature, _)| *ligature == sign);
    line.char_indices()
        .filter_map(|(at, sign)| {
            letters(sign).map(|(_, letters)| (at..at + sign.len_utf8(), (*letters).to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_become_letters() {
        for (line, expected) in [
            ("ﬁrst", vec![(0..3, "fi".to_owned())]),
            ("oﬃce", vec![(1..4, "ffi".to_owned())]),
            ("œuvre, Æsir, Straße", vec![]),
            ("first", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(find(line), expected, "{line:?}");
        }
    }
}
