//! Our books in front of an independent reader, rbook: it finds what was put in, and everything that is listed is there.

use std::io::Cursor;
use std::path::Path;

use postil::document::{Document, Metadata};
use postil::volume::{Chapter, Volume};
use postil::{Options, Profile, To};
use rbook::Epub;
use rbook::epub::toc::EpubTocEntry;

use crate::compare::{entries, repository};

fn read(input: &str) -> Document {
    let options = Options::default().from(postil::From::Markdown);
    postil::read(input.as_bytes(), &options).unwrap().document
}

fn open(book: Vec<u8>) -> Epub {
    Epub::options().strict(true).read(Cursor::new(book)).unwrap()
}

/// Returns the words and the target of each line below an entry.
fn lines(entry: Option<EpubTocEntry<'_>>) -> Vec<(String, String)> {
    let line = |entry: EpubTocEntry<'_>| {
        let href = entry.href_raw().map(|href| href.as_str().to_owned()).unwrap_or_default();
        (entry.label().to_owned(), href)
    };
    entry.into_iter().flat_map(|entry| entry.flatten().collect::<Vec<_>>()).map(line).collect()
}

fn assert_all_is_there(book: &Epub, name: &str) {
    let lists = [book.toc().contents(), book.toc().landmarks(), book.toc().page_list()];
    for entry in lists.into_iter().flatten().flat_map(|list| list.flatten().collect::<Vec<_>>()) {
        let page = entry.resource().map(|resource| book.read_resource_str(resource).unwrap());
        let page = page.unwrap_or_else(|| panic!("{name}: {} leads nowhere", entry.label()));
        if let Some(fragment) = entry.href().and_then(|href| href.fragment().map(str::to_owned)) {
            assert!(page.contains(&format!(" id=\"{fragment}\"")), "{name}: {fragment} is not there");
        }
    }
    for page in book.reader() {
        assert!(page.unwrap().content().ends_with("</html>\n"), "{name}: a page is cut off");
    }
}

const FERRY: &str = "---
title: The ferry
subtitle: A life
author: [Iona Vale, Mary van der Meer]
date: 2031-03-04
lang: de
publisher: The Harbour Log
source: https://harbour.example/ferry
description: Of ropes.
tags: [ropes, bells]
rights: CC BY 4.0
series: The river
part: 2
---

Niemand zahlte.[^1]

# Das Seil

Hanf.

## Die Glocke

Bronze.

[^1]: Laut den Büchern.
";

#[test]
fn a_reader_finds_what_was_put_in() {
    let document = read(FERRY);
    for profile in [Profile::Generic, Profile::Apple, Profile::Kindle, Profile::Kobo] {
        let book = postil::write(&document, To::Epub, &Options::default().profile(profile)).unwrap();
        let book = open(book);
        let metadata = book.metadata();
        assert_eq!(metadata.version_str(), "3.0");
        let titles: Vec<&str> = metadata.titles().map(|title| title.value()).collect();
        assert_eq!(titles, ["The ferry", "A life"]);
        let creators: Vec<_> =
            metadata.creators().map(|creator| (creator.value(), creator.file_as())).collect();
        let expected = [("Iona Vale", Some("Vale, Iona")), ("Mary van der Meer", Some("Meer, Mary van der"))];
        assert_eq!(creators, expected);
        assert_eq!(metadata.creators().next().unwrap().main_role().unwrap().code(), "aut");
        assert_eq!(metadata.language().unwrap().value(), "de");
        assert_eq!(metadata.publishers().next().unwrap().value(), "The Harbour Log");
        assert_eq!(metadata.description().unwrap().value(), "Of ropes.");
        assert_eq!(metadata.tags().map(|tag| tag.value()).collect::<Vec<_>>(), ["ropes", "bells"]);
        assert_eq!(metadata.rights().next().unwrap().value(), "CC BY 4.0");
        let published = metadata.published().unwrap().date();
        assert_eq!((published.year(), published.month(), published.day()), (2031, 3, 4));
        let series = metadata.by_property("belongs-to-collection").next().unwrap();
        let refined = series.refinements();
        let refined = refined.iter().map(|meta| (meta.property().as_str(), meta.value())).collect::<Vec<_>>();
        assert_eq!(series.value(), "The river");
        assert_eq!(refined, [("collection-type", "series"), ("group-position", "2")]);
        let source = metadata.by_property("dc:source").next().unwrap();
        assert_eq!(source.value(), "https://harbour.example/ferry");
        // Kindle makes its own cover.
        assert_eq!(book.manifest().cover_image().is_some(), profile != Profile::Kindle);
        let contents = lines(book.toc().contents());
        let words: Vec<&str> = contents.iter().map(|(words, _)| words.as_str()).collect();
        assert_eq!(words, ["The ferry", "Das Seil", "Die Glocke", "Anmerkungen"]);
        assert_all_is_there(&book, "The ferry");
    }
}

#[test]
fn a_volume_lists_its_articles_in_their_languages() {
    let documents = [
        read(FERRY),
        read(
            "---\ntitle: The bell\nlang: en\n---\n\nSee [the ferry](ferry.md#die-glocke).[^1]\n\n[^1]: Cast.",
        ),
    ];
    let chapter = |at: usize, path: &str, part: Option<&str>| Chapter {
        document: &documents[at],
        path: path.to_owned(),
        part: part.map(str::to_owned),
    };
    let chapters = vec![chapter(0, "ferry.md", Some("Hemp")), chapter(1, "bell.md", Some("Bronze"))];
    let metadata = postil::convert::metadata(
        &[],
        &[("title".to_owned(), "The river".into()), ("lang".to_owned(), "en".into())],
    );
    let volume = Volume { metadata, chapters };
    let book = open(postil::convert::bind(&volume, &Options::default()).unwrap());
    let languages: Vec<&str> = book.metadata().languages().map(|language| language.value()).collect();
    assert_eq!(languages, ["en", "de"]);
    let contents = lines(book.toc().contents());
    let words: Vec<&str> = contents.iter().map(|(words, _)| words.as_str()).collect();
    let notes = ["Anmerkungen: The ferry", "Notes: The bell"];
    assert_eq!(words[..6], ["Hemp", "The ferry", "Das Seil", "Die Glocke", "Bronze", "The bell"]);
    assert_eq!(words[6..], notes);
    let nav = book.read_resource_str("/EPUB/nav.xhtml").unwrap();
    assert!(
        nav.contains(
            "<li lang=\"de\" xml:lang=\"de\" dir=\"ltr\"><a href=\"a1-article.xhtml\">The ferry</a>"
        )
    );
    let bell = book.read_resource_str("/EPUB/a2-article.xhtml").unwrap();
    assert!(bell.contains("<a href=\"a1-article.xhtml#a1-part-die-glocke\">the ferry</a>"), "{bell}");
    let begins = lines(book.toc().landmarks()).pop().unwrap();
    assert_eq!(begins, ("Notes".to_owned(), "a1-notes.xhtml#a1-note-list".to_owned()));
    assert!(lines(book.toc().landmarks()).contains(&("Hemp".to_owned(), "part-page-1.xhtml".to_owned())));
    assert_all_is_there(&book, "The river");
}

#[test]
fn notes_that_a_part_follows_are_not_listed_behind_it() {
    for (text, expected) in [
        ("Ebb.[^1]\n\n# Flow\n\nFoam.\n\n[^1]: A.", vec!["case", "Flow"]),
        ("Ebb.\n\n# Flow\n\nFoam.[^1]\n\n[^1]: A.", vec!["case", "Flow", "Notes"]),
    ] {
        let options = Options::default().notes(postil::Notes::Section).stem("case");
        let document = read(&format!("---\nlang: en\n---\n\nWords.\n\n{text}"));
        let book = open(postil::write(&document, To::Epub, &options).unwrap());
        let contents = lines(book.toc().contents());
        assert_eq!(contents.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn notes_follow_their_references_from_document_to_document() {
    let part = |at: usize| {
        let words = "The ferry crossed the river.\n\n".repeat(2_000);
        format!("# Part {at}\n\nNobody paid.[^own{at}] Nor did the mole.[^all]\n\n{words}")
    };
    let notes = (1..=3).map(|at| format!("[^own{at}]: Note {at}.\n\n")).collect::<String>();
    let text = format!(
        "---\ntitle: The ferry\nlang: en\n---\n\n{}[^all]: For all.\n\n{notes}",
        [1, 2, 3].map(part).concat()
    );
    let document = read(&text);
    for (place, home, near) in [
        (postil::Notes::End, "notes.xhtml", "part-1.xhtml"),
        (postil::Notes::Section, "part-1.xhtml", ""),
        (postil::Notes::Foot, "part-1.xhtml", ""),
    ] {
        let book = open(postil::write(&document, To::Epub, &Options::default().notes(place)).unwrap());
        let page = |name: &str| book.read_resource_str(format!("/EPUB/{name}").as_str()).unwrap();
        let there = if near.is_empty() { "" } else { home };
        // The note that all parts refer to, from each of them and back.
        for (part, id, note, back) in [
            ("part-1.xhtml", "ref-2", format!("{there}#note-2"), format!("{near}#ref-2")),
            ("part-2.xhtml", "ref-2-2", format!("{home}#note-2"), "part-2.xhtml#ref-2-2".to_owned()),
            ("part-3.xhtml", "ref-2-3", format!("{home}#note-2"), "part-3.xhtml#ref-2-3".to_owned()),
        ] {
            assert!(page(part).contains(&format!("<a id=\"{id}\" href=\"{note}\"")), "{place:?}: {part}");
            assert!(page(home).contains(&format!("<a href=\"{back}\"")), "{place:?}: {back}");
        }
        // The notes of one part stand with it, or with all others.
        for (part, number) in [("part-1.xhtml", 1), ("part-2.xhtml", 3), ("part-3.xhtml", 4)] {
            let stands = if near.is_empty() { part } else { home };
            assert!(page(stands).contains(&format!(" id=\"note-{number}\"")), "{place:?}: {number}");
            assert!(page(part).contains(&format!("<a id=\"ref-{number}\"")), "{place:?}: {number}");
        }
        assert_all_is_there(&book, "The ferry");
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR0123456789abc----\0\0\0\0IEND----";

#[test]
fn pictures_are_shown_or_linked() {
    let document = read(
        "---\ntitle: The ferry\nlang: en\n---\n\n![The ferry](ferry.png)\n\nA ![sign](ferry.png) and $x < 1$.\n\n\
         ![Far](https://harbour.example/far.png) ![None](none.png)\n",
    );
    let mut options = Options::default();
    options.pictures.insert("ferry.png".to_owned(), PNG.to_vec());
    let book = open(postil::write(&document, To::Epub, &options).unwrap());
    let page = book.read_resource_str("/EPUB/article.xhtml").unwrap();
    for expected in [
        "<p class=\"picture\"><img src=\"picture-1.png\" alt=\"The ferry\" /></p>",
        "<p>A <img src=\"picture-1.png\" alt=\"sign\" /> and <math alttext=\"x &lt; 1\" ",
        "<p><a href=\"https://harbour.example/far.png\">Far</a> None</p>",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
}

#[test]
fn the_cover_is_the_given_picture() {
    let document = read(FERRY);
    for (picture, profile, name, kind) in [
        (Some(PNG), Profile::Generic, "cover-image.png", "image/png"),
        (Some(PNG), Profile::Kindle, "cover-image.png", "image/png"),
        (Some(&b"no picture"[..]), Profile::Generic, "cover-image.svg", "image/svg+xml"),
        (None, Profile::Generic, "cover-image.svg", "image/svg+xml"),
    ] {
        let mut options = Options::default().profile(profile);
        options.cover = picture.map(<[u8]>::to_vec);
        let book = open(postil::write(&document, To::Epub, &options).unwrap());
        let cover = book.manifest().cover_image().unwrap();
        assert_eq!((cover.href_raw().as_str(), cover.media_type()), (name, kind));
        let page = book.read_resource_str("/EPUB/cover.xhtml").unwrap();
        assert!(page.contains(&format!("<img src=\"{name}\" alt=\"Umschlag: The ferry\"")), "{page}");
        assert_eq!(lines(book.toc().landmarks())[0], ("Umschlag".to_owned(), "cover.xhtml".to_owned()));
    }
}

#[test]
fn short_notes_are_long_enough_for_kobo() {
    for lang in ["en", "de", "fr", "fi", "tr", "he", "ar", "ja", "ko", "zh", "zh-Hant", "und"] {
        let document =
            read(&format!("---\nlang: {lang}\n---\n\nEbb.[^1] Flow.[^2]\n\n[^1]: a\n\n[^2]: Ibid., 7."));
        let notes = |profile: Profile| {
            let book =
                open(postil::write(&document, To::Epub, &Options::default().profile(profile)).unwrap());
            let page = book.read_resource_str("/EPUB/article.xhtml").unwrap();
            let starts = page.match_indices("<div class=\"note\"").map(|(at, _)| at).collect::<Vec<_>>();
            let words = |at: usize| {
                let note = &page[at..at + page[at..].find("</div>").unwrap()];
                note.split('<')
                    .filter_map(|tag| tag.split_once('>'))
                    .map(|(_, words)| words)
                    .collect::<String>()
            };
            starts.into_iter().map(words).map(|words| words.trim().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(notes(Profile::Generic), ["1. a", "2. Ibid., 7."], "{lang}");
        let kobo = notes(Profile::Kobo);
        assert_eq!(kobo[1], "2. Ibid., 7.", "what is long enough stays: {lang}");
        assert!(kobo[0].ends_with(" a") && kobo[0].chars().count() >= 9, "{lang}: {kobo:?}");
    }
}

#[test]
fn printed_pages_are_listed() {
    let lines_of = |page: u32| {
        format!(
            "{}and so on\n\n{page}\n",
            "the ferry had crossed the river as long as anybody could say\n".repeat(12)
        )
    };
    let text = [11, 12, 13].map(lines_of).join("\u{C}");
    let document = postil::read(text.as_bytes(), &Options::default()).unwrap().document;
    let book = open(postil::write(&document, To::Epub, &Options::default()).unwrap());
    let pages = lines(book.toc().page_list());
    let expected = ["11", "12", "13"].map(|page| (page.to_owned(), format!("article.xhtml#page-{page}")));
    assert_eq!(pages, expected);
    assert_all_is_there(&book, "pages");
}

#[test]
fn every_case_is_a_book_that_can_be_read() {
    for case in entries(&repository("tests/cases")).iter().flat_map(|family| entries(family)) {
        let input = ["input.txt", "input.md", "input.html"].map(|name| case.join(name));
        let Some(input) = input.into_iter().find(|path| path.exists()) else { continue };
        let from = match input.extension().and_then(|extension| extension.to_str()) {
            Some("md") => postil::From::Markdown,
            Some("html") => postil::From::Html,
            _ => postil::From::Text,
        };
        let options = Options::default().from(from).stem("case");
        let done = postil::convert(&std::fs::read(&input).unwrap(), To::Epub, &options).unwrap();
        let book = open(done.output);
        assert_all_is_there(&book, &Path::new(&case).display().to_string());
        let title = done
            .article
            .document
            .metadata
            .title()
            .unwrap_or("case")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!(book.metadata().title().unwrap().value(), title);
    }
}

#[test]
fn a_volume_without_a_title_is_named_after_its_file() {
    let document = read("Ebb.");
    let chapters = vec![Chapter { document: &document, path: "ebb.md".to_owned(), part: None }];
    let volume = Volume { metadata: Metadata::default(), chapters };
    let book = open(postil::convert::bind(&volume, &Options::default().stem("sea")).unwrap());
    assert_eq!(book.metadata().title().unwrap().value(), "sea");
}

#[test]
fn the_command_is_told_when_the_book_was_last_changed() {
    let folder = std::env::temp_dir().join(format!("postil-{}-epoch", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("ferry.md"), FERRY).unwrap();
    for (verb, epoch, expected) in [
        ("convert", "1930000000", "2031-02-27T23:06:40Z"),
        ("book", "1930000000", "2031-02-27T23:06:40Z"),
        ("book", "", "2031-03-04T00:00:00Z"),
    ] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_postil"));
        command.args([verb, "-q", "ferry.md", "-o", "ferry.epub"]).current_dir(&folder);
        assert!(command.env("SOURCE_DATE_EPOCH", epoch).status().unwrap().success());
        let book = open(std::fs::read(folder.join("ferry.epub")).unwrap());
        let modified = book.metadata().by_property("dcterms:modified").next().unwrap();
        assert_eq!(modified.value(), expected, "{verb} {epoch:?}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
