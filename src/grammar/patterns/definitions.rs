//! What a configuration says of a marker or a list, and the grammar that it makes.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::grammar::{After, Before, Convention, Frame, Labels, Order, SHAPES, Shape, Tie};

/// What stands under `patterns`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Definitions {
    pub(super) markers: Vec<Marker>,
    pub(super) lists: Vec<List>,
}

/// A sign in running text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Marker {
    pub(super) name: String,
    #[serde(default)]
    pub(super) open: String,
    pub(super) label: Value,
    #[serde(default)]
    pub(super) close: String,
    #[serde(default)]
    pub(super) before: Before,
    #[serde(default)]
    pub(super) after: Behind,
    /// The names of lists, the user's or ours.
    pub(super) lists: Vec<String>,
    #[serde(default)]
    pub(super) proves: Tie,
    /// Texts, with the signs that stand in them.
    pub(super) examples: BTreeMap<String, Vec<String>>,
}

/// What may stand after a sign.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Behind {
    #[default]
    Anything,
    WordEnd,
}

/// How the notes of a list begin.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub(super) name: String,
    #[serde(default)]
    pub(super) open: String,
    pub(super) label: Value,
    #[serde(default)]
    pub(super) close: String,
    /// Whether white space must follow.
    #[serde(default)]
    pub(super) space: bool,
    /// A sign that follows then, and only points back.
    pub(super) pointer: Option<String>,
    /// The bracket that ends the note.
    pub(super) ends_with: Option<char>,
    #[serde(default)]
    pub(super) order: Order,
    /// Rows, with the text of the note that begins on them, or none.
    pub(super) examples: BTreeMap<String, Option<String>>,
}

impl Marker {
    pub(super) fn convention(&self, own: &[&'static Shape]) -> Result<&'static Convention, String> {
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
    pub(super) fn shape(&self) -> Result<&'static Shape, String> {
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
            pointers: self.pointer.iter().map(|pointer| kept(pointer)).collect::<Vec<_>>().leak(),
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
