//! What the detectors claim: one fate for each stretch of the sheet, and where each row belongs.
//!
//! A claim is the only way to take text out of the body; what nobody claims stays in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, LostUrl};
use crate::document::{Certainty, Metadata, NoteId};
use crate::insets::Inset;
use crate::ledger::{Fate, Reason};
use crate::sheet::{RowId, Run, Sheet};
use crate::source::Span;

/// What the detectors found on one sheet.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// In the order they were made; none overlaps another.
    pub(crate) claims: Vec<Claim>,
    /// The page that each row of the sheet is printed on, counted from 0.
    pub(crate) pages: Vec<u32>,
    /// Where pages of the printed source begin, in the order of the text.
    pub(crate) page_marks: Vec<PageMark>,
    /// Claims that give way to all others.
    pub(crate) fallbacks: Vec<Claim>,
    /// Rows that begin a paragraph whatever they look like: notes that nobody cites, and what follows them.
    pub(crate) breaks: BTreeSet<RowId>,
    /// Where each row of the sheet goes.
    pub(crate) places: Vec<Place>,
    /// What each row of a raw text begins or continues.
    pub(crate) shapes: Vec<Shape>,
    /// Tables of a raw text, each by its first row.
    pub(crate) tables: BTreeMap<RowId, Table>,
    /// Notes in the order they were found; `build` puts them in the order of first reference.
    pub(crate) notes: Vec<FoundNote>,
    /// Notes whose text stands inside a paragraph.
    pub(crate) insets: Vec<Inset>,
    /// Links and other marked words that were found in a raw text.
    pub(crate) runs: Vec<Run>,
    pub(crate) metadata: Metadata,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) lost_urls: Vec<LostUrl>,
}

/// What becomes of a stretch of the sheet.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) span: Span,
    pub(crate) fate: Fate,
    pub(crate) rule: &'static str,
}

/// Where a page of the printed source begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageMark {
    /// In bytes of the sheet's text.
    pub(crate) at: u32,
    /// Its number, as printed.
    pub(crate) label: String,
}

/// Where a row goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    #[default]
    Body,
    Note(NoteId),
    /// Into the metadata, or nowhere.
    Gone,
    /// Nowhere, unless a note is taken out of it: it stands outside the article on a page.
    Outside(Reason),
}

/// A note, before the document orders them.
#[derive(Clone, Debug)]
pub(crate) struct FoundNote {
    /// The sign it is printed with.
    pub(crate) printed: String,
    /// The label that Markdown input gave it; none if we number it.
    pub(crate) label: Option<String>,
    /// From its sign to its end.
    pub(crate) span: Span,
    /// The address that its words lead to.
    pub(crate) url: Option<String>,
    pub(crate) certainty: Certainty,
    pub(crate) evidence: Vec<&'static str>,
}

/// What a row of a raw text begins or continues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// It goes on with the block of the row above in the same place.
    #[default]
    Continue,
    Paragraph,
    Heading(u8),
    /// Its sign is claimed as syntax.
    Item {
        number: Option<u64>,
    },
    Quote,
    Code,
    Verse,
    Table,
    Break,
}

/// The cells of a table of a raw text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// The words of each cell, line by line.
    pub(crate) rows: Vec<Vec<Vec<Span>>>,
    /// The first row has the names of the columns.
    pub(crate) has_head: bool,
}

impl Findings {
    pub(crate) fn new(sheet: &Sheet<'_>) -> Self {
        Self {
            pages: vec![0; sheet.rows.len()],
            places: vec![Place::Body; sheet.rows.len()],
            shapes: vec![Shape::Continue; sheet.rows.len()],
            ..Self::default()
        }
    }

    /// Claims a stretch of text.
    pub(crate) fn claim(&mut self, span: Span, fate: Fate, rule: &'static str) {
        // Of the notes of a range, most have no sign of their own.
        if !span.is_empty() || matches!(fate, Fate::Marker(_)) {
            self.claims.push(Claim { span, fate, rule });
        }
    }

    /// Claims a whole row that goes nowhere.
    pub(crate) fn drop_row(&mut self, sheet: &Sheet<'_>, row: RowId, reason: Reason, rule: &'static str) {
        self.claim(sheet.rows[row as usize].span, Fate::Drop(reason), rule);
        self.places[row as usize] = Place::Gone;
    }

    /// Returns the rows that are in the body so far, in order.
    pub(crate) fn body_rows(&self) -> impl DoubleEndedIterator<Item = RowId> + '_ {
        self.rows_in(Place::Body)
    }

    /// Returns the rows of a place, in order.
    pub(crate) fn rows_in(&self, place: Place) -> impl DoubleEndedIterator<Item = RowId> + '_ {
        (0..self.places.len() as RowId).filter(move |&row| self.places[row as usize] == place)
    }

    /// Tells for each row whether it begins inside an inset: then it goes on with the row above it.
    pub(crate) fn begin_in_insets(&self, sheet: &Sheet<'_>) -> Vec<bool> {
        let mut begin = vec![false; sheet.rows.len()];
        let mut spans: Vec<Span> = self.insets.iter().map(|inset| inset.span).collect();
        spans.sort_unstable();
        let mut reached = 0;
        for span in spans {
            let first = sheet.rows.partition_point(|row| row.span.start <= span.start).max(reached);
            let end = sheet.rows.partition_point(|row| row.span.start < span.end);
            if first < end {
                begin[first..end].fill(true);
                reached = end;
            }
        }
        begin
    }

    /// Adds a remark.
    pub(crate) fn remark(&mut self, code: Code, span: Span, message: String, hint: Option<&str>) {
        self.diagnostics.push(Diagnostic { code, span, message, hint: hint.map(str::to_owned) });
    }
}
