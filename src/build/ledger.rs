//! Claims → ledger: what nobody claimed is body or note inside a row, and layout between rows.

use super::order::Order;
use crate::document::NoteId;
use crate::findings::{Claim, Place};
use crate::insets::Owners;
use crate::ledger::{Entry, Fate, Field, Ledger};
use crate::sheet::{Origin, Piece, RowId, Sheet};
use crate::source::Span;

/// Writes down what became of every character of the source.
pub(super) fn ledger(
    sheet: &Sheet<'_>,
    places: &[Place],
    claims: &[Claim],
    owners: &Owners,
    order: &Order,
) -> Ledger {
    let shown = Shown { sheet, places, owners, order };
    let mut entries = Vec::with_capacity((claims.len() + sheet.rows.len()) * 2);
    let mut at = 0;
    for claim in claims {
        shown.fill(Span { start: at, end: claim.span.start }, &mut entries);
        entries.extend((!claim.span.is_empty()).then(|| shown.claimed(claim)));
        at = claim.span.end;
    }
    shown.fill(Span { start: at, end: sheet.text.len() as u32 }, &mut entries);
    match &sheet.origin {
        Origin::Text => Ledger { entries },
        Origin::Markdown { pieces, body, end } => in_source(sheet, pieces, *body, *end, entries, "markdown"),
        Origin::Html { pieces, end, .. } => in_source(sheet, pieces, 0, *end, entries, "html"),
        Origin::Dialect { name, pieces, end } => in_source(sheet, pieces, 0, *end, entries, name),
    }
}

struct Shown<'s> {
    sheet: &'s Sheet<'s>,
    places: &'s [Place],
    owners: &'s Owners,
    order: &'s Order,
}

impl Shown<'_> {
    /// Adds entries for a stretch that nobody claimed.
    fn fill(&self, span: Span, entries: &mut Vec<Entry>) {
        let mut at = span.start;
        let mut row = self.sheet.row_at(span.start);
        let mut push = |start: u32, end: u32, fate: Fate, note: Option<NoteId>| {
            if start < end {
                let rule = match fate {
                    Fate::Layout => "layout",
                    Fate::Drop(_) => "article",
                    _ => "unclaimed",
                };
                entries.push(Entry { span: Span { start, end }, fate, note, rule });
            }
        };
        while at < span.end {
            let Some(printed) =
                self.sheet.rows.get(row as usize).filter(|printed| printed.span.start < span.end)
            else {
                push(at, span.end, Fate::Layout, None);
                return;
            };
            let start = printed.span.start.max(at);
            push(at, start, Fate::Layout, None);
            let end = printed.span.end.min(span.end);
            for (part, owner) in self.owners.parts(Span { start, end }) {
                let (fate, note) = match owner.map_or(self.places[row as usize], Place::Note) {
                    Place::Body => (Fate::Body, None),
                    Place::Note(id) => (Fate::Note(self.order.new_id(id)), Some(self.order.new_id(id))),
                    Place::Gone => (Fate::Layout, None),
                    Place::Outside(reason) => (Fate::Drop(reason), None),
                };
                push(part.start, part.end, fate, note);
            }
            at = end;
            row += 1;
        }
    }

    fn claimed(&self, claim: &Claim) -> Entry {
        let fate = match claim.fate.clone() {
            Fate::Marker(id) => Fate::Marker(self.order.new_id(id)),
            Fate::Label(id) => Fate::Label(self.order.new_id(id)),
            fate => fate,
        };
        let row: RowId = self.sheet.row_at(claim.span.start);
        let place = self.places.get(row as usize).copied().unwrap_or_default();
        let note = match self.owners.at(claim.span.start).map_or(place, Place::Note) {
            Place::Note(id) => Some(self.order.new_id(id)),
            Place::Body | Place::Gone | Place::Outside(_) => None,
        };
        Entry { span: claim.span, fate, note, rule: claim.rule }
    }
}

/// Turns entries over the shown text into entries over the source: what is not shown is syntax.
fn in_source(
    sheet: &Sheet<'_>,
    pieces: &[Piece],
    body: u32,
    length: u32,
    shown: Vec<Entry>,
    markup: &'static str,
) -> Ledger {
    let mut entries: Vec<Entry> = Vec::with_capacity(shown.len() + pieces.len());
    let syntax = |start: u32, end: u32| Entry {
        span: Span { start, end },
        fate: Fate::Syntax,
        note: None,
        rule: markup,
    };
    let mut at = body;
    if body > 0 {
        let fate = Fate::Meta(Field::FrontMatter);
        entries.push(Entry { span: Span { start: 0, end: body }, fate, note: None, rule: "front-matter" });
    }
    let mut piece = 0;
    for entry in shown {
        // The pieces that this entry shows, wholly or in part.
        while piece < pieces.len() && pieces[piece].shown.end <= entry.span.start {
            piece += 1;
        }
        let mut index = piece;
        let mut mended = false;
        while let Some(found) = pieces.get(index).filter(|found| found.shown.start < entry.span.end) {
            let shown_part = Span {
                start: found.shown.start.max(entry.span.start),
                end: found.shown.end.min(entry.span.end),
            };
            let (source, fate) = if found.is_same {
                let start = found.source.start + (shown_part.start - found.shown.start);
                (Span { start, end: start + shown_part.len() as u32 }, entry.fate.clone())
            } else {
                let words = shown_part.of(&sheet.text).to_owned();
                let fate = match &entry.fate {
                    Fate::Body | Fate::Note(_) => Fate::Mend(words.into()),
                    fate => fate.clone(),
                };
                (found.source, fate)
            };
            // A replacement is said once, however many pieces it replaces.
            let fate = if mended && matches!(entry.fate, Fate::Mend(_)) { Fate::Syntax } else { fate };
            mended = true;
            if source.start > at {
                entries.push(syntax(at, source.start));
                at = source.start;
            }
            if source.end > at {
                entries.push(Entry { span: Span { start: at, end: source.end }, fate, ..entry });
                at = source.end;
            } else if let (Fate::Mend(more), Some(Entry { fate: Fate::Mend(words), note, .. })) =
                (&fate, entries.last_mut())
            {
                // Two things come from one tag.
                if *note == entry.note {
                    words.to_mut().push_str(more);
                }
            }
            index += 1;
        }
    }
    if at < length {
        entries.push(syntax(at, length));
    }
    Ledger { entries }
}
