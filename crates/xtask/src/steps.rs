//! The steps of a task: run one after the other, timed, and counted.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Steps in the making.
pub(crate) struct Steps {
    pub(crate) root: PathBuf,
    variables: Vec<(&'static str, &'static str)>,
    results: Vec<(String, Outcome)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Failed,
    Skipped,
}

impl Steps {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root, variables: Vec::new(), results: Vec::new() }
    }

    /// Sets an environment variable for the programs of the following steps.
    pub(crate) fn variable(&mut self, name: &'static str, value: &'static str) {
        self.variables.push((name, value));
    }

    /// Runs cargo.
    pub(crate) fn cargo(&mut self, name: &str, arguments: &[&str]) -> bool {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(arguments).current_dir(&self.root).envs(self.variables.iter().copied());
        self.run(name, &mut command)
    }

    /// Runs a program.
    pub(crate) fn run(&mut self, name: &str, command: &mut Command) -> bool {
        self.check(name, |_| match command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("{} ended with {status}", command.get_program().display())),
            Err(error) => Err(format!("{} does not start: {error}", command.get_program().display())),
        })
    }

    /// Runs a check of our own.
    pub(crate) fn check(&mut self, name: &str, check: impl FnOnce(&Path) -> Result<(), String>) -> bool {
        println!("== {name}");
        let start = Instant::now();
        let result = check(&self.root);
        let seconds = start.elapsed().as_secs_f32();
        let outcome = match &result {
            Ok(()) => Outcome::Passed,
            Err(message) => {
                eprintln!("{message}");
                Outcome::Failed
            }
        };
        println!("== {name}: {} ({seconds:.1} s)", if outcome == Outcome::Passed { "ok" } else { "FAILED" });
        self.results.push((name.to_owned(), outcome));
        outcome == Outcome::Passed
    }

    /// Leaves a step out for want of a tool: on CI that is a failure.
    pub(crate) fn skip(&mut self, name: &str, reason: &str) {
        let is_ci = std::env::var_os("CI").is_some_and(|value| value == "true");
        let outcome = if is_ci { Outcome::Failed } else { Outcome::Skipped };
        println!("== {name}: {} ({reason})", if is_ci { "FAILED" } else { "skipped" });
        self.results.push((name.to_owned(), outcome));
    }

    /// Prints what became of the steps so far; tells whether none failed.
    pub(crate) fn summary(&self) -> bool {
        let count = |wanted| self.results.iter().filter(|(_, outcome)| *outcome == wanted).count();
        let (failed, skipped) = (count(Outcome::Failed), count(Outcome::Skipped));
        println!("== {} steps passed, {failed} failed, {skipped} skipped", count(Outcome::Passed));
        for (name, outcome) in &self.results {
            match outcome {
                Outcome::Passed => {}
                Outcome::Failed => println!("   failed: {name}"),
                Outcome::Skipped => println!("   skipped: {name}"),
            }
        }
        failed == 0
    }
}
