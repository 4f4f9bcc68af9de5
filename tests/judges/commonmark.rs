//! The examples of the `CommonMark` specification, read by our Markdown reader and written by our HTML writer.
//!
//! The specification is not in the repository: `cargo xtask test` fetches it from npm and names the file in
//! `COMMONMARK_SPEC`. Examples that come out otherwise are listed in [`DEVIATIONS`], each with its reason; one that is
//! not listed fails, and so does one that is listed and comes out as the specification has it.
#![allow(clippy::print_stdout)] // a judge tells what it found

mod normal_html;

use std::process::ExitCode;

use postil::{From, Options, To};

use normal_html::normal;

/// So many examples of 652 must come out as the specification has them.
const ENOUGH: usize = 640;

/// Examples that we read otherwise, and why.
const DEVIATIONS: &[(usize, &str)] = &[
    (79, "headings without words are left out: a table of contents could not show them"),
    (98, "two rules at the very top are front matter without fields, as Jekyll writes it"),
    (148, "the end of a line inside raw HTML is a space, as everywhere in running text"),
    (196, "the end of a line in a title is a space"),
    (218, "a quotation without words is left out"),
    (239, "a quotation without words is left out"),
    (240, "a quotation without words is left out"),
    (318, "blank lines at the end of code are left out"),
    (484, "a link without words is left out: nobody could follow it"),
    (487, "a link without words is left out: nobody could follow it"),
    (559, "two brackets are a link within a collection of notes"),
];

fn main() -> ExitCode {
    let Some(path) = std::env::var_os("COMMONMARK_SPEC") else {
        println!("skipped: COMMONMARK_SPEC names no specification");
        return ExitCode::SUCCESS;
    };
    let spec = std::fs::read_to_string(&path).expect("the specification is there");
    let examples = examples(&spec);
    let mut passed = 0;
    let mut wrong = 0;
    for (at, (markdown, expected)) in examples.iter().enumerate() {
        let number = at + 1;
        let written = normal(&html(markdown));
        let expected = normal(expected);
        let reason = DEVIATIONS.iter().find(|(listed, _)| *listed == number).map(|(_, reason)| reason);
        match (written == expected, reason) {
            (true, None) => passed += 1,
            (false, Some(reason)) => println!("example {number} deviates: {reason}"),
            (true, Some(_)) => {
                wrong += 1;
                println!("example {number} comes out as specified now: take it off the list");
            }
            (false, None) => {
                wrong += 1;
                println!("example {number}\n  from {markdown:?}\n  read {written:?}\n  want {expected:?}");
            }
        }
    }
    println!("CommonMark 0.31: {passed} of {} examples", examples.len());
    ExitCode::from(u8::from(passed < ENOUGH || wrong > 0))
}

fn html(markdown: &str) -> String {
    let mut options = Options::default().from(From::Markdown).fragment(true);
    options.as_is = true;
    let done = postil::convert(markdown.as_bytes(), To::Html, &options).expect("every text is Markdown");
    String::from_utf8(done.output).expect("HTML is UTF-8")
}

/// Returns the examples of the specification: Markdown and HTML.
fn examples(spec: &str) -> Vec<(String, String)> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut rest = spec;
    let opening = format!("\n{fence} example\n");
    while let Some(start) = rest.find(&opening) {
        let body = &rest[start + opening.len()..];
        let end = body.find(&format!("\n{fence}\n")).expect("an example ends") + 1;
        let (markdown, html) = match body[..end].strip_prefix(".\n") {
            Some(html) => ("", html),
            None => body[..end].split_once("\n.\n").expect("a line with a dot"),
        };
        examples.push((format!("{markdown}\n").replace('→', "\t"), html.replace('→', "\t")));
        rest = &body[end..];
    }
    examples
}
