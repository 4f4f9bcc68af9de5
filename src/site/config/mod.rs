//! `postil.yaml`: what a site says of itself, and how it is laid out. Everything has a default.

mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use self::values::{any_fields, count, fields, flag, list, some_of, text, wrong};
use super::{urls, words};
use crate::error::Error;
use crate::grammar::Patterns;
use crate::writers::markup::{encode, is_harmful};
use crate::yaml::{Field, Flags, Kind, Node, read_node};

/// The file's name.
pub(super) const NAME: &str = Patterns::FILE;

/// The keys of the file.
const KEYS: &[&str] = &[
    "title",
    "description",
    "base_url",
    "author",
    "language",
    "rights",
    "theme",
    "options",
    "taxonomies",
    "menu",
    "paginate",
    "feeds",
    "books",
    "search",
    "words",
    "patterns",
];

/// Where the site has lists and files of its own.
const TAKEN: &[&str] = &["archive", "search", "series", "opds", "page", "theme"];

/// What a site says of itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Config {
    /// Else the folder's name.
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// Where the site will stand, such as `https://harbour.example/`. Feeds and catalogues need it.
    pub(super) base_url: Option<String>,
    /// Who made the site.
    pub(super) author: Option<String>,
    /// BCP 47; else the language of most articles.
    pub(super) language: Option<String>,
    /// Licence or copyright line of the site.
    pub(super) rights: Option<String>,
    pub(super) theme: String,
    /// Options of the theme, as its `theme.yaml` names them.
    pub(super) options: Map<String, Value>,
    /// The keys of the front matter that articles are grouped by.
    pub(super) taxonomies: Vec<String>,
    /// The links at the top; else the sections, the groups and the archive.
    pub(super) menu: Vec<Entry>,
    /// So many articles stand on a page of a list.
    pub(super) paginate: usize,
    pub(super) feeds: Feeds,
    /// What e-books are made of.
    pub(super) books: Vec<BookOf>,
    pub(super) search: bool,
    /// Words of the theme that are to be others, by their names in English.
    pub(super) words: Map<String, Value>,
    /// Ways to print notes that are looked for beside ours, as they are written.
    pub(super) patterns: Map<String, Value>,
    /// On which line the theme stands, and each of its options; the rest is checked when it is read.
    lines: BTreeMap<String, usize>,
}

/// One link of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    /// As it is written.
    pub(super) url: String,
    /// The address within the site; none if it leads elsewhere.
    pub(super) within: Option<String>,
    /// Of the address, counted from 1.
    pub(super) line: usize,
}

/// Which feeds there are, and what is in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Feeds {
    pub(super) formats: Vec<Format>,
    /// The newest so many articles.
    pub(super) limit: usize,
    /// Whole articles; else their summaries.
    pub(super) full: bool,
}

/// A form of feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Atom,
    Rss,
    Json,
}

/// What an e-book is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BookOf {
    Articles,
    Series,
    Tags,
}

const FORMATS: &[(&str, Format)] = &[("atom", Format::Atom), ("rss", Format::Rss), ("json", Format::Json)];

const BOOKS: &[(&str, BookOf)] =
    &[("articles", BookOf::Articles), ("series", BookOf::Series), ("tags", BookOf::Tags)];

impl Default for Config {
    fn default() -> Self {
        Self {
            title: None,
            description: None,
            base_url: None,
            author: None,
            language: None,
            rights: None,
            theme: "quiet".to_owned(),
            options: Map::new(),
            taxonomies: vec!["tags".to_owned(), "authors".to_owned()],
            menu: Vec::new(),
            paginate: 20,
            feeds: Feeds::default(),
            books: BOOKS.iter().map(|&(_, of)| of).collect(),
            search: true,
            words: Map::new(),
            patterns: Map::new(),
            lines: BTreeMap::new(),
        }
    }
}

impl Default for Feeds {
    fn default() -> Self {
        Self { formats: FORMATS.iter().map(|&(_, format)| format).collect(), limit: 20, full: true }
    }
}

impl Config {
    /// Reads the configuration of a folder; without the file everything is as usual.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with the line of what is wrong, and what to write instead.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(NAME);
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        Self::parse(&text).map_err(|reason| Error::Config { path, reason })
    }

    /// Puts an address from the command line over the one in the file.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] for what is no full address.
    pub(super) fn overrule(&mut self, base_url: Option<&str>) -> Result<(), Error> {
        if let Some(base) = base_url {
            let wrong = || Error::Config {
                path: "--base-url".into(),
                reason: format!("{base:?} is no full address; write one such as https://harbour.example/"),
            };
            self.base_url = Some(address(base).ok_or_else(wrong)?);
        }
        Ok(())
    }

    /// Tells what is wrong with the theme or with one of its options.
    pub(super) fn wrong(&self, folder: &Path, key: &str, reason: &str) -> Error {
        let line = self.lines.get(key).map_or_else(String::new, |line| format!("line {line}: "));
        Error::Config { path: folder.join(NAME), reason: format!("{line}{reason}") }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut config = Self::default();
        let node = read_node(text, Flags::ManyWords)?;
        for field in fields(&node, "the file", "keys and values, such as `title: The river`", KEYS)? {
            config.put(field)?;
        }
        Ok(config)
    }

    fn put(&mut self, field: &Field<'_>) -> Result<(), String> {
        let (key, node) = (field.key.as_str(), &field.value);
        match key {
            "title" => self.title = Some(text(key, node)?),
            "description" => self.description = Some(text(key, node)?),
            "author" => self.author = Some(text(key, node)?),
            "language" => self.language = Some(text(key, node)?),
            "rights" => self.rights = Some(text(key, node)?),
            "base_url" => {
                let base = node.text().and_then(address);
                let expected = "a full address such as https://harbour.example/";
                self.base_url = Some(base.ok_or_else(|| wrong(key, node, expected))?);
            }
            "theme" => {
                self.theme = text(key, node)?;
                self.lines.insert(key.to_owned(), node.line);
            }
            "options" => {
                for field in any_fields(node, key, "the options of the theme, such as {measure: wide}")? {
                    self.options.insert(field.key.clone(), field.value.clone().into());
                    self.lines.insert(format!("options.{}", field.key), field.line);
                }
            }
            "taxonomies" => self.taxonomies = taxonomies(key, node)?,
            "menu" => {
                let expected = "a list of links, such as [{name: Archive, url: /archive/}]";
                let entries = list(key, node, expected)?;
                self.menu = entries.iter().map(entry).collect::<Result<_, _>>()?;
            }
            "paginate" => {
                self.paginate = count(key, node, "how many articles stand on a page, such as 20")?;
            }
            "feeds" => {
                let keys = &["formats", "limit", "full"];
                for field in
                    fields(node, key, "what they are to be, such as {formats: [atom], limit: 10}", keys)?
                {
                    let name = format!("feeds.{}", field.key);
                    match field.key.as_str() {
                        "formats" => self.feeds.formats = some_of(&name, &field.value, FORMATS)?,
                        "limit" => {
                            let expected = "how many articles a feed has, such as 20";
                            self.feeds.limit = count(&name, &field.value, expected)?;
                        }
                        _ => self.feeds.full = flag(&name, &field.value)?,
                    }
                }
            }
            "books" => self.books = some_of(key, node, BOOKS)?,
            "search" => self.search = flag(key, node)?,
            "words" => {
                let known = words::names();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                for field in fields(node, key, "words by their names, such as {search: Find}", &known)? {
                    let word = text(&format!("words.{}", field.key), &field.value)?;
                    self.words.insert(field.key.clone(), word.into());
                }
            }
            _ => {
                let patterns = any_fields(node, key, "`markers` and `lists`")?;
                let patterns = patterns.iter().map(|field| (field.key.clone(), field.value.clone().into()));
                self.patterns = patterns.collect();
            }
        }
        Ok(())
    }
}

/// Reads the keys of the front matter that articles are grouped by: each gets a folder of its own.
fn taxonomies(key: &str, node: &Node<'_>) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut folders = BTreeSet::new();
    for value in list(key, node, "a list of keys of the front matter, such as [tags, authors]")? {
        let name = text("an entry of taxonomies", value)?;
        let folder = urls::slug(&name);
        let reason = if name.is_empty() || name.contains(['/', '\\']) || matches!(&*name, "." | "..") {
            "which is no single word of an address"
        } else if TAKEN.contains(&&*folder) {
            "which the site uses itself"
        } else if !folders.insert(folder) {
            "twice"
        } else {
            names.push(name);
            continue;
        };
        return Err(format!(
            "line {}: {key} has `{name}`, {reason}; leave it out, or name another key",
            value.line
        ));
    }
    Ok(names)
}

/// Reads a link of the menu.
fn entry(node: &Node<'_>) -> Result<Entry, String> {
    let expected = "a link such as {name: Archive, url: /archive/}";
    let found = fields(node, "an entry of menu", expected, &["name", "url"])?;
    let value = |key: &str| found.iter().find(|field| field.key == key).map(|field| &field.value);
    let (Some(name), Some(url)) = (value("name"), value("url")) else {
        return Err(match &node.kind {
            Kind::Fields(_) => {
                format!("line {}: an entry of menu needs `name` and `url`; write {expected}", node.line)
            }
            _ => wrong("an entry of menu", node, expected),
        });
    };
    let (name, written) = (text("menu.name", name)?, text("menu.url", url)?);
    let is_plain = !written.is_empty() && !written.contains(|c: char| c.is_control());
    let within = if urls::is_within(&written) {
        urls::of_menu(&written).map(Some)
    } else {
        (is_plain && !is_harmful(&encode(&written))).then_some(None)
    };
    let expected =
        "a path within the site, such as /archive/, or a full address such as https://harbour.example/";
    let within = within.ok_or_else(|| wrong("menu.url", url, expected))?;
    Ok(Entry { name, url: written, within, line: url.line })
}

/// Returns where a site stands, with a slash at the end; none if it is no full address.
fn address(written: &str) -> Option<String> {
    let is_full = written.starts_with("https://") || written.starts_with("http://");
    let is_plain = !written.contains(['?', '#', '"', '<', '>']) && !written.contains(char::is_whitespace);
    (is_full && is_plain).then(|| format!("{}/", written.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, expected) in [
            ("title: The river\ntitel: x", "line 2: unknown key `titel`; did you mean `title`?"),
            ("baseurl: x", "line 1: unknown key `baseurl`; did you mean `base_url`?"),
            ("- title", "line 1: the file is a list; write keys and values"),
            ("title: [a]", "line 1: title is a list; write text"),
            ("title: a\ntitle: b", "line 2: `title` is there twice"),
            ("feeds:\n  full: no\n  full: yes", "line 3: `full` is there twice"),
            ("\nbase_url: harbour.example", "line 2: base_url is `harbour.example`; write a full address"),
            ("paginate: 0", "line 1: paginate is `0`; write how many articles"),
            ("paginate: many", "line 1: paginate is `many`; write how many articles"),
            ("feeds: true", "line 1: feeds is `true`; write what they are to be"),
            ("feeds: {format: [atom]}", "line 1: unknown key `format` of feeds; did you mean `formats`?"),
            ("feeds:\n  limit: 0", "line 2: feeds.limit is `0`; write how many"),
            ("feeds: {formats: [atmo]}", "line 1: feeds.formats has `atmo`; did you mean `atom`?"),
            ("feeds: {formats: atom}", "line 1: feeds.formats is `atom`; write a list of atom, rss, json"),
            ("feeds: {full: some}", "line 1: feeds.full is `some`; write true or false"),
            ("books: [volumes]", "line 1: books has `volumes`; known are articles, series, tags"),
            ("search: perhaps", "line 1: search is `perhaps`; write true or false"),
            ("menu: [a]", "line 1: an entry of menu is `a`; write a link such as"),
            ("menu: a", "line 1: menu is `a`; write a list of links"),
            ("menu:\n  - name: A", "line 2: an entry of menu needs `name` and `url`"),
            ("menu:\n  - {name: A, link: /a/}", "line 2: unknown key `link` of an entry of menu"),
            ("menu: [{name: A, url: \"javascript:a\"}]", "line 1: menu.url is `javascript:a`; write a path"),
            ("menu:\n  - name: A\n    url: ../a", "line 3: menu.url is `../a`; write a path within the site"),
            ("taxonomies: [tags, ~]", "line 1: an entry of taxonomies is empty; write text"),
            ("taxonomies: tags", "line 1: taxonomies is `tags`; write a list"),
            ("taxonomies: [tags, search]", "line 1: taxonomies has `search`, which the site uses itself"),
            ("taxonomies:\n  - tags\n  - Series", "line 3: taxonomies has `Series`, which the site uses"),
            ("taxonomies: [a/b]", "line 1: taxonomies has `a/b`, which is no single word"),
            ("taxonomies: [tags, Tags]", "line 1: taxonomies has `Tags`, twice"),
            ("words: {serch: Find}", "line 1: unknown key `serch` of words; did you mean `search`?"),
            ("words:\n  search: [Find]", "line 2: words.search is a list; write text"),
            ("options: wide", "line 1: options is `wide`; write the options of the theme"),
            ("title: [a", "line 1"),
        ] {
            let error = Config::parse(text).expect_err(text);
            assert!(error.starts_with(expected), "{text:?}: {error}");
        }
    }

    #[test]
    fn what_can_be_read_as_text_is_text() {
        for (written, expected) in
            [("5", "5"), ("1984", "1984"), ("007", "007"), ("no", "no"), ("'no'", "no"), ("1.50", "1.50")]
        {
            let config = Config::parse(&format!("title: {written}\nlanguage: {written}")).expect("a site");
            assert_eq!(
                (config.title.as_deref(), config.language.as_deref()),
                (Some(expected), Some(expected))
            );
        }
    }

    #[test]
    fn menus_lead_within_the_site_and_elsewhere() {
        for (url, within) in [
            ("/archive/", Some("archive/")),
            ("archive", Some("archive/")),
            ("/", Some("")),
            ("map.pdf", Some("map.pdf")),
            ("/karte größe.pdf", Some("karte%20gr%C3%B6%C3%9Fe.pdf")),
            ("/about/#us", Some("about/#us")),
            ("https://harbour.example/", None),
            ("mailto:iona@harbour.example", None),
            ("//harbour.example/", None),
        ] {
            let config = Config::parse(&format!("menu: [{{name: A, url: {url:?}}}]")).expect("a site");
            let entry = &config.menu[0];
            assert_eq!((entry.url.as_str(), entry.within.as_deref()), (url, within));
        }
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let config = Config::parse("base_url: https://harbour.example/log\nfeeds: {limit: 5}\ntitle:\n")
            .expect("a site");
        assert_eq!(config.base_url.as_deref(), Some("https://harbour.example/log/"));
        assert_eq!(config.feeds.limit, 5);
        assert_eq!(config.feeds.formats.len(), 3);
        assert_eq!(config.title, None);
        let without_values = KEYS.iter().map(|key| format!("{key}:\n")).collect::<String>();
        for text in ["", "# nothing\n", &without_values] {
            assert_eq!(Config::parse(text).expect("a site"), Config::default(), "{text:?}");
        }
    }
}
