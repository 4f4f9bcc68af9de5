//! Code: the language that a highlighter left in a class, and what it put around each line.

use super::tree::{Id, Tree};

/// What stands before the language in a class.
const PREFIXES: &[&str] = &["language-", "lang-", "highlight-source-", "highlight-", "src-"];

/// Attributes that name it.
const ATTRIBUTES: &[&str] = &["data-lang", "data-language", "data-enlighter-language"];

/// Highlighters put no more boxes around code, besides the table with the numbers of its lines.
const BOXES: usize = 4;

/// Elements of that table, and those that hold more than code.
const TABLE: &[&str] = &["table", "tbody", "tr", "td"];
const HOLDERS: &[&str] = &["html", "body", "main", "article", "section"];

/// Classes of the numbers beside lines.
const NUMBERS: &[&str] = &[
    "linenos",
    "lineno",
    "ln",
    "lnt",
    "gutter",
    "linenumber",
    "line-number",
    "line-numbers",
    "hljs-ln-numbers",
    "react-syntax-highlighter-line-number",
    "blob-num",
];

/// Classes of cells that hold a line of code, in tables that nothing else says are code.
const CODE_CELLS: &[&str] = &["blob-code", "hljs-ln-code"];

/// Classes of `span`s that are lines.
const LINES: &[&str] = &["line", "code-line", "token-line"];

/// What classes say of code besides its language.
const SETTINGS: &[&str] = &[
    "numberSource",
    "numberLines",
    "number-lines",
    "lineAnchors",
    "line-anchors",
    "literal-block",
    "notranslate",
    "panel",
    "pdl",
    "file",
    "code-with-copy",
    "code-block",
    "code-overflow-wrap",
    "code-overflow-scroll",
    "wrap",
    "nowrap",
    "screen",
];

/// Returns the language of a `pre`: its own class says it, that of the `code` inside, or that of the boxes around.
pub(super) fn language(tree: &Tree, pre: Id) -> Option<String> {
    // mdBook sets a `pre` in a `pre`.
    let is_code = |node: &Id| matches!(tree.name(*node), "code" | "pre");
    let inner = tree.children(pre).filter(is_code).flat_map(|child| {
        std::iter::once(child).chain(tree.children(child).filter(|node| tree.name(*node) == "code"))
    });
    let around = std::iter::successors(tree.parent(pre), |&node| tree.parent(node))
        .take_while(|&node| !HOLDERS.contains(&tree.name(node)))
        .filter(|&node| !TABLE.contains(&tree.name(node)))
        .take(BOXES);
    std::iter::once(pre).chain(inner).chain(around).find_map(|node| {
        let stated = ATTRIBUTES.iter().find_map(|name| tree.attribute(node, name));
        let stated = stated.filter(|language| is_language(language)).map(str::to_owned);
        let params = || of_class(tree.attribute(node, "data-syntaxhighlighter-params")?);
        // Hexo names the language beside the class of the frame.
        let frame = || {
            let class = tree.attribute(node, "class").filter(|_| tree.name(node) == "figure")?;
            let language = class.trim().strip_prefix("highlight ")?.trim();
            is_language(language).then(|| language.to_owned())
        };
        let of_class = || of_class(tree.attribute(node, "class")?);
        stated.or_else(of_class).or_else(params).or_else(frame)
    })
}

/// Tells whether an element only says the language of the code after it.
pub(super) fn names_language(tree: &Tree, node: Id) -> bool {
    let mut after = std::iter::successors(tree.next(node), |&node| tree.next(node));
    tree.has_class(node, &["lang"])
        && after.find(|&node| !tree.is_blank(node)).is_some_and(|next| tree.name(next) == "pre")
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

/// Tells whether an element inside code is the number of a line.
pub(super) fn is_line_number(tree: &Tree, node: Id) -> bool {
    tree.has_class(node, NUMBERS) && {
        let text = tree.text(node);
        text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ':' | '|'))
    }
}

/// Tells whether an element may stand in code to hold lines of it.
pub(super) fn holds_lines(name: &str) -> bool {
    is_line(name) || TABLE.contains(&name) || matches!(name, "thead" | "th" | "ol")
}

/// Tells whether an element inside code is a line, or several.
pub(super) fn is_line(name: &str) -> bool {
    matches!(name, "div" | "tr" | "li" | "pre")
}

/// Tells whether text inside code only parts the elements around lines.
pub(super) fn stands_between_lines(tree: &Tree, text: Id) -> bool {
    let around = tree.parent(text).map_or("", |around| tree.name(around));
    matches!(around, "table" | "thead" | "tbody" | "tr" | "ol") && tree.text(text).trim().is_empty()
}

/// Returns the line that an element inside code follows at once, if it is one itself.
pub(super) fn line_before(tree: &Tree, node: Id) -> Option<Id> {
    let is_line = |node: &Id| {
        tree.name(*node) == "span"
            && (tree.has_class(*node, LINES) || tree.attribute(*node, "data-line").is_some())
    };
    Some(node).filter(is_line).and_then(|_| tree.previous(node)).filter(is_line)
}

/// Tells whether a table has nothing but lines of code and their numbers.
pub(super) fn is_listing(tree: &Tree, table: Id) -> bool {
    let rows = tree.children(table).flat_map(|part| {
        std::iter::once(part).filter(|&part| tree.name(part) == "tr").chain(tree.children(part))
    });
    rows.filter(|&row| tree.name(row) == "tr")
        .take(1)
        .any(|row| tree.children(row).any(|cell| tree.name(cell) == "td" && tree.has_class(cell, CODE_CELLS)))
}

fn of_class(class: &str) -> Option<String> {
    // SyntaxHighlighter writes `brush: js; gutter: false`.
    if let Some((_, brush)) = class.split_once("brush:") {
        let language = brush.split(';').next().unwrap_or_default().trim();
        return is_language(language).then(|| language.to_owned());
    }
    let mut words = class.split_ascii_whitespace().filter(|word| !SETTINGS.contains(word));
    // pandoc writes `sourceCode rust`, docutils `code rust`, highlight.js `hljs rust`.
    let marked = words.clone().find_map(|word| PREFIXES.iter().find_map(|prefix| word.strip_prefix(prefix)));
    let after = words
        .next()
        .filter(|&word| matches!(word, "sourceCode" | "code" | "hljs"))
        .and_then(|_| words.next());
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
            ("sourceCode numberSource python numberLines", Some("python")),
            ("hljs language-c", Some("c")),
            ("hljs python", Some("python")),
            ("language-plaintext", None),
            ("brush: js; title: ebb", Some("js")),
            ("brush:php", Some("php")),
            ("code file bash", Some("bash")),
            ("code panel pdl", None),
            ("sourceCode code-with-copy", None),
            ("wide", None),
        ] {
            assert_eq!(of_class(class).as_deref(), expected, "{class:?}");
        }
    }
}
