//! The title: the first line of a text, if it stands as a title does.

use crate::detectors::metadata::{byline, date, head, header_field};
use crate::detectors::structure::read_decorated;
use crate::findings::{Findings, Shape};
use crate::sheet::{Kind, NodeId, RowId, Sheet, columns};
use crate::source::Span;

/// A title has at most so many printed lines, with the line under it.
pub(super) const LONGEST: usize = 4;

/// Rows that make more columns together are a paragraph that a page breaks off.
const MOST: usize = 220;

/// A line of at least so many columns is a paragraph.
const PARAGRAPH: u16 = 100;

/// Section headings that begin many texts and name none, in lower case.
const SECTIONS: &[&str] = &[
    "abstract",
    "introduction",
    "summary",
    "contents",
    "table of contents",
    "background",
    "motivation",
    "overview",
    "preface",
    "foreword",
    "einleitung",
    "zusammenfassung",
    "inhalt",
    "vorwort",
    "inhaltsverzeichnis",
    "résumé",
    "sommaire",
    "avant-propos",
    "resumen",
    "introducción",
    "índice",
    "introduzione",
    "sommario",
    "inleiding",
    "введение",
    "аннотация",
    "содержание",
    "引言",
    "前言",
    "摘要",
    "目录",
    "はじめに",
    "目次",
    "概要",
    "مقدمة",
];

/// Words that no title ends with: it goes on in the next line.
const OPEN_ENDS: &[&str] = &[
    "a", "an", "the", "of", "and", "or", "in", "on", "for", "to", "with", "from", "by", "at", "der", "die",
    "das", "und", "im", "von", "für", "mit", "zu", "le", "la", "les", "de", "du", "des", "et", "à", "en",
    "pour", "el", "los", "las", "y", "para", "con", "del", "e", "o", "da", "do", "di", "il", "het", "een",
    "van", "и", "в", "на", "о", "с",
];

/// A title as it is printed.
#[derive(Debug, Default)]
pub(super) struct Title {
    /// Its rows, with the lines under and over it.
    pub(super) rows: Vec<RowId>,
    /// The signs that mark it as a heading.
    pub(super) signs: Vec<Span>,
    /// Rows that only print it again.
    pub(super) again: Vec<RowId>,
}

/// Returns the title of a text; none if the text begins without one.
pub(super) fn find(sheet: &Sheet<'_>, findings: &Findings, rows: &[RowId]) -> Option<Title> {
    if sheet.is_marked_up() {
        return in_markup(sheet, findings, rows);
    }
    let (&first, rest) = rows.split_first()?;
    if findings.shapes[first as usize] == Shape::Code || rest.is_empty() {
        return None;
    }
    decorated(sheet, first)
        .or_else(|| overlined(sheet, rows))
        .or_else(|| printed(sheet, rows))
        .map(|title| with_repetition(sheet, rows, title))
}

/// `# The ferry`: a heading of the highest level.
fn decorated(sheet: &Sheet<'_>, first: RowId) -> Option<Title> {
    let span = sheet.rows[first as usize].span;
    let (level, before, after) = read_decorated(sheet.words(first))?;
    let signs = [
        Span { start: span.start, end: span.start + before as u32 },
        Span { start: span.end - after as u32, end: span.end },
    ];
    let words = &sheet.words(first)[before..sheet.words(first).len() - after];
    let is_title = level == 1 && could_be_title(words);
    is_title.then(|| Title { rows: vec![first], signs: signs.to_vec(), again: Vec::new() })
}

/// A title between two lines of signs.
fn overlined(sheet: &Sheet<'_>, rows: &[RowId]) -> Option<Title> {
    let [above, title, below, ..] = *rows else { return None };
    let is_framed = is_underline(sheet.words(above))
        && sheet.words(above) == sheet.words(below)
        && sheet.rows[title as usize].gap == 0
        && sheet.rows[below as usize].gap == 0;
    (is_framed && could_be_title(sheet.words(title)) && rows.len() > 3)
        .then(|| Title { rows: vec![above, title, below], ..Title::default() })
}

/// A title that only stands as titles do: apart, or over a line that tells the author or the date.
fn printed(sheet: &Sheet<'_>, rows: &[RowId]) -> Option<Title> {
    let (&first, rest) = rows.split_first()?;
    let block = rest.iter().take_while(|&&row| sheet.rows[row as usize].gap == 0).count();
    let below = sheet.words(rest[0]);
    let is_unknown = header_field::read(below).is_none();
    let is_header = is_field(sheet.words(first)) && block > 0 && below.contains(": ") && is_unknown;
    if is_header || !could_be_title(sheet.words(first)) {
        return None;
    }
    if block > 0 && is_underline(below) {
        return (rest.len() > 1).then(|| Title { rows: rows[..2].to_vec(), ..Title::default() });
    }
    let more =
        (0..block.min(LONGEST - 1)).take_while(|&at| goes_on(sheet, rows[at], rows[at + 1], block)).count();
    let length: usize = rows[..=more].iter().map(|&row| usize::from(sheet.rows[row as usize].width)).sum();
    if more > 0 && length > MOST {
        return None;
    }
    let title = Title { rows: rows[..=more].to_vec(), ..Title::default() };
    let under = &rest[more..];
    let &next = under.first()?;
    let words: Vec<&str> = title.rows.iter().map(|&row| sheet.words(row)).collect();
    // A paragraph that a page break cuts may look alike.
    if !could_be_title(&words.join(" ")) || (more > 0 && sheet.words(next).starts_with(char::is_lowercase)) {
        return None;
    }
    let lines: Vec<&str> = rest[more..block.max(more)].iter().map(|&row| sheet.words(row)).collect();
    let last = rows[more];
    let stands = match lines.as_slice() {
        [] => !sheet.words(last).ends_with(['.', ':', ';', ',']),
        [line, ..] if is_head(line) => true,
        [_, ..] if is_centred(sheet, last) || head::single_name(sheet, next).is_some() => true,
        [_, ..] if sheet.measure.width.is_none() => {
            rows.iter().any(|&row| sheet.rows[row as usize].width >= PARAGRAPH)
        }
        _ => is_broken_off(sheet, last, next),
    };
    stands.then_some(title)
}

/// Tells whether the title goes on in the next row of its block.
fn goes_on(sheet: &Sheet<'_>, row: RowId, next: RowId, block: usize) -> bool {
    let (above, below) = (sheet.words(row), sheet.words(next));
    if is_head(below) || sheet.measure.width.is_none() {
        return false;
    }
    let last = above.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let is_open = OPEN_ENDS.contains(&last.as_str())
        || is_small_word(below.split_whitespace().next().unwrap_or_default());
    let both_centred = is_centred(sheet, row) && is_centred(sheet, next);
    (both_centred && head::single_name(sheet, next).is_none())
        || (is_open && (block <= LONGEST || is_centred(sheet, next)))
        || (block == 1 && sheet.fills_the_measure(row, next) && !below.ends_with(['.', ':', ';', ',']))
}

/// Tells whether a word begins with a small letter or a digit, and is a word.
fn is_small_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
        && word.chars().all(|c| c.is_alphanumeric() || "._-’'?!,".contains(c))
}

fn is_centred(sheet: &Sheet<'_>, row: RowId) -> bool {
    sheet.rows[row as usize].indent > sheet.measure.indent + 4
}

/// Tells whether a row was broken off although the next word had room, by far, over running text.
fn is_broken_off(sheet: &Sheet<'_>, row: RowId, next: RowId) -> bool {
    let Some(width) = sheet.measure.width.map(usize::from) else { return false };
    let (above, below) = (&sheet.rows[row as usize], &sheet.rows[next as usize]);
    let word = columns(sheet.words(next).split_whitespace().next().unwrap_or_default());
    let end = usize::from(above.indent) + usize::from(above.width) + 1 + word;
    let is_text = (usize::from(below.indent) + usize::from(below.width)) * 10 >= width * 8;
    end * 10 <= width * 7 && is_text && !sheet.words(next).starts_with(char::is_lowercase)
}

/// Adds the rows right below that say the title again.
fn with_repetition(sheet: &Sheet<'_>, rows: &[RowId], mut title: Title) -> Title {
    let is_words = |row: &RowId| !is_underline(sheet.words(*row));
    let words: Vec<&str> =
        title.rows.iter().filter(|row| is_words(row)).map(|&row| sheet.words(row)).collect();
    let bare = |words: &str| words.trim_matches(|c: char| "#*= ".contains(c)).to_lowercase();
    let (said, rest) = (bare(&words.join(" ")), &rows[title.rows.len()..]);
    let again = (1..=rest.len().min(LONGEST)).find(|&count| {
        bare(&rest[..count].iter().map(|&row| sheet.words(row)).collect::<Vec<_>>().join(" ")) == said
    });
    if let Some(count) = again.filter(|&count| rest.len() > count) {
        title.again = rest[..count].to_vec();
    }
    title
}

/// A Markdown title is a heading of level 1 and stands first; it is the only one, or tells its author or date below.
fn in_markup(sheet: &Sheet<'_>, findings: &Findings, rows: &[RowId]) -> Option<Title> {
    let title = heading_in_markup(sheet, findings, rows);
    // Some converters print the title of the page above the heading that says it.
    title.or_else(|| {
        let (&first, rest) = rows.split_first()?;
        let title = heading_in_markup(sheet, findings, rest)?;
        let words: Vec<&str> = title.rows.iter().map(|&row| sheet.words(row)).collect();
        (words.join(" ") == sheet.words(first)).then(|| Title { again: vec![first], ..title })
    })
}

fn heading_in_markup(sheet: &Sheet<'_>, findings: &Findings, rows: &[RowId]) -> Option<Title> {
    let &first = rows.first()?;
    let node = sheet.rows[first as usize].node;
    let is_top = |kind: &Kind| *kind == Kind::Heading(1);
    let only = sheet.nodes.iter().filter(|node| is_top(&node.kind)).count() == 1;
    let at_root = sheet.nodes[node.index()].parent == Some(NodeId::ROOT);
    if !at_root || !is_top(&sheet.nodes[node.index()].kind) {
        return None;
    }
    let heading: Vec<RowId> =
        rows.iter().copied().take_while(|&row| sheet.rows[row as usize].node == node).collect();
    if !only && !rows.get(heading.len()).is_some_and(|&row| is_head(sheet.words(row))) {
        return None;
    }
    // Beside a title in the front matter it is the title again, or an ordinary heading.
    let words: Vec<&str> = heading.iter().map(|&row| sheet.words(row)).collect();
    let is_other = findings.metadata.title().is_some_and(|title| !words.join(" ").starts_with(title));
    (!is_other).then(|| Title { rows: heading, ..Title::default() })
}

/// Names of fields that stand before a colon, in lower case.
const FIELDS: &[&str] = &[
    "title",
    "author",
    "authors",
    "date",
    "published",
    "source",
    "url",
    "tags",
    "subject",
    "from",
    "to",
    "status",
    "lang",
];

/// Tells whether a line is a name and a value.
fn is_field(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(key, _)| key.split_whitespace().count() <= 3)
}

/// Returns a line without the markers at its end.
fn without_markers(line: &str) -> &str {
    let mut kept = line.trim_end_matches(|c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'));
    while let Some(open) = kept
        .rfind(['[', '(', '^'])
        .filter(|&at| kept[at..].len() <= 8 && (kept.ends_with([']', ')']) || kept[at..].starts_with('^')))
    {
        let inner = kept[open..].trim_matches(['[', ']', '(', ')', '^']);
        if inner.is_empty() || !inner.bytes().all(|byte| byte.is_ascii_digit() || byte == b'*') {
            break;
        }
        kept = kept[..open].trim_end();
    }
    kept
}

/// Tells whether words are the heading of a section that many texts have.
pub(super) fn is_section(words: &str) -> bool {
    SECTIONS.contains(&words.to_lowercase().trim_end_matches([':', '.']))
}

fn could_be_title(line: &str) -> bool {
    let line = without_markers(line);
    let words = line.split_whitespace().count();
    let ended = line.ends_with(['.', ',', ';', ':', '，', '。', '；', '：']) && !line.ends_with("...");
    let is_field =
        line.split_once(": ").is_some_and(|(key, _)| FIELDS.contains(&key.to_lowercase().as_str()));
    let is_item = line.starts_with(['-', '*', '•', '>', '+', '|', '#', '=', '<', '—', '–']);
    let is_address = line.contains("://") && words <= 2;
    (1..=30).contains(&words)
        && line.chars().count() <= 200
        && line.chars().any(char::is_alphanumeric)
        && !(ended || is_field || is_item || is_address || is_section(line))
        && date::read_line(line).is_none()
        && byline::read(line).is_none()
}

/// Tells whether a line under the title is a byline, a name or a date.
fn is_head(line: &str) -> bool {
    byline::is_word(line)
        || byline::read(line).is_some()
        || byline::read_names(line).is_some()
        || date::read_line(line).is_some()
        || header_field::read(line).is_some()
}

/// Tells whether a line is nothing but a row of signs under the line above.
pub(super) fn is_underline(line: &str) -> bool {
    line.len() >= 3 && line.chars().all(|c| "=-~*_".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_as_titles_do() {
        let body = "\n\nThe ferry had crossed the river for as long as anybody could say.\n\nThen it sank.\n";
        for (first, titled) in [
            ("The last ferry", true),
            ("Who paid for the rope?", true),
            ("The last ferry\n==============", true),
            ("The last ferry\nIona Vale\n4 March 2031", true),
            ("The last ferry\nAuthor: Iona Vale", true),
            ("# The last ferry", true),
            ("****** The last ferry ******", true),
            ("==============\nThe last ferry\n==============", true),
            ("## The last ferry", false),
            ("The last\nferry sank", false),
            ("Ferry: 4\nRope: none", false),
            ("The last ferry sank.", false),
            ("Title: The last ferry", false),
            ("Introduction", false),
            ("- the ferry", false),
            ("By Iona Vale", false),
            ("4 March 2031", false),
        ] {
            let text = format!("{first}{body}");
            let sheet = crate::readers::read_text(&text);
            let findings = Findings::new(&sheet);
            let rows: Vec<RowId> = findings.body_rows().collect();
            assert_eq!(find(&sheet, &findings, &rows).is_some(), titled, "{first:?}");
        }
    }
}
