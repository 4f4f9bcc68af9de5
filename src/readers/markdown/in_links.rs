//! References in the words of a link or a picture, or right before one: pulldown-cmark would take the link for none.
//!
//! > `[the mole[^1]](https://harbour.example)`, `the mole[^1][of stone](https://harbour.example)`

use std::collections::HashSet;

use memchr::{memchr, memmem};

use super::masks::{CLOSE, OPEN};

/// Finds the brackets of such references, each with the sign that stands for it.
pub(super) fn places(text: &str) -> Vec<(usize, u8)> {
    let bytes = text.as_bytes();
    let has = |signs: &[u8]| memmem::find(bytes, signs).is_some();
    if !has(b"[^") || !(has(b"](") || has(b"][")) {
        return Vec::new();
    }
    let labels = defined(text);
    if labels.is_empty() {
        return Vec::new();
    }
    let mut places = Vec::new();
    // For each open bracket, how many references stood before it; and the references that are in one.
    let mut open: Vec<usize> = Vec::new();
    let mut references: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'`' => {
                at = after_code(bytes, at);
                continue;
            }
            b'\n' if is_blank(&bytes[at + 1..]) => {
                open.clear();
                references.clear();
            }
            b'[' => match label_at(text, at).filter(|label| labels.contains(&label.to_lowercase())) {
                Some(label) => {
                    let close = at + 2 + label.len();
                    references.push((at, close));
                    if matches!(&bytes[close + 1..], [b'[', next, ..] if *next != b'^') {
                        places.extend([(at, OPEN), (close, CLOSE)]);
                    }
                    at = close;
                }
                None => open.push(references.len()),
            },
            b']' => {
                let inner = open.pop().unwrap_or(references.len());
                let is_link = match &bytes[at + 1..] {
                    [b'(', ..] => true,
                    [b'[', next, ..] => *next != b'^',
                    _ => false,
                };
                if is_link {
                    let found = references.drain(inner..);
                    places.extend(found.flat_map(|(open, close)| [(open, OPEN), (close, CLOSE)]));
                }
            }
            _ => {}
        }
        at += 1;
    }
    places
}

/// Returns the labels of all notes of a text, in small letters.
fn defined(text: &str) -> HashSet<String> {
    let label = |line: &str| {
        let line = line.trim_start_matches([' ', '>']);
        let label = label_at(line, 0)?;
        line[label.len() + 3..].starts_with(':').then(|| label.to_lowercase())
    };
    text.lines().filter_map(label).collect()
}

/// Returns the label of a reference that begins at a bracket.
fn label_at(text: &str, at: usize) -> Option<&str> {
    let label = text[at..].strip_prefix("[^")?;
    let end = label.bytes().position(|byte| matches!(byte, b']' | b'[' | b' ' | b'\t' | b'\n' | b'\\'))?;
    (end > 0 && label.as_bytes()[end] == b']').then(|| &label[..end])
}

/// Returns where the code ends whose fence begins here; where it has none, where the fence ends.
fn after_code(bytes: &[u8], at: usize) -> usize {
    let run = |at: usize| bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
    let length = run(at);
    let mut next = at + length;
    while let Some(found) = memchr(b'`', &bytes[next..]) {
        let close = run(next + found);
        if close == length {
            return next + found + close;
        }
        if memmem::find(&bytes[next..next + found], b"\n\n").is_some() {
            break;
        }
        next += found + close;
    }
    at + length
}

/// Tells whether a line is blank.
fn is_blank(line: &[u8]) -> bool {
    matches!(line.iter().find(|&&byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'>')), Some(b'\n') | None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_in_the_words_of_links_are_found() {
        let hidden = |text: &str| {
            let mut bytes = (text.to_owned() + "\n\n[^1]: Ebb.\n").into_bytes();
            let places = places(std::str::from_utf8(&bytes).expect("text"));
            places.iter().for_each(|&(at, sign)| bytes[at] = if sign == OPEN { b'<' } else { b'>' });
            String::from_utf8(bytes).expect("text")[..text.len()].to_owned()
        };
        for (text, expected) in [
            ("[the mole[^1]](a.html)", "[the mole<^1>](a.html)"),
            ("![the [old] mole[^1] of stone](a.png)", "![the [old] mole<^1> of stone](a.png)"),
            ("[the mole[^1]][mole]", "[the mole<^1>][mole]"),
            ("[sic[^1]][^1] and [^1](b)", "[sic[^1]][^1] and [^1](b)"),
            ("[the mole[^2]](a.html)", "[the mole[^2]](a.html)"),
            ("`[a[^1]](b)` ``[`[^1]](b)``", "`[a[^1]](b)` ``[`[^1]](b)``"),
            ("[the `mole[^1]", "[the `mole[^1]"),
            ("mole[^1][of stone](a) and[^1][pier]", "mole<^1>[of stone](a) and<^1>[pier]"),
            ("[the\n\nmole[^1]](a)", "[the\n\nmole[^1]](a)"),
            (r"\[the mole[^1]](a)", r"\[the mole[^1]](a)"),
        ] {
            assert_eq!(hidden(text), expected, "from {text:?}");
        }
    }
}
