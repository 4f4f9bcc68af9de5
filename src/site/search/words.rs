//! What a word of the search is: letters and digits in a row, without case and accents.
//!
//! `The Café’s rope` has the words `the`, `cafe`, `s` and `rope`. Chinese, Japanese, Thai and their neighbours have no
//! spaces, so `渡し船` has every pair of signs: `渡し` and `し船`. Scripts in the browser fold what is typed in the same way.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::super::article::is_cjk;

/// Of a longer word its beginning is known, in characters.
const LONGEST: usize = 40;

/// A word, folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word<'w> {
    /// The bytes of a word that fit into a number, which is quick to look up: nearly all do.
    Short(u128),
    Long(&'w str),
}

/// Something for each of many words.
#[derive(Debug)]
pub(super) struct WordMap<T> {
    pub(super) short: HashMap<u128, T, RandomState>,
    pub(super) long: HashMap<String, T, RandomState>,
}

impl<T> Default for WordMap<T> {
    fn default() -> Self {
        Self { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<T: Default> WordMap<T> {
    /// Changes what a word has; a new one has the default.
    pub(super) fn change(&mut self, word: Word<'_>, change: impl FnOnce(&mut T)) {
        match word {
            Word::Short(number) => change(self.short.entry(number).or_default()),
            Word::Long(name) => match self.long.get_mut(name) {
                Some(known) => change(known),
                None => change(self.long.entry(name.to_owned()).or_default()),
            },
        }
    }
}

impl<'w> Word<'w> {
    /// Returns a word that is folded already.
    fn of(folded: &'w str) -> Self {
        if folded.len() <= 16 {
            Self::Short(as_number(folded.as_bytes(), folded.len()))
        } else {
            Self::Long(folded)
        }
    }
}

/// Returns a word as a number; `length` of the bytes are the word, 16 at most.
fn as_number(bytes: &[u8], length: usize) -> u128 {
    match bytes.first_chunk::<16>() {
        Some(bytes) => u128::from_le_bytes(*bytes) & u128::MAX >> (128 - 8 * length),
        None => bytes[..length].iter().rev().fold(0, |number, &byte| number << 8 | u128::from(byte)),
    }
}

/// Returns the word that a number stands for.
pub(super) fn written(number: u128) -> String {
    String::from_utf8_lossy(&number.to_le_bytes()).trim_end_matches('\0').to_owned()
}

/// What a byte of UTF-8 is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter or digit of ASCII.
    Plain,
    /// Of a character that ASCII does not have.
    Other,
    /// What parts words.
    Between,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = if (byte as u8).is_ascii_alphanumeric() { Kind::Plain } else { Kind::Between };
        byte += 1;
    }
    kinds
};

/// Calls `visit` for every word of a text.
pub(super) fn each_word(text: &str, visit: &mut impl FnMut(Word<'_>)) {
    let kind = |at: usize| text.as_bytes().get(at).map_or(Kind::Between, |&byte| KINDS[usize::from(byte)]);
    let mut folded = String::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        while kind(at) == Kind::Plain {
            at += 1;
        }
        if kind(at) == Kind::Between {
            visit_plain(&text.as_bytes()[start..], at - start, visit);
            at += 1;
            continue;
        }
        while kind(at) != Kind::Between {
            at += 1;
        }
        folded.clear();
        let letters = text[start..at].nfkd().filter(|&c| !is_combining_mark(c));
        folded.extend(letters.flat_map(char::to_lowercase));
        let runs = folded.split(|c: char| !c.is_alphanumeric());
        runs.filter(|run| !run.is_empty()).for_each(|run| each_part(run, visit));
    }
}

/// Calls `visit` for letters and digits of ASCII: `length` of the bytes.
fn visit_plain(bytes: &[u8], length: usize, visit: &mut impl FnMut(Word<'_>)) {
    // In ASCII, a small letter is a large one with this bit, and digits have it.
    const SMALL: u128 = u128::from_le_bytes([0x20; 16]);
    match length {
        0 => {}
        1..=16 => visit(Word::Short(as_number(bytes, length) | SMALL >> (128 - 8 * length))),
        _ => {
            let word = &bytes[..length.min(LONGEST)];
            visit(Word::Long(&String::from_utf8_lossy(word).to_ascii_lowercase()));
        }
    }
}

/// Parts letters from signs that are words of their own.
fn each_part(run: &str, visit: &mut impl FnMut(Word<'_>)) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| is_spaceless(c) != is_spaceless(first)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        if is_spaceless(first) {
            each_pair(part, visit);
        } else {
            let end = part.char_indices().nth(LONGEST).map_or(part.len(), |(at, _)| at);
            visit(Word::of(&part[..end]));
        }
        rest = after;
    }
}

/// Tells whether a letter is of a script without spaces between its words: beside Chinese and Japanese, of Thai, Lao,
/// Myanmar and Khmer.
fn is_spaceless(c: char) -> bool {
    is_cjk(c)
        || matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}')
}

fn each_pair(part: &str, visit: &mut impl FnMut(Word<'_>)) {
    let starts: Vec<usize> = part.char_indices().map(|(at, _)| at).chain([part.len()]).collect();
    match starts.len() {
        0..=2 => visit(Word::of(part)),
        _ => starts.windows(3).for_each(|places| visit(Word::of(&part[places[0]..places[2]]))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_word(text, &mut |word| {
            found.push(match word {
                Word::Short(number) => written(number),
                Word::Long(name) => name.to_owned(),
            });
        });
        found
    }

    #[test]
    fn words_are_found_in_any_script() {
        for (text, expected) in [
            ("The Ferry’s rope, 1902", vec!["the", "ferry", "s", "rope", "1902"]),
            ("Größe Café", vec!["große", "cafe"]),
            ("a\u{A0}b\u{3000}C", vec!["a", "b", "c"]),
            ("渡し船 a", vec!["渡し", "し船", "a"]),
            ("船", vec!["船"]),
            ("เรือ", vec!["เร", "รอ"]),
            ("ເຮືອ ab", vec!["ເຮ", "ຮອ", "ab"]),
            ("ទូកធំ", vec!["ទក", "កធ"]),
            ("လှေကြီး", vec!["လက"]),
            ("שָׁלוֹם", vec!["שלום"]),
            ("Паром", vec!["паром"]),
            ("(Mole/“Ferry”-E\u{301}bb)", vec!["mole", "ferry", "ebb"]),
            ("", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }

    #[test]
    fn words_of_any_length_are_folded() {
        for length in [1, 15, 16, 17, LONGEST] {
            assert_eq!(found(&"Z9".repeat(length)[..length]), ["z9".repeat(length)[..length].to_owned()]);
        }
        for letter in ["z", "ж", "ჟ"] {
            assert_eq!(found(&letter.repeat(LONGEST + 1)), [letter.repeat(LONGEST)]);
        }
        assert_eq!(found("Водонепроницаемость"), ["водонепроницаемость"]);
    }

    #[test]
    fn every_word_has_its_own() {
        let mut counts = WordMap::<u32>::default();
        for name in ["ferry", "Ferry", "a-very-long-name", "circumnavigational", "Circumnavigational"] {
            each_word(name, &mut |word| counts.change(word, |count| *count += 1));
        }
        assert_eq!((counts.short.len(), counts.short.values().sum::<u32>()), (5, 6));
        assert_eq!(counts.long, HashMap::from_iter([("circumnavigational".to_owned(), 2)]));
    }
}
