//! `tests/cases/<family>/<case>/`: an input, what must come out, and a sentence why.
//!
//! A case that does not come out yet has a file `wrong.md` that says what is wrong. It fails on the day it comes out, so
//! that the file is taken away.

use std::path::Path;

use postil::{FrontMatter, Links, Notes, Options, To};

use crate::compare::{blesses, difference, entries, repository};

/// Every case folder, converted as its `args` say.
#[test]
fn every_case_folder_converts_as_expected() {
    let mut failures = String::new();
    let mut count = 0;
    for family in entries(&repository("tests/cases")) {
        for case in entries(&family) {
            count += 1;
            if let Err(difference) = check(&case) {
                failures += &format!(
                    "{}\n{difference}\n",
                    case.strip_prefix(repository("tests/cases")).unwrap().display()
                );
            }
        }
    }
    assert!(count > 0, "there are cases");
    assert!(failures.is_empty(), "cases that differ:\n{failures}");
}

fn check(case: &Path) -> Result<(), String> {
    let file = |name: &str| case.join(name);
    if !file("about.md").exists() {
        return Err("  about.md is missing\n".to_owned());
    }
    let input = ["input.txt", "input.md", "input.html"]
        .map(file)
        .into_iter()
        .find(|path| path.exists())
        .ok_or("  input is missing\n")?;
    let args = std::fs::read_to_string(file("args")).unwrap_or_default();
    let (options, to, extension) = options(&args, &input);
    let bytes = std::fs::read(&input).unwrap();
    let done = postil::convert(&bytes, to, &options).map_err(|error| format!("  {error}\n"))?;
    let source = done.article.source.text();
    assert!(done.article.ledger.tiles(source.len()), "the ledger of {} has gaps", case.display());
    if to == To::Markdown {
        let markdown = String::from_utf8_lossy(&done.output);
        let difference = postil::verify(&done.article.document, &markdown, &options);
        assert_eq!(difference, None, "in {}", case.display());
    }
    let expected = file(&format!("expected.{extension}"));
    let is_wrong = file("wrong.md").exists();
    if blesses() && !is_wrong {
        std::fs::write(expected, &done.output).unwrap();
        return Ok(());
    }
    let expected = std::fs::read_to_string(expected).map_err(|error| format!("  {error}\n"))?;
    let found = String::from_utf8(done.output).unwrap();
    match (expected == found, is_wrong) {
        (true, false) | (false, true) => Ok(()),
        (true, true) => Err("  comes out as expected now: delete its wrong.md\n".to_owned()),
        (false, false) => Err(difference(&expected, &found)),
    }
}

/// Reads the few arguments that cases use, as the command line would.
fn options(args: &str, input: &Path) -> (Options, To, &'static str) {
    let from = match input.extension().and_then(|extension| extension.to_str()) {
        Some("md") => postil::From::Markdown,
        Some("html") => postil::From::Html,
        _ => postil::From::Text,
    };
    let mut options = Options::default().from(from).stem("input");
    let (mut to, mut extension) = (To::Markdown, "md");
    let mut words = args.lines();
    while let Some(flag) = words.next() {
        let value =
            if matches!(flag, "--fragment" | "--whole") { "" } else { words.next().unwrap_or_default() };
        options = match (flag, value) {
            ("--links", "inline") => options.links(Links::Inline),
            ("--links", "keep") => options.links(Links::Keep),
            ("--links", "notes") => options.links(Links::Notes),
            ("--notes", "inline") => options.notes(Notes::Inline),
            ("--notes", "end") => options.notes(Notes::End),
            ("--encoding", label) => options.encoding(label),
            ("--base-url", url) => options.base_url(url),
            ("--whole", _) => options.whole(true),
            ("--keep", "all") => options.keep(postil::Habit::All),
            ("--keep", "ligatures") => options.keep(postil::Habit::Ligatures),
            ("--keep", "promo") => options.keep(postil::Habit::Promo),
            ("--keep", "lines") => options.keep(postil::Habit::Lines),
            ("--keep", "hyphens") => options.keep(postil::Habit::Hyphens),
            ("--fragment", _) => options.fragment(true),
            ("--set", pair) => {
                let (key, value) = pair.split_once('=').expect("KEY=VALUE");
                options.set(key, value)
            }
            ("--front-matter", name) => options.front_matter(front_matter(name)),
            ("--to", "html") => {
                (to, extension) = (To::Html, "html");
                options
            }
            ("--to", "text") => {
                (to, extension) = (To::Text, "txt");
                options
            }
            ("--to", "json") => {
                (to, extension) = (To::Json, "json");
                options
            }
            ("--to", "markdown") => options,
            other => panic!("no case uses {other:?} yet"),
        };
    }
    (options, to, extension)
}

fn front_matter(name: &str) -> FrontMatter {
    match name {
        "hugo" => FrontMatter::Hugo,
        "zola" => FrontMatter::Zola,
        "jekyll" => FrontMatter::Jekyll,
        "eleventy" => FrontMatter::Eleventy,
        "pandoc" => FrontMatter::Pandoc,
        "quarto" => FrontMatter::Quarto,
        "obsidian" => FrontMatter::Obsidian,
        "none" => FrontMatter::None,
        other => panic!("no case uses {other:?} yet"),
    }
}
