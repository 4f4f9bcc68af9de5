//! Notes in order, in place: numbers by first reference, definitions in the same order and set alike.
//!
//! Only labels and definitions change; every other byte of the text stays. Definitions keep to their group: those that
//! stand below a chapter stay below it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::printed::{self, Definition, Printed};
use crate::error::Error;

/// One change of the text.
struct Edit {
    span: Range<usize>,
    text: String,
}

/// Puts the notes of a Markdown text in order; what is in order already comes back as it is.
///
/// Numbers count up in the order of first reference; names stay. Definitions that stand together are sorted in that
/// order, parted by blank lines, and their lines set in by four spaces.
///
/// # Errors
///
/// [`Error::FrontMatter`] if the front matter is broken.
///
/// ```
/// let text = "The ferry[^2] sank[^7].\n\n[^7]: In 1902.\n[^2]: The *Heron*.\n";
/// assert_eq!(
///     postil::tidy(text)?,
///     "The ferry[^1] sank[^2].\n\n[^1]: The *Heron*.\n\n[^2]: In 1902.\n",
/// );
/// # Ok::<(), postil::Error>(())
/// ```
pub fn tidy(text: &str) -> Result<String, Error> {
    let printed = printed::notes(text)?;
    let mut first = BTreeMap::new();
    for (at, definition) in printed.definitions.iter().enumerate() {
        first.entry(printed::folded(&definition.label)).or_insert(at);
    }
    let order = order(&printed, &first);
    let labels = labels(&printed, &order);
    let mut places = vec![usize::MAX; printed.definitions.len()];
    for (place, &at) in order.iter().enumerate() {
        places[at] = place;
    }
    let mut relabelled = Vec::new();
    for reference in &printed.references {
        if let Some(&at) = first.get(&reference.label)
            && labels[at] != printed.definitions[at].label
        {
            let span = reference.span.start + 2..reference.span.end - 1;
            relabelled.push(Edit { span, text: labels[at].clone() });
        }
    }
    for (definition, label) in printed.definitions.iter().zip(&labels) {
        if *label != definition.label {
            let start = definition.span.start + 2;
            relabelled.push(Edit { span: start..start + definition.label.len(), text: label.clone() });
        }
    }
    relabelled.sort_by_key(|edit| edit.span.start);
    let mut edits: Vec<Edit> = Vec::new();
    let mut rest = relabelled.into_iter().peekable();
    for mut group in groups(text, &printed.definitions) {
        let (Some(&top), Some(&bottom)) = (group.first(), group.last()) else { continue };
        let span = printed.definitions[top].span.start..printed.definitions[bottom].span.end;
        while let Some(edit) = rest.next_if(|edit| edit.span.start < span.start) {
            edits.push(edit);
        }
        let mut within = Vec::new();
        while let Some(edit) = rest.next_if(|edit| edit.span.start < span.end) {
            within.push(edit);
        }
        group.sort_by_key(|&at| places[at]);
        edits.push(Edit { text: group_text(text, &printed, &group, &within), span });
    }
    edits.extend(rest);
    let tidied = apply(text, 0..text.len(), &edits);
    // An edit that changed what the text says would be worse than notes out of order.
    let is_safe = says_the_same((text, &printed), (&tidied, &printed::notes(&tidied)?));
    Ok(if is_safe { tidied } else { text.to_owned() })
}

/// Returns the definitions in the order of first reference: from the text, then from notes. Those that nobody refers to
/// are not among them.
pub(super) fn order(printed: &Printed, first: &BTreeMap<String, usize>) -> Vec<usize> {
    let mut order = Vec::new();
    let mut is_seen = vec![false; printed.definitions.len()];
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); printed.definitions.len()];
    for reference in &printed.references {
        let Some(&at) = first.get(&reference.label) else { continue };
        match reference.within {
            Some(holder) => below[holder].push(at),
            None if !is_seen[at] => {
                is_seen[at] = true;
                order.push(at);
            }
            None => {}
        }
    }
    let mut next = 0;
    while next < order.len() {
        for &at in &below[order[next]] {
            if !is_seen[at] {
                is_seen[at] = true;
                order.push(at);
            }
        }
        next += 1;
    }
    order
}

/// Returns the definitions that stand together, with nothing but blank lines between them.
pub(super) fn groups(text: &str, definitions: &[Definition]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut end = None;
    for (at, definition) in definitions.iter().enumerate().filter(|(_, definition)| definition.is_top) {
        let joins =
            end.is_some_and(|end: usize| text[end..definition.span.start].chars().all(char::is_whitespace));
        match groups.last_mut() {
            Some(group) if joins => group.push(at),
            _ => groups.push(vec![at]),
        }
        end = Some(definition.span.end);
    }
    groups
}

/// Returns the label of each definition: numbers count up, and never take one that a dangling reference has.
fn labels(printed: &Printed, order: &[usize]) -> Vec<String> {
    let is_number = |label: &str| label.bytes().all(|byte| byte.is_ascii_digit());
    let dangling: BTreeSet<&str> =
        printed.dangling.iter().map(|reference| reference.label.as_str()).collect();
    let mut labels: Vec<String> =
        printed.definitions.iter().map(|definition| definition.label.clone()).collect();
    let mut is_ordered = vec![false; labels.len()];
    order.iter().for_each(|&at| is_ordered[at] = true);
    let others = (0..labels.len()).filter(|&at| !is_ordered[at]);
    let mut number = 0_usize;
    for at in order.iter().copied().chain(others) {
        if is_number(&labels[at]) {
            number += 1;
            while dangling.contains(number.to_string().as_str()) {
                number += 1;
            }
            labels[at] = number.to_string();
        }
    }
    labels
}

/// Writes definitions in the order given, with their new labels, a blank line between them.
fn group_text(text: &str, printed: &Printed, group: &[usize], edits: &[Edit]) -> String {
    let line_end = group.first().map_or("\n", |&at| line_end(text, printed.definitions[at].span.start));
    let definitions: Vec<String> = group
        .iter()
        .map(|&at| {
            let span = printed.definitions[at].span.clone();
            let from = edits.partition_point(|edit| edit.span.start < span.start);
            let to = edits.partition_point(|edit| edit.span.start < span.end);
            set_in(&apply(text, span, &edits[from..to]), line_end)
        })
        .collect();
    definitions.join(&line_end.repeat(2))
}

/// Returns how the line of a byte ends; the last one ends as the line before it.
fn line_end(text: &str, at: usize) -> &'static str {
    let end = text[at..].find('\n').map(|end| at + end).or_else(|| text[..at].rfind('\n'));
    if end.is_some_and(|end| text[..end].ends_with('\r')) { "\r\n" } else { "\n" }
}

/// Sets the lines of a definition in by four spaces; lines that are set in already stay, for they may be code.
fn set_in(definition: &str, line_end: &str) -> String {
    let mut lines = definition.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let first = lines.next().unwrap_or_default();
    let mut out = match first.split_once("]:") {
        Some((label, words)) if !words.trim().is_empty() && !words.starts_with("    ") => {
            format!("{label}]: {}", words.trim_start())
        }
        _ => first.to_owned(),
    };
    for line in lines {
        out.push_str(line_end);
        if !line.trim().is_empty() {
            let is_set_in = line.starts_with("    ") || line.starts_with('\t');
            out.push_str(if is_set_in { "" } else { "    " });
            out.push_str(if is_set_in { line } else { line.trim_start() });
        }
    }
    out
}

fn apply(text: &str, range: Range<usize>, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(range.len());
    let mut at = range.start;
    for edit in edits {
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(&text[at..range.end]);
    out
}

/// Tells whether every reference of the text leads to the same words in two versions of it.
fn says_the_same((old_text, old): (&str, &Printed), (new_text, new): (&str, &Printed)) -> bool {
    let told = |text: &str, printed: &Printed| -> Vec<(String, usize)> {
        let mut first = BTreeMap::new();
        for definition in &printed.definitions {
            first.entry(printed::folded(&definition.label)).or_insert(definition);
        }
        let in_text = printed.references.iter().filter(|reference| reference.within.is_none());
        let found = in_text.filter_map(|reference| first.get(&reference.label));
        found.map(|definition| (words(&text[definition.span.clone()]), definition.parts)).collect()
    };
    old.references.len() == new.references.len()
        && old.definitions.len() == new.definitions.len()
        && old.dangling.len() == new.dangling.len()
        && told(old_text, old) == told(new_text, new)
}

/// Returns a definition without white space and without digits, which labels are made of.
fn words(definition: &str) -> String {
    definition.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_come_in_order_and_the_text_stays() {
        for (text, expected) in [
            ("a[^2] b[^1]\n\n[^1]: x\n[^2]: y\n", "a[^1] b[^2]\n\n[^1]: y\n\n[^2]: x\n"),
            ("a[^9]\r\n\r\n[^9]:x\r\nlazy\r\n", "a[^1]\r\n\r\n[^1]: x\r\n    lazy\r\n"),
            (
                "a[^b] c[^4]\n\n[^4]: x\n\n[^b]: y[^c]\n\n[^c]: z\n",
                "a[^b] c[^1]\n\n[^b]: y[^c]\n\n[^1]: x\n\n[^c]: z\n",
            ),
            // Each chapter keeps its notes.
            ("a[^2]\n\n[^2]: x\n\nb[^1]\n\n[^1]: y\n", "a[^1]\n\n[^1]: x\n\nb[^2]\n\n[^2]: y\n"),
            // A dangling reference keeps dangling.
            ("a[^1] b[^5]\n\n[^5]: x\n", "a[^1] b[^2]\n\n[^2]: x\n"),
            ("a[^5]\n\n[^3]: unused\n\n[^5]: x\n", "a[^1]\n\n[^1]: x\n\n[^2]: unused\n"),
            ("a[^1]\n\n[^1]:\n    x\n\n        code\n", "a[^1]\n\n[^1]:\n    x\n\n        code\n"),
            ("> a[^2]\n>\n> [^2]: x\n", "> a[^1]\n>\n> [^1]: x\n"),
            ("`[^2]` [^1]\n\n[^1]: x\n", "`[^2]` [^1]\n\n[^1]: x\n"),
            ("no notes  \n\n\n*at* all", "no notes  \n\n\n*at* all"),
            ("", ""),
        ] {
            let tidied = tidy(text).expect("sound front matter");
            assert_eq!(tidied, expected, "from {text:?}");
            assert_eq!(tidy(&tidied).expect("sound front matter"), tidied, "from {tidied:?}");
        }
    }
}
