//! One long text → several articles, at its highest headings. Each takes the notes that it refers to, and links between
//! them lead from file to file.

use std::collections::BTreeMap;

use super::epub::identity;
use super::markup::{Outline, push_words};
use crate::document::{Block, Document, Found, Inline, Metadata, NoteId, change_each_inline, each_inline};
use crate::options::To;
use crate::volume::Part;

/// No name of a file is longer without its number, in bytes.
const LONGEST: usize = 48;

/// Splits a document into articles that are written in one format.
///
/// What stands before the first heading is an article under the title of the whole. Notes that several articles refer to
/// are in each of them, and those that nothing refers to in the last.
pub(crate) fn split(document: &Document, to: To) -> Vec<Part> {
    let mut whole = Outline::default();
    // How many headings stand before each block, and in all.
    let mut before = vec![0];
    for block in &document.blocks {
        whole.add(block, 0);
        before.push(whole.headings.len());
    }
    let starts = starts(&document.blocks);
    let first = starts.first().copied().unwrap_or(document.blocks.len());
    let mut parts: Vec<Part> = Vec::new();
    let mut places: Vec<Place> = Vec::with_capacity(whole.headings.len());
    let below = |from: usize, end: usize, part: usize| {
        (0..before[end] - before[from]).map(move |nth| Place { part, heading: Some(nth) })
    };
    if first > 0 || starts.is_empty() || !document.title_references.is_empty() {
        places.extend(below(0, first, 0));
        let blocks = document.blocks[..first].to_vec();
        let title_references = document.title_references.clone();
        parts.push(part(blocks, document.metadata.clone(), title_references, None));
    }
    let mut above: Option<String> = None;
    for (at, &start) in starts.iter().enumerate() {
        let Block::Heading { level, content, .. } = &document.blocks[start] else { continue };
        let end = starts.get(at + 1).copied().unwrap_or(document.blocks.len());
        places.push(Place { part: parts.len(), heading: None });
        let title = words_of(content);
        let title_references = references(content);
        let is_above =
            matches!(document.blocks.get(end), Some(Block::Heading { level: next, .. }) if next > level);
        if start + 1 == end && is_above && title_references.is_empty() {
            above = above.or(Some(title));
            continue;
        }
        places.extend(below(start + 1, end, parts.len()));
        let blocks = document.blocks[start + 1..end].to_vec();
        parts.push(part(blocks, metadata_of(document, title), title_references, above.take()));
    }
    let digits = parts.len().to_string().len().max(2);
    for (at, part) in parts.iter_mut().enumerate() {
        part.stem = stem(at + 1, digits, part.document.metadata.title().unwrap_or_default());
    }
    deal_notes(document, &mut parts);
    if to == To::Epub && parts.len() > 1 {
        parts.iter_mut().for_each(|part| tell_apart(&mut part.document));
    }
    lead_from_file_to_file(&whole, &places, &mut parts, to);
    parts
}

/// Where a heading of the whole went.
#[derive(Clone, Copy)]
struct Place {
    part: usize,
    /// Its place among the headings that are left there; none if it is the title.
    heading: Option<usize>,
}

fn part(blocks: Vec<Block>, metadata: Metadata, references: Vec<NoteId>, part: Option<String>) -> Part {
    let document = Document { blocks, notes: Vec::new(), metadata, title_references: references };
    Part { stem: String::new(), document, part }
}

/// Finds the headings that begin articles: those of the highest level that stands there twice, and all higher ones.
fn starts(blocks: &[Block]) -> Vec<usize> {
    let level = |block: &Block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    };
    let mut counts = BTreeMap::new();
    blocks.iter().filter_map(level).for_each(|level| *counts.entry(level).or_insert(0) += 1);
    let twice = counts.iter().find(|&(_, &count)| count > 1).or(counts.first_key_value());
    let Some((&lowest, _)) = twice else { return Vec::new() };
    (0..blocks.len()).filter(|&at| level(&blocks[at]).is_some_and(|level| level <= lowest)).collect()
}

/// Returns what a part says of itself: what the whole says, but for what only the whole is.
fn metadata_of(document: &Document, title: String) -> Metadata {
    let whole = &document.metadata;
    let mut metadata = Metadata { subtitle: None, description: None, ..whole.clone() };
    metadata.title = (!title.is_empty()).then_some(Found { value: title, rule: "heading", span: None });
    metadata.extra.retain(|(key, _)| key != "identifier" && key != "isbn");
    metadata
}

/// Names a book by its words: its address is that of the whole.
fn tell_apart(own: &mut Document) {
    let identifier = identity::identifier(&[own], None);
    own.metadata.extra.push(("identifier".to_owned(), identifier.into()));
}

fn words_of(content: &[Inline]) -> String {
    let mut words = String::new();
    push_words(content, &mut words);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn stem(number: usize, digits: usize, title: &str) -> String {
    let slug = slug::slugify(title);
    let end = match slug.get(..LONGEST).map(|head| head.rfind('-')) {
        None => slug.len(),
        Some(word_end) => word_end.unwrap_or(LONGEST),
    };
    format!("{number:0digits$}-{}", &slug[..end]).trim_end_matches('-').to_owned()
}

fn references(content: &[Inline]) -> Vec<NoteId> {
    let heading = Block::Paragraph(content.to_vec());
    let mut references = Vec::new();
    collect_references(std::slice::from_ref(&heading), &mut references);
    references
}

fn collect_references(blocks: &[Block], references: &mut Vec<NoteId>) {
    each_inline(blocks, &mut |inline| {
        if let Inline::Reference(note) = inline {
            references.push(*note);
        }
    });
}

/// Gives each article the notes that it refers to, in the order in which it does.
fn deal_notes(document: &Document, parts: &mut [Part]) {
    let mut numbered = document.notes.iter().enumerate();
    let has_numbers = numbered.all(|(at, note)| note.label == (at + 1).to_string());
    let mut is_dealt = vec![false; document.notes.len()];
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.iter_mut().enumerate() {
        let own = &mut part.document;
        let mut waiting = own.title_references.clone();
        collect_references(&own.blocks, &mut waiting);
        let mut new_ids = BTreeMap::new();
        deal(document, waiting, &mut new_ids, own);
        new_ids.keys().for_each(|note: &NoteId| is_dealt[note.index()] = true);
        if at == last {
            let others = (0..document.notes.len()).filter(|&note| !is_dealt[note]);
            deal(document, others.map(|note| NoteId(note as u32)).collect(), &mut new_ids, own);
        }
        if has_numbers {
            let numbered = own.notes.iter_mut().enumerate();
            numbered.for_each(|(at, note)| note.label = (at + 1).to_string());
        }
        let mut renumber = |inline: &mut Inline| {
            if let Inline::Reference(note) = inline {
                *note = new_ids[note];
            }
        };
        change_each_inline(&mut own.blocks, &mut renumber);
        own.notes.iter_mut().for_each(|note| change_each_inline(&mut note.blocks, &mut renumber));
        own.title_references.iter_mut().for_each(|note| *note = new_ids[note]);
    }
}

/// Adds notes that are not there yet, and behind them those that they refer to.
fn deal(
    document: &Document,
    mut waiting: Vec<NoteId>,
    new_ids: &mut BTreeMap<NoteId, NoteId>,
    own: &mut Document,
) {
    let mut at = 0;
    while let Some(&note) = waiting.get(at) {
        at += 1;
        if new_ids.contains_key(&note) {
            continue;
        }
        new_ids.insert(note, NoteId(own.notes.len() as u32));
        let found = &document.notes[note.index()];
        collect_references(&found.blocks, &mut waiting);
        own.notes.push(found.clone());
    }
}

/// Makes links within the whole lead to the file that their heading is in.
fn lead_from_file_to_file(whole: &Outline, places: &[Place], parts: &mut [Part], to: To) {
    let outlines: Vec<Outline> = parts.iter().map(|part| outline(&part.document)).collect();
    let names: Vec<Vec<&str>> = outlines.iter().map(Outline::names).collect();
    let files: Vec<String> = parts.iter().map(|part| format!("{}.{}", part.stem, to.extension())).collect();
    for (at, part) in parts.iter_mut().enumerate() {
        let mut lead = |inline: &mut Inline| {
            let Inline::Link { url, .. } = inline else { return };
            let Some(place) = url.strip_prefix('#').and_then(|name| whole.position(name)) else { return };
            let Place { part, heading } = places[place];
            *url = match heading {
                Some(heading) if part == at => format!("#{}", names[part][heading]),
                // A page has the ids that we give it; Markdown has those that every program makes of headings.
                Some(heading) if to == To::Html => {
                    format!("{}#{}", files[part], outlines[part].headings[heading].id)
                }
                Some(heading) => format!("{}#{}", files[part], names[part][heading]),
                None => files[part].clone(),
            };
        };
        change_each_inline(&mut part.document.blocks, &mut lead);
        part.document.notes.iter_mut().for_each(|note| change_each_inline(&mut note.blocks, &mut lead));
    }
}

fn outline(document: &Document) -> Outline {
    let mut outline = Outline::default();
    document.blocks.iter().for_each(|block| outline.add(block, 0));
    outline
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::{From, Options};

    fn parts(markdown: &str, to: To) -> Vec<Part> {
        let options = Options::default().from(From::Markdown);
        split(&crate::convert::read(markdown.as_bytes(), &options).expect("text").document, to)
    }

    #[test]
    fn articles_begin_at_the_highest_headings_that_come_twice() {
        for (markdown, expected) in [
            ("# Ebb\n\na\n\n# Flow\n\nb", vec!["01-ebb", "02-flow"]),
            ("a\n\n# Ebb\n\na\n\n## Foam\n\n# Flow", vec!["01", "02-ebb", "03-flow"]),
            ("---\ntitle: Sea\n---\na\n\n# Ebb\n\nb\n\n# Flow\n\nc", vec!["01-sea", "02-ebb", "03-flow"]),
            ("a\n\n# Sea\n\n## Ebb\n\na\n\n## Flow\n\nb", vec!["01", "02-ebb", "03-flow"]),
            ("a\n\n# Ebb\n\nb", vec!["01", "02-ebb"]),
            ("# 渡し\n\na\n\n# ***\n\nb", vec!["01-du-si", "02"]),
            ("a", vec!["01"]),
            ("", vec!["01"]),
        ] {
            let stems: Vec<String> =
                parts(markdown, To::Markdown).into_iter().map(|part| part.stem).collect();
            assert_eq!(stems, expected, "{markdown:?}");
        }
    }

    #[test]
    fn notes_and_links_go_with_their_articles() {
        let markdown = "# Ebb[^t]\n\na[^1] [there](#foam) [up](#ebb)\n\n# Flow\n\nb[^2] c[^1]\n\n## Foam\n\n[here](#foam)\n\n[^t]: T\n\n[^1]: A, see [F](#flow)\n\n[^2]: B[^3]\n\n[^3]: C\n\n[^4]: D";
        for (to, there) in [(To::Markdown, "02-flow.md#foam"), (To::Html, "02-flow.html#part-foam")] {
            let parts = parts(markdown, to);
            let mut links = Vec::new();
            for part in &parts {
                part.document.each_inline(&mut |inline| {
                    if let Inline::Link { url, .. } = inline {
                        links.push(url.clone());
                    }
                });
            }
            let flow = format!("02-flow.{}", to.extension());
            let ebb = format!("01-ebb.{}", to.extension());
            assert_eq!(links, [there, &ebb, &flow, "#foam", &flow]);
            let labels =
                |part: &Part| part.document.notes.iter().map(|note| note.label.clone()).collect::<Vec<_>>();
            assert_eq!(labels(&parts[0]), ["t", "1"]);
            assert_eq!(labels(&parts[1]), ["2", "1", "3", "4"]);
            assert_eq!(parts[0].document.title_references, [NoteId(0)]);
        }
    }
}
