//! What README.md promises: its first example is what the program does.

use postil::{From, Options, To};

use crate::compare::{difference, repository};

#[test]
fn the_example_of_the_readme_holds() {
    let text = std::fs::read_to_string(repository("README.md")).unwrap();
    let block = |language: &str| {
        let (_, after) = text.split_once(&format!("```{language}\n")).unwrap();
        after.split_once("```\n").unwrap().0.to_owned()
    };
    let options = Options::default().from(From::Text);
    let done = postil::convert(block("text").as_bytes(), To::Markdown, &options).unwrap();
    let (expected, found) = (block("markdown"), String::from_utf8(done.output).unwrap());
    assert!(expected == found, "{}", difference(&expected, &found));
}
