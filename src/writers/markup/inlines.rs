//! Running text → markup.

use super::blocks::is_comment;
use super::{Medium, PageStart, Press, escape, math, nth_name, url};
use crate::document::{Block, Inline, NoteId};

impl Press<'_> {
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        self.running(content, false);
    }

    fn running(&mut self, content: &[Inline], in_link: bool) {
        let mut after_reference = false;
        for inline in content {
            match inline {
                Inline::Text(text) => escape::push_text(&mut self.out, text),
                Inline::Emphasis(inner) => self.element("em", inner, in_link),
                Inline::Strong(inner) => self.element("strong", inner, in_link),
                Inline::Strikethrough(inner) => self.element("del", inner, in_link),
                Inline::Superscript(inner) => self.element("sup", inner, in_link),
                Inline::Subscript(inner) => self.element("sub", inner, in_link),
                Inline::Code(code) => {
                    self.out.push_str(if self.style.is_rtl { "<code dir=\"ltr\">" } else { "<code>" });
                    escape::push_text(&mut self.out, code);
                    self.out.push_str("</code>");
                }
                Inline::Math { tex, display } => self.formula(tex, *display),
                Inline::Wikilink { page, content } => {
                    let address = self.style.elsewhere.and_then(|book| book.page(page));
                    self.linked(address.as_deref().filter(|_| !in_link), "", content, in_link);
                }
                Inline::Link { url, title, content } => self.link(url, title, content, in_link),
                Inline::Image { url, title, alt } => self.image(url, title, alt, in_link),
                Inline::LineBreak => self.out.push_str("<br />\n"),
                Inline::Reference(note) => self.reference(*note, after_reference),
                Inline::Page(label) => self.page(label),
                Inline::Html(html) if self.style.as_is => self.out.push_str(html),
                Inline::Html(html) if is_comment(html) => {}
                Inline::Html(html) => escape::push_text(&mut self.out, html),
            }
            after_reference = matches!(inline, Inline::Reference(_));
        }
    }

    fn element(&mut self, name: &str, content: &[Inline], in_link: bool) {
        self.out.push_str(&format!("<{name}>"));
        self.running(content, in_link);
        self.out.push_str(&format!("</{name}>"));
    }

    /// Writes a formula as `MathML`, or as LaTeX where it cannot be read.
    fn formula(&mut self, tex: &str, is_display: bool) {
        if let Some(mathml) = math::mathml(tex, is_display, self.style.medium == Medium::Book) {
            self.out.push_str(&mathml);
            return;
        }
        self.out.push_str("<code class=\"math\">");
        escape::push_text(&mut self.out, tex);
        self.out.push_str("</code>");
    }

    /// Writes a link, or its words alone where it would lead nowhere.
    fn link(&mut self, url: &str, title: &str, content: &[Inline], in_link: bool) {
        let address = self.address(url).filter(|_| !in_link);
        self.linked(address.as_deref(), title, content, in_link);
    }

    fn linked(&mut self, address: Option<&str>, title: &str, content: &[Inline], in_link: bool) {
        let Some(address) = address else {
            self.running(content, in_link);
            return;
        };
        self.out.push_str("<a href=\"");
        escape::push_attribute(&mut self.out, address);
        self.titled(title);
        // When a page of a site is printed, addresses stand behind the words of links, and these would have them twice.
        let is_of_a_site = self.style.medium == Medium::Page && self.style.elsewhere.is_some();
        let is_bare = is_of_a_site && is_bare(content, address);
        self.out.push_str(if is_bare { "\" class=\"bare\">" } else { "\">" });
        self.running(content, true);
        self.out.push_str("</a>");
    }

    /// Writes a title behind an attribute that is not closed.
    fn titled(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape::push_attribute(&mut self.out, title);
        }
    }

    /// Returns where a link leads from here.
    fn address(&self, url: &str) -> Option<String> {
        let encoded = url::encode(url);
        if self.style.as_is {
            return Some(encoded);
        }
        if let Some(fragment) = encoded.strip_prefix('#') {
            let heading = self.plan.outline.find(fragment)?;
            return Some(self.href(heading.leaf, &format!("{}{}", self.style.prefix, heading.id)));
        }
        if let Some(place) = self.style.elsewhere.and_then(|book| book.address(url)) {
            return Some(place);
        }
        if self.style.elsewhere.is_some_and(|site| site.is_held_back(url)) {
            return None;
        }
        let is_good = match self.style.medium {
            Medium::Page => !encoded.is_empty() && !url::is_harmful(&encoded),
            Medium::Book => url::leads_out_of_a_book(&encoded),
        };
        is_good.then_some(encoded)
    }

    /// Writes a picture; in a book, where it is not at hand, a link to it.
    fn image(&mut self, url: &str, title: &str, alt: &str, in_link: bool) {
        let Some(encoded) = self.picture(url) else {
            if self.style.medium == Medium::Page {
                escape::push_text(&mut self.out, alt);
            } else {
                let words = if alt.trim().is_empty() { self.style.labels.image } else { alt };
                self.link(url, title, &[Inline::Text(words.to_owned())], in_link);
            }
            return;
        };
        self.out.push_str("<img src=\"");
        escape::push_attribute(&mut self.out, &encoded);
        self.out.push_str("\" alt=\"");
        escape::push_attribute(&mut self.out, alt);
        self.titled(title);
        self.out.push('"');
        if let Some((width, height)) = self.style.elsewhere.and_then(|site| site.picture_size(url)) {
            self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        self.out.push_str(" />");
    }

    /// Returns where the picture of an address is to be had; none if words stand in its place.
    pub(super) fn picture(&self, url: &str) -> Option<String> {
        let encoded = match (self.style.medium, self.style.elsewhere.and_then(|book| book.picture(url))) {
            (_, Some(file)) => file,
            (Medium::Page, None) => url::encode(url),
            (Medium::Book, None) => return None,
        };
        let is_inside = encoded.starts_with("data:image/");
        let is_shown = (!encoded.is_empty() || self.style.as_is) && (!url::is_harmful(&encoded) || is_inside);
        is_shown.then_some(encoded)
    }

    /// Marks where a page of the printed source begins, in a book (EPUB Accessibility 1.1 §3.2).
    fn page(&mut self, label: &str) {
        if self.style.medium == Medium::Page {
            return;
        }
        let count = self.pages_by_label.entry(label.to_owned()).or_default();
        *count += 1;
        let more = if *count == 1 { String::new() } else { format!("--{count}") };
        let id = format!("{}page-{label}{more}", self.style.prefix);
        self.out.push_str(&format!(
            "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"{id}\" aria-label=\"{label}\"></span>"
        ));
        self.pages.push(PageStart { label: label.to_owned(), leaf: self.leaf, id });
    }

    /// Writes the number of a note as a link to it, or the note itself where notes stand in the sentence.
    pub(super) fn reference(&mut self, note: NoteId, after_reference: bool) {
        let document = self.document;
        let Some(placed) = &self.plan.notes[note.index()] else {
            if let [Block::Paragraph(content)] = document.notes[note.index()].blocks.as_slice() {
                self.out.push_str(" <span class=\"note\" role=\"note\">[");
                self.running(content, false);
                self.out.push_str("]</span>");
            }
            return;
        };
        let href = self.href(placed.leaf, &self.note_id(note));
        let nth = self.referred[note.index()];
        self.referred[note.index()] += 1;
        if after_reference {
            // Two numbers side by side would read as one.
            self.out.push('\u{2009}');
        }
        let id = self.reference_id(note, nth);
        let attributes = self.style.notes.reference;
        let number = nth_name(note, 0);
        self.out.push_str(&format!("<sup><a id=\"{id}\" href=\"{href}\"{attributes}>{number}</a></sup>"));
    }
}

/// Tells whether the words of a link are its address.
fn is_bare(content: &[Inline], address: &str) -> bool {
    let bare = |address: &str| {
        let (_, rest) = address.split_once("://").unwrap_or(("", address));
        rest.trim_end_matches('/').to_owned()
    };
    matches!(content, [Inline::Text(words)] if address.contains("://") && bare(words) == bare(address))
}
