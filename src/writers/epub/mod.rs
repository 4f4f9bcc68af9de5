//! EPUB 3.3: a book that says of its article what the article says of itself, and nothing else.
//!
//! Same document, same bytes: no clock, no randomness, no version of ours.

mod access;
mod container;
mod contents;
mod cuts;
mod file_as;
mod identity;
mod profiles;

use serde::Serialize;
use tera::Context;

use self::contents::Entry;
use crate::document::Document;
use crate::error::Error;
use crate::options::Options;
use crate::writers::markup::{Imprint, Medium, Plan, Press, Setting, Style};
use crate::writers::templates::{BOOK_CSS, Templates};

/// A file of the book that the manifest lists.
#[derive(Debug, Serialize)]
struct File {
    id: String,
    name: String,
    media_type: &'static str,
    properties: &'static str,
    #[serde(skip)]
    content: Vec<u8>,
}

/// A place that a reading system offers by name (EPUB 3.3 §7.4.4.4).
#[derive(Debug, Serialize)]
struct Landmark {
    kind: &'static str,
    href: String,
    words: String,
}

/// The words of the package document.
#[derive(Debug, Serialize)]
struct Book<'d> {
    identifier: String,
    title: &'d str,
    subtitle: Option<&'d str>,
    creators: Vec<Creator<'d>>,
    lang: &'d str,
    dir: &'static str,
    date: Option<&'d str>,
    publisher: Option<&'d str>,
    source: Option<&'d str>,
    description: Option<&'d str>,
    subjects: Vec<&'d str>,
    rights: Option<&'d str>,
    modified: String,
}

/// An author.
#[derive(Debug, Serialize)]
struct Creator<'d> {
    name: &'d str,
    file_as: String,
}

/// Writes a document as an EPUB.
///
/// # Errors
///
/// If a template fails, or the container cannot be packed.
pub(crate) fn write(document: &Document, options: &Options) -> Result<Vec<u8>, Error> {
    let templates = Templates::new()?;
    let imprint = Imprint::of(document, options);
    let article = Article::of(document, &imprint, options, &templates)?;
    let book = Book::of(document, &imprint, options);
    let access = access::of(&[document], book.lang, imprint.title.is_some());

    let mut context = Context::new();
    context.insert("book", &book);
    context.insert("labels", imprint.labels);
    context.insert("access", &access);
    context.insert("files", &article.files);
    context.insert("spine", &article.files);
    context.insert("landmarks", &article.landmarks);
    context.insert("contents", contents::list(&article.contents).trim_end());
    context.insert("points", contents::points(&article.contents, &mut 0).trim_end());
    context.insert("depth", &contents::depth(&article.contents));
    let mut files = vec![(
        "META-INF/container.xml".to_owned(),
        templates.render("epub/container.xml", &context)?.into_bytes(),
    )];
    for (name, template) in
        [("package.opf", "epub/package.opf"), ("nav.xhtml", "epub/nav.xhtml"), ("toc.ncx", "epub/toc.ncx")]
    {
        files.push((format!("EPUB/{name}"), templates.render(template, &context)?.into_bytes()));
    }
    files.push(("EPUB/style.css".to_owned(), BOOK_CSS.as_bytes().to_vec()));
    files.extend(article.files.into_iter().map(|file| (format!("EPUB/{}", file.name), file.content)));
    container::pack(files.iter().map(|(name, content)| (name.clone(), content.as_slice())))
}

/// One article, set.
struct Article {
    files: Vec<File>,
    contents: Vec<Entry>,
    landmarks: Vec<Landmark>,
}

impl Article {
    fn of(
        document: &Document,
        imprint: &Imprint<'_>,
        options: &Options,
        templates: &Templates,
    ) -> Result<Self, Error> {
        let cuts = cuts::cuts(&document.blocks);
        let mut plan = Plan::of(document, Setting { notes: options.notes, cuts: &cuts, has_title: true });
        let count = plan.leaves.len();
        for (at, leaf) in plan.leaves.iter_mut().enumerate() {
            leaf.name = match (leaf.holds_notes_only(), count) {
                (true, _) => "notes.xhtml".to_owned(),
                (false, 1) => "article.xhtml".to_owned(),
                (false, _) => format!("part-{}.xhtml", at + 1),
            };
        }
        let labels = imprint.labels;
        let style =
            Style { medium: Medium::Book, labels, notes: &profiles::GENERIC, prefix: "", as_is: false };
        let mut press = Press::new(document, &plan, style);
        let mut context = Context::new();
        context.insert("article", imprint);
        context.insert("title", &press.title());
        let last_text = plan.leaves.iter().rposition(|leaf| !leaf.holds_notes_only()).unwrap_or(0);
        let mut files = Vec::with_capacity(count);
        for (at, leaf) in plan.leaves.iter().enumerate() {
            let is_notes = leaf.holds_notes_only();
            let first_heading =
                plan.headings().iter().find(|heading| heading.leaf == at && !heading.words.is_empty());
            let page_title = match first_heading {
                _ if is_notes => labels.notes,
                Some(heading) if at > 0 => &heading.words,
                _ => imprint.name,
            };
            context.insert("page_title", page_title);
            context.insert("matter", if is_notes { "backmatter" } else { "bodymatter" });
            context.insert("is_notes", &is_notes);
            context.insert("is_first", &(at == 0));
            context.insert("is_last", &(at == last_text));
            context.insert("body", press.next_leaf().trim_end());
            files.push(File {
                id: leaf.name.trim_end_matches(".xhtml").to_owned(),
                name: leaf.name.clone(),
                media_type: "application/xhtml+xml",
                properties: "",
                content: templates.render("epub/article.xhtml", &context)?.into_bytes(),
            });
        }
        Ok(Self { files, contents: contents_of(&plan, imprint), landmarks: landmarks_of(&plan, imprint) })
    }
}

/// Returns the article's title with its headings below, and its notes.
fn contents_of(plan: &Plan, imprint: &Imprint<'_>) -> Vec<Entry> {
    let headings = contents::nested(plan.headings(), &|heading| {
        format!("{}#{}", plan.leaves[heading.leaf].name, heading.id)
    });
    let first = &plan.leaves[0].name;
    let mut entries = vec![Entry { words: imprint.name.to_owned(), href: first.clone(), below: headings }];
    entries.extend(notes_of(plan).map(|href| Entry {
        words: imprint.labels.notes.to_owned(),
        href,
        below: Vec::new(),
    }));
    entries
}

fn landmarks_of(plan: &Plan, imprint: &Imprint<'_>) -> Vec<Landmark> {
    let start =
        Landmark { kind: "bodymatter", href: plan.leaves[0].name.clone(), words: imprint.name.to_owned() };
    let notes = notes_of(plan).map(|href| Landmark {
        kind: "endnotes",
        href,
        words: imprint.labels.notes.to_owned(),
    });
    std::iter::once(start).chain(notes).collect()
}

/// Returns where the notes at the end stand.
fn notes_of(plan: &Plan) -> Option<String> {
    plan.note_lists().last().map(|(leaf, id)| format!("{}#{id}", plan.leaves[leaf].name))
}

impl<'d> Book<'d> {
    fn of(document: &'d Document, imprint: &'d Imprint<'_>, options: &Options) -> Self {
        let dates: Vec<&str> =
            [&imprint.updated, &imprint.date].into_iter().flatten().map(|date| date.iso).take(1).collect();
        Self {
            identifier: identity::identifier(&[document], imprint.source_url.as_deref()),
            title: imprint.name,
            subtitle: imprint.subtitle,
            creators: imprint
                .authors
                .iter()
                .map(|name| Creator { name, file_as: file_as::file_as(name) })
                .collect(),
            lang: &imprint.lang,
            dir: imprint.dir,
            date: imprint.date.as_ref().and_then(|date| identity::published(date.iso)),
            publisher: imprint.publisher,
            source: imprint.source,
            description: imprint.description,
            subjects: imprint.tags.clone(),
            rights: imprint.rights,
            modified: identity::modified(options.epoch, &dates),
        }
    }
}
