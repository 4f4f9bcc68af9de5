//! gemtext: one line is one paragraph, and a link has a line of its own.
//!
//! > # The ferry
//! > => <gemini://harbour.example/log> The harbour's log
//! > * ebb
//! > > quoted words
//!
//! See <https://geminiprotocol.net/docs/gemtext-specification.gmi>. Some converters refer to link lines by letters,
//! `the log[a]`, and put notes below a row of tildes; the numbers of notes are left to the engine that pairs them.

use std::collections::BTreeMap;

use super::blocks::{Block, Item, What, trimmed, until};
use super::running::{Inline, Scanner, Shown};
use super::{Dialect, Sign, Text};
use crate::sheet::{Kind, Mark};
use crate::source::Span;

pub(super) const GEMTEXT: Dialect = Dialect {
    name: "gemtext",
    signs: &[
        Sign::new(2, is_web_link),
        Sign::new(1, is_web_link).on_lines(2),
        Sign::new(2, is_rule),
        Sign::new(1, |line| heading(line).is_some()),
    ],
    inline: Inline { starts: "=[", escape: None, verbatim: &[], pairs: &[], html: false, special },
    names,
    opens: |_| 0,
    block,
    has_fences: true,
    interrupts: true,
    underlines: false,
    breaks: false,
};

fn block(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    if let Some(language) = line.strip_prefix("```") {
        let (end, taken) = until(text, &lines[1..], |line| line.trim_end() == "```");
        let language = language.trim();
        let is_word = !language.is_empty() && language.bytes().all(|byte| byte.is_ascii_graphic());
        // What is no name of a language is words for those who cannot see the picture below, or the first line of it.
        let first = (!is_word).then(|| trimmed(text, lines[0], 3));
        let inner = first.into_iter().chain(lines[1..=end].iter().copied());
        return Block::new(taken + 1, What::Code(is_word.then(|| language.to_owned()), inner.collect()));
    }
    if is_rule(line) {
        return Block::new(1, What::Break);
    }
    if let Some((level, from)) = heading(line) {
        return Block::new(1, What::Running(Kind::Heading(level), vec![trimmed(text, lines[0], from)]));
    }
    if line.starts_with("* ") {
        let item =
            Item { key: "*".to_owned(), number: None, done: None, lines: vec![trimmed(text, lines[0], 2)] };
        return Block::new(1, What::Item(item));
    }
    if line.starts_with('>') {
        let count = lines.iter().take_while(|&&line| text.of(line).starts_with('>')).count();
        let inner = lines[..count].iter().map(|&line| trimmed(text, line, 1)).collect();
        return Block::new(count, What::Inside(Kind::Quote, inner));
    }
    let letter = link(line).and_then(|(_, words)| label(&line[words..], u8::is_ascii_lowercase));
    if letter.is_some_and(|letter| text.names.contains_key(&format!("[{letter}]"))) {
        return Block::new(1, What::Nothing); // its address is on the words that it belongs to
    }
    Block::new(1, What::Running(Kind::Paragraph, vec![lines[0]]))
}

/// Some converters refer to link lines by letters, which begin anew with each group of link lines.
///
/// Named are: the address of each letter by where its group begins, `=0000000120a`; the letters that words have, `[a]`;
/// and where each number stands, `[1]`, because letters in its note mean the group below it.
fn names(source: &str, line: Span, names: &mut BTreeMap<String, String>) {
    let words = line.of(source);
    if let Some((address, from)) = link(words) {
        if let Some(letter) = label(&words[from..], u8::is_ascii_lowercase) {
            names.insert(format!("={:010}{letter}", group(source, line)), words[address].to_owned());
        }
        return;
    }
    for (at, _) in words.match_indices('[') {
        let end = words[at..].bytes().take(6).position(|byte| byte == b']');
        let bracket = &words[at..end.map_or(at, |end| at + end + 1)];
        let is_label = label(bracket, u8::is_ascii_lowercase).or_else(|| label(bracket, u8::is_ascii_digit));
        if is_label.is_some() {
            names.entry(bracket.to_owned()).or_insert_with(|| line.start.to_string());
        }
    }
}

/// Returns what is between the brackets that a text consists of, if all of it is of a kind.
fn label(text: &str, is_of_kind: fn(&u8) -> bool) -> Option<&str> {
    let label = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    ((1..=3).contains(&label.len()) && label.as_bytes().iter().all(is_of_kind)).then_some(label)
}

/// Returns where the group of link lines begins that a line is of.
fn group(source: &str, line: Span) -> u32 {
    let mut start = line.start as usize;
    for above in source[..start].lines().rev().take_while(|above| above.starts_with("=>")).take(LONGEST_GROUP)
    {
        start = source[..start - 1].rfind(above).unwrap_or(start);
    }
    start as u32
}

/// A group of link lines has at most so many.
const LONGEST_GROUP: usize = 100;

/// `the log[a]`: a link on the word before the letter.
fn letter(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let end = at + scanner.text[at..to].bytes().take(6).position(|byte| byte == b']')? + 1;
    let letter = label(&scanner.text[at..end], u8::is_ascii_lowercase)?;
    let number = scanner.text.find("] ").and_then(|end| label(&scanner.text[..=end], u8::is_ascii_digit));
    let from = number.and_then(|number| scanner.names.get(&format!("[{number}]"))?.parse().ok());
    let from: u32 = from.unwrap_or(scanner.source_start());
    let (group, _) =
        scanner.names.range(format!("={from:010}")..).next().filter(|(name, _)| name.starts_with('='))?;
    let url = scanner.names.get(&format!("{}{letter}", &group[..11]))?.clone();
    let before = &scanner.text[..at];
    let start = before
        .rfind(char::is_whitespace)
        .map_or(0, |last| last + before[last..].chars().next().map_or(1, char::len_utf8));
    let mark = Mark::Link { url: url.clone(), title: String::new() };
    if start < at && scanner.take_back(start) {
        scanner.literal(Some(mark), start, at);
        scanner.push(at, end, Shown::Nothing);
    } else {
        scanner.replaced(Some(mark), at, end, url); // the words of the link are its address
    }
    Some(end)
}

fn heading(line: &str) -> Option<(u8, usize)> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    ((1..=6).contains(&level) && line[level..].starts_with(' ') && line.len() > level + 1)
        .then_some((level as u8, level))
}

fn is_web_link(line: &str) -> bool {
    link(line).is_some_and(|(address, _)| line[address].contains("://"))
}

fn is_rule(line: &str) -> bool {
    line.len() >= 5 && line.bytes().all(|byte| byte == b'~')
}

/// Returns where the address of a link line stands, and where its words begin.
fn link(line: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let rest = line.strip_prefix("=>")?;
    let start = line.len() - rest.trim_start().len();
    let length = line[start..].find(char::is_whitespace).unwrap_or(line.len() - start);
    let address = &line[start..start + length];
    let is_address = address.contains("://") || address.starts_with('/') || address.contains('.');
    let end = start + length;
    (is_address && length > 2).then(|| (start..end, end + line[end..].len() - line[end..].trim_start().len()))
}

fn special(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    if scanner.text[at..].starts_with('[') {
        return letter(scanner, at, to);
    }
    if at > 0 {
        return None;
    }
    let (address, words) = link(&scanner.text[at..to])?;
    let mark = Mark::Link { url: scanner.text[address.clone()].to_owned(), title: String::new() };
    if words < to {
        scanner.marked(mark, at, words, to, to);
    } else {
        scanner.push(at, address.start, Shown::Nothing);
        scanner.literal(Some(mark), address.start, to);
    }
    Some(to)
}
