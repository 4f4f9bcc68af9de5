//! EPUB 3.3: a book that says of its articles what they say of themselves, and nothing else.
//!
//! Same documents, same bytes: no clock, no randomness, no version of ours.

mod access;
mod book;
mod chapter;
mod container;
mod contents;
mod cover;
mod crosslinks;
mod cuts;
mod file_as;
pub(super) mod identity;
mod pictures;
mod profiles;
mod svg;

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Context;

use self::access::Facts;
use self::book::Book;
use self::chapter::{Set, Target};
use self::contents::Entry;
use self::pictures::Picture;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, Inline};
use crate::error::Error;
use crate::options::{Options, Profile};
use crate::source::Span;
use crate::volume::{Chapter, Volume};
use crate::writers::labels::{self, Labels};
use crate::writers::markup::{encode, leads_out_of_a_book};
use crate::writers::templates::{BOOK_CSS, Templates};

const XHTML: &str = "application/xhtml+xml";

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

/// A book in the making: files, the order in which they are read, and the ways into them.
#[derive(Default)]
struct Bound {
    files: Vec<File>,
    spine: Vec<String>,
    contents: Vec<Entry>,
    landmarks: Vec<Landmark>,
    /// Where pages of the printed source begin.
    page_list: Vec<Target>,
}

/// Writes a document as an EPUB.
///
/// # Errors
///
/// If a template fails, or the container cannot be packed.
pub(crate) fn write(document: &Document, options: &Options) -> Result<Vec<u8>, Error> {
    let chapter = Chapter { document, path: String::new(), part: None };
    let has_title = document.metadata.title.is_some();
    bind(&[chapter], &Book::of(document, options), has_title, false, options)
}

/// Writes several documents as one EPUB.
///
/// # Errors
///
/// If a template fails, or the container cannot be packed.
pub(crate) fn write_volume(volume: &Volume<'_>, options: &Options) -> Result<Vec<u8>, Error> {
    bind(&volume.chapters, &Book::of_volume(volume, options), true, true, options)
}

/// Tells whether some bytes are a picture that a book can have.
#[cfg(feature = "cli")]
pub(crate) fn is_picture(content: &[u8]) -> bool {
    pictures::recognized(content.to_vec()).is_some()
}

/// Returns what is worth telling about the book: pictures that are not in it.
pub(crate) fn remarks(document: &Document, options: &Options) -> Vec<Diagnostic> {
    let chapter = Chapter { document, path: String::new(), part: None };
    let pictures = pictures::collect(&[chapter], &options.pictures);
    let mut remarks = Vec::new();
    document.each_inline(&mut |inline| {
        let Inline::Image { url, .. } = inline else { return };
        if !pictures.contains_key(url) {
            let shown: String = url.chars().take(80).collect();
            let instead = if leads_out_of_a_book(&encode(url)) { "a link stands" } else { "its words stand" };
            remarks.push(Diagnostic {
                code: Code::PictureOutside,
                span: Span::default(),
                message: format!("the picture {shown} is not in the book; {instead} in its place"),
                hint: Some(
                    "keep it beside the text as PNG, JPEG, GIF, WebP or plain SVG of up to 16 MiB; nothing is \
                     fetched"
                        .to_owned(),
                ),
            });
        }
    });
    remarks
}

fn bind(
    chapters: &[Chapter<'_>],
    book: &Book,
    has_title: bool,
    is_volume: bool,
    options: &Options,
) -> Result<Vec<u8>, Error> {
    let templates = Templates::ours()?;
    let labels = labels::of(&book.lang);
    let documents: Vec<&Document> = chapters.iter().map(|chapter| chapter.document).collect();
    let pictures = pictures::collect(chapters, &options.pictures);
    let names = names_of(&pictures);
    let mut context = Context::new();
    context.insert("book", book);
    context.insert("labels", labels);
    context.insert("comma", labels.comma());

    let mut bound = Bound::default();
    bound.add_cover(book, has_title, options, templates, &mut context)?;
    if is_volume {
        context.insert("page_title", &book.title);
        context.insert("matter", "frontmatter");
        context.insert("kind", "titlepage");
        let page = templates.render("epub/title.xhtml", &context)?;
        bound.add_page("title-page", page);
        bound.land("titlepage", "title-page.xhtml", labels.title_page);
        bound.spine.push("nav".to_owned());
        bound.land("toc", "nav.xhtml", labels.contents);
    }
    let sets = chapter::set(chapters, is_volume.then_some(book.lang.as_str()), &names, options, templates)?;
    bound.add_chapters(chapters, sets, labels, templates, &mut context)?;
    for (url, picture) in pictures {
        let name = names[&url].clone();
        let id = name.split('.').next().unwrap_or_default().to_owned();
        bound.files.push(File {
            id,
            name,
            media_type: picture.media_type,
            properties: "",
            content: picture.content,
        });
    }

    let facts = Facts {
        lang: &book.lang,
        has_title,
        has_pages: !bound.page_list.is_empty(),
        may_flash: bound.files.iter().any(|file| crate::writers::pictures::may_move(&file.content)),
        certifier: book.certifier.as_deref(),
    };
    context.insert("access", &access::of(&documents, facts));
    context.insert("files", &bound.files);
    context.insert("spine", &bound.spine);
    context.insert("landmarks", &bound.landmarks);
    context.insert("page_list", &bound.page_list);
    let highest = bound.page_list.iter().filter_map(|target| target.label.parse::<u32>().ok()).max();
    context.insert("highest_page", &highest.unwrap_or(0));
    context.insert("contents", contents::list(&bound.contents).trim_end());
    context.insert("points", contents::points(&bound.contents, &mut 0).trim_end());
    context.insert("depth", &contents::depth(&bound.contents));
    let mut files = Vec::new();
    for (name, template) in [
        ("META-INF/container.xml", "epub/container.xml"),
        ("EPUB/package.opf", "epub/package.opf"),
        ("EPUB/nav.xhtml", "epub/nav.xhtml"),
        ("EPUB/toc.ncx", "epub/toc.ncx"),
    ] {
        files.push((name.to_owned(), templates.render(template, &context)?.into_bytes()));
    }
    files.push(("EPUB/style.css".to_owned(), BOOK_CSS.as_bytes().to_vec()));
    files.extend(bound.files.into_iter().map(|file| (format!("EPUB/{}", file.name), file.content)));
    container::pack(files.into_iter())
}

/// Returns the files of pictures in the book, by the names of the pictures.
fn names_of(pictures: &BTreeMap<String, Picture>) -> BTreeMap<String, String> {
    let numbered = pictures.iter().enumerate();
    numbered
        .map(|(at, (url, picture))| (url.clone(), format!("picture-{}.{}", at + 1, picture.extension)))
        .collect()
}

impl Bound {
    fn add_page(&mut self, id: &str, content: String) {
        let properties = if content.contains("<math") { "mathml" } else { "" };
        let name = format!("{id}.xhtml");
        self.files.push(File {
            id: id.to_owned(),
            name,
            media_type: XHTML,
            properties,
            content: content.into_bytes(),
        });
        self.spine.push(id.to_owned());
    }

    fn land(&mut self, kind: &'static str, href: &str, words: &str) {
        self.landmarks.push(Landmark { kind, href: href.to_owned(), words: words.to_owned() });
    }

    /// Adds the given cover, or one made of the title. Kindle takes no SVG for a cover and makes its own.
    fn add_cover(
        &mut self,
        book: &Book,
        has_title: bool,
        options: &Options,
        templates: &Templates,
        context: &mut Context,
    ) -> Result<(), Error> {
        let given = options.cover.clone().and_then(pictures::recognized);
        let picture = match given {
            Some(picture) => picture,
            None if has_title && options.profile != Profile::Kindle => {
                let authors: Vec<&str> = book.creators.iter().map(book::Creator::name).collect();
                context.insert("cover", &cover::set(&book.title, &authors));
                let content = templates.render("epub/cover.svg", context)?.into_bytes();
                Picture { media_type: "image/svg+xml", extension: "svg", content }
            }
            None => return Ok(()),
        };
        let name = format!("cover-image.{}", picture.extension);
        context.insert("cover_name", &name);
        let page = templates.render("epub/cover.xhtml", context)?;
        self.add_page("cover", page);
        self.land("cover", "cover.xhtml", labels::of(&book.lang).cover);
        self.files.push(File {
            id: "cover-image".to_owned(),
            name,
            media_type: picture.media_type,
            properties: "cover-image",
            content: picture.content,
        });
        Ok(())
    }

    /// Adds the articles with the pages of their parts, and behind them the notes that stand apart.
    fn add_chapters(
        &mut self,
        chapters: &[Chapter<'_>],
        sets: Vec<Set>,
        labels: &Labels,
        templates: &Templates,
        context: &mut Context,
    ) -> Result<(), Error> {
        let mut apart = Vec::new();
        let mut part: Option<Entry> = None;
        for (at, (chapter, set)) in chapters.iter().zip(sets).enumerate() {
            if let Some(title) = &chapter.part {
                self.contents.extend(part.take());
                let id = format!("part-page-{}", at + 1);
                context.insert("page_title", title);
                context.insert("matter", "bodymatter");
                context.insert("kind", "part");
                context.insert("role", "doc-part");
                self.add_page(&id, templates.render("epub/title.xhtml", context)?);
                let (words, href) = (title.clone(), format!("{id}.xhtml"));
                part = Some(Entry { words, href, lang: None, below: Vec::new() });
            }
            if at == 0 {
                let first = part.as_ref().unwrap_or(&set.entry);
                let (href, words) = (first.href.clone(), first.words.clone());
                self.land("bodymatter", &href, &words);
            }
            for (id, content) in set.pages {
                self.add_page(&id, content);
            }
            self.page_list.extend(set.page_list);
            match &mut part {
                Some(part) => part.below.push(set.entry),
                None => self.contents.push(set.entry),
            }
            apart.extend(set.notes);
        }
        self.contents.extend(part);
        let mut entries = Vec::new();
        for notes in apart {
            if let Some((id, content)) = notes.page {
                self.add_page(&id, content);
            }
            self.page_list.extend(notes.page_list);
            entries.push(notes.entry);
        }
        if let Some(first) = entries.first() {
            self.land("endnotes", &first.href, labels.notes);
        }
        self.contents.extend(entries);
        Ok(())
    }
}
