//! Formulas: the TeX that renderers leave beside what they draw, else what the drawing says.

use super::mathml;
use super::tree::{Content, Id, Tree};

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

/// Returns TeX that is typed for a script to draw, and whether it stands by itself: `<span class="math">\\(x^2\\)</span>`.
pub(super) fn typed(tree: &Tree, node: Id) -> Option<(String, bool)> {
    const FRAMES: &[(&str, &str, bool)] =
        &[("\\(", "\\)", false), ("\\[", "\\]", true), ("$$", "$$", true), ("$", "$", false)];
    if !tree.has_class(node, &["math", "arithmatex"]) {
        return None;
    }
    let is_number = |child: Id| tree.has_class(child, &["eqno"]);
    if tree.children(node).any(|child| !tree.name(child).is_empty() && !is_number(child)) {
        return None;
    }
    let text: String =
        tree.children(node).filter(|&child| !is_number(child)).map(|child| tree.text(child)).collect();
    let tag = tree.children(node).find(|&child| is_number(child)).and_then(|child| tag(&tree.text(child)));
    FRAMES.iter().find_map(|(open, close, is_display)| {
        let tex = text.trim().strip_prefix(open)?.strip_suffix(close)?.trim();
        let tag = tag.as_ref().filter(|_| *is_display).map_or(String::new(), |tag| format!(" {tag}"));
        (!tex.is_empty()).then(|| (format!("{tex}{tag}"), *is_display))
    })
}

/// Returns the tag of an equation's number: `(2.1)`, maybe with a sign that leads to it.
fn tag(number: &str) -> Option<String> {
    let number = number.trim().trim_matches(['(', ')', '¶', '#', '\u{F0C1}']);
    let is_plain = number.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '′'));
    (is_plain && !number.is_empty()).then(|| format!("\\tag{{{number}}}"))
}

/// Returns the TeX of an equation that `LaTeXML` sets as a row of a table, its number as a tag.
pub(super) fn equation(tree: &Tree, row: Id) -> Option<String> {
    if !tree.has_class(row, &["ltx_eqn_row"]) {
        return None;
    }
    let mut parts = Vec::new();
    for cell in tree.children(row).filter(|&cell| tree.name(cell) == "td") {
        if tree.has_class(cell, &["ltx_eqn_eqno"]) {
            parts.extend(tag(&tree.text(cell)));
        } else if !formulas(tree, cell, &mut parts) {
            return None;
        }
    }
    let has_formula = parts.iter().any(|part| !part.starts_with("\\tag{"));
    has_formula.then(|| parts.join(" "))
}

/// Tells whether a table only sets equations in the middle and their numbers at the side.
pub(super) fn sets_equations(tree: &Tree, table: Id) -> bool {
    tree.has_class(table, &["ltx_equation", "ltx_equationgroup", "ltx_eqn_table"])
}

/// Adds the formulas below a node, and tells whether nothing else is there.
fn formulas(tree: &Tree, node: Id, found: &mut Vec<String>) -> bool {
    tree.children(node).all(|child| match tree.content(child) {
        Content::Element { name, .. } if &**name == "math" => {
            let tex = tex(tree, child);
            let bare = tex.as_deref().map(|tex| tex.trim_start_matches("\\displaystyle").trim());
            found.extend(bare.filter(|tex| !tex.is_empty()).map(str::to_owned));
            tex.is_some()
        }
        Content::Element { .. } => formulas(tree, child, found),
        Content::Text { text, .. } => {
            let sign = text.trim();
            if let Some(last) = found.last_mut() {
                last.push_str(sign);
            }
            sign.chars().all(|c| matches!(c, ',' | '.' | ';'))
        }
        Content::Other => true,
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
    tree.has_class(node, DRAWINGS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::{DOCUMENT, parse};

    #[test]
    fn typed_formulas_keep_their_number() {
        for (page, expected) in [
            ("<div class=math>\\[a = b\\]</div>", Some("a = b")),
            ("<div class=math><span class=eqno>(1)<a>¶</a></span>\\[a = b\\]</div>", Some("a = b \\tag{1}")),
            ("<div class=math><span class=eqno>see above</span>\\[a = b\\]</div>", Some("a = b")),
            ("<div class=math><b>1</b>\\[a = b\\]</div>", None),
            ("<div>\\[a = b\\]</div>", None),
        ] {
            let tree = parse(page).expect("within the limits");
            let div = tree.ids().find(|&node| tree.name(node) == "div").unwrap_or(DOCUMENT);
            assert_eq!(typed(&tree, div).map(|(tex, _)| tex).as_deref(), expected, "{page:?}");
        }
    }

    #[test]
    fn equations_keep_their_number() {
        const NUMBER: &str = "<td class='ltx_eqn_cell ltx_eqn_eqno'>(2.1)</td>";
        for (cells, expected) in [
            ("<td></td><td><math alttext='a=b'></math>,</td>".to_owned() + NUMBER, Some("a=b, \\tag{2.1}")),
            (
                "<td><math alttext='\\displaystyle a'></math></td><td><math alttext='\\displaystyle =b'></math></td>"
                    .to_owned(),
                Some("a =b"),
            ),
            ("<td>where <math alttext='a'></math></td>".to_owned() + NUMBER, None),
            (NUMBER.to_owned(), None),
        ] {
            let page = format!("<table><tr class='ltx_equation ltx_eqn_row'>{cells}</tr></table>");
            let tree = parse(&page).expect("within the limits");
            let row = tree.ids().find(|&node| tree.name(node) == "tr").unwrap_or(DOCUMENT);
            assert_eq!(equation(&tree, row).as_deref(), expected, "{page:?}");
        }
    }
}
