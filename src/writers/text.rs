//! Clean text: a line for each paragraph, notes as `[1]` and as a list at the end.

use unicode_width::UnicodeWidthStr;

use super::labels;
use crate::document::{Block, Document, Inline, Item, Note, NoteId, each_inline};
use crate::options::{Notes, Options};

/// Writes a document as clean text.
pub(crate) fn write(document: &Document, options: &Options) -> String {
    let emitter = Emitter { document, notes: options.notes };
    let labels = labels::of(document.metadata.lang());
    let metadata = &document.metadata;
    let mut parts = Vec::new();
    if let Some(title) = metadata.title() {
        let references: String =
            document.title_references.iter().map(|&note| emitter.reference(note)).collect();
        parts.push(format!("{title}{references}"));
    }
    parts.extend(metadata.subtitle.iter().map(|found| found.value.clone()));
    let authors = metadata.authors.iter().map(|found| found.value.clone()).collect::<Vec<_>>().join(", ");
    let date = metadata.date.as_ref().map(|found| labels.date(&found.value));
    let byline: Vec<String> =
        [authors, date.unwrap_or_default()].into_iter().filter(|part| !part.is_empty()).collect();
    parts.push(byline.join("\n"));
    parts.push(emitter.blocks(&document.blocks));
    let listed: Vec<String> = (0..document.notes.len())
        .filter(|&note| !emitter.is_inline(note))
        .map(|note| {
            let sign = format!("[{}] ", note + 1);
            let body = emitter.blocks(&document.notes[note].blocks);
            format!("{sign}{}", set_in(&body, "    ").trim_start())
        })
        .collect();
    if !listed.is_empty() {
        parts.push(labels.notes.to_owned());
        parts.extend(listed);
    }
    parts.extend(metadata.source.iter().map(|found| format!("{}: {}", labels.source, found.value)));
    parts.extend(metadata.rights.iter().map(|found| found.value.clone()));
    parts.retain(|part| !part.is_empty());
    let text = parts.join("\n\n");
    if text.is_empty() { text } else { text + "\n" }
}

/// Writes the blocks of one document.
struct Emitter<'d> {
    document: &'d Document,
    notes: Notes,
}

impl Emitter<'_> {
    /// Tells whether a note stands in its sentence: one paragraph without references.
    fn is_inline(&self, note: usize) -> bool {
        let Note { blocks, .. } = &self.document.notes[note];
        let mut is_plain = self.notes == Notes::Inline && matches!(blocks.as_slice(), [Block::Paragraph(_)]);
        each_inline(blocks, &mut |inline| {
            is_plain &= !matches!(inline, Inline::Reference(_) | Inline::LineBreak);
        });
        is_plain
    }

    /// Writes blocks with a blank line between them, without a final line end.
    fn blocks(&self, blocks: &[Block]) -> String {
        let written = blocks.iter().map(|block| self.block(block)).filter(|text| !text.is_empty());
        written.collect::<Vec<_>>().join("\n\n")
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => self.inlines(content),
            Block::List { start, tight, items } => self.list(*start, *tight, items),
            Block::Quote(inner) => set_in(&self.blocks(inner), "    "),
            Block::Alert { kind, title, blocks } => {
                let name = match title.as_slice() {
                    [] => labels::of(self.document.metadata.lang()).alert(kind).to_owned(),
                    title => self.inlines(title),
                };
                set_in(&format!("{name}\n\n{}", self.blocks(blocks)), "    ")
            }
            Block::Definitions(definitions) => {
                let written = definitions.iter().map(|definition| {
                    let terms = definition.terms.iter().map(|term| self.inlines(term));
                    let meanings =
                        definition.meanings.iter().map(|meaning| set_in(&self.blocks(meaning), "    "));
                    terms.chain(meanings).collect::<Vec<_>>().join("\n")
                });
                written.collect::<Vec<_>>().join("\n\n")
            }
            Block::Code { text, .. } => set_in(text, "    "),
            Block::Verse(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| self.inlines(line)).collect();
                set_in(&lines.join("\n"), "    ")
            }
            Block::Table { head, rows, .. } => self.table(head, rows),
            Block::Break => "* * *".to_owned(),
            Block::Html(html) => html.trim_end().to_owned(),
        }
    }

    fn list(&self, start: Option<u64>, is_tight: bool, items: &[Item]) -> String {
        let written = items.iter().enumerate().map(|(at, item)| {
            let sign = match start {
                Some(start) => format!("{}. ", start.saturating_add(at as u64)),
                None => "- ".to_owned(),
            };
            let task = match item.done {
                Some(true) => "[x] ",
                Some(false) => "[ ] ",
                None => "",
            };
            let blocks: Vec<String> = item.blocks.iter().map(|block| self.block(block)).collect();
            let body = set_in(&blocks.join(if is_tight { "\n" } else { "\n\n" }), &" ".repeat(sign.len()));
            format!("{sign}{task}{}", body.trim_start()).trim_end().to_owned()
        });
        written.collect::<Vec<_>>().join(if is_tight { "\n" } else { "\n\n" })
    }

    /// Writes a table in columns, as wide as their widest cell.
    fn table(&self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
        let has_head = head.iter().any(|cell| !cell.is_empty());
        let lines: Vec<Vec<String>> = has_head
            .then_some(head)
            .into_iter()
            .chain(rows.iter().map(Vec::as_slice))
            .map(|cells| cells.iter().map(|cell| self.inlines(cell).replace('\n', " ")).collect())
            .collect();
        let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let aligned = |line: &Vec<String>| {
            let mut text = String::new();
            for (cell, &width) in line.iter().zip(&widths) {
                text.push_str(cell);
                text.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
            }
            text.trim_end().to_owned()
        };
        let mut written: Vec<String> = lines.iter().map(aligned).collect();
        if has_head {
            let rule = widths.iter().map(|&width| "-".repeat(width.max(1))).collect::<Vec<_>>().join("  ");
            written.insert(1, rule);
        }
        written.join("\n")
    }

    fn inlines(&self, content: &[Inline]) -> String {
        let mut text = String::new();
        for inline in content {
            match inline {
                Inline::Text(words)
                | Inline::Code(words)
                | Inline::Html(words)
                | Inline::Math { tex: words, .. } => {
                    text.push_str(words);
                }
                Inline::Wikilink { content, .. } => text.push_str(&self.inlines(content)),
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Strikethrough(inner)
                | Inline::Superscript(inner)
                | Inline::Subscript(inner) => text.push_str(&self.inlines(inner)),
                Inline::Link { url, content, .. } => {
                    let words = self.inlines(content);
                    text.push_str(&words);
                    let says_more = words != *url && url.strip_prefix("mailto:") != Some(&words);
                    if says_more && !url.is_empty() && !url.starts_with('#') {
                        text.push_str(&format!(" ({url})"));
                    }
                }
                Inline::Image { alt, .. } => text.push_str(alt),
                Inline::LineBreak => text.push('\n'),
                Inline::Reference(note) => text.push_str(&self.reference(*note)),
                Inline::Page(_) => {}
            }
        }
        text
    }

    fn reference(&self, note: NoteId) -> String {
        match self.document.notes[note.index()].blocks.as_slice() {
            [Block::Paragraph(content)] if self.is_inline(note.index()) => {
                format!(" [{}]", self.inlines(content))
            }
            _ => format!("[{}]", note.index() + 1),
        }
    }
}

/// Puts a margin before every line that is not blank.
fn set_in(text: &str, margin: &str) -> String {
    let lines = text
        .split('\n')
        .map(|line| if line.trim().is_empty() { String::new() } else { format!("{margin}{line}") });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(markdown: &str, notes: Notes) -> String {
        let options = Options::default().from(crate::options::From::Markdown).notes(notes);
        let article = crate::convert::read(markdown.as_bytes(), &options).expect("text");
        write(&article.document, &options)
    }

    #[test]
    fn markup_becomes_text() {
        for (markdown, expected) in [
            (
                "The *ferry* sank.[^a]\n\n[^a]: Off the `mole`.",
                "The ferry sank.[1]\n\nNotes\n\n[1] Off the mole.\n",
            ),
            ("[log](https://harbour.example)", "log (https://harbour.example)\n"),
            ("<https://harbour.example>", "https://harbour.example\n"),
            ("[log](#log)", "log\n"),
            ("1. ebb\n2. flow\n   - neap", "1. ebb\n2. flow\n   - neap\n"),
            ("> said\n\n    code", "    said\n\n    code\n"),
            ("| a | bb |\n|---|---|\n| ccc | d |", "a    bb\n---  --\nccc  d\n"),
            ("", ""),
        ] {
            assert_eq!(text(markdown, Notes::End), expected, "{markdown:?}");
        }
    }

    #[test]
    fn short_notes_can_stand_in_the_sentence() {
        let markdown = "Sunk.[^a] Lost.[^b]\n\n[^a]: In 1902.\n\n[^b]: One.\n\n    Two.";
        let expected = "Sunk. [In 1902.] Lost.[2]\n\nNotes\n\n[2] One.\n\n    Two.\n";
        assert_eq!(text(markdown, Notes::Inline), expected);
    }
}
