//! What Markdown writes between `[^` and `]`: small ASCII letters, digits and hyphens, no two alike.
//!
//! Engines disagree on the case of labels, on spaces and on letters beyond ASCII, so we write none of these.

use std::collections::{BTreeMap, BTreeSet};

use crate::findings::FoundNote;

/// Labels are no longer.
const LONGEST: usize = 40;

/// Returns a label for each note: the author's own in plain letters, else the next free number.
pub(super) fn labels<'f>(notes: impl Iterator<Item = &'f FoundNote>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut next = BTreeMap::new();
    let named: Vec<Option<String>> = notes
        .map(|note| note.label.as_deref().and_then(plain).map(|label| unique(label, &mut taken, &mut next)))
        .collect();
    let mut number = 0;
    let next_number = |taken: &BTreeSet<String>, number: &mut u32| loop {
        *number += 1;
        if !taken.contains(&number.to_string()) {
            return number.to_string();
        }
    };
    named.into_iter().map(|label| label.unwrap_or_else(|| next_number(&taken, &mut number))).collect()
}

/// Returns a label in plain letters; nothing if too little of it is left.
fn plain(label: &str) -> Option<String> {
    if label.chars().any(|c| c.is_alphanumeric() && !c.is_ascii()) {
        return None;
    }
    let mut plain = String::new();
    for c in label.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            plain.push(c);
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    plain.truncate(LONGEST);
    let plain = plain.trim_end_matches('-');
    (!plain.is_empty()).then(|| plain.to_owned())
}

/// Adds a number to a label that another note has; `next` is the one to begin with for each label.
fn unique(label: String, taken: &mut BTreeSet<String>, next: &mut BTreeMap<String, u32>) -> String {
    if taken.insert(label.clone()) {
        return label;
    }
    let number = next.entry(label.clone()).or_insert(2);
    loop {
        let suffix = format!("-{number}");
        let stem = label[..label.len().min(LONGEST - suffix.len())].trim_end_matches('-');
        let longer = format!("{stem}{suffix}");
        *number += 1;
        if taken.insert(longer.clone()) {
            return longer;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Certainty;
    use crate::source::Span;

    #[test]
    fn labels_are_plain_and_unique() {
        for (printed, expected) in [
            (vec![None, None], vec!["1", "2"]),
            (vec![Some("2"), None, None], vec!["2", "1", "3"]),
            (vec![Some("Vale 1902, p. 4")], vec!["vale-1902-p-4"]),
            (vec![Some("a"), Some("A"), Some("a")], vec!["a", "a-2", "a-3"]),
            (vec![Some("größe"), Some("*"), Some("1")], vec!["2", "3", "1"]),
            (vec![Some(&*"x".repeat(60))], vec![&*"x".repeat(40)]),
        ] {
            let notes: Vec<FoundNote> = printed
                .iter()
                .map(|label| FoundNote {
                    printed: String::new(),
                    label: label.map(str::to_owned),
                    span: Span::default(),
                    url: None,
                    certainty: Certainty::Certain,
                    evidence: Vec::new(),
                })
                .collect();
            assert_eq!(labels(notes.iter()), expected, "for {printed:?}");
        }
    }
}
