//! Marks that `style` attributes make or take back, and classes of `span` in the page's own style sheets, as word
//! processors write them.

use std::collections::BTreeMap;

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

/// What the style sheets of a page say of words: for each class, its rules that make or take back a mark.
pub(super) struct Classes(BTreeMap<String, Vec<(&'static str, &'static str)>>);

impl Classes {
    pub(super) fn of(tree: &Tree) -> Self {
        let mut classes = Self(BTreeMap::new());
        for sheet in tree.ids().filter(|&node| tree.name(node) == "style") {
            classes.read(&tree.text(sheet));
        }
        classes
    }

    /// Reads rules such as `.c5{font-style:italic}`; other selectors say nothing of words alone.
    fn read(&mut self, sheet: &str) {
        for rule in sheet.split('}') {
            let Some((selectors, body)) = rule.rsplit_once('{') else { continue };
            let body = body.to_ascii_lowercase();
            let body = declarations(&body);
            let known = MAKES.iter().chain(UNDOES).map(|&(key, value, _)| (key, value));
            let says: Vec<_> = known.filter(|says| body.iter().any(|one| one == says)).collect();
            if says.is_empty() || selectors.contains(['@', '{']) {
                continue;
            }
            for selector in selectors.split(',').map(str::trim) {
                let class = selector.strip_prefix("span").unwrap_or(selector).strip_prefix('.');
                let is_name = |class: &&str| {
                    class.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
                };
                if let Some(class) = class.filter(is_name) {
                    self.0.entry(class.to_owned()).or_default().extend(&says);
                }
            }
        }
    }
}

/// Splits `font-style: italic; color: red`.
pub(super) fn declarations(style: &str) -> Vec<(&str, &str)> {
    style
        .split(';')
        .filter_map(|rule| rule.split_once(':'))
        .map(|(key, value)| (key.trim(), value.trim()))
        .collect()
}

/// Returns the marks of an element: that of its name or its class, and those of its style.
pub(super) fn marks(tree: &Tree, classes: &Classes, node: Id, named: Option<Mark>) -> Vec<Mark> {
    let says_code = || {
        let class = tree.attribute(node, "class").filter(|_| tree.name(node) == "span")?;
        class.split_ascii_whitespace().any(|word| CODE.contains(&word)).then_some(Mark::Code)
    };
    let named = named.or_else(says_code);
    let style = tree.attribute(node, "style").unwrap_or_default().to_ascii_lowercase();
    let mut rules = declarations(&style);
    if tree.name(node) == "span" && !classes.0.is_empty() {
        let own = tree.attribute(node, "class").unwrap_or_default().split_ascii_whitespace();
        rules.extend(own.filter_map(|class| classes.0.get(class)).flatten());
    }
    if rules.is_empty() {
        return named.into_iter().collect();
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_spans_have_the_marks_of_their_style() {
        let mut classes = Classes(BTreeMap::new());
        classes.read("ol{margin:0}.c5{font-style:italic}.c6, span.c7 { color:red; font-weight: 700; } p.c8{font-weight:700} .a .b{font-style:italic}");
        let found: Vec<_> = classes.0.iter().map(|(class, rules)| format!("{class} {rules:?}")).collect();
        let bold = "[(\"font-weight\", \"700\")]";
        let expected =
            ["c5 [(\"font-style\", \"italic\")]".to_owned(), format!("c6 {bold}"), format!("c7 {bold}")];
        assert_eq!(found, expected);
    }
}
