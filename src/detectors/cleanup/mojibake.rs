//! `â€œEbbâ€` → `“Ebb”`, `MÃ¼hle` → `Mühle`: UTF-8 that somebody read as Windows-1252 or Windows-1251.
//!
//! Letters are put back only where it is certain: their bytes are strictly UTF-8, and what comes out reads as text.
//! Left alone: single letters of a language that has them (`Ã`, `Â£`), and what was damaged for good.

use std::ops::Range;

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

/// How UTF-8 is misread, and how many characters in a row prove it, where one needs only two bytes.
const MISREADINGS: &[(&Encoding, usize)] = &[(WINDOWS_1252, 1), (WINDOWS_1251, 3)];

/// A character of the line: where it stands, and its byte in the encoding it was misread as.
struct Misread {
    at: usize,
    byte: u8,
}

pub(super) fn find(line: &str) -> Vec<super::Mending> {
    let mut found: Vec<super::Mending> = Vec::new();
    for &(encoding, proof) in MISREADINGS {
        let mut run: Vec<Misread> = Vec::new();
        for (at, sign) in line.char_indices().chain([(line.len(), '\0')]) {
            match byte_of(sign, encoding) {
                Some(byte) => run.push(Misread { at, byte }),
                None => stretches(&std::mem::take(&mut run), at, proof, &mut found),
            }
        }
    }
    found
}

/// Returns the byte of a character that is not ASCII.
fn byte_of(sign: char, encoding: &'static Encoding) -> Option<u8> {
    if sign.is_ascii() {
        return None;
    }
    let mut buffer = [0; 4];
    let (bytes, _, is_unknown) = encoding.encode(sign.encode_utf8(&mut buffer));
    match (is_unknown, bytes.as_ref()) {
        (false, [byte]) => Some(*byte),
        _ => None,
    }
}

/// Finds the stretches of a run of characters, which ends at `end`, whose bytes are UTF-8.
fn stretches(run: &[Misread], end: usize, proof: usize, found: &mut Vec<super::Mending>) {
    let bytes: Vec<u8> = run.iter().map(|misread| misread.byte).collect();
    let place = |index: usize| run.get(index).map_or(end, |misread| misread.at);
    let mut first = 0;
    while first < bytes.len() {
        let mut last = first;
        while let Some(length) = character(&bytes[last..]) {
            last += length;
        }
        let range: Range<usize> = place(first)..place(last);
        if let Some(words) =
            std::str::from_utf8(&bytes[first..last]).ok().filter(|words| is_proven(words, proof))
        {
            let is_new = found.iter().all(|(other, _)| other.end <= range.start || range.end <= other.start);
            if is_new {
                found.push((range, words.to_owned()));
            }
        }
        first = last.max(first + 1);
    }
}

/// Returns the length of the UTF-8 character that some bytes begin with.
fn character(bytes: &[u8]) -> Option<usize> {
    let length = match bytes.first()? {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    bytes.get(..length).filter(|bytes| std::str::from_utf8(bytes).is_ok()).map(|_| length)
}

/// Tells whether what comes out is text, and no accident.
fn is_proven(words: &str, proof: usize) -> bool {
    const USUAL: &str = "\u{a0}«»°©®–—‘’‚“”„…•€™¿¡§·";
    let reads =
        words.chars().all(|sign| sign.is_alphanumeric() || USUAL.contains(sign) || sign as u32 > 0x2FFF);
    let is_long = words.chars().any(|sign| sign.len_utf8() >= 3);
    !words.is_empty() && reads && (is_long || words.chars().count() >= proof)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misread_text_is_put_back_where_it_is_certain() {
        for (line, expected) in [
            ("MÃ¼hle", vec!["ü"]),
            ("itâ€™s", vec!["’"]),
            ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", vec!["Привет"]),
            ("РџСЂРёРІРµС‚", vec!["Привет"]),
            ("Mühle", vec![]),
            ("SÃO PAULO", vec![]),
            ("Привет, Рёкан", vec![]),
            ("Â£5", vec![]),
            ("渡し舟 “ebb”", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<String> = find(line).into_iter().map(|(_, words)| words).collect();
            assert_eq!(found, expected, "{line:?}");
        }
    }
}
