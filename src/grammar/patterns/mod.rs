//! Ways to print notes that a user adds to ours: the `patterns` of `postil.yaml`.
//!
//! ```yaml
//! patterns:
//!   markers:
//!     - name: braced-number
//!       open: "{"
//!       label: digits
//!       close: "}"
//!       lists: [braced-entry]
//!       examples:
//!         "was rebuilt{2} by": ["{2}"]
//!         "the set {a, b}": []
//!   lists:
//!     - name: braced-entry
//!       open: "{"
//!       label: digits
//!       close: "}"
//!       examples:
//!         "{2} Harbour log.": "Harbour log."
//!         "{two} of them": null
//! ```

mod definitions;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use self::definitions::Definitions;
use super::{CONVENTIONS, Convention, SHAPES, Shape, markers};
use crate::yaml;

/// Ways to print notes that a user adds to ours, read from YAML.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    pub(super) conventions: Vec<&'static Convention>,
    pub(super) shapes: Vec<&'static Shape>,
    definitions: Arc<Definitions>,
}

/// The configuration, as far as it is ours; the other keys are a site's.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    patterns: Definitions,
}

impl Patterns {
    /// Where the programs look for patterns: the name of a file beside the articles, or of a site's configuration.
    pub const FILE: &str = "postil.yaml";

    /// Reads the `patterns` of a configuration in YAML; other keys are left to whom they belong.
    ///
    /// What it reads stays in memory until the program ends: read a configuration once, not for every article.
    ///
    /// # Errors
    ///
    /// What is wrong, where, and what to write instead.
    pub fn from_yaml(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let File { patterns } = yaml::read(text)?;
        Self::of(patterns)
    }

    /// Reads what stands under `patterns`.
    #[cfg(feature = "site")]
    pub(crate) fn from_map(patterns: &serde_json::Map<String, serde_json::Value>) -> Result<Self, String> {
        let definitions = serde_json::from_value(serde_json::Value::Object(patterns.clone()));
        Self::of(definitions.map_err(|error| format!("patterns: {error}"))?)
    }

    fn of(definitions: Definitions) -> Result<Self, String> {
        let mut patterns = Self::default();
        for list in &definitions.lists {
            patterns.check_name(&list.name)?;
            patterns.shapes.push(list.shape()?);
        }
        for marker in &definitions.markers {
            patterns.check_name(&marker.name)?;
            let convention = marker.convention(&patterns.shapes)?;
            patterns.conventions.push(convention);
        }
        patterns.definitions = Arc::new(definitions);
        Ok(patterns)
    }

    /// Tells whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.conventions.is_empty() && self.shapes.is_empty()
    }

    /// Tries every example; for each pattern its name, how many examples hold, and what the others gave instead.
    #[must_use]
    pub fn test(&self) -> Vec<Tested> {
        let of_markers =
            self.definitions.markers.iter().zip(&self.conventions).map(|(marker, convention)| {
                Tested::new(&marker.name, &marker.examples, |text| markers::signs(convention, text))
            });
        let of_lists = self.definitions.lists.iter().zip(&self.shapes).map(|(list, shape)| {
            Tested::new(&list.name, &list.examples, |row| {
                shape.read(row).map(|(_, length)| row[length..].to_owned())
            })
        });
        of_markers.chain(of_lists).collect()
    }

    fn check_name(&self, name: &str) -> Result<(), String> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || !name.chars().all(is_plain) {
            return Err(format!("the name {name:?} needs lower-case letters, digits and hyphens alone"));
        }
        let ours = CONVENTIONS.iter().map(|known| known.name).chain(SHAPES.iter().map(|known| known.name));
        let own =
            self.conventions.iter().map(|known| known.name).chain(self.shapes.iter().map(|known| known.name));
        if ours.chain(own).any(|known| known == name) {
            return Err(format!("the name {name} is taken; choose another"));
        }
        Ok(())
    }
}

/// How one pattern did on its examples.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tested {
    /// The pattern's name.
    pub name: String,
    /// How many examples came out as they say.
    pub held: usize,
    /// The others: the example, what it says and what came out, a sentence each.
    pub failed: Vec<String>,
}

impl Tested {
    fn new<T: PartialEq + serde::Serialize>(
        name: &str,
        examples: &BTreeMap<String, T>,
        read: impl Fn(&str) -> T,
    ) -> Self {
        let shown = |value: &T| serde_json::to_string(value).unwrap_or_default();
        let mut tested = Self { name: name.to_owned(), held: 0, failed: Vec::new() };
        for (text, expected) in examples {
            let found = read(text);
            if found == *expected {
                tested.held += 1;
            } else {
                tested.failed.push(format!("{text:?} gives {}, not {}", shown(&found), shown(expected)));
            }
        }
        tested
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRACED: &str = r#"
title: the site's own
patterns:
  markers:
    - name: braced-number
      open: "{"
      label: digits
      close: "}"
      lists: [braced-entry, dotted-entry]
      examples: {"was rebuilt{2} by": ["{2}"], "the set {a, b}": []}
  lists:
    - name: braced-entry
      open: "{"
      label: digits
      close: "}"
      examples: {"{2} Harbour log.": "Harbour log.", "{two} of them": null}
"#;

    #[test]
    fn examples_are_tried() {
        let patterns = Patterns::from_yaml(BRACED).expect("patterns");
        let tested = patterns.test();
        assert_eq!(tested.len(), 2);
        assert!(tested.iter().all(|tested| tested.held == 2 && tested.failed.is_empty()), "{tested:?}");
        let wrong = BRACED.replace("[\"{2}\"]", "[\"{3}\"]");
        let tested = Patterns::from_yaml(&wrong).expect("patterns").test();
        assert_eq!(tested[0].failed, [r#""was rebuilt{2} by" gives ["{2}"], not ["{3}"]"#]);
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (wrong, right, told) in [
            (
                "label: digits",
                "label: digitz",
                "braced-entry: label is \"digitz\"; write one of digits, few-digits",
            ),
            ("name: braced-entry", "name: dotted-entry", "the name dotted-entry is taken"),
            ("name: braced-number", "name: Braced", "the name \"Braced\" needs lower-case letters"),
            (
                "dotted-entry]",
                "doted-entry]",
                "braced-number: no list is called doted-entry; there are braced-entry, ",
            ),
            ("[braced-entry, dotted-entry]", "[]", "braced-number: lists is empty"),
            (
                "open: \"{\"\n      label: digits\n      close: \"}\"",
                "label: digits",
                "braced-entry: say what stands before",
            ),
            ("open:", "opens:", "unknown field"),
        ] {
            assert!(BRACED.contains(wrong), "{wrong}");
            let error = Patterns::from_yaml(&BRACED.replace(wrong, right)).expect_err(right);
            assert!(error.contains(told), "{error}");
        }
        assert!(Patterns::from_yaml("").expect("nothing").is_empty());
        assert!(Patterns::from_yaml("title: x").expect("nothing").is_empty());
    }
}
