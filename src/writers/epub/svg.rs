//! Whether an SVG is fit for a book: sound XML that needs nothing beside itself, and does nothing.

use std::collections::BTreeSet;

use roxmltree::{Attribute, Document, Node};

const NAMESPACE: &str = "http://www.w3.org/2000/svg";

/// Elements that run, move, embed or lead elsewhere.
const REFUSED: &[&str] = &[
    "script",
    "foreignObject",
    "image",
    "a",
    "style",
    "set",
    "animate",
    "animateMotion",
    "animateTransform",
    "handler",
    "listener",
];

/// Tells whether bytes are an SVG without scripts, entities, or addresses but within itself.
///
/// What is no XML (1.0, fifth edition) without a document type declaration is none, nor what has an id twice.
pub(super) fn is_plain(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else { return false };
    let Ok(document) = Document::parse(text.trim_start_matches('\u{FEFF}').trim()) else { return false };
    let mut ids = BTreeSet::new();
    document.root_element().has_tag_name((NAMESPACE, "svg"))
        && document.descendants().all(|node| is_plain_node(&node))
        && document.descendants().filter_map(|node| node.attribute("id")).all(|id| ids.insert(id))
}

fn is_plain_node(node: &Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    !node.is_pi()
        && !REFUSED.contains(&name)
        && node.attributes().all(|attribute| is_plain_attribute(&attribute))
}

/// Tells whether an attribute runs nothing and leads nowhere else.
fn is_plain_attribute(attribute: &Attribute<'_, '_>) -> bool {
    let (name, value) = (attribute.name().to_ascii_lowercase(), attribute.value().to_ascii_lowercase());
    let is_inside = |address: &str| address.trim_start_matches(['"', '\'', ' ']).starts_with('#');
    !name.starts_with("on")
        && (name != "href" || is_inside(&value))
        && value.split("url(").skip(1).all(is_inside)
        && !value.contains("@import")
        && !value.contains('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_svg_is_sound_and_keeps_to_itself() {
        let svg =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path d=\"M0 0h1v1z\"/></svg>";
        for (from, to, expected) in [
            ("<svg", "\u{FEFF}<svg", true),
            ("<svg", "<?xml version=\"1.0\"?>\n<!-- a -->\n<svg", true),
            ("<path", "<g id=\"a\"/><use href=\"#a\" fill=\"url(#b)\" style=\"fill:url('#b')\"/><path", true),
            ("<path", "<title>on a = b</title><path", true),
            ("<path", "<g id=\"a\"/><g id=\"a\"/><path", false),
            ("<path", "<script>a</script><path", false),
            ("<path", "<path onload = \"a\"", false),
            ("<path", "<use href=\"https://harbour.example/a.svg\"/><path", false),
            ("<path", "<path style=\"fill:url(//harbour.example/a.svg)\"", false),
            ("<path", "<path style=\"fill:\\75rl(//harbour.example/a.svg)\"", false),
            ("<path", "<style>@import '//harbour.example'</style><path", false),
            ("<path", "<path fill=red", false),
            ("<path", "<text>a&nbsp;b</text><path", false),
            ("<svg", "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg", false),
            ("<svg", "<?xml-stylesheet href=\"a.css\"?><svg", false),
            ("/></svg>", "/>", false),
            ("2000/svg", "2000/other", false),
            (svg, "", false),
        ] {
            let svg = svg.replacen(from, to, 1);
            assert_eq!(is_plain(svg.as_bytes()), expected, "{svg:?}");
        }
    }
}
