//! Themes and templates: ours are in the program, and a site's folder overrules them file by file.
//!
//! A theme is a folder `themes/NAME/`: `theme.yaml` says what it is and which options it has, `files/` goes into the
//! site as `theme/`, `templates/` overrules the templates of all themes. A site has its own `templates/` above those, and
//! its own `themes/NAME/` beside ours.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::config::nearest;
use super::content;
use crate::error::Error;

/// A file in the program.
type Embedded = (&'static str, &'static [u8]);

/// Our themes, with their files by their paths below `themes/NAME/`.
const THEMES: &[(&str, &[Embedded])] = &[(
    "quiet",
    &[
        ("theme.yaml", include_bytes!("../../themes/quiet/theme.yaml")),
        // A page of a site looks like a single page, and has more around it.
        (
            "files/theme.css",
            concat!(include_str!("../../themes/quiet/page.css"), include_str!("../../themes/quiet/site.css"))
                .as_bytes(),
        ),
    ],
)];

/// The templates of all themes, by their names.
const TEMPLATES: &[Embedded] = &[
    ("base.html", include_bytes!("../../templates/site/base.html")),
    ("home.html", include_bytes!("../../templates/site/home.html")),
    ("section.html", include_bytes!("../../templates/site/section.html")),
    ("article.html", include_bytes!("../../templates/site/article.html")),
    ("terms.html", include_bytes!("../../templates/site/terms.html")),
    ("term.html", include_bytes!("../../templates/site/term.html")),
    ("archive.html", include_bytes!("../../templates/site/archive.html")),
    ("year.html", include_bytes!("../../templates/site/year.html")),
    ("search.html", include_bytes!("../../templates/site/search.html")),
    ("404.html", include_bytes!("../../templates/site/404.html")),
    ("alias.html", include_bytes!("../../templates/site/alias.html")),
    ("parts/imprint.html", include_bytes!("../../templates/parts/imprint.html")),
    ("parts/card.html", include_bytes!("../../templates/site/parts/card.html")),
    ("parts/cards.html", include_bytes!("../../templates/site/parts/cards.html")),
    ("parts/pager.html", include_bytes!("../../templates/site/parts/pager.html")),
    ("feeds/atom.xml", include_bytes!("../../templates/site/feeds/atom.xml")),
    ("feeds/rss.xml", include_bytes!("../../templates/site/feeds/rss.xml")),
    ("feeds/opds.xml", include_bytes!("../../templates/site/feeds/opds.xml")),
];

/// The files that all themes have.
const SHARED: &[Embedded] = &[("files/search.js", include_bytes!("../../themes/shared/search.js"))];

/// A theme with everything that a site's folder overrules.
#[derive(Debug)]
pub(super) struct Theme {
    about: About,
    /// What goes into the site as it is, by the path below `theme/`.
    files: BTreeMap<String, Vec<u8>>,
    templates: BTreeMap<String, String>,
}

/// What `theme.yaml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    /// One sentence on its character.
    #[allow(dead_code)]
    description: String,
    #[serde(default)]
    options: BTreeMap<String, ThemeOption>,
}

/// A choice that a theme offers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeOption {
    #[allow(dead_code)]
    description: String,
    default: Value,
    /// What can be chosen; anything, where nothing is named.
    #[serde(default)]
    values: Vec<Value>,
}

impl Theme {
    /// Reads the theme of a site.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] for a theme that is neither ours nor in the folder, [`Error::Read`] for files that can't be read.
    pub(super) fn read(name: &str, folder: &Path) -> Result<Self, Error> {
        let ours = THEMES.iter().find(|(known, _)| *known == name).map(|(_, files)| *files);
        let own = folder.join("themes").join(name);
        let is_plain = !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.');
        let unknown = |reason: String| Error::Config { path: folder.join(super::config::NAME), reason };
        if !is_plain || (ours.is_none() && !own.is_dir()) {
            let names = THEMES.iter().map(|(name, _)| *name);
            let hint = match nearest(name, names.clone()) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
            };
            return Err(unknown(format!("there is no theme {name:?}; {hint}")));
        }
        let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        all.extend(TEMPLATES.iter().map(|(name, text)| (format!("templates/{name}"), text.to_vec())));
        all.extend(SHARED.iter().map(|(name, text)| ((*name).to_owned(), text.to_vec())));
        all.extend(ours.unwrap_or_default().iter().map(|(name, text)| ((*name).to_owned(), text.to_vec())));
        overrule(&mut all, &own, "")?;
        overrule(&mut all, &folder.join("templates"), "templates/")?;
        let about = all.get("theme.yaml").map(|text| String::from_utf8_lossy(text).into_owned());
        let about = serde_yaml::from_str(&about.unwrap_or_else(|| "description: ''".to_owned()))
            .map_err(|error| Error::Config { path: own.join("theme.yaml"), reason: error.to_string() })?;
        let mut theme = Self { about, files: BTreeMap::new(), templates: BTreeMap::new() };
        for (name, content) in all {
            if let Some(name) = name.strip_prefix("templates/") {
                let text = String::from_utf8_lossy(&content).into_owned();
                theme.templates.insert(name.to_owned(), text);
            } else if let Some(name) = name.strip_prefix("files/") {
                theme.files.insert(name.to_owned(), content);
            }
        }
        Ok(theme)
    }

    /// Lists what goes into the site as it is, by the paths there.
    pub(super) fn files(&self) -> impl Iterator<Item = String> {
        self.files.keys().map(|name| format!("theme/{name}"))
    }

    /// Returns a file by its path in the site.
    pub(super) fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name.strip_prefix("theme/")?).map(Vec::as_slice)
    }

    /// Returns the templates by their names.
    pub(super) fn templates(&self) -> impl Iterator<Item = (&str, &str)> {
        self.templates.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Returns the value of every option.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] for an option that the theme does not have, or a value that it does not know.
    pub(super) fn options(&self, chosen: &Map<String, Value>) -> Result<Map<String, Value>, Error> {
        let wrong = |reason: String| Err(Error::Config { path: super::config::NAME.into(), reason });
        let mut options: Map<String, Value> =
            self.about.options.iter().map(|(name, option)| (name.clone(), option.default.clone())).collect();
        for (name, value) in chosen {
            match self.about.options.get(name) {
                None => {
                    let names = self.about.options.keys().map(String::as_str);
                    let known = names.collect::<Vec<_>>().join(", ");
                    return wrong(format!("the theme has no option `{name}`; it has {known}"));
                }
                Some(option) if !option.values.is_empty() && !option.values.contains(value) => {
                    let known: Vec<String> = option.values.iter().map(Value::to_string).collect();
                    return wrong(format!("the option `{name}` is one of {}", known.join(", ")));
                }
                Some(_) => {
                    options.insert(name.clone(), value.clone());
                }
            }
        }
        Ok(options)
    }
}

/// Puts the files of a folder over those with the same names.
fn overrule(all: &mut BTreeMap<String, Vec<u8>>, folder: &Path, prefix: &str) -> Result<(), Error> {
    if !folder.is_dir() {
        return Ok(());
    }
    let is_hidden =
        |path: &Path, _, _| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let mut names = Vec::new();
    content::walk(folder, "", 0, &is_hidden, &mut names)?;
    for name in names {
        let path = folder.join(&name);
        let content = fs::read(&path).map_err(|source| Error::Read { path, source })?;
        all.insert(format!("{prefix}{name}"), content);
    }
    Ok(())
}
