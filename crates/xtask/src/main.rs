//! `cargo xtask`: what CI runs, and what writes generated files anew.
//!
//! It uses the standard library alone, so that it builds in a second.
#![allow(clippy::print_stdout, clippy::print_stderr)] // printing is what a task is for

mod judges;
mod layers;
mod manual;
mod site;
mod steps;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use steps::Steps;

const USAGE: &str = "\
usage: cargo xtask test [--quick]   run everything that CI runs; --quick needs Rust alone
       cargo xtask bless            write expected and generated files anew, to be read before they are committed
       cargo xtask layers           check the import directions
       cargo xtask manual           write docs/conventions.md and docs/diagnostics.md anew";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let is_done = match words.as_slice() {
        ["test"] => test(false),
        ["test", "--quick"] => test(true),
        ["bless"] => bless(),
        ["layers"] => report(&layers::check(&repository())),
        ["manual"] => report(&manual::write(&repository())),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if is_done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs everything, and goes on after a failure. The tests come last, so that the output ends with their results.
fn test(quick: bool) -> bool {
    let mut steps = Steps::new(repository());
    steps.cargo("fmt", &["fmt", "--all", "--check"]);
    steps.check("layers", layers::check);
    steps.check("generated files", manual::check);
    for features in FEATURES {
        let name = format!("clippy {}", features.join(" "));
        let arguments =
            [&["clippy", "--quiet", "--all-targets"], *features, &["--", "-D", "warnings"]].concat();
        steps.cargo(name.trim_end(), &arguments);
    }
    steps.cargo("clippy xtask", &["clippy", "--quiet", "--package", "xtask", "--", "-D", "warnings"]);
    steps.variable("RUSTDOCFLAGS", "-D warnings");
    steps.cargo("docs", &["doc", "--quiet", "--no-deps", "--all-features"]);
    if quick {
        println!("judges: left out, because of --quick");
    } else {
        steps.cargo("the command", &["build", "--quiet", "--all-features"]);
        judges::epubcheck(&mut steps);
        judges::readers(&mut steps);
        judges::commonmark(&mut steps);
        judges::markdown(&mut steps);
        site::judge(&mut steps);
    }
    steps.cargo("tests, no features", &["test", "--quiet", "--no-default-features", "--lib"]);
    let before = steps.summary();
    let tests = steps.cargo("tests, all features", &["test", "--all-features", "--no-fail-fast"]);
    before && tests
}

/// The sets of features that have to build without a warning: none, each, all.
const FEATURES: &[&[&str]] = &[
    &["--no-default-features"],
    &["--no-default-features", "--features", "cli"],
    &["--no-default-features", "--features", "epub"],
    &["--no-default-features", "--features", "site"],
    &["--all-features"],
];

/// Writes every expected and generated file anew.
fn bless() -> bool {
    let mut steps = Steps::new(repository());
    steps.check("generated files", manual::write);
    steps.variable("POSTIL_BLESS", "1");
    steps.cargo("expected files", &["test", "--quiet", "--all-features", "--test", "it"]);
    println!("now read what changed: git diff");
    steps.summary()
}

fn report(result: &Result<(), String>) -> bool {
    if let Err(message) = &result {
        eprintln!("{message}");
    }
    result.is_ok()
}

/// Returns the root of the repository.
fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .expect("the package stands in the repository")
}
