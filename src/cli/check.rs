//! `postil check`: what is wrong with the notes of Markdown files, a line each, for people, editors and CI.

use serde_json::{Value, json};

use super::arguments::Check;
use super::exit::Exit;
use super::{convert, inputs, outputs};
use crate::proof::check;
use crate::source::Source;

/// The version of the form that `--json` prints.
const VERSION: u32 = 1;

/// Runs the verb.
pub(super) fn run(arguments: &Check) -> Exit {
    let files = match inputs::markdown_files(&arguments.inputs) {
        Ok(files) => files,
        Err(error) => return convert::fail(&error, None),
    };
    let mut exit = Exit::Done;
    let mut lines = String::new();
    let mut findings = Vec::new();
    for file in &files {
        let name = inputs::name(file.as_deref());
        let found = inputs::read(file.as_deref()).and_then(|bytes| {
            let source = Source::decode(&bytes, None)?;
            let found = check(source.text())?;
            Ok((source, found))
        });
        let (source, found) = match found {
            Ok(found) => found,
            Err(error) => {
                exit = exit.max(convert::fail(&error, Some(&name)));
                continue;
            }
        };
        for remark in found {
            exit = exit.max(Exit::Remarks);
            let (line, column) = source.line_and_column(remark.span.start);
            let code = remark.code.name();
            if arguments.json {
                findings.push(json!({
                    "file": name, "line": line, "column": column,
                    "code": code, "message": remark.message, "hint": remark.hint,
                }));
            } else {
                lines += &format!("{name}:{line}:{column}: {code}: {}\n", remark.message);
            }
        }
    }
    if arguments.json {
        lines =
            format!("{:#}\n", Value::from_iter([("version", json!(VERSION)), ("findings", findings.into())]));
    }
    match outputs::print(lines.as_bytes()) {
        Err(error) => exit.max(convert::fail(&error, None)),
        Ok(()) => exit,
    }
}
