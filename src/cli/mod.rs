//! The command line: the only part that prints, and knows exit codes and colours. Beside it, only `site` touches files.

mod arguments;
mod beside;
#[cfg(feature = "epub")]
mod book;
mod check;
mod convert;
mod epoch;
mod exit;
mod fmt;
mod inputs;
mod messages;
mod outputs;
mod patterns;
#[cfg(feature = "epub")]
mod pictures;
mod report;
#[cfg(feature = "site")]
mod serve;
#[cfg(feature = "site")]
mod site;
#[cfg(feature = "epub")]
mod split;
mod summary;
#[cfg(feature = "site")]
mod themes;
mod urls;

use std::process::ExitCode;

use clap::Parser;

use self::arguments::{Arguments, Verb};
use self::exit::Exit;

/// Runs the command with the arguments of the process.
pub fn run() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        messages::error(&format!("this is a bug in postil: {panic}"), &["please report it with the input"]);
        std::process::exit(Exit::Bug as i32);
    }));
    let arguments = Arguments::parse_from(arguments::with_verb(std::env::args_os()));
    let exit = match arguments.verb {
        Verb::Convert(arguments) => convert::run(&arguments),
        #[cfg(feature = "epub")]
        Verb::Book(arguments) => book::run(&arguments),
        #[cfg(feature = "site")]
        Verb::Site(arguments) => site::run(&arguments),
        #[cfg(feature = "site")]
        Verb::Themes(arguments) => themes::run(&arguments),
        Verb::Check(arguments) => check::run(&arguments),
        Verb::Fmt(arguments) => fmt::run(&arguments),
        Verb::Patterns(arguments) => patterns::run(&arguments),
    };
    ExitCode::from(exit as u8)
}
