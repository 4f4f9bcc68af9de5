//! What the user can choose about one conversion. A flag of the command line and its field share a name.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::grammar::Patterns;

/// What the user can choose about one conversion.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// What the input is.
    pub from: From,
    /// Where notes go.
    pub notes: Notes,
    /// What becomes of notes that only hold an address.
    pub links: Links,
    /// Addresses that the text lost, by the words of their links, folded; see [`Options::url`].
    pub urls: BTreeMap<String, Vec<String>>,
    /// Markdown: whose names the fields of the front matter have.
    pub front_matter: FrontMatter,
    /// Overrules the detection of the encoding; a label of the WHATWG Encoding Standard.
    pub encoding: Option<String>,
    /// HTML input: the address that relative ones count from; else the page says it.
    pub base_url: Option<String>,
    /// HTML input: which files stand beside it; pictures among them keep their relative address, unless `base_url` is set.
    pub beside: Beside,
    /// HTML input: keeps navigation, share bars and related links.
    pub whole: bool,
    /// Ways to print notes that are looked for beside ours.
    pub patterns: Patterns,
    /// What is not cleaned up.
    pub keep: Vec<Habit>,
    /// Metadata that overrule what the text says, in the order given: `("title", "The ferry")`.
    pub set: Vec<(String, Value)>,
    /// HTML: only the content of `body`, without page, style or title.
    pub fragment: bool,
    /// HTML: markup of a Markdown text is written as it is and headings keep their level, as the CommonMark
    /// specification has it. Only for texts that are trusted: their scripts would run.
    #[doc(hidden)]
    pub as_is: bool,
    /// What EPUB says when it was last changed, in seconds since 1970; else the article's date says it.
    pub epoch: Option<i64>,
    /// EPUB: the reading system that the notes are made for.
    pub profile: Profile,
    /// EPUB: the content of pictures, by the address that the text gives them. Nothing is fetched.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// EPUB: the picture on the cover; else the title makes one.
    pub cover: Option<Vec<u8>>,
    /// The file's stem: names the output when the article has no title.
    pub stem: Option<String>,
}

impl Options {
    /// Sets what the input is.
    #[must_use]
    pub fn from(mut self, from: From) -> Self {
        self.from = from;
        self
    }

    /// Sets where notes go.
    #[must_use]
    pub fn notes(mut self, notes: Notes) -> Self {
        self.notes = notes;
        self
    }

    /// Chooses the reading system that the notes of an EPUB are made for.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// Sets what becomes of notes that only hold an address.
    #[must_use]
    pub fn links(mut self, links: Links) -> Self {
        self.links = links;
        self
    }

    /// Adds an address that the text may have lost, by the words of its link; several with the same words are used in
    /// the order given.
    #[must_use]
    pub fn url(mut self, words: &str, url: impl Into<String>) -> Self {
        self.urls.entry(folded(words)).or_default().push(url.into());
        self
    }

    /// Sets whose names the fields of the front matter have.
    #[must_use]
    pub fn front_matter(mut self, front_matter: FrontMatter) -> Self {
        self.front_matter = front_matter;
        self
    }

    /// Names the encoding, by a label of the WHATWG Encoding Standard.
    #[must_use]
    pub fn encoding(mut self, label: impl Into<String>) -> Self {
        self.encoding = Some(label.into());
        self
    }

    /// Says where relative addresses of an HTML input count from.
    #[must_use]
    pub fn base_url(mut self, address: impl Into<String>) -> Self {
        self.base_url = Some(address.into());
        self
    }

    /// Says which files stand beside an HTML input, by their relative address.
    #[must_use]
    pub fn beside(mut self, has: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        self.beside = Beside(Some(Arc::new(has)));
        self
    }

    /// Chooses between the whole page of an HTML input and the article on it.
    #[must_use]
    pub fn whole(mut self, whole: bool) -> Self {
        self.whole = whole;
        self
    }

    /// Adds ways to print notes.
    #[must_use]
    pub fn patterns(mut self, patterns: Patterns) -> Self {
        self.patterns = patterns;
        self
    }

    /// Leaves something in the text that would be cleaned up.
    #[must_use]
    pub fn keep(mut self, habit: Habit) -> Self {
        self.keep.push(habit);
        self
    }

    /// Tells whether something is left in the text.
    pub(crate) fn keeps(&self, habit: Habit) -> bool {
        self.keep.iter().any(|&kept| kept == habit || kept == Habit::All)
    }

    /// Adds metadata that overrule what the text says.
    #[must_use]
    pub fn set(mut self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.set.push((field.into(), value.into()));
        self
    }

    /// Chooses between a page and the content of its `body`.
    #[must_use]
    pub fn fragment(mut self, fragment: bool) -> Self {
        self.fragment = fragment;
        self
    }

    /// Names the article for when it has no title.
    #[must_use]
    pub fn stem(mut self, stem: impl Into<String>) -> Self {
        self.stem = Some(stem.into());
        self
    }
}

/// Returns words with one space between them, as a key.
pub(crate) fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells whether there is a file at an address relative to the input.
type Has = dyn Fn(&str) -> bool + Send + Sync;

/// Knows which files stand beside the input; by default there are none.
#[derive(Clone, Default)]
pub struct Beside(Option<Arc<Has>>);

impl Beside {
    /// Tells whether there is a file at a relative address.
    pub(crate) fn has(&self, address: &str) -> bool {
        self.0.as_ref().is_some_and(|has| has(address))
    }
}

impl fmt::Debug for Beside {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Beside").field(&self.0.is_some()).finish()
    }
}

/// What the input is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum From {
    /// Decided by the file's extension, else by looking at the text.
    #[default]
    Auto,
    /// Raw text.
    Text,
    /// Markdown, with raw markers or with `[^1]`.
    Markdown,
    /// A page of HTML, or a part of one.
    Html,
}

/// What is cleaned up in raw text, unless the user keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[non_exhaustive]
pub enum Habit {
    /// Everything that follows.
    All,
    /// Lines that ask readers for something and say nothing: `You may also like...`
    Promo,
    /// Page numbers and running heads.
    PageFurniture,
    /// The title, printed again below itself.
    RepeatedTitle,
    /// Escape sequences and struck-over letters.
    TerminalDecoration,
    /// Line ends inside paragraphs.
    Lines,
    /// Hyphens of words that were broken at line ends.
    Hyphens,
    /// UTF-8 that was misread: `MÃ¼hle`.
    Mojibake,
    /// Letters that a font prints as one: `ﬁ`.
    Ligatures,
    /// Soft hyphens inside lines.
    SoftHyphens,
    /// Control characters that no reader sees.
    ControlCharacters,
}

impl Habit {
    /// Returns the stable name, such as `soft-hyphens`.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Promo => "promo",
            Self::PageFurniture => "page-furniture",
            Self::RepeatedTitle => "repeated-title",
            Self::TerminalDecoration => "terminal-decoration",
            Self::Lines => "lines",
            Self::Hyphens => "hyphens",
            Self::Mojibake => "mojibake",
            Self::Ligatures => "ligatures",
            Self::SoftHyphens => "soft-hyphens",
            Self::ControlCharacters => "control-characters",
        }
    }
}

/// What to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum To {
    /// CommonMark with `[^1]` notes and YAML front matter.
    #[default]
    Markdown,
    /// A page of HTML.
    Html,
    /// EPUB 3.3.
    #[cfg(feature = "epub")]
    Epub,
    /// Clean text.
    Text,
    /// The document as JSON.
    Json,
}

impl To {
    /// Returns what a file's extension asks for.
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            #[cfg(feature = "epub")]
            "epub" => Some(Self::Epub),
            "txt" | "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// Returns the extension of its files, such as `md`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            #[cfg(feature = "epub")]
            Self::Epub => "epub",
            Self::Text => "txt",
            Self::Json => "json",
        }
    }
}

/// Where notes go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Notes {
    /// At the end, linked both ways.
    #[default]
    End,
    /// HTML and EPUB: at the end of the part that refers to them; of each article in a volume.
    Section,
    /// HTML and EPUB: right after the paragraph that refers to them.
    Foot,
    /// Into the sentence that refers to them.
    Inline,
}

/// The reading systems whose needs differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Profile {
    /// Everything that follows EPUB 3.3.
    #[default]
    Generic,
    /// Apple Books: footnotes are pop-ups alone.
    Apple,
    /// Kindle: makes its own cover where none is given.
    Kindle,
    /// Kobo: links say what kind of note they lead to, and short notes say more.
    Kobo,
}

/// What becomes of notes that only hold an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Links {
    /// They stay notes, and the address is live.
    #[default]
    Keep,
    /// A known address becomes a link on its words; where it is lost the words stay plain.
    Inline,
    /// Links on words become notes too, so that paper can show them.
    Notes,
}

/// Whose names the fields of the front matter have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum FrontMatter {
    /// Our own: `authors`, `date`, `updated`, `source` …
    #[default]
    Postil,
    /// What it has no name for stands in `params`.
    Hugo,
    /// Tags in `taxonomies`, what it has no name for in `extra`.
    Zola,
    /// With a layout.
    Jekyll,
    /// Eleventy.
    Eleventy,
    /// `abstract`, `keywords`, an identifier for books.
    Pandoc,
    /// `date-modified`, `categories`.
    Quarto,
    /// `published`, tags without spaces.
    Obsidian,
    /// No front matter; the title stands over the text.
    None,
}
