//! Document → HTML that is also well-formed XML: what pages and e-books share.
//!
//! A [`Plan`] decides which leaf (a page, or a document of a book) holds what, and numbers everything that can be
//! linked to; a [`Press`] writes leaf after leaf. Every id is ours: ASCII, used once, and with a hyphen in it, so that no
//! script can take it for a property of the page.

mod blocks;
mod escape;
mod host;
mod imprint;
mod inlines;
mod math;
mod mathml3;
#[cfg(feature = "epub")]
pub(crate) mod names;
mod notes;
mod outline;
mod plan;
mod url;

#[cfg(feature = "epub")]
pub(crate) use self::escape::escaped;
pub(crate) use self::escape::{is_plain, push_text};
#[cfg(feature = "epub")]
pub(crate) use self::imprint::Author;
pub(crate) use self::imprint::Imprint;
#[cfg(feature = "site")]
pub(crate) use self::imprint::direction;
pub(crate) use self::notes::{NoteForm, WEB};
pub(crate) use self::outline::Outline;
#[cfg(any(feature = "cli", feature = "epub"))]
pub(crate) use self::outline::decoded;
#[cfg(feature = "epub")]
pub(crate) use self::outline::{Heading, push_words};
pub(crate) use self::plan::{Plan, Setting};
#[cfg(feature = "site")]
pub(crate) use self::url::is_harmful;
#[cfg(feature = "epub")]
pub(crate) use self::url::{encode, leads_out_of_a_book};

use std::collections::BTreeMap;

use self::plan::Part;
use crate::document::{Document, NoteId};
use crate::writers::labels::Labels;

/// How markup is to be written.
#[derive(Clone, Copy)]
pub(crate) struct Style<'s> {
    pub(crate) medium: Medium,
    pub(crate) labels: &'static Labels,
    pub(crate) notes: &'static NoteForm,
    /// Whether the article runs from right to left; code does not.
    pub(crate) is_rtl: bool,
    /// Put before every id, so that articles can share a page or a book.
    pub(crate) prefix: &'s str,
    /// What else is in the book.
    pub(crate) elsewhere: Option<&'s dyn Elsewhere>,
    /// Markup of the input is written as it is and headings keep their level. For inputs that are trusted.
    pub(crate) as_is: bool,
}

/// What a book holds beside the article.
pub(crate) trait Elsewhere {
    /// Returns where in the book an address leads; none if it leads out of it.
    fn address(&self, url: &str) -> Option<String>;

    /// Returns where the article of a name stands.
    fn page(&self, name: &str) -> Option<String>;

    /// Returns the file of the picture that the article calls by an address.
    fn picture(&self, url: &str) -> Option<String>;

    /// Tells whether an address without a place leads to what is not to be read yet; then its words stand alone.
    fn is_held_back(&self, _url: &str) -> bool {
        false
    }

    /// Returns the width and height of that picture in pixels, where they are to be told.
    fn picture_size(&self, _url: &str) -> Option<(u32, u32)> {
        None
    }
}

/// What the markup is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Medium {
    /// A page of the web: links to anywhere.
    Page,
    /// A document in a book: nothing outside the book is near.
    Book,
}

/// Where a page of the printed source begins.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "epub"), allow(dead_code))] // books alone list pages
pub(crate) struct PageStart {
    /// Its number: letters and digits.
    pub(crate) label: String,
    pub(crate) leaf: usize,
    /// With the style's prefix.
    pub(crate) id: String,
}

/// Writes the leaves of one document, in their order.
pub(crate) struct Press<'d> {
    document: &'d Document,
    plan: &'d Plan,
    style: Style<'d>,
    /// The leaf being written.
    leaf: usize,
    /// How many references to each note are written.
    referred: Vec<usize>,
    /// How many headings of the body are written.
    headings: usize,
    /// How many lists of notes are written.
    lists: usize,
    /// How many tables are written.
    tables: usize,
    /// The beginnings of printed pages that are written.
    pages: Vec<PageStart>,
    /// How many of them have each number.
    pages_by_label: BTreeMap<String, usize>,
    out: String,
}

impl<'d> Press<'d> {
    pub(crate) fn new(document: &'d Document, plan: &'d Plan, style: Style<'d>) -> Self {
        Self {
            document,
            plan,
            style,
            leaf: 0,
            referred: vec![0; document.notes.len()],
            headings: 0,
            lists: 0,
            tables: 0,
            pages: Vec::new(),
            pages_by_label: BTreeMap::new(),
            out: String::new(),
        }
    }

    /// Returns the words of the title with the references in it.
    pub(crate) fn title(&mut self) -> String {
        let document = self.document;
        escape::push_text(&mut self.out, document.metadata.title().unwrap_or_default());
        for &note in &document.title_references {
            self.reference(note, false);
        }
        std::mem::take(&mut self.out)
    }

    /// Returns the content of the next leaf, without the title.
    pub(crate) fn next_leaf(&mut self) -> String {
        let (document, plan) = (self.document, self.plan);
        for part in &plan.leaves[self.leaf].parts {
            match part {
                Part::Title => {}
                Part::Block(at) => self.block(&document.blocks[*at], blocks::Setting::default()),
                Part::Notes(notes) => self.note_list(notes),
                Part::Footnotes(notes) => self.footnotes(notes),
            }
        }
        self.leaf += 1;
        std::mem::take(&mut self.out)
    }

    /// Returns the beginnings of printed pages on the leaves that are written, in their order.
    #[cfg(feature = "epub")]
    pub(crate) fn pages(&self) -> &[PageStart] {
        &self.pages
    }

    /// Returns the address of an id on a leaf, from the leaf being written.
    fn href(&self, leaf: usize, id: &str) -> String {
        let file = if leaf == self.leaf { "" } else { &self.plan.leaves[leaf].name };
        format!("{file}#{id}")
    }

    fn note_id(&self, note: NoteId) -> String {
        format!("{}note-{}", self.style.prefix, note.index() + 1)
    }

    /// Returns the id of a note's reference; `nth` counts from 0.
    fn reference_id(&self, note: NoteId, nth: usize) -> String {
        format!("{}ref-{}", self.style.prefix, nth_name(note, nth))
    }
}

/// Returns the name of a note's reference: `3`, and from the second on `3-2`.
fn nth_name(note: NoteId, nth: usize) -> String {
    match nth {
        0 => format!("{}", note.index() + 1),
        nth => format!("{}-{}", note.index() + 1, nth + 1),
    }
}

#[cfg(test)]
mod tests {
    use crate::options::{From, Notes, Options, To};

    fn fragment(markdown: &str, options: Options) -> String {
        let options = options.from(From::Markdown).fragment(true);
        let done = crate::convert::convert(markdown.as_bytes(), To::Html, &options).expect("text");
        String::from_utf8(done.output).expect("UTF-8").trim_end().to_owned()
    }

    #[test]
    fn blocks_and_inlines_become_markup() {
        for (markdown, expected) in [
            ("a & b <3", "<p>a &amp; b &lt;3</p>"),
            (
                "*a* **b** ~~c~~ `<d>`",
                "<p><em>a</em> <strong>b</strong> <del>c</del> <code>&lt;d&gt;</code></p>",
            ),
            ("## Ebb\n\n#### Flow", "<h2 id=\"part-ebb\">Ebb</h2>\n<h3 id=\"part-flow\">Flow</h3>"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
            ("3. a\n\n4. b", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>"),
            ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
            ("```rs\na<b\n```", "<pre><code class=\"language-rs\">a&lt;b\n</code></pre>"),
            ("* * *", "<hr />"),
            ("![a](b.png \"c\")", "<p class=\"picture\"><img src=\"b.png\" alt=\"a\" title=\"c\" /></p>"),
            ("a ![b](c.png)", "<p>a <img src=\"c.png\" alt=\"b\" /></p>"),
            ("\u{3000}霧の*深い*朝", "<p>霧の<em>深い</em>朝</p>"),
            ("", ""),
        ] {
            assert_eq!(fragment(markdown, Options::default()), expected, "{markdown:?}");
        }
    }

    #[test]
    fn links_lead_somewhere_or_are_words() {
        for (markdown, expected) in [
            (
                "[a](https://harbour.example/b?c&d)",
                "<p><a href=\"https://harbour.example/b?c&amp;d\">a</a></p>",
            ),
            ("[a](b.html)", "<p><a href=\"b.html\">a</a></p>"),
            ("[a](#ebb)\n\n# Ebb", "<p><a href=\"#part-ebb\">a</a></p>\n<h2 id=\"part-ebb\">Ebb</h2>"),
            ("[a](#nowhere)", "<p>a</p>"),
            ("[a](javascript:b)", "<p>a</p>"),
            ("![a](javascript:b)", "<p>a</p>"),
            ("[a]()", "<p>a</p>"),
        ] {
            assert_eq!(fragment(markdown, Options::default()), expected, "{markdown:?}");
        }
    }

    #[test]
    fn markup_of_the_input_is_text_unless_it_is_trusted() {
        let trusted = || {
            let mut options = Options::default();
            options.as_is = true;
            options
        };
        for (markdown, as_text, as_is) in [
            ("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>", "<p>a <b>c</b></p>"),
            ("a <!-- b --> c", "<p>a  c</p>", "<p>a <!-- b --> c</p>"),
            ("<!-- b -->", "", "<!-- b -->"),
            (
                "<p>\na\n</p>",
                "<pre><code class=\"language-html\">&lt;p&gt;\na\n&lt;/p&gt;\n</code></pre>",
                "<p>\na\n</p>",
            ),
        ] {
            assert_eq!(fragment(markdown, Options::default()), as_text, "{markdown:?}");
            assert_eq!(fragment(markdown, trusted()), as_is, "{markdown:?}");
        }
        assert_eq!(fragment("### Ebb", trusted()), "<h3>Ebb</h3>");
    }

    #[test]
    fn notes_lead_back_to_every_reference() {
        let markdown = "a[^x] b[^y][^x]\n\n[^x]: One.\n\n[^y]: Two.";
        let reference = |id: &str, number: u8| {
            format!(
                "<sup><a id=\"ref-{id}\" href=\"#note-{number}\" data-footnote-ref=\"\" role=\"doc-noteref\">{number}</a></sup>"
            )
        };
        let back = |id: &str, arrow: &str| {
            format!(
                "<a href=\"#ref-{id}\" data-footnote-backref=\"\" role=\"doc-backlink\" aria-label=\"Back to reference {id}\">↩\u{FE0E}{arrow}</a>"
            )
        };
        let expected = format!(
            "<p>a{} b{}\u{2009}{}</p>\n\
            <section class=\"footnotes\" data-footnotes=\"\" role=\"doc-endnotes\" aria-labelledby=\"note-list\">\n\
            <h2 id=\"note-list\">Notes</h2>\n<ol>\n\
            <li id=\"note-1\"><p>One.\u{A0}{}\u{A0}{}</p>\n</li>\n\
            <li id=\"note-2\"><p>Two.\u{A0}{}</p>\n</li>\n</ol>\n</section>",
            reference("1", 1),
            reference("2", 2),
            reference("1-2", 1),
            back("1", ""),
            back("1-2", "<sup>2</sup>"),
            back("2", ""),
        );
        assert_eq!(fragment(markdown, Options::default()), expected);
        let inline = fragment("a[^x]\n\n[^x]: One.", Options::default().notes(Notes::Inline));
        assert_eq!(inline, "<p>a <span class=\"note\" role=\"note\">[One.]</span></p>");
    }

    #[test]
    fn a_note_that_ends_in_no_paragraph_has_its_way_back_below() {
        let options = Options::default().from(From::Markdown).fragment(true);
        let mut document = crate::convert::read(b"a[^x]\n\n[^x]: One.", &options).expect("text").document;
        let words = std::mem::take(&mut document.notes[0].blocks);
        document.notes[0].blocks = vec![crate::document::Block::Quote(words)];
        let written = crate::convert::write(&document, To::Html, &options).expect("a fragment");
        let written = String::from_utf8(written).expect("UTF-8");
        let note = "<li id=\"note-1\"><blockquote>\n<p>One.</p>\n</blockquote>\n<p><a href=\"#ref-1\"";
        assert!(written.contains(note), "{written}");
    }
}
