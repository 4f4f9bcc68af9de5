//! Remarks that are set apart: the boxes of Asciidoctor, docutils, Python-Markdown, GitHub, Docusaurus,
//! Quarto and `VitePress`.

use super::tree::{Id, Tree};

/// Classes of boxes, and what then stands before the kind in another class.
const BOXES: &[(&str, &str)] = &[
    ("admonitionblock", ""),
    ("admonition", ""),
    ("markdown-alert", "markdown-alert-"),
    ("theme-admonition", "theme-admonition-"),
    ("callout", "callout-"),
    ("custom-block", ""),
];

/// What the kinds are called, and what we call them.
const KINDS: &[(&str, &str)] = &[
    ("note", "note"),
    ("info", "note"),
    ("tip", "tip"),
    ("hint", "tip"),
    ("important", "important"),
    ("warning", "warning"),
    ("attention", "warning"),
    ("caution", "caution"),
    ("danger", "caution"),
    ("error", "caution"),
];

/// Classes of what stands over the text of a box.
const TITLES: &[&str] =
    &["title", "admonition-title", "markdown-alert-title", "callout-title-container", "custom-block-title"];

/// Returns the kind of a remark, if an element is the box around one.
pub(super) fn kind(tree: &Tree, node: Id) -> Option<&'static str> {
    if !matches!(tree.name(node), "div" | "aside" | "section") {
        return None;
    }
    let classes = || tree.attribute(node, "class").unwrap_or_default().split_ascii_whitespace();
    let (_, prefix) = BOXES.iter().find(|(name, _)| classes().any(|class| class == *name))?;
    let mut named = classes().filter_map(|class| class.strip_prefix(prefix));
    named.find_map(|name| KINDS.iter().find(|(known, _)| *known == name)).map(|&(_, kind)| kind)
}

/// Tells whether an element in a box stands over its text.
pub(super) fn is_title(tree: &Tree, node: Id) -> bool {
    let class = tree.attribute(node, "class").unwrap_or_default();
    class.split_ascii_whitespace().any(|word| {
        // Docusaurus makes its names longer by chance: `admonitionHeading_Gvgb`.
        TITLES.contains(&word) || word.starts_with("admonitionHeading_")
    })
}

/// Tells whether the words over a box only name its kind.
pub(super) fn names_a_kind(tree: &Tree, title: Id) -> bool {
    let words = tree.text(title).trim().trim_end_matches([':', '!']).to_lowercase();
    words.is_empty() || KINDS.iter().any(|(known, _)| *known == words)
}

/// Tells whether an element in a box only shows a picture of its kind.
pub(super) fn is_icon(tree: &Tree, node: Id) -> bool {
    tree.name(node) == "td" && tree.attribute(node, "class") == Some("icon")
}

/// Tells whether a table only sets the picture of a remark beside it.
pub(super) fn is_frame(tree: &Tree, table: Id) -> bool {
    tree.parent(table).is_some_and(|around| {
        tree.attribute(around, "class").is_some_and(|class| class.contains("admonitionblock"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::{DOCUMENT, parse};

    #[test]
    fn classes_name_the_kind() {
        for (class, expected) in [
            ("admonitionblock tip", Some("tip")),
            ("admonition danger", Some("caution")),
            ("markdown-alert markdown-alert-warning", Some("warning")),
            ("theme-admonition theme-admonition-info alert", Some("note")),
            ("callout callout-style-default callout-note", Some("note")),
            ("callout note", None),
            ("admonition", None),
            ("note", None),
        ] {
            let tree = parse(&format!("<div class='{class}'>x</div>")).expect("within the limits");
            let found = tree.ids().find(|&node| tree.name(node) == "div").unwrap_or(DOCUMENT);
            assert_eq!(kind(&tree, found), expected, "{class:?}");
        }
    }
}
