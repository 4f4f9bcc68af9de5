//! Named values → metadata: the fields of front matter, and what the user sets.

use serde_json::Value;

use crate::document::{Found, Metadata};

/// Puts a value where its name says; unknown names are kept as they are.
pub(super) fn put(metadata: &mut Metadata, key: &str, value: &Value, rule: &'static str) {
    let found = |value: &Value| text(value).map(|value| Found { value, rule, span: None });
    let slot = match key {
        "title" => &mut metadata.title,
        "subtitle" => &mut metadata.subtitle,
        "date" => &mut metadata.date,
        "updated" => &mut metadata.updated,
        "lang" | "language" => &mut metadata.lang,
        "publisher" => &mut metadata.publisher,
        "source" => &mut metadata.source,
        "description" => &mut metadata.description,
        "rights" => &mut metadata.rights,
        "author" | "authors" => return put_list(&mut metadata.authors, value, rule),
        "tag" | "tags" => return put_list(&mut metadata.tags, value, rule),
        _ => {
            metadata.extra.retain(|(known, _)| known != key);
            metadata.extra.push((key.to_owned(), value.clone()));
            return;
        }
    };
    *slot = found(value);
}

/// Puts a value or a list of values; values of one rule add up, those of another are overruled.
fn put_list(list: &mut Vec<Found<String>>, value: &Value, rule: &'static str) {
    list.retain(|found| found.rule == rule);
    let values = match value {
        Value::Array(values) => values.iter().filter_map(text).collect(),
        value => text(value).into_iter().collect::<Vec<_>>(),
    };
    list.extend(values.into_iter().map(|value| Found { value, rule, span: None }));
}

/// Returns a scalar as text; nothing for null, empty text, and what is no scalar.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Object(fields) => fields.get("name").and_then(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_go_where_their_names_say() {
        let mut metadata = Metadata::default();
        for (key, value) in [
            ("title", json!("The ferry")),
            ("authors", json!(["Iona Vale", {"name": "Tom Reed"}])),
            ("year", json!(2031)),
            ("lang", json!(null)),
        ] {
            put(&mut metadata, key, &value, "front-matter");
        }
        put(&mut metadata, "author", &json!("Ann Roe"), "set");
        put(&mut metadata, "author", &json!("Bo Lind"), "set");
        let authors: Vec<&str> = metadata.authors.iter().map(|found| found.value.as_str()).collect();
        assert_eq!(metadata.title(), Some("The ferry"));
        assert_eq!(authors, ["Ann Roe", "Bo Lind"]);
        assert_eq!(metadata.lang, None);
        assert_eq!(metadata.extra, [("year".to_owned(), json!(2031))]);
    }
}
