//! Panels that a page opens under their heading or their question, and what it shows when more is asked for.
//!
//! > `<h3><button aria-expanded="false">Why oil?</button></h3> <div hidden><p>It burns.</p></div>`
//! > `<p>The ferry sank.</p> <div style="display:none"><p>Nobody …</p></div> <a href="#">Read more</a>`
//!
//! Left alone: forms, menus and whatever else holds no prose, and what is hidden below anything else.

use super::hints::is_kept_from_sight;
use super::main_part::Measures;
use crate::page::{Element, ElementId, Page};
use crate::sheet::Sheet;

/// Elements that can be panels.
const PANELS: &[&str] = &["div", "section", "p", "dd", "ul", "ol", "article", "tr"];

/// What nobody puts into a text that is read.
const TOOLS: &[&str] = &["input", "form", "select", "textarea", "iframe"];

/// Words in the classes of what opens and closes.
const FOLDS: &[&str] = &["accordion", "faq", "question", "toggle", "collapsible", "collapse", "expander"];

/// What a link or a button says that shows the rest of a text, in lower case.
const MORE: &[&str] = &[
    "read more",
    "show more",
    "see more",
    "view more",
    "more",
    "continue reading",
    "read full article",
    "read the full article",
    "weiterlesen",
    "mehr lesen",
    "mehr anzeigen",
    "mehr",
    "lire la suite",
    "lire plus",
    "voir plus",
    "leer más",
    "ver más",
    "seguir leyendo",
    "leggi tutto",
    "continua a leggere",
    "leia mais",
    "lees meer",
    "czytaj dalej",
    "читать далее",
    "阅读全文",
    "展开全文",
    "続きを読む",
    "더 보기",
];

/// What says so is no longer, in bytes.
const LONGEST: usize = 60;

/// The page, asked for what its reader may open.
pub(super) struct Panels<'p> {
    sheet: &'p Sheet<'p>,
    page: &'p Page,
    measures: &'p Measures,
    /// The element that stands right before each one in the same element, and shows something.
    before: Vec<Option<ElementId>>,
    /// The first heading of the page that shows something.
    first_heading: Option<ElementId>,
}

impl<'p> Panels<'p> {
    pub(super) fn of(sheet: &'p Sheet<'p>, page: &'p Page, measures: &'p Measures) -> Self {
        let mut before = vec![None; page.elements.len()];
        for element in 0..page.elements.len() {
            let mut last = None;
            for child in page.children(element) {
                before[child] = last;
                if !page.elements[child].shown.is_empty() {
                    last = Some(child);
                }
            }
        }
        let is_heading = |element: &Element| element.is_heading() && !element.shown.is_empty();
        let first_heading = page.elements.iter().position(is_heading);
        Self { sheet, page, measures, before, first_heading }
    }

    /// Tells whether a hidden element is one that a reader of the page opens, to read it.
    pub(super) fn opens(&self, element: ElementId) -> bool {
        self.page.elements[element].is_any(PANELS)
            && self.is_read(element)
            && (self.before[element].is_some_and(|before| self.stands_over(before))
                || self.is_rest_of_text(element))
    }

    /// Tells whether a button is the heading of what it opens.
    pub(super) fn is_opener(&self, button: ElementId) -> bool {
        let found = &self.page.elements[button];
        let Some(heading) = self.page.around(button).take(3).find(|&around| self.is_heading(around)) else {
            return false;
        };
        let says_all = self.words(heading).trim() == self.words(button).trim();
        let next = self.page.after(heading).next().or_else(|| {
            let around = self.page.elements[heading].parent?;
            self.page.after(around).next()
        });
        found.is_any(&["button"])
            && opens_something(found)
            && says_all
            && next.is_some_and(|next| self.is_read(next))
    }

    /// Tells whether a link or a button only shows the hidden rest of the text beside it.
    pub(super) fn shows_rest(&self, element: ElementId) -> bool {
        let found = &self.page.elements[element];
        let beside = [self.before[element], self.page.after(element).next()];
        found.is_any(&["a", "button", "span"])
            && found.attribute("href").is_none_or(|href| href.starts_with(['#', 'j']))
            && self.asks_for_more(element)
            && beside
                .into_iter()
                .flatten()
                .any(|beside| is_kept_from_sight(&self.page.elements[beside]) && self.is_rest_of_text(beside))
    }

    /// Tells whether an element is a heading, a question, or what opens the panel below it.
    fn stands_over(&self, element: ElementId) -> bool {
        let found = &self.page.elements[element];
        let inside = || self.page.inside(element).take(4);
        let is_heading = |element: ElementId| self.is_heading(element) && Some(element) != self.first_heading;
        let is_button = |element: ElementId| {
            let found = &self.page.elements[element];
            found.is_any(&["button", "summary"]) || found.attribute("role") == Some("button")
        };
        let words = self.words(element).trim();
        let is_question = words.ends_with(['?', '？', '؟']);
        let folds = || {
            let around = found.parent.map(|around| &self.page.elements[around]);
            std::iter::once(found).chain(around).any(is_named_fold)
        };
        is_heading(element)
            || inside().any(is_heading)
            || found.is_any(&["dt"])
            || ((is_button(element) || inside().any(is_button)) && (is_question || folds()))
            || (is_question && folds())
    }

    /// Tells whether what stands beside an element shows it when more is asked for.
    fn is_rest_of_text(&self, element: ElementId) -> bool {
        let beside = [self.before[element], self.page.after(element).next()];
        self.measures.has_running_text(self.measures.rows(self.page, element))
            && beside.into_iter().flatten().any(|beside| self.asks_for_more(beside))
    }

    fn asks_for_more(&self, element: ElementId) -> bool {
        let words = self.words(element);
        words.len() <= LONGEST && {
            let words = words.to_lowercase();
            MORE.contains(&words.trim_matches(|c: char| !c.is_alphanumeric()))
        }
    }

    fn is_heading(&self, element: ElementId) -> bool {
        self.page.elements[element].is_heading() && !self.page.elements[element].is_any(&["h1"])
    }

    /// Tells whether an element holds something to read, and nothing to fill in.
    fn is_read(&self, element: ElementId) -> bool {
        let shown = self.page.elements[element].shown.len();
        let words = self.measures.words(self.measures.rows(self.page, element));
        let has_tools = || self.page.inside(element).any(|inner| self.page.elements[inner].is_any(TOOLS));
        words > 0 && words * 2 > shown && !has_tools()
    }

    fn words(&self, element: ElementId) -> &str {
        self.page.elements[element].shown.of(&self.sheet.text)
    }
}

/// Tells whether a button says that it opens something.
fn opens_something(button: &Element) -> bool {
    ["aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target"]
        .iter()
        .any(|name| button.attribute(name).is_some())
}

/// Tells whether the classes of an element say that it opens and closes.
fn is_named_fold(element: &Element) -> bool {
    let class = element.attribute("class").unwrap_or_default().to_ascii_lowercase();
    class.split(|c: char| !c.is_alphanumeric()).any(|word| FOLDS.contains(&word))
}
