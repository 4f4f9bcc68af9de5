//! Textile: `h2. headings`, `fn1. notes`, `"words":address`.
//!
//! > h2. The bridge
//! >
//! > Nobody paid for the rope.[1] See "the log":https://harbour.example.
//! >
//! > fn1. Off the mole, in 1902.
//!
//! See <https://textile-lang.com/doc/>. Left alone: numbers in brackets that no `fn1.` explains.

use super::blocks::{Block, Item, Note, Table, What, trimmed, until};
use super::running::{Inline, Pair, Scanner, Shown};
use super::{Dialect, Sign, Text};
use crate::sheet::{Kind, Mark};
use crate::source::Span;

pub(super) const TEXTILE: Dialect = Dialect {
    name: "textile",
    signs: &[
        Sign::new(3, |line| {
            line.starts_with("fn") && signature(line).is_some_and(|(name, _)| name.starts_with("fn"))
        }),
        Sign::new(2, heading),
        Sign::new(2, |line| line.contains("\":http") || line.contains("\":/")),
        Sign::new(3, |line| line.starts_with("|_.")),
        Sign::new(2, |line| {
            signature(line).is_some_and(|(name, _)| matches!(name, "bc" | "bq" | "pre" | "notextile"))
        }),
        Sign::new(2, |line| line.starts_with("p(") && signature(line).is_some()),
        Sign::new(1, |line| line.contains("&#45;")),
        Sign::new(1, |line| line.starts_with("<pre>") || line.starts_with("p. ")),
        Sign::new(1, heading).on_lines(2),
    ],
    inline: Inline {
        starts: "\"*_-+^~@<&[!=?%",
        escape: None,
        verbatim: &[
            Pair::around("<notextile>", "</notextile>", None),
            Pair::at_words("@", Mark::Code),
            Pair::around("==", "==", None),
        ],
        pairs: &[
            Pair::at_words("**", Mark::Strong),
            Pair::at_words("__", Mark::Emphasis),
            Pair::at_words("??", Mark::Emphasis),
            Pair::at_words("*", Mark::Strong),
            Pair::at_words("_", Mark::Emphasis),
            Pair::at_words("-", Mark::Strikethrough),
            Pair::around("[^", "^]", Some(Mark::Superscript)),
            Pair::around("[~", "~]", Some(Mark::Subscript)),
            Pair::at_words("^", Mark::Superscript),
            Pair::at_words("~", Mark::Subscript),
        ],
        html: true,
        special,
    },
    names: |source, line, names| names.extend(alias(line.of(source))),
    opens: |_| 0,
    block,
    has_fences: false,
    interrupts: false,
    underlines: false,
    breaks: true,
};

fn block(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    if let Some((name, from)) = signature(line) {
        return signed(text, lines, name, from);
    }
    if line.starts_with("###.") {
        let (end, _) = until(text, lines, |line| line.trim().is_empty());
        return Block::new(end, What::Nothing);
    }
    if let Some(block) = tags(text, lines) {
        return Some(block);
    }
    if is_row(line) {
        let count = lines.iter().take_while(|&&line| is_row(text.of(line))).count();
        let rows = lines[..count].iter().map(|&line| cells(text, line)).collect();
        return Block::new(count, What::Table(Table { has_head: line.contains("|_"), rows }));
    }
    if alias(line).is_some() {
        return Block::new(1, What::Nothing);
    }
    item(text, lines)
}

/// `h2. `, `bq(class). `, `fn1. `, `bc.. `: its name, and where the words begin.
fn signature(line: &str) -> Option<(&str, usize)> {
    const NAMES: &[&str] =
        &["h1", "h2", "h3", "h4", "h5", "h6", "notextile", "table", "pre", "bc", "bq", "p"];
    let name = match line.strip_prefix("fn") {
        Some(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            line.get(..2 + digits).filter(|_| digits > 0)?
        }
        None => NAMES.iter().find(|name| line.starts_with(**name))?,
    };
    let mut rest = line[name.len()..].trim_start_matches(['<', '>', '=', '^']);
    while let Some((open, close)) =
        [('(', ')'), ('{', '}'), ('[', ']')].iter().find(|(open, _)| rest.starts_with(*open))
    {
        let end =
            rest.find(*close).filter(|&end| !rest[..end].contains(char::is_whitespace) || *open == '{')?;
        rest = rest[end + 1..].trim_start_matches(['<', '>', '=']);
    }
    let rest = rest.strip_prefix('.')?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let from = line.len() - rest.len();
    (rest.starts_with(' ') || rest.is_empty()).then(|| (&line[..name.len()], from))
}

/// `[log]https://harbour.example`
fn alias(line: &str) -> Option<(String, String)> {
    let (name, address) = line.strip_prefix('[')?.split_once(']')?;
    (address.contains("://") && !address.contains(' ')).then(|| (name.to_owned(), address.to_owned()))
}

fn heading(line: &str) -> bool {
    signature(line).is_some_and(|(name, from)| name.starts_with('h') && !line[from..].trim().is_empty())
}

fn signed(text: &Text<'_>, lines: &[Span], name: &str, from: usize) -> Option<Block> {
    let line = text.of(lines[0]);
    let goes_on = line[..from].ends_with("..");
    let blank_at = lines.iter().position(|&line| text.is_blank(line)).unwrap_or(lines.len());
    // After two dots it goes on over blank lines, up to the next sign.
    let end = if goes_on {
        (1..lines.len())
            .find(|&at| text.is_blank(lines[at - 1]) && signature(text.of(lines[at])).is_some())
            .unwrap_or(lines.len())
    } else {
        blank_at
    };
    let first = Span { start: lines[0].start + from as u32, end: lines[0].end };
    let mut inner = vec![trimmed(text, first, 0)];
    inner.extend(&lines[1..end]);
    let what = match name {
        "bc" | "pre" | "notextile" => What::Code(None, inner),
        "bq" => What::Inside(Kind::Quote, inner),
        "table" => What::Nothing,
        "p" => What::Running(Kind::Paragraph, inner),
        heading if heading.starts_with('h') => {
            What::Running(Kind::Heading(heading.as_bytes()[1] - b'0'), inner)
        }
        note => {
            let label = note[2..].to_owned();
            let sign =
                Span { start: lines[0].start, end: lines[0].start + line[..from].trim_end().len() as u32 };
            let end = note_end(text, lines, end);
            inner = vec![trimmed(text, first, 0)];
            inner.extend(&lines[1..end]);
            return Block::new(end, What::Note(Note { label, sign, lines: inner }));
        }
    };
    Block::new(if name == "table" { 1 } else { end }, what)
}

/// A note goes on in paragraphs that are set in.
fn note_end(text: &Text<'_>, lines: &[Span], mut end: usize) -> usize {
    while end + 1 < lines.len() && text.is_blank(lines[end]) && text.of(lines[end + 1]).starts_with("  ") {
        end += 1;
        end += lines[end..].iter().take_while(|&&line| !text.is_blank(line)).count();
    }
    end
}

/// HTML that Textile lets through: code, quotes and lists.
fn tags(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    let words = line.trim();
    if words.starts_with("<pre") {
        let (end, taken) = until(text, lines, |line| line.contains("</pre>"));
        let mut inner = lines[..taken].to_vec();
        let open = line.find('>')? + 1;
        let open = open + line[open..].strip_prefix("<code>").map_or(0, |_| 6);
        inner[0].start += open as u32;
        if let Some(last) = inner.get_mut(end) {
            let words = text.of(*last);
            let stop = words.find("</code></pre>").or_else(|| words.find("</pre>")).unwrap_or(words.len());
            last.end = last.start + stop as u32;
        }
        return Block::new(taken, What::Code(None, inner));
    }
    if words.starts_with("<blockquote>") {
        let (end, taken) = until(text, lines, |line| line.contains("</blockquote>"));
        let mut inner = lines[..taken].to_vec();
        inner[0].start += (line.find('>')? + 1) as u32;
        if let Some(last) = inner.get_mut(end) {
            let stop = text.of(*last).find("</blockquote>").unwrap_or_default();
            last.end = last.start + stop as u32;
        }
        return Block::new(taken, What::Inside(Kind::Quote, inner));
    }
    list_of_tags(text, lines)
}

/// `<ul>`, `<li>words</li>`, `</ul>`: lists whose items are too much for Textile.
fn list_of_tags(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let words = text.of(lines[0]).trim();
    let is_numbered = words.starts_with("<ol");
    if !(is_numbered || words.starts_with("<ul")) || !words.ends_with('>') {
        return None;
    }
    let mut depth = 0;
    let end = lines.iter().position(|&line| {
        let words = text.of(line);
        depth += words.matches("<ul").count() + words.matches("<ol").count();
        depth = depth.saturating_sub(words.matches("</ul>").count() + words.matches("</ol>").count());
        depth == 0
    })?;
    let mut items: Vec<Vec<Span>> = Vec::new();
    let mut inner_depth = 0;
    for &line in &lines[1..end] {
        let words = text.of(line).trim_start();
        if words.starts_with("<li>") && inner_depth == 0 {
            items.push(Vec::new());
        }
        if let Some(item) = items.last_mut() {
            let is_list = words.starts_with("<ul") || words.starts_with("<ol");
            if inner_depth == 0 && is_list {
                item.push(Span { start: line.start, end: line.start });
            }
            item.push(if inner_depth == 0 && !is_list { bare(text, line) } else { line });
        }
        inner_depth += words.matches("<ul").count() + words.matches("<ol").count();
        inner_depth -= (words.matches("</ul>").count() + words.matches("</ol>").count()).min(inner_depth);
    }
    let items = items.into_iter().map(|lines| {
        let key = if is_numbered { "ol" } else { "ul" }.to_owned();
        What::Item(Item { key, number: is_numbered.then_some(1), done: None, lines })
    });
    Block::new(end + 1, What::Several(items.collect()))
}

/// Takes the tags of items and paragraphs off the ends of a line.
fn bare(text: &Text<'_>, line: Span) -> Span {
    let mut span = trimmed(text, line, 0);
    loop {
        let words = text.of(span);
        let start = ["<li>", "<p>", "</li>"].iter().find(|tag| words.starts_with(**tag));
        let end = ["</li>", "</p>"].iter().find(|tag| words.ends_with(**tag));
        match (start, end) {
            (Some(tag), _) => span.start += tag.len() as u32,
            (None, Some(tag)) => span.end -= tag.len() as u32,
            (None, None) => return trimmed(text, span, 0),
        }
    }
}

fn is_row(line: &str) -> bool {
    let line = line.trim_end();
    line.len() > 2 && line.starts_with('|') && line.ends_with('|')
}

/// `|_. head|cell|\2. wide|`
fn cells(text: &Text<'_>, line: Span) -> Vec<Vec<Span>> {
    let words = text.of(line).trim_end();
    let mut cells = Vec::new();
    let mut at = 1;
    while at < words.len() {
        let end = words[at..].find('|').map_or(words.len(), |found| at + found);
        let cell = &words[at..end];
        let sign = cell
            .find(". ")
            .filter(|&dot| dot > 0 && cell[..dot].bytes().all(|byte| b"_<>=^~/\\0123456789".contains(&byte)));
        let from = at + sign.map_or(0, |dot| dot + 1);
        cells.push(vec![trimmed(text, Span { start: line.start, end: line.start + end as u32 }, from)]);
        at = end + 1;
    }
    cells
}

/// `* ebb`, `# ebb`, `** ebb`, `- term := meaning`
fn item(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    let sign = sign(line)?;
    let first = &line[..1];
    let belongs = |line: &Span| {
        let words = text.of(*line);
        match self::sign(words) {
            Some(other) => other > 1 && words.starts_with(first),
            None => !text.is_blank(*line),
        }
    };
    let below = lines[1..].iter().take_while(|line| belongs(line)).count();
    let strip = |&line: &Span| match self::sign(text.of(line)) {
        Some(1) => trimmed(text, line, 1),
        Some(_) => Span { start: line.start + 1, end: line.end },
        None => line,
    };
    let inner = lines[..=below].iter().map(strip).collect();
    let number = (first == "#").then_some(1);
    debug_assert!(sign > 0, "an item has a sign");
    Block::new(below + 1, What::Item(Item { key: first.to_owned(), number, done: None, lines: inner }))
}

fn sign(line: &str) -> Option<usize> {
    let length = line.bytes().take_while(|byte| b"*#".contains(byte)).count();
    (length > 0 && line[length..].starts_with(' ') && !line[length..].trim().is_empty()).then_some(length)
}

fn special(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let rest = &scanner.text[at..to];
    if let Some(inner) = rest.strip_prefix('[') {
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let after = inner[digits..].strip_prefix('!').unwrap_or(&inner[digits..]);
        if (1..=4).contains(&digits) && after.starts_with(']') {
            let end = at + rest.len() - after.len() + 1;
            scanner.literal(Some(Mark::Reference(inner[..digits].to_owned())), at, end);
            return Some(end);
        }
        if inner.starts_with('"') {
            let close = scanner.closing(at, to, "[", "]")?;
            scanner.push(at, at + 1, Shown::Nothing);
            let end = link(scanner, at + 1, close)?;
            scanner.push(end, close + 1, Shown::Nothing);
            return Some(close + 1);
        }
        return None;
    }
    if rest.starts_with('"') {
        return link(scanner, at, to);
    }
    if rest.starts_with('!') && rest[1..].starts_with(|c: char| c.is_alphanumeric() || c == '/') {
        let close = scanner.find(at + 1, to, "!")?;
        let inner = &scanner.text[at + 1..close];
        let url = inner.split('(').next().unwrap_or_default().to_owned();
        if url.contains(char::is_whitespace) || !url.contains('.') {
            return None;
        }
        let alt = if inner.ends_with(')') && inner.contains('(') {
            at + 1 + url.len() + 1..close - 1
        } else {
            close..close
        };
        scanner.picture(&url, at, alt, close + 1);
        return Some(close + 1);
    }
    None
}

/// How long the words of a link may be, in bytes.
const LONGEST_WORDS: usize = 2000;

/// `"the log":https://harbour.example`
fn link(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let near = scanner.text.floor_char_boundary(at + LONGEST_WORDS).min(to);
    let close = scanner.find(at + 1, near, "\":")?;
    let words = &scanner.text[at + 1..close];
    if words.is_empty() || words.contains('"') || words.starts_with(char::is_whitespace) {
        return None;
    }
    let start = close + 2;
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '（' | '）' | '，' | '。' | '、');
    let length = scanner.text[start..to].find(is_end).unwrap_or(to - start);
    let end = start + without_final_signs(&scanner.text[start..start + length]);
    let address = &scanner.text[start..end];
    let url = match scanner.names.get(address) {
        Some(url) => url.clone(),
        None if address.contains([':', '/', '#', '.']) => address.to_owned(),
        None => return None,
    };
    let mark = Mark::Link { url, title: String::new() };
    if words == "$" {
        scanner.push(at, start, Shown::Nothing); // the address is its own words
        scanner.literal(Some(mark), start, end);
    } else {
        scanner.marked(mark, at, at + 1, close, end);
    }
    Some(end)
}

/// Returns the length of an address without the punctuation of its sentence, and without the sign of a note.
fn without_final_signs(address: &str) -> usize {
    let mut end = address.len();
    loop {
        let head = &address[..end];
        let Some(last) = head.chars().next_back() else { return 0 };
        let is_open = |open: char| head.matches(last).count() > head.matches(open).count();
        let note = head.rfind('[').filter(|&open| {
            let label = head[open + 1..].strip_suffix(']');
            label.is_some_and(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit()))
        });
        end -= match last {
            _ if note.is_some() => end - note.unwrap_or(end),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' | '’' | '”' | '—' => last.len_utf8(),
            ')' if is_open('(') => 1,
            ']' if is_open('[') => 1,
            _ => return end,
        };
    }
}
