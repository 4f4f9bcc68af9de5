//! Notes → markup, with the way back to every reference.

use super::blocks::Setting;
use super::{Press, nth_name};
use crate::document::{Block, NoteId, plain_text};

/// How notes are marked up: what reading systems need differs.
#[derive(Debug)]
pub(crate) struct NoteForm {
    /// Whether a list numbers the notes; else each shows its number itself.
    pub(crate) is_list: bool,
    /// Attributes of the section that holds all notes.
    pub(crate) section: &'static str,
    /// Attributes of one note that something refers to; the items of a list take none.
    pub(crate) note: &'static str,
    /// The element of a note that stands right after the block that refers to it. Some systems hide an `aside` and show
    /// it as a pop-up alone.
    pub(crate) footnote: &'static str,
    /// Whether the number of a note is the first link back; else an arrow behind the note is.
    pub(crate) number_leads_back: bool,
    /// What has fewer characters, its number included, is no note for the system.
    pub(crate) shortest: usize,
    /// Attributes of the link from a reference.
    pub(crate) reference: &'static str,
    /// Attributes of the link back to it.
    pub(crate) backlink: &'static str,
}

/// Pages of the web, after GitHub's markup so that style sheets made for it fit. `li` takes no role beside that of the
/// list's items (ARIA in HTML).
pub(crate) const WEB: NoteForm = NoteForm {
    is_list: true,
    footnote: "aside",
    number_leads_back: false,
    shortest: 0,
    section: r#" class="footnotes" data-footnotes="" role="doc-endnotes""#,
    note: r#" role="doc-footnote""#,
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
        // Below a part's heading the notes of that part stand one level deeper.
        let level = if self.plan.lists_by_part && self.headings > 0 { 3 } else { 2 };
        // Several lists on one page are told apart by their parts.
        let written = &self.plan.outline.headings[..self.headings];
        let part = written.iter().rev().find(|heading| heading.rank == 1 && heading.leaf == self.leaf);
        let names = match part.filter(|_| self.plan.lists_by_part) {
            Some(part) => format!("{id} {}{}", self.style.prefix, part.id),
            None => id.clone(),
        };
        self.out.push_str(&format!(
            "<section{} aria-labelledby=\"{names}\">\n<h{level} id=\"{id}\">{label}</h{level}>\n",
            form.section
        ));
        if form.is_list {
            self.items(notes);
        } else {
            notes.iter().for_each(|&note| self.block_note(note, "div"));
        }
        self.out.push_str("</section>\n");
    }

    /// Writes notes right after the block that refers to them.
    pub(super) fn footnotes(&mut self, notes: &[NoteId]) {
        let element = self.style.notes.footnote;
        notes.iter().for_each(|&note| self.block_note(note, element));
    }

    fn items(&mut self, notes: &[NoteId]) {
        self.out.push_str("<ol>\n");
        for (at, &note) in notes.iter().enumerate() {
            let follows = at.checked_sub(1).map_or(0, |before| notes[before].index() + 1) == note.index();
            let value = if follows { String::new() } else { format!(" value=\"{}\"", note.index() + 1) };
            self.out.push_str(&format!("<li id=\"{}\"{value}>", self.note_id(note)));
            let backlinks = self.backlinks(note, 0);
            self.note(note, String::new(), backlinks);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
    }

    /// Writes a note as a block of its own, with its number.
    fn block_note(&mut self, note: NoteId, element: &str) {
        let form = self.style.notes;
        let references = self.plan.notes[note.index()].as_ref().map_or(0, |placed| placed.references.len());
        let attributes = if references > 0 { form.note } else { "" };
        self.out.push_str(&format!("<{element} class=\"note\" id=\"{}\"{attributes}>\n", self.note_id(note)));
        let words = self.number(note);
        if form.number_leads_back && references > 0 {
            let first = self.backlink(note, 0, &words);
            let others = self.backlinks(note, 1);
            self.note(note, format!("{first} "), others);
        } else {
            let backlinks = self.backlinks(note, 0);
            self.note(note, format!("<span class=\"number\">{words}</span> "), backlinks);
        }
        self.out.push_str(&format!("</{element}>\n"));
    }

    /// Returns the number that stands before a note, with as many words as the shortest note needs.
    fn number(&self, note: NoteId) -> String {
        let (number, labels) = (note.index() + 1, self.style.labels);
        let length = plain_text(&self.document.notes[note.index()].blocks).trim().chars().count();
        let is_long_enough =
            |words: &String| words.chars().count() + " ".len() + length >= self.style.notes.shortest;
        let (bare, named) = (format!("{number}."), format!("{} {number}.", labels.note));
        let told = format!("{}.", labels.back_to(&number.to_string()));
        [bare, named].into_iter().find(is_long_enough).unwrap_or(told)
    }

    /// Writes what a note says: what stands before its first words, its blocks, and the way back.
    fn note(&mut self, note: NoteId, mut number: String, mut backlinks: String) {
        let document = self.document;
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

    /// Returns a link with an arrow to each reference of a note, from the nth on.
    fn backlinks(&self, note: NoteId, from: usize) -> String {
        let count = self.plan.notes[note.index()].as_ref().map_or(0, |placed| placed.references.len());
        let mut links = String::new();
        for nth in from..count {
            let words = if nth == 0 { ARROW.to_owned() } else { format!("{ARROW}<sup>{}</sup>", nth + 1) };
            // A no-break space keeps the arrow from a line of its own.
            links.push('\u{A0}');
            links.push_str(&self.backlink(note, nth, &words));
        }
        links
    }

    fn backlink(&self, note: NoteId, nth: usize, words: &str) -> String {
        let Some(leaf) = self.plan.notes[note.index()].as_ref().and_then(|placed| placed.references.get(nth))
        else {
            return words.to_owned();
        };
        let href = self.href(*leaf, &self.reference_id(note, nth));
        let attributes = self.style.notes.backlink;
        let label = self.style.labels.back_to(&nth_name(note, nth));
        format!("<a href=\"{href}\"{attributes} aria-label=\"{label}\">{words}</a>")
    }
}
