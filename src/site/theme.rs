//! Themes and templates: ours are in the program, and a site's folder overrules them file by file.
//!
//! A theme is a folder `themes/NAME/`: `theme.yaml` says what it is and which options it has, `files/` goes into the
//! site as `theme/`, `templates/` overrules the templates of all themes. A site has its own `templates/` above those, and
//! its own `themes/NAME/` beside ours.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Map, Value};
use serde_yaml::Spanned;

use super::config::Config;
use super::content::{self, Walked};
use super::ours::{SHARED, TEMPLATES, THEMES};
use crate::error::Error;
use crate::nearest::nearest;
use crate::yaml;

/// A theme with everything that a site's folder overrules.
#[derive(Debug)]
pub(super) struct Theme {
    about: About,
    /// All of its files, by their paths below `themes/NAME/`.
    names: Vec<String>,
    /// What goes into the site as it is, by the path below `theme/`.
    files: BTreeMap<String, Vec<u8>>,
    templates: BTreeMap<String, String>,
    /// Where those of the site's folder stand, by their names.
    places: BTreeMap<String, PathBuf>,
}

/// What `theme.yaml` says.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct About {
    /// One sentence on its character.
    description: String,
    /// Fonts that every page asks for at once, by their paths below `theme/`.
    preload: Vec<Spanned<String>>,
    options: BTreeMap<String, ThemeOption>,
}

/// A choice that a theme offers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeOption {
    /// What it does.
    pub description: String,
    /// What holds where nothing is chosen.
    pub default: Value,
    /// What can be chosen; anything, where nothing is named.
    #[serde(default)]
    pub values: Vec<Value>,
}

/// What a theme is, for people who look for one.
#[derive(Clone, Debug)]
pub struct ThemeDescription {
    /// As `theme` in `postil.yaml` calls it.
    pub name: String,
    /// One sentence on its character.
    pub description: String,
    /// What a site can choose, by name.
    pub options: BTreeMap<String, ThemeOption>,
    /// Its files, by their paths below `themes/NAME/`; a site can overrule each.
    pub files: Vec<String>,
}

/// Describes every theme that a site in a folder can have, by name.
///
/// # Errors
///
/// [`Error::Config`] if the description of a theme is wrong, [`Error::Read`] for files that can't be read.
pub fn themes(folder: &Path) -> Result<Vec<ThemeDescription>, Error> {
    names(folder)?.iter().map(|name| theme(name, folder)).collect()
}

/// Returns the names of the themes that a site in a folder can have.
fn names(folder: &Path) -> Result<Vec<String>, Error> {
    let mut names: Vec<String> = THEMES.iter().map(|(name, _)| (*name).to_owned()).collect();
    let own = folder.join("themes");
    if own.is_dir() {
        let entries = fs::read_dir(&own).map_err(|source| Error::Read { path: own.clone(), source })?;
        let folders = entries.flatten().filter(|entry| entry.path().is_dir());
        names.extend(folders.map(|entry| entry.file_name().to_string_lossy().into_owned()));
        // What all themes share has no description: it is no theme.
        names.retain(|name| is_plain(name) && (is_ours(name) || own.join(name).join("theme.yaml").is_file()));
    }
    names.sort();
    names.dedup();
    Ok(names)
}

/// Describes a theme that a site in a folder can have.
///
/// # Errors
///
/// [`Error::Theme`] if there is none of that name, [`Error::Config`] if its description is wrong, [`Error::Read`] for
/// files that can't be read.
pub fn theme(name: &str, folder: &Path) -> Result<ThemeDescription, Error> {
    let theme = Theme::read(name, folder)?;
    Ok(ThemeDescription {
        name: name.to_owned(),
        description: theme.about.description,
        options: theme.about.options,
        files: theme.names,
    })
}

impl Theme {
    /// Reads the theme of a site.
    ///
    /// # Errors
    ///
    /// [`Error::Theme`] for a theme that is neither ours nor in the folder, [`Error::Config`] for a wrong description, and
    /// [`Error::Read`] for files that can't be read.
    pub(super) fn read(name: &str, folder: &Path) -> Result<Self, Error> {
        let ours = THEMES.iter().find(|(known, _)| *known == name).map(|(_, files)| *files);
        let own = folder.join("themes").join(name);
        if !is_plain(name) || (ours.is_none() && !own.is_dir()) {
            let names = names(folder)?;
            let hint = match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean {near}?"),
                None => format!("there are {}", names.join(", ")),
            };
            return Err(Error::Theme { name: name.to_owned(), hint });
        }
        let mut all: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let templates = TEMPLATES.iter().map(|(name, text)| (format!("templates/{name}"), text.to_vec()));
        all.extend(templates);
        all.extend(SHARED.iter().map(|(name, text)| ((*name).to_owned(), text.to_vec())));
        all.extend(
            ours.unwrap_or_default()
                .iter()
                .copied()
                .flatten()
                .map(|(name, text)| ((*name).to_owned(), text.to_vec())),
        );
        let mut places = overrule(&mut all, &own, "")?;
        places.append(&mut overrule(&mut all, &folder.join("templates"), "templates/")?);
        let wrong = |reason| Error::Config { path: own.join("theme.yaml"), reason };
        let about: About = match all.get("theme.yaml") {
            Some(text) => yaml::read(&String::from_utf8_lossy(text)).map_err(wrong)?,
            None => {
                let reason = "there is no such file, and the theme needs it; begin with `description: …`";
                return Err(wrong(reason.to_owned()));
            }
        };
        let names = all.keys().cloned().collect();
        let mut theme = Self {
            about,
            names,
            files: BTreeMap::new(),
            templates: BTreeMap::new(),
            places: BTreeMap::new(),
        };
        for (name, content) in all {
            let place = places.remove(&name);
            if let Some(name) = name.strip_prefix("templates/") {
                theme.places.extend(place.map(|place| (name.to_owned(), place)));
                let text = String::from_utf8_lossy(&content).into_owned();
                theme.templates.insert(name.to_owned(), text);
            } else if let Some(name) = name.strip_prefix("files/") {
                theme.files.insert(name.to_owned(), content);
            }
        }
        if let Some(lost) = theme.about.preload.iter().find(|file| !theme.files.contains_key(&file.value)) {
            let (line, file) = (lost.referenced.line(), &lost.value);
            return Err(wrong(format!("line {line}: preload names {file}, and files/{file} is not there")));
        }
        theme.join_styles();
        Ok(theme)
    }

    /// Puts the two style sheets into one, since every file that a page waits for costs a reader a way to the server
    /// and back.
    fn join_styles(&mut self) {
        let Some(base) = self.files.get("base.css") else { return };
        let own = self.files.get("theme.css").map_or(&[][..], Vec::as_slice);
        // An import holds at the beginning of a sheet alone.
        let has_imports = own.windows(7).any(|found| found == b"@import");
        let style = if has_imports {
            b"@import \"base.css\";\n@import \"theme.css\";\n".to_vec()
        } else {
            [base.as_slice(), own].join(&b'\n')
        };
        self.files.entry("style.css".to_owned()).or_insert(style);
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

    /// Returns where the templates of the site's folder stand, by their names.
    pub(super) fn places(&self) -> &BTreeMap<String, PathBuf> {
        &self.places
    }

    /// Returns the fonts that every page asks for at once, by their paths below `theme/`.
    pub(super) fn preload(&self) -> Vec<&str> {
        self.about.preload.iter().map(|file| file.value.as_str()).collect()
    }

    /// Returns the value of every option.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] for an option that the theme does not have, or a value that it does not know; `folder` is the site's.
    pub(super) fn options(&self, config: &Config, folder: &Path) -> Result<Map<String, Value>, Error> {
        let mut options: Map<String, Value> =
            self.about.options.iter().map(|(name, option)| (name.clone(), option.default.clone())).collect();
        for (name, value) in &config.options {
            let wrong = |reason: &str| Err(config.wrong(folder, &format!("options.{name}"), reason));
            match self.about.options.get(name) {
                None => {
                    let names = self.about.options.keys().map(String::as_str);
                    let known = names.collect::<Vec<_>>().join(", ");
                    return wrong(&format!("the theme has no option `{name}`; it has {known}"));
                }
                Some(option) if !option.values.is_empty() && !option.values.contains(value) => {
                    let known: Vec<String> = option.values.iter().map(Value::to_string).collect();
                    return wrong(&format!("the option `{name}` is one of {}", known.join(", ")));
                }
                Some(_) => {
                    options.insert(name.clone(), value.clone());
                }
            }
        }
        Ok(options)
    }
}

fn is_ours(name: &str) -> bool {
    THEMES.iter().any(|(known, _)| *known == name)
}

/// Tells whether a name can be that of a folder in `themes`.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && !name.contains(['/', '\\']) && !name.starts_with('.')
}

/// Puts the files of a folder over those with the same names; returns where they stand.
fn overrule(
    all: &mut BTreeMap<String, Vec<u8>>,
    folder: &Path,
    prefix: &str,
) -> Result<BTreeMap<String, PathBuf>, Error> {
    let mut places = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(places);
    }
    let is_hidden = |name: &str, _: &Path, _, _| name.starts_with('.');
    let mut walked = Walked::default();
    content::walk(folder, "", 0, &is_hidden, &mut walked)?;
    for name in walked.files {
        let path = folder.join(&name);
        let content = fs::read(&path).map_err(|source| Error::Read { path: path.clone(), source })?;
        all.insert(format!("{prefix}{name}"), content);
        places.insert(format!("{prefix}{name}"), path);
    }
    Ok(places)
}
