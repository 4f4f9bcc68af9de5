//! Code: the language that a highlighter left in a class.

use super::tree::{Id, Tree};

/// What stands before the language in a class.
const PREFIXES: &[&str] = &["language-", "lang-", "highlight-source-", "highlight-", "brush:", "src-"];

/// Highlighters put no more boxes around code.
const BOXES: usize = 2;

/// Returns the language of a `pre`: its own class says it, that of the `code` inside, or that of the boxes around.
pub(super) fn language(tree: &Tree, pre: Id) -> Option<String> {
    let inner = tree.children(pre).filter(|&child| tree.name(child) == "code");
    let around = std::iter::successors(tree.parent(pre), |&node| tree.parent(node)).take(BOXES);
    std::iter::once(pre).chain(inner).chain(around).find_map(|node| {
        let stated = tree.attribute(node, "data-lang").or_else(|| tree.attribute(node, "data-language"));
        let stated = stated.filter(|language| is_language(language)).map(str::to_owned);
        stated.or_else(|| of_class(tree.attribute(node, "class")?))
    })
}

fn of_class(class: &str) -> Option<String> {
    let mut words = class.split_ascii_whitespace();
    // pandoc writes `sourceCode rust`, docutils `code rust`.
    let marked = words.clone().find_map(|word| PREFIXES.iter().find_map(|prefix| word.strip_prefix(prefix)));
    let after = words.next().filter(|&word| matches!(word, "sourceCode" | "code")).and_then(|_| words.next());
    marked.or(after).filter(|language| is_language(language)).map(str::to_owned)
}

fn is_language(word: &str) -> bool {
    let plain =
        ["none", "plaintext", "plain", "text", "default", "nohighlight", "literal-block", "notranslate"];
    (1..=20).contains(&word.len())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_.".contains(c))
        && !plain.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_name_the_language() {
        for (class, expected) in [
            ("language-rust", Some("rust")),
            ("highlight highlight-source-c++", Some("c++")),
            ("sourceCode python", Some("python")),
            ("code python literal-block", Some("python")),
            ("code literal-block", None),
            ("sourceCode", None),
            ("language-plaintext", None),
            ("wide", None),
        ] {
            assert_eq!(of_class(class).as_deref(), expected, "{class:?}");
        }
    }
}
