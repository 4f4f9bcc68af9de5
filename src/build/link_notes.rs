//! `--links notes`: links on words → notes that hold the address, so that paper can show it.

use std::collections::BTreeMap;

use crate::document::{Block, Certainty, Document, Inline, Note, NoteId, change_each_inline, each_content};
use crate::source::Span;

/// Makes each link in the body a reference to a note with its address; one address has one note. Links in notes, bare
/// addresses and links within the article stay. All notes are numbered again, in the order of first reference.
pub(super) fn make(document: &mut Document) {
    let mut notes = std::mem::take(&mut document.notes);
    let mut id_of: BTreeMap<String, NoteId> = BTreeMap::new();
    for block in &mut document.blocks {
        each_content(block, &mut |content| in_content(content, &mut notes, &mut id_of));
    }
    document.notes = notes;
    if !id_of.is_empty() {
        put_in_order(document);
    }
}

fn in_content(content: &mut Vec<Inline>, notes: &mut Vec<Note>, id_of: &mut BTreeMap<String, NoteId>) {
    for inline in std::mem::take(content) {
        match inline {
            Inline::Link { url, content: words, .. } if is_on_words(&url, &words) => {
                content.extend(words);
                let id = *id_of.entry(url.clone()).or_insert_with(|| {
                    notes.push(note(&url));
                    NoteId(notes.len() as u32 - 1)
                });
                content.push(Inline::Reference(id));
            }
            Inline::Emphasis(mut inner) => {
                in_content(&mut inner, notes, id_of);
                content.push(Inline::Emphasis(inner));
            }
            Inline::Strong(mut inner) => {
                in_content(&mut inner, notes, id_of);
                content.push(Inline::Strong(inner));
            }
            inline => content.push(inline),
        }
    }
}

fn is_on_words(url: &str, words: &[Inline]) -> bool {
    // `www.harbour.example` and `iona@harbour.example` are addresses as they stand.
    let is_bare = matches!(words, [Inline::Text(text)] if [url, url.trim_start_matches("http://"), url.trim_start_matches("mailto:")].contains(&text.as_str()));
    !is_bare && !url.starts_with('#') && url.contains(':')
}

fn note(url: &str) -> Note {
    let link = Inline::Link {
        url: url.to_owned(),
        title: String::new(),
        content: vec![Inline::Text(url.to_owned())],
    };
    Note {
        label: String::new(),
        printed: String::new(),
        blocks: vec![Block::Paragraph(vec![link])],
        certainty: Certainty::Certain,
        evidence: vec!["link-on-words"],
        span: Span::default(),
    }
}

/// Orders and numbers the notes by their first reference.
fn put_in_order(document: &mut Document) {
    let mut order = document.title_references.clone();
    document.each_inline(&mut |inline| {
        if let Inline::Reference(id) = inline {
            order.push(*id);
        }
    });
    order.extend((0..document.notes.len() as u32).map(NoteId));
    let mut new_ids: BTreeMap<NoteId, NoteId> = BTreeMap::new();
    for id in order {
        let next = NoteId(new_ids.len() as u32);
        new_ids.entry(id).or_insert(next);
    }
    let mut notes: Vec<(NoteId, Note)> = std::mem::take(&mut document.notes)
        .into_iter()
        .enumerate()
        .map(|(at, note)| (new_ids[&NoteId(at as u32)], note))
        .collect();
    notes.sort_by_key(|(id, _)| *id);
    for (id, mut note) in notes {
        note.label = (id.0 + 1).to_string();
        document.notes.push(note);
    }
    document.title_references.iter_mut().for_each(|id| *id = new_ids[id]);
    let mut renumber = |inline: &mut Inline| {
        if let Inline::Reference(id) = inline {
            *id = new_ids[id];
        }
    };
    change_each_inline(&mut document.blocks, &mut renumber);
    document.notes.iter_mut().for_each(|note| change_each_inline(&mut note.blocks, &mut renumber));
}
