//! Running text of a dialect: which characters are markup, what they mark, and what stands for them.

use std::collections::BTreeMap;

use super::Text;
use super::entities;
use crate::sheet::{Mark, PICTURE};
use crate::source::Span;

/// Links and notes nest no deeper; what stands deeper is shown as typed.
const DEEPEST: usize = 8;

/// How many signs are looked at for the one that ends words.
const TRIES: usize = 16;

/// The inline markup of a dialect.
pub(super) struct Inline {
    /// The first characters of everything below and of what `special` reads.
    pub(super) starts: &'static str,
    /// What stands before a sign that is none.
    pub(super) escape: Option<char>,
    /// Between these nothing is markup.
    pub(super) verbatim: &'static [Pair],
    /// Emphasis, raised and lowered words …; of two that begin alike the longer one first.
    pub(super) pairs: &'static [Pair],
    /// Whether `&amp;` and `<sup>` are read as in HTML.
    pub(super) html: bool,
    /// Reads links, pictures and notes: given where one may begin and where the text ends, tells where it ends.
    pub(super) special: fn(&mut Scanner<'_>, usize, usize) -> Option<usize>,
}

/// Signs around words.
pub(super) struct Pair {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) mark: Option<Mark>,
    /// Whether it stands at the edges of words only, as `_` does where it also joins names.
    pub(super) at_words: bool,
}

impl Pair {
    /// Signs that stand anywhere, the same before and after.
    pub(super) const fn anywhere(sign: &'static str, mark: Mark) -> Self {
        Self { open: sign, close: sign, mark: Some(mark), at_words: false }
    }

    /// Signs that stand before and after words only.
    pub(super) const fn at_words(sign: &'static str, mark: Mark) -> Self {
        Self { open: sign, close: sign, mark: Some(mark), at_words: true }
    }

    pub(super) const fn around(open: &'static str, close: &'static str, mark: Option<Mark>) -> Self {
        Self { open, close, mark, at_words: false }
    }
}

/// The lines of one paragraph as one text.
pub(super) struct Flat {
    pub(super) text: String,
    /// Where each line begins: here, and in the source.
    lines: Vec<(usize, u32)>,
}

impl Flat {
    pub(super) fn new(text: &Text<'_>, lines: &[Span]) -> Self {
        let mut flat = Self { text: String::new(), lines: Vec::with_capacity(lines.len()) };
        for (at, &line) in lines.iter().enumerate() {
            if at > 0 {
                flat.text.push('\n');
            }
            flat.lines.push((flat.text.len(), line.start));
            flat.text.push_str(text.of(line));
        }
        flat
    }

    /// Returns the stretch of the source that a stretch stands for.
    pub(super) fn source(&self, from: usize, to: usize) -> Span {
        let start = self.at(from);
        let end = if to > from { self.at(to - 1) + 1 } else { start };
        Span { start, end: end.max(start) }
    }

    fn at(&self, offset: usize) -> u32 {
        let line = self.lines.partition_point(|&(start, _)| start <= offset).saturating_sub(1);
        self.lines.get(line).map_or(0, |&(start, source)| source + (offset - start) as u32)
    }
}

/// A stretch of running text and what is shown of it.
pub(super) struct Token {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) shown: Shown,
}

pub(super) enum Shown {
    Same,
    Nothing,
    Text(String),
    /// A line end that the author wanted.
    Break,
}

/// Tokens that a mark covers.
pub(super) struct Marked {
    pub(super) mark: Mark,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Running text that was read.
#[derive(Default)]
pub(super) struct Words {
    pub(super) tokens: Vec<Token>,
    pub(super) marks: Vec<Marked>,
}

/// Reads running text.
pub(super) struct Scanner<'s> {
    pub(super) text: &'s str,
    /// What lines of the text name.
    pub(super) names: &'s BTreeMap<String, String>,
    inline: &'static Inline,
    words: Words,
    depth: usize,
    /// Up to where a sign was looked for in vain.
    missing: BTreeMap<&'static str, usize>,
    /// The brackets of a kind that close each other.
    brackets: BTreeMap<(&'static str, &'static str), BTreeMap<usize, usize>>,
    /// How many notes without a name this paragraph has, and what names them.
    named: (usize, u32),
}

/// A sign that may begin marked words.
struct Open {
    pair: usize,
    token: usize,
    end: usize,
}

/// Reads the running text of one paragraph.
pub(super) fn scan(text: &Text<'_>, flat: &Flat) -> Words {
    let mut scanner = Scanner {
        text: &flat.text,
        names: &text.names,
        inline: &text.dialect.inline,
        words: Words::default(),
        depth: 0,
        missing: BTreeMap::new(),
        brackets: BTreeMap::new(),
        named: (0, flat.at(0)),
    };
    scanner.scan(0, flat.text.len());
    scanner.words
}

impl Scanner<'_> {
    /// Reads a stretch.
    pub(super) fn scan(&mut self, from: usize, to: usize) {
        let mut opens: Vec<Open> = Vec::new();
        let (mut at, mut plain) = (from, from);
        while at < to {
            let c = self.next(at).unwrap_or_default();
            if !self.inline.starts.contains(c) {
                at += c.len_utf8();
                continue;
            }
            let tokens = self.words.tokens.len();
            self.push(plain, at, Shown::Same);
            match self.markup(at, to, &mut opens) {
                Some(end) if end > at => {
                    at = end;
                    plain = end;
                }
                _ => {
                    self.words.tokens.truncate(tokens);
                    at += c.len_utf8();
                }
            }
        }
        self.push(plain, to, Shown::Same);
    }

    fn markup(&mut self, at: usize, to: usize, opens: &mut Vec<Open>) -> Option<usize> {
        self.escaped(at, to)
            .or_else(|| self.verbatim(at, to))
            .or_else(|| (self.inline.special)(self, at, to))
            .or_else(|| self.html(at, to))
            .or_else(|| self.close(at, to, opens))
            .or_else(|| self.open(at, to, opens))
    }

    fn escaped(&mut self, at: usize, to: usize) -> Option<usize> {
        let escape = self.inline.escape?;
        let rest = self.text[at..to].strip_prefix(escape)?;
        let next = rest.chars().next().filter(char::is_ascii_punctuation)?;
        let end = at + escape.len_utf8();
        self.push(at, end, Shown::Nothing);
        self.push(end, end + next.len_utf8(), Shown::Same);
        Some(end + next.len_utf8())
    }

    fn verbatim(&mut self, at: usize, to: usize) -> Option<usize> {
        let pairs: &'static [Pair] = self.inline.verbatim;
        let pair = pairs
            .iter()
            .find(|pair| self.text[at..to].starts_with(pair.open) && self.can_open(pair, at, to))?;
        let start = at + pair.open.len();
        let mut close = self.find(start + 1, to, pair.close)?;
        let mut tries = 0;
        while pair.at_words && !self.can_close(pair, close, to) {
            tries += 1;
            close = self.find(close + 1, to, pair.close).filter(|_| tries < TRIES)?;
        }
        self.push(at, start, Shown::Nothing);
        let first = self.words.tokens.len();
        self.push(start, close, Shown::Same);
        if let Some(mark) = &pair.mark {
            self.mark(mark.clone(), first);
        }
        let end = close + pair.close.len();
        self.push(close, end, Shown::Nothing);
        Some(end)
    }

    fn html(&mut self, at: usize, to: usize) -> Option<usize> {
        if !self.inline.html {
            return None;
        }
        if let Some((length, text)) = entities::read(&self.text[at..to]) {
            self.push(at, at + length, Shown::Text(text));
            return Some(at + length);
        }
        let rest = self.text[at..to].strip_prefix('<')?;
        let length = rest.bytes().take(200).position(|byte| byte == b'>')? + 2;
        let tag = rest[..length - 2].trim_end_matches('/').trim_end().to_ascii_lowercase();
        if tag == "br" {
            self.push(at, at + length, Shown::Break);
            return Some(at + length);
        }
        if entities::is_silent(&tag) {
            self.push(at, at + length, Shown::Nothing);
            return Some(at + length);
        }
        let (name, mark) = entities::tag(&tag)?;
        let close = self.find(at + length, to, name)?;
        self.marked(mark, at, at + length, close, close + name.len());
        Some(close + name.len())
    }

    fn close(&mut self, at: usize, to: usize, opens: &mut Vec<Open>) -> Option<usize> {
        let pairs: &'static [Pair] = self.inline.pairs;
        let closes = |open: &Open| {
            let pair = &pairs[open.pair];
            self.text[at..to].starts_with(pair.close) && open.end < at && self.can_close(pair, at, to)
        };
        // The innermost one first: `'''''` ends both `''` and `'''`, in the order that they began.
        let found = opens.iter().rposition(closes)?;
        let open = opens.drain(found..).next()?;
        let pair = &pairs[open.pair];
        self.words.tokens[open.token].shown = Shown::Nothing;
        if let Some(mark) = &pair.mark {
            self.mark(mark.clone(), open.token + 1);
        }
        self.push(at, at + pair.close.len(), Shown::Nothing);
        Some(at + pair.close.len())
    }

    fn open(&mut self, at: usize, to: usize, opens: &mut Vec<Open>) -> Option<usize> {
        let pairs: &'static [Pair] = self.inline.pairs;
        let pair = pairs
            .iter()
            .position(|pair| self.text[at..to].starts_with(pair.open) && self.can_open(pair, at, to))?;
        let end = at + pairs[pair].open.len();
        if opens.iter().any(|open| open.pair == pair) {
            return None; // the same words are not emphasised twice
        }
        opens.push(Open { pair, token: self.words.tokens.len(), end });
        self.push(at, end, Shown::Same);
        Some(end)
    }

    fn can_open(&self, pair: &Pair, at: usize, to: usize) -> bool {
        let after = self.text[at + pair.open.len()..to].chars().next();
        let inside = after.is_some_and(|c| !c.is_whitespace());
        if !pair.at_words {
            return inside || (pair.mark.is_none() && after.is_some());
        }
        inside && !self.before(at).is_some_and(is_word)
    }

    fn can_close(&self, pair: &Pair, at: usize, to: usize) -> bool {
        let inside = self.before(at).is_some_and(|c| !c.is_whitespace());
        inside && !(pair.at_words && self.text[at + pair.close.len()..to].starts_with(is_word))
    }

    /// Marks what stands between two signs, reading it too.
    pub(super) fn marked(&mut self, mark: Mark, at: usize, inner: usize, close: usize, end: usize) {
        self.push(at, inner, Shown::Nothing);
        let first = self.words.tokens.len();
        self.within(inner, close);
        self.mark(mark, first);
        self.push(close, end, Shown::Nothing);
    }

    /// Adds words that are not in the source as they are shown, marked.
    pub(super) fn replaced(&mut self, mark: Option<Mark>, at: usize, end: usize, text: String) {
        let first = self.words.tokens.len();
        self.push(at, end, Shown::Text(text));
        if let Some(mark) = mark {
            self.mark(mark, first);
        }
    }

    /// Adds words as they are, marked; nothing in them is markup.
    pub(super) fn literal(&mut self, mark: Option<Mark>, at: usize, end: usize) {
        let first = self.words.tokens.len();
        self.push(at, end, Shown::Same);
        if let Some(mark) = mark {
            self.mark(mark, first);
        }
    }

    /// Adds a picture, with the words for who cannot see it.
    pub(super) fn picture(&mut self, url: &str, at: usize, alt: std::ops::Range<usize>, end: usize) {
        let mark = Mark::Image { url: url.to_owned(), title: String::new() };
        if self.text[alt.clone()].trim().is_empty() {
            return self.replaced(Some(mark), at, end, PICTURE.to_owned());
        }
        self.push(at, alt.start, Shown::Nothing);
        self.literal(Some(mark), alt.start, alt.end);
        self.push(alt.end, end, Shown::Nothing);
    }

    /// Adds a note that stands here: its sign, and its words between `inner` and `close`.
    pub(super) fn inset(&mut self, label: Option<&str>, at: usize, inner: usize, close: usize, end: usize) {
        let words = &self.text[inner..close];
        let start = inner + words.len() - words.trim_start().len();
        let stop = (inner + words.trim_end().len()).max(start);
        let label = label.map_or_else(|| self.new_label(), str::to_owned);
        self.replaced(Some(Mark::Reference(label.clone())), at, start, PICTURE.to_owned());
        let first = self.words.tokens.len();
        self.within(start, stop);
        self.mark(Mark::Inset(label), first);
        self.push(stop, end, Shown::Nothing);
    }

    /// Makes up a label that no other note has.
    fn new_label(&mut self) -> String {
        self.named.0 += 1;
        format!("\u{0}{}-{}", self.named.1, self.named.0)
    }

    pub(super) fn push(&mut self, from: usize, to: usize, shown: Shown) {
        if from < to {
            self.words.tokens.push(Token { from, to, shown });
        }
    }

    pub(super) fn within(&mut self, from: usize, to: usize) {
        if self.depth < DEEPEST {
            self.depth += 1;
            self.scan(from, to);
            self.depth -= 1;
        } else {
            self.push(from, to, Shown::Same);
        }
    }

    fn mark(&mut self, mark: Mark, first: usize) {
        self.words.marks.push(Marked { mark, from: first, to: self.words.tokens.len() });
    }

    /// Leaves out the white space before what comes next: it only parts two signs.
    pub(super) fn swallow_space(&mut self) {
        if let Some(last) = self.words.tokens.last_mut().filter(|last| matches!(last.shown, Shown::Same)) {
            let words = self.text[last.from..last.to].trim_end();
            last.to = last.from + words.len();
        }
    }

    /// Takes the last words back that were added, from an offset on; tells whether they could be.
    pub(super) fn take_back(&mut self, from: usize) -> bool {
        match self.words.tokens.last_mut() {
            Some(last) if matches!(last.shown, Shown::Same) && last.from <= from && from < last.to => {
                last.to = from;
                true
            }
            _ => false,
        }
    }

    /// Tells whether a character may begin markup.
    pub(super) fn is_markup_sign(&self, c: char) -> bool {
        self.inline.starts.contains(c)
    }

    /// Returns where the paragraph begins in the source.
    pub(super) fn source_start(&self) -> u32 {
        self.named.1
    }

    pub(super) fn next(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// Finds a sign between two offsets; one that was looked for in vain is not looked for again.
    pub(super) fn find(&mut self, from: usize, to: usize, sign: &'static str) -> Option<usize> {
        if self.missing.get(sign).is_some_and(|&end| end >= to) {
            return None;
        }
        let from = (from..=to).find(|&at| self.text.is_char_boundary(at))?;
        let found = self.text.get(from..to)?.find(sign);
        if found.is_none() {
            self.missing.insert(sign, to);
        }
        found.map(|at| from + at)
    }

    /// Finds the bracket that closes the one at an offset.
    pub(super) fn closing(
        &mut self,
        at: usize,
        to: usize,
        open: &'static str,
        close: &'static str,
    ) -> Option<usize> {
        let text = self.text;
        let pairs = self.brackets.entry((open, close)).or_insert_with(|| match_brackets(text, open, close));
        pairs.get(&at).copied().filter(|&end| end + close.len() <= to)
    }
}

/// Finds which brackets close each other. Of three that open, the first stands for itself if it closes last:
/// `(((a note)))`, but `(((a) note))`.
fn match_brackets(text: &str, open: &str, close: &str) -> BTreeMap<usize, usize> {
    let mut pairs = BTreeMap::new();
    // Where each opens, and how many half ones are open inside.
    let mut stack: Vec<(usize, usize)> = Vec::new();
    let half = |sign: &str| sign.as_bytes().first().copied().filter(|_| sign.len() == 2);
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(open.as_bytes()) {
            stack.push((at, 0));
            at += open.len();
        } else if rest.starts_with(close.as_bytes()) {
            if let Some((start, halves)) = stack.pop() {
                let is_third = halves > 0 && text.as_bytes().get(start + open.len()).copied() == half(open);
                pairs.insert(start + usize::from(is_third), at);
            }
            at += close.len();
        } else {
            if let Some((_, halves)) = stack.last_mut() {
                *halves += usize::from(Some(rest[0]) == half(open));
                *halves -= usize::from(*halves > 0 && Some(rest[0]) == half(close));
            }
            at += 1;
        }
    }
    pairs
}

/// Tells whether a character is of a word that signs of emphasis would stand beside.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}')
}
