//! Named values → metadata: the fields of front matter, and what the user sets.

use serde_json::Value;

use super::date;
use crate::document::{Found, Metadata};

/// Puts a value where its name says; unknown names are kept as they are.
pub(super) fn put(metadata: &mut Metadata, key: &str, value: &Value, rule: &'static str) {
    let found = |value: &Value| text(value).map(|value| Found { value, rule, span: None });
    // Nobody can tell which date `[1]` is: it stays as it is.
    let is_nested = value.is_array() || value.is_object();
    let value = match key {
        "date" | "date_as_printed" | "published" | "updated" | "lastmod" | "last_modified_at"
        | "date-modified" | "updated_as_printed" => &dated(value),
        _ => value,
    };
    let slot = match key {
        "title" => &mut metadata.title,
        "subtitle" => &mut metadata.subtitle,
        "date" | "date_as_printed" if !is_nested => &mut metadata.date,
        "published" if is_date(value) => &mut metadata.date,
        "updated" | "lastmod" | "last_modified_at" | "date-modified" | "updated_as_printed" => {
            &mut metadata.updated
        }
        "lang" | "language" => &mut metadata.lang,
        "publisher" => &mut metadata.publisher,
        "source" => &mut metadata.source,
        "description" | "abstract" => &mut metadata.description,
        "rights" => &mut metadata.rights,
        "author" | "authors" => return put_list(&mut metadata.authors, value, rule),
        "tag" | "tags" | "keywords" => return put_list(&mut metadata.tags, &parted(value), rule),
        "params" | "extra" | "taxonomies" if value.is_object() => {
            return put_held(metadata, key, value, rule);
        }
        _ => {
            metadata.extra.retain(|(known, _)| known != key);
            metadata.extra.push((key.to_owned(), value.clone()));
            return;
        }
    };
    *slot = found(value);
}

/// Puts what stands in the place that a program has for all it does not know; what we do not know either stays there.
fn put_held(metadata: &mut Metadata, holder: &str, value: &Value, rule: &'static str) {
    const KNOWN: &[&str] = &[
        "subtitle",
        "author",
        "authors",
        "date_as_printed",
        "updated_as_printed",
        "lang",
        "publisher",
        "source",
        "tags",
        "rights",
    ];
    let mut rest = serde_json::Map::new();
    for (key, value) in value.as_object().into_iter().flatten() {
        if KNOWN.contains(&key.as_str()) {
            put(metadata, key, value, rule);
        } else {
            rest.insert(key.clone(), value.clone());
        }
    }
    if !rest.is_empty() {
        metadata.extra.push((holder.to_owned(), Value::Object(rest)));
    }
}

/// `published: false` keeps a draft back, `published: 2031-03-04` is a date.
fn is_date(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
}

/// Returns a date as ISO 8601 writes it, if it is written in another way: `2031-03-04 10:00 +0200`, `4 March 2031`,
/// `2031/03/04`.
fn dated(value: &Value) -> Value {
    let Value::String(text) = value else { return value.clone() };
    // Where the year stands first, only one day is meant.
    let has_year_first = text.len() > 4 && text.bytes().take(4).all(|byte| byte.is_ascii_digit());
    let text = if has_year_first { &text.replace('/', "-") } else { text };
    let date = date::read_moment(text).or_else(|| date::read_line(text).map(|found| found.iso));
    date.map_or_else(|| value.clone(), Value::String)
}

/// Returns the values of a line that commas part.
fn parted(value: &Value) -> Value {
    match value {
        Value::String(text) => text.split([',', '，', '、', ';']).map(str::trim).collect(),
        value => value.clone(),
    }
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
            ("date", json!([1])),
            ("lang", json!(null)),
            ("published", json!(false)),
            ("lastmod", json!("6 May 2031")),
            ("date", json!("2031-03-04 10:00:00 +0200")),
            ("keywords", json!("ebb, low water")),
            ("extra", json!({"source": "Harbour Post", "mole": 1})),
        ] {
            put(&mut metadata, key, &value, "front-matter");
        }
        put(&mut metadata, "author", &json!("Ann Roe"), "set");
        put(&mut metadata, "author", &json!("Bo Lind"), "set");
        let authors: Vec<&str> = metadata.authors.iter().map(|found| found.value.as_str()).collect();
        assert_eq!(metadata.title(), Some("The ferry"));
        assert_eq!(authors, ["Ann Roe", "Bo Lind"]);
        assert_eq!(metadata.lang, None);
        let extra = [
            ("year", json!(2031)),
            ("date", json!([1])),
            ("published", json!(false)),
            ("extra", json!({"mole": 1})),
        ];
        assert_eq!(metadata.extra, extra.map(|(key, value)| (key.to_owned(), value)));
        assert_eq!(metadata.date.map(|found| found.value).as_deref(), Some("2031-03-04T10:00:00+02:00"));
        let tags: Vec<&str> = metadata.tags.iter().map(|found| found.value.as_str()).collect();
        assert_eq!(tags, ["ebb", "low water"]);
        assert_eq!(metadata.updated.map(|found| found.value).as_deref(), Some("2031-05-06"));
        assert_eq!(metadata.source.map(|found| found.value).as_deref(), Some("Harbour Post"));
    }
}
