//! What a feed needs so that programs read it: Atom (RFC 4287 §4.1), RSS 2.0, and XML for all of them. A site can overrule
//! the templates.

use roxmltree::{Document, Node};

/// An element of feeds, and what has to stand in it: of each group, one is enough.
const NEEDED: &[(&str, &[&[&str]])] = &[
    ("feed", &[&["id"], &["title"], &["updated"]]),
    ("entry", &[&["id"], &["title"], &["updated"]]),
    ("rss", &[&["channel"]]),
    ("channel", &[&["title"], &["link"], &["description"]]),
    ("item", &[&["title", "description"]]),
];

/// Returns what is wrong with a feed, a catalogue or a sitemap, each with its line and column, counted from 1.
pub(super) fn faults(text: &str) -> Vec<(usize, usize, String)> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let place = error.pos();
            return vec![(place.row as usize, place.col as usize, format!("this is no XML: {error}"))];
        }
    };
    let mut faults = Vec::new();
    for (element, groups) in NEEDED {
        let found = document.descendants().filter(|node| node.tag_name().name() == *element);
        let start = format!("<{element}");
        let is_whole = |at: &usize| !text[at + start.len()..].starts_with(|c: char| c.is_alphanumeric());
        let starts = text.match_indices(&start).map(|(at, _)| at).filter(is_whole);
        for (node, at) in found.zip(starts) {
            for group in groups.iter().filter(|group| !has_one(&node, group)) {
                let line = text[..at].matches('\n').count() + 1;
                faults.push((line, 1, format!("<{element}> has no <{}>", group.join("> or <"))));
            }
        }
    }
    faults
}

/// Tells whether one of some elements is there, and not empty.
fn has_one(node: &Node<'_, '_>, names: &[&str]) -> bool {
    let is_filled = |child: &Node<'_, '_>| child.has_children() || child.attributes().len() > 0;
    node.children().any(|child| names.contains(&child.tag_name().name()) && is_filled(&child))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_need_is_missed() {
        let entry = "<entry><id>b</id><title>B</title><updated>c</updated></entry>";
        for (text, expected) in [
            (format!("<feed><id>a</id><title>A</title><updated>c</updated>{entry}</feed>"), vec![]),
            (format!("<feed>\n<id/><title>A</title><updated>c</updated>\n{entry}</feed>"), vec!["1 <feed> has no <id>"]),
            (
                format!("<feed><id>a</id><title>A</title><updated>c</updated>{entry}\n<entry><title>B</title></entry></feed>"),
                vec!["2 <entry> has no <id>", "2 <entry> has no <updated>"],
            ),
            ("<rss/>".to_owned(), vec!["1 <rss> has no <channel>"]),
            (
                "<rss><channel><title>A</title><link>b</link><description>c</description><item/></channel></rss>".to_owned(),
                vec!["1 <item> has no <title> or <description>"],
            ),
            ("<urlset/>".to_owned(), vec![]),
        ] {
            let found: Vec<String> =
                faults(&text).into_iter().map(|(line, _, message)| format!("{line} {message}")).collect();
            assert_eq!(found, expected, "{text}");
        }
        let found = faults("<feed>\n<title>x</feed>");
        assert!(
            matches!(found.as_slice(), [(2, _, message)] if message.starts_with("this is no XML")),
            "{found:?}"
        );
    }
}
