//! One article → documents of the book.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use super::contents::{self, Entry};
use super::crosslinks::{Crosslinks, Directory};
use super::{cuts, profiles};
use crate::error::Error;
use crate::options::{Notes, Options};
use crate::volume::Chapter;
use crate::writers::markup::names::normalized;
use crate::writers::markup::{Imprint, Medium, PageStart, Plan, Press, Setting, Style};
use crate::writers::templates::Templates;

/// An article that is set: its documents, and how the contents lead to them.
pub(super) struct Set {
    /// Ids and contents of the documents, in reading order.
    pub(super) pages: Vec<(String, String)>,
    pub(super) entry: Entry,
    /// Where pages of the printed source begin.
    pub(super) page_list: Vec<Target>,
    /// The notes at the end of the book.
    pub(super) notes: Option<SetNotes>,
}

/// The notes of an article at the end of the book.
pub(super) struct SetNotes {
    /// None where they stand on the same document as the text.
    pub(super) page: Option<(String, String)>,
    pub(super) entry: Entry,
    pub(super) page_list: Vec<Target>,
}

/// Where a page of the printed source begins.
#[derive(Debug, Serialize)]
pub(super) struct Target {
    pub(super) label: String,
    pub(super) href: String,
}

/// Sets every article; `volume` is the language of the book if it is to hold several, `pictures` are the files of the
/// pictures that it has, by name.
pub(super) fn set(
    chapters: &[Chapter<'_>],
    volume: Option<&str>,
    pictures: &BTreeMap<String, String>,
    options: &Options,
    templates: &Templates,
) -> Result<Vec<Set>, Error> {
    let is_volume = volume.is_some();
    let prefixes: Vec<String> = (1..=chapters.len())
        .map(|number| if is_volume { format!("a{number}-") } else { String::new() })
        .collect();
    let plans: Vec<Plan> = chapters
        .iter()
        .zip(&prefixes)
        .map(|(chapter, prefix)| plan(chapter, prefix, is_volume, options))
        .collect();
    let directory = Directory::of(chapters, &plans, &prefixes);
    let mut sets = Vec::with_capacity(chapters.len());
    for ((chapter, plan), prefix) in chapters.iter().zip(&plans).zip(&prefixes) {
        let path = normalized(&chapter.path);
        let crosslinks = Crosslinks { directory: &directory, path: &chapter.path, pictures };
        let imprint = Imprint::of(chapter.document, options);
        let stem = path.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        let name = match imprint.title {
            None if is_volume && !stem.is_empty() => stem,
            _ => imprint.name,
        };
        let style = Style {
            medium: Medium::Book,
            labels: imprint.labels,
            notes: profiles::form(options.profile),
            prefix,
            is_rtl: imprint.dir == "rtl",
            as_is: false,
            elsewhere: Some(&crosslinks),
        };
        let mut set = one(chapter, plan, style, &imprint, name, is_volume, templates)?;
        if volume.is_some_and(|lang| lang != imprint.lang) {
            let notes = set.notes.as_mut().map(|notes| &mut notes.entry);
            for entry in std::iter::once(&mut set.entry).chain(notes) {
                entry.lang = Some((imprint.lang.clone(), imprint.dir));
            }
        }
        sets.push(set);
    }
    Ok(sets)
}

/// Decides what stands where, and names the documents.
fn plan(chapter: &Chapter<'_>, prefix: &str, is_volume: bool, options: &Options) -> Plan {
    let cuts = cuts::cuts(&chapter.document.blocks);
    // The parts of a volume are its articles.
    let (notes, notes_apart) = match options.notes {
        Notes::Section if is_volume => (Notes::End, false),
        Notes::End => (Notes::End, is_volume),
        other => (other, false),
    };
    let mut plan = Plan::of(chapter.document, Setting { notes, cuts: &cuts, has_title: true, notes_apart });
    let texts = plan.leaves.iter().filter(|leaf| !leaf.holds_notes_only()).count();
    for (at, leaf) in plan.leaves.iter_mut().enumerate() {
        leaf.name = match (leaf.holds_notes_only(), texts) {
            (true, _) => format!("{prefix}notes.xhtml"),
            (false, 1) => format!("{prefix}article.xhtml"),
            (false, _) => format!("{prefix}part-{}.xhtml", at + 1),
        };
    }
    plan
}

fn one(
    chapter: &Chapter<'_>,
    plan: &Plan,
    style: Style<'_>,
    imprint: &Imprint<'_>,
    name: &str,
    is_volume: bool,
    templates: &Templates,
) -> Result<Set, Error> {
    let labels = imprint.labels;
    let mut press = Press::new(chapter.document, plan, style);
    let mut context = Context::new();
    context.insert("article", imprint);
    context.insert("title", &press.title());
    context.insert("comma", labels.comma());
    let last_text = plan.leaves.iter().rposition(|leaf| !leaf.holds_notes_only()).unwrap_or(0);
    let mut pages = Vec::with_capacity(plan.leaves.len());
    for (at, leaf) in plan.leaves.iter().enumerate() {
        let is_notes = leaf.holds_notes_only();
        let first_heading =
            plan.headings().iter().find(|heading| heading.leaf == at && !heading.words.is_empty());
        let page_title = match first_heading {
            _ if is_notes && is_volume => format!("{}: {name}", labels.notes),
            _ if is_notes => labels.notes.to_owned(),
            Some(heading) if at > 0 => heading.words.clone(),
            _ => name.to_owned(),
        };
        context.insert("page_title", &page_title);
        context.insert("matter", if is_notes { "backmatter" } else { "bodymatter" });
        context.insert("is_notes", &is_notes);
        context.insert("is_first", &(at == 0));
        context.insert("is_last", &(at == last_text));
        context.insert("body", press.next_leaf().trim_end());
        let id = leaf.name.trim_end_matches(".xhtml").to_owned();
        pages.push((id, templates.render("epub/article.xhtml", &context)?));
    }

    let last = plan.leaves.len() - 1;
    let is_apart = plan.leaves[last].holds_notes_only();
    let target = |page: &PageStart| {
        let href = format!("{}#{}", plan.leaves[page.leaf].name, page.id);
        (page.leaf == last && is_apart, Target { label: page.label.clone(), href })
    };
    let (in_notes, in_text): (Vec<_>, Vec<_>) =
        press.pages().iter().map(target).partition(|(is_in_notes, _)| *is_in_notes);
    let targets = |found: Vec<(bool, Target)>| found.into_iter().map(|(_, target)| target).collect();
    let href = |leaf: usize, id: &str| format!("{}#{}{id}", plan.leaves[leaf].name, style.prefix);
    let below = contents::nested(plan.headings(), &|heading| href(heading.leaf, &heading.id));
    let entry = Entry { words: name.to_owned(), href: plan.leaves[0].name.clone(), lang: None, below };
    let notes = match plan.note_lists().last() {
        // The contents are in reading order: notes of a part that others follow are no line at their end.
        Some((leaf, id)) if is_apart || (!is_volume && plan.leaves[last].ends_with_notes()) => {
            let words = if is_volume { format!("{}: {name}", labels.notes) } else { labels.notes.to_owned() };
            let page = if is_apart { pages.pop() } else { None };
            let entry = Entry { words, href: href(leaf, &id), lang: None, below: Vec::new() };
            Some(SetNotes { page, entry, page_list: targets(in_notes) })
        }
        _ => None,
    };
    Ok(Set { pages, entry, page_list: targets(in_text), notes })
}
