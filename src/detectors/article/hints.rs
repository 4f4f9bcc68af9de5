//! Elements, roles and names that say what is no part of an article. Data, and how it is read.

use std::collections::BTreeSet;

use crate::ledger::Reason;
use crate::page::{Element, ElementId, Page};
use crate::sheet::Sheet;

/// What an element says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// Nothing of it is the article.
    Sure(Reason),
    /// Its name is one of those that everybody uses for such things.
    Named(Reason),
    /// An attribute or a style keeps it from being seen.
    Hidden,
    /// It may be a link from a heading to itself.
    Anchor,
}

/// Roles of ARIA.
const ROLES: &[(&str, Reason)] = &[
    ("doc-toc", Reason::Navigation),
    ("navigation", Reason::Navigation),
    ("banner", Reason::Navigation),
    ("contentinfo", Reason::Navigation),
    ("search", Reason::Navigation),
    ("menu", Reason::Navigation),
    ("menubar", Reason::Navigation),
    ("toolbar", Reason::Navigation),
    ("dialog", Reason::Promo),
    ("alertdialog", Reason::Promo),
];

/// Words in classes and ids, between hyphens, underscores and capitals.
const WORDS: &[(&str, Reason)] = &[
    ("nav", Reason::Navigation),
    ("navbar", Reason::Navigation),
    ("navigation", Reason::Navigation),
    ("menu", Reason::Navigation),
    ("breadcrumb", Reason::Navigation),
    ("breadcrumbs", Reason::Navigation),
    ("pagination", Reason::Navigation),
    ("pager", Reason::Navigation),
    ("navbox", Reason::Navigation),
    ("skiplink", Reason::Navigation),
    ("masthead", Reason::Navigation),
    ("toolbar", Reason::Navigation),
    ("editsection", Reason::Navigation),
    ("catlinks", Reason::Navigation),
    ("printfooter", Reason::Navigation),
    ("nextprev", Reason::Navigation),
    ("prevnext", Reason::Navigation),
    ("boilerplate", Reason::Surroundings),
    ("share", Reason::Sharing),
    ("sharing", Reason::Sharing),
    ("sharedaddy", Reason::Sharing),
    ("social", Reason::Sharing),
    ("addtoany", Reason::Sharing),
    ("addthis", Reason::Sharing),
    ("related", Reason::Related),
    ("relatedposts", Reason::Related),
    ("recommended", Reason::Related),
    ("recommendations", Reason::Related),
    ("outbrain", Reason::Related),
    ("taboola", Reason::Related),
    ("sidebar", Reason::Related),
    ("widget", Reason::Related),
    ("comments", Reason::Comments),
    ("commentlist", Reason::Comments),
    ("disqus", Reason::Comments),
    ("respond", Reason::Comments),
    ("newsletter", Reason::Promo),
    ("subscribe", Reason::Promo),
    ("subscription", Reason::Promo),
    ("signup", Reason::Promo),
    ("cookie", Reason::Promo),
    ("cookies", Reason::Promo),
    ("consent", Reason::Promo),
    ("gdpr", Reason::Promo),
    ("advert", Reason::Promo),
    ("advertisement", Reason::Promo),
    ("ad", Reason::Promo),
    ("ads", Reason::Promo),
    ("adsense", Reason::Promo),
    ("sponsored", Reason::Promo),
    ("promo", Reason::Promo),
    ("promotion", Reason::Promo),
    ("paywall", Reason::Promo),
    ("popup", Reason::Promo),
    ("modal", Reason::Promo),
    ("donate", Reason::Promo),
];

/// Whole classes and ids whose words alone say less.
const NAMES: &[(&str, Reason)] = &[
    ("footer", Reason::Navigation),
    ("header", Reason::Navigation),
    ("site-header", Reason::Navigation),
    ("site-footer", Reason::Navigation),
    ("page-footer", Reason::Navigation),
    ("post-footer", Reason::Navigation),
    ("entry-footer", Reason::Navigation),
    ("article-footer", Reason::Navigation),
    ("pageid", Reason::Navigation),
    ("wp-block-query", Reason::Related),
    ("ltx-page-footer", Reason::Navigation),
    ("ltx-page-navbar", Reason::Navigation),
    ("toc", Reason::Navigation),
    ("ltx-toc", Reason::Navigation),
    ("mini-toc", Reason::Navigation),
    ("dw--toc", Reason::Navigation),
    ("toc-macro", Reason::Navigation),
    ("toc-container", Reason::Navigation),
    ("ez-toc-container", Reason::Navigation),
    ("region-contents", Reason::Navigation),
    ("table-of-contents", Reason::Navigation),
    ("tableofcontents", Reason::Navigation),
    ("skip-link", Reason::Navigation),
    ("skip-to-content", Reason::Navigation),
    ("post-tags", Reason::Navigation),
    ("tags", Reason::Navigation),
    ("tags-links", Reason::Navigation),
    ("article-tags", Reason::Navigation),
    ("tag-list", Reason::Navigation),
    ("wp-block-post-terms", Reason::Navigation),
    ("sitesub", Reason::Navigation),
    ("contentsub", Reason::Navigation),
    ("minerva--tab-container", Reason::Navigation),
    ("paranumber", Reason::Navigation),
    ("entry-tags", Reason::Navigation),
    ("read-more", Reason::Related),
    ("read-next", Reason::Related),
    ("more-stories", Reason::Related),
    ("most-read", Reason::Related),
    ("most-popular", Reason::Related),
    ("see-also-box", Reason::Related),
    ("author-bio", Reason::Related),
    ("about-author", Reason::Related),
    ("comment-list", Reason::Comments),
    ("sr-only", Reason::Hidden),
    ("visually-hidden", Reason::Hidden),
    ("visuallyhidden", Reason::Hidden),
    ("is-visually-hidden", Reason::Hidden),
    ("hidden-visually", Reason::Hidden),
    ("screen-reader-text", Reason::Hidden),
    ("screen-reader-only", Reason::Hidden),
    ("screenreader-only", Reason::Hidden),
    ("a11y-hidden", Reason::Hidden),
    ("noprint", Reason::Hidden),
    ("show-for-sr", Reason::Hidden),
    ("off-screen", Reason::Hidden),
    ("offscreen", Reason::Hidden),
    ("assistive-text", Reason::Hidden),
    ("element-invisible", Reason::Hidden),
    ("u-visually-hidden", Reason::Hidden),
    ("ltx-note-type", Reason::Hidden),
];

/// What classes of page builders begin with: whatever somebody writes with one stands in their widgets.
const BUILDERS: &[&str] = &["elementor", "siteorigin-", "so-", "wpb-", "vc-", "fl-"];

/// Classes of links from a heading to itself.
const ANCHORS: &[&str] = &[
    "headerlink",
    "anchor",
    "permalink",
    "header-anchor",
    "anchorjs-link",
    "heading-anchor",
    "anchor-link",
    "hash-link",
];

/// Elements of running text, whose names say nothing about the page.
const RUNNING: &[&str] = &[
    "a",
    "em",
    "strong",
    "b",
    "i",
    "sup",
    "sub",
    "code",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "tr",
    "td",
    "th",
    "li",
    "blockquote",
    "img",
    "q",
    "mark",
    "time",
    "abbr",
    "figure",
    "figcaption",
];

/// Reads what an element says of itself.
pub(super) fn hint(page: &Page, sections: &Sections, element: ElementId) -> Option<Hint> {
    let found = &page.elements[element];
    if speaks_of_notes(page, element) {
        return None;
    }
    match &*found.name {
        _ if is_kept_from_sight(found) => return Some(Hint::Hidden),
        _ if found.attribute("aria-hidden") == Some("true") => return Some(Hint::Named(Reason::Hidden)),
        // A button that opens something on the page may stand in a sentence.
        "button" if found.attribute("popovertarget").is_some() => return None,
        "nav" | "button" | "search" | "dialog" => return Some(Hint::Sure(Reason::Navigation)),
        "a" if found.has_word("class", ANCHORS) || leads_to_itself(page, element) => {
            return Some(Hint::Anchor);
        }
        "footer" if is_of_the_page(page, element) => return Some(Hint::Named(Reason::Navigation)),
        _ => {}
    }
    if matches!(found.attribute("data-elementor-type"), Some("header" | "footer" | "popup")) {
        return Some(Hint::Named(Reason::Navigation));
    }
    let role = found.attribute("role").unwrap_or_default();
    if let Some((_, reason)) = ROLES.iter().find(|(name, _)| *name == role) {
        return Some(Hint::Named(*reason));
    }
    let reason = named(page, sections, element)?;
    // Whatever a frame around code is called, the code is the article's.
    let holds_code = || page.inside(element).any(|inner| page.elements[inner].is_any(&["pre"]));
    if matches!(reason, Reason::Navigation | Reason::Sharing | Reason::Promo) && holds_code() {
        return None;
    }
    // Names of running text say something else: a `span` of class `ad` is the year of our Lord.
    let counts = match &*found.name {
        "span" => matches!(reason, Reason::Hidden | Reason::Navigation),
        name => reason == Reason::Hidden || !RUNNING.contains(&name),
    };
    counts.then_some(Hint::Named(reason))
}

/// Tells whether an attribute or a style hides an element until something happens on the page.
pub(super) fn is_kept_from_sight(found: &Element) -> bool {
    let style = found.attribute("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    // What a search in the page finds is text of the page; and of several panels a page shows one at a time.
    let is_hidden = found.attribute("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
        && found.attribute("role") != Some("tabpanel");
    // What is to fly in is not seen until it does.
    let is_transparent = style.contains("visibility:hidden") && !style.contains("animation");
    is_hidden || style.contains("display:none") || is_transparent
}

/// Tells whether an element has a name of what only screen readers say.
pub(in crate::detectors) fn is_hidden(page: &Page, element: ElementId) -> bool {
    named(page, &Sections::default(), element) == Some(Reason::Hidden)
}

/// Tells whether an element has a name of what stands around an article.
pub(super) fn is_furniture(page: &Page, sections: &Sections, element: ElementId) -> bool {
    named(page, sections, element).is_some_and(|reason| reason != Reason::Hidden)
}

/// Reads the class and the id of an element.
fn named(page: &Page, sections: &Sections, element: ElementId) -> Option<Reason> {
    let found = &page.elements[element];
    let id = found.attribute("id").filter(|_| !sections.0.contains(&element));
    let values = [found.attribute("class"), id];
    let names = values.into_iter().flatten().flat_map(str::split_ascii_whitespace);
    let is_built = is_built(found) || found.parent.is_some_and(|around| is_built(&page.elements[around]));
    names.take(24).find_map(|name| {
        let whole = name.to_ascii_lowercase().replace('_', "-");
        let by_name = NAMES.iter().find(|(known, _)| *known == whole).map(|(_, reason)| *reason);
        by_name.or_else(|| {
            // `with-sidebar` and `has-nav` are classes of what holds everything.
            let is_state =
                ["has-", "with-", "no-", "is-", "js-"].iter().any(|state| whole.starts_with(state));
            let words = words(name);
            let mut telling = words.iter().filter(|word| !is_built || *word != "widget");
            let known = telling.find_map(|word| WORDS.iter().find(|(known, _)| known == word));
            known.filter(|_| !is_state && words.len() <= 4).map(|(_, reason)| *reason)
        })
    })
}

/// Tells whether an element is a part of what somebody made with a page builder.
fn is_built(found: &Element) -> bool {
    let classes = found.attribute("class").unwrap_or_default().split_ascii_whitespace();
    let names = classes.take(24).map(|class| class.to_ascii_lowercase().replace('_', "-"));
    names.into_iter().any(|name| BUILDERS.iter().any(|builder| name.starts_with(builder)))
}

/// Elements whose id is their own heading, as programs name sections: what such an id says is what the section is about.
#[derive(Debug, Default)]
pub(super) struct Sections(BTreeSet<ElementId>);

impl Sections {
    pub(super) fn of(sheet: &Sheet<'_>, page: &Page) -> Self {
        /// So many elements of a section begin before its heading.
        const NEAR: usize = 4;
        /// So many sections named alike show a program: their ids may be single words.
        const SEVERAL: usize = 3;
        let folded = |words: &str| -> String {
            words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let is_section = |element: ElementId| {
            let found = &page.elements[element];
            let id = found.attribute("id").filter(|_| found.is_any(&["section", "div", "article"]))?;
            let id = id.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
            let heading = page.inside(element).take(NEAR).find(|&inner| page.elements[inner].is_heading())?;
            let words = folded(page.elements[heading].shown.of(&sheet.text));
            (!words.is_empty() && words == folded(id)).then_some(element)
        };
        let mut sections: BTreeSet<ElementId> = (0..page.elements.len()).filter_map(is_section).collect();
        if sections.len() < SEVERAL {
            // `comments` over Comments alone is what it says.
            let words = |id: &str| id.split(['-', '_', ' ']).count();
            sections
                .retain(|&element| page.elements[element].attribute("id").is_some_and(|id| words(id) > 1));
        }
        Self(sections)
    }
}

/// Splits a name at signs and capitals, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_small) {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        was_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Notes are never left out for their looks or their place: they are hidden until somebody asks for them.
pub(super) fn speaks_of_notes(page: &Page, element: ElementId) -> bool {
    const NOTES: &[&str] =
        &["footnote", "endnote", "sidenote", "marginnote", "noteref", "fnref", "footnotes", "endnotes"];
    let found = &page.elements[element];
    ["class", "id", "role", "epub:type", "data-type"].iter().filter_map(|name| found.attribute(name)).any(
        |value| {
            let value = value.to_ascii_lowercase();
            NOTES.iter().any(|note| value.contains(note))
        },
    )
}

/// Tells whether a `footer` is that of the page or the article, not of a quotation.
fn is_of_the_page(page: &Page, element: ElementId) -> bool {
    let mut around = page.around(element);
    !around.any(|around| page.elements[around].is_any(&["blockquote", "figure", "aside", "li", "td"]))
}

/// Tells whether a link in a heading leads to that heading, or a sign behind a paragraph to that paragraph.
fn leads_to_itself(page: &Page, element: ElementId) -> bool {
    const NEAR: usize = 3;
    let Some(fragment) = page.elements[element].attribute("href").and_then(|href| href.strip_prefix('#'))
    else {
        return false;
    };
    let is_named = |named: ElementId| page.elements[named].attribute("id") == Some(fragment);
    if page.around(element).take(NEAR).any(is_named) {
        return true;
    }
    let heading = page.around(element).find(|&around| page.elements[around].is_heading());
    heading.is_some_and(|heading| {
        let around = page.elements[heading].parent;
        let inside = heading..page.elements[heading].end;
        inside.chain(around).any(is_named)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        for (name, expected) in [
            ("post-share", vec!["post", "share"]),
            ("relatedPosts", vec!["related", "posts"]),
            ("site__nav--top", vec!["site", "nav", "top"]),
            ("shareholder", vec!["shareholder"]),
            ("", vec![]),
        ] {
            assert_eq!(words(name), expected, "{name:?}");
        }
    }
}
