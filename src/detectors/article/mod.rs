//! Which part of a page is the article: everything around it, and what is inserted into it, stays outside.
//!
//! Markup decides first (`main`, `article`, `nav`), then names of classes that everybody uses, then where the running
//! text is. What is outside goes nowhere, each row with its reason; notes may still be taken out of it.

mod hints;
mod kept;
mod link_lists;
mod main_part;
mod panels;

pub(super) use self::hints::is_hidden;
use self::hints::{Hint, Sections};
use self::kept::Kept;
use self::main_part::{Measures, main_part};
use self::panels::Panels;
use super::Detector;
use crate::findings::{Claim, Findings, Place};
use crate::ledger::{Fate, Reason};
use crate::options::Options;
use crate::page::{ElementId, Page};
use crate::sheet::Sheet;
use crate::source::Span;

pub(super) const ARTICLE: Detector = Detector { name: "article", find };

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    let Some(page) = sheet.page() else { return };
    if options.whole {
        return;
    }
    let measures = Measures::of(sheet, page);
    let evidence = Evidence {
        sheet,
        page,
        measures: &measures,
        whole: measures.words(0..sheet.rows.len()),
        sections: Sections::of(sheet, page),
        kept: Kept::of(sheet, page, &measures),
        panels: Panels::of(sheet, page, &measures),
    };
    let mut element = 0;
    while element < page.elements.len() {
        match evidence.reason(element) {
            Some(reason) => {
                leave_out(sheet, page, findings, element, reason);
                element = page.elements[element].end;
            }
            None => element += 1,
        }
    }
    let is_left = |row: usize| findings.places[row] == Place::Body;
    let Some(main) = main_part(sheet, page, &measures, &is_left) else { return };
    let article = measures.rows(page, main);
    let notes: Vec<_> = evidence.kept.notes_after(main).map(|element| measures.rows(page, element)).collect();
    let is_in = |row: &usize| article.contains(row) || notes.iter().any(|notes| notes.contains(row));
    for row in (0..sheet.rows.len()).filter(|row| !is_in(row)) {
        if findings.places[row] == Place::Body {
            findings.places[row] = Place::Outside(Reason::Surroundings);
        }
    }
}

/// What says which elements are no part of the article.
struct Evidence<'e> {
    sheet: &'e Sheet<'e>,
    page: &'e Page,
    measures: &'e Measures,
    /// The characters outside links of the whole page.
    whole: usize,
    sections: Sections,
    kept: Kept<'e>,
    panels: Panels<'e>,
}

impl Evidence<'_> {
    /// Says why an element is no part of the article, if it is none.
    fn reason(&self, element: ElementId) -> Option<Reason> {
        let &Self { sheet, page, measures, whole, ref panels, .. } = self;
        let found = &page.elements[element];
        if found.shown.is_empty() || found.is_any(&["html", "body", "main", "article"]) {
            return None;
        }
        if leads_to_the_top(sheet, page, element) || panels.shows_rest(element) {
            return Some(Reason::Surroundings);
        }
        let Some(hint) = hints::hint(page, &self.sections, element) else {
            return link_lists::is_link_list(page, measures, element).then_some(Reason::Navigation);
        };
        let words = measures.words(measures.rows(page, element)).min(found.shown.len());
        match hint {
            // Nobody publishes a page to hide most of it.
            Hint::Hidden if words * 3 > whole * 2 => None,
            Hint::Hidden if !hints::is_furniture(page, &self.sections, element) && panels.opens(element) => {
                None
            }
            Hint::Hidden => Some(Reason::Hidden),
            Hint::Sure(_) if panels.is_opener(element) => None,
            Hint::Sure(reason) => Some(reason),
            Hint::Named(Reason::Hidden) if panels.opens(element) => None,
            Hint::Named(reason) if self.kept.keeps(element, reason) => None,
            // A name alone is not enough for what holds most of the page.
            Hint::Named(reason)
                if words * 2 <= whole || (reason == Reason::Comments && whole - words > 200) =>
            {
                Some(reason)
            }
            Hint::Anchor if is_only_signs(found.shown.of(&sheet.text)) => Some(Reason::Surroundings),
            Hint::Named(_) | Hint::Anchor => None,
        }
    }
}

/// Tells whether a link in a heading only leads to the top of the page.
fn leads_to_the_top(sheet: &Sheet<'_>, page: &Page, element: ElementId) -> bool {
    const WORDS: &[&str] =
        &["top", "back to top", "haut de page", "nach oben", "inicio", "torna su", "наверх"];
    let found = &page.elements[element];
    let is_in_heading = || {
        let mut around = page.around(element).take(2);
        around.any(|around| page.elements[around].is_heading())
    };
    let shown = found.shown.of(&sheet.text).trim();
    found.is_any(&["a"])
        && shown.len() <= 20
        && WORDS.contains(&shown.to_lowercase().as_str())
        && is_in_heading()
}

/// Tells whether words are only a sign such as `¶` or `#`, which leads to the heading it stands in.
fn is_only_signs(words: &str) -> bool {
    let words = words.trim();
    words.chars().count() <= 3 && !words.chars().any(|c| c.is_ascii_digit() || "*†‡".contains(c))
        || ["link", "permalink", "anchor", "copy link", "hashtag"].contains(&words.to_lowercase().as_str())
}

fn leave_out(sheet: &Sheet<'_>, page: &Page, findings: &mut Findings, element: ElementId, reason: Reason) {
    let shown = page.elements[element].shown;
    let first = sheet.row_at(shown.start);
    for row in first..sheet.rows.len() as u32 {
        let span = sheet.rows[row as usize].span;
        if span.start >= shown.end {
            break;
        }
        let part = Span { start: span.start.max(shown.start), end: span.end.min(shown.end) };
        if part == span {
            findings.places[row as usize] = Place::Outside(reason);
        } else if !part.is_empty() {
            let before = &sheet.text[span.start as usize..part.start as usize];
            let space = (before.len() - before.trim_end().len()) as u32;
            let is_last = part.end == span.end;
            let start = if is_last { part.start - space } else { part.start };
            let after = &sheet.text[part.end as usize..span.end as usize];
            let is_first = before.trim().is_empty();
            let end = if is_first { span.end - after.trim_start().len() as u32 } else { part.end };
            findings.fallbacks.push(Claim {
                span: Span { start, end },
                fate: Fate::Drop(reason),
                rule: ARTICLE.name,
            });
        }
    }
}
