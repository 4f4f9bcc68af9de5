//! `postil.yaml`: what a site says of itself, and how it is laid out. Everything has a default.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::Error;
use crate::grammar::Patterns;
use crate::nearest::nearest;
use crate::yaml;

/// The file's name.
pub(super) const NAME: &str = Patterns::FILE;

/// What a site says of itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
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
}

/// One link of the menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) url: String,
}

/// Which feeds there are, and what is in them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Feeds {
    pub(super) formats: Vec<Format>,
    /// The newest so many articles.
    pub(super) limit: usize,
    /// Whole articles; else their summaries.
    pub(super) full: bool,
}

/// A form of feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    Atom,
    Rss,
    Json,
}

/// What an e-book is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum BookOf {
    Articles,
    Series,
    Tags,
}

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
            books: vec![BookOf::Articles, BookOf::Series, BookOf::Tags],
            search: true,
            words: Map::new(),
            patterns: Map::new(),
        }
    }
}

impl Default for Feeds {
    fn default() -> Self {
        Self { formats: vec![Format::Atom, Format::Rss, Format::Json], limit: 20, full: true }
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
            let address = address(base).map_err(|reason| Error::Config { path: NAME.into(), reason })?;
            self.base_url = Some(address);
        }
        Ok(())
    }

    fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let map: Map<String, Value> = yaml::read(text)?;
        let known = match serde_json::to_value(Self::default()) {
            Ok(Value::Object(known)) => known,
            _ => Map::new(),
        };
        if let Some(key) = map.keys().find(|key| !known.contains_key(*key)) {
            let line = text.lines().position(|line| line.trim_start().starts_with(key.as_str()));
            let line = line.map_or(1, |before| before + 1);
            let names = || known.keys().map(String::as_str);
            let hint = match nearest(key, names()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("known are {}", names().collect::<Vec<_>>().join(", ")),
            };
            return Err(format!("line {line}: unknown key `{key}`; {hint}"));
        }
        let mut config: Self =
            serde_json::from_value(Value::Object(map)).map_err(|error| error.to_string())?;
        if let Some(base) = config.base_url.take() {
            config.base_url = Some(address(&base)?);
        }
        if config.paginate == 0 {
            return Err("paginate is 0; write how many articles stand on a page, such as 20".to_owned());
        }
        Ok(config)
    }
}

/// Returns where a site stands, with a slash at the end.
fn address(written: &str) -> Result<String, String> {
    let is_full = written.starts_with("https://") || written.starts_with("http://");
    if !is_full || written.contains(['?', '#', ' ', '"', '<', '>']) {
        return Err(format!(
            "base_url is {written:?}; write a full address such as https://harbour.example/"
        ));
    }
    Ok(format!("{}/", written.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, expected) in [
            ("title: The river\ntitel: x", "line 2: unknown key `titel`; did you mean `title`?"),
            ("baseurl: x", "line 1: unknown key `baseurl`; did you mean `base_url`?"),
            ("base_url: harbour.example", "base_url is \"harbour.example\"; write a full address"),
            ("paginate: 0", "paginate is 0"),
            ("feeds: {format: [atom]}", "unknown field `format`"),
            ("title: [a", "line 1"),
        ] {
            let error = Config::parse(text).expect_err(text);
            assert!(error.contains(expected), "{text:?}: {error}");
        }
    }

    #[test]
    fn what_is_not_said_is_as_usual() {
        let config =
            Config::parse("base_url: https://harbour.example/log\nfeeds: {limit: 5}").expect("a site");
        assert_eq!(config.base_url.as_deref(), Some("https://harbour.example/log/"));
        assert_eq!(config.feeds.limit, 5);
        assert_eq!(config.feeds.formats.len(), 3);
        assert_eq!(Config::parse("").expect("a site"), Config::default());
    }
}
