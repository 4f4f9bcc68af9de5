//! Expected against found: shown line by line, or written anew by `cargo xtask bless`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Tells whether expected files are to be written instead of compared.
pub(crate) fn blesses() -> bool {
    std::env::var_os("POSTIL_BLESS").is_some()
}

/// Returns a path below the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Returns the sorted entries of a folder.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Shows the first lines in which two texts differ.
pub(crate) fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let same = expected.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let mut shown = format!("  from line {}:\n", same + 1);
    for line in expected.iter().skip(same).take(6) {
        let _ = writeln!(shown, "  - {line}");
    }
    for line in found.iter().skip(same).take(6) {
        let _ = writeln!(shown, "  + {line}");
    }
    shown
}
