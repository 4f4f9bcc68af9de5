//! What the programs that read Markdown call the fields of an article: one column for each of them.

use crate::options::FrontMatter;

/// A field of the metadata, in the order in which it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Subtitle,
    Authors,
    Date,
    Updated,
    Lang,
    Publisher,
    Source,
    Description,
    Tags,
    Rights,
}

/// How one program names the fields.
pub(super) struct Dialect {
    /// Names that differ from [`POSTIL`]'s; `params.author` stands inside `params`.
    names: &'static [(Field, &'static str)],
    /// Where everything goes that the program has no name for; at the top if there is no such place.
    pub(super) others: Option<&'static str>,
    /// The fields that the program itself knows, when it loses all others.
    known: &'static [Field],
    /// A single author is written as one, not as a list.
    pub(super) single_author: bool,
    /// Dates without month or day are errors to the program, so they go elsewhere.
    pub(super) whole_dates: bool,
    /// Tags hold no white space.
    pub(super) joined_tags: bool,
}

const POSTIL: Dialect = Dialect {
    names: &[],
    others: None,
    known: &[],
    single_author: false,
    whole_dates: false,
    joined_tags: false,
};

const HUGO: Dialect = Dialect {
    names: &[(Field::Updated, "lastmod"), (Field::Authors, "author")],
    others: Some("params"),
    known: &[Field::Title, Field::Date, Field::Updated, Field::Description, Field::Tags],
    single_author: true,
    whole_dates: true,
    ..POSTIL
};

const ZOLA: Dialect = Dialect {
    names: &[(Field::Tags, "taxonomies.tags")],
    others: Some("extra"),
    known: &[Field::Title, Field::Date, Field::Updated, Field::Description, Field::Authors, Field::Tags],
    whole_dates: true,
    ..POSTIL
};

const JEKYLL: Dialect = Dialect {
    names: &[(Field::Updated, "last_modified_at"), (Field::Authors, "author")],
    single_author: true,
    whole_dates: true,
    ..POSTIL
};

const ELEVENTY: Dialect =
    Dialect { names: &[(Field::Authors, "author")], single_author: true, whole_dates: true, ..POSTIL };

const PANDOC: Dialect = Dialect {
    names: &[(Field::Authors, "author"), (Field::Description, "abstract"), (Field::Tags, "keywords")],
    ..POSTIL
};

const QUARTO: Dialect = Dialect {
    names: &[(Field::Authors, "author"), (Field::Updated, "date-modified"), (Field::Tags, "categories")],
    ..POSTIL
};

const OBSIDIAN: Dialect = Dialect {
    names: &[(Field::Authors, "author"), (Field::Date, "published")],
    single_author: true,
    joined_tags: true,
    ..POSTIL
};

/// Returns the names of a program; none if there is to be no front matter.
pub(super) fn of(front_matter: FrontMatter) -> Option<&'static Dialect> {
    match front_matter {
        FrontMatter::Postil => Some(&POSTIL),
        FrontMatter::Hugo => Some(&HUGO),
        FrontMatter::Zola => Some(&ZOLA),
        FrontMatter::Jekyll => Some(&JEKYLL),
        FrontMatter::Eleventy => Some(&ELEVENTY),
        FrontMatter::Pandoc => Some(&PANDOC),
        FrontMatter::Quarto => Some(&QUARTO),
        FrontMatter::Obsidian => Some(&OBSIDIAN),
        FrontMatter::None => None,
    }
}

impl Dialect {
    /// Returns the place of a field: the key that holds it, if it is not at the top, and its own.
    pub(super) fn place(&self, field: Field) -> (Option<&'static str>, &'static str) {
        let name =
            self.names.iter().find(|(known, _)| *known == field).map_or(usual(field), |(_, name)| *name);
        match name.split_once('.') {
            Some((holder, name)) => (Some(holder), name),
            None if !self.known.is_empty() && !self.known.contains(&field) => (self.others, name),
            None => (None, name),
        }
    }
}

fn usual(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Subtitle => "subtitle",
        Field::Authors => "authors",
        Field::Date => "date",
        Field::Updated => "updated",
        Field::Lang => "lang",
        Field::Publisher => "publisher",
        Field::Source => "source",
        Field::Description => "description",
        Field::Tags => "tags",
        Field::Rights => "rights",
    }
}
