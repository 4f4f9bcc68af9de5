//! The table of contents: for the navigation document, and for old readers as NCX (OPF 2.0.1 §2.4.1).

use crate::writers::markup::{Heading, escaped};

/// One line of the contents, with the lines below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) words: String,
    pub(super) href: String,
    /// The language of this line and those below it, and its direction; absent where it is that of the book.
    pub(super) lang: Option<(String, &'static str)>,
    pub(super) below: Vec<Entry>,
}

/// Nests headings by their rank; `href` tells where one stands. Headings without words, and those in quotations, stay
/// out.
pub(super) fn nested(headings: &[Heading], href: &impl Fn(&Heading) -> String) -> Vec<Entry> {
    let mut listed =
        headings.iter().filter(|heading| !heading.is_inside && !heading.words.is_empty()).peekable();
    let mut entries = Vec::new();
    while listed.peek().is_some() {
        entries.append(&mut below(&mut listed, 0, href));
    }
    entries
}

/// Takes the headings that are deeper than `rank`.
fn below<'h>(
    headings: &mut std::iter::Peekable<impl Iterator<Item = &'h Heading>>,
    rank: u8,
    href: &impl Fn(&Heading) -> String,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    while let Some(heading) = headings.next_if(|heading| heading.rank > rank) {
        let below = below(headings, heading.rank, href);
        entries.push(Entry { words: heading.words.clone(), href: href(heading), lang: None, below });
    }
    entries
}

/// Writes entries as the list of a navigation document.
pub(super) fn list(entries: &[Entry]) -> String {
    let mut markup = String::from("<ol>\n");
    for entry in entries {
        match &entry.lang {
            Some((lang, dir)) => {
                markup.push_str(&format!("<li lang=\"{lang}\" xml:lang=\"{lang}\" dir=\"{dir}\">"));
            }
            None => markup.push_str("<li>"),
        }
        markup.push_str(&format!("<a href=\"{}\">{}</a>", escaped(&entry.href), escaped(&entry.words)));
        if !entry.below.is_empty() {
            markup.push('\n');
            markup.push_str(&list(&entry.below));
        }
        markup.push_str("</li>\n");
    }
    markup.push_str("</ol>\n");
    markup
}

/// Writes entries as points of an NCX, numbered through from `order` on.
pub(super) fn points(entries: &[Entry], order: &mut usize) -> String {
    let mut markup = String::new();
    for entry in entries {
        *order += 1;
        markup.push_str(&format!(
            "<navPoint id=\"point-{order}\" playOrder=\"{order}\"><navLabel><text>{}</text></navLabel><content src=\"{}\" />",
            escaped(&entry.words),
            escaped(&entry.href),
        ));
        if !entry.below.is_empty() {
            markup.push('\n');
            markup.push_str(&points(&entry.below, order));
        }
        markup.push_str("</navPoint>\n");
    }
    markup
}

/// Returns how many levels the contents have.
pub(super) fn depth(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| 1 + depth(&entry.below)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(rank: u8, words: &str) -> Heading {
        Heading { id: words.to_owned(), rank, words: words.to_owned(), leaf: 0, is_inside: false }
    }

    #[test]
    fn headings_are_nested() {
        let headings = [
            heading(1, "a"),
            heading(2, "b"),
            heading(3, "c"),
            heading(2, "d"),
            heading(1, ""),
            heading(1, "e"),
        ];
        let entries = nested(&headings, &|heading| format!("#{}", heading.id));
        let link = |words: &str| format!("<li><a href=\"#{words}\">{words}</a>");
        let expected = format!(
            "<ol>\n{}\n<ol>\n{}\n<ol>\n{}</li>\n</ol>\n</li>\n{}</li>\n</ol>\n</li>\n{}</li>\n</ol>\n",
            link("a"),
            link("b"),
            link("c"),
            link("d"),
            link("e"),
        );
        assert_eq!(list(&entries), expected);
        assert_eq!(depth(&entries), 3);
        let german = Entry { lang: Some(("de".to_owned(), "ltr")), below: Vec::new(), ..entries[0].clone() };
        assert!(list(&[german]).starts_with("<ol>\n<li lang=\"de\" xml:lang=\"de\" dir=\"ltr\"><a href"));
        let mut order = 0;
        assert_eq!(points(&entries, &mut order).matches("playOrder").count(), order);
    }
}
