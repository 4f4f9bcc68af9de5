//! The YAML between two lines of hyphens at the top of a Markdown text.

use serde_json::{Map, Value};

use crate::error::Error;

/// Splits the front matter off; returns its fields in their order, and where the body begins.
///
/// A text that begins with a rule and has another one later is no front matter unless the lines between are a mapping.
///
/// # Errors
///
/// [`Error::FrontMatter`] if the lines look like a mapping but are not valid YAML.
pub(super) fn split(text: &str) -> Result<(Map<String, Value>, usize), Error> {
    let none = Ok((Map::new(), 0));
    let Some(first) = text
        .strip_prefix("---")
        .and_then(|rest| rest.find('\n'))
        .filter(|&end| text[3..3 + end].trim().is_empty())
    else {
        return none;
    };
    let start = 3 + first + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return parse(&text[start..at])
                .map(|fields| fields.map_or((Map::new(), 0), |fields| (fields, at + line.len())));
        }
        at += line.len();
    }
    none
}

fn parse(yaml: &str) -> Result<Option<Map<String, Value>>, Error> {
    if yaml.trim().is_empty() {
        return Ok(Some(Map::new()));
    }
    let looks_like_a_mapping = yaml.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| {
        line.split_once(':')
            .is_some_and(|(key, rest)| !key.contains(' ') && (rest.is_empty() || rest.starts_with(' ')))
    });
    let options = serde_yaml::options! { strict_booleans: true };
    match serde_yaml::from_str_with_options::<Value>(yaml, options) {
        Ok(Value::Object(fields)) => Ok(Some(fields)),
        Ok(_) => Ok(None),
        Err(_) if !looks_like_a_mapping => Ok(None),
        Err(error) => {
            let reason = error.to_string();
            Err(Error::FrontMatter { reason: reason.lines().next().unwrap_or_default().to_owned() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_mappings_and_nothing_else() {
        for (text, keys, body) in [
            ("---\ntitle: The ferry\nlang: no\n---\nText", "title lang", "Text"),
            ("---\ntitle: The ferry\n...\nText", "title", "Text"),
            ("---\n\n---\nText", "", "Text"),
            ("---\nA rule, and then another\n---\nText", "", "---\nA rule, and then another\n---\nText"),
            ("---\ntitle: open", "", "---\ntitle: open"),
            ("--- x\na: b\n---\n", "", "--- x\na: b\n---\n"),
            ("", "", ""),
        ] {
            let (fields, at) = split(text).expect("valid");
            let found: Vec<&str> = fields.keys().map(String::as_str).collect();
            assert_eq!((found.join(" ").as_str(), &text[at..]), (keys, body), "in {text:?}");
        }
        assert!(split("---\ntitle: [open\n---\n").is_err());
    }
}
