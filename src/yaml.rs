//! YAML that people write beside their articles: configurations, lists of books, descriptions of themes.

use serde::de::DeserializeOwned;

/// Reads YAML.
///
/// # Errors
///
/// What is wrong, with line, column and the lines around it.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_yaml::from_str(text).map_err(|error| {
        let reason = error.to_string();
        reason.strip_prefix("error: ").map(str::to_owned).unwrap_or(reason)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_reason_begins_with_its_place() {
        assert_eq!(read("ferry: 3\n"), Ok(BTreeMap::from([("ferry".to_owned(), 3)])));
        let reason = read::<BTreeMap<String, u32>>("ferry: 3\nmole: no\n").expect_err("no number");
        assert!(reason.starts_with("line 2 column 7: "), "{reason}");
    }
}
