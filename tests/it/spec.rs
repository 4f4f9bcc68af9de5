//! `tests/spec/*.md`: the rules for people, with examples that are run.
//!
//! An example is a fence of 32 backticks with the word `example`: input, a line with a dot, expected Markdown.

use postil::{Options, To};

use crate::compare::{blesses, difference, entries, repository};

#[test]
fn every_example_of_the_rules_holds() {
    let fence = "`".repeat(32);
    let mut failures = String::new();
    let mut count = 0;
    for path in entries(&repository("tests/spec")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut written = String::new();
        let mut rest = text.as_str();
        let opening = format!("{fence} example\n");
        while let Some(start) = rest.find(&opening) {
            let body = start + opening.len();
            let end = body + rest[body..].find(&format!("\n{fence}\n")).expect("the example is closed") + 1;
            let (input, expected) = rest[body..end].split_once("\n.\n").expect("a line with a dot");
            let options = Options::default().from(postil::From::Text);
            let found =
                postil::convert(format!("{input}\n").as_bytes(), To::Markdown, &options).unwrap().output;
            let found = String::from_utf8(found).unwrap();
            count += 1;
            if found.trim_end() != expected.trim_end() {
                failures +=
                    &format!("example {count} in {}:\n{}", path.display(), difference(expected, &found));
            }
            written += &rest[..body];
            written += &format!("{input}\n.\n{}\n", found.trim_end());
            rest = &rest[end..];
        }
        written += rest;
        if blesses() {
            std::fs::write(&path, written).unwrap();
        }
    }
    assert!(blesses() || failures.is_empty(), "examples that differ:\n{failures}");
    assert!(count > 0, "there are examples");
}
