//! Words that were broken at the end of a line: the hyphen goes if the word is written without it elsewhere.
//!
//! > solange im Dorf jemand den-
//! > ken konnte
//!
//! A hyphen may belong to the word (`long-` / `lost`), so the text itself is asked: it has the joined word, or the one
//! with the hyphen, in another place; else what it mostly does decides, and a text that decides nothing keeps it. Signs
//! that only printers use (U+00AD, U+2010) go always.

use std::collections::HashSet;

use crate::findings::Findings;
use crate::sheet::{RowId, Sheet};

/// So many hyphens must be decided by words of the text before they decide about others.
const FEWEST: usize = 3;

/// What a text says about its hyphens.
#[derive(Debug, Default)]
pub(super) struct Hyphens<'s> {
    words: HashSet<&'s str>,
    breaks_words: bool,
    keeps_all: bool,
}

impl<'s> Hyphens<'s> {
    /// Lets every hyphen stay.
    pub(super) fn kept() -> Self {
        Self { keeps_all: true, ..Self::default() }
    }

    /// Collects the words of a text, if a line of it ends with a hyphen.
    pub(super) fn of(sheet: &'s Sheet<'_>, findings: &Findings) -> Self {
        let ends: Vec<(RowId, RowId)> = (1..sheet.rows.len() as RowId)
            .map(|row| (row - 1, row))
            .filter(|&(above, below)| {
                broken(sheet.words(above), sheet.words(below)).is_some()
                    && findings.places[above as usize] == findings.places[below as usize]
            })
            .collect();
        if ends.is_empty() || sheet.is_marked_up() {
            return Self::default();
        }
        let words =
            sheet.text.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|word| !word.is_empty());
        let mut hyphens = Self { words: words.collect(), ..Self::default() };
        let (mut go, mut stay) = (0, 0);
        for (above, below) in ends {
            match hyphens.known(sheet.words(above), sheet.words(below)) {
                Some(true) => go += 1,
                Some(false) => stay += 1,
                None => {}
            }
        }
        hyphens.breaks_words = go >= FEWEST && go > stay * 2;
        hyphens
    }

    /// Returns the length of the hyphen that goes when two rows of a paragraph are joined without a space: 0 if it
    /// stays. None if the first does not end with a hyphen.
    pub(super) fn length(&self, above: &str, below: &str) -> Option<usize> {
        let last = above.chars().next_back()?;
        if matches!(last, '\u{AD}' | '\u{2010}') {
            let length = if self.keeps_all { 0 } else { last.len_utf8() };
            return below.starts_with(char::is_alphabetic).then_some(length);
        }
        if last != '-' || !below.starts_with(char::is_alphanumeric) {
            return None;
        }
        let before = above.chars().rev().nth(1)?;
        let goes = broken(above, below).is_some() && self.known(above, below).unwrap_or(self.breaks_words);
        before.is_alphanumeric().then_some(usize::from(goes))
    }

    /// Tells whether the text has the word without the hyphen, or with it.
    fn known(&self, above: &str, below: &str) -> Option<bool> {
        let (head, tail) = broken(above, below)?;
        let has = |word: &str| self.words.contains(word) || self.words.contains(word.to_lowercase().as_str());
        if has(&format!("{head}{tail}")) {
            return Some(true);
        }
        has(&format!("{head}-{tail}")).then_some(false)
    }
}

/// Returns the two parts of a word that a plain hyphen at the end of a line breaks.
fn broken<'w>(above: &'w str, below: &'w str) -> Option<(&'w str, &'w str)> {
    let head = above.strip_suffix('-')?;
    let head = head.rsplit(|c: char| !c.is_alphabetic()).next().filter(|head| !head.is_empty())?;
    let tail = below.split(|c: char| !c.is_alphabetic()).next()?;
    tail.starts_with(char::is_lowercase).then_some((head, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_itself_decides_about_hyphens() {
        for (text, above, below, expected) in [
            ("the ferry-\nman. A ferryman", "the ferry-", "man. A ferryman", Some(1)),
            ("a long-\nlost rope, long-lost", "a long-", "lost rope, long-lost", Some(0)),
            ("a well-\nkept book", "a well-", "kept book", Some(0)),
            ("on the Ebb-\nFlood line", "on the Ebb-", "Flood line", Some(0)),
            ("ferry\u{AD}\nman", "ferry\u{AD}", "man", Some(2)),
            ("ferry\u{2010}\nman", "ferry\u{2010}", "man", Some(3)),
            ("he said -\nand left", "he said -", "and left", None),
            ("the ferry\nman", "the ferry", "man", None),
        ] {
            let sheet = crate::readers::read_text(text);
            let hyphens = Hyphens::of(&sheet, &Findings::new(&sheet));
            assert_eq!(hyphens.length(above, below), expected, "in {text:?}");
        }
    }
}
