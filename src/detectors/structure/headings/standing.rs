//! Short lines that stand as headings do, with nothing that marks them:
//!
//! > … and nobody had ever asked who paid for the rope.
//! >
//! > The bridge
//! >
//! > Then the bridge came, and with it the question …
//!
//! Where a line stands, how it begins and ends, and what is above and below it all count. Left alone: what ends as a
//! sentence does, what the line above announces with a colon, names and values, addresses, lists without signs.

use super::{Heading, Style, numbered};
use crate::detectors::structure::{Lines, ends_sentence};
use crate::findings::{Findings, Shape};
use crate::sheet::{RowId, columns};

/// So much evidence makes a heading.
const ENOUGH: i32 = 3;

/// Where so many headings stand alike, a little less makes another one.
const HABIT: usize = 3;

/// A heading is at most so many words long, and so many columns.
const LONGEST: usize = 16;
const WIDEST: usize = 130;

/// More words than these are unusual.
const LONG: usize = 10;

/// A heading has at most so many printed lines.
const MOST_ROWS: usize = 3;

/// So many short lines after each other, with nothing between, are a list, an address or a poem.
const RUN: usize = 4;

/// Where text is set in so far, all headings stand further out: manual pages are printed so.
const MANUAL_INDENT: u16 = 5;

/// A line that may be a heading.
struct Candidate {
    /// Its first row, and the one after its last: indexes into the rows of the place.
    from: usize,
    to: usize,
    style: Style,
    /// Whether its place or its number says that it is no ordinary line.
    is_distinct: bool,
    /// Whether it may need the company of others: it asks, or is long, and nothing else speaks against it.
    is_wordy: bool,
    evidence: i32,
}

pub(super) fn find(lines: &Lines<'_>, findings: &Findings) -> Vec<(RowId, Heading, Style)> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut run: Vec<Candidate> = Vec::new();
    let mut from = 0;
    while from < lines.rows.len() {
        let to = (from + 1..lines.rows.len())
            .find(|&at| begins_block(lines, findings, at))
            .unwrap_or(lines.rows.len());
        if let Some(candidate) = candidate(lines, findings, from, to) {
            from = candidate.to;
            run.push(candidate);
            if from == to {
                continue;
            }
            found.extend(headings_of(std::mem::take(&mut run)));
        } else {
            found.extend(headings_of(std::mem::take(&mut run)));
            from = to;
        }
    }
    let sure = found.iter().filter(|one| one.evidence >= ENOUGH).count();
    found.retain(|one| one.evidence >= ENOUGH || (sure >= HABIT && one.is_wordy));
    let outdented = found.iter().filter(|one| one.is_outdented(lines)).count();
    if lines.sheet.measure.indent >= MANUAL_INDENT && outdented > 0 {
        found.retain(|one| one.is_outdented(lines));
    }
    found.into_iter().map(|one| one.heading(lines)).collect()
}

/// A run that leads to text is headings; a long one of ordinary lines is something else.
fn headings_of(run: Vec<Candidate>) -> Vec<Candidate> {
    if run.len() < RUN { run } else { run.into_iter().filter(|one| one.is_distinct).collect() }
}

impl Candidate {
    fn is_outdented(&self, lines: &Lines<'_>) -> bool {
        is_outdented(lines, self.from)
    }

    fn heading(&self, lines: &Lines<'_>) -> (RowId, Heading, Style) {
        let heading =
            Heading { level: 1, rows: self.to - self.from, signs: Vec::new(), rule: "standing-heading" };
        (lines.rows[self.from], heading, self.style)
    }
}

fn begins_block(lines: &Lines<'_>, findings: &Findings, at: usize) -> bool {
    let is_code = |at: usize| findings.shapes[lines.rows[at] as usize] == Shape::Code;
    lines.row(at).gap > 0
        || is_code(at) != is_code(at - 1)
        || lines.is_item(at)
        || lines.has_paragraph_a_line()
}

/// Weighs the first lines of a block.
fn candidate(lines: &Lines<'_>, findings: &Findings, from: usize, to: usize) -> Option<Candidate> {
    let is_code = findings.shapes[lines.rows[from] as usize] == Shape::Code;
    if is_code || lines.is_item(from) || to == lines.rows.len() && to - from <= MOST_ROWS {
        return None; // nothing stands below it
    }
    let is_whole = to - from <= MOST_ROWS && (from + 1..to).all(|at| goes_on(lines, at));
    let end = if is_whole { to } else { from + 1 };
    if !is_whole && !is_broken_off(lines, from) {
        return None;
    }
    let words = lines.joined_without_markers(from, end);
    let centred = is_centred(lines, from);
    let outdented = is_outdented(lines, from);
    let depth = numbered::depth(&words);
    if !could_be(&words, depth.is_some()) || (columns(&words) > lines.width_or(WIDEST) && end - from == 1) {
        return None;
    }
    let of_neighbours = of_neighbours(lines, findings, from, end);
    let is_wordy = is_whole && of_neighbours >= 0 && (asks(&words) || is_long(&words));
    let evidence = of_place(lines, from, end, is_whole)
        + of_words(&words, depth)
        + of_neighbours
        + if centred || outdented { 3 } else { 0 }
        + i32::from(columns(&words) * 10 <= lines.width_or(100) * 6);
    let style = match numbered::decimal_depth(&words) {
        Some(depth) => Style::Numbered(depth),
        None if centred => Style::Centred,
        None => Style::At(lines.row(from).indent),
    };
    let is_distinct = centred || outdented || depth.is_some();
    (evidence >= ENOUGH - 1).then_some(Candidate { from, to: end, style, is_distinct, is_wordy, evidence })
}

/// Tells whether a line has the form of a heading at all.
fn could_be(words: &str, is_numbered: bool) -> bool {
    let capitals =
        words.chars().filter(|c| c.is_uppercase()).count() >= 2 && !words.contains(char::is_lowercase);
    let is_open = !ends_sentence(words)
        || asks(words)
        || ((capitals && columns(words) <= 60 || is_numbered && words.split_whitespace().count() <= 2)
            && words.ends_with('.'));
    let first = words.chars().next().unwrap_or(' ');
    let is_quoted =
        matches!(first, '“' | '«' | '"' | '„' | '「') && words.ends_with(['”', '»', '"', '“', '」']);
    let is_sign = matches!(
        first,
        '>' | '|'
            | '['
            | '［'
            | '【'
            | '〔'
            | '('
            | '（'
            | '{'
            | '<'
            | '='
            | '$'
            | '+'
            | '-'
            | '–'
            | '—'
            | '*'
            | '•'
    );
    let is_sentence = words.contains(['。', '．', '，', '；', '،', '؛'])
        || words.split(". ").skip(1).any(|part| part.starts_with(char::is_uppercase)) && !is_numbered;
    is_open
        && !(is_quoted || is_sign || is_sentence)
        && !words.ends_with([',', ';', '-', '，', '；', '、', '．', '…', '|', '=', '{', '\\'])
        && words.split_whitespace().count() <= LONGEST
        && columns(words) <= WIDEST
        && !words.contains("://")
        && !is_index_entry(words)
        && !words.contains("   ")
        && words.chars().any(char::is_alphabetic)
}

/// `Barge, 4, [33], 41`: words, and the pages of them.
fn is_index_entry(words: &str) -> bool {
    let is_page = |part: &&str| {
        let bare = part.trim_matches([' ', '[', ']', '(', ')']);
        !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–'))
    };
    words.split(',').skip(1).filter(is_page).count() >= 2
}

/// What stands alone between blank lines is more likely a heading than what stands right above its text.
fn of_place(lines: &Lines<'_>, from: usize, to: usize, is_whole: bool) -> i32 {
    let row = lines.row(from);
    let indent = lines.sheet.measure.indent;
    let is_set_in = row.indent > indent + 1 && !is_centred(lines, from);
    let usual_gap = 1;
    let wide_gap = row.gap > usual_gap && lines.rows.get(to).is_some_and(|_| lines.row(to).gap < row.gap);
    let apart = if is_whole && lines.stands_apart(from, to) { 2 } else { 1 };
    apart + i32::from(wide_gap) - i32::from(is_set_in)
}

fn of_words(words: &str, depth: Option<usize>) -> i32 {
    let first = words.chars().next().unwrap_or(' ');
    let begins = match () {
        () if words.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase) => -2,
        () if first.is_alphabetic() || matches!(first, '¿' | '¡' | '«' | '“' | '"' | '‘') => 1,
        () => 0,
    };
    let capitals =
        words.chars().filter(|c| c.is_uppercase()).count() >= 3 && !words.contains(char::is_lowercase);
    let number = match depth {
        Some(1) => 2,
        Some(_) => 3,
        None => 0,
    };
    begins + i32::from(capitals) + number
        - i32::from(asks(words))
        - i32::from(is_long(words))
        - of_colon(words)
}

fn asks(words: &str) -> bool {
    words.ends_with(['?', '!', '؟', '？', '！'])
}

fn is_long(words: &str) -> bool {
    words.split_whitespace().count() > LONG || columns(words) > 90
}

/// A name before a colon makes a line a field rather than a heading.
fn of_colon(words: &str) -> i32 {
    let Some((name, _)) = words.split_once(": ") else { return 0 };
    let is_name = name.split_whitespace().count() <= 2 && !name.contains(|c: char| c.is_ascii_digit());
    if numbered::depth(words).is_some() {
        0
    } else if is_name {
        2
    } else {
        1
    }
}

/// What is above may announce the line, and what is below may go on with it.
fn of_neighbours(lines: &Lines<'_>, findings: &Findings, from: usize, to: usize) -> i32 {
    let mut evidence = 0;
    let is_close = lines.has_paragraph_a_line() && !lines.stands_apart(from, to);
    if let Some(above) = from.checked_sub(1) {
        let words = lines.words(above);
        evidence -= if words.ends_with([':', '：']) { 3 } else { 0 };
        evidence -= i32::from(words.ends_with([',', ';', '，', '；']));
        // Without blank lines around it, a heading parts two that are longer.
        if is_close && !lines.is_item(above) {
            evidence += i32::from(ends_sentence(words) && !words.ends_with([':', '：']));
        }
    }
    if to < lines.rows.len() {
        let below = lines.words(to);
        evidence -= if below.starts_with(char::is_lowercase) { 2 } else { 0 };
        evidence -= i32::from(findings.shapes[lines.rows[to] as usize] == Shape::Code);
        let is_longer = columns(below) * 2 >= columns(&lines.joined_without_markers(from, to)) * 3;
        if is_close && (below.chars().count() >= 80 || (ends_sentence(below) && is_longer)) {
            evidence += 1;
        } else if is_close && !is_longer && !lines.is_item(to) && lines.row(to).gap == 0 {
            evidence -= 1; // lines of verse, or of a list
        }
    }
    evidence
}

fn is_outdented(lines: &Lines<'_>, at: usize) -> bool {
    let indent = lines.sheet.measure.indent;
    indent >= 2 && lines.row(at).indent < indent
}

fn is_centred(lines: &Lines<'_>, at: usize) -> bool {
    let row = lines.row(at);
    let indent = lines.sheet.measure.indent;
    lines.sheet.measure.width.is_some_and(|width| {
        let right = row.indent + row.width;
        row.indent > indent + 6 && (row.indent + right).abs_diff(width + indent) <= 10
    })
}

/// Tells whether a heading goes on in this row: both are centred, or the first word had no room above.
fn goes_on(lines: &Lines<'_>, at: usize) -> bool {
    let both = is_centred(lines, at - 1) && is_centred(lines, at);
    both || lines.sheet.fills_the_measure(lines.rows[at - 1], lines.rows[at])
}

/// Tells whether a line right above its text was broken off although the next word had room, by far.
fn is_broken_off(lines: &Lines<'_>, at: usize) -> bool {
    let Some(width) = lines.sheet.measure.width.filter(|_| !lines.is_item(at)) else { return false };
    let (row, below) = (lines.row(at), lines.row(at + 1));
    let next = lines.words(at + 1);
    let word = columns(next.split_whitespace().next().unwrap_or_default());
    let end = usize::from(row.indent) + usize::from(row.width) + 1 + word;
    let is_text = usize::from(below.indent) + usize::from(below.width) >= usize::from(width) * 7 / 10;
    end * 10 <= usize::from(width) * 8
        && is_text
        && !next.starts_with(char::is_lowercase)
        && !lines.is_item(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Findings;

    /// The headings of a text, as printed.
    fn headings(text: &str) -> Vec<String> {
        let sheet = crate::readers::read_text(text);
        let findings = Findings::new(&sheet);
        let starts: Vec<u32> = sheet.rows.iter().map(|row| row.span.start).collect();
        let ends: Vec<u32> = sheet.rows.iter().map(|row| row.span.end).collect();
        let rows: Vec<RowId> = (0..sheet.rows.len() as RowId).collect();
        let lines = Lines::new(&sheet, &starts, &ends, &rows);
        let found = find(&lines, &findings);
        found
            .iter()
            .map(|(row, heading, _)| {
                lines.joined_without_markers(*row as usize, *row as usize + heading.rows)
            })
            .collect()
    }

    #[test]
    fn headings_stand_apart_and_end_no_sentence() {
        let text = "The old ferry had crossed the river for as long as\n\
                    anybody in the village could say, and nobody had\n\
                    ever asked who paid for the rope of it.\n";
        for (line, is_heading) in [
            ("The bridge", true),
            ("XII: The bridge", true),
            ("Chapter 4", true),
            ("Who paid for the rope?", true),
            ("The bridge.", false),
            ("The bridge:", false),
            ("the bridge", false),
            ("Keeper: Iona Vale", false),
            ("https://harbour.example", false),
            ("“The bridge”", false),
            ("2 days ago", false),
            ("Barge, 4, [33], 41", false),
            ("- The bridge", false),
            ("", false),
        ] {
            let expected = if is_heading { vec![line] } else { vec![] };
            assert_eq!(headings(&format!("{text}\n{line}\n\n{text}")), expected, "{line:?}");
        }
    }

    #[test]
    fn neighbours_speak_for_and_against() {
        let text = "The old ferry had crossed the river for as long as\n\
                    anybody in the village could say, and nobody had\n\
                    ever asked who paid for the rope of it";
        for (what, above, below, expected) in [
            ("between paragraphs", ".\n\n", "\n\n", 1),
            ("right above its text", ".\n\n", "\n", 1),
            ("after an announcement", ":\n\n", "\n\n", 0),
            ("in the middle of a paragraph", ".\n", "\n", 0),
        ] {
            let text = format!("{text}{above}The bridge{below}{text}.\n");
            assert_eq!(headings(&text).len(), expected, "{what}");
        }
        let list = format!("{text}.\n\nEbb\n\nFlood\n\nSlack\n\nSpring\n\n{text}.\n");
        assert_eq!(headings(&list), Vec::<String>::new(), "a list without signs");
        assert_eq!(headings(&format!("{text}.\n\nThe end\n")), Vec::<String>::new(), "nothing below");
    }

    #[test]
    fn headings_stand_further_out_than_a_text_that_is_set_in() {
        let text = "       The old ferry had crossed the river for as long as\n       \
                    anybody in the village could say, and nobody had\n       \
                    ever asked who paid for the rope of it.\n\n";
        let page =
            format!("the bridge\n{text}   Of the rope: its length\n{text}       A short line\n\n{text}");
        assert_eq!(headings(&page), ["the bridge", "Of the rope: its length"]);
    }
}
