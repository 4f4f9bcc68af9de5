//! Marks that `style` attributes make or take back, as word processors write them.

use super::tree::{Id, Tree};
use crate::sheet::Mark;

/// Rules that put a mark on words.
const MAKES: &[(&str, &str, Mark)] = &[
    ("font-style", "italic", Mark::Emphasis),
    ("font-style", "oblique", Mark::Emphasis),
    ("font-weight", "bold", Mark::Strong),
    ("font-weight", "700", Mark::Strong),
    ("vertical-align", "super", Mark::Superscript),
    ("vertical-align", "sub", Mark::Subscript),
    ("text-decoration", "line-through", Mark::Strikethrough),
];

/// Rules that take the mark of an element back.
const UNDOES: &[(&str, &str, Mark)] = &[
    ("font-style", "normal", Mark::Emphasis),
    ("font-weight", "normal", Mark::Strong),
    ("font-weight", "400", Mark::Strong),
    ("vertical-align", "baseline", Mark::Superscript),
];

/// Classes of running text that is code: docutils writes `literal`, `LaTeXML` `ltx_verbatim`.
const CODE: &[&str] = &["literal", "ltx_verbatim", "ltx_font_typewriter", "inline-code", "inlinecode"];

/// Returns the marks of an element: that of its name or its class, and those of its style.
pub(super) fn marks(tree: &Tree, node: Id, named: Option<Mark>) -> Vec<Mark> {
    let says_code = || {
        let class = tree.attribute(node, "class").filter(|_| tree.name(node) == "span")?;
        class.split_ascii_whitespace().any(|word| CODE.contains(&word)).then_some(Mark::Code)
    };
    let named = named.or_else(says_code);
    let Some(style) = tree.attribute(node, "style") else { return named.into_iter().collect() };
    let style = style.to_ascii_lowercase();
    let rules: Vec<(&str, &str)> = style
        .split(';')
        .filter_map(|rule| rule.split_once(':'))
        .map(|(key, value)| (key.trim(), value.trim()))
        .collect();
    let says = |(key, value, _): &&(&str, &str, Mark)| rules.contains(&(key, value));
    let undone: Vec<&Mark> = UNDOES.iter().filter(says).map(|(_, _, mark)| mark).collect();
    let mut marks: Vec<Mark> = named.into_iter().filter(|mark| !undone.contains(&mark)).collect();
    for (_, _, mark) in MAKES.iter().filter(says) {
        if !marks.contains(mark) && tree.name(node) != "a" {
            marks.push(mark.clone());
        }
    }
    marks
}
