//! Blocks that are nearly nothing but links and stand beside the article: menus, lists of headlines, tables of contents.
//!
//! > `<div class="story"><h1>…</h1><p>…</p></div> <div class="more"><h3>More</h3><ul><li><a>…</a></li>…</ul></div>`
//!
//! Left alone: a list of links between or below the paragraphs of an article or in an item, sections of an article that
//! hold nothing else, for they stand beside their like, and links that lead to other sites.

use super::main_part::Measures;
use crate::page::{ElementId, Page};

/// Fewer links are no list.
const FEWEST: usize = 3;

/// Elements that are such blocks.
const HOLDERS: &[&str] = &["div", "section", "aside", "ul", "ol", "table", "td", "center"];

/// Elements that they stand in.
const AROUND: &[&str] =
    &["body", "div", "section", "aside", "main", "article", "header", "tr", "td", "center"];

/// Tells whether an element is such a block.
pub(super) fn is_link_list(page: &Page, measures: &Measures, element: ElementId) -> bool {
    let found = &page.elements[element];
    let (shown, unlinked) = (found.shown.len(), measures.words(measures.rows(page, element)));
    if !found.is_any(HOLDERS) || unlinked * 4 > shown {
        return false;
    }
    let links = page.inside(element).filter(|&inner| page.elements[inner].is_any(&["a"]));
    let (home, away): (Vec<ElementId>, Vec<ElementId>) = links.partition(|&link| leads_home(page, link));
    let holds_title =
        || page.inside(element).any(|inner| page.elements[inner].is_any(&["h1", "main", "article"]));
    home.len() >= FEWEST
        && home.len() > away.len()
        && !holds_title()
        && !is_target(page, element)
        && stands_apart(page, measures, element)
}

/// Tells whether a link leads to the site of the page.
fn leads_home(page: &Page, link: ElementId) -> bool {
    let host = |address: &str| address.split('/').nth(2).map(str::to_ascii_lowercase);
    let Some(href) = page.elements[link].attribute("href").map(str::trim) else { return false };
    match href.split_once(':') {
        Some(("http" | "https", _)) => page.base.as_deref().is_some_and(|base| host(base) == host(href)),
        Some(_) => false,
        None => !href.starts_with("//"),
    }
}

/// Tells whether something may lead into the element, as references lead to notes.
fn is_target(page: &Page, element: ElementId) -> bool {
    page.inside(element).map(|inner| &page.elements[inner]).any(|inner| {
        inner.is_any(&["li", "p", "dd", "a"])
            && (inner.attribute("id").is_some() || inner.attribute("name").is_some())
    })
}

/// Tells whether no running text stands right beside the element, nor in an element of its kind.
fn stands_apart(page: &Page, measures: &Measures, element: ElementId) -> bool {
    let found = &page.elements[element];
    let Some(parent) = found.parent.filter(|&parent| page.elements[parent].is_any(AROUND)) else {
        return false;
    };
    let is_like = |sibling: ElementId| {
        let sibling = &page.elements[sibling];
        sibling.name == found.name && sibling.attribute("class") == found.attribute("class")
    };
    let is_running = |sibling: ElementId| {
        page.elements[sibling].is_any(&["p", "blockquote", "h1", "h2", "h3", "h4", "ul", "ol", "br"])
    };
    let has_text = |sibling: ElementId| measures.has_running_text(measures.rows(page, sibling));
    let holds_all =
        measures.words(measures.rows(page, parent)) <= measures.words(measures.rows(page, element));
    let mut siblings = page.children(parent).filter(|&sibling| sibling != element);
    !holds_all && !siblings.any(|sibling| has_text(sibling) && (is_like(sibling) || is_running(sibling)))
}
