//! Org: headings of stars, `[fn:1]`, `#+begin_src`.
//!
//! > #+TITLE: The ferry
//! > * The bridge
//! > Nobody paid for the rope.[fn:1] [[<https://harbour.example>][The log]] says =rope=.
//! >
//! > [fn:1] Off the mole, in 1902.
//!
//! See <https://orgmode.org/worg/org-syntax.html>. Left alone: emphasis inside a word, macros, and stars that begin no
//! heading.

use super::blocks::{Block, Item, Note, Table, What, indent, set_in, trimmed, until};
use super::running::{Inline, Pair, Scanner, Shown};
use super::{Dialect, Sign, Text};
use crate::sheet::{Kind, Mark};
use crate::source::Span;

pub(super) const ORG: Dialect = Dialect {
    name: "org",
    signs: &[
        Sign::new(3, |line| line.starts_with("#+") && keyword(line).is_some()),
        Sign::new(3, |line| line.starts_with("[fn:") && line.contains(']')),
        Sign::new(3, |line| line.contains("[fn::")),
        Sign::new(3, |line| line.contains("[[http") && line.contains("][")),
        Sign::new(3, |line| line.trim() == ":PROPERTIES:"),
        Sign::new(1, |line| line.contains("[fn:")),
        Sign::new(1, |line| heading(line).is_some_and(|(level, _)| level > 1)),
    ],
    inline: Inline {
        starts: "[*/_+=~^\\<}",
        escape: None,
        verbatim: &[Pair::at_words("=", Mark::Code), Pair::at_words("~", Mark::Code)],
        pairs: &[
            Pair::at_words("*", Mark::Strong),
            Pair::at_words("/", Mark::Emphasis),
            Pair::at_words("_", Mark::Emphasis),
            Pair::at_words("+", Mark::Strikethrough),
            Pair::around("^{", "}", Some(Mark::Superscript)),
            Pair::around("_{", "}", Some(Mark::Subscript)),
        ],
        html: false,
        special,
    },
    names: |_, _, _| {},
    opens: |_| 0,
    block,
    has_fences: false,
    interrupts: true,
    underlines: false,
    breaks: false,
};

/// What a header line gives the metadata.
const FIELDS: &[(&str, &str)] = &[
    ("title", "title"),
    ("subtitle", "subtitle"),
    ("author", "author"),
    ("date", "date"),
    ("language", "lang"),
    ("description", "description"),
    ("keywords", "tags"),
    ("filetags", "tags"),
];

fn block(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    if let Some((level, from)) = heading(line) {
        return Block::new(
            1,
            What::Running(Kind::Heading(level.min(6) as u8), vec![title(text, lines[0], from)]),
        );
    }
    let words = line.trim_start();
    if let Some(sign) = note_sign(line) {
        return note(text, lines, &sign);
    }
    if let Some(rest) = words.strip_prefix("#+") {
        return keyword(words)
            .and_then(|(key, from)| special_lines(text, lines, key, rest, line.len() - words.len() + from));
    }
    if words == "#" || words.starts_with("# ") {
        return Block::new(1, What::Nothing);
    }
    if is_drawer(words) {
        let (_, taken) = until(text, &lines[1..], |line| line.trim().eq_ignore_ascii_case(":end:"));
        return Block::new(taken + 1, What::Nothing);
    }
    if words == ":" || words.starts_with(": ") {
        let count = lines.iter().take_while(|&&line| is_fixed(text.of(line).trim_start())).count();
        let inner = lines[..count].iter().map(|&line| {
            let from = indent(text.of(line)) + 1;
            let from = from + usize::from(text.of(line)[from..].starts_with(' '));
            Span { start: line.start + from as u32, end: line.end }
        });
        return Block::new(count, What::Code(None, inner.collect()));
    }
    if words.len() >= 5 && words.trim_end().bytes().all(|byte| byte == b'-') {
        return Block::new(1, What::Break);
    }
    if words.starts_with('|') {
        return table(text, lines);
    }
    item(text, lines)
}

fn heading(line: &str) -> Option<(usize, usize)> {
    let stars = line.bytes().take_while(|&byte| byte == b'*').count();
    (stars > 0 && line[stars..].starts_with(' ') && !line[stars..].trim().is_empty())
        .then_some((stars, stars))
}

/// Returns the words of a heading, without the state before and the tags after them.
fn title(text: &Text<'_>, line: Span, from: usize) -> Span {
    let mut title = trimmed(text, line, from);
    for state in ["TODO ", "DONE "] {
        if text.of(title).starts_with(state) {
            title = trimmed(text, title, state.len());
        }
    }
    let words = text.of(title);
    let tags = words.rfind(" :").filter(|&at| {
        let tags = &words[at + 1..];
        tags.len() > 2 && tags.ends_with(':') && !tags.contains(char::is_whitespace)
    });
    match tags {
        Some(at) => Span { start: title.start, end: title.start + words[..at].trim_end().len() as u32 },
        None => title,
    }
}

/// Splits `#+TITLE: The ferry` into its key and where the value begins; `#+begin_quote` has no colon.
fn keyword(line: &str) -> Option<(&str, usize)> {
    let rest = line.strip_prefix("#+")?;
    let length =
        rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
    let key = &rest[..length];
    let is_block = key.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("begin_"));
    let has_colon = rest[length..].starts_with(':') || rest[length..].starts_with('[');
    (length > 0 && (is_block || has_colon))
        .then(|| (key, 2 + length + usize::from(rest[length..].starts_with(':'))))
}

fn special_lines(text: &Text<'_>, lines: &[Span], key: &str, rest: &str, from: usize) -> Option<Block> {
    let key = key.to_ascii_lowercase();
    let Some(kind) = key.strip_prefix("begin_") else {
        let value = trimmed(text, lines[0], from);
        if key == "caption" {
            return Block::new(1, What::Running(Kind::Paragraph, vec![value]));
        }
        let field = FIELDS.iter().find(|(known, _)| *known == key).filter(|_| !value.is_empty());
        let what = field.map_or(What::Nothing, |&(_, field)| What::Field(field, vec![value]));
        return Block::new(1, what);
    };
    let close = format!("#+end_{kind}");
    let (end, taken) = until(text, &lines[1..], |line| line.trim().eq_ignore_ascii_case(&close));
    let inner = lines[1..=end].to_vec();
    let what = match kind {
        "comment" => What::Nothing,
        "src" => {
            let language = rest.split_whitespace().nth(1).filter(|word| !word.starts_with([':', '-']));
            What::Code(language.map(str::to_owned), unindented(text, &inner))
        }
        "example" | "export" | "html" | "latex" => What::Code(None, unindented(text, &inner)),
        "verse" => What::Running(Kind::Verse, inner),
        "quote" => What::Inside(Kind::Quote, inner),
        _ => What::Inside(Kind::Root, inner),
    };
    Block::new(taken + 1, what)
}

/// Takes the indent that all lines share off.
fn unindented(text: &Text<'_>, lines: &[Span]) -> Vec<Span> {
    let filled = lines.iter().filter(|&&line| !text.is_blank(line));
    let common = filled.map(|&line| indent(text.of(line))).min().unwrap_or_default();
    let cut = |&line: &Span| {
        let start = if text.is_blank(line) { line.end } else { line.start + common as u32 };
        Span { start, end: line.end }
    };
    lines.iter().map(cut).collect()
}

fn is_drawer(words: &str) -> bool {
    let name = words.trim_end().strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
    name.is_some_and(|name| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
            && name != "END"
    })
}

fn is_fixed(words: &str) -> bool {
    words == ":" || words.starts_with(": ")
}

/// Returns the sign of a note: its label and length.
fn note_sign(line: &str) -> Option<(String, usize)> {
    let rest = line.strip_prefix("[fn:")?;
    let end = rest.find(']')?;
    let label = &rest[..end];
    let is_label = !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    is_label.then(|| (label.to_owned(), end + 5))
}

/// A note ends at the next note or heading, or where two blank lines stand.
fn note(text: &Text<'_>, lines: &[Span], (label, length): &(String, usize)) -> Option<Block> {
    let ends = |at: usize| {
        let line = text.of(lines[at]);
        let two_blank =
            text.is_blank(lines[at]) && lines.get(at + 1).is_some_and(|&next| text.is_blank(next));
        note_sign(line).is_some() || heading(line).is_some() || two_blank
    };
    let end = (1..lines.len()).find(|&at| ends(at)).unwrap_or(lines.len());
    let sign = Span { start: lines[0].start, end: lines[0].start + *length as u32 };
    let mut inner = vec![trimmed(text, lines[0], *length)];
    inner.extend(unindented(text, &lines[1..end]));
    Block::new(end, What::Note(Note { label: label.clone(), sign, lines: inner }))
}

fn table(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let count = lines.iter().take_while(|&&line| text.of(line).trim_start().starts_with('|')).count();
    let mut table = Table::default();
    for (at, &line) in lines[..count].iter().enumerate() {
        let words = text.of(line).trim_start();
        if words.starts_with("|-") {
            table.has_head |= at == 1;
            continue;
        }
        table.rows.push(cells(text, line));
    }
    Block::new(count, What::Table(table))
}

fn cells(text: &Text<'_>, line: Span) -> Vec<Vec<Span>> {
    let words = text.of(line);
    let mut at = words.len() - words.trim_start().len() + 1;
    let mut cells = Vec::new();
    while at < words.trim_end().len() {
        let end = words[at..].find('|').map_or(words.len(), |found| at + found);
        let cell = trimmed(text, Span { start: line.start, end: line.start + end as u32 }, at);
        cells.push(vec![cell]);
        at = end + 1;
    }
    cells
}

/// `- ebb`, `+ ebb`, ` * ebb`, `1. ebb`, `- ebb :: when the water falls`
fn item(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    let column = indent(line);
    let words = &line[column..];
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let is_bullet = words.starts_with(['-', '+']) || (words.starts_with('*') && column > 0);
    let sign = match digits {
        0 if is_bullet => 1,
        1..=4 if words[digits..].starts_with(['.', ')']) => digits + 1,
        _ => return None,
    };
    if !words[sign..].starts_with(' ') && words.len() > sign {
        return None;
    }
    let number = words[..digits].parse().ok();
    let from = column + sign;
    let (taken, mut inner) = set_in(text, lines, from, column + 1);
    for line in inner.iter_mut().skip(1) {
        *line = unindented_by(text, *line, sign);
    }
    let first = text.of(inner[0]);
    if let (None, Some(at)) = (number, first.find(" ::"))
        && (first[at + 3..].starts_with(' ') || at + 3 == first.len())
    {
        let term = Span { start: inner[0].start, end: inner[0].start + at as u32 };
        inner[0] = trimmed(text, inner[0], at + 3);
        return Block::new(taken, What::Definition(vec![vec![term]], inner));
    }
    let done = [("[ ] ", false), ("[X] ", true), ("[-] ", false)];
    let done = done.iter().find(|(sign, _)| first.starts_with(sign)).map(|&(_, done)| done);
    if done.is_some() {
        inner[0] = trimmed(text, inner[0], 4);
    }
    let key = if number.is_some() { "1" } else { "-" };
    Block::new(taken, What::Item(Item { key: key.to_owned(), number, done, lines: inner }))
}

/// Takes up to so many columns of indent off.
fn unindented_by(text: &Text<'_>, line: Span, columns: usize) -> Span {
    Span { start: line.start + indent(text.of(line)).min(columns) as u32, end: line.end }
}

fn special(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let rest = &scanner.text[at..to];
    if rest.starts_with("\\\\\n") {
        scanner.push(at, at + 3, Shown::Break);
        return Some(at + 3);
    }
    if rest.starts_with("[fn:") {
        return reference(scanner, at, to);
    }
    if rest.starts_with("[[") {
        return link(scanner, at, to);
    }
    if let Some(address) = rest.strip_prefix('<').filter(|rest| rest.starts_with("http")) {
        let length = address.find('>').filter(|&end| !address[..end].contains(char::is_whitespace))?;
        let mark = Mark::Link { url: address[..length].to_owned(), title: String::new() };
        scanner.push(at, at + 1, Shown::Nothing);
        scanner.literal(Some(mark), at + 1, at + 1 + length);
        scanner.push(at + 1 + length, at + 2 + length, Shown::Nothing);
        return Some(at + 2 + length);
    }
    None
}

/// `[fn:1]`, `[fn:1: the words]`, `[fn:: the words]`
fn reference(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let close = scanner.closing(at, to, "[", "]")?;
    let inner = &scanner.text[at + 4..close];
    let length =
        inner.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(inner.len());
    let label = inner[..length].to_owned();
    if length == inner.len() && length > 0 {
        scanner.literal(Some(Mark::Reference(label)), at, close + 1);
        return Some(close + 1);
    }
    if !inner[length..].starts_with(':') || inner[length + 1..].trim().is_empty() {
        return None;
    }
    let label = (length > 0).then_some(label);
    scanner.inset(label.as_deref(), at, at + 4 + length + 1, close, close + 1);
    Some(close + 1)
}

/// `[[https://harbour.example][The log]]`, `[[https://harbour.example]]`
fn link(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let middle = scanner.find(at + 2, to, "]")?;
    let target = scanner.text[at + 2..middle].replace('\n', " ");
    let after = &scanner.text[middle..to];
    let url = target.strip_prefix("file:").unwrap_or(&target).to_owned();
    if target.is_empty() || target.contains('[') {
        return None;
    }
    let is_picture = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].iter().any(|end| url.ends_with(end));
    if after.starts_with("]]") {
        if is_picture {
            scanner.picture(&url, at, at + 2..at + 2, middle + 2);
        } else {
            scanner.push(at, at + 2, Shown::Nothing);
            scanner.literal(Some(Mark::Link { url, title: String::new() }), at + 2, middle);
            scanner.push(middle, middle + 2, Shown::Nothing);
        }
        return Some(middle + 2);
    }
    if !after.starts_with("][") {
        return None;
    }
    let close = scanner.find(middle + 2, to, "]]")?;
    scanner.marked(Mark::Link { url, title: String::new() }, at, middle + 2, close, close + 2);
    Some(close + 2)
}
