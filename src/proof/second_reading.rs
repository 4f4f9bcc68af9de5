//! Our Markdown, read by a second engine: comrak must find every note and every word that the document has.
//!
//! comrak shares no code with pulldown-cmark, which reads our inputs, and none with our writer. Compared are letters,
//! digits and references, in their order; marks, spaces and signs are left out, for engines differ in what they show of
//! them.

use std::collections::BTreeMap;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, NodeValue};

use crate::document::{Block, Document, Inline};
use crate::options::{FrontMatter, Options};

/// What an engine reads: running text with the numbers of notes in it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Reading {
    body: String,
    /// By number, in the order of first reference.
    notes: BTreeMap<usize, String>,
    /// Notes that nobody refers to, in their order.
    unused: Vec<String>,
}

/// Numbers for notes, in the order of first reference.
struct Numbers<K>(BTreeMap<K, usize>);

impl<K: Ord> Numbers<K> {
    fn of(&mut self, key: K) -> usize {
        let next = self.0.len() + 1;
        *self.0.entry(key).or_insert(next)
    }
}

/// Has comrak read Markdown that was written from a document, and returns the first place where it finds something else;
/// none if every reference leads to its note and every word is there.
///
/// ```
/// use postil::{Options, To};
///
/// let options = Options::default();
/// let done = postil::convert(b"The ferry sank.[1]\n\n[1] In 1902.\n", To::Markdown, &options)?;
/// let markdown = String::from_utf8_lossy(&done.output);
/// assert_eq!(postil::verify(&done.article.document, &markdown, &options), None);
/// let broken = markdown.replace("[^1]:", "[^2]:");
/// assert!(postil::verify(&done.article.document, &broken, &options).is_some());
/// # Ok::<(), postil::Error>(())
/// ```
pub fn verify(document: &Document, markdown: &str, options: &Options) -> Option<String> {
    let meant = meant(document, options);
    let read = read(markdown);
    let difference = |place: String, meant: &str, read: &str| {
        let (meant, read) = first_difference(meant, read)?;
        Some(format!("{place} comrak reads “{read}”, and the article says “{meant}”"))
    };
    if let Some(told) = difference("in the text".to_owned(), &meant.body, &read.body) {
        return Some(told);
    }
    let numbers =
        meant.notes.keys().chain(read.notes.keys().filter(|number| !meant.notes.contains_key(number)));
    let of = |notes: &BTreeMap<usize, String>, number: usize| notes.get(&number).cloned().unwrap_or_default();
    let in_notes = |&number: &usize| {
        difference(format!("in note {number}"), &of(&meant.notes, number), &of(&read.notes, number))
    };
    numbers.into_iter().find_map(in_notes).or_else(|| {
        difference("in notes that nobody refers to".to_owned(), &meant.unused.concat(), &read.unused.concat())
    })
}

/// Returns a few words from where two texts differ, spaces aside.
fn first_difference(meant: &str, read: &str) -> Option<(String, String)> {
    const SHOWN: usize = 40;
    let letters = |text: &'_ str| text.char_indices().filter(|&(_, c)| c != ' ').collect::<Vec<_>>();
    let (ours, theirs) = (letters(meant), letters(read));
    let same = ours.iter().zip(&theirs).take_while(|(one, other)| one.1 == other.1).count();
    if same == ours.len() && same == theirs.len() {
        return None;
    }
    let from = |text: &str, letters: &[(usize, char)]| {
        let start = letters.get(same).map_or(text.len(), |&(at, _)| at);
        text[start..].chars().take(SHOWN).collect::<String>().trim().to_owned()
    };
    Some((from(meant, &ours), from(read, &theirs)))
}

/// Adds letters and digits; everything between them is one space.
fn push(text: &mut String, words: &str) {
    for c in words.chars() {
        if c.is_alphanumeric() {
            text.push(c);
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
}

fn push_reference(text: &mut String, number: usize) {
    *text += &format!("[{number}]");
}

/// Returns what the document says.
fn meant(document: &Document, options: &Options) -> Reading {
    let mut numbers = Numbers(BTreeMap::new());
    let mut body = String::new();
    let title = document.metadata.title().unwrap_or_default();
    if options.front_matter == FrontMatter::None || !document.title_references.is_empty() {
        push(&mut body, title);
        document.title_references.iter().for_each(|note| push_reference(&mut body, numbers.of(note.index())));
    }
    push_blocks(&mut body, &document.blocks, &mut numbers);
    let mut texts: Vec<String> = Vec::new();
    for note in &document.notes {
        let mut text = String::new();
        push_blocks(&mut text, &note.blocks, &mut numbers);
        texts.push(text);
    }
    let mut reading = Reading { body, ..Reading::default() };
    for (at, text) in texts.into_iter().enumerate() {
        match numbers.0.get(&at) {
            Some(&number) => {
                reading.notes.insert(number, text);
            }
            None => reading.unused.push(text),
        }
    }
    reading
}

fn push_blocks(text: &mut String, blocks: &[Block], numbers: &mut Numbers<usize>) {
    for block in blocks {
        push(text, " ");
        match block {
            Block::Paragraph(content) => push_content(text, content, numbers),
            Block::Heading { content, attributes, .. } => {
                push_content(text, content, numbers);
                let others = attributes.others.iter().flat_map(|(name, value)| [Some(name), value.as_ref()]);
                let words = attributes.id.iter().chain(&attributes.classes).chain(others.flatten());
                words.for_each(|word| push(text, &format!(" {word}")));
            }
            Block::Code { text: code, .. } => push(text, code),
            // `::: {.callout}` and its like; what is HTML has no words of its own.
            Block::Html(markup) if !markup.starts_with('<') => push(text, markup),
            Block::Html(_) | Block::Break => {}
            Block::List { items, .. } => {
                items.iter().for_each(|item| push_blocks(text, &item.blocks, numbers));
            }
            Block::Quote(inner) => push_blocks(text, inner, numbers),
            Block::Alert { kind, title, blocks } => {
                push(text, &kind.to_uppercase());
                push_content(text, title, numbers);
                push_blocks(text, blocks, numbers);
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    push_lines(text, &definition.terms, numbers);
                    definition.meanings.iter().for_each(|meaning| push_blocks(text, meaning, numbers));
                }
            }
            Block::Verse(lines) => push_lines(text, lines, numbers),
            Block::Table { head, rows, .. } => {
                push_lines(text, head, numbers);
                rows.iter().for_each(|row| push_lines(text, row, numbers));
            }
        }
    }
}

fn push_lines(text: &mut String, lines: &[Vec<Inline>], numbers: &mut Numbers<usize>) {
    for line in lines {
        push_content(text, line, numbers);
        push(text, " ");
    }
}

fn push_content(text: &mut String, content: &[Inline], numbers: &mut Numbers<usize>) {
    for inline in content {
        match inline {
            Inline::Text(words)
            | Inline::Code(words)
            | Inline::Math { tex: words, .. }
            | Inline::Image { alt: words, .. } => push(text, words),
            Inline::Reference(note) => push_reference(text, numbers.of(note.index())),
            Inline::LineBreak => push(text, " "),
            Inline::Html(_) | Inline::Page(_) => {}
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strikethrough(inner)
            | Inline::Superscript(inner)
            | Inline::Subscript(inner)
            | Inline::Wikilink { content: inner, .. } => push_content(text, inner, numbers),
            // No output has references in the words of a link: they follow it.
            Inline::Link { content: inner, .. } => {
                let is_reference = |inline: &Inline| matches!(inline, Inline::Reference(_));
                let (references, words): (Vec<Inline>, Vec<Inline>) =
                    inner.iter().cloned().partition(is_reference);
                push_content(text, &words, numbers);
                push_content(text, &references, numbers);
            }
        }
    }
}

/// Returns what comrak reads.
fn read(markdown: &str) -> Reading {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.footnotes = true;
    options.extension.inline_footnotes = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.description_lists = true;
    options.extension.math_dollars = true;
    options.extension.wikilinks_title_after_pipe = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    options.parse.leave_footnote_definitions = true;
    let root = comrak::parse_document(&arena, markdown, &options);
    let mut numbers = Numbers(BTreeMap::new());
    let mut reading = Reading::default();
    read_below(root, &mut reading.body, &mut numbers);
    let mut texts: Vec<(String, String)> = Vec::new();
    for node in root.descendants() {
        if let NodeValue::FootnoteDefinition(definition) = &node.data().value {
            let mut text = String::new();
            node.children().for_each(|child| read_below(child, &mut text, &mut numbers));
            texts.push((definition.name.clone(), text));
        }
    }
    for (name, text) in texts {
        match numbers.0.get(&name) {
            Some(&number) => *reading.notes.entry(number).or_default() += &text,
            None => reading.unused.push(text),
        }
    }
    reading
}

/// Adds what stands in and below a node, without the notes that are defined there.
fn read_below<'a>(top: &'a AstNode<'a>, text: &mut String, numbers: &mut Numbers<String>) {
    let mut definitions = 0_usize;
    for edge in top.traverse() {
        let (node, is_start) = match edge {
            NodeEdge::Start(node) => (node, true),
            NodeEdge::End(node) => (node, false),
        };
        match &node.data().value {
            NodeValue::FootnoteDefinition(_) if is_start => definitions += 1,
            NodeValue::FootnoteDefinition(_) => definitions -= 1,
            _ if definitions > 0 || !is_start => {}
            NodeValue::Text(words) => push(text, words),
            NodeValue::Code(code) => push(text, &code.literal),
            NodeValue::CodeBlock(code) => push(text, &format!(" {}", code.literal)),
            NodeValue::Math(math) => push(text, &math.literal),
            NodeValue::FootnoteReference(reference) => {
                push_reference(text, numbers.of(reference.name.clone()));
            }
            value if value.block() => push(text, " "),
            NodeValue::SoftBreak | NodeValue::LineBreak => push(text, " "),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_shown_from_its_first_word() {
        for (meant, read, expected) in [
            ("the ferry [1] sank", "the ferry[1]  sank ", None),
            ("the ferry [1] sank", "the ferry sank", Some(("[1] sank", "sank"))),
            ("the ferry", "the ferry sank", Some(("", "sank"))),
            ("", "", None),
        ] {
            let found = first_difference(meant, read);
            let found = found.as_ref().map(|(meant, read)| (meant.as_str(), read.as_str()));
            assert_eq!(found, expected, "{meant:?} and {read:?}");
        }
    }

    #[test]
    fn comrak_finds_words_and_numbers() {
        for (markdown, body, notes) in [
            (
                "---\na: b\n---\n\nOne[^x] *two*[^y].\n\n[^y]: Y.\n\n[^x]: X[^y].\n",
                " One[1] two[2] ",
                " X[2] , Y ",
            ),
            ("One^[inner].\n", " One[1] ", " inner"),
            ("m<sup>2</sup> `a b`\n\n> q\n", " m2 a b q", ""),
            ("| a |\n| - |\n| b |\n", " a b", ""),
        ] {
            let reading = read(markdown);
            let told: Vec<&str> = reading.notes.values().map(String::as_str).collect();
            assert_eq!((reading.body.as_str(), told.join(",").as_str()), (body, notes), "in {markdown:?}");
        }
    }
}
