//! DokuWiki: `====== headings ======`, `((notes))`, `//emphasis//`.
//!
//! > ===== The bridge =====
//! > Nobody paid((Off the mole, in 1902.)) for the **rope**, says [[https://harbour.example|the log]].
//!
//! See <https://www.dokuwiki.org/wiki:syntax>. Left alone: `((a) and (b))`, the sums of a shell
//! (`$((i + 1))`), plugins, macros.

use super::blocks::{Block, Item, Table, What, indent, trimmed, until};
use super::running::{Inline, Pair, Scanner, Shown};
use super::{Dialect, Sign, Text};
use crate::sheet::{Kind, Mark};
use crate::source::Span;

pub(super) const DOKUWIKI: Dialect = Dialect {
    name: "dokuwiki",
    signs: &[
        Sign::new(2, |line| heading(line).is_some_and(|(level, _)| level <= 3)),
        Sign::new(2, begins_note),
        Sign::new(1, begins_note).on_lines(2),
        Sign::new(3, |line| line.contains("''%%") && line.contains("%%''")),
        Sign::new(1, |line| line.contains("//") && is_slanted(line)),
        Sign::new(1, |line| line.starts_with("  * ") || line.starts_with("  - ")),
        Sign::new(2, |line| line.starts_with('^') && line.trim_end().ends_with('^') && line.len() > 4),
        Sign::new(2, |line| line.contains("[[http") && line.contains('|') && line.contains("]]")),
        Sign::new(1, |line| {
            line.trim_end() == "<code>" || line.starts_with("<code ") || line.starts_with("<file")
        }),
        Sign::new(2, |line| line.contains("{{") && line.contains(".png") && line.contains("}}")),
    ],
    inline: Inline {
        starts: "(*/_'[{\\<%h",
        escape: None,
        verbatim: &[
            Pair::around("''%%", "%%''", Some(Mark::Code)),
            Pair::around("%%", "%%", None),
            Pair::around("<nowiki>", "</nowiki>", None),
        ],
        pairs: &[
            Pair::anywhere("**", Mark::Strong),
            Pair::anywhere("//", Mark::Emphasis),
            Pair::around("__", "__", None),
            Pair::anywhere("''", Mark::Code),
        ],
        html: true,
        special,
    },
    names: |_, _, _| {},
    opens,
    block,
    has_fences: false,
    interrupts: true,
    underlines: false,
    breaks: false,
};

fn block(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    let words = line.trim();
    if let Some((level, inner)) = heading(line) {
        let span =
            Span { start: lines[0].start + inner.start as u32, end: lines[0].start + inner.end as u32 };
        return Block::new(1, What::Running(Kind::Heading(level), vec![trimmed(text, span, 0)]));
    }
    if words.len() >= 4 && words.bytes().all(|byte| byte == b'-') {
        return Block::new(1, What::Break);
    }
    if ["<code", "<file"].iter().any(|tag| words.starts_with(tag))
        && words.ends_with('>')
        && words.matches('<').count() == 1
    {
        let close = if words.starts_with("<code") { "</code>" } else { "</file>" };
        let (end, taken) = until(text, &lines[1..], |line| line.trim() == close);
        let language = words[5..words.len() - 1].split_whitespace().next().filter(|word| *word != "-");
        return Block::new(taken + 1, What::Code(language.map(str::to_owned), lines[1..=end].to_vec()));
    }
    if words.starts_with("~~") && words.ends_with("~~") && words.len() > 4 && !words.contains(' ') {
        return Block::new(1, What::Nothing);
    }
    if line.starts_with('>') {
        let count = lines.iter().take_while(|&&line| text.of(line).starts_with('>')).count();
        let inner = lines[..count].iter().map(|&line| trimmed(text, line, 1)).collect();
        return Block::new(count, What::Inside(Kind::Quote, inner));
    }
    if is_row(line) {
        let count = lines.iter().take_while(|&&line| is_row(text.of(line))).count();
        let rows = lines[..count].iter().map(|&line| cells(text, line)).collect();
        return Block::new(count, What::Table(Table { has_head: line.starts_with('^'), rows }));
    }
    if let Some(item) = item(text, lines) {
        return Some(item);
    }
    if indent(line) >= 2 && !words.is_empty() {
        let count = lines
            .iter()
            .take_while(|&&line| {
                indent(text.of(line)) >= 2 && !text.is_blank(line) && item_sign(text.of(line)).is_none()
            })
            .count();
        let inner = lines[..count].iter().map(|line| Span { start: line.start + 2, end: line.end });
        return Block::new(count, What::Code(None, inner.collect()));
    }
    None
}

/// Six signs of equality are the highest level, two the lowest.
fn heading(line: &str) -> Option<(u8, std::ops::Range<usize>)> {
    let words = line.trim();
    let margin = line.len() - line.trim_start().len();
    let open = words.bytes().take_while(|&byte| byte == b'=').count();
    let close = words.bytes().rev().take_while(|&byte| byte == b'=').count();
    let fits = (2..=6).contains(&open) && close >= 2 && words.len() > open + close;
    (fits && words[open..words.len() - close].contains(char::is_alphanumeric))
        .then(|| ((7 - open) as u8, margin + open..margin + words.len() - close))
}

fn opens(line: &str) -> isize {
    if line.trim().is_empty() || line.contains("<code") || line.contains("</code") {
        return isize::MIN / 2; // no note goes on here
    }
    line.matches("((").count() as isize - line.matches("))").count() as isize
}

/// Tells whether a line has the beginning of a note: two brackets before words that no program has.
fn begins_note(line: &str) -> bool {
    // The next closing sign is looked up once for all the opening ones before it.
    let mut close = 0;
    line.match_indices("((").any(|(at, _)| {
        let start = at + 2;
        if close < start {
            close = line[start..].find("))").map_or(line.len(), |length| start + length);
        }
        let words = &line[start..close];
        let is_word = |word: &&str| {
            word.len() > 1 && word.trim_end_matches(['.', ',', ':']).chars().all(char::is_alphabetic)
        };
        let is_code =
            |words: &str| words.contains(['=', '<', '>', '+', '*', ';', '{', '}', '&', '|', '^', '_']);
        !line[..at].ends_with(['(', '$', '!'])
            && words.len() <= LONGEST_SIGN
            && !is_code(words)
            && is_balanced(words)
            && words.split_whitespace().filter(is_word).count() >= 2
    })
}

/// How long a note is at most that shows what markup a text has, in bytes.
const LONGEST_SIGN: usize = 2000;

/// How long a note in the text may be, in bytes.
const LONGEST_NOTE: usize = 1 << 14;

/// Tells whether every bracket within words is closed there.
fn is_balanced(words: &str) -> bool {
    let mut depth = 0_i32;
    for byte in words.bytes() {
        depth += i32::from(byte == b'(') - i32::from(byte == b')');
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Tells whether a line has words between two slashes each, and not an address.
fn is_slanted(line: &str) -> bool {
    let mut parts = line.split("//");
    let before = parts.next().unwrap_or_default();
    let inside = parts.next().unwrap_or_default();
    parts.next().is_some()
        && !before.ends_with(':')
        && !inside.is_empty()
        && !inside.ends_with(':')
        && !inside.starts_with(' ')
}

fn is_row(line: &str) -> bool {
    line.starts_with(['|', '^']) && line.trim_end().len() > 1 && line.trim_end().ends_with(['|', '^'])
}

fn cells(text: &Text<'_>, line: Span) -> Vec<Vec<Span>> {
    let words = text.of(line).trim_end();
    let mut cells = Vec::new();
    let (mut at, mut from, mut depth) = (1, 1, 0_u32);
    while at < words.len() {
        let rest = &words[at..];
        if rest.starts_with("[[") || rest.starts_with("{{") {
            depth += 1;
        } else if rest.starts_with("]]") || rest.starts_with("}}") {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && rest.starts_with(['|', '^']) {
            cells.push(vec![trimmed(text, Span { start: line.start, end: line.start + at as u32 }, from)]);
            from = at + 1;
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    cells
}

/// Returns the columns before the sign of an item, and whether it is numbered.
fn item_sign(line: &str) -> Option<(usize, bool)> {
    let column = indent(line);
    let sign = line[column..].chars().next().filter(|_| column >= 2 || line.starts_with('\t'))?;
    let words = &line[column..];
    let is_sign = matches!(sign, '*' | '-') && !words[1..].starts_with(sign) && words.len() > 1;
    is_sign.then_some((column, sign == '-'))
}

fn item(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let (column, is_numbered) = item_sign(text.of(lines[0]))?;
    let below = |line: &&Span| {
        let words = text.of(**line);
        let is_deeper = item_sign(words).is_some_and(|(other, _)| other > column);
        is_deeper || (item_sign(words).is_none() && indent(words) > column && !text.is_blank(**line))
    };
    let count = lines[1..].iter().take_while(below).count();
    let mut inner = vec![trimmed(text, lines[0], column + 1)];
    inner.extend(&lines[1..=count]);
    let key = if is_numbered { "-" } else { "*" }.to_owned();
    let item = Item { key, number: is_numbered.then_some(1), done: None, lines: inner };
    Block::new(count + 1, What::Item(item))
}

fn special(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let rest = &scanner.text[at..to];
    if rest.starts_with("((") && scanner.before(at) != Some('$') {
        let close = scanner.closing(at, to, "((", "))")?;
        let inner = &scanner.text[at + 2..close];
        if inner.trim().is_empty() || inner.len() > LONGEST_NOTE || !is_balanced(inner) {
            return None;
        }
        scanner.inset(None, at, at + 2, close, close + 2);
        return Some(close + 2);
    }
    if rest.starts_with("\\\\") && rest[2..].starts_with([' ', '\n']) {
        scanner.push(at, at + 3, Shown::Break);
        return Some(at + 3);
    }
    if rest.starts_with("[[") || rest.starts_with("{{") {
        return link(scanner, at, to);
    }
    if rest.starts_with("//") && scanner.before(at) == Some(':') {
        scanner.push(at, at + 2, Shown::Same);
        return Some(at + 2);
    }
    if rest.starts_with("http://") || rest.starts_with("https://") {
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ')' | '<' | '|' | ']' | '}'))
            .unwrap_or(rest.len());
        scanner.push(at, at + length, Shown::Same);
        return Some(at + length);
    }
    None
}

/// `[[https://harbour.example|the log]]`, `{{ferry.png|The ferry}}`
fn link(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let is_picture = scanner.text[at..].starts_with('{');
    let (open, close_sign) = if is_picture { ("{{", "}}") } else { ("[[", "]]") };
    let close = scanner.closing(at, to, open, close_sign)?;
    let inner = &scanner.text[at + 2..close];
    let bar = inner.find('|');
    let target = inner[..bar.unwrap_or(inner.len())].trim();
    if target.is_empty() || target.contains('\n') {
        return None;
    }
    let url = target.split('?').next().filter(|_| is_picture).unwrap_or(target).to_owned();
    let words = bar.map_or(at + 2, |bar| at + 2 + bar + 1);
    if is_picture {
        let alt = if bar.is_some() { words..close } else { close..close };
        scanner.picture(&url, at, alt, close + 2);
    } else {
        let is_elsewhere = url.contains("://") || url.starts_with("mailto:");
        if is_elsewhere {
            scanner.marked(Mark::Link { url, title: String::new() }, at, words, close, close + 2);
        } else {
            // A page of the wiki stands nowhere outside it.
            scanner.push(at, words, Shown::Nothing);
            scanner.within(words, close);
            scanner.push(close, close + 2, Shown::Nothing);
        }
    }
    Some(close + 2)
}
