//! The series that an article, or a volume, says it belongs to: sites list it, and e-books tell it to reading systems.

use serde::Serialize;
use serde_json::Value;

use crate::document::Metadata;

/// Names of the key that holds the series.
const NAME: &[&str] = &["series", "belongs-to-collection"];

/// Names of a key beside it that holds the place there.
const PLACE: &[&str] =
    &["part", "series_part", "series_order", "series_index", "series-position", "group-position"];

/// A series, and the place in it if one is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Series {
    pub(crate) name: String,
    /// Numbers with points between them: `2`, `2.1`.
    pub(crate) place: Option<String>,
}

impl Series {
    /// Reads `series: The river` with `part: 2`, or `series: {name: The river, part: 2}`; and what pandoc calls them.
    pub(crate) fn of(metadata: &Metadata) -> Option<Self> {
        let value = NAME.iter().find_map(|key| metadata.own(key))?;
        let beside = || PLACE.iter().find_map(|key| place(metadata.own(key)?));
        match value {
            Value::Object(fields) => {
                let within = || PLACE.iter().chain(&["position"]).find_map(|key| place(fields.get(*key)?));
                let name = name(fields.get("name").or(fields.get("title"))?)?;
                Some(Self { name, place: within().or_else(beside) })
            }
            value => Some(Self { name: name(value)?, place: beside() }),
        }
    }

    /// Returns the key and the value of a series that has no name, or of a place in it that is no number.
    #[cfg(feature = "site")]
    pub(crate) fn unread(metadata: &Metadata) -> Option<(&'static str, &Value)> {
        let (key, value) = NAME.iter().find_map(|key| Some((*key, said(metadata.own(key))?)))?;
        match Self::of(metadata) {
            None => Some((key, value)),
            Some(Self { place: Some(_), .. }) => None,
            Some(_) => PLACE
                .iter()
                .find_map(|key| Some((*key, said(value.get(*key)).or_else(|| said(metadata.own(key)))?))),
        }
    }
}

/// Returns what stands under a key; nothing, where no value is.
#[cfg(feature = "site")]
fn said(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty()))
}

/// Returns a name, or the first one of a list.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|name| !name.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(name),
        _ => None,
    }
}

fn place(value: &Value) -> Option<String> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split('.').all(is_number).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_read_as_people_write_it() {
        for (yaml, expected) in [
            ("series: The river\npart: 2", Some(("The river", Some("2")))),
            ("series: {name: The river, part: 2}", Some(("The river", Some("2")))),
            ("series: {title: The river, position: 1.5}", Some(("The river", Some("1.5")))),
            ("belongs-to-collection: The river\ngroup-position: 2.1.3", Some(("The river", Some("2.1.3")))),
            ("series: [The river, The sea]\nseries_index: \"2\"", Some(("The river", Some("2")))),
            ("extra: {series: The river, part: 3}", Some(("The river", Some("3")))),
            ("series: 1902", Some(("1902", None))),
            ("series: The river\npart: second", Some(("The river", None))),
            ("series: The river\npart: -1", Some(("The river", None))),
            ("series: \" \"\npart: 2", None),
            ("series: {part: 2}", None),
            ("part: 2", None),
        ] {
            let options = crate::options::Options::default().from(crate::options::From::Markdown);
            let text = format!("---\n{yaml}\n---\n\nEbb.");
            let article = crate::convert::read(text.as_bytes(), &options).expect("text");
            let found = Series::of(&article.document.metadata);
            let found = found.as_ref().map(|series| (series.name.as_str(), series.place.as_deref()));
            assert_eq!(found, expected, "{yaml}");
        }
    }
}
