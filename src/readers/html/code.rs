//! Code: the language that a highlighter left in a class.

use super::tree::{Id, Tree};

/// What stands before the language in a class.
const PREFIXES: &[&str] = &["language-", "lang-", "highlight-source-", "highlight-", "brush:", "src-"];

/// Highlighters put no more boxes around code, besides the table with the numbers of its lines.
const BOXES: usize = 4;

/// Elements of that table, and those that hold more than code.
const TABLE: &[&str] = &["table", "tbody", "tr", "td"];
const HOLDERS: &[&str] = &["html", "body", "main", "article", "section"];

/// Returns the language of a `pre`: its own class says it, that of the `code` inside, or that of the boxes around.
pub(super) fn language(tree: &Tree, pre: Id) -> Option<String> {
    let inner = tree.children(pre).filter(|&child| tree.name(child) == "code");
    let around = std::iter::successors(tree.parent(pre), |&node| tree.parent(node))
        .take_while(|&node| !HOLDERS.contains(&tree.name(node)))
        .filter(|&node| !TABLE.contains(&tree.name(node)))
        .take(BOXES);
    std::iter::once(pre).chain(inner).chain(around).find_map(|node| {
        let stated = tree.attribute(node, "data-lang").or_else(|| tree.attribute(node, "data-language"));
        let stated = stated.filter(|language| is_language(language)).map(str::to_owned);
        stated.or_else(|| of_class(tree.attribute(node, "class")?))
    })
}

/// Tells whether a `pre` holds nothing but the numbers of the lines that stand in the cell beside it.
pub(super) fn is_line_numbers(tree: &Tree, pre: Id) -> bool {
    let mut around = std::iter::successors(tree.parent(pre), |&node| tree.parent(node)).take(BOXES);
    let has_cell_beside = around.find(|&node| tree.name(node) == "td").is_some_and(|cell| {
        std::iter::successors(tree.next(cell), |&node| tree.next(node)).any(|node| tree.name(node) == "td")
    });
    let text = if has_cell_beside { tree.text(pre) } else { String::new() };
    let mut numbers = text.split_whitespace().map(str::parse::<usize>).peekable();
    let Some(&Ok(first)) = numbers.peek() else { return false };
    numbers.enumerate().all(|(at, number)| number == Ok(first + at))
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
