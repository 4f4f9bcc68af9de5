//! `postil fmt`: notes of Markdown files in order, in place.

use std::path::Path;

use super::arguments::Fmt;
use super::exit::Exit;
use super::{convert, inputs, messages, outputs};
use crate::error::Error;
use crate::proof::tidy;

/// What became of one file.
enum Outcome {
    /// Its notes were in order.
    Kept,
    Tidied,
}

/// Runs the verb.
pub(super) fn run(arguments: &Fmt) -> Exit {
    let files = match inputs::markdown_files(&arguments.inputs) {
        Ok(files) => files,
        Err(error) => return convert::fail(&error, None),
    };
    let mut exit = Exit::Done;
    for file in &files {
        let name = inputs::name(file.as_deref());
        match one(arguments, file.as_deref()) {
            Ok(Outcome::Kept) => {}
            Ok(Outcome::Tidied) if arguments.check => {
                messages::line(&format!("{name}: the notes are not in order"));
                exit = exit.max(Exit::Remarks);
            }
            Ok(Outcome::Tidied) if file.is_some() && !arguments.quiet => {
                messages::line(&format!("{name}: put the notes in order"));
            }
            Ok(Outcome::Tidied) => {}
            Err(error) => exit = exit.max(convert::fail(&error, Some(&name))),
        }
    }
    exit
}

/// Puts the notes of one file in order; standard input goes to standard output.
fn one(arguments: &Fmt, path: Option<&Path>) -> Result<Outcome, Error> {
    let bytes = inputs::read(path)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|error| Error::Encoding { offset: error.valid_up_to(), encoding: "UTF-8" })?;
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let tidied = text[..mark].to_owned() + &tidy(&text[mark..])?;
    let outcome = if tidied == text { Outcome::Kept } else { Outcome::Tidied };
    match (path, &outcome) {
        _ if arguments.check => {}
        (Some(path), Outcome::Tidied) => outputs::replace(path, tidied.as_bytes())?,
        (Some(_), Outcome::Kept) => {}
        (None, _) => outputs::print(tidied.as_bytes())?,
    }
    Ok(outcome)
}
