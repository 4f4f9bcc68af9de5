//! Blocks → Markdown. What stands inside another block is written first and then set in.

use super::inlines::Setting;
use super::push_block;
use crate::document::{Alignment, Attributes, Block, Definition, Document, Inline, Item, Note};
use crate::options::Notes;
use crate::writers::table_width::Width;

/// Writes the blocks of one document.
pub(super) struct Emitter<'d> {
    pub(super) document: &'d Document,
    pub(super) notes: Notes,
    /// How many levels deeper headings are written.
    pub(super) deeper: u8,
}

impl Emitter<'_> {
    /// Writes blocks with a blank line between them, without a final line end.
    fn blocks(&self, blocks: &[Block]) -> String {
        self.joined(blocks, false, false)
    }

    /// Writes blocks; in a tight list no blank line parts them.
    fn joined(&self, blocks: &[Block], tight: bool, in_item: bool) -> String {
        let mut text = String::new();
        self.join(&mut text, blocks, tight, in_item);
        text
    }

    /// Adds blocks to a text, with a blank line between them, but for those of a tight list.
    pub(super) fn join(&self, text: &mut String, blocks: &[Block], tight: bool, in_item: bool) {
        let start = text.len();
        let mut list_before: Option<(bool, bool)> = None;
        for (at, block) in blocks.iter().enumerate() {
            // Two lists of one kind would run together, so they take turns with their signs.
            let turn = match (block, list_before) {
                (Block::List { start, .. }, Some((numbered, turn))) if start.is_some() == numbered => !turn,
                _ => false,
            };
            let written = match block {
                Block::List { start, tight, items } => self.list(*start, *tight, items, turn),
                block => self.block(block, in_item && at == 0),
            };
            if written.is_empty() {
                continue;
            }
            list_before = match block {
                Block::List { start, .. } => Some((start.is_some(), turn)),
                _ => None,
            };
            if text.len() > start {
                text.push_str(if tight { "\n" } else { "\n\n" });
                text.push_str(&written);
            } else {
                push_block(text, &written);
            }
        }
    }

    /// Writes one block that is no list.
    pub(super) fn block(&self, block: &Block, item_start: bool) -> String {
        match block {
            Block::Paragraph(content) => self.inlines(content, Setting { item_start, ..Setting::default() }),
            Block::Heading { level, content, attributes } => self.heading(*level, content, attributes),
            Block::List { start, tight, items } => self.list(*start, *tight, items, false),
            Block::Quote(inner) => set_in(&self.blocks(inner), "> ", ">"),
            Block::Alert { kind, title, blocks } => self.alert(kind, title, blocks),
            Block::Definitions(definitions) => self.definitions(definitions),
            Block::Code { language, text } => code(language.as_deref(), text),
            Block::Verse(lines) => {
                let broken = lines.join(&Inline::LineBreak);
                self.inlines(&broken, Setting { bars: true, ..Setting::default() })
            }
            Block::Table { alignments, head, rows } => self.table(alignments, head, rows),
            Block::Break => "* * *".to_owned(),
            Block::Html(html) => html.trim_end_matches(['\n', '\r']).to_owned(),
        }
    }

    fn heading(&self, level: u8, content: &[Inline], attributes: &Attributes) -> String {
        let setting = Setting { one_line: true, after_sign: true, ..Setting::default() };
        let mut words = self.inlines(content, setting);
        let signs = "#".repeat(usize::from((level + self.deeper).clamp(1, 6)));
        // `# C #` would lose its last sign, and `# {C}` its last word.
        let head = words.trim_end_matches('#');
        let is_lost = words.ends_with('}')
            || (head.len() < words.len() && (head.is_empty() || head.ends_with([' ', '\t'])));
        let words = match words.pop() {
            Some(last) if is_lost && !words.ends_with('\\') => format!("{words}\\{last}"),
            Some(last) => format!("{words}{last}"),
            None => words,
        };
        format!("{signs} {words}{}", braced(attributes)).trim_end().to_owned()
    }

    fn alert(&self, kind: &str, title: &[Inline], blocks: &[Block]) -> String {
        let title = self.inlines(title, Setting { one_line: true, ..Setting::default() });
        let name = kind.trim_end_matches(['+', '-']);
        let head = format!("> [!{}]{} {title}", name.to_uppercase(), &kind[name.len()..]);
        let body = set_in(&self.blocks(blocks), "> ", ">");
        format!("{}\n{body}", head.trim_end()).trim_end().to_owned()
    }

    fn definitions(&self, definitions: &[Definition]) -> String {
        let mut parts = Vec::new();
        for definition in definitions {
            let terms: Vec<String> = definition.terms.iter().map(|term| self.term(term)).collect();
            if terms.iter().all(String::is_empty) {
                // Nothing is defined: what is left is running text.
                parts.extend(definition.meanings.iter().map(|meaning| self.blocks(meaning)));
                continue;
            }
            let mut lines: Vec<String> = terms.into_iter().filter(|term| !term.is_empty()).collect();
            for meaning in &definition.meanings {
                let body = set_in(&self.joined(meaning, false, true), "    ", "");
                if !body.is_empty() {
                    lines.push(format!(":   {}", body.trim_start_matches(' ')));
                }
            }
            parts.push(lines.join("\n"));
        }
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    fn term(&self, term: &[Inline]) -> String {
        self.inlines(term, Setting { one_line: true, ..Setting::default() })
    }

    fn list(&self, start: Option<u64>, tight: bool, items: &[Item], turn: bool) -> String {
        // Without a blank line, running text would go on with the paragraph before it.
        let runs_on = |block: &Block| {
            !matches!(block, Block::List { .. } | Block::Quote(_) | Block::Code { .. } | Block::Break)
        };
        let tight = tight && !items.iter().any(|item| item.blocks.iter().skip(1).any(runs_on));
        let mut text = String::new();
        for (at, item) in items.iter().enumerate() {
            let sign = match (start, turn) {
                (Some(start), turn) => {
                    format!("{}{}", (start + at as u64).min(999_999_999), if turn { ')' } else { '.' })
                }
                (None, false) => "-".to_owned(),
                (None, true) => "*".to_owned(),
            };
            let margin = " ".repeat(sign.len() + 1);
            let body = set_in(&self.joined(&item.blocks, tight, true), &margin, "");
            let task = match item.done {
                Some(true) => "[x] ",
                Some(false) => "[ ] ",
                None => "",
            };
            if at > 0 {
                text.push_str(if tight { "\n" } else { "\n\n" });
            }
            text.push_str(&sign);
            if !body.is_empty() || !task.is_empty() {
                text.push(' ');
                text.push_str(task);
                text.push_str(body.trim_start_matches(' '));
            }
        }
        text
    }

    fn table(&self, alignments: &[Alignment], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
        let width = Width::of(alignments, head, rows);
        let columns = width.columns;
        if columns == 0 {
            return String::new();
        }
        let setting = Setting { one_line: true, bars: true, item_start: false, after_sign: true };
        let line = |cells: &[Vec<Inline>], columns: usize| {
            let mut text = String::from("|");
            for column in 0..columns {
                let cell = cells.get(column).map(|cell| self.inlines(cell, setting)).unwrap_or_default();
                text.push_str(&format!(" {cell} |"));
            }
            text
        };
        let mut lines = vec![line(head, columns)];
        let rule = (0..columns).map(|column| match alignments.get(column).copied().unwrap_or_default() {
            Alignment::Default => " --- |",
            Alignment::Left => " :-- |",
            Alignment::Center => " :-: |",
            Alignment::Right => " --: |",
        });
        lines.push(format!("|{}", rule.collect::<String>()));
        lines.extend(rows.iter().map(|row| line(row, width.of_row(row))));
        lines.join("\n")
    }

    /// Writes a note as a definition, its blocks set in by four spaces.
    pub(super) fn definition(&self, note: &Note) -> String {
        let body = set_in(&self.blocks(&note.blocks), "    ", "");
        let begins_with_words = matches!(note.blocks.first(), Some(Block::Paragraph(_) | Block::Verse(_)));
        if begins_with_words || body.is_empty() {
            format!("[^{}]: {}", note.label, body.trim_start_matches(' ')).trim_end_matches(' ').to_owned()
        } else {
            format!("[^{}]:\n{body}", note.label)
        }
    }
}

/// Writes attributes as `{#ebb .tide lang=en}`, with the space before them.
fn braced(attributes: &Attributes) -> String {
    let mut words: Vec<String> = attributes.id.iter().map(|id| format!("#{id}")).collect();
    words.extend(attributes.classes.iter().map(|class| format!(".{class}")));
    words.extend(attributes.others.iter().map(|(name, value)| match value {
        Some(value) => format!("{name}={value}"),
        None => name.clone(),
    }));
    if words.is_empty() { String::new() } else { format!(" {{{}}}", words.join(" ")) }
}

fn code(language: Option<&str>, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let language: String =
        language.unwrap_or_default().chars().filter(|c| !matches!(c, '`' | '\n' | '\r')).collect();
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = if text.is_empty() { String::new() } else { format!("{text}\n") };
    format!("{fence}{}\n{text}{fence}", language.trim())
}

/// Puts `margin` before every line, `blank` before blank ones.
fn set_in(text: &str, margin: &str, blank: &str) -> String {
    let mut out = String::with_capacity(text.len() + margin.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if line.is_empty() {
            out.push_str(if text.is_empty() { "" } else { blank });
        } else {
            out.push_str(margin);
            out.push_str(line);
        }
    }
    out
}
