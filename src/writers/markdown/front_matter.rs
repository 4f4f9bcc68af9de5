//! YAML front matter: what is known, in a fixed order, read alike by YAML 1.1 and 1.2 readers.

use serde_json::{Map, Value};

use crate::document::{Found, Metadata};

/// Writes the front matter with its lines of hyphens; nothing if nothing is known.
pub(super) fn write(metadata: &Metadata) -> String {
    let fields = fields(metadata);
    if fields.is_empty() {
        return String::new();
    }
    let options = serde_yaml::ser_options! { prefer_block_scalars: false, compact_list_indent: false };
    let yaml =
        serde_yaml::to_string_with_options(&fields, options).expect("a map of JSON values is valid YAML");
    format!("---\n{}\n---\n", yaml.trim_end())
}

/// Returns the fields in the order of `docs/front-matter.md`.
fn fields(metadata: &Metadata) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |key: &str, found: Option<&Found<String>>| {
        if let Some(found) = found {
            fields.insert(key.to_owned(), Value::String(found.value.clone()));
        }
    };
    put("title", metadata.title.as_ref());
    put("subtitle", metadata.subtitle.as_ref());
    put_list(&mut fields, "authors", &metadata.authors);
    for (key, found) in [
        ("date", &metadata.date),
        ("updated", &metadata.updated),
        ("lang", &metadata.lang),
        ("publisher", &metadata.publisher),
        ("source", &metadata.source),
        ("description", &metadata.description),
    ] {
        if let Some(found) = found {
            fields.insert(key.to_owned(), Value::String(found.value.clone()));
        }
    }
    put_list(&mut fields, "tags", &metadata.tags);
    if let Some(rights) = &metadata.rights {
        fields.insert("rights".to_owned(), Value::String(rights.value.clone()));
    }
    for (key, value) in &metadata.extra {
        fields.insert(key.clone(), value.clone());
    }
    fields
}

fn put_list(fields: &mut Map<String, Value>, key: &str, found: &[Found<String>]) {
    if !found.is_empty() {
        let values = found.iter().map(|found| Value::String(found.value.clone())).collect();
        fields.insert(key.to_owned(), Value::Array(values));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: &str) -> Found<String> {
        Found { value: value.to_owned(), rule: "test", span: None }
    }

    #[test]
    fn strings_stay_strings_and_nothing_is_made_up() {
        let metadata = Metadata {
            title: Some(found("No: 1.10")),
            authors: vec![found("Iona Vale"), found("no")],
            date: Some(found("2031-03-04")),
            lang: Some(found("no")),
            ..Metadata::default()
        };
        let expected = "---\ntitle: \"No: 1.10\"\nauthors:\n  - Iona Vale\n  - \"no\"\ndate: \"2031-03-04\"\nlang: \"no\"\n---\n";
        assert_eq!(write(&metadata), expected);
        assert_eq!(write(&Metadata::default()), "");
    }
}
