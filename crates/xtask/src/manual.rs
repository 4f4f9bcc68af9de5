//! `docs/conventions.md` and `docs/diagnostics.md`: the manual, made of the doc comments in the source.
//!
//! Whoever adds a convention writes its page at the top of its file; `cargo xtask bless` puts it into the manual.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::layers::files;

/// The chapters of `docs/conventions.md`: a heading, and the folder or file whose doc comments are the text.
const CHAPTERS: &[(&str, &str)] = &[
    ("Signs in the text", "src/grammar/markers"),
    ("Lists of notes", "src/grammar/lists"),
    ("Notes in the sentence", "src/grammar/framed"),
    ("Links of text browsers", "src/detectors/numbered_links"),
    ("Notes of the input’s own markup", "src/detectors/native_notes"),
    ("Page furniture", "src/detectors/furniture"),
    ("Promotion", "src/detectors/promo"),
    ("Lines and words", "src/detectors/joins"),
    ("Lines broken around elements", "src/detectors/fragments"),
    ("Structure", "src/detectors/structure"),
    ("Metadata", "src/detectors/metadata"),
];

/// In these folders each file that defines one of these is a convention, and has to look like one.
const CONVENTIONS: &[&str] = &[": Convention = Convention {", ": Shape = Shape {"];

/// Writes both files anew.
pub(crate) fn write(root: &Path) -> Result<(), String> {
    for (name, text) in pages(root)? {
        fs::write(root.join(name), text).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}

/// Checks that both files are what the source says, and that every convention has its example and its limits.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let mut problems = conventions_without_page(root)?;
    for (name, text) in pages(root)? {
        if fs::read_to_string(root.join(name)).ok().as_deref() != Some(text.as_str()) {
            problems.push(format!("{name} is not what the doc comments say: run cargo xtask bless"));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

fn pages(root: &Path) -> Result<[(&'static str, String); 2], String> {
    Ok([("docs/conventions.md", conventions(root)?), ("docs/diagnostics.md", diagnostics(root)?)])
}

fn conventions(root: &Path) -> Result<String, String> {
    let mut page = String::from(
        "# Conventions\n\nWhat postil recognises in a text, with an example of each, and what it leaves alone. This page is \
         made of the doc\ncomments in `src/grammar/` and `src/detectors/` by `cargo xtask bless`.\n",
    );
    for (heading, place) in CHAPTERS {
        let folder = root.join(place);
        let single = root.join(format!("{place}.rs"));
        let _ = write!(page, "\n## {heading}\n");
        if !folder.is_dir() {
            let _ = write!(page, "\n{}", doc_comment(&read(&single)?));
            continue;
        }
        let _ = write!(page, "\n{}", doc_comment(&read(&folder.join("mod.rs"))?));
        let is_notes = place.starts_with("src/grammar/");
        for path in files(&folder)? {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = read(&path)?;
            if stem == "mod" || (is_notes && !defines_convention(&text)) {
                continue;
            }
            let _ = write!(page, "\n### {}\n\n{}", title(&stem), doc_comment(&text));
        }
    }
    Ok(page)
}

fn defines_convention(text: &str) -> bool {
    CONVENTIONS.iter().any(|definition| text.contains(definition))
}

/// Lists the conventions whose files do not open with an example, or do not say what they leave alone.
fn conventions_without_page(root: &Path) -> Result<Vec<String>, String> {
    let mut problems = Vec::new();
    let folders = CHAPTERS.iter().map(|(_, place)| root.join(place)).filter(|folder| folder.is_dir());
    for folder in folders.filter(|folder| folder.starts_with(root.join("src/grammar"))) {
        for path in files(&folder)? {
            let text = read(&path)?;
            let page = doc_comment(&text);
            let name = path.strip_prefix(root).unwrap_or(&path).display();
            if path.ends_with("mod.rs") || !defines_convention(&text) {
                continue;
            }
            if !page.contains("\n> ") && !page.contains("\n```") {
                problems.push(format!(
                    "{name} shows no example as it looks in real life (lines that begin with >)"
                ));
            }
            if !page.contains("Left alone") {
                problems.push(format!("{name} does not say what it leaves alone (Left alone: …)"));
            }
        }
    }
    Ok(problems)
}

fn diagnostics(root: &Path) -> Result<String, String> {
    let mut page = String::from(
        "# Remarks and errors\n\nThis page is made of the doc comments in `src/diagnostic.rs` and `src/error.rs` by \
         `cargo xtask bless`.\n\n## Remarks\n\nSomething worth telling; the conversion goes on. `--strict` turns remarks into \
         exit code 1, `-q` hides them, and\n`--report` lists every one with its place.\n\n",
    );
    for (name, text) in variants(&read(&root.join("src/diagnostic.rs"))?, "pub enum Code {") {
        let _ = writeln!(page, "- `{}`: {}", kebab(&name), text.join(" "));
    }
    page.push_str("\n## Errors\n\nWhy there is no output.\n\n");
    for (_, text) in variants(&read(&root.join("src/error.rs"))?, "pub enum Error {") {
        let _ = writeln!(page, "- {}", text.join(" "));
    }
    Ok(page)
}

/// Returns the variants of an enum with the lines of their doc comments.
fn variants(text: &str, opening: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut comment = Vec::new();
    let body = text.split_once(opening).map_or("", |(_, body)| body);
    for line in body.lines().take_while(|line| *line != "}") {
        if let Some(words) = line.strip_prefix("    /// ") {
            comment.push(words.to_owned());
        } else if line.starts_with("    ") && line[4..].starts_with(|c: char| c.is_ascii_uppercase()) {
            let name = line[4..].chars().take_while(char::is_ascii_alphanumeric).collect();
            found.push((name, std::mem::take(&mut comment)));
        }
    }
    found
}

/// Returns the text of the `//!` lines at the top of a file.
fn doc_comment(text: &str) -> String {
    let mut page = String::new();
    for line in text.lines().map_while(|line| line.strip_prefix("//!")) {
        page.push_str(line.strip_prefix(' ').unwrap_or(line));
        page.push('\n');
    }
    // Links between items mean nothing outside the source.
    page.replace("[`", "`").replace("`]", "`")
}

/// `bracketed_number` → `Bracketed number`.
fn title(stem: &str) -> String {
    let words = stem.replace('_', " ");
    words[..1].to_uppercase() + &words[1..]
}

/// `MarkerWithoutNote` → `marker-without-note`.
fn kebab(name: &str) -> String {
    let mut written = String::new();
    for (at, c) in name.chars().enumerate() {
        if c.is_uppercase() && at > 0 {
            written.push('-');
        }
        written.extend(c.to_lowercase());
    }
    written
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_come_with_their_comments() {
        let text = "pub enum Code {\n    /// One\n    /// line.\n    #[error(\"x\")]\n    MarkerWithoutNote,\n    /// Two.\n    B {\n        \
                    /// Inner.\n        c: u8,\n    },\n}\n/// Other.\n";
        let found = variants(text, "pub enum Code {");
        let expected = [("MarkerWithoutNote", vec!["One", "line."]), ("B", vec!["Two."])];
        assert_eq!(found.len(), expected.len());
        for ((name, comment), (expected_name, expected_comment)) in found.iter().zip(expected) {
            assert_eq!(
                (name.as_str(), comment.len()),
                (expected_name, expected_comment.len()),
                "{comment:?}"
            );
        }
    }

    #[test]
    fn names_are_written_for_readers() {
        assert_eq!(kebab("MarkerWithoutNote"), "marker-without-note");
        assert_eq!(title("bracketed_number"), "Bracketed number");
        assert_eq!(doc_comment("//! A [`B`].\n//!\n//! > c\n\nuse d;\n"), "A `B`.\n\n> c\n");
    }
}
