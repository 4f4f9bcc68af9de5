//! What stands at the top of a Markdown text about it: YAML between `---`, TOML between `+++`, a JSON object, or the
//! three lines of pandoc: `% title`, `% authors`, `% date`.

use serde_json::{Map, Value};

use crate::error::Error;
use crate::yaml::{Flags, read_node};

/// Nobody writes more fields.
const MOST_FIELDS: usize = 1_000;

/// Splits the front matter off; returns its fields in their order, and where the body begins.
///
/// A text that begins with a rule and has another one later is no front matter unless the lines between are a mapping.
///
/// # Errors
///
/// [`Error::FrontMatter`] if the lines look like a mapping but are not valid, or are too many.
pub(super) fn split(text: &str) -> Result<(Map<String, Value>, usize), Error> {
    let none = (Map::new(), 0);
    if text.starts_with('{') {
        return within_the_limit(json(text).unwrap_or(none));
    }
    if text.starts_with("% ") {
        return Ok(percent(text));
    }
    for (fence, ends, parse) in [("---", &["---", "..."][..], yaml as Parse), ("+++", &["+++"], toml)] {
        let Some((start, end, body)) = fenced(text, fence, ends) else { continue };
        let fields = parse(&text[start..end])?;
        return within_the_limit(fields.map_or(none, |fields| (fields, body)));
    }
    Ok(none)
}

/// Reads pandoc's title block: a title, authors parted by semicolons, and a date; lines that are set in go on.
fn percent(text: &str) -> (Map<String, Value>, usize) {
    const KEYS: [&str; 3] = ["title", "author", "date"];
    let mut values: Vec<String> = Vec::new();
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let goes_on = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        match line.strip_prefix('%') {
            Some(value) if values.len() < KEYS.len() => values.push(value.trim().to_owned()),
            None if goes_on => values.iter_mut().next_back().into_iter().for_each(|value| {
                value.push(' ');
                value.push_str(line.trim());
            }),
            _ => break,
        }
        end += line.len();
    }
    let mut fields = Map::new();
    for (key, value) in KEYS.into_iter().zip(values).filter(|(_, value)| !value.is_empty()) {
        let value = match key {
            "author" => value.split(';').map(str::trim).collect(),
            _ => Value::from(value),
        };
        fields.insert(key.to_owned(), value);
    }
    (fields, end)
}

fn within_the_limit(found: (Map<String, Value>, usize)) -> Result<(Map<String, Value>, usize), Error> {
    if found.0.len() > MOST_FIELDS {
        Err(broken(&format!("it has more than {MOST_FIELDS} fields")))
    } else {
        Ok(found)
    }
}

type Parse = fn(&str) -> Result<Option<Map<String, Value>>, Error>;

/// Finds where the lines between two fences begin and end, and where the text goes on.
fn fenced(text: &str, fence: &str, ends: &[&str]) -> Option<(usize, usize, usize)> {
    let first = text.split_inclusive('\n').next()?;
    if first.trim_end() != fence || !first.ends_with('\n') {
        return None;
    }
    let mut at = first.len();
    for line in text[first.len()..].split_inclusive('\n') {
        if ends.contains(&line.trim_end()) {
            return Some((first.len(), at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn yaml(text: &str) -> Result<Option<Map<String, Value>>, Error> {
    if text.trim().is_empty() {
        return Ok(Some(Map::new()));
    }
    let looks_like_a_mapping = text.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| {
        line.split_once(':')
            .is_some_and(|(key, rest)| !key.contains(' ') && (rest.is_empty() || rest.starts_with(' ')))
    });
    match read_node(text, Flags::TwoWords).map(Value::from) {
        Ok(Value::Object(fields)) => Ok(Some(fields)),
        Ok(_) => Ok(None),
        Err(_) if !looks_like_a_mapping => Ok(None),
        Err(reason) => {
            // The fence is the first line of the file.
            let in_file = read_node(&format!("\n{text}"), Flags::TwoWords).err().unwrap_or(reason);
            Err(broken(&in_file))
        }
    }
}

fn toml(text: &str) -> Result<Option<Map<String, Value>>, Error> {
    let mut fields: Map<String, Value> = toml::from_str(text).map_err(|error| broken(error.message()))?;
    fields.values_mut().for_each(dates_as_text);
    Ok(Some(fields))
}

/// TOML's dates arrive as objects with one key of the reader's own.
fn dates_as_text(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(date) = fields.get("$__toml_private_datetime") {
                *value = date.clone();
            } else {
                fields.values_mut().for_each(dates_as_text);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(dates_as_text),
        _ => {}
    }
}

/// Hugo takes an object before the text; anything else that begins with a brace is text.
fn json(text: &str) -> Option<(Map<String, Value>, usize)> {
    let mut objects = serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    let fields = objects.next()?.ok()?;
    let rest = &text[objects.byte_offset()..];
    let line = rest.split_inclusive('\n').next().unwrap_or_default();
    (!fields.is_empty() && line.trim().is_empty()).then(|| (fields, text.len() - rest.len() + line.len()))
}

fn broken(reason: &str) -> Error {
    Error::FrontMatter { reason: reason.lines().next().unwrap_or_default().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_mappings_and_nothing_else() {
        for (text, keys, body) in [
            ("---\ntitle: The ferry\nlang: no\n---\nText", "title lang", "Text"),
            ("---\r\ntitle: The ferry\r\n---\r\nText", "title", "Text"),
            ("---\ntitle: The ferry\n...\nText", "title", "Text"),
            ("---\n\n---\nText", "", "Text"),
            ("---\nA rule, and then another\n---\nText", "", "---\nA rule, and then another\n---\nText"),
            ("---\ntitle: open", "", "---\ntitle: open"),
            ("--- x\na: b\n---\n", "", "--- x\na: b\n---\n"),
            ("+++\ntitle = \"The ferry\"\nzebra = 1\nant = 2\n+++\nText", "title zebra ant", "Text"),
            ("+++\ntitle = \"open\"", "", "+++\ntitle = \"open\""),
            ("{\n  \"title\": \"The ferry\",\n  \"ant\": 1\n}\n\nText", "title ant", "\nText"),
            ("{\"a\": 1} and text", "", "{\"a\": 1} and text"),
            ("{x} is a set", "", "{x} is a set"),
            ("% The ferry\n  at Oldmouth\n% Iona Vale; Tom Reed\n% 2031\nText", "title author date", "Text"),
            ("% The ferry\n%\n\nText", "title", "\nText"),
            ("%x is a sign", "", "%x is a sign"),
            ("{}\nText", "", "{}\nText"),
            ("", "", ""),
        ] {
            let (fields, at) = split(text).expect("valid");
            let found: Vec<&str> = fields.keys().map(String::as_str).collect();
            assert_eq!((found.join(" ").as_str(), &text[at..]), (keys, body), "in {text:?}");
        }
        assert!(split("---\ntitle: [open\n---\n").is_err());
        let twice = split("---\ntitle: a\ntitle: b\n---\n").expect_err("two of a name").to_string();
        assert!(twice.ends_with("line 3: `title` is there twice"), "{twice}");
        assert!(split("+++\ntitle = open\n+++\n").is_err());
        let fields = |count: usize| (0..count).map(|at| format!("k{at}: v\n")).collect::<String>();
        assert!(split(&format!("---\n{}---\n", fields(MOST_FIELDS))).is_ok());
        assert!(split(&format!("---\n{}---\n", fields(MOST_FIELDS + 1))).is_err());
    }

    #[test]
    fn numbers_are_as_they_are_written() {
        let (fields, _) =
            split("---\ntitle: 007\ntags: [1.0, 1.10, 1e3]\npart: 2\nlang: no\n---\n").expect("valid");
        assert_eq!(
            Value::Object(fields).to_string(),
            r#"{"title":"007","tags":[1.0,"1.10","1e3"],"part":2,"lang":"no"}"#
        );
    }

    #[test]
    fn dates_of_toml_are_text() {
        let (fields, _) =
            split("+++\ndate = 2031-03-04\n[extra]\nseen = [2031-03-04T05:06:07Z]\n+++\n").expect("valid");
        assert_eq!(
            Value::Object(fields).to_string(),
            r#"{"date":"2031-03-04","extra":{"seen":["2031-03-04T05:06:07Z"]}}"#
        );
    }
}
