//! reStructuredText: underlined headings, `[1]_` and `.. [1]`, directives, roles.
//!
//! > The ferry
//! > =========
//! > Nobody paid for the rope. [#log]_ See `the log <https://harbour.example>`__ and ``rope``.
//! >
//! > .. [#log] Off the mole, in 1902.
//!
//! See <https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html>. Notes without a name, `[#]_` and `[*]_`,
//! are told apart by their order. Left alone: substitutions, and targets that stand nowhere.

use super::blocks::{Block, Item, Note, What, indent, set_in, trimmed};
use super::layout::STYLES;
use super::running::{Inline, Pair, Scanner, Shown};
use super::{Dialect, Sign, Text};
use crate::sheet::{Kind, Mark};
use crate::source::Span;

pub(super) const RESTRUCTURED_TEXT: Dialect = Dialect {
    name: "restructuredtext",
    signs: &[
        Sign::new(3, |line| explicit(line).is_some_and(|rest| directive(rest).is_some())),
        Sign::new(3, |line| explicit(line).is_some_and(|rest| note_label(rest).is_some())),
        Sign::new(3, |line| explicit(line).is_some_and(|rest| rest.starts_with('_') && rest.contains(':'))),
        Sign::new(2, |line| line.contains("]_")),
        Sign::new(3, |line| line.contains(" <http") && (line.contains(">`_") || line.contains(">`__"))),
        Sign::new(3, |line| line.contains(":`") && has_role(line)),
        Sign::new(1, is_literal).on_lines(2),
        Sign::new(1, |line| line == "::").on_lines(2),
        Sign::new(2, |line| line.ends_with(">`__") || line.ends_with(">`_")),
        Sign::new(1, |line| field(line).is_some_and(|(name, _)| name != "PROPERTIES" && name != "END")),
        Sign::new(1, |line| adornment(line).is_some()).on_lines(2),
    ],
    inline: Inline {
        starts: "`*[|:_\\h",
        escape: Some('\\'),
        verbatim: &[Pair::around("``", "``", Some(Mark::Code))],
        pairs: &[Pair::at_words("**", Mark::Strong), Pair::at_words("*", Mark::Emphasis)],
        html: false,
        special,
    },
    names: |source, line, names| {
        let line = line.of(source);
        names.extend(target(line));
        let note = explicit(line).and_then(note_label).map(|label| format!("[{}]", label.to_lowercase()));
        names.extend(note.map(|label| (label, String::new())));
    },
    opens: |_| 0,
    block,
    has_fences: false,
    interrupts: false,
    underlines: true,
    breaks: false,
};

/// What a field of the text's header gives the metadata.
const FIELDS: &[(&str, &str)] = &[
    ("author", "author"),
    ("authors", "author"),
    ("date", "date"),
    ("copyright", "rights"),
    ("language", "lang"),
    ("description", "description"),
    ("keywords", "tags"),
    ("subtitle", "subtitle"),
    ("title", "title"),
];

/// Directives whose content is running text; that of others is shown as typed.
const WITH_TEXT: &[&str] = &[
    "note",
    "warning",
    "tip",
    "important",
    "caution",
    "danger",
    "attention",
    "hint",
    "error",
    "admonition",
    "epigraph",
    "highlights",
    "pull-quote",
    "compound",
    "container",
    "sidebar",
    "topic",
    "figure",
    "image",
    "versionadded",
    "versionchanged",
    "deprecated",
    "seealso",
    "centered",
    "rubric",
    "line-block",
];

/// Directives that show nothing.
const SILENT: &[&str] = &[
    "contents",
    "toctree",
    "include",
    "meta",
    "default-role",
    "role",
    "sectnum",
    "highlight",
    "target-notes",
    "index",
    "raw",
    "header",
    "footer",
    "class",
    "currentmodule",
    "module",
];

fn block(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    let next = lines.get(1).map_or("", |&next| text.of(next));
    if let Some(rest) = explicit(line) {
        return marked_up(text, lines, rest);
    }
    if let Some(found) = heading(text, lines) {
        return Some(found);
    }
    if adornment(line).is_some_and(|_| line.trim().len() >= 4) && (next.trim().is_empty() || lines.len() == 1)
    {
        return Block::new(1, What::Break);
    }
    if line.trim_end() == "::" {
        return literal(text, lines, 1, What::Nothing);
    }
    if is_grid(line) || is_simple_table(line) {
        let is_end = |at: usize| {
            if is_grid(line) {
                !text.of(lines[at]).starts_with(['+', '|'])
            } else {
                text.is_blank(lines[at]) && is_simple_table(text.of(lines[at - 1]))
            }
        };
        let end = (1..lines.len()).find(|&at| is_end(at)).unwrap_or(lines.len());
        return Block::new(end, What::Code(None, lines[..end].to_vec()));
    }
    if line.starts_with("| ") {
        let count = lines.iter().take_while(|&&line| text.of(line).starts_with('|')).count();
        let inner = lines[..count].iter().map(|&line| trimmed(text, line, 1));
        return Block::new(count, What::Running(Kind::Verse, inner.collect()));
    }
    if indent(line) > 0 {
        return quote(text, lines);
    }
    if let Some((name, from)) = field(line) {
        let (taken, inner) = set_in(text, lines, from, 1);
        let key = FIELDS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
        return match key {
            Some(&(_, key)) if !inner[0].is_empty() => Block::new(
                taken,
                What::Field(key, inner.into_iter().map(|line| trimmed(text, line, 0)).collect()),
            ),
            _ => {
                let term = Span { start: lines[0].start + 1, end: lines[0].start + 1 + name.len() as u32 };
                Block::new(taken, What::Definition(vec![vec![term]], inner))
            }
        };
    }
    item(text, lines).or_else(|| definition(text, lines)).or_else(|| paragraph_before_literal(text, lines))
}

/// Returns what follows `.. `.
fn explicit(line: &str) -> Option<&str> {
    line.strip_prefix(".. ").map(str::trim_start).or_else(|| (line.trim_end() == "..").then_some(""))
}

/// `note::`, `code-block:: python`, `|name| image:: x.png`: its name, and what stands after it.
fn directive(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.strip_prefix('|').and_then(|rest| rest.split_once("| ")).map_or(rest, |(_, rest)| rest);
    let (name, after) = rest.split_once("::")?;
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte));
    is_name.then_some((name, after))
}

/// `[1] …`, `[#log] …`, `[Vale2019] …`: the label, without brackets.
fn note_label(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('[')?;
    let label = &inner[..inner.bytes().take(80).position(|byte| byte == b']')?];
    let bare = label.strip_prefix('#').unwrap_or(label);
    let is_label = label == "*"
        || label == "#"
        || (!bare.is_empty()
            && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '+')));
    is_label.then_some(label)
}

fn has_role(line: &str) -> bool {
    line.match_indices(":`").any(|(at, _)| {
        let name =
            line[..at].rsplit(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '+'))).next();
        name.is_some_and(|name| name.len() > 1 && name.starts_with(':'))
    })
}

fn is_literal(line: &str) -> bool {
    line.contains("``") && line.matches("``").count().is_multiple_of(2) && !line.contains("```")
}

/// `:Author: Iona Vale`: the name, and where the value begins.
fn field(line: &str) -> Option<(&str, usize)> {
    let rest = line.strip_prefix(':')?;
    let end = rest.find(':')?;
    let name = &rest[..end];
    let is_field = !name.is_empty()
        && name.len() < 40
        && !name.contains('`')
        && name.starts_with(char::is_alphabetic)
        && (rest[end + 1..].is_empty() || rest[end + 1..].starts_with(' '));
    is_field.then_some((name, end + 2))
}

/// Returns the sign of a line that is nothing but one sign.
fn adornment(line: &str) -> Option<char> {
    let line = line.trim_end();
    let first = line.chars().next().filter(char::is_ascii_punctuation)?;
    (line.len() >= 3 && line.chars().all(|c| c == first)).then_some(first)
}

/// `.. _the log: https://harbour.example`
fn target(line: &str) -> Option<(String, String)> {
    let (name, address) = explicit(line)?.strip_prefix('_')?.split_once(": ")?;
    Some((name.trim_matches('`').to_owned(), address.trim().to_owned()))
}

/// An underlined heading, with or without a line over it; its level comes from its sign.
fn heading(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let of = |at: usize| lines.get(at).map_or("", |&line| text.of(line));
    let fits = |line: &str, words: &str| line.trim_end().len() + 3 >= words.trim().chars().count();
    if let (Some(over), Some(under)) = (adornment(of(0)), adornment(of(2)))
        && over == under
        && !of(1).trim().is_empty()
        && fits(of(0), of(1))
        && adornment(of(1)).is_none()
    {
        return Block::new(
            3,
            What::Running(Kind::Heading(style(under, true)), vec![trimmed(text, lines[1], 0)]),
        );
    }
    let under = adornment(of(1)).filter(|_| indent(of(0)) == 0 && adornment(of(0)).is_none())?;
    if !fits(of(1), of(0)) || of(0).trim().is_empty() {
        return None;
    }
    Block::new(2, What::Running(Kind::Heading(style(under, false)), vec![trimmed(text, lines[0], 0)]))
}

/// Numbers the styles of headings; which level a style is shows where it is first used.
fn style(sign: char, is_overlined: bool) -> u8 {
    STYLES + (sign as u8 & 0x3F) * 2 + u8::from(is_overlined)
}

/// What follows `.. `: a note, a directive, a target, or a comment.
fn marked_up(text: &Text<'_>, lines: &[Span], rest: &str) -> Option<Block> {
    let from = text.of(lines[0]).len() - rest.len();
    if let Some(label) = note_label(rest) {
        let start = lines[0].start + from as u32;
        let sign = Span { start, end: start + label.len() as u32 + 2 };
        let (taken, inner) = set_in(text, lines, from + label.len() + 2, 1);
        let note = Note { label: label.to_lowercase(), sign, lines: dedented(text, inner) };
        return Block::new(taken, What::Note(note));
    }
    let (taken, inner) = set_in(text, lines, from, 1);
    let Some((name, _)) = directive(rest) else { return Block::new(taken, What::Nothing) };
    let name = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
    if SILENT.contains(&name.as_str()) {
        return Block::new(taken, What::Nothing);
    }
    let argument_at = text.of(inner[0]).find("::").map_or(0, |at| at + 2);
    let argument = trimmed(text, inner[0], argument_at);
    let mut body = dedented(text, inner);
    body[0] = Span { start: argument.start, end: argument.start };
    let options = body.iter().skip(1).take_while(|&&line| field(text.of(line)).is_some()).count();
    let content: Vec<Span> = body.drain(1 + options..).collect();
    if matches!(name.as_str(), "code" | "code-block" | "sourcecode") {
        let language = Some(text.of(argument).to_owned()).filter(|word| !word.is_empty());
        return Block::new(taken, What::Code(language, content));
    }
    let is_picture = matches!(name.as_str(), "image" | "figure");
    if !WITH_TEXT.contains(&name.as_str()) {
        return Block::new(taken, What::Code(None, content));
    }
    let mut parts = Vec::new();
    if !argument.is_empty() && !is_picture {
        parts.push(What::Running(Kind::Paragraph, vec![argument]));
    }
    let kind = if matches!(name.as_str(), "epigraph" | "pull-quote" | "highlights") {
        Kind::Quote
    } else {
        Kind::Root
    };
    parts.push(What::Inside(kind, content));
    Block::new(taken, What::Several(parts))
}

/// Takes the indent off that the lines after the first share.
fn dedented(text: &Text<'_>, mut lines: Vec<Span>) -> Vec<Span> {
    let rest = lines.iter().skip(1).filter(|&&line| !text.is_blank(line));
    let common = rest.map(|&line| indent(text.of(line))).min().unwrap_or_default();
    for line in lines.iter_mut().skip(1) {
        line.start = if text.is_blank(*line) { line.end } else { line.start + common as u32 };
    }
    lines
}

/// Takes what is set in below as typed; `before` is what stands above it.
fn literal(text: &Text<'_>, lines: &[Span], from: usize, before: What) -> Option<Block> {
    let is_set_in = |line: &Span| indent(text.of(*line)) > 0;
    let blank = |line: &&Span| text.is_blank(**line);
    let end = lines[from..].iter().position(|line| !blank(&line) && !is_set_in(line));
    let end = end.map_or(lines.len(), |at| from + at);
    let inner = &lines[from..end];
    let start = inner.iter().take_while(blank).count();
    let code = What::Code(None, dedented_all(text, &inner[start..]));
    Block::new(end, What::Several(vec![before, code]))
}

fn dedented_all(text: &Text<'_>, lines: &[Span]) -> Vec<Span> {
    let filled = lines.iter().filter(|&&line| !text.is_blank(line));
    let common = filled.map(|&line| indent(text.of(line))).min().unwrap_or_default();
    let cut = |&line: &Span| {
        let start = if text.is_blank(line) { line.end } else { line.start + common as u32 };
        Span { start, end: line.end }
    };
    lines.iter().map(cut).collect()
}

/// A paragraph that ends with two colons stands before literal text; one of them is shown.
fn paragraph_before_literal(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let end = lines.iter().position(|&line| text.is_blank(line)).unwrap_or(lines.len());
    let last = text.of(lines[end - 1]).trim_end();
    let is_followed = lines[end..]
        .iter()
        .find(|&&line| !text.is_blank(line))
        .is_some_and(|&line| indent(text.of(line)) > 0);
    if !last.ends_with("::") || !is_followed {
        return None;
    }
    let mut words = lines[..end].to_vec();
    let shown = if last.ends_with(" ::") { last.len() - 3 } else { last.len() - 1 };
    words[end - 1].end = words[end - 1].start + shown as u32;
    literal(text, lines, end, What::Running(Kind::Paragraph, words))
}

fn quote(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let is_end = |line: &&Span| !text.is_blank(**line) && indent(text.of(**line)) == 0;
    let count = lines.iter().take_while(|line| !is_end(line)).count();
    Block::new(count, What::Inside(Kind::Quote, dedented_all(text, &lines[..count])))
}

/// A term, and its meaning set in on the next line.
fn definition(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let next = text.of(*lines.get(1)?);
    if next.trim().is_empty() || indent(next) < 2 {
        return None;
    }
    let (taken, inner) = set_in(text, lines, 0, 1);
    let inner = dedented(text, inner);
    Block::new(taken, What::Definition(vec![vec![inner[0]]], inner[1..].to_vec()))
}

fn is_grid(line: &str) -> bool {
    line.starts_with("+-")
        && line.trim_end().ends_with('+')
        && line.trim_end().bytes().all(|byte| b"+-=".contains(&byte))
}

fn is_simple_table(line: &str) -> bool {
    line.starts_with("==")
        && line.trim_end().contains(' ')
        && line.trim_end().bytes().all(|byte| b"= ".contains(&byte))
}

/// `- ebb`, `* ebb`, `1. ebb`, `#. ebb`, `(a) ebb`
fn item(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    let (sign, number) = item_sign(line)?;
    let after = &line[sign..];
    if !after.starts_with(' ') && !after.is_empty() {
        return None;
    }
    let column = sign + indent(after).max(1);
    let next = lines.get(1).map_or("", |&next| text.of(next));
    if number.is_some() && !next.trim().is_empty() && indent(next) == 0 && item_sign(next).is_none() {
        return None; // a sentence that begins with a number
    }
    let (taken, inner) = set_in(text, lines, sign, column.min(sign + 1));
    let inner = dedented(text, inner);
    let key = if number.is_some() { "1".to_owned() } else { line[..1].to_owned() };
    Block::new(taken, What::Item(Item { key, number, done: None, lines: inner }))
}

fn item_sign(line: &str) -> Option<(usize, Option<u64>)> {
    if line.starts_with(['-', '*', '+', '•']) {
        return line.chars().next().map(|sign| (sign.len_utf8(), None));
    }
    let open = usize::from(line.starts_with('('));
    let digits = line[open..].bytes().take_while(u8::is_ascii_digit).count();
    let is_auto = line[open..].starts_with('#');
    let length = if is_auto { 1 } else { digits };
    let closes = line[open + length..].starts_with(')') || (open == 0 && line[length..].starts_with('.'));
    (closes && (1..=4).contains(&length))
        .then(|| (open + length + 1, Some(line[open..open + digits].parse().unwrap_or(1))))
}

fn special(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let rest = &scanner.text[at..to];
    match rest.as_bytes()[0] {
        b'\\' if rest[1..].starts_with(char::is_whitespace) => {
            let length = rest[1..].chars().next().map_or(0, char::len_utf8);
            scanner.push(at, at + 1 + length, Shown::Nothing);
            Some(at + 1 + length)
        }
        b'[' => reference(scanner, at, to),
        b':' => role(scanner, at, to),
        b'_' => named_word(scanner, at, to),
        b'`' if !rest.starts_with("``") => quoted(scanner, at, to),
        _ => None,
    }
}

/// `[1]_`, `[#]_`, `[#log]_`, `[*]_`; the space before it only parts it from the word.
fn reference(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let label = note_label(&scanner.text[at..to])?.to_lowercase();
    let end = at + label.len() + 2;
    let is_reference =
        scanner.text[end..to].starts_with('_') && scanner.text.get(at + 1..end - 1)?.len() == label.len();
    if !is_reference {
        return None;
    }
    if scanner.names.contains_key(&format!("[{label}]")) {
        scanner.swallow_space();
    }
    scanner.literal(Some(Mark::Reference(label)), at, end + 1);
    Some(end + 1)
}

/// `:sup:`2``, `:ref:`the log <log>``
fn role(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let rest = &scanner.text[at + 1..to];
    let length =
        rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '+' | '.')))?;
    let name = rest[..length].strip_suffix(':').filter(|_| rest[length..].starts_with('`'))?;
    let inner = at + 1 + length + 1;
    let mark = match name {
        "sup" | "superscript" => Some(Mark::Superscript),
        "sub" | "subscript" => Some(Mark::Subscript),
        "emphasis" | "title-reference" | "title" => Some(Mark::Emphasis),
        "strong" => Some(Mark::Strong),
        "code" | "literal" | "command" | "file" | "program" | "option" => Some(Mark::Code),
        "math" => Some(Mark::Math { display: false }),
        _ => None,
    };
    let close = scanner.find(inner, to, "`")?;
    let words = &scanner.text[inner..close];
    let shown = words.rfind(" <").filter(|_| words.ends_with('>')).map_or(close, |at| inner + at);
    scanner.push(at, inner, Shown::Nothing);
    scanner.literal(mark, inner, shown);
    scanner.push(shown, close + 1, Shown::Nothing);
    Some(close + 1)
}

/// `` `the log <https://harbour.example>`__ ``, `` `the log`_ ``, `` `emphasis` ``
fn quoted(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let close = scanner.find(at + 1, to, "`")?;
    let words = &scanner.text[at + 1..close];
    if words.trim().is_empty() {
        return None;
    }
    let underscores = scanner.text[close + 1..to].bytes().take(2).take_while(|&byte| byte == b'_').count();
    let end = close + 1 + underscores;
    let target = words.rfind('<').filter(|_| words.ends_with('>') && underscores > 0);
    if let Some(open) = target {
        let url: String = words[open + 1..words.len() - 1].split_whitespace().collect();
        let shown = words[..open].trim_end().len();
        let mark = Mark::Link { url: url.clone(), title: String::new() };
        if shown == 0 {
            scanner.push(at, at + 2 + open, Shown::Nothing);
            scanner.literal(Some(mark), at + 2 + open, close - 1);
            scanner.push(close - 1, end, Shown::Nothing);
        } else {
            scanner.marked(mark, at, at + 1, at + 1 + shown, end);
        }
        return Some(end);
    }
    let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let url = scanner.names.get(&name).cloned();
    let mark = match url {
        Some(url) if underscores > 0 => Some(Mark::Link { url, title: String::new() }),
        _ => (underscores == 0).then_some(Mark::Emphasis),
    };
    scanner.push(at, at + 1, Shown::Nothing);
    scanner.literal(mark, at + 1, close);
    scanner.push(close, end, Shown::Nothing);
    Some(end)
}

/// `log_`: a word that a target has the address of.
fn named_word(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let is_end = !scanner.text[at + 1..to].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let before = &scanner.text[..at];
    let start = before
        .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | '+')))
        .map_or(0, |last| last + before[last..].chars().next().map_or(1, char::len_utf8));
    let url = scanner.names.get(&before[start..]).filter(|_| is_end)?.clone();
    if !scanner.take_back(start) {
        return None;
    }
    scanner.literal(Some(Mark::Link { url, title: String::new() }), start, at);
    scanner.push(at, at + 1, Shown::Nothing);
    Some(at + 1)
}
