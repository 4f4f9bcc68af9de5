//! `postil site`: a folder of articles as a site.

use super::arguments::{Site, SiteBuild, SiteChoices, SiteVerb};
use super::convert::fail;
use super::exit::Exit;
use super::messages;
use crate::site::{self, Built, Choices};

/// Runs the verb.
pub(super) fn run(arguments: &Site) -> Exit {
    match &arguments.verb {
        SiteVerb::Build(arguments) => build(arguments),
    }
}

fn build(arguments: &SiteBuild) -> Exit {
    let choices = match choices(&arguments.choices) {
        Ok(choices) => choices,
        Err(exit) => return exit,
    };
    match site::build(&arguments.folder, &arguments.output, &choices) {
        Ok(built) => {
            if !arguments.quiet {
                messages::line(&summary(&built));
            }
            Exit::Done
        }
        Err(errors) => errors.iter().map(|error| fail(error, None)).max().unwrap_or(Exit::Bug),
    }
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
    if built.held_back > 0 {
        line += &format!("; {} held back", some(built.held_back, "article"));
    }
    line
}
