//! `postil patterns`: the ways to print notes that are known, and trying those of a user on their examples; and where
//! a user's are found for the other verbs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::arguments::{Patterns as Arguments, PatternsVerb};
use super::convert::fail;
use super::exit::Exit;
use super::{inputs, messages, outputs};
use crate::error::Error;
use crate::grammar::{self, Patterns};

/// The patterns for each article: those of `--config`, else those of the configuration beside it.
pub(super) struct Configured {
    given: Option<Patterns>,
    beside: BTreeMap<PathBuf, Patterns>,
}

impl Configured {
    /// Reads every configuration once.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with what is wrong in one; [`Error::Read`].
    pub(super) fn of<'p>(
        given: Option<&Path>,
        inputs: impl Iterator<Item = Option<&'p Path>>,
    ) -> Result<Self, Error> {
        let given = given.map(read).transpose()?;
        let mut beside = BTreeMap::new();
        for path in inputs.filter(|_| given.is_none()).filter_map(beside_input) {
            if !beside.contains_key(&path) && path.is_file() {
                let patterns = read(&path)?;
                beside.insert(path, patterns);
            }
        }
        Ok(Self { given, beside })
    }

    /// Returns the patterns for one article.
    pub(super) fn patterns(&self, input: Option<&Path>) -> Patterns {
        let beside = || self.beside.get(&beside_input(input)?);
        self.given.as_ref().or_else(beside).cloned().unwrap_or_default()
    }
}

fn beside_input(input: Option<&Path>) -> Option<PathBuf> {
    input.filter(|path| *path != Path::new("-")).map(|path| path.with_file_name(Patterns::FILE))
}

fn read(path: &Path) -> Result<Patterns, Error> {
    let wrong = |reason: String| Error::Config { path: path.to_owned(), reason };
    let bytes = inputs::read(Some(path))?;
    let text = std::str::from_utf8(&bytes).map_err(|error| wrong(error.to_string()))?;
    Patterns::from_yaml(text).map_err(wrong)
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments) -> Exit {
    match &arguments.verb {
        PatternsVerb::List => print(&list()),
        PatternsVerb::Test { config } => match read(config) {
            Ok(patterns) if patterns.is_empty() => {
                let message = format!("{} has no patterns", config.display());
                messages::error(&message, &["see docs/patterns.md for how to write them"]);
                Exit::Usage
            }
            Ok(patterns) => test(&patterns),
            Err(error) => fail(&error, None),
        },
    }
}

/// Lists what is known, one a line, with what it looks like.
fn list() -> String {
    let width = grammar::known().map(|(name, _)| name.len()).max().unwrap_or_default();
    grammar::known().map(|(name, sample)| format!("{name:width$}  {sample}\n")).collect()
}

/// Tries the examples, and tells how each pattern did.
fn test(patterns: &Patterns) -> Exit {
    let mut exit = Exit::Done;
    let mut lines = String::new();
    for tested in patterns.test() {
        let count = tested.held + tested.failed.len();
        lines += &format!("{}: {} of {count} examples hold\n", tested.name, tested.held);
        for failed in &tested.failed {
            exit = Exit::Remarks;
            lines += &format!("  {failed}\n");
        }
    }
    exit.max(print(&lines))
}

fn print(lines: &str) -> Exit {
    match outputs::print(lines.as_bytes()) {
        Err(error) => fail(&error, None),
        Ok(()) => Exit::Done,
    }
}
