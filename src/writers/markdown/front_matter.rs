//! YAML front matter: what is known, in a fixed order, read alike by YAML 1.1 and 1.2 readers.

use serde_json::{Map, Value};

use super::dialects::{self, Dialect, Field};
use crate::document::{Found, Metadata};
use crate::options::FrontMatter;

/// Writes the front matter with its lines of hyphens; nothing if nothing is known.
pub(super) fn write(metadata: &Metadata, front_matter: FrontMatter) -> String {
    let Some(dialect) = dialects::of(front_matter) else { return String::new() };
    let mut fields = fields(metadata, dialect);
    if fields.is_empty() {
        return String::new();
    }
    complete(&mut fields, metadata, front_matter);
    let options = serde_yaml::ser_options! { prefer_block_scalars: false, compact_list_indent: false };
    let yaml =
        serde_yaml::to_string_with_options(&fields, options).expect("a map of JSON values is valid YAML");
    format!("---\n{}\n---\n", yaml.trim_end())
}

/// Adds what a program cannot do without.
fn complete(fields: &mut Map<String, Value>, metadata: &Metadata, front_matter: FrontMatter) {
    let mut add = |key: &str, value: &str| {
        if !fields.contains_key(key) {
            fields.insert(key.to_owned(), value.into());
        }
    };
    match front_matter {
        FrontMatter::Jekyll => add("layout", "post"),
        FrontMatter::Pandoc => {
            // Without an identifier pandoc makes a new one for every book.
            let name = metadata.source.as_ref().or(metadata.title.as_ref());
            name.into_iter().for_each(|name| add("identifier", &name.value));
            if is_right_to_left(metadata.lang()) {
                add("dir", "rtl");
            }
        }
        _ => {}
    }
}

fn is_right_to_left(lang: &str) -> bool {
    let language = lang.split(['-', '_']).next().unwrap_or_default();
    ["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"].contains(&language)
}

/// Returns the fields in the order of `docs/front-matter.md`, under the names of a program.
fn fields(metadata: &Metadata, dialect: &Dialect) -> Map<String, Value> {
    let mut fields = Map::new();
    let one = |found: &Option<Found<String>>| found.as_ref().map(|found| Value::String(found.value.clone()));
    let values = |found: &[Found<String>]| -> Vec<Value> {
        found.iter().map(|found| Value::String(found.value.clone())).collect()
    };
    let list = |found: &[Found<String>]| (!found.is_empty()).then(|| Value::Array(values(found)));
    let authors = match values(&metadata.authors).as_slice() {
        [author] if dialect.single_author => Some(author.clone()),
        _ => list(&metadata.authors),
    };
    let tags = list(&metadata.tags).map(|tags| if dialect.joined_tags { joined(tags) } else { tags });
    for (field, value) in [
        (Field::Title, one(&metadata.title)),
        (Field::Subtitle, one(&metadata.subtitle)),
        (Field::Authors, authors),
        (Field::Date, one(&metadata.date)),
        (Field::Updated, one(&metadata.updated)),
        (Field::Lang, one(&metadata.lang)),
        (Field::Publisher, one(&metadata.publisher)),
        (Field::Source, one(&metadata.source)),
        (Field::Description, one(&metadata.description)),
        (Field::Tags, tags),
        (Field::Rights, one(&metadata.rights)),
    ] {
        let Some(value) = value else { continue };
        let (mut holder, mut name) = dialect.place(field);
        let is_date = matches!(field, Field::Date | Field::Updated);
        if is_date && dialect.whole_dates && !value.as_str().is_some_and(is_whole_date) {
            holder = dialect.others;
            name = if field == Field::Date { "date_as_printed" } else { "updated_as_printed" };
        }
        put(&mut fields, holder, name, value);
    }
    for (key, value) in &metadata.extra {
        // What the author put into the place for everything else stays there.
        let is_holder = value.is_object() && ["params", "extra", "taxonomies"].contains(&key.as_str());
        match (dialect.others, value) {
            (Some(holder), Value::Object(inner)) if holder == key => {
                inner.iter().for_each(|(key, value)| put(&mut fields, Some(holder), key, value.clone()));
            }
            (Some("params"), _) => put(&mut fields, None, key, value.clone()), // Hugo keeps unknown keys
            (Some(holder), _) if !is_holder || key != "taxonomies" => {
                let is_known = ["slug", "draft", "weight", "path", "aliases", "template", "in_search_index"];
                let holder = (!is_known.contains(&key.as_str())).then_some(holder);
                put(&mut fields, holder, key, value.clone());
            }
            _ => put(&mut fields, None, key, value.clone()),
        }
    }
    fields
}

/// Puts a value under its name, inside the key that holds it. What is there already is added to, never replaced.
fn put(fields: &mut Map<String, Value>, holder: Option<&str>, name: &str, value: Value) {
    let map = match holder {
        Some(holder) => match fields.entry(holder).or_insert_with(|| Value::Object(Map::new())) {
            Value::Object(inner) => inner,
            _ => return,
        },
        None => fields,
    };
    match (map.get_mut(name), value) {
        (None, value) => {
            map.insert(name.to_owned(), value);
        }
        (Some(Value::Array(there)), Value::Array(more)) => {
            let new: Vec<Value> = more.into_iter().filter(|value| !there.contains(value)).collect();
            there.extend(new);
        }
        (Some(Value::Object(there)), Value::Object(more)) => {
            for (key, value) in more {
                there.entry(key).or_insert(value);
            }
        }
        (Some(_), _) => {}
    }
}

/// Tells whether a date has year, month and day, as ISO 8601 writes them.
fn is_whole_date(date: &str) -> bool {
    let day = date.as_bytes().get(..10).unwrap_or_default();
    let fits =
        |(at, byte): (usize, &u8)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() };
    day.len() == 10 && day.iter().enumerate().all(fits) && (date.len() == 10 || date.as_bytes()[10] == b'T')
}

/// Returns tags as Obsidian takes them: without white space and the sign.
fn joined(tags: Value) -> Value {
    let Value::Array(tags) = tags else { return tags };
    let join = |tag: Value| match tag {
        Value::String(tag) => {
            let words: Vec<&str> = tag.trim_start_matches('#').split_whitespace().collect();
            Value::String(words.join("-"))
        }
        tag => tag,
    };
    Value::Array(tags.into_iter().map(join).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
        assert_eq!(write(&metadata, FrontMatter::Postil), expected);
        assert_eq!(write(&Metadata::default(), FrontMatter::Jekyll), "");
        assert_eq!(write(&metadata, FrontMatter::None), "");
    }

    #[test]
    fn every_program_finds_its_names() {
        let metadata = Metadata {
            title: Some(found("Ebb")),
            authors: vec![found("Iona Vale")],
            date: Some(found("2031-03-04")),
            updated: Some(found("2031-05")),
            lang: Some(found("ar")),
            source: Some(found("https://harbour.example/ebb")),
            description: Some(found("A tide.")),
            tags: vec![found("low water")],
            extra: vec![
                ("zebra".to_owned(), json!(1)),
                ("categories".to_owned(), json!(["low water", "sea"])),
                ("extra".to_owned(), json!({"ant": 2})),
            ],
            ..Metadata::default()
        };
        for (front_matter, expected) in [
            (
                FrontMatter::Hugo,
                json!({
                    "title": "Ebb", "params": {
                        "author": "Iona Vale", "updated_as_printed": "2031-05", "lang": "ar",
                        "source": "https://harbour.example/ebb",
                    },
                    "date": "2031-03-04", "description": "A tide.", "tags": ["low water"], "zebra": 1,
                    "categories": ["low water", "sea"], "extra": {"ant": 2},
                }),
            ),
            (
                FrontMatter::Zola,
                json!({
                    "title": "Ebb", "authors": ["Iona Vale"], "date": "2031-03-04", "extra": {
                        "updated_as_printed": "2031-05", "lang": "ar", "source": "https://harbour.example/ebb",
                        "zebra": 1, "categories": ["low water", "sea"], "ant": 2,
                    },
                    "description": "A tide.", "taxonomies": {"tags": ["low water"]},
                }),
            ),
            (
                FrontMatter::Jekyll,
                json!({
                    "title": "Ebb", "author": "Iona Vale", "date": "2031-03-04", "updated_as_printed": "2031-05",
                    "lang": "ar", "source": "https://harbour.example/ebb", "description": "A tide.",
                    "tags": ["low water"], "zebra": 1, "categories": ["low water", "sea"], "extra": {"ant": 2},
                    "layout": "post",
                }),
            ),
            (
                FrontMatter::Pandoc,
                json!({
                    "title": "Ebb", "author": ["Iona Vale"], "date": "2031-03-04", "updated": "2031-05",
                    "lang": "ar", "source": "https://harbour.example/ebb", "abstract": "A tide.",
                    "keywords": ["low water"], "zebra": 1, "categories": ["low water", "sea"],
                    "extra": {"ant": 2}, "identifier": "https://harbour.example/ebb", "dir": "rtl",
                }),
            ),
            (
                FrontMatter::Quarto,
                json!({
                    "title": "Ebb", "author": ["Iona Vale"], "date": "2031-03-04", "date-modified": "2031-05",
                    "lang": "ar", "source": "https://harbour.example/ebb", "description": "A tide.",
                    "categories": ["low water", "sea"], "zebra": 1, "extra": {"ant": 2},
                }),
            ),
            (
                FrontMatter::Obsidian,
                json!({
                    "title": "Ebb", "author": "Iona Vale", "published": "2031-03-04", "updated": "2031-05",
                    "lang": "ar", "source": "https://harbour.example/ebb", "description": "A tide.",
                    "tags": ["low-water"], "zebra": 1, "categories": ["low water", "sea"], "extra": {"ant": 2},
                }),
            ),
        ] {
            let written = write(&metadata, front_matter);
            let yaml = written.trim_start_matches("---\n").trim_end_matches("---\n");
            let read: Value = serde_yaml::from_str(yaml).expect("valid YAML");
            assert_eq!(read, expected, "{front_matter:?}: {written}");
            let keys: Vec<&String> = read.as_object().expect("a map").keys().collect();
            let wanted: Vec<&String> = expected.as_object().expect("a map").keys().collect();
            assert_eq!(keys, wanted, "{front_matter:?}");
        }
    }
}
