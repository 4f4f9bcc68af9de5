//! `tests/cli/*.md`: what a user types and what the command answers.
//!
//! A fenced block with the word `file NAME` makes a file; one with `console` is a session: `$ postil …`, standard
//! output, lines after `stderr:`, and `exit: N` if it is not 0. `< NAME` gives a file as standard input; single quotes keep
//! a word together; `NAME=VALUE` before the command is set for it; `cat` and `ls` show what was written.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::compare::{blesses, difference, entries, repository};

#[test]
fn every_transcript_is_what_the_command_does() {
    let mut failures = String::new();
    for path in entries(&repository("tests/cli")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let folder = std::env::temp_dir().join(format!(
            "postil-{}-{}",
            std::process::id(),
            path.file_stem().unwrap().display()
        ));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let played = play(&text, &folder);
        std::fs::remove_dir_all(&folder).unwrap();
        if blesses() {
            std::fs::write(&path, played).unwrap();
        } else if played != text {
            failures += &format!("{}\n{}", path.display(), difference(&text, &played));
        }
    }
    assert!(failures.is_empty(), "transcripts that differ:\n{failures}");
}

/// Plays a transcript in a folder; returns it with what the command really answers.
fn play(text: &str, folder: &Path) -> String {
    let mut played = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        played += line;
        played.push('\n');
        let Some(kind) = line.strip_prefix("```").filter(|kind| !kind.is_empty()) else { continue };
        let mut body = Vec::new();
        while let Some(line) = lines.next_if(|line| *line != "```") {
            body.push(line);
        }
        if let Some(name) = kind.strip_prefix("file ") {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, body.join("\n") + "\n").unwrap();
            played += &(body.join("\n") + "\n");
        } else if kind == "console" {
            for command in body.iter().filter_map(|line| line.strip_prefix("$ ")) {
                played += &format!("$ {command}\n{}", run(command, folder));
            }
        } else {
            played += &(body.join("\n") + "\n");
        }
    }
    played
}

fn run(command: &str, folder: &Path) -> String {
    let (command, input) =
        command.split_once(" < ").map_or((command, None), |(command, input)| (command, Some(input)));
    let words = words(command);
    let variables = words.iter().map_while(|word| word.split_once('=')).collect::<Vec<_>>();
    let (program, words) = words[variables.len()..].split_first().unwrap();
    match program.as_str() {
        "cat" => {
            return words.iter().map(|name| std::fs::read_to_string(folder.join(name)).unwrap()).collect();
        }
        "ls" => {
            let names = entries(&folder.join(words.first().map_or(".", String::as_str)));
            return names.iter().map(|path| format!("{}\n", path.file_name().unwrap().display())).collect();
        }
        "postil" => {}
        other => panic!("a transcript runs postil, cat or ls, not {other}"),
    }
    let stdin = input.map_or_else(Stdio::null, |name| std::fs::File::open(folder.join(name)).unwrap().into());
    let output = Command::new(env!("CARGO_BIN_EXE_postil"))
        .args(words)
        .current_dir(folder)
        .stdin(stdin)
        .env("NO_COLOR", "1")
        .env_remove("SOURCE_DATE_EPOCH")
        .envs(variables)
        .output()
        .unwrap();
    let mut answer = String::from_utf8_lossy(&output.stdout).into_owned();
    if !answer.is_empty() && !answer.ends_with('\n') {
        answer.push('\n');
    }
    if !output.stderr.is_empty() {
        answer += "stderr:\n";
        answer += &String::from_utf8_lossy(&output.stderr);
    }
    match output.status.code() {
        Some(0) => answer,
        code => {
            format!("{answer}exit: {}\n", code.map_or_else(|| "signal".to_owned(), |code| code.to_string()))
        }
    }
}

/// Splits a command at spaces outside single quotes.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for c in command.trim().chars() {
        match c {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words
}

/// Starts the command on a file, in an empty folder of its own.
fn on_file(name: &str, arguments: &[&str], content: &str) -> (std::path::PathBuf, Command) {
    let folder = std::env::temp_dir().join(format!("postil-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.txt"), content).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
    command.arg("a.txt").args(arguments).current_dir(&folder);
    (folder, command)
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let (folder, mut command) = on_file("pipe", &["-q"], &"The ferry sank.\n\n".repeat(100_000));
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
    std::fs::remove_dir_all(folder).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_keeps_the_old_file() {
    let (folder, mut command) = on_file("full", &["-o", "/dev/full"], "The ferry sank.\n");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{}", String::from_utf8_lossy(&output.stderr));
    let (other, mut command) = on_file("kept", &["-o", "a.txt/b.md"], "The ferry sank.\n");
    assert_eq!(command.output().unwrap().status.code(), Some(4));
    assert_eq!(std::fs::read_to_string(other.join("a.txt")).unwrap(), "The ferry sank.\n");
    assert_eq!(std::fs::read_dir(&other).unwrap().count(), 1, "nothing half written is left");
    for folder in [folder, other] {
        std::fs::remove_dir_all(folder).unwrap();
    }
}
