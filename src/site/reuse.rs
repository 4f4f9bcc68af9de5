//! What a build tells the next one of its e-books, so that those that would come out the same are not made again.
//!
//! The mark in the output folder has a line for each: what it was made of, as one number, the sum of its bytes, and its
//! file. The lines after them are of the output itself: what the build wrote at the top of the folder.
//!
//! ```text
//! 5f2b0a0c-6a3b-5c58-9d0e-2f8b7c41a6e2 9d3f0c1e52b7a844 tides/01-bell/01-bell.epub
//! /tides
//! ```
//!
//! Pages are always made: they are quick, and each depends on half of the site.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::hash::BuildHasher;
use std::path::Path;

use foldhash::quality::FixedState;
use uuid::Uuid;

/// What a file was made of: the same, the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(Uuid);

/// The e-books of one build, by their files: what each was made of, and its sum.
#[derive(Debug, Default)]
pub(super) struct Made(HashMap<String, (Key, u64)>);

/// Returns a number that tells whether bytes are still the same.
pub(super) fn sum(bytes: &[u8]) -> u64 {
    FixedState::with_seed(0).hash_one(bytes)
}

impl Key {
    /// Makes one number of everything that something is made of.
    pub(super) fn of(parts: &[&[u8]]) -> Self {
        let mut all = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
        for part in parts {
            // Else the end of one could be the beginning of the next.
            all.extend_from_slice(&(part.len() as u64).to_le_bytes());
            all.extend_from_slice(part);
        }
        Self(Uuid::new_v5(&Uuid::NAMESPACE_OID, &all))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl Made {
    /// Reads what the build of a folder told; nothing, if none did.
    pub(super) fn read(mark: &Path) -> Self {
        let text = fs::read_to_string(mark).unwrap_or_default();
        Self(text.lines().filter_map(entry).collect())
    }

    /// Tells whether a file of that build is what a new one would be, and nobody changed it since.
    pub(super) fn has(&self, name: &str, key: Key, file: &Path) -> bool {
        let is_whole = |before: u64| fs::read(file).is_ok_and(|content| sum(&content) == before);
        self.0.get(name).is_some_and(|&(known, before)| known == key && is_whole(before))
    }

    /// Adds a file of this build.
    pub(super) fn add(&mut self, name: &str, key: Key, sum: u64) {
        self.0.insert(name.to_owned(), (key, sum));
    }

    /// Adds a file that stays from the build before.
    pub(super) fn add_from(&mut self, before: &Self, name: &str) {
        self.0.extend(before.0.get(name).map(|&entry| (name.to_owned(), entry)));
    }

    /// Returns the lines of the mark.
    pub(super) fn lines(&self) -> String {
        let sorted: BTreeMap<_, _> = self.0.iter().collect();
        let line = |(name, (Key(key), sum)): (&String, &(Key, u64))| format!("{key} {sum:016x} {name}\n");
        sorted.into_iter().map(line).collect()
    }
}

fn entry(line: &str) -> Option<(String, (Key, u64))> {
    let mut parts = line.splitn(3, ' ');
    let key = Key(parts.next()?.parse().ok()?);
    let sum = u64::from_str_radix(parts.next()?, 16).ok()?;
    Some((parts.next()?.to_owned(), (key, sum)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_counts() {
        let keys = [
            Key::of(&[b"ebb", b"flow"]),
            Key::of(&[b"ebbf", b"low"]),
            Key::of(&[b"ebb", b"flow", b""]),
            Key::of(&[b"ebb"]),
            Key::of(&[]),
        ];
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(keys.iter().position(|other| other == key), Some(at));
        }
    }

    #[test]
    fn lines_are_read_back() {
        let mut made = Made::default();
        made.add("tides/a b.epub", Key::of(&[b"ebb"]), sum(b"flow"));
        assert_eq!(
            entry(made.lines().trim_end()),
            Some(("tides/a b.epub".to_owned(), (Key::of(&[b"ebb"]), sum(b"flow"))))
        );
        for line in ["", "/tides", "tides/a.epub", "5f2b0a0c 1 a.epub"] {
            assert_eq!(entry(line), None, "{line:?}");
        }
    }
}
