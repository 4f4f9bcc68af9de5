//! Links within an article whose headings had names of another program: they lead to the names that every program gives
//! to headings, so that no heading needs a name of its own.

use std::collections::BTreeMap;

use super::markup::Outline;
use crate::document::{Block, Document, Inline, each_content};

/// Renames the headings of an article and the links to them. A link to a heading that is gone leads to `page`, where the
/// article stood; without that, its words are plain.
pub(crate) fn rename(document: &mut Document, page: Option<&str>) {
    let outline = |document: &Document| {
        let mut outline = Outline::default();
        document.blocks.iter().for_each(|block| outline.add(block, 0));
        outline
    };
    let before = outline(document);
    document.blocks.iter_mut().for_each(forget_name);
    let after = outline(document);
    let names = after.names();
    let mut places = BTreeMap::new();
    document.each_inline(&mut |inline| {
        if let Some(name) = fragment(inline) {
            let found = before.position(name).and_then(|at| names.get(at)).filter(|name| !name.is_empty());
            let place = found.map(|name| format!("#{name}")).or_else(|| Some(format!("{}#{name}", page?)));
            places.insert(name.to_owned(), place);
        }
    });
    if places.is_empty() {
        return;
    }
    let notes = document.notes.iter_mut().flat_map(|note| &mut note.blocks);
    for block in document.blocks.iter_mut().chain(notes) {
        each_content(block, &mut |content| lead(content, &places));
    }
}

/// Returns what a link within the article leads to.
fn fragment(inline: &Inline) -> Option<&str> {
    match inline {
        Inline::Link { url, .. } => url.strip_prefix('#'),
        _ => None,
    }
}

fn forget_name(block: &mut Block) {
    match block {
        Block::Heading { attributes, .. } => attributes.id = None,
        Block::Quote(inner) | Block::Alert { blocks: inner, .. } => inner.iter_mut().for_each(forget_name),
        Block::List { items, .. } => {
            items.iter_mut().flat_map(|item| &mut item.blocks).for_each(forget_name);
        }
        Block::Definitions(definitions) => {
            let meanings = definitions.iter_mut().flat_map(|definition| &mut definition.meanings);
            meanings.flatten().for_each(forget_name);
        }
        _ => {}
    }
}

fn lead(content: &mut Vec<Inline>, places: &BTreeMap<String, Option<String>>) {
    for mut inline in std::mem::take(content) {
        let place = fragment(&inline).and_then(|name| places.get(name)).cloned();
        match (&mut inline, place) {
            (Inline::Link { url, .. }, Some(Some(place))) => *url = place,
            (Inline::Link { content: words, .. }, Some(None)) => {
                std::mem::take(words).into_iter().for_each(|word| push(content, word));
                continue;
            }
            _ => inline.content_mut().into_iter().for_each(|content| lead(content, places)),
        }
        push(content, inline);
    }
}

/// Adds a stretch of running text; words that follow words are one stretch.
fn push(content: &mut Vec<Inline>, inline: Inline) {
    match (inline, content.last_mut()) {
        (Inline::Text(words), Some(Inline::Text(before))) => before.push_str(&words),
        (inline, _) => content.push(inline),
    }
}

#[cfg(test)]
mod tests {
    use crate::convert::convert;
    use crate::options::{From, FrontMatter, Options, To};

    #[test]
    fn links_lead_to_the_names_of_headings() {
        let options = Options::default().from(From::Html).front_matter(FrontMatter::None);
        for (base, expected) in [
            (None, "See [the tide](#the-tide) and the table."),
            (
                Some("https://harbour.example/log.html"),
                "See [the tide](#the-tide) and [the table](https://harbour.example/log.html#T1).",
            ),
        ] {
            let page = "<article><p>See <a href='#sec-1'>the tide</a> and <a href='#T1'>the table</a>.</p>\
                        <section id=sec-1><h2>The tide</h2><p id=T1>It falls.</p></section></article>";
            let options = base.map_or(options.clone(), |base| options.clone().base_url(base));
            let done = convert(page.as_bytes(), To::Markdown, &options).expect("a page");
            let markdown = String::from_utf8(done.output).expect("UTF-8");
            let expected = format!("{expected}\n\n## The tide\n\nIt falls.\n");
            assert!(markdown.ends_with(&expected), "{markdown}");
        }
    }
}
