//! `postil themes`: what a site can look like.

use std::io::{self, Write};

use serde_json::Value;

use super::arguments::{Themes, ThemesVerb};
use super::convert::fail;
use super::exit::Exit;
use crate::error::Error;
use crate::site::{self, ThemeDescription};

/// Runs the verb.
pub(super) fn run(arguments: &Themes) -> Exit {
    let folder = &arguments.folder;
    let text = match &arguments.verb {
        None => site::themes(folder).map(|themes| list(&themes)),
        Some(ThemesVerb::Show { name }) => site::theme(name, folder).map(|theme| described(&theme)),
    };
    let text = match text {
        Ok(text) => text,
        Err(error) => return fail(&error, None),
    };
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
            fail(&Error::Write { path: "-".into(), source }, None)
        }
        _ => Exit::Done,
    }
}

/// A line for each theme.
fn list(themes: &[ThemeDescription]) -> String {
    let width = themes.iter().map(|theme| theme.name.chars().count()).max().unwrap_or(0);
    themes.iter().map(|theme| format!("{:width$}  {}\n", theme.name, theme.description)).collect()
}

/// What a theme is, what can be chosen, and its files.
fn described(theme: &ThemeDescription) -> String {
    let mut text = format!("{}: {}\n", theme.name, theme.description);
    if !theme.options.is_empty() {
        text += "\nOptions, below `options` in postil.yaml:\n";
    }
    let width = theme.options.keys().map(|name| name.chars().count()).max().unwrap_or(0);
    for (name, option) in &theme.options {
        text += &format!("  {name:width$}  {}\n", option.description);
        let values = match option.values.as_slice() {
            [] => format!("anything; {} unless chosen", word(&option.default)),
            values => {
                let is_default = |value: &Value| if *value == option.default { " (default)" } else { "" };
                let values = values.iter().map(|value| format!("{}{}", word(value), is_default(value)));
                values.collect::<Vec<_>>().join(", ")
            }
        };
        text += &format!("  {:width$}  {values}\n", "");
    }
    text += "\nFiles; a site has its own instead below themes/";
    text += &format!("{}/:\n", theme.name);
    theme.files.iter().for_each(|name| text += &format!("  {name}\n"));
    text
}

/// A value as it is written in YAML; a word without its quotes.
fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
