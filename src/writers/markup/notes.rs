//! Notes → markup, with the way back to every reference.

use super::blocks::Setting;
use super::{Press, nth_name};
use crate::document::{Block, NoteId};

/// How notes are marked up: what reading systems need differs.
#[derive(Debug)]
pub(crate) struct NoteForm {
    /// Whether a list numbers the notes; else each shows its number itself.
    pub(crate) is_list: bool,
    /// Attributes of the section that holds all notes.
    pub(crate) section: &'static str,
    /// Attributes of one note that something refers to.
    pub(crate) note: &'static str,
    /// Attributes of the link from a reference.
    pub(crate) reference: &'static str,
    /// Attributes of the link back to it.
    pub(crate) backlink: &'static str,
}

/// Pages of the web, after GitHub's markup so that style sheets made for it fit. `li` takes no role beside that of the
/// list's items (ARIA in HTML).
pub(crate) const WEB: NoteForm = NoteForm {
    is_list: true,
    section: r#" class="footnotes" data-footnotes="" role="doc-endnotes""#,
    note: "",
    reference: r#" data-footnote-ref="" role="doc-noteref""#,
    backlink: r#" data-footnote-backref="" role="doc-backlink""#,
};

/// An arrow that stays text: without the selector it turns into a coloured picture on some systems.
const ARROW: &str = "↩\u{FE0E}";

/// Returns the id of the nth list of notes, counted from 1, without the style's prefix.
pub(super) fn list_id(nth: usize) -> String {
    match nth {
        1 => "note-list".to_owned(),
        nth => format!("note-list-{nth}"),
    }
}

impl Press<'_> {
    /// Writes notes under a heading of their own.
    pub(super) fn note_list(&mut self, notes: &[NoteId]) {
        let form = self.style.notes;
        self.lists += 1;
        let id = format!("{}{}", self.style.prefix, list_id(self.lists));
        let label = self.style.labels.notes;
        self.out.push_str(&format!(
            "<section{} aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{label}</h2>\n",
            form.section
        ));
        self.listed(notes);
        self.out.push_str("</section>\n");
    }

    /// Writes notes right after the block that refers to them.
    pub(super) fn footnotes(&mut self, notes: &[NoteId]) {
        self.listed(notes);
    }

    fn listed(&mut self, notes: &[NoteId]) {
        let is_list = self.style.notes.is_list;
        if is_list {
            self.out.push_str("<ol>\n");
        }
        for (at, &note) in notes.iter().enumerate() {
            if is_list {
                let follows = at.checked_sub(1).map_or(0, |before| notes[before].index() + 1) == note.index();
                let value = if follows { String::new() } else { format!(" value=\"{}\"", note.index() + 1) };
                self.out.push_str(&format!("<li id=\"{}\"{value}>", self.note_id(note)));
                self.note(note);
                self.out.push_str("</li>\n");
            } else {
                let is_cited = self.plan.notes[note.index()]
                    .as_ref()
                    .is_some_and(|placed| !placed.references.is_empty());
                let attributes = if is_cited { self.style.notes.note } else { "" };
                self.out
                    .push_str(&format!("<div class=\"note\" id=\"{}\"{attributes}>\n", self.note_id(note)));
                self.note(note);
                self.out.push_str("</div>\n");
            }
        }
        if is_list {
            self.out.push_str("</ol>\n");
        }
    }

    /// Writes what a note says: its number, if no list shows it, its blocks, and the way back.
    fn note(&mut self, note: NoteId) {
        let document = self.document;
        let mut number = match self.style.notes.is_list {
            true => String::new(),
            false => format!("<span class=\"number\">{}.</span> ", note.index() + 1),
        };
        let mut backlinks = self.backlinks(note);
        let blocks = &document.notes[note.index()].blocks;
        for (at, block) in blocks.iter().enumerate() {
            let is_last = at + 1 == blocks.len();
            match block {
                Block::Paragraph(content) => {
                    self.out.push_str("<p>");
                    self.out.push_str(&std::mem::take(&mut number));
                    self.inlines(content);
                    if is_last {
                        self.out.push_str(&std::mem::take(&mut backlinks));
                    }
                    self.out.push_str("</p>\n");
                }
                block => {
                    self.own_paragraph(&std::mem::take(&mut number));
                    self.block(block, Setting { in_note: true });
                }
            }
        }
        self.own_paragraph(&std::mem::take(&mut number));
        self.own_paragraph(&backlinks);
    }

    fn own_paragraph(&mut self, markup: &str) {
        if !markup.is_empty() {
            self.out.push_str(&format!("<p>{}</p>\n", markup.trim()));
        }
    }

    /// Returns a link to each reference of a note.
    fn backlinks(&self, note: NoteId) -> String {
        let Some(placed) = &self.plan.notes[note.index()] else { return String::new() };
        let attributes = self.style.notes.backlink;
        let mut links = String::new();
        for (nth, &leaf) in placed.references.iter().enumerate() {
            let href = self.href(leaf, &self.reference_id(note, nth));
            let label = self.style.labels.back_to(&nth_name(note, nth));
            let count = if nth == 0 { String::new() } else { format!("<sup>{}</sup>", nth + 1) };
            // A no-break space keeps the arrow from a line of its own.
            links.push_str(&format!(
                "\u{A0}<a href=\"{href}\"{attributes} aria-label=\"{label}\">{ARROW}{count}</a>"
            ));
        }
        links
    }
}
