//! MediaWiki: `== headings ==`, `<ref>…</ref>`, `'''strong'''`.
//!
//! > == The bridge ==
//! > Nobody paid<ref name="log">Off the mole, in 1902.</ref> for the [[Rope making|rope]].<ref name="log" />
//! > <references />
//!
//! See <https://www.mediawiki.org/wiki/Help:Formatting> and <https://www.mediawiki.org/wiki/Help:Cite>. Left alone:
//! templates, whose words stand elsewhere, and what is between `<nowiki>` and its end.

use super::blocks::{Block, Item, Note, Table, What, trimmed, until};
use super::running::{Inline, Pair, Scanner, Shown};
use super::{Dialect, Sign, Text};
use crate::sheet::{Kind, Mark};
use crate::source::Span;
use crate::tag::attribute;

pub(super) const MEDIAWIKI: Dialect = Dialect {
    name: "mediawiki",
    signs: &[
        Sign::new(2, begins_note),
        Sign::new(1, |line| line.contains("</ref>")),
        Sign::new(3, |line| line.contains("<references")),
        Sign::new(3, |line| line.contains("[[File:") || line.contains("[[Category:")),
        Sign::new(2, |line| line.starts_with("{|")),
        Sign::new(2, |line| line.starts_with("{{") && !line.starts_with("{{{")),
        Sign::new(2, |line| line.contains("'''")),
        Sign::new(2, |line| heading(line).is_some()),
        Sign::new(1, |line| line.contains("[[") && line.contains("]]")),
        Sign::new(1, |line| line.contains("[http") && line.contains(']')),
        Sign::new(1, |line| line.contains("<nowiki>")),
        Sign::new(1, |line| line.matches("''").count() >= 2 && !line.contains("''%%")),
    ],
    inline: Inline {
        starts: "'[<&{h_",
        escape: None,
        verbatim: &[Pair::around("<nowiki>", "</nowiki>", None)],
        pairs: &[Pair::anywhere("'''", Mark::Strong), Pair::anywhere("''", Mark::Emphasis)],
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
    if line.starts_with("{|") {
        return table(text, lines);
    }
    if words.starts_with("<references") {
        return references(text, lines);
    }
    if let Some(block) = container(text, lines, words) {
        return Some(block);
    }
    if words.starts_with("__")
        && words.ends_with("__")
        && words.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    {
        return Block::new(1, What::Nothing);
    }
    if let Some(comment) = words.strip_prefix("<!--") {
        let (_, taken) = until(text, lines, |line| line.contains("-->"));
        let ends_there = comment.find("-->").is_none_or(|at| comment[at + 3..].trim().is_empty());
        return ends_there.then_some(Block { lines: taken, what: What::Nothing });
    }
    if line.starts_with(' ') && !words.is_empty() {
        let count =
            lines.iter().take_while(|&&line| text.of(line).starts_with(' ') && !text.is_blank(line)).count();
        let inner = lines[..count].iter().map(|line| Span { start: line.start + 1, end: line.end });
        return Block::new(count, What::Escaped(inner.collect()));
    }
    if is_link_line(words) {
        return Block::new(1, What::Nothing);
    }
    item(text, lines)
}

/// `<ref>Off the mole`, `<ref name="log"`: not the tag alone, as in words about it.
fn begins_note(line: &str) -> bool {
    let begins =
        |at: usize| line[at + 5..].starts_with(|c: char| c.is_alphanumeric() || "[\"'“„«{".contains(c));
    line.contains("<ref name=") || line.match_indices("<ref>").any(|(at, _)| begins(at))
}

fn heading(line: &str) -> Option<(u8, std::ops::Range<usize>)> {
    let words = line.trim_end();
    let open = words.bytes().take_while(|&byte| byte == b'=').count();
    let close = words.bytes().rev().take_while(|&byte| byte == b'=').count();
    let level = open.min(close).min(6);
    (level > 0
        && words.len() > 2 * level
        && words[level..words.len() - level].contains(char::is_alphanumeric))
    .then(|| (level as u8, level..words.len() - level))
}

fn opens(line: &str) -> isize {
    let mut count = 0;
    for (at, _) in line.match_indices("<ref") {
        let rest = &line[at + 4..];
        let is_note = rest.starts_with([' ', '>']);
        let is_empty = rest.find('>').is_some_and(|end| rest[..end].ends_with('/'));
        count += isize::from(is_note && !is_empty);
    }
    count - line.matches("</ref>").count() as isize
}

/// `[[Category:Ferries]]` and links to the same page in other languages say nothing in the text.
fn is_link_line(words: &str) -> bool {
    ["[[Category:", "[[Kategorie:", "[[Catégorie:", "[[Categoría:"]
        .iter()
        .any(|start| words.starts_with(start))
        && words.ends_with("]]")
        && words.matches("[[").count() == 1
}

/// Blocks between tags.
fn container(text: &Text<'_>, lines: &[Span], words: &str) -> Option<Block> {
    let name_length = words.strip_prefix('<')?.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = words[1..=name_length].to_ascii_lowercase();
    let is_known = matches!(name.as_str(), "pre" | "syntaxhighlight" | "source" | "blockquote" | "poem");
    let open = words.find('>').filter(|&at| is_known && !words[..at].ends_with('/'))? + 1;
    let attributes = &words[..open];
    let margin = text.of(lines[0]).find('<')?;
    let close = format!("</{name}>");
    let (at, taken) = until(text, lines, |line| line.to_ascii_lowercase().contains(&close));
    let mut inner = lines[..taken].to_vec();
    if let Some(last) = lines.get(at) {
        let end = text.of(*last).to_ascii_lowercase().find(&close).unwrap_or_default();
        if !text.of(*last)[end + close.len()..].trim().is_empty() {
            return None; // it goes on in the same line
        }
        inner[at].end = inner[at].start + end as u32;
    }
    inner[0].start = (inner[0].start + (margin + open) as u32).min(inner[0].end);
    let what = match name.as_str() {
        "blockquote" => What::Inside(Kind::Quote, inner),
        "poem" => {
            What::Running(Kind::Verse, inner.into_iter().filter(|&line| !text.is_blank(line)).collect())
        }
        "pre" => What::Escaped(inner),
        _ => What::Code(attribute(attributes, "lang").map(str::to_owned), inner),
    };
    Block::new(taken, what)
}

/// `<references />`, or notes that stand between `<references>` and its end.
fn references(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let first = text.of(lines[0]);
    let tag = first.find('>')?;
    if first[..tag].ends_with('/') {
        return Block::new(1, What::Nothing);
    }
    let (end, taken) = until(text, lines, |line| line.contains("</references>"));
    if end == lines.len() {
        return Block::new(1, What::Nothing);
    }
    let whole = Span { start: lines[0].start, end: lines[end].end };
    let words = text.of(whole);
    let mut notes = Vec::new();
    let mut at = 0;
    while let Some(found) = words[at..].find("<ref ") {
        let open = at + found;
        let Some(inner) = words[open..].find('>').map(|at| open + at + 1) else { break };
        let Some(close) = words[inner..].find("</ref>").map(|at| inner + at) else { break };
        at = close + 6;
        if let Some(name) = label(&words[open..inner]) {
            let sign = Span { start: whole.start + open as u32, end: whole.start + inner as u32 };
            let lines = split(words, inner, close, whole.start);
            notes.push(What::Note(Note { label: name, sign, lines }));
        }
    }
    Block::new(taken, What::Several(notes))
}

/// Splits a stretch into lines.
fn split(words: &str, from: usize, to: usize, offset: u32) -> Vec<Span> {
    let mut at = from;
    let mut lines = Vec::new();
    for line in words[from..to].split('\n') {
        let start = offset + at as u32;
        lines.push(Span { start, end: start + line.trim_end().len() as u32 });
        at += line.len() + 1;
    }
    lines
}

/// Returns the name of a note, with its group.
fn label(tag: &str) -> Option<String> {
    let name = attribute(tag, "name")?;
    Some(match attribute(tag, "group") {
        Some(group) => format!("{group} {name}"),
        None => name.to_owned(),
    })
}

fn table(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let (end, taken) = until(text, lines, |line| line.trim_start().starts_with("|}"));
    let mut table = Table::default();
    let mut caption = None;
    for &line in &lines[1..end.max(1)] {
        let words = text.of(line).trim_start();
        let margin = text.of(line).len() - words.len();
        if words.starts_with("|-") {
            table.rows.push(Vec::new());
        } else if words.starts_with("|+") {
            caption = Some(trimmed(text, line, margin + 2));
        } else if words.starts_with(['|', '!']) {
            if table.rows.is_empty() {
                table.rows.push(Vec::new());
            }
            let is_first = table.rows.iter().filter(|row| !row.is_empty()).count() == 0;
            table.has_head |= is_first && words.starts_with('!');
            cells(text, line, margin + 1, words.starts_with('!'), table.rows.last_mut()?);
        } else if let Some(cell) = table.rows.last_mut().and_then(|row| row.last_mut()) {
            cell.push(trimmed(text, line, 0));
        }
    }
    table.rows.retain(|row| !row.is_empty());
    let mut parts = Vec::new();
    parts.extend(caption.map(|caption| What::Running(Kind::Paragraph, vec![caption])));
    if !table.rows.is_empty() {
        parts.push(What::Table(table));
    }
    Block::new(taken, What::Several(parts))
}

/// Splits a line at `||` or `!!`; attributes of a cell stand before a single bar.
fn cells(text: &Text<'_>, line: Span, from: usize, is_head: bool, row: &mut Vec<Vec<Span>>) {
    let words = text.of(line);
    let mut at = from;
    loop {
        let bars = words[at..].find("||");
        let marks = if is_head { words[at..].find("!!") } else { None };
        let end = bars.into_iter().chain(marks).min().map_or(words.len(), |found| at + found);
        let cell = &words[at..end];
        let attributes = cell.find('|').filter(|&bar| {
            cell[..bar].contains('=') && !cell[..bar].contains("[[") && !cell[..bar].contains("{{")
        });
        let start = at + attributes.map_or(0, |bar| bar + 1);
        row.push(vec![trimmed(text, Span { start: line.start, end: line.start + end as u32 }, start)]);
        if end == words.len() {
            return;
        }
        at = end + 2;
    }
}

/// `* ebb`, `# ebb`, `** ebb`, `: set in`, `; term : meaning`
fn item(text: &Text<'_>, lines: &[Span]) -> Option<Block> {
    let line = text.of(lines[0]);
    let sign = line.chars().next().filter(|sign| "*#:;".contains(*sign))?;
    if line.trim_matches(['*', '#', ':', ';', ' ']).is_empty() {
        return None;
    }
    if sign == ';' {
        let words = trimmed(text, lines[0], 1);
        let colon = text.of(words).find(" : ").or_else(|| text.of(words).find(": "));
        let (term, rest) = match colon {
            Some(at) => {
                let term = Span { start: words.start, end: words.start + at as u32 };
                (term, vec![trimmed(text, words, at + 2)])
            }
            None => (words, Vec::new()),
        };
        let below = lines[1..].iter().take_while(|&&line| text.of(line).starts_with(':')).count();
        let meaning = lines[1..=below].iter().map(|&line| trimmed(text, line, 1));
        let meaning = rest.into_iter().chain(meaning).collect();
        return Block::new(below + 1, What::Definition(vec![vec![term]], meaning));
    }
    let belongs = |line: &Span| {
        let words = text.of(*line);
        words.starts_with(sign) && words[1..].starts_with(['*', '#', ':', ';'])
    };
    let below = lines[1..].iter().take_while(|line| belongs(line)).count();
    let inner = lines[..=below].iter().map(|&line| trimmed(text, line, 1)).collect();
    if sign == ':' {
        return Block::new(below + 1, What::Inside(Kind::Quote, inner));
    }
    let number = (sign == '#').then_some(1);
    Block::new(below + 1, What::Item(Item { key: sign.to_string(), number, done: None, lines: inner }))
}

fn special(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let rest = &scanner.text[at..to];
    if rest.starts_with("<ref") {
        return reference(scanner, at, to);
    }
    if rest.starts_with("<!--") {
        let close = scanner.find(at + 4, to, "-->")?;
        scanner.push(at, close + 3, Shown::Nothing);
        return Some(close + 3);
    }
    if rest.starts_with("[[") {
        return page_link(scanner, at, to);
    }
    if rest.starts_with("[http") || rest.starts_with("[//") || rest.starts_with("[mailto:") {
        return link(scanner, at, to);
    }
    None
}

/// `<ref>…</ref>`, `<ref name="log">…</ref>`, `<ref name="log" />`
fn reference(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let inner = scanner.find(at, to, ">")? + 1;
    let tag = &scanner.text[at..inner];
    if !tag[4..].starts_with([' ', '>', '/', '\n']) || tag[1..].contains('<') {
        return None;
    }
    let label = label(tag);
    if tag.ends_with("/>") {
        scanner.literal(Some(Mark::Reference(label?)), at, inner);
        return Some(inner);
    }
    let close = scanner.find(inner, to, "</ref>")?;
    if scanner.text[inner..close].trim().is_empty() {
        scanner.literal(Some(Mark::Reference(label?)), at, inner);
        scanner.push(inner, close + 6, Shown::Nothing);
        return Some(close + 6);
    }
    scanner.inset(label.as_deref(), at, inner, close, close + 6);
    Some(close + 6)
}

/// `[[Rope making|rope]]s`, `[[File:ferry.jpg|thumb|The ferry]]`
fn page_link(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let close = scanner.closing(at, to, "[[", "]]")?;
    let inner = &scanner.text[at + 2..close];
    let target = inner.split('|').next().unwrap_or_default().trim().to_owned();
    let lower = target.to_lowercase();
    let is_picture = ["file:", "image:", "datei:", "bild:", "fichier:", "archivo:"];
    if let Some(start) = is_picture.iter().find(|start| lower.starts_with(**start)) {
        let alt = inner.rfind('|').map_or(close..close, |bar| at + 2 + bar + 1..close);
        let url = target.get(start.len()..).unwrap_or_default().trim().replace(' ', "_");
        scanner.picture(&url, at, alt, close + 2);
        return Some(close + 2);
    }
    if target.is_empty() || target.contains(['\n', '[']) {
        return None;
    }
    if ["category:", "kategorie:"].iter().any(|start| lower.starts_with(start)) {
        scanner.push(at, close + 2, Shown::Nothing);
        return Some(close + 2);
    }
    // A page of the wiki stands nowhere outside it: only the words are left.
    let words = inner.find('|').map_or(at + 2, |bar| at + 2 + bar + 1);
    scanner.push(at, words, Shown::Nothing);
    scanner.within(words, close);
    scanner.push(close, close + 2, Shown::Nothing);
    Some(close + 2)
}

/// `[https://harbour.example the log]`, `[https://harbour.example]`
fn link(scanner: &mut Scanner<'_>, at: usize, to: usize) -> Option<usize> {
    let close = scanner.closing(at, to, "[", "]")?;
    let inner = &scanner.text[at + 1..close];
    let length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let mark = Mark::Link { url: inner[..length].to_owned(), title: String::new() };
    if inner[length..].trim().is_empty() {
        scanner.push(at, at + 1, Shown::Nothing);
        scanner.literal(Some(mark), at + 1, at + 1 + length);
        scanner.push(at + 1 + length, close + 1, Shown::Nothing);
    } else {
        scanner.marked(mark, at, at + 1 + length + 1, close, close + 1);
    }
    Some(close + 1)
}
