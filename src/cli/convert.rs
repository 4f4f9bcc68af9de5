//! `postil convert`: every input to its output, in parallel, with its remarks in order.

use std::io::{self, IsTerminal};
use std::path::Path;

use rayon::prelude::*;

use super::arguments::{Arguments, Convert};
use super::exit::Exit;
use super::outputs::{self, Job};
use super::patterns::Configured;
#[cfg(feature = "epub")]
use super::pictures;
use super::report::{self, Report};
use super::urls::{self, Known};
use super::{beside, epoch, inputs, messages, summary};
use crate::convert::Converted;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::options::Options;
use crate::source::Span;

/// So many articles are held at once.
const TOGETHER: usize = 256;

/// Runs the verb.
pub(super) fn run(arguments: &Convert) -> Exit {
    if arguments.inputs.is_empty() && arguments.output.is_none() && io::stdin().is_terminal() {
        let mut command = <Arguments as clap::CommandFactory>::command();
        let _ = command.print_long_help();
        return Exit::Done;
    }
    let jobs = match outputs::jobs(arguments) {
        Ok(jobs) => jobs,
        Err(Ok((message, hint))) => {
            messages::error(&message, &[hint]);
            return Exit::Usage;
        }
        Err(Err(error)) => return fail(&error, None),
    };
    let epoch = match jobs.iter().any(is_book).then(epoch::read).transpose() {
        Ok(epoch) => epoch.flatten(),
        Err(exit) => return exit,
    };
    if jobs.iter().any(|job| job.output.is_none() && is_book(job)) && io::stdout().is_terminal() {
        messages::error("an e-book makes no sense on a terminal", &["add -o FILE.epub"]);
        return Exit::Usage;
    }
    let known = match arguments.urls.as_deref().map(urls::read).transpose() {
        Ok(Some(Err(line))) => {
            messages::error(
                &format!("line {line} of the addresses has no tab"),
                &["write words, a tab and an address on each line, or name an HTML page"],
            );
            return Exit::Usage;
        }
        Ok(known) => known.and_then(Result::ok).unwrap_or_default(),
        Err(error) => return fail(&error, None),
    };
    let configured = Configured::of(arguments.config.as_deref(), jobs.iter().map(|job| job.input.as_deref()));
    let configured = match configured {
        Ok(configured) => configured,
        Err(error) => return fail(&error, None),
    };
    let mut told = Told { arguments, exit: Exit::Done, reports: Vec::new(), converted: 0, failed: 0 };
    for jobs in jobs.chunks(TOGETHER) {
        let convert = |job| one(arguments, &configured, &known, epoch, job);
        let done: Vec<Result<Converted, Error>> = jobs.par_iter().map(convert).collect();
        jobs.iter().zip(&done).for_each(|(job, result)| told.tell(job, result));
    }
    told.end()
}

#[cfg(feature = "epub")]
fn is_book(job: &Job) -> bool {
    job.target == crate::options::To::Epub
}

#[cfg(not(feature = "epub"))]
fn is_book(_: &Job) -> bool {
    false
}

/// Reads, converts and, if it goes to a file, writes one article.
fn one(
    arguments: &Convert,
    configured: &Configured,
    known: &[Known],
    epoch: Option<i64>,
    job: &Job,
) -> Result<Converted, Error> {
    let bytes = inputs::read(job.input.as_deref())?;
    let path = job.input.as_deref();
    let stem = path.and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
    let by_extension = inputs::kind(path);
    let to = job.target;
    let options = arguments.options(stem.as_deref(), by_extension).patterns(configured.patterns(path));
    let mut options = options.beside(beside::finder(path));
    options.epoch = epoch;
    let options = known.iter().fold(options, |options, (words, url)| options.url(words, url));
    #[cfg(not(feature = "epub"))]
    let converted = crate::convert::convert(&bytes, to, &options)?;
    #[cfg(feature = "epub")]
    let converted = {
        let article = crate::convert::read(&bytes, &options)?;
        let mut options = options.clone();
        if to == crate::options::To::Epub {
            options.pictures = pictures::beside(path, &article.document);
            options.cover = arguments.cover.as_deref().map(pictures::cover).transpose()?;
        }
        crate::convert::finish(article, to, &options)?
    };
    if let Some(output) = &job.output {
        outputs::replace(output, &converted.output)?;
    }
    if arguments.verify { Ok(verified(converted, &options)) } else { Ok(converted) }
}

/// Adds what a second engine finds otherwise in our Markdown.
fn verified(mut converted: Converted, options: &Options) -> Converted {
    let markdown = String::from_utf8_lossy(&converted.output);
    if let Some(message) = crate::proof::verify(&converted.article.document, &markdown, options) {
        converted.article.diagnostics.push(Diagnostic {
            code: Code::ReadOtherwise,
            span: Span::default(),
            message,
            hint: Some("this is a mistake of postil: please report it with the article".to_owned()),
        });
    }
    converted
}

/// What is told while articles are done, in the order of the inputs.
struct Told<'a> {
    arguments: &'a Convert,
    exit: Exit,
    reports: Vec<Report>,
    converted: usize,
    failed: usize,
}

impl Told<'_> {
    /// Prints the result of an article and what there is to remark on it.
    fn tell(&mut self, job: &Job, result: &Result<Converted, Error>) {
        let name = inputs::name(job.input.as_deref());
        let converted = match result {
            Ok(converted) => converted,
            Err(error) => {
                self.failed += 1;
                self.exit = self.exit.max(fail(error, Some(&name)));
                return;
            }
        };
        self.converted += 1;
        if job.output.is_none()
            && let Err(error) = outputs::print(&converted.output)
        {
            self.exit = self.exit.max(fail(&error, Some(&name)));
        }
        if !self.arguments.quiet {
            messages::remarks(&name, &converted.article);
            messages::line(&summary::of(&name, &converted.article));
        }
        let remarks = &converted.article.diagnostics;
        let is_read_otherwise = remarks.iter().any(|remark| remark.code == Code::ReadOtherwise);
        if is_read_otherwise || (self.arguments.strict && !remarks.is_empty()) {
            self.exit = self.exit.max(Exit::Remarks);
        }
        if self.arguments.report.is_some() {
            self.reports.push(Report::of(&name, job, &converted.article));
        }
    }

    /// Sums up, and writes the report.
    fn end(mut self) -> Exit {
        if self.converted + self.failed > 1 && !self.arguments.quiet {
            messages::line(&summary::of_all(self.converted, self.failed));
        }
        if let Some(path) = &self.arguments.report
            && let Err(error) = outputs::replace(path, &report::write(&self.reports))
        {
            self.exit = self.exit.max(fail(&error, None));
        }
        self.exit
    }
}

/// Prints an error with what to do about it.
pub(super) fn fail(error: &Error, name: Option<&str>) -> Exit {
    let cause = std::error::Error::source(error).map(|cause| format!("the system says: {cause}"));
    let message = match (error, name) {
        (Error::Read { .. } | Error::Write { .. }, _) | (_, None) => error.to_string(),
        (_, Some(name)) => format!("{name}: {error}"),
    };
    messages::error(&message, &cause.as_deref().into_iter().collect::<Vec<_>>());
    Exit::from(error)
}
