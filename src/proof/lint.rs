//! What is wrong with the notes of a Markdown text.

use std::collections::BTreeMap;

use super::printed::{self, Printed, Reference, Spot};
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::source::Span;

/// Finds what is wrong with the notes of a Markdown text, in the order of the text.
///
/// Told are references without a note, notes that nobody refers to, labels that two notes have, notes that do not
/// stand in the order of their references, and references in headings and links, where outputs cannot keep them.
///
/// # Errors
///
/// [`Error::FrontMatter`] if the front matter is broken.
///
/// ```
/// let found = postil::check("The ferry[^2] sank[^1].\n\n[^1]: Off the mole.\n\n[^3]: In 1902.\n")?;
/// let codes: Vec<&str> = found.iter().map(|remark| remark.code.name()).collect();
/// assert_eq!(codes, ["marker-without-note", "note-without-marker"]);
/// # Ok::<(), postil::Error>(())
/// ```
pub fn check(text: &str) -> Result<Vec<Diagnostic>, Error> {
    let printed = printed::notes(text)?;
    let mut remarks = Vec::new();
    for reference in &printed.dangling {
        remarks.push(remark(
            Code::MarkerWithoutNote,
            reference,
            format!("no note has the label {}", reference.label),
            "write the note, or a backslash before the bracket",
        ));
    }
    for reference in &printed.references {
        let (code, place) = match reference.spot {
            Spot::Text => continue,
            Spot::Heading => (Code::MarkerInHeading, "heading"),
            Spot::Link => (Code::MarkerInLink, "link"),
        };
        let message = format!("the reference to {} stands in a {place}", reference.label);
        remarks.push(remark(code, reference, message, "put it behind the words that it belongs to"));
    }
    check_definitions(text, &printed, &mut remarks);
    remarks.sort_by_key(|remark| (remark.span, remark.code));
    Ok(remarks)
}

fn check_definitions(text: &str, printed: &Printed, remarks: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut push = |code, at: usize, message: String, hint: &str| {
        let definition = &printed.definitions[at];
        // The label alone is pointed at, not the whole note.
        let end = definition.span.start + definition.label.len() + 3;
        let span = Span::new(definition.span.start, end.min(definition.span.end));
        remarks.push(Diagnostic { code, span, message, hint: Some(hint.to_owned()) });
    };
    for (at, definition) in printed.definitions.iter().enumerate() {
        if *first.entry(printed::folded(&definition.label)).or_insert(at) != at {
            let message = format!("another note before this one has the label {}", definition.label);
            push(Code::DuplicateLabel, at, message, "give one of them another label");
        }
    }
    let wanted = super::tidy::order(printed, &first);
    let mut places: Vec<Option<usize>> = vec![None; printed.definitions.len()];
    for (place, &at) in wanted.iter().enumerate() {
        places[at] = Some(place);
    }
    for (at, definition) in printed.definitions.iter().enumerate() {
        if places[at].is_none() && first.get(&printed::folded(&definition.label)) == Some(&at) {
            let message = format!("nothing refers to the note {}", definition.label);
            push(Code::NoteWithoutMarker, at, message, "refer to it, or take it out");
        }
    }
    let mut is_ordered = true;
    for group in super::tidy::groups(text, &printed.definitions) {
        let mut latest = 0;
        for at in group {
            let Some(place) = places[at] else { continue };
            if place < latest {
                let message = format!(
                    "the note {} is referred to before the one above it",
                    printed.definitions[at].label
                );
                push(Code::NoteOutOfOrder, at, message, "run `postil fmt`");
                is_ordered = false;
            }
            latest = latest.max(place);
        }
    }
    // Where the notes stand in order their numbers may still not.
    let number = |&at: &usize| printed.definitions[at].label.parse::<u64>().ok().map(|number| (at, number));
    let numbers: Vec<(usize, u64)> = wanted.iter().filter_map(number).collect();
    for pair in numbers.windows(2).filter(|pair| is_ordered && pair[1].1 < pair[0].1) {
        let message = format!("the number {} comes after {}", pair[1].1, pair[0].1);
        push(Code::NoteOutOfOrder, pair[1].0, message, "run `postil fmt`");
    }
}

fn remark(code: Code, reference: &Reference, message: String, hint: &str) -> Diagnostic {
    let span = Span::new(reference.span.start, reference.span.end);
    Diagnostic { code, span, message, hint: Some(hint.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_told_and_nothing_else() {
        for (text, expected) in [
            ("a[^1] b[^2]\n\n[^1]: x\n[^2]: y\n", ""),
            ("a[^1]\n\n[^1]: x[^2]\n\n[^2]: y[^1]\n", ""),
            ("a[^1] b[^x]\n\n[^1]: x\n", "marker-without-note@7"),
            ("a\n\n[^1]: x\n", "note-without-marker@3"),
            ("a\n\n[^1]: x[^1]\n", "note-without-marker@3"),
            ("a[^1]\n\n[^1]: x\n\n[^1]: y\n", "duplicate-label@16"),
            ("a[^1] b[^2]\n\n[^2]: y\n\n[^1]: x\n", "note-out-of-order@22"),
            ("a[^2] b[^1]\n\n[^2]: y\n\n[^1]: x\n", "note-out-of-order@22"),
            ("# a[^1]\n\n[^1]: x\n", "marker-in-heading@3"),
            ("[a[^1]](u)\n\n[^1]: x\n", "marker-in-link@2"),
            ("`[^1]` \\[^1] [1] ^[x] [^a b]\n\n    [^1]\n", ""),
            ("---\na: '[^1]'\n---\n[^1]\n", "marker-without-note@18"),
            ("", ""),
        ] {
            let found = check(text).expect("sound front matter");
            let found: Vec<String> =
                found.iter().map(|remark| format!("{}@{}", remark.code.name(), remark.span.start)).collect();
            assert_eq!(found.join(" "), expected, "in {text:?}");
        }
    }
}
