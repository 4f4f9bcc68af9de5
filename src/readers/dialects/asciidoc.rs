//! AsciiDoc: `== headings`, `footnote:[…]`, blocks between lines of signs.
//!
//! > = The ferry
//! > Iona Vale
//! >
//! > == The bridge
//! > Nobody paid for the *rope*.footnote:[Off the mole, in 1902.] See <https://harbour.example>[the log].
//!
//! See <https://docs.asciidoctor.org/asciidoc/latest/>. Left alone: includes, conditions, and attributes that are set
//! nowhere.

use super::blocks::{Block, Item, Table, What, indent, trimmed, until};
use super::running::{Inline, Pair, Scanner, Shown};
use super::{Dialect, Sign, Text};
use crate::sheet::{Kind, Mark};
use crate::source::Span;

pub(super) const ASCIIDOC: Dialect = Dialect {
    name: "asciidoc",
    signs: &[
        Sign::new(3, |line| line.contains("footnote:[") || line.contains("footnoteref:[")),
        Sign::new(3, |line| {
            line.starts_with("[source,") || line.starts_with("[quote,") || line.starts_with("[verse,")
        }),
        Sign::new(3, |line| line.trim_end() == "|==="),
        Sign::new(3, |line| line.starts_with("image::") && line.trim_end().ends_with(']')),
        Sign::new(3, |line| line.starts_with("include::") || line.starts_with("ifdef::")),
        Sign::new(2, |line| line.contains("link:") && line.contains('[')),
        Sign::new(2, |line| line.contains("://") && is_named_address(line)),
        Sign::new(2, |line| line.contains("xref:") || has_cross_reference(line)),
        Sign::new(2, |line| attribute(line).is_some()),
        Sign::new(1, is_open_heading),
        Sign::new(1, is_open_heading).on_lines(2),
        Sign::new(1, |line| is_open_heading(line) && line.starts_with("= ")),
        Sign::new(1, |line| fence(line).is_some()),
        Sign::new(1, |line| {
            ["NOTE: ", "TIP: ", "WARNING: ", "IMPORTANT: ", "CAUTION: "]
                .iter()
                .any(|sign| line.starts_with(sign))
        }),
    ],
    inline: Inline {
        starts: "*_`+^~#<{[\\&(\"'hlmxfipk",
        escape: None,
        verbatim: &[
            Pair::around("+++", "+++", None),
            Pair::around("++", "++", None),
            Pair::around("``", "``", Some(Mark::Code)),
            Pair::at_words("`+", Mark::Code),
        ],
        pairs: &[
            Pair::anywhere("**", Mark::Strong),
            Pair::anywhere("__", Mark::Emphasis),
            Pair::at_words("*", Mark::Strong),
            Pair::at_words("_", Mark::Emphasis),
            Pair::at_words("`", Mark::Code),
            Pair::around("##", "##", None),
            Pair::anywhere("^", Mark::Superscript),
            Pair::anywhere("~", Mark::Subscript),
        ],
        html: true,
        special,
    },
    names: |source, line, names| {
        names.extend(attribute(line.of(source)).map(|(name, value)| (name.to_owned(), value.to_owned())));
    },
    opens: |_| 0,
    block,
    has_fences: true,
    interrupts: false,
    underlines: false,
    breaks: false,
};

/// What an attribute of the header gives the metadata.
const FIELDS: &[(&str, &str)] = &[
    ("author", "author"),
    ("authors", "author"),
    ("revdate", "date"),
    ("date", "date"),
    ("lang", "lang"),
    ("description", "description"),
    ("keywords", "tags"),
    ("copyright", "rights"),
];

fn block(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    if let Some((level, from)) = heading(line) {
        let is_first = text.source[..lines[0].start as usize].trim().is_empty();
        if level == 1 && is_first {
            return header(text, lines, from);
        }
        let title = trimmed(text, lines[0], from);
        let words = text.of(title);
        let signs = line[..from].trim();
        let end =
            words.strip_suffix(signs).filter(|rest| rest.ends_with(' ')).map_or(words, str::trim_end).len();
        let title = Span { start: title.start, end: title.start + end as u32 };
        return Block::new(1, What::Running(Kind::Heading((level - 1).clamp(1, 6)), vec![title]));
    }
    if let Some(fence) = fence(line) {
        return fenced(text, lines, fence, "");
    }
    if let Some((name, value)) = attribute(line) {
        let from = line.len() - value.len();
        let field = FIELDS.iter().find(|(known, _)| *known == name).filter(|_| !value.is_empty());
        return Block::new(
            1,
            field
                .map_or(What::Nothing, |&(_, field)| What::Field(field, vec![trimmed(text, lines[0], from)])),
        );
    }
    if line.starts_with("//") && !line.starts_with("///") {
        return Block::new(1, What::Nothing);
    }
    if is_block_attribute(line) {
        let next = lines.iter().position(|&line| !is_block_attribute(text.of(line)))?;
        let below = text.of(lines[next]);
        let attributes = &line[1..line.trim_end().len() - 1];
        return match fence(below) {
            Some(sign) => fenced(text, &lines[next..], sign, attributes)
                .map(|block| Block { lines: block.lines + next, ..block }),
            None => attributed(text, lines, next, attributes),
        };
    }
    if line.trim_end() == "|===" {
        return table(text, lines);
    }
    if matches!(line.trim_end(), "'''" | "<<<" | "---" | "***") {
        return Block::new(1, What::Break);
    }
    if line.trim_end() == "+" {
        return Block::new(1, What::Nothing);
    }
    if line.starts_with('.') && line.len() > 2 && !line[1..].starts_with(['.', ' ']) {
        return Block::new(1, What::Running(Kind::Paragraph, vec![trimmed(text, lines[0], 1)]));
    }
    if ["include::", "ifdef::", "ifndef::", "endif::", "toc::"].iter().any(|sign| line.starts_with(sign)) {
        return Block::new(1, What::Nothing);
    }
    item(text, lines).or_else(|| literal(text, lines))
}

fn heading(line: &str) -> Option<(u8, usize)> {
    let level = line.bytes().take_while(|&byte| byte == b'=').count();
    ((1..=6).contains(&level)
        && line[level..].starts_with(' ')
        && line[level..].trim().trim_matches('=').trim().len() > 1)
        .then_some((level as u8, level))
}

/// A heading without signs after it, which other dialects have.
/// `<<rope>>`, `<<rope,the rope>>`; not the arrows of programs.
fn has_cross_reference(line: &str) -> bool {
    line.match_indices("<<").any(|(at, sign)| {
        let rest = &line[at + sign.len()..];
        rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '#'))
            && rest.find(">>").is_some_and(|end| !rest[..end].ends_with(' '))
    })
}

fn is_open_heading(line: &str) -> bool {
    heading(line).is_some() && !line.trim_end().ends_with('=')
}

/// The title, the author and revision lines; attributes are read line by line.
fn header(text: &Text<'_>, lines: &[Span], from: usize) -> Option<Block> {
    let mut parts = vec![What::Field("title", vec![trimmed(text, lines[0], from)])];
    let mut at = 1;
    let is_line = |at: usize| {
        lines.get(at).is_some_and(|&line| {
            let words = text.of(line);
            !words.trim().is_empty()
                && attribute(words).is_none()
                && !words.starts_with("//")
                && words.len() < 200
        })
    };
    let begins_name = |at: usize| text.of(lines[at]).starts_with(char::is_alphabetic);
    if is_line(at) && begins_name(at) {
        let words = text.of(lines[at]);
        let mut start = 0;
        for name in words.split(';') {
            let span = Span {
                start: lines[at].start + start as u32,
                end: lines[at].start + (start + name.len()) as u32,
            };
            parts.push(What::Field("author", vec![trimmed(text, span, 0)]));
            start += name.len() + 1;
        }
        at += 1;
        if is_line(at) {
            let words = text.of(lines[at]);
            let date = words.find(", ").map_or(0, |comma| comma + 2);
            let date = trimmed(text, lines[at], date);
            let end = text.of(date).find(": ").unwrap_or(date.len());
            parts.push(What::Field("date", vec![Span { start: date.start, end: date.start + end as u32 }]));
            at += 1;
        }
    }
    Block::new(at, What::Several(parts))
}

/// `:name: value`
fn attribute(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(':')?;
    let end = rest.find(':')?;
    let name = &rest[..end];
    let bare = name.trim_start_matches('!').trim_end_matches('!');
    let is_name = !bare.is_empty()
        && bare.starts_with(|c: char| c.is_ascii_lowercase())
        && bare
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'));
    let value = &rest[end + 1..];
    (is_name && (value.is_empty() || value.starts_with(' '))).then_some((name, value.trim_start()))
}

/// Returns the sign of a line that begins or ends a block.
fn fence(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let first = line.bytes().next()?;
    let is_long = line.len() >= 4 && b"-.=*_+/".contains(&first) && line.bytes().all(|byte| byte == first);
    (is_long || line == "--" || line.starts_with("```")).then_some(line)
}

fn fenced(text: &Text<'_>, lines: &[Span], sign: &str, attributes: &str) -> Option<Block> {
    let close = if sign.starts_with("```") { "```" } else { sign };
    let (end, taken) = until(text, &lines[1..], |line| line.trim_end() == close);
    let inner = lines[1..=end].to_vec();
    let mut words = attributes.split(',').map(str::trim);
    let style = words.next().unwrap_or_default();
    let language = words.next().filter(|_| style == "source" || style.is_empty());
    let language =
        language.or_else(|| sign.strip_prefix("```")).filter(|word| !word.is_empty()).map(str::to_owned);
    let what = match sign.as_bytes()[0] {
        b'/' => What::Nothing,
        b'-' if sign.len() > 2 => What::Code(language, inner),
        b'-' if matches!(style, "source" | "listing" | "literal") => What::Code(language, inner),
        b'.' | b'`' | b'+' => What::Code(language, inner),
        b'_' if style == "verse" => {
            What::Running(Kind::Verse, inner.into_iter().filter(|&line| !text.is_blank(line)).collect())
        }
        b'_' => What::Inside(Kind::Quote, inner),
        _ if style == "quote" => What::Inside(Kind::Quote, inner),
        _ => What::Inside(Kind::Root, inner),
    };
    Block::new(taken + 1, what)
}

/// `[quote, Iona Vale]`, `[[bridge]]`, `[.lead]` on a line of its own.
fn is_block_attribute(line: &str) -> bool {
    let line = line.trim_end();
    let Some(inner) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return false };
    let first = inner.trim_start_matches('[').chars().next();
    !inner.is_empty()
        && first.is_some_and(|c| {
            c.is_ascii_lowercase()
                || matches!(c, '.' | '#' | '%' | '"')
                || inner.chars().all(|c| c.is_ascii_uppercase())
        })
        && !inner.contains("][")
}

/// A paragraph with attributes above it.
fn attributed(text: &Text<'_>, lines: &[Span], next: usize, attributes: &str) -> Option<Block> {
    let style = attributes.split(',').next().unwrap_or_default().trim();
    let rest = &lines[next..];
    let count = rest.iter().position(|&line| text.is_blank(line)).unwrap_or(rest.len());
    let inner = rest[..count].to_vec();
    let what = match style {
        "quote" => What::Inside(Kind::Quote, inner),
        "verse" => What::Running(Kind::Verse, inner),
        "source" | "listing" | "literal" => {
            What::Code(attributes.split(',').nth(1).map(|word| word.trim().to_owned()), inner)
        }
        _ => return Block::new(next, What::Nothing),
    };
    Block::new(next + count, what)
}

fn table(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let (end, taken) = until(text, &lines[1..], |line| line.trim_end() == "|===");
    let inner = &lines[1..=end];
    let mut rows: Vec<Vec<Vec<Span>>> = Vec::new();
    let mut columns = 0;
    let mut has_head = false;
    let mut first_filled = None;
    for (at, &line) in inner.iter().enumerate() {
        let words = text.of(line);
        if words.trim().is_empty() {
            has_head |= first_filled == Some(at.wrapping_sub(1)) && rows.len() == 1;
            continue;
        }
        let cells = cells(text, line);
        if words.trim_start().starts_with('|') || cells.len() > 1 {
            if columns == 0 {
                columns = cells.len();
                first_filled = Some(at);
            }
            for cell in cells {
                match rows.last_mut().filter(|row| row.len() < columns) {
                    Some(row) => row.push(vec![cell]),
                    None => rows.push(vec![vec![cell]]),
                }
            }
        } else if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
            cell.push(trimmed(text, line, 0));
        }
    }
    let what = if rows.is_empty() { What::Nothing } else { What::Table(Table { has_head, rows }) };
    Block::new(taken + 1, what)
}

/// Splits a line at bars; `2+|` and `a|` say how a cell is set.
fn cells(text: &Text<'_>, line: Span) -> Vec<Span> {
    let words = text.of(line);
    let bars: Vec<usize> =
        words.match_indices('|').filter(|&(at, _)| !words[..at].ends_with('\\')).map(|(at, _)| at).collect();
    let mut cells = Vec::new();
    for (number, &bar) in bars.iter().enumerate() {
        let end = bars.get(number + 1).copied().unwrap_or(words.len());
        let mut cell = trimmed(text, Span { start: line.start, end: line.start + end as u32 }, bar + 1);
        if number + 1 < bars.len() {
            let shown = text.of(cell);
            let sign = shown.rsplit(' ').next().unwrap_or_default();
            let is_sign = !sign.is_empty()
                && sign.len() <= 4
                && (sign.contains(['+', '^', '<', '>']) || matches!(sign, "a" | "h" | "e" | "m" | "s"))
                && sign.bytes().all(|byte| b"0123456789.+^<>ahems".contains(&byte))
                && shown.len() > sign.len();
            if is_sign {
                cell.end -= sign.len() as u32;
                cell = trimmed(text, cell, 0);
            }
        }
        cells.push(cell);
    }
    cells
}

/// The sign of an item, and where its words begin; items of another sign stand below it.
fn item_sign(line: &str) -> Option<(String, usize, bool)> {
    let margin = indent(line);
    let words = &line[margin..];
    let signs = |sign: char| words.chars().take_while(|&c| c == sign).count();
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let (length, is_numbered) = match words.chars().next()? {
        '*' => (signs('*'), false),
        '.' => (signs('.'), true),
        '-' => (1, false),
        '0'..='9' if digits <= 3 && words[digits..].starts_with('.') => (digits + 1, true),
        '<' if words[1..].starts_with(|c: char| c.is_ascii_digit()) => (words.find('>')? + 1, true),
        _ => return None,
    };
    let key = if digits > 0 { "1.".to_owned() } else { words[..length].to_owned() };
    (words[length..].starts_with(' ') && !words[length..].trim().is_empty()).then_some((
        key,
        margin + length,
        is_numbered,
    ))
}

/// `term:: meaning`
fn term(line: &str) -> Option<(usize, usize)> {
    let at =
        line.find(":: ").or_else(|| line.trim_end().ends_with("::").then(|| line.trim_end().len() - 2))?;
    let is_term = at > 0 && !line[..at].ends_with(':') && at < 100 && !line[..at].contains("  ");
    is_term.then_some((at, at + 2))
}

fn item(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    let Some((key, from, is_numbered)) = item_sign(line) else {
        let (end, from) = term(line)?;
        let term = Span { start: lines[0].start + indent(line) as u32, end: lines[0].start + end as u32 };
        let (taken, inner) = item_lines(text, lines, from, "::");
        return Block::new(taken, What::Definition(vec![vec![term]], inner));
    };
    let (taken, mut inner) = item_lines(text, lines, from, &key);
    let first = text.of(inner[0]);
    let done = [("[ ] ", false), ("[x] ", true), ("[*] ", true)];
    let done = done.iter().find(|(sign, _)| first.starts_with(sign)).map(|&(_, done)| done);
    if done.is_some() {
        inner[0] = trimmed(text, inner[0], 4);
    }
    let number = is_numbered
        .then(|| line[indent(line)..].split('.').next().and_then(|number| number.parse().ok()).unwrap_or(1));
    Block::new(taken, What::Item(Item { key, number, done, lines: inner }))
}

/// Takes the lines of an item: up to the next with its sign, or to a blank line that no item and no `+` follows.
fn item_lines(text: &Text<'_>, lines: &[Span], from: usize, key: &str) -> (usize, Vec<Span>) {
    let mut inner = vec![trimmed(text, lines[0], from)];
    let mut at = 1;
    let sign_of = |at: usize| {
        let words = text.of(lines[at]);
        item_sign(words).map(|(key, _, _)| key).or_else(|| term(words).map(|_| "::".to_owned()))
    };
    let is_outer = |sign: &str| sign == key || (sign.len() < key.len() && key.starts_with(sign));
    while at < lines.len() {
        let words = text.of(lines[at]);
        if words.trim().is_empty() {
            let next = (at..lines.len()).find(|&at| !text.is_blank(lines[at]));
            let goes_on = next.is_some_and(|next| {
                sign_of(next).is_some_and(|sign| !is_outer(&sign)) || text.of(lines[next]).trim_end() == "+"
            });
            let is_deeper =
                next.is_some_and(|next| sign_of(next).is_some_and(|sign| sign != "::" || key == "::"));
            if !goes_on || !is_deeper && text.of(lines[next.unwrap_or(at)]).trim_end() != "+" {
                break;
            }
            inner.push(lines[at]);
            at += 1;
            continue;
        }
        if sign_of(at).is_some_and(|sign| is_outer(&sign)) || heading(words).is_some() {
            break;
        }
        if words.trim_end() == "+" {
            // What follows belongs to the item up to its end.
            inner.push(Span { start: lines[at].end, end: lines[at].end });
            at += 1;
            let sign = lines.get(at).and_then(|&line| fence(text.of(line)));
            let count = match sign {
                Some(sign) => until(text, &lines[at + 1..], |line| line.trim_end() == sign).1 + 1,
                None => lines[at..]
                    .iter()
                    .take_while(|&&line| !text.is_blank(line) && text.of(line).trim_end() != "+")
                    .count(),
            };
            inner.extend(&lines[at..at + count]);
            at += count;
            continue;
        }
        inner.push(if sign_of(at).is_some() { lines[at] } else { trimmed(text, lines[at], 0) });
        at += 1;
    }
    (at, inner)
}

/// Lines that are set in stand as typed.
fn literal(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    if indent(text.of(lines[0])) == 0 {
        return None;
    }
    let count = lines.iter().position(|&line| text.is_blank(line)).unwrap_or(lines.len());
    let common = lines[..count].iter().map(|&line| indent(text.of(line))).min().unwrap_or_default();
    let inner = lines[..count].iter().map(|line| Span { start: line.start + common as u32, end: line.end });
    Block::new(count, What::Code(None, inner.collect()))
}

/// `https://harbour.example[the log]`
fn is_named_address(line: &str) -> bool {
    line.match_indices("://").any(|(at, _)| {
        let address = line[at..].split(|c: char| c.is_whitespace() || c == '[').next().unwrap_or_default();
        let after = &line[at + address.len()..];
        after.starts_with('[')
            && !after.starts_with("[[")
            && after[1..].starts_with(char::is_alphabetic)
            && !line[..at].contains('(')
            && after[1..].split(']').next().is_some_and(|words| words.len() > 1 && after.contains(']'))
    })
}

fn special(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let rest = &scanner.text[at..to];
    match rest.as_bytes()[0] {
        b'\\' => {
            let is_sign = rest[1..].starts_with(|c: char| c.is_ascii_punctuation() || c.is_ascii_lowercase());
            let next = rest[1..].chars().next().filter(|_| is_sign)?;
            if !scanner.is_markup_sign(next) {
                return None;
            }
            scanner.push(at, at + 1, Shown::Nothing);
            scanner.push(at + 1, at + 2, Shown::Same);
            Some(at + 2)
        }
        b'{' => {
            let end = rest.bytes().take(60).position(|byte| byte == b'}')?;
            let value = scanner.names.get(&rest[1..end]).cloned().or_else(|| {
                let known = [
                    ("nbsp", "\u{A0}"),
                    ("sp", " "),
                    ("empty", ""),
                    ("asterisk", "*"),
                    ("plus", "+"),
                    ("vbar", "|"),
                    ("ldquo", "“"),
                    ("rdquo", "”"),
                    ("lsquo", "‘"),
                    ("rsquo", "’"),
                    ("apos", "'"),
                    ("quot", "\""),
                    ("amp", "&"),
                    ("lt", "<"),
                    ("gt", ">"),
                    ("backtick", "`"),
                    ("backslash", "\\"),
                    ("tilde", "~"),
                    ("caret", "^"),
                    ("startsb", "["),
                    ("endsb", "]"),
                    ("two-colons", "::"),
                    ("cpp", "C++"),
                    ("pp", "++"),
                    ("zwsp", "\u{200B}"),
                    ("deg", "°"),
                    ("hellip", "…"),
                ];
                known.iter().find(|(name, _)| *name == &rest[1..end]).map(|(_, value)| (*value).to_owned())
            })?;
            let end = at + end + 1;
            let shown = if value.is_empty() { Shown::Nothing } else { Shown::Text(value) };
            scanner.push(at, end, shown);
            Some(end)
        }
        b'+' if rest.starts_with("+\n") && scanner.before(at) == Some(' ') => {
            scanner.push(at, at + 2, Shown::Break);
            Some(at + 2)
        }
        b'<' if rest.starts_with("<<") => {
            let close = scanner.find(at + 2, to, ">>")?;
            let inner = &scanner.text[at + 2..close];
            let comma = inner.find(',');
            let target = inner[..comma.unwrap_or(inner.len())].trim();
            if target.is_empty() || target.contains(char::is_whitespace) {
                return None;
            }
            let mark =
                Mark::Link { url: format!("#{}", target.trim_start_matches('#')), title: String::new() };
            scanner.marked(mark, at, comma.map_or(at + 2, |comma| at + 2 + comma + 1), close, close + 2);
            Some(close + 2)
        }
        b'[' => {
            // `[.class]#words#`, `[[anchor]]`
            let end = at + rest.bytes().take(200).position(|byte| byte == b']')? + 1;
            if rest.starts_with("[[") && scanner.text[end..to].starts_with(']') {
                scanner.push(at, end + 1, Shown::Nothing);
                return Some(end + 1);
            }
            if !scanner.text[end..to].starts_with('#') || !rest[1..].starts_with(['.', '#']) {
                return None;
            }
            let close = scanner.find(end + 1, to, "#")?;
            scanner.push(at, end + 1, Shown::Nothing);
            scanner.literal(None, end + 1, close);
            scanner.push(close, close + 1, Shown::Nothing);
            Some(close + 1)
        }
        b'"' | b'\'' => curved(scanner, at, to),
        _ => macros(scanner, at, to),
    }
}

/// ``"`words`"`` and ``'`words`'``
fn curved(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let (close, open_sign, close_sign) = match &scanner.text[at..to] {
        rest if rest.starts_with("\"`") => ("`\"", "“", "”"),
        rest if rest.starts_with("'`") => ("`'", "‘", "’"),
        _ => return None,
    };
    let end = scanner.find(at + 2, to, close)?;
    scanner.push(at, at + 2, Shown::Text(open_sign.to_owned()));
    scanner.within(at + 2, end);
    scanner.push(end, end + 2, Shown::Text(close_sign.to_owned()));
    Some(end + 2)
}

/// `footnote:[…]`, `https://harbour.example[the log]`, `link:`, `xref:`, `image:`, `pass:`, `kbd:`
fn macros(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    const NAMES: &[&str] = &[
        "footnoteref:",
        "footnote:",
        "https://",
        "http://",
        "link:",
        "xref:",
        "mailto:",
        "image:",
        "pass:",
        "kbd:",
        "icon:",
    ];
    let rest = &scanner.text[at..to];
    let name = NAMES.iter().find(|name| rest.starts_with(**name))?;
    let is_note = name.starts_with("footnote");
    if !is_note && scanner.before(at).is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let is_address = name.ends_with("//");
    let target_from = at + if is_address { 0 } else { name.len() };
    let length = scanner.text[target_from..to]
        .find(|c: char| c.is_whitespace() || matches!(c, '[' | '<' | '>' | '"' | '”' | '）'))
        .unwrap_or(to - target_from);
    let open = target_from + length;
    if !scanner.text[open..to].starts_with('[') {
        if !is_address {
            return None;
        }
        scanner.push(at, open, Shown::Same); // signs in an address mark nothing
        return Some(open);
    }
    let target = scanner.text[target_from..open].to_owned();
    let close = scanner.closing(open, to, "[", "]").or_else(|| scanner.find(open, to, "]"))?;
    if is_note {
        return note(scanner, at, name, &target, open, close);
    }
    let words_end = open
        + 1
        + scanner.text[open + 1..close]
            .find(",role=")
            .or_else(|| scanner.text[open + 1..close].find(",window="))
            .unwrap_or(close - open - 1);
    let words_end = if scanner.text[open + 1..words_end].ends_with('^') { words_end - 1 } else { words_end };
    let is_empty = scanner.text[open + 1..words_end].trim().is_empty();
    match *name {
        "image:" | "icon:" => {
            let end = scanner.text[open + 1..close].find(',').map_or(close, |comma| open + 1 + comma);
            scanner.picture(target.trim_start_matches(':'), at, open + 1..end, close + 1);
        }
        "pass:" | "kbd:" => {
            scanner.push(at, open + 1, Shown::Nothing);
            scanner.literal(None, open + 1, close);
            scanner.push(close, close + 1, Shown::Nothing);
        }
        _ => {
            let url = match *name {
                "mailto:" => format!("mailto:{target}"),
                "xref:" if !target.contains(['.', '#', '/']) => format!("#{target}"),
                _ => target.trim_start_matches("++").trim_end_matches("++").to_owned(),
            };
            let mark = Mark::Link { url, title: String::new() };
            if is_empty {
                scanner.push(at, target_from, Shown::Nothing);
                scanner.literal(Some(mark), target_from, open);
                scanner.push(open, close + 1, Shown::Nothing);
            } else {
                scanner.marked(mark, at, open + 1, words_end, close + 1);
            }
        }
    }
    Some(close + 1)
}

/// `footnote:[words]`, `footnote:log[words]`, `footnote:log[]`, `footnoteref:[log,words]`
fn note(
    scanner: &mut Scanner<'_>,
    at: usize,
    name: &str,
    target: &str,
    open: usize,
    close: usize,
) -> Option<usize> {
    let words = &scanner.text[open + 1..close];
    let (label, inner) = match name {
        "footnoteref:" => {
            let comma = words.find(',');
            let label = words[..comma.unwrap_or(words.len())].trim().to_owned();
            (Some(label), comma.map_or(close, |comma| open + 1 + comma + 1))
        }
        _ => ((!target.is_empty()).then(|| target.to_owned()), open + 1),
    };
    if scanner.text[inner..close].trim().is_empty() {
        scanner.literal(Some(Mark::Reference(label?)), at, close + 1);
    } else {
        scanner.inset(label.as_deref(), at, inner, close, close + 1);
    }
    Some(close + 1)
}
