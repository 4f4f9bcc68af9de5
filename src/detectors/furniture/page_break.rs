//! Marks of an edition on the web that say where a printed page began.
//!
//! > `had paid <span epub:type="pagebreak" id="p12" title="12"></span>for the rope`
//! >
//! > `had paid <span class="pagenum" id="Page_12">[Pg 12]</span> for the rope`
//!
//! What they show is no part of the text. Left alone: elements that break pages without saying which, and everything
//! that is not called so.

use crate::findings::{Findings, PageMark};
use crate::ledger::Reason;
use crate::options::{Habit, Options};
use crate::page::{Element, Page};
use crate::sheet::Sheet;
use crate::source::Span;

/// Classes of such marks at Project Gutenberg and Wikisource.
const CLASSES: &[&str] = &["pagenum", "pageno", "ws-pagenum", "x-ebookmaker-pageno"];

/// What stands before the number, in small letters.
const WORDS: &[&str] = &["page", "pg.", "pg", "p.", "p", "seite", "s."];

/// Attributes that hold the number, the surest first.
const ATTRIBUTES: &[&str] = &["data-page-number", "aria-label", "title"];

pub(super) fn find(sheet: &Sheet<'_>, page: &Page, options: &Options, findings: &mut Findings) {
    for (id, element) in page.elements.iter().enumerate().filter(|(_, element)| is_mark(element)) {
        let Some(label) = label(sheet, page, id) else { continue };
        let mark = PageMark { at: element.shown.start, label };
        if findings.page_marks.last() == Some(&mark) {
            continue; // a mark in a mark
        }
        findings.page_marks.push(mark);
        // What XML closes at once, HTML leaves open: then the text that follows stands in the mark, too.
        let shows_number = number(element.shown.of(&sheet.text)).is_some();
        if shows_number && !options.keeps(Habit::PageFurniture) {
            drop_words(sheet, element.shown, findings);
        }
    }
}

fn is_mark(element: &Element) -> bool {
    element.has_word("epub:type", &["pagebreak"])
        || element.has_word("role", &["doc-pagebreak"])
        || element.has_word("class", CLASSES)
}

/// Reads the number from the attributes, the words or the name of a mark, or of the anchor in it.
fn label(sheet: &Sheet<'_>, page: &Page, id: usize) -> Option<String> {
    let elements = std::iter::once(id).chain(page.inside(id)).map(|id| &page.elements[id]);
    let said = elements
        .clone()
        .flat_map(|element| ATTRIBUTES.iter().filter_map(|name| element.attribute(name)))
        .find_map(number);
    let words = page.elements[id].shown.of(&sheet.text);
    said.or_else(|| number(words)).or_else(|| {
        elements
            .filter_map(|element| element.attribute("id").or_else(|| element.attribute("name")))
            .find_map(|name| number(name.trim_start_matches(|c: char| !c.is_ascii_digit())))
    })
}

/// Reads `12`, `[Pg 12]`, `Page xii`, `{12a}`.
fn number(words: &str) -> Option<String> {
    let bare = words.trim_matches(|c: char| c.is_whitespace() || "[](){}|.-–—".contains(c));
    let start = bare.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(0);
    let rest = if WORDS.contains(&bare[..start].to_lowercase().as_str()) { &bare[start..] } else { bare };
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '_');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = (1..=5).contains(&digits)
        && rest.len() <= digits + 1
        && rest[digits..].bytes().all(|byte| byte.is_ascii_lowercase());
    let is_roman = (1..=8).contains(&rest.len())
        && rest.bytes().all(|byte| b"ivxlcdm".contains(&byte.to_ascii_lowercase()));
    (is_number || is_roman).then(|| rest.to_owned())
}

/// Drops what a mark shows, and one of the spaces around it.
fn drop_words(sheet: &Sheet<'_>, shown: Span, findings: &mut Findings) {
    let row = sheet.row_at(shown.start);
    let span = sheet.rows[row as usize].span;
    let (start, end) = (shown.start.max(span.start), shown.end.min(span.end));
    if (start, end) == (span.start, span.end) {
        findings.drop_row(sheet, row, Reason::PageFurniture, "page-break");
        return;
    }
    let is_space = |at: u32| sheet.text.as_bytes().get(at as usize) == Some(&b' ');
    let has_space_before = start == span.start || is_space(start - 1);
    let end = if has_space_before && is_space(end) { end + 1 } else { end };
    let start = if end == span.end && start > span.start && is_space(start - 1) { start - 1 } else { start };
    findings.claim(Span { start, end }, crate::ledger::Fate::Drop(Reason::PageFurniture), "page-break");
}

#[cfg(test)]
mod tests {
    use crate::document::{Document, Inline};
    use crate::options::{From, Options, To};

    fn read(html: &str) -> Document {
        let page = format!("<article><p>{html}</p></article>");
        crate::convert::read(page.as_bytes(), &Options::default().from(From::Html)).expect("text").document
    }

    #[test]
    fn marks_number_pages_and_show_nothing() {
        for (html, pages, words) in [
            ("had <span epub:type=\"pagebreak\" title=\"12\"></span>paid", vec!["12"], "had paid"),
            (
                "had <span role=\"doc-pagebreak\" id=\"p7\" aria-label=\"Page xii\"/>paid",
                vec!["xii"],
                "had paid",
            ),
            ("had <span class=\"pagenum\"><a id=\"Page_12\">[Pg 12]</a></span> paid", vec!["12"], "had paid"),
            ("had <span class=\"pagenum\" id=\"Page_12\">12</span>", vec!["12"], "had"),
            ("<span class=\"pagenum\">{12}</span> had paid", vec!["12"], "had paid"),
            ("har<a class=\"pageno\" id=\"Page_12\" title=\"[Pg 12]\"></a>bour", vec!["12"], "harbour"),
            ("had <span class=\"pagenum\">ferry</span> paid", vec![], "had ferry paid"),
            ("had <span class=\"page\">12</span> paid", vec![], "had 12 paid"),
            ("had <div style=\"page-break-after: always\"></div> paid", vec![], "had\n\npaid"),
        ] {
            let document = read(html);
            let mut found = Vec::new();
            document.each_inline(&mut |inline| {
                if let Inline::Page(label) = inline {
                    found.push(label.clone());
                }
            });
            assert_eq!(found, pages, "{html}");
            let text = crate::convert::write(&document, To::Text, &Options::default()).expect("text");
            assert_eq!(String::from_utf8_lossy(&text).trim(), words, "{html}");
        }
    }
}
