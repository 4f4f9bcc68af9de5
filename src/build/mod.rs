//! Sheet + findings → document + ledger: the only place that joins lines, nests blocks and moves notes.

mod addresses;
mod inlines;
#[cfg(test)]
mod insets;
mod labels;
mod ledger;
mod link_notes;
mod links;
mod marked_up;
mod order;
mod pages;
mod printed;
mod tiles;

use crate::diagnostic::Diagnostic;
use crate::document::{Block, Document, Inline, Note, NoteId};
use crate::findings::{Claim, Findings, Place};
use crate::insets::Owners;
use crate::ledger::{Fate, Field, Ledger};
use crate::options::{Links, Options};
use crate::sheet::{Mark, Run, Sheet};

use self::inlines::Words;
use self::order::Order;
use self::tiles::tiles;

/// Builds the document once, from everything that was found.
pub(crate) fn build(
    sheet: &Sheet<'_>,
    mut findings: Findings,
    options: &Options,
) -> (Document, Ledger, Vec<Diagnostic>) {
    let mut claims = std::mem::take(&mut findings.claims);
    claims.append(&mut findings.fallbacks);
    let claims = tiles(claims);
    let owners = Owners::of(&findings.insets);
    let order = Order::of(sheet, &findings, &claims, &owners);
    let mut runs: Vec<Run> = [&sheet.runs[..], &findings.runs[..]].concat();
    runs.extend(pages::runs(sheet, &findings));
    runs.sort_by_key(|run| (run.span.start, std::cmp::Reverse(run.span.end)));
    // Notes in the text are claimed already, and thousands of them may stand inside each other.
    runs.retain(|run| run.mark != Mark::Note && !is_taken_out(run, &claims));
    let words = Words { sheet, claims: &claims, runs: &runs, owners: &owners, order: &order };
    let (body, mut notes) = if sheet.is_marked_up() {
        marked_up::blocks(&words, &findings)
    } else {
        printed::blocks(&words, &findings)
    };
    for (blocks, stretches) in notes.iter_mut().zip(owners.stretches(findings.notes.len())) {
        if let Some(first) = stretches.first() {
            blocks.push(Block::Paragraph(words.inset(first.start, &stretches)));
        }
    }
    let mut document = Document {
        blocks: body,
        notes: order.notes(&findings.notes, notes, sheet),
        title_references: title_references(&findings, sheet, &claims, &order),
        metadata: findings.metadata,
    };
    if !options.as_is {
        links::link_addresses(&mut document);
    }
    if options.links == Links::Notes {
        link_notes::make(&mut document);
    }
    let ledger = ledger::ledger(sheet, &findings.places, &claims, &owners, &order);
    let mut diagnostics = findings.diagnostics;
    for remark in &mut diagnostics {
        remark.span = sheet.source_span(remark.span);
    }
    (document, ledger, diagnostics)
}

/// Tells whether claims take all words of a run out of the text: then it marks nothing any more.
fn is_taken_out(run: &Run, claims: &[Claim]) -> bool {
    if run.span.is_empty() || run.mark == Mark::Ordinal {
        return false;
    }
    // The words of a picture are claimed as syntax where it has none.
    let is_picture = matches!(run.mark, Mark::Image { .. });
    let mut at = run.span.start;
    let first = claims.partition_point(|claim| claim.span.end <= at);
    for claim in &claims[first..] {
        let takes = match claim.fate {
            Fate::Marker(_) | Fate::Label(_) | Fate::Drop(_) => true,
            Fate::Syntax => !is_picture,
            _ => false,
        };
        if claim.span.start > at || !takes {
            return false;
        }
        at = claim.span.end;
        if at >= run.span.end {
            return true;
        }
    }
    false
}

/// Finds the notes that the title refers to: markers between words that became the title.
fn title_references(findings: &Findings, sheet: &Sheet<'_>, claims: &[Claim], order: &Order) -> Vec<NoteId> {
    if findings.metadata.title.is_none() || !claims.iter().any(|claim| claim.fate == Fate::Meta(Field::Title))
    {
        return Vec::new();
    }
    let mut references = Vec::new();
    for claim in claims {
        if let Fate::Marker(id) = claim.fate {
            let row = sheet.row_at(claim.span.end.saturating_sub(1)) as usize;
            if findings.places.get(row) == Some(&Place::Gone) && !references.contains(&order.new_id(id)) {
                references.push(order.new_id(id));
            }
        }
    }
    references
}

/// Wraps the text of a note in the link that it is.
fn link_note(note: &mut Note, url: &str) {
    if let [Block::Paragraph(content)] = note.blocks.as_mut_slice() {
        let inner = std::mem::take(content);
        content.push(Inline::Link { url: url.to_owned(), title: String::new(), content: inner });
    }
}
