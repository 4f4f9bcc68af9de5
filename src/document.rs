//! The article as meant: the one model that every writer receives.
//!
//! `build` makes it from a sheet and the findings. Notes stand beside the body and the text refers to them by
//! id, so one note can have many references, and a note can refer to other notes.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use crate::source::Span;

/// One article, as `build` makes it and every writer receives it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Document {
    /// The body, in reading order. The title is not in it.
    pub blocks: Vec<Block>,
    /// Notes, indexed by [`NoteId`], in order of first reference.
    pub notes: Vec<Note>,
    /// Title, authors, dates …, each with where it was found.
    pub metadata: Metadata,
    /// Notes that the title refers to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title_references: Vec<NoteId>,
}

/// The index of a note in [`Document::notes`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct NoteId(pub u32);

impl NoteId {
    /// Returns the position in [`Document::notes`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A paragraph, heading, list …
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// `## The ferry`: a heading of level 1 to 6, where 1 is as high as the article's parts.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its words.
        content: Vec<Inline>,
        /// What the author's markup says of it.
        #[serde(skip_serializing_if = "Attributes::is_empty")]
        attributes: Attributes,
    },
    /// `- ebb`, `1. ebb`: items, each of them blocks.
    List {
        /// The number of the first item; none for bullets.
        start: Option<u64>,
        /// Whether the items stand without blank lines between them.
        tight: bool,
        /// At least one.
        items: Vec<Item>,
    },
    /// Somebody else's words, set apart.
    Quote(Vec<Block>),
    /// `> [!WARNING]`: a remark that is set apart so that nobody misses it.
    Alert {
        /// What kind of remark, in small letters: `note`, `tip`, `important`, `warning`, `caution`, or the author's
        /// own.
        kind: String,
        /// What stands over it instead of the name of its kind; often empty.
        title: Vec<Inline>,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// `Ebb` over `: The falling tide`: terms, and what they mean.
    Definitions(Vec<Definition>),
    /// Text to be shown as typed.
    Code {
        /// Such as `rust`.
        language: Option<String>,
        /// Without a final line end.
        text: String,
    },
    /// Lines that end where the author ended them: a poem, an address.
    Verse(Vec<Vec<Inline>>),
    /// Rows and columns.
    Table {
        /// One for each column.
        alignments: Vec<Alignment>,
        /// The cells of the heading row; empty cells if the table has none.
        head: Vec<Vec<Inline>>,
        /// The cells of the other rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// `* * *` between two scenes.
    Break,
    /// Markup of a Markdown text that is neither ours nor text. Markdown keeps it, other outputs show it as text.
    Html(String),
}

/// What an author's markup says of a block: `{#ebb .tide lang=en}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Attributes {
    /// What links within the article lead to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// For style sheets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// All others, each with its value if it has one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<(String, Option<String>)>,
}

impl Attributes {
    /// Tells whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Terms that mean the same, and what they mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Definition {
    /// At least one.
    pub terms: Vec<Vec<Inline>>,
    /// Each of them blocks.
    pub meanings: Vec<Vec<Block>>,
}

/// One item of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Item {
    /// `[x]` or `[ ]` of a task list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    /// What the item says.
    pub blocks: Vec<Block>,
}

/// How the cells of a column stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// As the reader's program likes.
    #[default]
    Default,
    /// At the left edge.
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
}

/// A stretch of running text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Inline {
    /// Words, as they are to be read; never markup.
    Text(String),
    /// `*slowly*`
    Emphasis(Vec<Inline>),
    /// `**never**`
    Strong(Vec<Inline>),
    /// `~~fast~~`
    Strikethrough(Vec<Inline>),
    /// A raised sign that is no note: the 2 of m².
    Superscript(Vec<Inline>),
    /// A lowered sign: the 2 of H₂O.
    Subscript(Vec<Inline>),
    /// `` `ls` ``
    Code(String),
    /// `$x^2$`: a formula, as LaTeX writes it.
    Math {
        /// Without the dollar signs.
        tex: String,
        /// Whether it stands on a line of its own.
        display: bool,
    },
    /// Words that lead somewhere. Never holds another link or a reference.
    Link {
        /// Where it leads.
        url: String,
        /// Shown on hovering; often empty.
        title: String,
        /// The words; for a bare address the address itself.
        content: Vec<Inline>,
    },
    /// `[[Harbour|the mole]]`: words that lead to another article of the same collection. Outputs that know no
    /// collection show the words.
    Wikilink {
        /// The name of the article.
        page: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// A picture that stands elsewhere.
    Image {
        /// Where it stands.
        url: String,
        /// Shown on hovering; often empty.
        title: String,
        /// What a reader who cannot see it is told.
        alt: String,
    },
    /// A line end that the author wanted.
    LineBreak,
    /// The place that a note belongs to.
    Reference(NoteId),
    /// Where a page of the printed source begins, by its number: books list them, other outputs show nothing.
    Page(String),
    /// Markup of a Markdown text that is neither ours nor text. Markdown keeps it, other outputs show it as text.
    Html(String),
}

impl Inline {
    /// Returns the running text that it marks; none for words, pictures and signs.
    pub fn content(&self) -> &[Inline] {
        match self {
            Self::Emphasis(inner)
            | Self::Strong(inner)
            | Self::Strikethrough(inner)
            | Self::Superscript(inner)
            | Self::Subscript(inner)
            | Self::Link { content: inner, .. }
            | Self::Wikilink { content: inner, .. } => inner,
            _ => &[],
        }
    }

    pub(crate) fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Self::Emphasis(inner)
            | Self::Strong(inner)
            | Self::Strikethrough(inner)
            | Self::Superscript(inner)
            | Self::Subscript(inner)
            | Self::Link { content: inner, .. }
            | Self::Wikilink { content: inner, .. } => Some(inner),
            _ => None,
        }
    }
}

/// A note, with everything it says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Note {
    /// What Markdown writes between `[^` and `]`: `[a-z0-9-]+` unless the input is Markdown and has its own.
    pub label: String,
    /// The sign that the source prints, such as `3`, `*` or `iv`.
    pub printed: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// How sure the link between marker and note is.
    pub certainty: Certainty,
    /// Why the markers and the note were joined, in the words of `docs/conventions.md`.
    pub evidence: Vec<&'static str>,
    /// Where the note stands, in bytes of the decoded source.
    pub span: Span,
}

/// How sure a link between a marker and a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// The evidence adds up, but a reader might check it.
    Likely,
    /// A reader would see it at once.
    Certain,
}

/// What is known about the article. Nothing is guessed: what the article does not say is absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Metadata {
    /// Without a marker, chapter number or the site's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Found<String>>,
    /// The line under the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<Found<String>>,
    /// In the order of the byline.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Found<String>>,
    /// ISO 8601: `2031-03-04`, `2031-03` or `2031`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Found<String>>,
    /// ISO 8601, when it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Found<String>>,
    /// BCP 47, such as `en` or `pt-BR`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<Found<String>>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Found<String>>,
    /// Where it was published: a URL, or the words that say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Found<String>>,
    /// A sentence about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Found<String>>,
    /// Subjects.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Found<String>>,
    /// Licence or copyright line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rights: Option<Found<String>>,
    /// Keys of the input's front matter that have no field here, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra: Vec<(String, Value)>,
}

/// A value and where it was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// The rule that found it, such as `first-line`, `byline`, `front-matter` or `set`.
    pub rule: &'static str,
    /// Where it stands, in bytes of the decoded source; absent if it is not in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Metadata {
    /// Returns the title's words.
    pub fn title(&self) -> Option<&str> {
        self.title.as_ref().map(|found| found.value.as_str())
    }

    /// Returns the BCP 47 tag, `und` when the language is unknown.
    pub fn lang(&self) -> &str {
        self.lang.as_ref().map_or("und", |found| found.value.as_str())
    }

    /// Returns the value of a key of the front matter that has no field here; what Zola and Hugo keep below a key of
    /// their own counts as well.
    #[cfg(feature = "epub")]
    pub(crate) fn own(&self, key: &str) -> Option<&Value> {
        let top = self.extra.iter().find(|(name, _)| name == key).map(|(_, value)| value);
        top.or_else(|| {
            let mut held = self
                .extra
                .iter()
                .filter(|(name, _)| matches!(name.as_str(), "extra" | "params" | "taxonomies"));
            held.find_map(|(_, value)| value.get(key))
        })
    }
}

impl Document {
    /// Returns the document without the beginnings of printed pages, for outputs that cannot list them.
    pub fn without_pages(&self) -> Cow<'_, Self> {
        let mut has_pages = false;
        self.each_inline(&mut |inline| has_pages |= matches!(inline, Inline::Page(_)));
        if !has_pages {
            return Cow::Borrowed(self);
        }
        let mut document = self.clone();
        let notes = document.notes.iter_mut().flat_map(|note| &mut note.blocks);
        document.blocks.iter_mut().chain(notes).for_each(|block| each_content(block, &mut leave_out_pages));
        Cow::Owned(document)
    }

    /// Calls `visit` for every inline of the body and then of the notes, outer ones before inner ones.
    pub fn each_inline<'d>(&'d self, visit: &mut impl FnMut(&'d Inline)) {
        each_inline(&self.blocks, visit);
        for note in &self.notes {
            each_inline(&note.blocks, visit);
        }
    }
}

/// Calls `visit` for every inline below `blocks`, in reading order, outer ones before inner ones.
pub fn each_inline<'d>(blocks: &'d [Block], visit: &mut impl FnMut(&'d Inline)) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => descend(content, visit),
            Block::List { items, .. } => items.iter().for_each(|item| each_inline(&item.blocks, visit)),
            Block::Quote(inner) => each_inline(inner, visit),
            Block::Alert { title, blocks, .. } => {
                descend(title, visit);
                each_inline(blocks, visit);
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    definition.terms.iter().for_each(|term| descend(term, visit));
                    definition.meanings.iter().for_each(|meaning| each_inline(meaning, visit));
                }
            }
            Block::Verse(lines) => lines.iter().for_each(|line| descend(line, visit)),
            Block::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| descend(cell, visit));
            }
            Block::Code { .. } | Block::Break | Block::Html(_) => {}
        }
    }
}

fn descend<'d>(content: &'d [Inline], visit: &mut impl FnMut(&'d Inline)) {
    for inline in content {
        visit(inline);
        descend(inline.content(), visit);
    }
}

/// Calls `change` for each stretch of running text in and below a block, in reading order.
pub(crate) fn each_content(block: &mut Block, change: &mut impl FnMut(&mut Vec<Inline>)) {
    match block {
        Block::Paragraph(content) | Block::Heading { content, .. } => change(content),
        Block::List { items, .. } => {
            items.iter_mut().flat_map(|item| &mut item.blocks).for_each(|block| each_content(block, change));
        }
        Block::Quote(inner) => inner.iter_mut().for_each(|block| each_content(block, change)),
        Block::Alert { title, blocks, .. } => {
            change(title);
            blocks.iter_mut().for_each(|block| each_content(block, change));
        }
        Block::Definitions(definitions) => {
            for definition in definitions {
                definition.terms.iter_mut().for_each(&mut *change);
                let meanings = definition.meanings.iter_mut().flatten();
                meanings.for_each(|block| each_content(block, change));
            }
        }
        Block::Verse(lines) => lines.iter_mut().for_each(change),
        Block::Table { head, rows, .. } => {
            head.iter_mut().chain(rows.iter_mut().flatten()).for_each(change);
        }
        Block::Code { .. } | Block::Break | Block::Html(_) => {}
    }
}

/// Takes the beginnings of pages out of running text; words that one parted are one stretch again.
fn leave_out_pages(content: &mut Vec<Inline>) {
    let mut follows_page = false;
    for mut inline in std::mem::take(content) {
        match (&mut inline, content.last_mut()) {
            (Inline::Page(_), _) => {
                follows_page = true;
                continue;
            }
            (Inline::Text(words), Some(Inline::Text(before))) if follows_page => before.push_str(words),
            _ => {
                inline.content_mut().into_iter().for_each(leave_out_pages);
                content.push(inline);
            }
        }
        follows_page = false;
    }
}

/// Calls `change` for every inline below `blocks`, in reading order, outer ones before inner ones.
pub(crate) fn change_each_inline(blocks: &mut [Block], change: &mut impl FnMut(&mut Inline)) {
    for block in blocks {
        each_content(block, &mut |content| change_below(content, change));
    }
}

fn change_below(content: &mut [Inline], change: &mut impl FnMut(&mut Inline)) {
    for inline in content {
        change(inline);
        inline.content_mut().into_iter().for_each(|content| change_below(content, change));
    }
}

/// Returns the words of `blocks` without any separator, markup, or code fences: what the ledger replays.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Code { text: code, .. } | Block::Html(code) => text.push_str(code),
            Block::List { items, .. } => items.iter().for_each(|item| text += &plain_text(&item.blocks)),
            Block::Quote(inner) => text += &plain_text(inner),
            Block::Alert { title, blocks, .. } => {
                descend(title, &mut |inline| push_words(&mut text, inline));
                text += &plain_text(blocks);
            }
            Block::Definitions(definitions) => {
                for definition in definitions {
                    for term in &definition.terms {
                        descend(term, &mut |inline| push_words(&mut text, inline));
                    }
                    definition.meanings.iter().for_each(|meaning| text += &plain_text(meaning));
                }
            }
            _ => each_inline(std::slice::from_ref(block), &mut |inline| push_words(&mut text, inline)),
        }
    }
    text
}

fn push_words(text: &mut String, inline: &Inline) {
    match inline {
        Inline::Text(words)
        | Inline::Code(words)
        | Inline::Html(words)
        | Inline::Math { tex: words, .. }
        | Inline::Image { alt: words, .. } => text.push_str(words),
        _ => {}
    }
}
