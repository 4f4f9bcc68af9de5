//! YAML that people write beside their articles: configurations, lists of books, descriptions of themes, front matter.

use std::fmt::{self, Formatter};

use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_yaml::{Location, Spanned};

/// A value, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Node<'t> {
    pub(crate) kind: Kind<'t>,
    /// Counted from 1.
    #[cfg(feature = "site")]
    pub(crate) line: usize,
    /// A word or a number as it is written.
    written: &'t str,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Kind<'t> {
    Nothing,
    Flag(bool),
    /// None, where it is no number that JSON knows.
    Number(Option<Number>),
    Text(String),
    List(Vec<Node<'t>>),
    Fields(Vec<Field<'t>>),
}

/// A key, and its value.
#[derive(Clone, Debug)]
pub(crate) struct Field<'t> {
    pub(crate) key: String,
    /// Of the key, counted from 1.
    #[cfg(feature = "site")]
    pub(crate) line: usize,
    pub(crate) value: Node<'t>,
}

/// Which words are true and false.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flags {
    /// `yes`, `no`, `on` and `off`, too (YAML 1.1).
    #[cfg(feature = "site")]
    ManyWords,
    /// `true` and `false` alone (YAML 1.2).
    TwoWords,
}

/// Reads YAML.
///
/// # Errors
///
/// What is wrong, with line, column and the lines around it.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_yaml::from_str(text).map_err(|error| reason(&error))
}

/// Reads YAML as a tree that knows where everything stands.
///
/// # Errors
///
/// What is wrong, with line, column and the lines around it.
pub(crate) fn read_node(text: &str, flags: Flags) -> Result<Node<'_>, String> {
    let options = serde_yaml::options! {
        strict_booleans: flags == Flags::TwoWords,
        // `.inf` is text, too.
        non_finite_float_policy: serde_yaml::NonFiniteFloatPolicy::PassThrough,
    };
    let raw: Spanned<Raw> =
        serde_yaml::from_str_with_options(text, options).map_err(|error| reason(&error))?;
    Ok(Node::of(raw, text))
}

/// Tells what is wrong.
fn reason(error: &serde_yaml::Error) -> String {
    if let serde_yaml::Error::DuplicateMappingKey { key, location } = error.without_snippet() {
        let key = key.as_ref().map_or_else(|| "a key".to_owned(), |key| format!("`{key}`"));
        return format!("line {}: {key} is there twice", location.line());
    }
    let reason = error.to_string();
    let reason = reason.strip_prefix("error: ").unwrap_or(&reason);
    // The file is named before all this.
    let lines = reason.lines().filter(|line| !line.trim_start().starts_with("--> <input>"));
    lines.collect::<Vec<_>>().join("\n")
}

impl<'t> Node<'t> {
    fn of(raw: Spanned<Raw>, text: &'t str) -> Self {
        let written = written(text, raw.defined);
        let kind = match raw.value {
            Raw::Nothing => Kind::Nothing,
            Raw::Flag(is_so) => Kind::Flag(is_so),
            Raw::Number(number) => Kind::Number(number),
            Raw::Text(text) => Kind::Text(text),
            Raw::List(values) => Kind::List(values.into_iter().map(|value| Self::of(value, text)).collect()),
            Raw::Fields(fields) => {
                let field = |(key, value): (Spanned<String>, Spanned<Raw>)| Field {
                    #[cfg(feature = "site")]
                    line: line(key.referenced),
                    key: key.value,
                    value: Self::of(value, text),
                };
                Kind::Fields(fields.into_iter().map(field).collect())
            }
        };
        Self {
            kind,
            #[cfg(feature = "site")]
            line: line(raw.referenced),
            written,
        }
    }

    /// Returns text, and numbers and flags as they are written; nothing for lists and fields.
    #[cfg(feature = "site")]
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            Kind::Flag(_) | Kind::Number(_) => Some(self.written),
            Kind::Nothing | Kind::List(_) | Kind::Fields(_) => None,
        }
    }
}

impl From<Node<'_>> for Value {
    fn from(node: Node<'_>) -> Self {
        match node.kind {
            Kind::Nothing => Self::Null,
            Kind::Flag(is_so) => Self::Bool(is_so),
            // `007` and `1.50` are names.
            Kind::Number(number) => match number.filter(|number| number.to_string() == node.written) {
                Some(number) => Self::Number(number),
                None => Self::String(node.written.to_owned()),
            },
            Kind::Text(text) => Self::String(text),
            Kind::List(values) => values.into_iter().map(Self::from).collect(),
            Kind::Fields(fields) => Self::Object(
                fields.into_iter().map(|field| (field.key, field.value.into())).collect::<Map<_, _>>(),
            ),
        }
    }
}

#[cfg(feature = "site")]
fn line(location: Location) -> usize {
    usize::try_from(location.line()).unwrap_or(usize::MAX)
}

/// Returns what stands at a place of the text.
fn written(text: &str, location: Location) -> &str {
    let span = location.span();
    let place = span.byte_offset().zip(span.byte_len()).and_then(|(start, length)| {
        let start = usize::try_from(start).ok()?;
        text.get(start..start.checked_add(usize::try_from(length).ok()?)?)
    });
    place.unwrap_or_default().trim()
}

/// A value as the reader of YAML gives it.
enum Raw {
    Nothing,
    Flag(bool),
    /// None, where it is no number that JSON knows.
    Number(Option<Number>),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Fields(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> serde::Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Flag(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(Some(value.into())))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(Some(value.into())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Number(Number::from_f64(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = values.next_element()? {
            list.push(value);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = entries.next_entry()? {
            fields.push(field);
        }
        Ok(Raw::Fields(fields))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[test]
    fn a_reason_begins_with_its_place() {
        assert_eq!(read("ferry: 3\n"), Ok(BTreeMap::from([("ferry".to_owned(), 3)])));
        for (text, expected) in [
            ("ferry: 3\nmole: no\n", "line 2 column 7: "),
            ("ferry: 3\nferry: 4\n", "line 2: `ferry` is there twice"),
        ] {
            let reason = read::<BTreeMap<String, u32>>(text).expect_err("no number");
            assert!(reason.starts_with(expected), "{reason}");
        }
    }

    #[test]
    fn numbers_are_as_they_are_written() {
        for (text, expected) in [
            ("7", json!(7)),
            ("-7", json!(-7)),
            ("1.5", json!(1.5)),
            ("007", json!("007")),
            ("1.50", json!("1.50")),
            ("1.0", json!(1.0)),
            ("1e3", json!("1e3")),
            ("0x1F", json!("0x1F")),
            ("+5", json!("+5")),
            ("1_000", json!("1_000")),
            ("123456789012345678901234567890", json!("123456789012345678901234567890")),
            (".inf", json!(".inf")),
            ("'7'", json!("7")),
            ("no", json!("no")),
            ("true", json!(true)),
            ("~", json!(null)),
            ("[é, 007, {a: &x 1e3, b: *x}] # 1", json!(["é", "007", {"a": "1e3", "b": "1e3"}])),
            ("- 1.10\n- 2 # two\n", json!(["1.10", 2])),
            ("{2031: a, true: b}", json!({"2031": "a", "true": "b"})),
            ("{}", json!({})),
        ] {
            let node = read_node(text, Flags::TwoWords).expect(text);
            assert_eq!(Value::from(node), expected, "{text}");
        }
    }

    #[cfg(feature = "site")]
    #[test]
    fn everything_has_its_line() {
        let node = read_node("a: no\n\nb:\n  - c: [1,\n      2]\n", Flags::ManyWords).expect("a mapping");
        let Kind::Fields(fields) = node.kind else { panic!("no mapping") };
        let [a, b] = &fields[..] else { panic!("two keys") };
        assert_eq!((a.key.as_str(), a.line, a.value.line, a.value.text()), ("a", 1, 1, Some("no")));
        let Kind::List(list) = &b.value.kind else { panic!("no list") };
        assert_eq!((b.line, b.value.line, list[0].line), (3, 4, 4));
    }
}
