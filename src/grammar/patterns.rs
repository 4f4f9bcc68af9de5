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

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::{After, Before, CONVENTIONS, Convention, Frame, Labels, Order, SHAPES, Shape, Tie, markers};

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

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Definitions {
    markers: Vec<Marker>,
    lists: Vec<List>,
}

/// A sign in running text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marker {
    name: String,
    #[serde(default)]
    open: String,
    label: Value,
    #[serde(default)]
    close: String,
    #[serde(default)]
    before: Before,
    #[serde(default)]
    after: Behind,
    /// The names of lists, the user's or ours.
    lists: Vec<String>,
    #[serde(default)]
    proves: Tie,
    /// Texts, with the signs that stand in them.
    examples: BTreeMap<String, Vec<String>>,
}

/// What may stand after a sign.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Behind {
    #[default]
    Anything,
    WordEnd,
}

/// How the notes of a list begin.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    name: String,
    #[serde(default)]
    open: String,
    label: Value,
    #[serde(default)]
    close: String,
    /// Whether white space must follow.
    #[serde(default)]
    space: bool,
    /// A sign that follows then, and only points back.
    pointer: Option<String>,
    /// The bracket that ends the note.
    ends_with: Option<char>,
    #[serde(default)]
    order: Order,
    /// Rows, with the text of the note that begins on them, or none.
    examples: BTreeMap<String, Option<String>>,
}

impl Patterns {
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
        let File { patterns } = serde_yaml::from_str(text).map_err(|error| {
            let reason = error.to_string();
            reason.strip_prefix("error: ").map(str::to_owned).unwrap_or(reason)
        })?;
        Self::of(patterns)
    }

    /// Reads what stands under `patterns`.
    #[cfg(feature = "site")]
    pub(crate) fn from_map(patterns: &serde_json::Map<String, Value>) -> Result<Self, String> {
        let definitions = serde_json::from_value(Value::Object(patterns.clone()));
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

impl Marker {
    fn convention(&self, own: &[&'static Shape]) -> Result<&'static Convention, String> {
        let labels = labels(&self.name, &self.label)?;
        let after = match self.after {
            Behind::Anything => After::Not(&[]),
            Behind::WordEnd => After::WordEnd,
        };
        check_frame(&self.name, labels, &self.open, &self.close)?;
        if self.open.is_empty() && !stands_out(labels) {
            return Err(format!("{}: say what stands before the label (open)", self.name));
        }
        if self.examples.is_empty() {
            return Err(format!("the marker {} has no example", self.name));
        }
        let mut found = Vec::new();
        for name in &self.lists {
            let known = || own.iter().chain(SHAPES).copied();
            let shape = known().find(|shape| shape.name == name).ok_or_else(|| {
                let names: Vec<_> = known().map(|shape| shape.name).collect();
                format!("{}: no list is called {name}; there are {}", self.name, names.join(", "))
            })?;
            found.push((shape, self.proves));
        }
        if found.is_empty() {
            return Err(format!(
                "{}: lists is empty; name the lists in which its notes may stand",
                self.name
            ));
        }
        let frame =
            Frame { open: kept(&self.open), labels, close: kept(&self.close), before: self.before, after };
        Ok(Box::leak(Box::new(Convention {
            name: kept(&self.name),
            frames: Box::leak(Box::new([frame])),
            lists: found.leak(),
        })))
    }
}

impl List {
    fn shape(&self) -> Result<&'static Shape, String> {
        let labels = labels(&self.name, &self.label)?;
        check_frame(&self.name, labels, &self.open, &self.close)?;
        if self.examples.is_empty() {
            return Err(format!("the list {} has no example", self.name));
        }
        Ok(Box::leak(Box::new(Shape {
            name: kept(&self.name),
            opens: Box::leak(Box::new([kept(&self.open)])),
            labels: Box::leak(Box::new([labels])),
            closes: Box::leak(Box::new([kept(&self.close)])),
            space: self.space,
            pointer: self.pointer.as_deref().map(kept),
            ends_with: self.ends_with,
            order: self.order,
        })))
    }
}

/// Keeps a text for as long as the program runs, as those of our own grammar are.
fn kept(text: &str) -> &'static str {
    text.to_owned().leak()
}

/// Reads `digits`, or the words before a number: `[nota, obs]`.
fn labels(of: &str, label: &Value) -> Result<Labels, String> {
    const KINDS: &[(&str, Labels)] = &[
        ("digits", Labels::Digits),
        ("few-digits", Labels::FewDigits),
        ("raised-digits", Labels::RaisedDigits),
        ("circled", Labels::Circled),
        ("letter", Labels::Letter),
        ("roman", Labels::Roman),
        ("symbol", Labels::Symbol),
        ("name", Labels::Name),
    ];
    let words =
        label.as_array().and_then(|words| words.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    if let Some(words) = words.filter(|words| !words.is_empty()) {
        let words: Vec<&'static str> = words.into_iter().map(kept).collect();
        return Ok(Labels::Named(words.leak()));
    }
    KINDS.iter().find(|(name, _)| label.as_str() == Some(name)).map(|(_, labels)| *labels).ok_or_else(|| {
        let names: Vec<_> = KINDS.iter().map(|(name, _)| *name).collect();
        format!(
            "{of}: label is {label}; write one of {}, or a list of words that stand before a number",
            names.join(", ")
        )
    })
}

/// A sign has to begin with something that can be told from the text around it.
fn check_frame(name: &str, labels: Labels, open: &str, close: &str) -> Result<(), String> {
    if open.is_empty() && close.is_empty() && !stands_out(labels) {
        return Err(format!("{name}: say what stands before (open) or after (close) the label"));
    }
    if open.contains(['\n', '\r']) || close.contains(['\n', '\r']) {
        return Err(format!("{name}: a sign stands on one line"));
    }
    Ok(())
}

/// Tells whether a label needs nothing around it.
fn stands_out(labels: Labels) -> bool {
    matches!(labels, Labels::RaisedDigits | Labels::Circled | Labels::Symbol)
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
