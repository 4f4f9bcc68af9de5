//! `postil site`: a folder of articles as a site.

use std::env;
use std::fs;
use std::io::{self, Write};
use std::mem;

use serde_json::{Value, json};

use super::arguments::{Site, SiteBuild, SiteCheck, SiteChoices, SiteNew, SiteVerb};
use super::convert::fail;
use super::exit::Exit;
use super::{epoch, messages, outputs, serve};
use crate::error::Error;
use crate::site::{self, Built, Choices, Finding, Memory};

/// The version of the form that `--json` prints.
const VERSION: u32 = 1;

/// What a new site begins with.
const SKELETON: &[(&str, &str)] = &[
    ("postil.yaml", include_str!("../../templates/site/new/postil.yaml")),
    ("content/first-article.txt", include_str!("../../templates/site/new/first-article.txt")),
    ("content/about.md", include_str!("../../templates/site/new/about.md")),
];

/// Runs the verb.
pub(super) fn run(arguments: &Site) -> Exit {
    match &arguments.verb {
        SiteVerb::New(arguments) => new(arguments),
        SiteVerb::Build(arguments) => build(arguments),
        SiteVerb::Serve(arguments) => match choices(&arguments.choices) {
            Ok(choices) => serve::run(arguments, choices),
            Err(exit) => exit,
        },
        SiteVerb::Check(arguments) => check(arguments),
    }
}

/// Makes a folder with a configuration and two texts; a folder that holds something stays as it is.
fn new(arguments: &SiteNew) -> Exit {
    let folder = &arguments.folder;
    let is_used = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if is_used || folder.is_file() {
        let message = format!("{} is there already", folder.display());
        messages::error(&message, &["name a folder that does not exist yet"]);
        return Exit::Usage;
    }
    for (name, content) in SKELETON {
        if let Err(error) = outputs::replace(&folder.join(name), content.as_bytes()) {
            return fail(&error, None);
        }
    }
    messages::line(&format!("a site in {0}; see it with: postil site serve {0}", folder.display()));
    Exit::Done
}

fn build(arguments: &SiteBuild) -> Exit {
    let choices = match choices(&arguments.choices) {
        Ok(choices) => choices,
        Err(exit) => return exit,
    };
    let mut memory = Memory::default();
    let output = arguments.output.clone().unwrap_or_else(|| arguments.folder.join("_site"));
    let built = site::build(&arguments.folder, &output, &choices, &mut memory);
    // The process ends: to take thousands of articles apart would be a twentieth of its work.
    mem::forget(memory);
    match built {
        Ok(built) => {
            if !arguments.quiet {
                built.remarks.iter().for_each(remark);
                let place = arguments.output.is_none().then(|| format!(", in {}", output.display()));
                messages::line(&format!("{}{}", summary(&built), place.unwrap_or_default()));
            }
            Exit::Done
        }
        Err(errors) => failed(&errors),
    }
}

/// Prints a line for each finding, or all of them as JSON.
fn check(arguments: &SiteCheck) -> Exit {
    let choices = match choices(&arguments.choices) {
        Ok(choices) => choices,
        Err(exit) => return exit,
    };
    let findings = match site::check(&arguments.folder, &choices) {
        Ok(findings) => findings,
        Err(errors) => return failed(&errors),
    };
    let lines = if arguments.json {
        let findings = findings.iter().map(|found| {
            json!({
                "file": found.file, "line": found.line, "column": found.column,
                "code": found.code, "message": found.message,
            })
        });
        let findings: Vec<Value> = findings.collect();
        format!("{:#}\n", Value::from_iter([("version", json!(VERSION)), ("findings", findings.into())]))
    } else {
        findings.iter().map(line).collect()
    };
    let exit = if findings.is_empty() { Exit::Done } else { Exit::Remarks };
    match io::stdout().lock().write_all(lines.as_bytes()) {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
            exit.max(fail(&Error::Write { path: "-".into(), source }, None))
        }
        _ => exit,
    }
}

/// Prints what is to be told of an article.
pub(super) fn remark(found: &Finding) {
    messages::line(line(found).trim_end());
}

/// `log/a.md:3:9: dead-link: b.md leads nowhere`
fn line(found: &Finding) -> String {
    format!("{}:{}:{}: {}: {}\n", found.file, found.line, found.column, found.code, found.message)
}

fn failed(errors: &[Error]) -> Exit {
    errors.iter().map(|error| fail(error, None)).max().unwrap_or(Exit::Bug)
}

/// Reads what the user chose; the date has to be one.
fn choices(arguments: &SiteChoices) -> Result<Choices, Exit> {
    if let Some(day) = &arguments.as_of
        && !site::is_day(day)
    {
        messages::error(&format!("{day:?} is no date"), &["write it as 2031-03-04"]);
        return Err(Exit::Usage);
    }
    Ok(Choices {
        as_of: arguments.as_of.clone(),
        drafts: arguments.drafts,
        base_url: arguments.base_url.clone(),
        epoch: epoch::read()?,
        program: env::current_exe().ok(),
    })
}

/// `12 articles with 40 notes on 61 pages; 1 article held back`
fn summary(built: &Built) -> String {
    let some = |count: usize, thing: &str| match count {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    };
    let mut line = format!(
        "{} with {} on {}",
        some(built.articles, "article"),
        some(built.notes, "note"),
        some(built.pages, "page")
    );
    if built.books > 0 {
        line += &format!(", and {}", some(built.books, "e-book"));
    }
    if built.held_back > 0 {
        line += &format!("; {} held back", some(built.held_back, "article"));
    }
    line
}
