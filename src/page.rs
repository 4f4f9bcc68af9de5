//! The elements of an HTML page, in document order, with what each shows: the evidence that a sheet's rows, nodes
//! and runs do not hold.
//!
//! The HTML reader makes it beside the sheet. Detectors ask it where the article is, what refers to what, and what
//! the page says of itself.

use std::ops::Range;

use crate::source::Span;

/// The name of an element or attribute; in lower case for HTML.
pub(crate) type Name = html5ever::LocalName;

/// The index of an element in [`Page::elements`].
pub(crate) type ElementId = usize;

/// Classes of notes that stand in a paragraph and are shown beside it.
pub(crate) const NOTES_BESIDE: &[&str] = &[
    "sidenote",
    "marginnote",
    "side-note",
    "margin-note",
    "inline-footnote",
    "footnote_tooltip",
    "footnote-tooltip",
    "modern-footnotes-footnote__note",
    "sidenote__content",
    "sidenote-content",
];

/// Classes of such notes as well as of references to them.
pub(crate) const NOTES_OR_REFERENCES: &[&str] = &["footnote", "footnote-text", "footnote-content", "fnote"];

/// A page of HTML.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// In document order: the elements inside one follow it at once.
    pub(crate) elements: Vec<Element>,
    /// The words of `<title>`.
    pub(crate) title: Option<String>,
    /// The scripts of type `application/ld+json`.
    pub(crate) data: Vec<String>,
    /// The address that relative ones count from.
    pub(crate) base: Option<String>,
}

/// An element, with its attributes.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) name: Name,
    pub(crate) attributes: Vec<(Name, String)>,
    pub(crate) parent: Option<ElementId>,
    /// The element after the last one inside.
    pub(crate) end: ElementId,
    /// Its words in the sheet's text; with the line end after them for a block.
    pub(crate) shown: Span,
    /// Where its tag stands in the source.
    pub(crate) source: Span,
}

impl Element {
    /// Returns the value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| &**found == name).map(|(_, value)| value.as_str())
    }

    /// Tells whether an attribute that holds words, such as `class`, `role` or `rel`, has one of these.
    pub(crate) fn has_word(&self, attribute: &str, words: &[&str]) -> bool {
        let Some(value) = self.attribute(attribute) else { return false };
        value.split_ascii_whitespace().any(|found| words.iter().any(|word| found.eq_ignore_ascii_case(word)))
    }

    /// Tells whether it has one of these names.
    pub(crate) fn is_any(&self, names: &[&str]) -> bool {
        names.contains(&&*self.name)
    }

    /// Tells whether it is a heading.
    pub(crate) fn is_heading(&self) -> bool {
        self.is_any(&["h1", "h2", "h3", "h4", "h5", "h6"])
    }
}

impl Page {
    /// Returns the elements inside one.
    pub(crate) fn inside(&self, element: ElementId) -> Range<ElementId> {
        element + 1..self.elements[element].end
    }

    /// Returns the elements around one, the nearest first.
    pub(crate) fn around(&self, element: ElementId) -> impl Iterator<Item = ElementId> + '_ {
        std::iter::successors(self.elements[element].parent, |&around| self.elements[around].parent)
    }

    /// Returns the elements that follow one in the same element, in order.
    pub(crate) fn after(&self, element: ElementId) -> impl Iterator<Item = ElementId> + '_ {
        let end =
            self.elements[element].parent.map_or(self.elements.len(), |around| self.elements[around].end);
        let next = move |element: ElementId| Some(self.elements[element].end).filter(|&next| next < end);
        std::iter::successors(next(element), move |&sibling| next(sibling))
    }

    /// Returns the elements right inside one, in order.
    pub(crate) fn children(&self, element: ElementId) -> impl Iterator<Item = ElementId> + '_ {
        let end = self.elements[element].end;
        let first = Some(element + 1).filter(|&first| first < end);
        std::iter::successors(first, move |&child| Some(self.elements[child].end).filter(|&next| next < end))
    }
}
