//! What two addresses of a note have in common: `fn-12-1` and `fnref-12-1`, `cite_note-Vale-3` and `cite_ref-Vale_3-0`.

use std::collections::{BTreeMap, BTreeSet};

/// What joins the numbers of an address.
const JOINT: char = '-';

/// What ends the part of an address that all have in common.
const SEPARATORS: [char; 4] = [':', '-', '_', '.'];

/// Keys by which notes are told apart.
pub(super) struct Keys {
    /// For each address of a reference its key. Two addresses have different ones.
    of_references: BTreeMap<String, String>,
    known: BTreeSet<String>,
    by_numbers: bool,
    /// What all links back begin with.
    back_prefix: usize,
}

impl Keys {
    /// Looks at the addresses of references and of links back.
    pub(super) fn of<'f>(
        references: impl Iterator<Item = &'f str>,
        backs: impl Iterator<Item = &'f str>,
    ) -> Self {
        let references: BTreeSet<&str> = references.collect();
        let backs: BTreeSet<&str> = backs.collect();
        let usual = usual_pattern(&references);
        // Where two addresses have the same numbers, the one that looks like the others is that of a note.
        let mut by_number: BTreeMap<String, &str> = BTreeMap::new();
        let mut collide = false;
        for &fragment in references.iter().filter(|fragment| has_number(fragment)) {
            let is_usual = pattern(fragment) == usual;
            match by_number.get(&numbers(fragment)).copied() {
                Some(known) if (pattern(known) == usual) == is_usual => collide = true,
                Some(_) if !is_usual => {}
                _ => drop(by_number.insert(numbers(fragment), fragment)),
            }
        }
        let by_numbers = !collide && !by_number.is_empty();
        let prefix = common_prefix(&references);
        let of_references: BTreeMap<String, String> = references
            .iter()
            .filter_map(|&fragment| {
                let key = numbers(fragment);
                if !by_numbers || key.is_empty() {
                    return Some((fragment.to_owned(), folded(&fragment[prefix..])));
                }
                (by_number.get(&key) == Some(&fragment)).then(|| (fragment.to_owned(), key))
            })
            .collect();
        let known = of_references.values().cloned().collect();
        Self { of_references, known, by_numbers, back_prefix: common_prefix(&backs) }
    }

    /// Returns the key of a note that a reference leads to.
    pub(super) fn of_reference(&self, fragment: &str) -> Option<&str> {
        self.of_references.get(fragment).map(String::as_str)
    }

    /// Returns the key of a note that leads back to an address. A note with several references counts them: `fnref1-2`.
    pub(super) fn of_back(&self, fragment: &str) -> String {
        let key = if self.by_numbers && has_number(fragment) {
            numbers(fragment)
        } else {
            folded(fragment.get(self.back_prefix..).unwrap_or(fragment))
        };
        let counted = key.rsplit_once(JOINT).map(|(key, _)| key);
        match counted.filter(|counted| !self.known.contains(&key) && self.known.contains(*counted)) {
            Some(counted) => counted.to_owned(),
            None => key,
        }
    }
}

fn has_number(fragment: &str) -> bool {
    fragment.contains(|c: char| c.is_ascii_digit())
}

/// Returns the numbers of an address: `12-1` of `fn-12-1`.
fn numbers(fragment: &str) -> String {
    let numbers: Vec<&str> =
        fragment.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    numbers.join("-")
}

/// Returns an address without its numbers.
fn pattern(fragment: &str) -> Vec<&str> {
    fragment.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty()).collect()
}

fn usual_pattern<'f>(fragments: &BTreeSet<&'f str>) -> Vec<&'f str> {
    let mut counts: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for fragment in fragments {
        *counts.entry(pattern(fragment)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(pattern, _)| pattern).unwrap_or_default()
}

/// Measures what all addresses begin with, up to the last separator in it.
fn common_prefix(fragments: &BTreeSet<&str>) -> usize {
    // The first and the last in order differ the most.
    let (Some(first), Some(last)) = (fragments.first(), fragments.last()) else { return 0 };
    let same = first.chars().zip(last.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let is_whole = fragments.len() == 1;
    match first[..same].rfind(SEPARATORS) {
        Some(at) => at + 1,
        None if is_whole => 0,
        None => same,
    }
}

/// Makes separators the same.
fn folded(key: &str) -> String {
    key.chars().map(|c| if SEPARATORS.contains(&c) { JOINT } else { c.to_ascii_lowercase() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_a_note_and_of_its_references_have_one_key() {
        for (references, backs) in [
            (&["fn1", "fn2", "fn12"][..], &["fnref1", "fnref2", "fnref12"][..]),
            (&["fn:1", "fn:2", "part-2"], &["fnref:1", "fnref:2:2"]),
            (&["fn-1234-1", "fn-1234-2"], &["fnref-1234-1", "fnref-1234-2"]),
            (
                &["cite_note-Vale1902-3", "cite_note-Vale1902-4"],
                &["cite_ref-Vale1902_3-0", "cite_ref-Vale1902_4-0"],
            ),
            (&["fnk3x9a", "fn3zzq1", "fnab3c"], &["fnrefk3x9a", "fnref3zzq1", "fnrefab3c"]),
            (&["fnkx", "fnzq"], &["fnrefkx", "fnrefzq"]),
            (&["fn:keeper", "fn:1"], &["fnref:keeper", "fnref:1"]),
            (&["user-content-fn-a"], &["user-content-fnref-a"]),
            (&["ch1n1", "ch2n1"], &["ch1r1", "ch2r1"]),
        ] {
            let keys = Keys::of(references.iter().copied(), backs.iter().copied());
            for (reference, back) in references.iter().zip(backs) {
                let key = keys.of_reference(reference);
                assert_eq!(key, Some(keys.of_back(back).as_str()), "{reference} and {back}");
            }
        }
        let keys = Keys::of(["fn1", "fn2", "part-2"].into_iter(), ["fnref1"].into_iter());
        assert_eq!(keys.of_reference("part-2"), None);
    }
}
