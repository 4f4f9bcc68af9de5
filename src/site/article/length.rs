//! How long an article is, and how long it takes to read it.

use crate::document::{Document, plain_text};

/// How long an article is, counted as readers of its script do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::site) enum Length {
    Words(usize),
    Characters(usize),
}

/// Returns how many words an article has, how long that is, and how many minutes it takes to read them.
pub(super) fn of(document: &Document) -> (usize, Length, usize) {
    let (mut words, mut signs) = (0, 0);
    // Korean has spaces, and is counted in syllables.
    let (mut korean, mut syllables) = (0, 0);
    for block in &document.blocks {
        let mut in_word = false;
        for c in plain_text(std::slice::from_ref(block)).chars() {
            let is_sign = !c.is_ascii() && is_cjk(c);
            let is_letter = !is_sign && c.is_alphanumeric();
            let is_syllable = matches!(c, '\u{AC00}'..='\u{D7A3}');
            words += usize::from(is_letter && !in_word);
            signs += usize::from(is_sign);
            korean += usize::from(is_syllable && !in_word);
            syllables += usize::from(is_syllable);
            in_word = is_letter || (in_word && matches!(c, '\'' | '’' | '-'));
        }
    }
    // People read some 230 words in a minute, or 500 signs of Chinese or Japanese.
    let minutes = (words * 500 + signs * 230).div_ceil(230 * 500);
    let (characters, others) = (signs + syllables, words - korean);
    let length = if characters > others {
        Length::Characters(characters + others)
    } else {
        Length::Words(words + signs)
    };
    (words + signs, length, minutes.max(1))
}

/// Tells whether a letter is a word, or nearly so, and stands without spaces.
pub(in crate::site) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::Length;

    #[test]
    fn words_are_counted_in_any_script() {
        for (markdown, words, length, minutes) in [
            ("The ferry didn't sink.", 4, Length::Words(4), 1),
            ("渡し船は沈んだ。", 7, Length::Characters(7), 1),
            ("渡し船 ABC", 4, Length::Characters(4), 1),
            ("나룻배가 가라앉았다.", 2, Length::Characters(9), 1),
            ("The word 船 is new.", 5, Length::Words(5), 1),
            ("", 0, Length::Words(0), 1),
        ] {
            let found = article(markdown);
            assert_eq!((found.words, found.length, found.minutes), (words, length, minutes), "{markdown:?}");
        }
        assert_eq!(article(&"ebb ".repeat(2300)).minutes, 10);
    }
}
