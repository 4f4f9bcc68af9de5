//! The headings of a document: their ids, and levels that never skip one.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Block, Inline};

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Unique, ASCII, without the style's prefix.
    pub(crate) id: String,
    /// How deep it stands: 1 is highest, and none is more than one deeper than the one before it.
    pub(crate) rank: u8,
    /// Its words, without references.
    pub(crate) words: String,
    /// The leaf that holds it.
    pub(crate) leaf: usize,
    /// Whether it stands in a quotation or a list.
    pub(crate) is_inside: bool,
}

/// Headings in reading order, and the names that links within the text use for them.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    pub(crate) headings: Vec<Heading>,
    /// The anchors that Markdown engines give to headings → their place in `headings`.
    anchors: BTreeMap<String, usize>,
    /// For each anchor that several headings want, the number that the last of them got.
    again: BTreeMap<String, usize>,
    /// The levels above the next heading.
    open: Vec<u8>,
    ids: BTreeSet<String>,
    /// For each name that several headings want, the number that the last of them got.
    numbers: BTreeMap<String, usize>,
}

/// No id of a heading is longer, in bytes.
const LONGEST: usize = 48;

impl Outline {
    /// Adds the headings of a block that stands on a leaf.
    pub(crate) fn add(&mut self, block: &Block, leaf: usize) {
        self.add_below(block, leaf, false);
    }

    fn add_below(&mut self, block: &Block, leaf: usize, is_inside: bool) {
        match block {
            Block::Heading { level, content, attributes } => {
                if let Some(id) = &attributes.id {
                    self.anchors.insert(id.to_lowercase(), self.headings.len());
                }
                self.add_heading(*level, content, leaf, is_inside);
            }
            Block::Quote(inner) | Block::Alert { blocks: inner, .. } => {
                inner.iter().for_each(|block| self.add_below(block, leaf, true));
            }
            Block::Definitions(definitions) => {
                let meanings = definitions.iter().flat_map(|definition| &definition.meanings);
                meanings.flatten().for_each(|block| self.add_below(block, leaf, true));
            }
            Block::List { items, .. } => {
                items
                    .iter()
                    .flat_map(|item| &item.blocks)
                    .for_each(|block| self.add_below(block, leaf, true));
            }
            _ => {}
        }
    }

    fn add_heading(&mut self, level: u8, content: &[Inline], leaf: usize, is_inside: bool) {
        while self.open.last().is_some_and(|&above| above >= level) {
            self.open.pop();
        }
        self.open.push(level);
        let mut words = String::new();
        push_words(content, &mut words);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let anchor = anchor(&words);
        let mut named = anchor.clone();
        while self.anchors.contains_key(&named) {
            let more = self.again.entry(anchor.clone()).or_default();
            *more += 1;
            named = format!("{anchor}-{more}");
        }
        self.anchors.insert(named, self.headings.len());
        let id = self.unique_id(&words);
        self.headings.push(Heading { id, rank: self.open.len() as u8, words, leaf, is_inside });
    }

    /// Returns the heading that a link within the text means, by the name that Markdown engines would give it.
    pub(super) fn find(&self, fragment: &str) -> Option<&Heading> {
        self.position(fragment).map(|at| &self.headings[at])
    }

    /// Returns the place of that heading in `headings`.
    pub(crate) fn position(&self, fragment: &str) -> Option<usize> {
        let name = decoded(fragment).to_lowercase();
        let name = name.strip_prefix("user-content-").unwrap_or(&name);
        self.anchors.get(name).copied()
    }

    /// Returns the name that Markdown engines give to each heading.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names = vec![""; self.headings.len()];
        self.anchors.iter().for_each(|(name, &at)| names[at] = name);
        names
    }

    fn unique_id(&mut self, words: &str) -> String {
        let slug = slug::slugify(words);
        let end = match slug.get(..LONGEST).map(|head| head.rfind('-')) {
            None => slug.len(),
            Some(word_end) => word_end.unwrap_or(LONGEST),
        };
        let base = match &slug[..end] {
            // `n` keeps it apart from a heading that is a number.
            "" => format!("part-n{}", self.headings.len() + 1),
            words => format!("part-{words}"),
        };
        let mut id = base.clone();
        while !self.ids.insert(id.clone()) {
            let more = self.numbers.entry(base.clone()).or_insert(1);
            *more += 1;
            id = format!("{base}--{more}");
        }
        id
    }
}

/// Returns the anchor that GitHub gives a heading: lower case, hyphens for spaces, no signs.
fn anchor(words: &str) -> String {
    let kept = words.chars().filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}

/// Undoes percent-encoding; what is no UTF-8 then stays encoded.
pub(crate) fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(value) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| byte == b'%') {
            bytes.push(value);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| fragment.to_owned())
}

/// Adds the words of running text, without references; a line break counts as a space.
pub(crate) fn push_words(content: &[Inline], words: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Html(text) | Inline::Math { tex: text, .. } => {
                words.push_str(text);
            }
            Inline::Image { alt, .. } => words.push_str(alt),
            Inline::LineBreak => words.push(' '),
            Inline::Reference(_) | Inline::Page(_) => {}
            _ => push_words(inline.content(), words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Attributes;

    fn outline(headings: &[(u8, &str)]) -> Outline {
        let mut outline = Outline::default();
        for &(level, words) in headings {
            outline.add(
                &Block::Heading {
                    level,
                    content: vec![Inline::Text(words.to_owned())],
                    attributes: Attributes::default(),
                },
                0,
            );
        }
        outline
    }

    #[test]
    fn levels_never_skip_one() {
        for (levels, expected) in [
            (vec![1, 2, 2, 1], vec![1, 2, 2, 1]),
            (vec![2, 3, 2], vec![1, 2, 1]),
            (vec![1, 4, 6, 4], vec![1, 2, 3, 2]),
            (vec![3, 1, 2], vec![1, 1, 2]),
        ] {
            let headings: Vec<(u8, &str)> = levels.iter().map(|&level| (level, "Ebb")).collect();
            let ranks: Vec<u8> = outline(&headings).headings.iter().map(|heading| heading.rank).collect();
            assert_eq!(ranks, expected, "{levels:?}");
        }
    }

    #[test]
    fn ids_are_ascii_and_unique() {
        let outline = outline(&[
            (1, "The Ferry"),
            (1, "the ferry!"),
            (1, "Paromul"),
            (1, "渡し船"),
            (1, "***"),
            (1, ""),
        ]);
        let ids: Vec<&str> = outline.headings.iter().map(|heading| heading.id.as_str()).collect();
        assert_eq!(&ids[..3], ["part-the-ferry", "part-the-ferry--2", "part-paromul"]);
        assert_eq!(&ids[4..], ["part-n5", "part-n6"]);
        assert!(ids.iter().all(|id| id.is_ascii()), "{ids:?}");
    }

    #[test]
    fn links_find_headings_by_the_names_of_markdown_engines() {
        let outline = outline(&[(1, "The Ferry, again"), (1, "Größe"), (1, "The ferry again")]);
        for (fragment, expected) in [
            ("the-ferry-again", Some(0)),
            ("The-Ferry-Again", Some(0)),
            ("user-content-the-ferry-again", Some(0)),
            ("gr%C3%B6%C3%9Fe", Some(1)),
            ("größe", Some(1)),
            ("the-ferry-again-1", Some(2)),
            ("ferry", None),
            ("", None),
            ("%", None),
        ] {
            let found = outline.find(fragment).map(|heading| heading.id.as_str());
            assert_eq!(found, expected.map(|at: usize| outline.headings[at].id.as_str()), "{fragment:?}");
        }
    }
}
