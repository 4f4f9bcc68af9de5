//! The values of `postil.yaml`: what each has to be, and what is said where it is something else.

use super::KEYS;
use crate::nearest::nearest;
use crate::yaml::{Field, Kind, Node};

/// Tells that something else is expected.
pub(super) fn wrong(key: &str, node: &Node<'_>, expected: &str) -> String {
    let found = match &node.kind {
        Kind::List(_) => "a list".to_owned(),
        Kind::Fields(_) => "a group of keys".to_owned(),
        Kind::Nothing => "empty".to_owned(),
        _ => format!("`{}`", node.text().unwrap_or_default()),
    };
    format!("line {}: {key} is {found}; write {expected}", node.line)
}

/// Returns what stands under a key with keys of its own; keys without a value say nothing.
pub(super) fn any_fields<'n, 't>(
    node: &'n Node<'t>,
    key: &str,
    expected: &str,
) -> Result<Vec<&'n Field<'t>>, String> {
    match &node.kind {
        Kind::Fields(fields) => {
            Ok(fields.iter().filter(|field| !matches!(field.value.kind, Kind::Nothing)).collect())
        }
        Kind::Nothing => Ok(Vec::new()),
        _ => Err(wrong(key, node, expected)),
    }
}

/// The same, where the keys are known.
pub(super) fn fields<'n, 't>(
    node: &'n Node<'t>,
    key: &str,
    expected: &str,
    known: &[&str],
) -> Result<Vec<&'n Field<'t>>, String> {
    if let Kind::Fields(fields) = &node.kind
        && let Some(unknown) = fields.iter().find(|field| !known.contains(&field.key.as_str()))
    {
        let of = if known == KEYS { String::new() } else { format!(" of {key}") };
        let hint = meant(&unknown.key, known.iter().copied());
        return Err(format!("line {}: unknown key `{}`{of}; {hint}", unknown.line, unknown.key));
    }
    any_fields(node, key, expected)
}

pub(super) fn meant<'n>(typed: &str, known: impl Iterator<Item = &'n str> + Clone) -> String {
    match nearest(typed, known.clone()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known are {}", known.collect::<Vec<_>>().join(", ")),
    }
}

pub(super) fn text(key: &str, node: &Node<'_>) -> Result<String, String> {
    node.text().map(|text| text.trim().to_owned()).ok_or_else(|| wrong(key, node, "text"))
}

pub(super) fn flag(key: &str, node: &Node<'_>) -> Result<bool, String> {
    match node.kind {
        Kind::Flag(is_so) => Ok(is_so),
        _ => Err(wrong(key, node, "true or false")),
    }
}

pub(super) fn count(key: &str, node: &Node<'_>, expected: &str) -> Result<usize, String> {
    let number = node.text().and_then(|text| text.parse().ok()).filter(|&number| number > 0);
    number.ok_or_else(|| wrong(key, node, expected))
}

pub(super) fn list<'n, 't>(key: &str, node: &'n Node<'t>, expected: &str) -> Result<&'n [Node<'t>], String> {
    match &node.kind {
        Kind::List(values) => Ok(values),
        _ => Err(wrong(key, node, expected)),
    }
}

/// Returns what is named in a list, of things that have names.
pub(super) fn some_of<T: Copy>(key: &str, node: &Node<'_>, known: &[(&str, T)]) -> Result<Vec<T>, String> {
    let names = known.iter().map(|(name, _)| *name);
    let all = names.clone().collect::<Vec<_>>().join(", ");
    let mut found = Vec::new();
    for value in list(key, node, &format!("a list of {all}"))? {
        let name = value.text().ok_or_else(|| wrong(&format!("an entry of {key}"), value, &all))?;
        match known.iter().find(|(known, _)| *known == name) {
            Some((_, thing)) => found.push(*thing),
            None => {
                let hint = meant(name, names);
                return Err(format!("line {}: {key} has `{name}`; {hint}", value.line));
            }
        }
    }
    Ok(found)
}
