//! Texts in a lightweight markup → sheet: MediaWiki, DokuWiki, Jira, Textile, AsciiDoc, Org, reStructuredText, gemtext.
//!
//! > The ferry sank.[fn:1]
//! >
//! > [fn:1] Off the mole, in 1902.
//!
//! Each dialect is a file: its signs, its inline markup as data, and one function that reads the block at the head of
//! some lines. `blocks` puts the blocks together, `running` reads running text, `layout` writes it all on the sheet.
//! A text is taken for a dialect only if it shows several of its signs, or one that no prose has.

mod asciidoc;
mod blocks;
mod dokuwiki;
mod entities;
mod gemtext;
mod jira;
mod layout;
mod mediawiki;
mod org;
mod restructured;
mod running;
mod textile;

use std::collections::BTreeMap;

use self::blocks::Block;
use self::layout::Layout;
use self::running::Inline;
use crate::sheet::{NodeId, Sheet};
use crate::source::Span;

/// All dialects; of two that a text shows as many signs of, the first one here is it.
const DIALECTS: &[&Dialect] = &[
    &mediawiki::MEDIAWIKI,
    &dokuwiki::DOKUWIKI,
    &jira::JIRA,
    &textile::TEXTILE,
    &asciidoc::ASCIIDOC,
    &org::ORG,
    &restructured::RESTRUCTURED_TEXT,
    &gemtext::GEMTEXT,
];

/// How much of a text is looked at for signs, in bytes.
const LOOKED_AT: usize = 1 << 18;

/// A text is in a dialect if its signs weigh as much.
const ENOUGH: u32 = 3;

/// One lightweight markup.
pub(super) struct Dialect {
    pub(super) name: &'static str,
    signs: &'static [Sign],
    inline: Inline,
    /// Reads the block that begins at the first of these lines, which is not blank; none if it is running text.
    block: fn(&Text<'_>, &[Span]) -> Option<Block>,
    /// Adds what a line of the text names: addresses, texts.
    names: fn(&str, Span, &mut BTreeMap<String, String>),
    /// Counts the notes that a line opens less those it closes, where notes stand in the text.
    opens: fn(&str) -> isize,
    /// Whether code stands between lines of three backticks, as in Markdown.
    has_fences: bool,
    /// Whether other blocks end a paragraph without a blank line between.
    interrupts: bool,
    /// Whether headings are underlined.
    underlines: bool,
    /// Whether line ends in running text are meant.
    breaks: bool,
}

/// What lines of a dialect look like.
struct Sign {
    /// From 1, seen in other texts too, to 3, seen in no other.
    weight: u32,
    /// On how many lines it must be.
    lines: usize,
    is_on: fn(&str) -> bool,
}

impl Sign {
    const fn new(weight: u32, is_on: fn(&str) -> bool) -> Self {
        Self { weight, lines: 1, is_on }
    }

    const fn on_lines(mut self, lines: usize) -> Self {
        self.lines = lines;
        self
    }
}

/// A text and its dialect.
struct Text<'t> {
    source: &'t str,
    dialect: &'static Dialect,
    /// What its lines name.
    names: BTreeMap<String, String>,
}

impl<'t> Text<'t> {
    fn of(&self, span: Span) -> &'t str {
        span.of(self.source)
    }

    fn is_blank(&self, line: Span) -> bool {
        self.of(line).trim().is_empty()
    }
}

/// Finds the dialect that a text is written in.
pub(super) fn recognise(text: &str) -> Option<&'static Dialect> {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let (at, weight) = DIALECTS
        .iter()
        .map(|dialect| weigh(dialect, head))
        .enumerate()
        .max_by_key(|&(at, weight)| (weight, std::cmp::Reverse(at)))?;
    let dialect = DIALECTS[at];
    let enough = if !dialect.underlines && underlined_headings(head) >= 2 { 2 * ENOUGH } else { ENOUGH };
    (weight >= enough && !is_markdown(head, dialect.has_fences)).then_some(dialect)
}

/// Counts lines of words with a rule of the same length right below: few dialects write headings this way, and
/// programs that make plain text often do.
fn underlined_headings(text: &str) -> usize {
    let is_underlined = |(above, below): &(&str, &str)| {
        let first = below.chars().next().unwrap_or_default();
        let length = above.trim_end().chars().count();
        "=-~*^.#".contains(first)
            && below.trim_end().chars().all(|c| c == first)
            && length >= 3
            && below.trim_end().len().abs_diff(length) <= 1
            && above.contains(char::is_alphabetic)
    };
    text.lines().zip(text.lines().skip(1)).filter(is_underlined).count()
}

/// Adds up the signs of a dialect that a text shows.
fn weigh(dialect: &Dialect, text: &str) -> u32 {
    let shows =
        |sign: &&Sign| text.lines().filter(|line| (sign.is_on)(line)).take(sign.lines).count() == sign.lines;
    dialect.signs.iter().filter(shows).map(|sign| sign.weight).sum()
}

/// Tells whether a text shows signs of Markdown that no dialect here has: then the rest are examples in it.
fn is_markdown(text: &str, has_fences: bool) -> bool {
    let is_sign = |line: &str| {
        line.contains("](http")
            || (line.starts_with("[^") && line.contains("]: "))
            || (!has_fences && is_fence_with_word(line))
    };
    text.starts_with("---\n") || text.lines().filter(|line| is_sign(line)).take(2).count() == 2
}

fn is_fence_with_word(line: &str) -> bool {
    line.strip_prefix("```").is_some_and(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Lays out a text in a dialect.
pub(super) fn read(source: &str, dialect: &'static Dialect) -> Sheet<'static> {
    let lines = lines(source, dialect.opens);
    let mut names = BTreeMap::new();
    lines.iter().for_each(|&line| (dialect.names)(source, line, &mut names));
    let text = Text { source, dialect, names };
    let mut layout = Layout::new(source, dialect.name);
    blocks::lay_out(&text, &mut layout, NodeId::ROOT, &lines, 0);
    layout.finish()
}

/// How many lines a note may go over that stands in the text.
const LONGEST_NOTE: usize = 40;

/// Splits a text at its line ends, but not those within a note.
fn lines(source: &str, opens: fn(&str) -> isize) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive(['\n', '\x0C']) {
        let words = line.trim_end_matches(['\n', '\r', '\x0C']);
        lines.push(Span::new(at, at + words.len()));
        at += line.len();
    }
    let mut joined = Vec::with_capacity(lines.len());
    let mut first = 0;
    while first < lines.len() {
        let end = first + lines_of_note(&lines[first..], source, opens);
        joined.push(Span { start: lines[first].start, end: lines[end - 1].end });
        first = end;
    }
    joined
}

/// Counts the lines up to the end of the notes that the first one opens; one line if they are not closed soon.
fn lines_of_note(lines: &[Span], source: &str, opens: fn(&str) -> isize) -> usize {
    let mut open = 0;
    for (at, line) in lines.iter().take(LONGEST_NOTE).enumerate() {
        let words = line.of(source);
        open += opens(words);
        if open <= 0 {
            return if open == 0 { at + 1 } else { 1 };
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dialect_has_a_name_of_its_own_and_is_known_by_its_signs() {
        let names: std::collections::BTreeSet<_> = DIALECTS.iter().map(|dialect| dialect.name).collect();
        assert_eq!(names.len(), DIALECTS.len());
        for (text, expected) in [
            ("The ferry sank.<ref>Off the mole.</ref>\n", Some("mediawiki")),
            ("== The ferry ==\nIt ''sank''.\n", Some("mediawiki")),
            (
                "The ferry((Built by the parish.)) sank((Off the mole.)).\n\nIt((In May, they say.)) did.\n",
                Some("dokuwiki"),
            ),
            ("===== The ferry =====\n\n  * ebb\n  * flood\n", Some("dokuwiki")),
            ("h2. The ferry\n\n{code:java}\nint rope;\n{code}\n", Some("jira")),
            ("h2. The ferry\n\nIt sank.[1]\n\nfn1. Off the mole.\n", Some("textile")),
            ("The ferry sank.footnote:[Off the mole.]\n", Some("asciidoc")),
            ("= The ferry\nIona Vale\n:lang: en\n\nIt sank.\n", Some("asciidoc")),
            ("#+TITLE: The ferry\n\nIt sank.\n", Some("org")),
            ("The ferry sank. [1]_\n\n.. [1] Off the mole.\n", Some("restructuredtext")),
            ("# The ferry\n\nIt sank.\n\n=> https://harbour.example/log The log\n", Some("gemtext")),
        ] {
            assert_eq!(recognise(text).map(|dialect| dialect.name), expected, "in {text:?}");
        }
    }

    #[test]
    fn other_texts_are_in_no_dialect() {
        for text in [
            "The ferry sank.[1]\n\n[1] Off the mole.\n",
            "The ferry\n=========\n\nIt sank.\n\nThe bridge\n==========\n\nIt held.\n",
            "> quoted words\n\nYes, *quite*, and _never_ again.\n-- \nIona\n",
            "Call `f((a, b), (c, d))` and then take((2.7, 3.5)); ((x) and (y)).\n",
            "In a wiki, <ref> begins a note, and == begins a heading.\n",
            "* * *\n\n* ebb\n* flood\n\n** both **\n",
            "irb> rope * 2\n=> 3.14\nirb> rope\n=> 1.57\n",
            "==== NOTES ====\n\n  The ferry sank off the mole.\n\n==== MORE ====\n\n  It was raised.\n",
            "# The ferry\n\n[log](https://harbour.example)\n\n[^1]: `h2. The ferry` and `{code}`\n",
            "``The ferry sank,'' he said, ``and the rope with it.''\n\n``Did it?''\n",
            "h2 is a heading. fn1. is none here.\n",
            "The ferry\n*********\n\nTurn << and >>.\n\nThe bridge\n==========\n\nSee <<rope>> there.\n",
            "A rope << 2, and 3 >> 1, are loops.\n----\nThe bell is none.\n",
            "",
        ] {
            assert_eq!(recognise(text).map(|dialect| dialect.name), None, "in {text:?}");
        }
    }
}
