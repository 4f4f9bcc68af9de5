//! Blocks → markup.

use super::{Medium, Press, escape};
use crate::document::{Alignment, Block, Definition, Inline, Item};
use crate::writers::table_width::Width;

/// Where a block stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting {
    /// In a note, where a heading would be one of the article.
    pub(super) in_note: bool,
}

impl Press<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block], setting: Setting) {
        for block in blocks {
            self.block(block, setting);
        }
    }

    /// Writes a block and a line end.
    pub(super) fn block(&mut self, block: &Block, setting: Setting) {
        match block {
            Block::Paragraph(content) => self.paragraph(content),
            Block::Heading { level, content, .. } => self.heading(*level, content, setting),
            Block::List { start, tight, items } => self.list(*start, *tight, items, setting),
            Block::Quote(inner) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(inner, setting);
                self.out.push_str("</blockquote>\n");
            }
            Block::Alert { kind, title, blocks } => self.alert(kind, title, blocks, setting),
            Block::Definitions(definitions) => self.definitions(definitions, setting),
            Block::Code { language, text } => self.code(language.as_deref(), text),
            Block::Verse(lines) => {
                self.out.push_str("<p class=\"verse\">");
                for (at, line) in lines.iter().enumerate() {
                    if at > 0 {
                        self.out.push_str("<br />\n");
                    }
                    self.inlines(line);
                }
                self.out.push_str("</p>\n");
            }
            Block::Table { alignments, head, rows } => self.table(alignments, head, rows),
            Block::Break => self.out.push_str("<hr />\n"),
            Block::Html(html) if self.style.as_is => {
                self.out.push_str(html.trim_end_matches('\n'));
                self.out.push('\n');
            }
            Block::Html(html) if is_comment(html) => {}
            Block::Html(html) => self.code(Some("html"), html.trim_end_matches('\n')),
        }
    }

    fn paragraph(&mut self, content: &[Inline]) {
        // No selector tells a picture alone from one among words.
        let is_picture = !self.style.as_is && self.is_picture(content);
        self.out.push_str(if is_picture { "<p class=\"picture\">" } else { "<p>" });
        match content {
            // Style sheets set Chinese and Japanese in.
            [Inline::Text(words), rest @ ..] if words.starts_with('\u{3000}') => {
                let words = Inline::Text(words.trim_start_matches('\u{3000}').to_owned());
                self.inlines(&[&[words], rest].concat());
            }
            content => self.inlines(content),
        }
        self.out.push_str("</p>\n");
    }

    /// Tells whether there is nothing but one picture.
    fn is_picture(&self, content: &[Inline]) -> bool {
        let mut shown = content.iter().filter(|inline| !matches!(inline, Inline::Page(_)));
        match (shown.next(), shown.next()) {
            (Some(Inline::Link { content, .. }), None) => self.is_picture(content),
            (Some(Inline::Image { url, .. }), None) => self.picture(url).is_some(),
            _ => false,
        }
    }

    fn heading(&mut self, level: u8, content: &[Inline], setting: Setting) {
        if self.style.as_is {
            self.out.push_str(&format!("<h{level}>"));
            self.inlines(content);
            self.out.push_str(&format!("</h{level}>\n"));
        } else if setting.in_note {
            self.out.push_str("<p><strong>");
            self.inlines(content);
            self.out.push_str("</strong></p>\n");
        } else {
            let heading = &self.plan.outline.headings[self.headings];
            self.headings += 1;
            // The title alone is an `h1`.
            let level = (heading.rank + 1).min(6);
            self.out.push_str(&format!("<h{level} id=\"{}{}\">", self.style.prefix, heading.id));
            self.inlines(content);
            self.out.push_str(&format!("</h{level}>\n"));
        }
    }

    fn list(&mut self, start: Option<u64>, is_tight: bool, items: &[Item], setting: Setting) {
        match start {
            None => self.out.push_str("<ul>\n"),
            Some(1) => self.out.push_str("<ol>\n"),
            Some(start) => self.out.push_str(&format!("<ol start=\"{start}\">\n")),
        }
        for item in items {
            self.out.push_str(if item.done.is_some() { "<li class=\"task\">" } else { "<li>" });
            let box_sign = match item.done {
                Some(true) => "☑ ",
                Some(false) => "☐ ",
                None => "",
            };
            self.out.push_str(box_sign);
            for (at, block) in item.blocks.iter().enumerate() {
                match block {
                    Block::Paragraph(content) if is_tight => {
                        if at > 0 && !self.out.ends_with('\n') {
                            self.out.push('\n');
                        }
                        self.inlines(content);
                    }
                    block => {
                        if !self.out.ends_with('\n') {
                            self.out.push('\n');
                        }
                        self.block(block, setting);
                    }
                }
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str(if start.is_some() { "</ol>\n" } else { "</ul>\n" });
    }

    fn alert(&mut self, kind: &str, title: &[Inline], blocks: &[Block], setting: Setting) {
        self.out.push_str("<aside class=\"alert\" role=\"note\">\n<p class=\"alert-title\"><strong>");
        if title.is_empty() {
            escape::push_text(&mut self.out, self.style.labels.alert(kind));
        } else {
            self.inlines(title);
        }
        self.out.push_str("</strong></p>\n");
        self.blocks(blocks, setting);
        self.out.push_str("</aside>\n");
    }

    fn definitions(&mut self, definitions: &[Definition], setting: Setting) {
        self.out.push_str("<dl>\n");
        for Definition { terms, meanings } in definitions {
            for term in terms {
                self.out.push_str("<dt>");
                self.inlines(term);
                self.out.push_str("</dt>\n");
            }
            for meaning in meanings {
                self.out.push_str("<dd>");
                match meaning.as_slice() {
                    [Block::Paragraph(content)] => self.inlines(content),
                    blocks => {
                        self.out.push('\n');
                        self.blocks(blocks, setting);
                    }
                }
                self.out.push_str("</dd>\n");
            }
        }
        self.out.push_str("</dl>\n");
    }

    fn code(&mut self, language: Option<&str>, text: &str) {
        self.out.push_str(if self.style.is_rtl { "<pre dir=\"ltr\"><code" } else { "<pre><code" });
        let language = language.and_then(|language| language.split_whitespace().next());
        if let Some(language) = language {
            self.out.push_str(" class=\"language-");
            escape::push_attribute(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
        escape::push_text(&mut self.out, text);
        if !text.is_empty() && !text.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str("</code></pre>\n");
    }

    fn table(&mut self, alignments: &[Alignment], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        let width = Width::of(alignments, head, rows);
        if width.columns == 0 {
            return;
        }
        // On a narrow screen the table moves sideways in its frame, by keyboard too (WCAG 2.2, 2.1.1).
        let has_frame = self.style.medium == Medium::Page && !self.style.as_is;
        if has_frame {
            // Regions need names of their own.
            self.tables += 1;
            let label = self.style.labels.table;
            let number = if self.tables > 1 { format!(" {}", self.tables) } else { String::new() };
            self.out.push_str(&format!(
                "<div class=\"table\" role=\"region\" aria-label=\"{label}{number}\" tabindex=\"0\">\n"
            ));
        }
        self.out.push_str("<table>\n");
        if head.iter().any(|cell| !cell.is_empty()) {
            self.out.push_str("<thead>\n");
            self.row(width.columns, alignments, head, "th");
            self.out.push_str("</thead>\n");
        }
        if !rows.is_empty() {
            self.out.push_str("<tbody>\n");
            for row in rows {
                self.row(width.of_row(row), alignments, row, "td");
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n");
        if has_frame {
            self.out.push_str("</div>\n");
        }
    }

    fn row(&mut self, columns: usize, alignments: &[Alignment], cells: &[Vec<Inline>], element: &str) {
        self.out.push_str("<tr>\n");
        for column in 0..columns {
            let content: &[Inline] = cells.get(column).map_or(&[], Vec::as_slice);
            // A heading without words would head its column with nothing.
            let element = if content.is_empty() { "td" } else { element };
            self.out.push('<');
            self.out.push_str(element);
            if element == "th" && !self.style.as_is {
                self.out.push_str(" scope=\"col\"");
            }
            self.out.push_str(match alignments.get(column).copied().unwrap_or_default() {
                Alignment::Default => "",
                Alignment::Left => " style=\"text-align: left\"",
                Alignment::Center => " style=\"text-align: center\"",
                Alignment::Right => " style=\"text-align: right\"",
            });
            self.out.push('>');
            self.inlines(content);
            self.out.push_str(&format!("</{element}>\n"));
        }
        self.out.push_str("</tr>\n");
    }
}

/// Tells whether markup is only for those who edit the text.
pub(super) fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.find("-->").is_some_and(|end| end + 3 == html.len())
}
