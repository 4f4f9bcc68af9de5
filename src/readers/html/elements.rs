//! What each element is to the layout: a block, a mark, or nothing to read. Data, no decisions.

use super::tree::{Id, Tree};
use crate::page::{NOTES_BESIDE, NOTES_OR_REFERENCES};
use crate::sheet::Mark;

/// Elements whose content is not shown.
const SILENT: &[&str] = &[
    "script", "style", "template", "noscript", "iframe", "object", "embed", "audio", "video", "canvas",
    "svg", "select", "textarea", "input", "map", "datalist", "noframes", "noembed", "applet", "frameset",
    "frame", "param", "col", "colgroup",
];

/// Elements that begin and end a line, without being anything more.
const BLOCKS: &[&str] = &[
    "html",
    "body",
    "main",
    "article",
    "section",
    "nav",
    "aside",
    "header",
    "footer",
    "div",
    "p",
    "address",
    "center",
    "hgroup",
    "figure",
    "figcaption",
    "details",
    "summary",
    "dialog",
    "form",
    "fieldset",
    "legend",
    "search",
    "menu",
    "ul",
    "ol",
    "dir",
    "li",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "listing",
    "xmp",
    "plaintext",
    "hr",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "optgroup",
    "option",
];

/// Tells whether an element and all inside it shows nothing.
pub(super) fn is_silent(name: &str) -> bool {
    SILENT.contains(&name)
}

/// Tells whether an element begins a new line.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Returns the mark that an element puts on its words, if its name alone says it.
pub(super) fn mark(name: &str) -> Option<Mark> {
    Some(match name {
        "em" | "i" | "cite" | "dfn" | "var" => Mark::Emphasis,
        "strong" | "b" => Mark::Strong,
        "s" | "strike" | "del" => Mark::Strikethrough,
        "sup" => Mark::Superscript,
        "sub" => Mark::Subscript,
        "code" | "kbd" | "samp" | "tt" => Mark::Code,
        _ => return None,
    })
}

/// Tells whether an element is set apart from the words before it, although nothing stands between them.
pub(super) fn stands_beside(tree: &Tree, node: Id) -> bool {
    let has = |name: &str, words: &[&str]| tree.has_word(node, name, words);
    has("class", NOTES_BESIDE)
        || has("class", &["ltx_note"])
        || (has("class", NOTES_OR_REFERENCES) && tree.text(node).trim().contains(char::is_whitespace))
        || tree.name(node) == "d-footnote"
        || has("data-type", &["footnote"])
        || has("role", &["doc-footnote"])
        || has("epub:type", &["footnote"])
        || tree.attribute(node, "popover").is_some()
}

/// Tells whether a heading is one line, whatever boxes its words stand in: it is short, as one that was left open is not,
/// and has no other blocks.
pub(super) fn is_line(tree: &Tree, heading: Id) -> bool {
    const LONGEST: usize = 200;
    fn holds_others(tree: &Tree, node: Id) -> bool {
        tree.children(node).any(|child| {
            (is_block(tree.name(child)) && tree.name(child) != "div") || holds_others(tree, child)
        })
    }
    !holds_others(tree, heading) && tree.text(heading).trim().len() <= LONGEST
}

/// Returns the level of a heading element.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
