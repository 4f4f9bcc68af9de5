//! What the text of a page says of itself through attributes: microdata, `rel="author"`, `<time>`, classes of bylines.

use super::{Key, Statements, is_on_page};
use crate::detectors::metadata::{byline, date};
use crate::findings::Findings;
use crate::findings::Place;
use crate::ledger::Reason;
use crate::page::{ElementId, Page};
use crate::sheet::Sheet;

/// Properties of schema.org.
const PROPERTIES: &[(&str, Key)] = &[
    ("headline", Key::Title),
    ("author", Key::Author),
    ("datePublished", Key::Date),
    ("dateModified", Key::Updated),
    ("inLanguage", Key::Lang),
    ("publisher", Key::Publisher),
    ("license", Key::Rights),
];

/// Classes of bylines and of the line with the date, among them those of microformats.
const BYLINES: &[&str] = &[
    "byline",
    "p-author",
    "author",
    "author-name",
    "post-author",
    "entry-author",
    "article-author",
    "byl",
    "ltx_personname",
    "submitted",
    "node__submitted",
];
const DATES: &[&str] = &[
    "dt-published",
    "published",
    "entry-date",
    "post-date",
    "pubdate",
    "date",
    "article-date",
    "dateline",
    "revdate",
];

/// Reads attributes in the text.
pub(super) fn read(sheet: &Sheet<'_>, page: &Page, findings: &Findings, statements: &mut Statements) {
    let words = |element: ElementId| page.elements[element].shown.of(&sheet.text).trim();
    // Other articles and what readers say have authors and dates of their own.
    let is_ours = |element: ElementId| {
        let row = sheet.row_at(page.elements[element].shown.start) as usize;
        findings.places.get(row).is_none_or(|&place| {
            is_on_page(place) && !matches!(place, Place::Outside(Reason::Related | Reason::Comments))
        })
    };
    for (at, element) in page.elements.iter().enumerate() {
        let Some(property) = element.attribute("itemprop") else { continue };
        for (_, key) in
            PROPERTIES.iter().filter(|(name, _)| property.split_whitespace().any(|word| word == *name))
        {
            let name = page.inside(at).find(|&inner| page.elements[inner].has_word("itemprop", &["name"]));
            let named = name.map(words).filter(|name| !name.is_empty());
            let stated = ["content", "datetime"].into_iter().find_map(|name| element.attribute(name));
            let value = stated.or(named).unwrap_or_else(|| words(at));
            if is_ours(at) && value.chars().count() <= 300 {
                statements.add(*key, value, "microdata", Some(element.source));
            }
        }
    }
    for (at, element) in page.elements.iter().enumerate() {
        if element.shown.is_empty() || !is_ours(at) {
            continue;
        }
        if element.is_any(&["a"]) && element.has_word("rel", &["tag"]) {
            statements.add(Key::Tag, words(at).trim_start_matches('#'), "rel-tag", Some(element.source));
        } else if element.has_word("rel", &["author"]) && !words(at).is_empty() {
            statements.add(Key::Author, words(at), "rel-author", Some(element.source));
        } else if element.has_word("class", BYLINES) {
            // Drupal writes `Submitted by Iona Vale on Tue, 03/04/2031`.
            let line = words(at).split(" on ").next().unwrap_or_default().trim_end();
            let names = byline::read(line).or_else(|| byline::read_names(line));
            for name in names.unwrap_or_default() {
                statements.add(Key::Author, &name, "byline", Some(element.source));
            }
        }
        if element.is_any(&["time"]) {
            let stated = element.attribute("datetime").unwrap_or_else(|| words(at));
            let row = sheet.row_at(element.shown.start);
            let line = sheet.rows.get(row as usize).and_then(|_| date::read_line(sheet.words(row)));
            let is_update = element.has_word("class", &["updated", "dt-updated", "modified"])
                || line.is_some_and(|line| line.kind == date::Kind::Updated);
            statements.add(
                if is_update { Key::Updated } else { Key::Date },
                stated,
                "time",
                Some(element.source),
            );
        } else if (element.has_word("class", DATES) || element.attribute("id") == Some("revdate"))
            // Blogger shows the time alone.
            && let Some(found) = date::read_line(words(at))
                .or_else(|| element.attribute("title").and_then(date::read_line))
        {
            let key = if found.kind == date::Kind::Updated { Key::Updated } else { Key::Date };
            statements.add(key, &found.iso, "date-line", Some(element.source));
        }
    }
}
