//! Formulas: the TeX that renderers leave beside what they draw, else what the drawing says.

use super::mathml;
use super::tree::{Id, Tree};

/// Returns the TeX of a `MathML` formula: its annotation, its `alttext`, or what its elements mean.
pub(super) fn tex(tree: &Tree, math: Id) -> Option<String> {
    let stated = || tree.attribute(math, "alttext").map(str::to_owned);
    let said = annotation(tree, math).or_else(stated).filter(|tex| !tex.trim().is_empty());
    said.or_else(|| mathml::tex(tree, math))
}

fn annotation(tree: &Tree, node: Id) -> Option<String> {
    tree.children(node).find_map(|child| {
        let is_tex = tree.name(child) == "annotation"
            && tree
                .attribute(child, "encoding")
                .is_some_and(|encoding| encoding.to_ascii_lowercase().contains("tex"));
        if is_tex { Some(tree.text(child)) } else { annotation(tree, child) }
    })
}

/// Classes of what `KaTeX` and `MathJax` draw for the eye beside the formula itself.
const DRAWINGS: &[&str] =
    &["katex-html", "MathJax_Preview", "MathJax", "MathJax_Display", "MathJax_SVG", "mjx-chtml"];

/// Tells whether an element only draws a formula that stands beside it.
pub(super) fn is_drawing(tree: &Tree, node: Id) -> bool {
    if tree.name(node) == "mjx-math" {
        return true;
    }
    let Some(class) = tree.attribute(node, "class") else { return false };
    class.split_ascii_whitespace().any(|word| DRAWINGS.contains(&word))
}
