//! Jira and Confluence wiki markup: `h2. headings`, `{code}`, `[words|address]`.
//!
//! > h2. The bridge
//! > Nobody paid for the *rope*[1], says [the log|https://harbour.example].
//! >
//! > \[1] Off the mole, in 1902.
//!
//! See <https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all>. It has no notes of its own: the
//! numbers that writers use are left to the engine that pairs them; `{footnote}` of a common plugin is read.

use super::blocks::{Block, Item, Table, What, trimmed};
use super::running::{Inline, Pair, Scanner, Shown};
use super::{Dialect, Sign, Text};
use crate::sheet::{Kind, Mark};
use crate::source::Span;

pub(super) const JIRA: Dialect = Dialect {
    name: "jira",
    signs: &[
        Sign::new(3, |line| line.contains("{anchor:")),
        Sign::new(3, |line| {
            ["{noformat", "{code", "{quote}", "{panel"].iter().any(|sign| line.starts_with(sign))
        }),
        Sign::new(3, |line| line.contains("{color:") && line.contains("{color}")),
        Sign::new(3, |line| line.contains("{footnote}") && !line.contains("{{footnote}}")),
        Sign::new(2, |line| line.starts_with("||") && line.trim_end().ends_with("||")),
        Sign::new(2, |line| line.contains("|http") && line.contains('[') && !line.contains("[[")),
        Sign::new(2, |line| heading(line).is_some()),
        Sign::new(1, |line| line.contains("{{") && line.contains("}}") && !line.contains("{{/")),
        Sign::new(1, |line| line.starts_with("bq. ")),
        Sign::new(1, |line| line.contains("\\[") || line.contains("\\(")),
        Sign::new(1, escaped_number),
        Sign::new(1, escaped_number).on_lines(2),
    ],
    inline: Inline {
        starts: "\\{[*_-+^~?!&h",
        escape: Some('\\'),
        verbatim: &[
            Pair::around("{{", "}}", Some(Mark::Code)),
            Pair::around("{noformat}", "{noformat}", None),
        ],
        pairs: &[
            Pair::around("{*}", "{*}", Some(Mark::Strong)),
            Pair::around("{_}", "{_}", Some(Mark::Emphasis)),
            Pair::around("{-}", "{-}", Some(Mark::Strikethrough)),
            Pair::around("{^}", "{^}", Some(Mark::Superscript)),
            Pair::around("{~}", "{~}", Some(Mark::Subscript)),
            Pair::around("{+}", "{+}", None),
            Pair::around("??", "??", Some(Mark::Emphasis)),
            Pair::at_words("*", Mark::Strong),
            Pair::at_words("_", Mark::Emphasis),
            Pair::at_words("-", Mark::Strikethrough),
            Pair::anywhere("^", Mark::Superscript),
            Pair::anywhere("~", Mark::Subscript),
        ],
        html: true,
        special,
    },
    names: |_, _, _| {},
    opens: |_| 0,
    block,
    has_fences: false,
    interrupts: true,
    underlines: false,
    breaks: true,
};

fn block(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    let words = line.trim();
    if let Some(level) = heading(line) {
        let title = trimmed(text, lines[0], 3);
        return Block::new(1, What::Running(Kind::Heading(level), vec![title]));
    }
    if words.len() >= 4 && words.bytes().all(|byte| byte == b'-') {
        return Block::new(1, What::Break);
    }
    if line.starts_with("bq. ") {
        return Block::new(1, What::Inside(Kind::Quote, vec![trimmed(text, lines[0], 3)]));
    }
    if let Some(block) = braces(text, lines) {
        return Some(block);
    }
    if words.starts_with('|') && words.len() > 1 {
        let count = lines.iter().take_while(|&&line| text.of(line).trim_start().starts_with('|')).count();
        let rows = lines[..count].iter().map(|&line| cells(text, line)).collect();
        return Block::new(count, What::Table(Table { has_head: words.starts_with("||"), rows }));
    }
    item(text, lines)
}

fn heading(line: &str) -> Option<u8> {
    let level = line.strip_prefix('h')?.bytes().next().filter(|level| (b'1'..=b'6').contains(level))?;
    line[2..].strip_prefix(". ").filter(|rest| !rest.trim().is_empty()).map(|_| level - b'0')
}

/// `\[1] Off the mole`: only the bracket that would begin a link is escaped.
fn escaped_number(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("\\[") else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && rest[digits..].starts_with("] ")
}

/// `{code:java}` … `{code}`, `{noformat}`, `{quote}`, `{panel}`: their names, and whether lines between are as typed.
fn braces(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    const BLOCKS: &[(&str, bool)] = &[
        ("code", true),
        ("noformat", true),
        ("quote", false),
        ("panel", false),
        ("info", false),
        ("note", false),
        ("warning", false),
        ("tip", false),
    ];
    let line = text.of(lines[0]);
    let inner = line.trim_start().strip_prefix('{')?;
    let end = inner.find('}')?;
    let (name, option) = inner[..end].split_once(':').unwrap_or((&inner[..end], ""));
    let &(name, is_code) = BLOCKS.iter().find(|(known, _)| *known == name)?;
    let close = format!("{{{name}}}");
    let from = line.len() - inner.len() + end + 1;
    let first = Span { start: lines[0].start + from as u32, end: lines[0].end };
    let mut rest = vec![first];
    rest.extend(&lines[1..]);
    let at = rest.iter().position(|&line| text.of(line).contains(&close));
    let taken = at.map_or(rest.len(), |at| at + 1);
    rest.truncate(taken);
    if let (Some(at), Some(last)) = (at, rest.last_mut()) {
        let end = text.of(*last).find(&close).unwrap_or_default();
        if !text.of(*last)[end + close.len()..].trim().is_empty() && at == 0 {
            return None; // it goes on in the same line
        }
        last.end = last.start + end as u32;
    }
    let language = option.split('|').next().map(|word| word.trim_start_matches("language="));
    let language = language.filter(|word| !word.is_empty() && !word.contains('=') && is_code);
    let what = match is_code {
        true => What::Code(language.map(str::to_owned), rest),
        false if name == "quote" => What::Inside(Kind::Quote, rest),
        false => What::Inside(Kind::Root, rest),
    };
    Block::new(taken, what)
}

fn cells(text: &Text<'_>, line: Span) -> Vec<Vec<Span>> {
    let words = text.of(line).trim_end();
    let mut cells = Vec::new();
    let (mut at, mut from, mut depth) = (0, None, 0_u32);
    while at < words.len() {
        let rest = &words[at..];
        match rest.as_bytes()[0] {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'|' if depth == 0 => {
                if let Some(from) = from {
                    cells.push(vec![trimmed(
                        text,
                        Span { start: line.start, end: line.start + at as u32 },
                        from,
                    )]);
                }
                at += usize::from(rest.starts_with("||"));
                from = Some(at + 1);
            }
            _ => {}
        }
        at += words.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
    if let Some(from) = from.filter(|&from| from < words.len()) {
        cells.push(vec![trimmed(text, line, from)]);
    }
    cells
}

/// `* ebb`, `# ebb`, `- ebb`, `** ebb`; lines below that begin with no sign go on with it.
fn item(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let sign = sign(text.of(lines[0]))?;
    let first = &text.of(lines[0])[..1];
    let belongs = |line: &Span| {
        let words = text.of(*line);
        self::sign(words).is_some_and(|other| other > 1 && words.starts_with(first))
    };
    let below = lines[1..].iter().take_while(|line| belongs(line)).count();
    let strip = |&line: &Span| {
        let from = usize::from(self::sign(text.of(line)).is_some());
        trimmed(text, line, from)
    };
    let inner = match sign {
        1 => std::iter::once(trimmed(text, lines[0], 1)).chain(lines[1..=below].iter().map(strip)).collect(),
        _ => lines[..=below].iter().map(strip).collect(),
    };
    let number = (first == "#").then_some(1);
    Block::new(below + 1, What::Item(Item { key: first.to_owned(), number, done: None, lines: inner }))
}

/// Counts the signs before the words of an item.
fn sign(line: &str) -> Option<usize> {
    let length = line.bytes().take_while(|byte| b"*#-".contains(byte)).count();
    let is_dashes = line[..length].contains("--");
    (length > 0 && !is_dashes && line[length..].starts_with(' ') && !line[length..].trim().is_empty())
        .then_some(length)
}

fn special(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let rest = &scanner.text[at..to];
    if rest.starts_with("{footnote}") {
        let close = scanner.find(at + 10, to, "{footnote}")?;
        scanner.inset(None, at, at + 10, close, close + 10);
        return Some(close + 10);
    }
    if rest.starts_with("{anchor") || rest.starts_with("{color") {
        let length = rest.find('}')? + 1;
        scanner.push(at, at + length, Shown::Nothing);
        return Some(at + length);
    }
    if rest.starts_with('[') {
        return link(scanner, at, to);
    }
    if rest.starts_with('!') && rest[1..].starts_with(char::is_alphanumeric) {
        let close = scanner.find(at + 1, to, "!")?;
        let name = scanner.text[at + 1..close].split('|').next().unwrap_or_default().to_owned();
        let is_picture = [".png", ".jpg", ".jpeg", ".gif", ".svg"].iter().any(|end| name.ends_with(end));
        if is_picture && !name.contains(char::is_whitespace) {
            scanner.picture(&name, at, close..close, close + 1);
            return Some(close + 1);
        }
    }
    if rest.starts_with("http://") || rest.starts_with("https://") {
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '|' | '}' | '\\'))
            .unwrap_or(rest.len());
        scanner.push(at, at + length, Shown::Same);
        return Some(at + length);
    }
    None
}

/// `[the log|https://harbour.example]`, `[https://harbour.example]`
fn link(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let close = scanner.closing(at, to, "[", "]")?;
    let inner = &scanner.text[at + 1..close];
    let bar = inner.find('|');
    let target = bar.map_or(inner, |bar| inner[bar + 1..].split('|').next().unwrap_or_default()).trim();
    let is_target =
        target.contains("://") || target.starts_with("mailto:") || (bar.is_some() && target.starts_with('#'));
    if !is_target && (bar.is_none() || target.is_empty() || target.contains(char::is_whitespace)) {
        return None;
    }
    if target.contains(char::is_whitespace) {
        return None;
    }
    let mark = Mark::Link { url: target.to_owned(), title: String::new() };
    let words_end = bar.map_or(close, |bar| at + 1 + bar);
    if bar.is_some() {
        scanner.marked(mark, at, at + 1, words_end, close + 1);
    } else {
        scanner.push(at, at + 1, Shown::Nothing);
        scanner.literal(Some(mark), at + 1, close);
        scanner.push(close, close + 1, Shown::Nothing);
    }
    Some(close + 1)
}
