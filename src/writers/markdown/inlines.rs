//! Running text → Markdown.

use super::blocks::Emitter;
use super::escape::{self, Pairs, Spot};
use crate::document::{Block, Inline, NoteId};
use crate::options::Notes;

/// Where running text stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting {
    /// Line breaks become spaces, as in headings and tables.
    pub(super) one_line: bool,
    /// Bars are escaped, as in tables and verse.
    pub(super) bars: bool,
    /// The first text of an item of a list.
    pub(super) item_start: bool,
    /// A sign stands before it on its line, as in headings and tables.
    pub(super) after_sign: bool,
}

/// Running text in the making.
struct Line<'e> {
    emitter: &'e Emitter<'e>,
    setting: Setting,
    pairs: Pairs,
    out: String,
    after_reference: bool,
    /// Where the backslashes of line breaks stand.
    breaks: Vec<usize>,
}

impl Emitter<'_> {
    /// Writes running text, without white space at its ends.
    pub(super) fn inlines(&self, content: &[Inline], mut setting: Setting) -> String {
        // A line of its own could be the rule under the head of a table.
        setting.bars |= content.contains(&Inline::LineBreak);
        let mut texts = Vec::new();
        let marked = collect(content, &mut texts);
        let pairs = Pairs::of(texts.into_iter(), marked);
        let mut line = Line {
            emitter: self,
            setting,
            pairs,
            out: String::new(),
            after_reference: false,
            breaks: Vec::new(),
        };
        line.push_all(content, None, false);
        loop {
            let end = line.out.trim_end_matches([' ', '\n']).len();
            line.out.truncate(end);
            // A break that nothing follows is none, and its backslash would be read.
            let Some(at) = line.breaks.pop().filter(|at| at + 1 == end) else { return line.out };
            line.out.truncate(at);
        }
    }

    /// Tells whether a note can stand in the text as `^[…]`: one paragraph, without references.
    pub(super) fn is_inline(&self, note: usize) -> bool {
        let mut plain = true;
        crate::document::each_inline(&self.document.notes[note].blocks, &mut |inline| {
            plain &= !matches!(inline, Inline::Reference(_) | Inline::LineBreak);
        });
        plain && matches!(self.document.notes[note].blocks.as_slice(), [Block::Paragraph(_)])
    }
}

/// Collects the words of running text; tells whether it has marks that are written with paired signs.
fn collect<'c>(content: &'c [Inline], texts: &mut Vec<&'c str>) -> bool {
    let mut marked = false;
    for inline in content {
        match inline {
            Inline::Text(text) => texts.push(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strikethrough(inner)
            | Inline::Superscript(inner)
            | Inline::Subscript(inner) => {
                collect(inner, texts);
                marked = true;
            }
            Inline::Link { content: inner, title, url } => {
                // A dollar or backtick in an address or a title pairs with one in the text.
                let pairs = |text: &&String| text.contains(['$', '`']);
                texts.extend([title, url].into_iter().filter(pairs).map(String::as_str));
                marked |= collect(inner, texts);
            }
            Inline::Image { alt, .. } => texts.push(alt),
            Inline::Wikilink { content: inner, .. } => {
                collect(inner, texts);
                marked = true;
            }
            Inline::Code(_) | Inline::Html(_) | Inline::Math { .. } => marked = true,
            Inline::LineBreak | Inline::Reference(_) | Inline::Page(_) => {}
        }
    }
    marked
}

impl Line<'_> {
    /// Writes inlines; `after` is the character that will follow them.
    fn push_all(&mut self, content: &[Inline], after: Option<char>, in_link: bool) {
        for (at, inline) in content.iter().enumerate() {
            let next = content[at + 1..].iter().find_map(|next| self.first_char(next)).or(after);
            self.push(inline, next, in_link);
        }
    }

    fn push(&mut self, inline: &Inline, after: Option<char>, in_link: bool) {
        let after_reference = std::mem::take(&mut self.after_reference);
        match inline {
            Inline::Text(text) => {
                self.push_text(text, after, in_link, after_reference);
            }
            Inline::Emphasis(inner) => self.push_marked(inner, "*", after, in_link),
            Inline::Strong(inner) => self.push_marked(inner, "**", after, in_link),
            Inline::Strikethrough(inner) => self.push_marked(inner, "~~", after, in_link),
            Inline::Superscript(inner) => self.push_tagged(inner, "sup", in_link),
            Inline::Subscript(inner) => self.push_tagged(inner, "sub", in_link),
            Inline::Code(code) => self.push_code(code),
            Inline::Link { url, title, content } => self.push_link(url, title, content, after),
            Inline::Math { tex, display } => self.push_math(tex, *display),
            Inline::Wikilink { page, content } => self.push_wikilink(page, content),
            Inline::Image { url, title, alt } => {
                self.out.push_str("![");
                self.push_text(alt, Some(']'), true, false);
                self.push_target(url, title);
            }
            Inline::LineBreak if self.setting.one_line => self.out.push_str("<br>"),
            Inline::LineBreak => {
                let end = self.out.trim_end_matches(' ').len();
                self.out.truncate(end);
                if !self.out.is_empty() {
                    self.breaks.push(end);
                    self.out.push_str("\\\n");
                }
            }
            Inline::Reference(note) => self.push_reference(*note),
            Inline::Page(_) => {}
            Inline::Html(html) => self.out.push_str(&html.replace(['\n', '\r'], " ")),
        }
    }

    fn push_text(&mut self, text: &str, after: Option<char>, in_link: bool, after_reference: bool) {
        let spot = Spot {
            pairs: self.pairs,
            line_start: (self.out.is_empty() && !self.setting.after_sign) || self.out.ends_with('\n'),
            item_start: self.setting.item_start && self.out.is_empty(),
            after_reference,
            in_definition: after_reference
                && self.out.rfind('[').is_some_and(|at| at == 0 || self.out[..at].ends_with('\n')),
            before: self.out.chars().next_back(),
            after,
            in_link,
            bars: self.setting.bars,
        };
        escape::push(&mut self.out, text, spot);
    }

    /// Writes marked words, with the white space at their ends outside; without the mark where no engine would
    /// read it (CommonMark 0.31 §6.2, flanking).
    fn push_marked(&mut self, content: &[Inline], sign: &str, after: Option<char>, in_link: bool) {
        let before = self.out.chars().next_back();
        let mut inner = self.inside();
        inner.push_all(content, Some('*'), in_link);
        let words = &inner.out[1..];
        let trimmed = words.trim_matches([' ', '\n']);
        if trimmed.is_empty() {
            self.push_space(!words.is_empty());
            return;
        }
        let leading = words.starts_with([' ', '\n']);
        let trailing = words.ends_with([' ', '\n']);
        let before = if leading { Some(' ') } else { before };
        let after = if trailing { Some(' ') } else { after };
        let fits = flanks(before, trimmed.chars().next()) && flanks(after, trimmed.chars().next_back());
        let clashes = |sign: char| {
            trimmed.starts_with(sign)
                || trimmed.ends_with(sign)
                || before == Some(sign)
                || after == Some(sign)
        };
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
        let sign = match sign {
            "*" if clashes('*') && apart(before) && apart(after) && !clashes('_') => "_",
            "**" if clashes('*') && apart(before) && apart(after) && !clashes('_') => "__",
            sign => sign,
        };
        let clashing = clashes(sign.chars().next().unwrap_or('*'));
        self.push_space(leading);
        if fits && !clashing {
            self.out.push_str(sign);
            self.out.push_str(trimmed);
            self.out.push_str(sign);
        } else {
            self.push_all(content, after, in_link);
        }
        self.push_space(trailing);
    }

    fn push_space(&mut self, wanted: bool) {
        if wanted && !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
    }

    fn push_tagged(&mut self, content: &[Inline], tag: &str, in_link: bool) {
        self.out.push_str(&format!("<{tag}>"));
        self.push_all(content, Some('<'), in_link);
        self.out.push_str(&format!("</{tag}>"));
    }

    fn push_code(&mut self, code: &str) {
        let code = code.replace(['\n', '\r', '\t'], " ");
        if code.trim().is_empty() {
            self.push_space(true);
            return;
        }
        let fence = "`".repeat(longest_run(&code) + 1);
        let pads =
            code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
        let pad = if pads { " " } else { "" };
        let code = if self.setting.bars && self.setting.one_line { code.replace('|', "\\|") } else { code };
        self.out.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
    }

    /// Writes a formula; one that would end too early, or at a blank line, is shown as code.
    fn push_math(&mut self, tex: &str, display: bool) {
        let sign = if display { "$$" } else { "$" };
        let tex = tex.replace(['\n', '\r'], " ");
        let is_safe = !tex.contains(['$', '`', '|'])
            && !tex.ends_with('\\')
            && (display || !(tex.is_empty() || tex.starts_with(' ') || tex.ends_with(' ')));
        if is_safe && !tex.trim().is_empty() {
            self.out.push_str(&format!("{sign}{tex}{sign}"));
        } else {
            self.push_code(&tex);
        }
    }

    /// Writes a link within a collection; one that could not be read again is shown as its words.
    fn push_wikilink(&mut self, page: &str, content: &[Inline]) {
        let mut words = self.inside();
        words.push_all(content, Some(']'), true);
        let words = &words.out[1..];
        let is_name = |text: &str| !text.contains(['[', ']', '|', '\n', '\\']) && !text.is_empty();
        let is_page = matches!(content, [Inline::Text(text)] if text == page);
        if is_name(page) && is_name(words) && (is_page || !self.setting.bars) {
            let page = if is_page { String::new() } else { format!("{page}|") };
            self.out.push_str(&format!("[[{page}{words}]]"));
        } else {
            self.push_all(content, None, false);
        }
    }

    /// Returns a line for what will stand inside marks: nothing in it is at the start of a line.
    fn inside(&self) -> Self {
        Line {
            emitter: self.emitter,
            setting: self.setting,
            pairs: self.pairs,
            out: "\u{0}".to_owned(),
            after_reference: false,
            breaks: Vec::new(),
        }
    }

    fn push_link(&mut self, url: &str, title: &str, content: &[Inline], after: Option<char>) {
        let (references, words): (Vec<&Inline>, Vec<&Inline>) =
            content.iter().partition(|inline| matches!(inline, Inline::Reference(_)));
        let words: Vec<Inline> = words.into_iter().cloned().collect();
        let before = self.out.chars().next_back();
        match bare(url, &words).filter(|_| title.is_empty()) {
            Some(Bare::Bracketed(text)) => {
                self.out.push('<');
                self.out.push_str(text);
                self.out.push('>');
            }
            Some(Bare::Plain(text)) if is_apart(before) && is_apart(after) => self.out.push_str(text),
            _ => {
                self.out.push('[');
                self.push_all(&words, Some(']'), true);
                self.push_target(url, title);
            }
        }
        for reference in references {
            self.push(reference, None, false);
        }
    }

    /// Writes the end of a link or image, from the bracket on.
    fn push_target(&mut self, url: &str, title: &str) {
        self.out.push_str("](");
        let url = url.replace(['\n', '\r'], "");
        let has_entity = url.contains('&') && url.contains(';');
        let plain =
            !url.is_empty() && !url.contains([' ', '(', ')', '<', '>', '\\', '\t', '|']) && !has_entity;
        if plain {
            self.out.push_str(&url);
        } else {
            let safe = url.replace('\\', "\\\\").replace('<', "%3C").replace('>', "%3E").replace('|', "%7C");
            let safe = if safe.contains(';') { safe.replace('&', "\\&") } else { safe };
            self.out.push_str(&format!("<{safe}>"));
        }
        if !title.is_empty() {
            let title = title
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('&', "\\&")
                .replace('$', "\\$")
                .replace('`', "\\`")
                .replace(['\n', '\r'], " ");
            self.out.push_str(&format!(" \"{title}\""));
        }
        self.out.push(')');
    }

    fn push_reference(&mut self, note: NoteId) {
        let emitter = self.emitter;
        if emitter.notes == Notes::Inline
            && emitter.is_inline(note.index())
            && let [Block::Paragraph(content)] = emitter.document.notes[note.index()].blocks.as_slice()
        {
            self.out.push_str("^[");
            self.push_all(content, Some(']'), true);
            self.out.push(']');
            return;
        }
        let label = &emitter.document.notes[note.index()].label;
        self.out.push_str(&format!("[^{label}]"));
        self.after_reference = true;
    }

    /// Returns the first character that an inline will be written with.
    fn first_char(&self, inline: &Inline) -> Option<char> {
        match inline {
            Inline::Text(text) => text.chars().next(),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => inner
                .iter()
                .find_map(|inline| self.first_char(inline))
                .map(|c| if c.is_whitespace() { c } else { '*' }),
            Inline::Code(_) => Some('`'),
            Inline::Link { url, content, .. } => {
                let is_bracketed = matches!(bare(url, content), Some(Bare::Bracketed(_)));
                Some(if is_bracketed { '<' } else { '[' })
            }
            Inline::Image { .. } => Some('!'),
            Inline::Math { .. } => Some('$'),
            Inline::Wikilink { .. } => Some('['),
            Inline::LineBreak if self.setting.one_line => Some('<'),
            Inline::LineBreak => Some('\n'),
            Inline::Reference(note)
                if self.emitter.notes == Notes::Inline && self.emitter.is_inline(note.index()) =>
            {
                Some('^')
            }
            Inline::Reference(_) => Some('['),
            Inline::Page(_) => None,
            Inline::Superscript(_) | Inline::Subscript(_) | Inline::Html(_) => Some('<'),
        }
    }
}

/// Tells whether a delimiter between these characters opens or closes: outside first, inside second.
fn flanks(outside: Option<char>, inside: Option<char>) -> bool {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_sign = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    !is_space(inside) && (!is_sign(inside) || is_space(outside) || is_sign(outside))
}

fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A link whose words are its own address.
enum Bare<'t> {
    /// `<https://harbour.example>`, `<iona@harbour.example>`
    Bracketed(&'t str),
    /// `www.harbour.example`, which GitHub's engine and its like make a link of (GFM 0.29 §6.9).
    Plain(&'t str),
}

/// Reads a link as one that can be written as its address alone.
fn bare<'t>(url: &str, content: &'t [Inline]) -> Option<Bare<'t>> {
    let [Inline::Text(text)] = content else { return None };
    let has_only =
        |signs: &[u8]| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || signs.contains(&byte));
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    match url.split_once(':') {
        _ if text == url => is_autolink(url).then_some(Bare::Bracketed(text)),
        Some(("mailto", name)) if name == text => {
            let (name, host) = name.split_once('@')?;
            let is_address = has_only(b".-_+@")
                && !name.is_empty()
                && host.starts_with(is_letter)
                && !host.contains(['_', '@']);
            is_address.then_some(Bare::Bracketed(text))
        }
        Some(("http", rest)) if rest.strip_prefix("//") == Some(text) => {
            let host = text.strip_prefix("www.")?;
            let is_address = has_only(b"./-?=#%")
                && host.starts_with(is_letter)
                && host.ends_with(is_letter)
                && !host.contains("..")
                && !host.contains("-/");
            is_address.then_some(Bare::Plain(text))
        }
        _ => None,
    }
}

/// Tells whether an address that stands without brackets can have a character beside it.
fn is_apart(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// Tells whether an address can stand between `<` and `>` (CommonMark 0.31 §6.5).
fn is_autolink(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let named = (2..=32).contains(&scheme.len())
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
    // `&amp;` in it would be read by some engines and not by others.
    let has_entity = url.contains('&') && url.contains(';');
    named
        && !rest.is_empty()
        && !has_entity
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '|'))
}
