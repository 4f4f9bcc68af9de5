//! Import directions: `cli → site → convert → {readers, detectors, build, writers} → the models`.
//!
//! Reads the `use crate::…` lines and paths of every file below `src/`; whatever a folder is not allowed to know is an
//! error. Siblings never know each other.

use std::fs;
use std::path::Path;

/// The models, which everything may know and which know each other.
const MODELS: &[&str] = &[
    "diagnostic",
    "document",
    "error",
    "findings",
    "grammar",
    "insets",
    "ledger",
    "measure",
    "nearest",
    "options",
    "page",
    "series",
    "sheet",
    "source",
    "tag",
    "volume",
    "yaml",
];

/// What each part may know beside the models and itself.
const ALLOWED: &[(&str, &[&str])] = &[
    ("cli", &["convert", "proof", "site"]),
    ("site", &["convert", "writers"]),
    ("proof", &["readers"]),
    ("convert", &["build", "detectors", "readers", "writers"]),
    ("readers", &[]),
    ("detectors", &[]),
    ("build", &[]),
    ("writers", &[]),
];

/// Checks every file.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let source = root.join("src");
    let mut problems = Vec::new();
    for path in files(&source)? {
        if is_test(&path) {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let relative = path.strip_prefix(&source).expect("it stands below src").display().to_string();
        let part = relative.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        if matches!(part, "lib" | "main") {
            continue;
        }
        for (number, known) in imports(&text) {
            if !is_allowed(part, &known) {
                problems.push(format!("src/{relative}:{number}: {part} must not know {known}"));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// Tells whether the file beside `mod.rs` is a module of tests.
fn is_test(path: &Path) -> bool {
    let declaration =
        format!("#[cfg(test)]\nmod {};", path.file_stem().unwrap_or_default().to_string_lossy());
    fs::read_to_string(path.with_file_name("mod.rs")).is_ok_and(|text| text.contains(&declaration))
}

fn is_allowed(part: &str, known: &str) -> bool {
    let allowed = ALLOWED.iter().find(|(name, _)| *name == part).map_or(&[][..], |(_, allowed)| allowed);
    part == known || MODELS.contains(&known) || allowed.contains(&known)
}

/// Returns the parts that a file knows, with line numbers; tests may know more, so they are left out.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim() == "#[cfg(test)]"
            && text.lines().nth(at + 1).is_some_and(|next| next.contains("mod tests"))
        {
            break;
        }
        let code = line.split("//").next().unwrap_or_default();
        for after in code.split("crate::").skip(1) {
            let names = after.strip_prefix('{').unwrap_or(after);
            let name: String = names.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let is_module = name.starts_with(|c: char| c.is_lowercase());
            if is_module {
                found.push((at + 1, name));
            }
        }
    }
    found
}

/// Lists the Rust files below a folder, sorted.
pub(crate) fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let mut found = Vec::new();
    let error = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut entries: Vec<_> = fs::read_dir(folder)
        .map_err(error)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(error)?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.append(&mut files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siblings_must_not_know_each_other() {
        for (part, known, allowed) in [
            ("writers", "document", true),
            ("writers", "writers", true),
            ("writers", "readers", false),
            ("detectors", "build", false),
            ("convert", "writers", true),
            ("document", "ledger", true),
            ("document", "build", false),
            ("cli", "readers", false),
        ] {
            assert_eq!(is_allowed(part, known), allowed, "{part} → {known}");
        }
    }

    #[test]
    fn imports_are_found_in_lines_and_paths() {
        let text = "use crate::sheet::Row;\n// crate::cli\nlet x = crate::build::y();\nuse crate::Error;\n\
                    #[cfg(test)]\nmod tests {\n    use crate::readers::read_text;\n}\n";
        assert_eq!(imports(text), [(1, "sheet".to_owned()), (3, "build".to_owned())]);
    }
}
