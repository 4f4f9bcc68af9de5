//! `postil book --split`: one text → several articles in a folder, and the list that binds them again.

use std::path::Path;

use super::arguments::Book;
use super::book::same_file;
use super::convert::fail;
use super::exit::Exit;
use super::patterns::Configured;
use super::{beside, inputs, messages, outputs, pictures, summary};
use crate::convert;
use crate::error::Error;
use crate::options::{Notes, Profile, To};
use crate::volume::Part;

/// Runs the verb; `folder` is where the articles go.
pub(super) fn run(arguments: &Book, folder: &Path) -> Exit {
    let to = arguments.to.unwrap_or_default();
    let misuse = |message: &str, hint: &str| {
        messages::error(message, &[hint]);
        Exit::Usage
    };
    let [input] = arguments.inputs.as_slice() else {
        return misuse("--split takes one text", "split them one by one");
    };
    if input.is_dir() || input.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
    {
        return misuse("--split takes one text", "name a file of text, Markdown or HTML");
    }
    if folder.is_file() {
        return misuse(
            &format!("{} is no folder", folder.display()),
            "name a folder for the articles with -o",
        );
    }
    if to != To::Epub && arguments.profile != Profile::Generic {
        return misuse("--profile means something for EPUB only", "leave it out, or add --to epub");
    }
    match split(arguments, input, folder, to) {
        Ok(exit) => exit,
        Err(error) => fail(&error, None),
    }
}

fn split(arguments: &Book, input: &Path, folder: &Path, to: To) -> Result<Exit, Error> {
    let configured = Configured::of(arguments.config.as_deref(), std::iter::once(Some(input)))?;
    let patterns = configured.patterns(Some(input));
    let options = arguments.options().from(inputs::kind(Some(input))).patterns(patterns);
    let mut options = options.beside(beside::finder(Some(input)));
    // Each article is a section.
    if options.notes == Notes::Section {
        options.notes = Notes::End;
    }
    for (key, value) in &arguments.set {
        options = options.set(key, value.as_str());
    }
    let article = convert::read(&inputs::read(Some(input))?, &options)?;
    let parts = convert::split(&article.document, to);
    let name = |part: &Part| format!("{}.{}", part.stem, to.extension());
    if let Some(part) = parts.iter().find(|part| same_file(input, Some(&folder.join(name(part))))) {
        let message = format!("{} is an input and would be overwritten", folder.join(name(part)).display());
        messages::error(&message, &["choose another folder"]);
        return Ok(Exit::Usage);
    }
    for part in &parts {
        options.stem = Some(part.stem.clone());
        if to == To::Epub {
            options.pictures = pictures::beside(Some(input), &part.document);
        }
        outputs::replace(&folder.join(name(part)), &convert::write(&part.document, to, &options)?)?;
    }
    if matches!(to, To::Markdown | To::Html | To::Text) {
        let list = list(&convert::front_matter(&article.document.metadata), &parts, &name);
        outputs::replace(&folder.join("book.yaml"), list.as_bytes())?;
    }
    if !arguments.quiet {
        let input = inputs::name(Some(input));
        messages::remarks(&input, &article);
        messages::line(&summary::of(&input, &article));
        let count = parts.len();
        messages::line(&format!(
            "{count} article{} in {}",
            if count == 1 { "" } else { "s" },
            folder.display()
        ));
    }
    Ok(if arguments.strict && !article.diagnostics.is_empty() { Exit::Remarks } else { Exit::Done })
}

/// Writes the list that binds the articles to a book again.
fn list(front_matter: &str, parts: &[Part], name: &impl Fn(&Part) -> String) -> String {
    let fields = front_matter.strip_prefix("---\n").and_then(|rest| rest.strip_suffix("---\n"));
    let mut list = fields.unwrap_or_default().to_owned();
    let before = parts.iter().position(|part| part.part.is_some()).unwrap_or(parts.len());
    if before > 0 {
        list.push_str("articles:\n");
    }
    for (at, part) in parts.iter().enumerate() {
        if at == before {
            list.push_str("parts:\n");
        }
        if let Some(title) = &part.part {
            // What JSON quotes, YAML reads.
            let title = serde_json::Value::String(title.clone());
            list.push_str(&format!("  - title: {title}\n    articles:\n"));
        }
        let indent = if at < before { "  " } else { "      " };
        list.push_str(&format!("{indent}- {}\n", name(part)));
    }
    list
}
