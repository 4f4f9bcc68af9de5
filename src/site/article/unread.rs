//! What the front matter says that can't be read, and what is so or not however it is written.

use serde_json::Value;

use crate::document::Document;
use crate::series::Series;

/// Something in the front matter that can't be read.
#[derive(Debug)]
pub(in crate::site) struct Unread {
    /// Stable name, such as `unread-date`.
    pub(in crate::site) code: &'static str,
    pub(in crate::site) key: &'static str,
    /// As it is written, as far as is known.
    pub(in crate::site) words: String,
    pub(in crate::site) message: String,
}

/// What an article says of something that is so or not.
#[derive(Debug, PartialEq)]
pub(super) enum Truth<'d> {
    Untold,
    So(bool),
    Unread(&'d Value),
}

/// Returns what is said to be so or not, however it is written: what is to be held back must not depend on it.
pub(super) fn truth<'d>(document: &'d Document, key: &str) -> Truth<'d> {
    let metadata = &document.metadata;
    let in_any_case =
        || metadata.extra.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value);
    match metadata.own(key).or_else(in_any_case) {
        None | Some(Value::Null) => Truth::Untold,
        Some(Value::Bool(is_so)) => Truth::So(*is_so),
        Some(Value::Number(number)) => Truth::So(number.as_i64() != Some(0)),
        Some(value) => match value.as_str().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "1" => Truth::So(true),
            "false" | "no" | "off" | "n" | "0" => Truth::So(false),
            // `published: May 5, 2031` is no answer.
            words if key == "published" && words.contains(|c: char| c.is_ascii_digit()) => Truth::Untold,
            _ => Truth::Unread(value),
        },
    }
}

/// Returns what the front matter says that can't be read.
pub(super) fn of(document: &Document, has_day: bool) -> Vec<Unread> {
    let metadata = &document.metadata;
    let entry = |code, key, value: &Value, message| {
        let words = value.as_str().map_or_else(String::new, str::to_owned);
        Unread { code, key, words, message }
    };
    let mut unread = Vec::new();
    let date = metadata.date.as_ref().map(|found| Value::from(found.value.as_str()));
    let nested = || metadata.extra.iter().find(|(key, _)| key == "date").map(|(_, value)| value.clone());
    if let Some(date) = date.or_else(nested).filter(|_| !has_day) {
        let message = format!("the date {date} is none that can be read; write it as 2031-03-04");
        unread.push(entry("unread-date", "date", &date, message));
    }
    for key in ["draft", "published"] {
        if let Truth::Unread(value) = truth(document, key) {
            let message = format!("{key} is {value}, so the article is held back; write true or false");
            unread.push(entry("unread-draft", key, value, message));
        }
    }
    if let Some((key, value)) = Series::unread(metadata) {
        let message =
            format!("{key} is {value}; write {{name: The river, part: 2}}, or each as a key of its own");
        unread.push(entry("unread-series", key, value, message));
    }
    unread
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;

    #[test]
    fn what_is_held_back_can_be_said_in_many_ways() {
        for (fields, expected) in [
            ("draft: \"true\"", true),
            ("draft: yes", true),
            ("Draft: true", true),
            ("published: 'no'", true),
            ("draft: 1", true),
            ("draft: tru", true),
            ("draft: [true]", true),
            ("published: flase", true),
            ("published: May 5, 2031", false),
            ("draft:", false),
            ("draft: no", false),
            ("published: 2031-03-04", false),
            ("published: yes", false),
        ] {
            assert_eq!(article(&format!("---\n{fields}\n---\n\nEbb.")).is_draft, expected, "{fields}");
        }
        for (date, day) in [
            ("5 May 2031", Some("2031-05-05")),
            ("May 5, 2031", Some("2031-05-05")),
            ("05.06.2031", Some("2031-06-05")),
            ("2031/05/06", Some("2031-05-06")),
            ("2031-5-6", Some("2031-05-06")),
            ("5. Mai 2031", Some("2031-05-05")),
            ("2031-05", Some("2031-05-01")),
            ("05/06/2031", None),
            ("next week", None),
        ] {
            let found = article(&format!("---\ndate: {date}\n---\n\nEbb."));
            assert_eq!((found.day.as_deref(), found.unread.is_empty()), (day, day.is_some()), "{date}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for (fields, expected) in [
            (
                "draft: tru",
                "unread-draft: draft is \"tru\", so the article is held back; write true or false",
            ),
            ("draft: [true]", "unread-draft: draft is [true], so"),
            ("date: [1]", "unread-date: the date [1] is none that can be read"),
            ("date: soon", "unread-date: the date \"soon\" is none that can be read"),
            ("series: {nam: x}", "unread-series: series is {\"nam\":\"x\"}; write {name: "),
            ("series: A\npart: two", "unread-series: part is \"two\"; write {name: "),
            ("series: {name: A, part: two}", "unread-series: part is \"two\"; write {name: "),
            ("series: A\npart: 2", ""),
            ("series:\npart: two\ndate:\ndraft:", ""),
        ] {
            let found = article(&format!("---\n{fields}\n---\n\nEbb."));
            let told = found.unread.first().map(|unread| format!("{}: {}", unread.code, unread.message));
            let told = told.unwrap_or_default();
            assert!(told.starts_with(expected) && told.is_empty() == expected.is_empty(), "{fields}: {told}");
        }
    }
}
