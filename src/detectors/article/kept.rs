//! What stays in the article though it is named like what stands around one: a `footer` with the notes in it, and a
//! `section` of class `related` that is about related work.

use std::collections::{BTreeMap, BTreeSet};

use super::main_part::{Measures, is_article};
use crate::detectors::native_notes::read_sign;
use crate::detectors::notes::is_notes_heading;
use crate::ledger::Reason;
use crate::page::{ElementId, Page};
use crate::sheet::{Kind, Sheet};

/// A link that may lead to a note has no more letters.
const LONGEST_SIGN: usize = 8;

/// Of prose, links have no larger part.
const LINKED: usize = 6;

/// What says where a text was published before, in lower case.
const ORIGINS: &[&str] = &[
    "first appeared in",
    "originally appeared",
    "originally published",
    "first published in",
    "reprinted from",
    "excerpted from",
    "zuerst erschienen in",
    "erschien zuerst",
    "paru d’abord",
    "publié à l’origine",
    "publicado originalmente",
    "pubblicato originariamente",
    "впервые опубликован",
];

/// A line that says it is no longer, in bytes.
const LONGEST_ORIGIN: usize = 300;

/// The page, asked for what is not to be left out.
pub(super) struct Kept<'k> {
    sheet: &'k Sheet<'k>,
    page: &'k Page,
    measures: &'k Measures,
    /// Elements that links with the sign of a note lead to, each with the link.
    led_to: BTreeSet<(ElementId, ElementId)>,
}

impl<'k> Kept<'k> {
    pub(super) fn of(sheet: &'k Sheet<'k>, page: &'k Page, measures: &'k Measures) -> Self {
        let name = |link: &ElementId| {
            let found = &page.elements[*link];
            let words = found.shown.of(&sheet.text).trim();
            let is_sign = words.len() <= LONGEST_SIGN && begins_with_sign(words);
            found.attribute("href").filter(|_| is_sign && found.is_any(&["a"]))?.strip_prefix('#')
        };
        let signs: Vec<(&str, ElementId)> =
            (0..page.elements.len()).filter_map(|link| Some((name(&link)?, link))).collect();
        let mut led_to = BTreeSet::new();
        if !signs.is_empty() {
            let ids = |element: ElementId| Some((page.elements[element].attribute("id")?, element));
            let ids: BTreeMap<&str, ElementId> = (0..page.elements.len()).rev().filter_map(ids).collect();
            led_to.extend(signs.into_iter().filter_map(|(name, link)| Some((*ids.get(name)?, link))));
        }
        Self { sheet, page, measures, led_to }
    }

    /// Tells whether an element that would be left out for its name stays.
    pub(super) fn keeps(&self, element: ElementId, reason: Reason) -> bool {
        match reason {
            Reason::Navigation | Reason::Sharing | Reason::Related => {
                self.holds_notes(element) || self.is_prose(element) || self.says_its_origin(element)
            }
            Reason::Promo => self.is_about_its_name(element),
            _ => false,
        }
    }

    /// Returns what stands after the element that holds the article, and is nothing but notes.
    pub(super) fn notes_after(&self, main: ElementId) -> impl Iterator<Item = ElementId> {
        let around = std::iter::once(main).chain(self.page.around(main));
        let after = around.flat_map(|element| self.page.after(element));
        after.filter_map(|element| {
            let mut found = Some(element).filter(|&element| self.holds_notes(element))?;
            while let Some(inner) = self.page.children(found).find(|&inner| self.holds_notes(inner)) {
                found = inner;
            }
            Some(found)
        })
    }

    /// Tells whether the article refers to something in an element, or a list stands there under a heading for notes.
    fn holds_notes(&self, element: ElementId) -> bool {
        let inside = element..self.page.elements[element].end;
        let is_led_to =
            self.led_to.range((element, 0)..(inside.end, 0)).any(|(_, link)| !inside.contains(link));
        let rows = self.measures.rows(self.page, element);
        let is_numbered = |row: usize| {
            let nodes = &self.sheet.nodes;
            let mut around =
                std::iter::successors(Some(self.sheet.rows[row].node), |node| nodes[node.index()].parent);
            around.any(|node| matches!(nodes[node.index()].kind, Kind::List { start: Some(_), .. }))
        };
        let is_signed = &|row: usize| begins_with_sign(self.sheet.words(row as u32)) || is_numbered(row);
        let heads_list = |row: &usize| is_notes_heading(self.sheet.words(*row as u32)) && is_signed(*row + 1);
        let is_list = rows.len() > 1
            && begins_with_first(self.sheet.words(rows.start as u32))
            && rows.clone().all(is_signed);
        is_led_to || is_list || (rows.start..rows.end.saturating_sub(1)).any(|row| heads_list(&row))
    }

    /// Tells whether an element says where the article was published before.
    fn says_its_origin(&self, element: ElementId) -> bool {
        let rows = self.measures.rows(self.page, element);
        let says_so = |row: usize| {
            let words = self.sheet.words(row as u32).to_lowercase();
            words.len() <= LONGEST_ORIGIN && ORIGINS.iter().any(|origin| words.contains(origin))
        };
        rows.len() <= 2 && self.is_in_article(element) && rows.clone().any(says_so)
    }

    fn is_in_article(&self, element: ElementId) -> bool {
        self.page.around(element).any(|around| is_article(self.page, around))
    }

    /// Tells whether an element in the main part is a section of prose whose heading says what its name says:
    /// a chapter on cookies is no banner.
    fn is_about_its_name(&self, element: ElementId) -> bool {
        const TOPICS: &[&str] = &["cookie", "cookies", "consent", "gdpr", "modal", "paywall", "paywalls"];
        const NEAR: usize = 4;
        let is_heading =
            |inner: &ElementId| self.page.elements[*inner].is_any(&["h2", "h3", "h4", "h5", "h6"]);
        let heading = self.page.inside(element).take(NEAR).find(is_heading);
        let names_topic = heading.is_some_and(|heading| {
            let words = self.page.elements[heading].shown.of(&self.sheet.text).to_lowercase();
            words.split(|c: char| !c.is_alphanumeric()).any(|word| TOPICS.contains(&word))
        });
        let mut around = self.page.around(element).map(|around| &self.page.elements[around]);
        names_topic
            && around.any(|around| around.is_any(&["main", "article"]) || around.has_word("role", &["main"]))
            && self.is_running(element)
    }

    /// Tells whether an element in the article is running text that nothing is to be pressed in.
    fn is_prose(&self, element: ElementId) -> bool {
        self.is_in_article(element) && self.is_running(element)
    }

    /// Tells whether an element is running text that nothing is to be pressed in.
    fn is_running(&self, element: ElementId) -> bool {
        const TOOLS: &[&str] = &["button", "input", "form", "select", "iframe", "img", "svg"];
        let found = &self.page.elements[element];
        let is_named = found.attribute("role").is_none() && !found.is_any(&["footer", "nav", "header"]);
        let rows = self.measures.rows(self.page, element);
        let words = self.measures.words(rows.clone());
        is_named
            && self.measures.has_prose(rows)
            && (found.shown.len() - words.min(found.shown.len())) * LINKED <= words
            && !self.page.inside(element).any(|inner| self.page.elements[inner].is_any(TOOLS))
    }
}

/// Tells whether words begin with the sign of a first note.
fn begins_with_first(words: &str) -> bool {
    first_sign(words).is_some_and(|sign| sign == "1" || sign == "*")
}

/// Tells whether words begin with what may be the sign of a note.
fn begins_with_sign(words: &str) -> bool {
    first_sign(words).is_some()
}

fn first_sign(words: &str) -> Option<String> {
    read_sign(words.split_whitespace().next().unwrap_or_default(), false)
}
