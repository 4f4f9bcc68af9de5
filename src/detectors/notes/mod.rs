//! The heart: markers and notes found in the layout of a text, paired, and claimed.
//!
//! `markers/` reads the signs in running text and `lists/` the beginnings of notes; `pair` joins the two sequences;
//! this file claims what was joined. What does not pair is never claimed, so it stays as printed.

mod arrows;
mod framed;
mod fused;
mod groups;
mod headings;
mod known_urls;
mod link;
mod lists;
mod loops;
mod markers;
mod pair;
mod split_signs;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) use self::headings::is_notes_heading;
use self::headings::is_rule;
use self::known_urls::KnownUrls;
use self::link::LinkNote;
use self::lists::NoteList;
use self::markers::Marker;
use self::pair::{Context, Paired, Setting, pair};
use super::Detector;
use crate::diagnostic::{Code, LostUrl};
use crate::document::NoteId;
use crate::findings::{Findings, FoundNote, Place};
use crate::grammar::{Grammar, Label};
use crate::ledger::{Fate, Reason};
use crate::options::{Links, Options};
use crate::sheet::{Mark, RowId, Run, Sheet};
use crate::source::Span;
use crate::tag::is_named_place;

pub(super) const NOTES: Detector = Detector { name: "notes", find };

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    if sheet.is_marked_up() && !findings.notes.is_empty() {
        return; // the input has notes of its own
    }
    framed::find(sheet, findings);
    split_signs::find(sheet, options, findings);
    let grammar = Grammar::with(&options.patterns);
    let mut entries = lists::scan(sheet, findings, &grammar);
    let markers = markers::scan(sheet, findings, &grammar);
    let mended = lists::mend_wrong_labels(&mut entries, &markers);
    let mut lists = lists::group(sheet, findings, entries, &markers);
    lists.extend(lists::without_signs(sheet, findings, &lists));
    lists.sort_by_key(NoteList::first_row);
    let mut pairs = pair(&markers, &lists, &grammar, &Printed { sheet, findings });
    loops::cut(&mut pairs, &lists, &markers);
    groups::cut(&mut pairs, &markers);
    for paired in &pairs {
        claim_list(sheet, options, findings, &markers, &lists[paired.list], paired);
    }
    remark_on_wrong_labels(sheet, findings, &lists, &pairs, &mended);
    remark_on_the_rest(sheet, findings, &markers, &lists, &pairs);
    fused::find(sheet, options, findings, &lists);
}

/// The printed text, as the engine asks for it.
struct Printed<'p> {
    sheet: &'p Sheet<'p>,
    findings: &'p Findings,
}

impl Context for Printed<'_> {
    fn setting(&self, list: &NoteList, first_markers: &[Option<usize>]) -> Setting {
        let above = above(self.sheet, self.findings, list.first_row());
        let leads_back = |&at: &usize| list.is_pointed() || !arrows_of(self.sheet, list, at).is_empty();
        let arrows = (0..list.ends.len()).filter(leads_back).count();
        let rest = &self.findings.places[list.end() as usize..];
        Setting {
            headed: above.heading.is_some(),
            ruled: above.rule.is_some() || above.is_parted,
            arrows: arrows * 2 > list.entries.len() || (arrows > 0 && list.entries.len() < 3),
            last: rest.iter().filter(|&&place| place == Place::Body).count() <= 6,
            repeats: first_markers.iter().flatten().count().min(usize::from(!list.shape.pointers.is_empty())),
        }
    }

    fn word_before(&self, marker: &Marker) -> Option<&str> {
        // Words are no longer, and a line without white space costs nothing.
        const LONGEST_WORD: usize = 100;
        let row = self.sheet.rows[marker.row as usize].span;
        let sign = marker.group.unwrap_or(marker.sign);
        let start = (row.start as usize).max((sign.start as usize).saturating_sub(LONGEST_WORD));
        let before = &self.sheet.text[self.sheet.text.ceil_char_boundary(start)..sign.start as usize];
        // `so he wrote ([3])`: the sign stands in parentheses of its own.
        let is_enclosed = self.sheet.text[sign.end as usize..].starts_with(')');
        let before = match before.strip_suffix('(') {
            Some(before) if is_enclosed => before.trim_end(),
            _ => before,
        };
        before.rsplit(char::is_whitespace).next().filter(|word| !word.is_empty())
    }

    fn ends_clause(&self, marker: &Marker) -> bool {
        let row = self.sheet.rows[marker.row as usize].span;
        let after = Span { start: marker.span.end, end: row.end.max(marker.span.end) }.of(&self.sheet.text);
        after.is_empty()
            || after.starts_with(['.', ',', ';', ':', '!', '?', '،', '؛', '؟', '。', '，', '；', '、'])
    }
}

/// What stands over a list of notes.
#[derive(Default)]
struct Above {
    heading: Option<RowId>,
    rule: Option<RowId>,
    /// A thematic break of the markup, which has no row.
    is_parted: bool,
}

/// Looks at the two rows above a list for a heading and a rule.
fn above(sheet: &Sheet<'_>, findings: &Findings, first: RowId) -> Above {
    let mut above = Above::default();
    let rows = (0..first).rev().filter(|&row| findings.places[row as usize] == Place::Body).take(2);
    let mut below = first;
    for row in rows {
        above.is_parted |= sheet.break_parts(row, below);
        below = row;
        let line = sheet.words(row);
        if above.heading.is_none() && is_notes_heading(line) {
            above.heading = Some(row);
        } else if above.rule.is_none() && is_rule(line) {
            above.rule = Some(row);
        } else {
            break;
        }
    }
    above
}

/// Finds the arrows that end a note, the last one first.
fn arrows_of(sheet: &Sheet<'_>, list: &NoteList, at: usize) -> Vec<Span> {
    let end = sheet.rows[list.ends[at] as usize - 1].span.end;
    let note = Span { start: list.entries[at].sign.end.min(end), end };
    let span = |piece: Range<usize>| Span {
        start: note.start + piece.start as u32,
        end: note.start + piece.end as u32,
    };
    arrows::trailing(note.of(&sheet.text)).into_iter().map(span).collect()
}

/// Returns the empty tags at the beginning of a note that its references led to: `<a name="n1"></a>`.
fn named_place(sheet: &Sheet<'_>, start: u32) -> Span {
    let first = sheet.runs.partition_point(|run| run.span.start < start);
    let mut tags = sheet.runs[first..].iter().filter(|run| run.mark == Mark::Html).map(|run| run.span);
    let is_empty = |open: &Span, close: &Span| {
        open.start == start
            && close.start == open.end
            && is_named_place(open.of(&sheet.text), close.of(&sheet.text))
    };
    let pair = tags.next().zip(tags.next()).filter(|(open, close)| is_empty(open, close));
    Span { start, end: pair.map_or(start, |(_, close)| close.end) }
}

fn claim_list(
    sheet: &Sheet<'_>,
    options: &Options,
    findings: &mut Findings,
    markers: &[Marker],
    list: &NoteList,
    paired: &Paired,
) {
    let mut known = KnownUrls::new(options);
    for (at, cited) in paired.markers.iter().enumerate().filter(|(_, cited)| !cited.is_empty()) {
        claim_note(sheet, options, &mut known, findings, markers, list, paired, at, cited);
    }
    for (at, _) in paired.markers.iter().enumerate().filter(|(_, cited)| cited.is_empty()) {
        findings.breaks.extend([list.entries[at].row, list.ends[at]]);
    }
    let all_cited = paired.markers.iter().all(|cited| !cited.is_empty());
    let above = above(sheet, findings, list.first_row());
    if all_cited {
        let cites = |row: RowId| paired.markers.iter().flatten().any(|&marker| markers[marker].row == row);
        for row in [above.heading, above.rule].into_iter().flatten().filter(|&row| !cites(row)) {
            findings.drop_row(sheet, row, Reason::NotesHeading, list.shape.name);
        }
    }
}

#[allow(clippy::too_many_arguments)] // one note of one list: everything it needs, and nothing travels further
fn claim_note(
    sheet: &Sheet<'_>,
    options: &Options,
    known: &mut KnownUrls<'_>,
    findings: &mut Findings,
    markers: &[Marker],
    list: &NoteList,
    paired: &Paired,
    at: usize,
    cited: &[usize],
) {
    let entry = &list.entries[at];
    let rule = paired.convention.name;
    let end = sheet.rows[list.ends[at] as usize - 1].span.end;
    let id = NoteId(findings.notes.len() as u32);
    let text = Span { start: entry.sign.end, end };
    let leads_back = !list.shape.pointers.is_empty();
    let link = leads_back.then(|| LinkNote::read(sheet, text)).flatten();
    let lost = link.as_ref().filter(|link| link.url.is_none());
    let put_back = lost.and_then(|link| known.of(sheet, link));
    if let Some(link) = &link {
        if link.url.is_none() && put_back.is_none() {
            let words = link.words.of(&sheet.text);
            let message = match link.host {
                Some(host) => {
                    format!("the address behind “{words}” is lost; only {} is left", host.of(&sheet.text))
                }
                None => format!("the address behind “{words}” is lost"),
            };
            let span = markers[cited[0]].sign;
            findings.remark(Code::LostUrl, span, message, None);
            let host = link.host.map(|host| host.of(&sheet.text).to_owned());
            findings.lost_urls.push(LostUrl { words: words.to_owned(), host, span });
        }
        if options.links == Links::Inline
            && inline_link(sheet, findings, markers, list, at, link, put_back, cited, rule)
        {
            return;
        }
    }
    for row in entry.row..list.ends[at] {
        if findings.places[row as usize] == Place::Body {
            findings.places[row as usize] = Place::Note(id);
        }
    }
    findings.claim(entry.sign, Fate::Label(id), list.shape.name);
    findings.claim(named_place(sheet, entry.sign.end), Fate::Syntax, "named-place");
    let letters = if leads_back { arrows::letters(text.of(&sheet.text)) as u32 } else { 0 };
    findings.claim(
        Span { start: text.start, end: text.start + letters },
        Fate::Label(id),
        "backlink-letters",
    );
    for &marker in cited {
        let Marker { span, sign, .. } = markers[marker];
        // Apart from the sign, because the white space may belong to the label of a note already.
        findings.claim(Span { start: span.start, end: sign.start }, Fate::Layout, rule);
        findings.claim(Span { start: sign.start, end: span.end }, Fate::Marker(id), rule);
        let rest =
            Span { start: span.end, end: sheet.rows[markers[marker].row as usize].span.end.max(span.end) };
        let address = arrows::address_of_marker(rest.of(&sheet.text)) as u32;
        findings.claim(Span { start: span.end, end: span.end + address }, Fate::Syntax, "marker-address");
    }
    for arrow in arrows_of(sheet, list, at) {
        findings.claim(arrow, Fate::Label(id), "backlink-arrow");
    }
    if list.shape.ends_with.is_some() {
        findings.claim(Span { start: end - 1, end }, Fate::Label(id), list.shape.name);
    }
    let mut evidence = paired.evidence.clone();
    let mut url = None;
    if let Some(link) = link {
        if !link.repeats_the_words_before(sheet, markers[cited[0]].span.start) {
            evidence.retain(|&name| name != "anchor-text");
        }
        // What is left of an address goes when the whole one is back.
        let tail = if put_back.is_some() { Span { start: link.words.end, end } } else { link.tail };
        findings.claim(tail, Fate::Address, list.shape.name);
        url = link.url.map(|url| url.of(&sheet.text)).or(put_back).map(str::to_owned);
    }
    findings.notes.push(FoundNote {
        printed: printed(sheet, &markers[cited[0]]),
        label: None,
        span: Span { start: entry.sign.start, end },
        url,
        certainty: paired.certainty,
        evidence,
    });
}

/// Returns a sign as printed, or its number if it is one of several in a frame.
fn printed(sheet: &Sheet<'_>, marker: &Marker) -> String {
    match (&marker.label, marker.group) {
        (Label::Number(number), Some(_)) => number.to_string(),
        _ => marker.sign.of(&sheet.text).trim().to_owned(),
    }
}

/// Turns a link note into a link on the words before its marker; those of a lost address stay plain.
#[allow(clippy::too_many_arguments)] // one note of one list: everything it needs, and nothing travels further
fn inline_link(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    markers: &[Marker],
    list: &NoteList,
    at: usize,
    link: &LinkNote,
    put_back: Option<&str>,
    cited: &[usize],
    rule: &'static str,
) -> bool {
    let anchors: Option<Vec<Span>> =
        cited.iter().map(|&marker| link.anchor_before(sheet, markers[marker].span.start)).collect();
    let Some(anchors) = anchors else { return false };
    for row in list.entries[at].row..list.ends[at] {
        findings.drop_row(sheet, row, Reason::LinkNote, list.shape.name);
    }
    for (&marker, anchor) in cited.iter().zip(anchors) {
        findings.claim(markers[marker].span, Fate::Syntax, rule);
        if let Some(url) = link.url.map(|url| url.of(&sheet.text)).or(put_back) {
            let mark = Mark::Link { url: url.to_owned(), title: String::new() };
            findings.runs.push(Run { span: anchor, mark });
        }
    }
    true
}

/// Reports notes that are cited by another number than the one they have.
fn remark_on_wrong_labels(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    lists: &[NoteList],
    pairs: &[Paired],
    mended: &BTreeSet<RowId>,
) {
    for paired in pairs {
        for entry in lists[paired.list].entries.iter().filter(|entry| mended.contains(&entry.row)) {
            let Label::Number(meant) = entry.label else { continue };
            let sign = entry.sign.of(&sheet.text).trim().to_owned();
            let message = format!("the note {sign} is read as number {meant}, which stands in its place");
            findings.remark(Code::WrongLabel, entry.sign, message, None);
        }
    }
}

/// Reports markers that look like those of a list but have no note, and notes that nothing cites.
fn remark_on_the_rest(
    sheet: &Sheet<'_>,
    findings: &mut Findings,
    markers: &[Marker],
    lists: &[NoteList],
    pairs: &[Paired],
) {
    let used: BTreeSet<usize> =
        pairs.iter().flat_map(|paired| paired.markers.iter().flatten().copied()).collect();
    let conventions: BTreeSet<&str> = pairs.iter().map(|paired| paired.convention.name).collect();
    for paired in pairs {
        let list = &lists[paired.list];
        for (entry, cited) in list.entries.iter().zip(&paired.markers) {
            if cited.is_empty() {
                let sign = entry.sign.of(&sheet.text).trim().to_owned();
                let message = format!("nothing cites the note {sign}, so it stays in the text");
                findings.remark(Code::NoteWithoutMarker, entry.sign, message, None);
            }
        }
    }
    let signs: BTreeMap<RowId, u32> =
        lists.iter().flat_map(|list| &list.entries).map(|entry| (entry.row, entry.sign.end)).collect();
    for (at, marker) in markers.iter().enumerate() {
        let is_sign = signs.get(&marker.row).is_some_and(|&end| marker.leads || marker.sign.end <= end);
        if conventions.contains(marker.convention.name)
            && !used.contains(&at)
            && !is_sign
            && !marker.label.is_symbol()
            && marker.group.is_none_or(|group| group.start == marker.sign.start)
        {
            let sign = marker.group.unwrap_or(marker.sign);
            let message = format!("no note has the sign {}, so it stays in the text", sign.of(&sheet.text));
            findings.remark(Code::MarkerWithoutNote, sign, message, None);
        }
    }
}
