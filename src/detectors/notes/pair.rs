//! Markers and lists → pairs: a pure function over the two sequences.
//!
//! Each marker looks for the nearest note with its label. Then every list is judged with all the markers it drew:
//! what they prove together decides whether the list is notes at all.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::NoteList;
use super::markers::Marker;
use crate::document::Certainty;
use crate::grammar::{Convention, Grammar, Label, Order, Tie};
use crate::sheet::RowId;
use crate::source::Span;

/// What is known of a list besides its entries.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Setting {
    /// A heading such as `Notes` stands over it.
    pub(crate) headed: bool,
    /// A rule stands over it.
    pub(crate) ruled: bool,
    /// Most of its notes end with an arrow back.
    pub(crate) arrows: bool,
    /// Nothing but furniture follows it.
    pub(crate) last: bool,
    /// How many notes repeat the words before their marker.
    pub(crate) repeats: usize,
}

/// The text around the sequences, as far as the engine asks for it.
pub(crate) trait Context {
    /// Describes a list, given for each entry its first marker.
    fn setting(&self, list: &NoteList, first_markers: &[Option<usize>]) -> Setting;
    /// Returns the word that a marker is glued to; none if it stands apart.
    fn word_before(&self, marker: &Marker) -> Option<&str>;
    /// Tells whether a clause or the row ends after a marker.
    fn ends_clause(&self, marker: &Marker) -> bool;
}

/// A list that was recognised as notes, with the markers of its entries.
#[derive(Clone, Debug)]
pub(crate) struct Paired {
    pub(crate) list: usize,
    pub(crate) convention: &'static Convention,
    /// For each entry its markers, in the order of the text.
    pub(crate) markers: Vec<Vec<usize>>,
    pub(crate) certainty: Certainty,
    pub(crate) evidence: Vec<&'static str>,
}

impl Paired {
    /// Counts the notes that are cited.
    fn used(&self) -> usize {
        self.markers.iter().filter(|cited| !cited.is_empty()).count()
    }
}

/// So many numbered lists of a text are looked at; the others are too plain to be notes.
const CONTENDERS: usize = 24;

/// Finds the numbered lists that are notes: the best first, each with the markers that are left.
///
/// An ordinary list between a marker and its note would take the marker if the nearest list did; so lists contend.
fn contend(
    markers: &[Marker],
    own: &[usize],
    lists: &[NoteList],
    shaped: &[usize],
    tie: Tie,
    context: &impl Context,
) -> Vec<Paired> {
    let plain = |list: usize| {
        let setting = context.setting(&lists[list], &[]);
        (setting.arrows, setting.headed || setting.ruled, lists[list].entries.len(), list)
    };
    let mut contenders: Vec<_> = shaped.iter().map(|&list| plain(list)).collect();
    contenders.sort_unstable_by(|a, b| b.cmp(a));
    contenders.truncate(CONTENDERS);
    let mut left: Vec<usize> = own.to_vec();
    let mut found = Vec::new();
    while !left.is_empty() {
        let best = contenders
            .iter()
            .enumerate()
            .filter_map(|(at, &(arrows, set_off, _, list))| {
                let judged = judge_contender(markers, &left, lists, shaped, list, tie, context)?;
                Some(((arrows, set_off, judged.used(), lists[list].first_row()), at, judged))
            })
            .max_by(|a, b| a.0.cmp(&b.0));
        let Some((_, at, paired)) = best else { break };
        contenders.remove(at);
        left.retain(|marker| !paired.markers.iter().any(|cited| cited.binary_search(marker).is_ok()));
        found.push(paired);
    }
    found
}

/// Judges a numbered list with the markers above it; those above an earlier list only if the numbers do not start
/// again after that list, or the notes are not complete without them.
fn judge_contender(
    markers: &[Marker],
    left: &[usize],
    lists: &[NoteList],
    shaped: &[usize],
    list: usize,
    tie: Tie,
    context: &impl Context,
) -> Option<Paired> {
    let notes = &lists[list];
    let first = notes.entries[0].label.rank()?;
    let above = left.partition_point(|&at| markers[at].row < notes.first_row());
    let restart = left[..above].iter().rev().find(|&&at| markers[at].label.rank() == Some(first));
    let barrier = restart.and_then(|&at| {
        let before = shaped.partition_point(|&other| lists[other].end() <= markers[at].row);
        before.checked_sub(1).map(|other| lists[shaped[other]].end())
    });
    let with = |since: RowId| {
        let from = left.partition_point(|&at| markers[at].row < since);
        let mut cited = vec![Vec::new(); notes.entries.len()];
        for &at in &left[from..] {
            let marker = &markers[at];
            let inside = marker.row >= notes.first_row();
            if marker.row >= notes.end() {
                break;
            }
            let entry = marker.label.rank().and_then(|rank| rank.checked_sub(first)).map(|at| at as usize);
            if let Some(cited) =
                entry.and_then(|entry| cited.get_mut(entry)).filter(|_| !(inside && marker.leads))
            {
                cited.push(at);
            }
        }
        judge(markers, above - from.min(above), notes, list, cited, tie, context)
    };
    let near = barrier.and_then(with);
    let far = || with(0);
    match near {
        Some(near) if near.used() == notes.entries.len() => Some(near),
        Some(near) => far().filter(|far| far.used() > near.used()).or(Some(near)),
        None => far(),
    }
}

/// Pairs markers with the entries of lists.
pub(crate) fn pair(
    markers: &[Marker],
    lists: &[NoteList],
    grammar: &Grammar,
    context: &impl Context,
) -> Vec<Paired> {
    let mut candidates: Vec<(Tie, usize, Paired)> = Vec::new();
    // `[0]` refers to nothing where no note has that number: it is the first of an array.
    let has_zero = lists.iter().any(|list| list.entries[0].label == Label::Number(0));
    let is_wanted = |marker: &Marker| has_zero || marker.label != Label::Number(0);
    for convention in &grammar.conventions {
        let is_own = |&at: &usize| markers[at].convention.name == convention.name;
        let own: Vec<usize> =
            (0..markers.len()).filter(is_own).filter(|&at| is_wanted(&markers[at])).collect();
        if own.is_empty() {
            continue;
        }
        let is_glued = |at: &usize| context.word_before(&markers[*at]).is_some();
        let glued: Vec<usize> = own.iter().copied().filter(is_glued).collect();
        for &(shape, tie) in convention.lists {
            let shaped: Vec<usize> =
                (0..lists.len()).filter(|&at| std::ptr::eq(lists[at].shape, shape)).collect();
            if shaped.is_empty() {
                continue;
            }
            // Beside markers that are glued to words, `(1) the keeper` and `nine (9) boats` are none.
            let apart = (tie == Tie::Loose && glued.len() < own.len()).then_some(&glued);
            for own in apart.into_iter().chain([&own]) {
                let found = pair_one_way(markers, own, lists, &shaped, tie, context);
                candidates.extend(found.into_iter().map(|paired| (tie, paired.used(), paired)));
            }
        }
    }
    candidates.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.2.list.cmp(&b.2.list)));
    take_best(candidates, markers, lists)
}

/// Pairs markers of one convention with the lists of one shape.
fn pair_one_way(
    markers: &[Marker],
    own: &[usize],
    lists: &[NoteList],
    shaped: &[usize],
    tie: Tie,
    context: &impl Context,
) -> Vec<Paired> {
    if shaped.first().is_some_and(|&list| lists[list].shape.order == Order::Counting) {
        return contend(markers, own, lists, shaped, tie, context);
    }
    let mut found = Vec::new();
    for (list, cited) in draw(markers, own, lists, shaped) {
        let at = shaped.partition_point(|&other| other < list);
        let since = at.checked_sub(1).map_or(0, |before| lists[shaped[before]].end());
        let within = |row: RowId| own.partition_point(|&at| markers[at].row < row);
        let reach = within(lists[list].first_row()) - within(since);
        found.extend(judge(markers, reach, &lists[list], list, cited, tie, context));
    }
    found
}

/// Takes the strongest candidates first; a list or a marker belongs to one pair only.
fn take_best(candidates: Vec<(Tie, usize, Paired)>, markers: &[Marker], lists: &[NoteList]) -> Vec<Paired> {
    let mut marker_taken = vec![false; markers.len()];
    let mut rows_taken: BTreeMap<RowId, RowId> = BTreeMap::new();
    let mut taken = Vec::new();
    for (_, _, mut paired) in candidates {
        let list = &lists[paired.list];
        let overlaps =
            rows_taken.range(..list.end()).next_back().is_some_and(|(_, &end)| end > list.first_row());
        paired.markers.iter_mut().for_each(|cited| cited.retain(|&marker| !marker_taken[marker]));
        if overlaps || paired.markers.iter().all(Vec::is_empty) {
            continue;
        }
        rows_taken.insert(list.first_row(), list.end());
        paired.markers.iter().flatten().for_each(|&marker| marker_taken[marker] = true);
        taken.push(paired);
    }
    taken.sort_by_key(|paired| lists[paired.list].first_row());
    taken
}

/// For each list that draws a marker: which markers each of its entries has.
fn draw(
    markers: &[Marker],
    own: &[usize],
    lists: &[NoteList],
    shaped: &[usize],
) -> BTreeMap<usize, Vec<Vec<usize>>> {
    let mut notes: BTreeMap<&Label, Vec<(RowId, usize, usize)>> = BTreeMap::new();
    for &list in shaped {
        for (entry, found) in lists[list].entries.iter().enumerate() {
            notes.entry(&found.label).or_default().push((found.row, list, entry));
        }
    }
    let mut cited: BTreeMap<&Label, usize> = BTreeMap::new();
    for &at in own {
        *cited.entry(&markers[at].label).or_default() += 1;
    }
    // More rows that begin with a symbol than signs in the text: they are bullets.
    notes.retain(|label, rows| !label.is_symbol() || rows.len() <= cited.get(label).copied().unwrap_or(0));
    let mut drawn: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
    let mut symbols_used: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for &at in own {
        let marker = &markers[at];
        let Some(with_label) = notes.get(&marker.label) else { continue };
        let Some((list, entry)) = nearest(marker, with_label, lists, shaped) else { continue };
        if marker.label.is_symbol() && symbols_used.insert((list, entry), at).is_some() {
            continue; // a symbol means the next note with it, once
        }
        drawn.entry(list).or_insert_with(|| vec![Vec::new(); lists[list].entries.len()])[entry].push(at);
    }
    drawn
}

/// Finds the note that a marker means: in the list it stands in itself, else the next one after it, else the last
/// one before it.
fn nearest(
    marker: &Marker,
    with_label: &[(RowId, usize, usize)],
    lists: &[NoteList],
    shaped: &[usize],
) -> Option<(usize, usize)> {
    let is_own_sign = |row: RowId| row == marker.row && marker.leads;
    let around = shaped.partition_point(|&list| lists[list].first_row() <= marker.row);
    if let Some(&list) = around.checked_sub(1).and_then(|at| shaped.get(at))
        && marker.row < lists[list].end()
    {
        let inside = with_label.iter().find(|&&(_, of, _)| of == list)?;
        return (!is_own_sign(inside.0)).then_some((list, inside.2));
    }
    let next = with_label.partition_point(|&(row, ..)| row <= marker.row);
    let after = &with_label[next..];
    let in_sequence = after.iter().find(|&&(_, list, _)| !is_stray(lists, shaped, list));
    if let Some(&(_, list, entry)) = in_sequence.or(after.first()) {
        // A list in between that starts over has ended the block this marker stands in.
        let restarts = shaped.get(around).is_some_and(|&other| {
            other != list
                && !is_stray(lists, shaped, other)
                && lists[other].shape.order != Order::Single
                && lists[list].entries[0].label.rank() <= lists[other].entries[0].label.rank()
        });
        if !restarts {
            return Some((list, entry));
        }
    }
    let before = with_label[..next].iter().rev().find(|&&(row, ..)| !is_own_sign(row))?;
    (lists[before.1].shape.order != Order::Counting && !marker.label.is_symbol())
        .then_some((before.1, before.2))
}

/// Tells whether a note stands alone with a number that does not follow the one before: `[21] Harbour log` among
/// paragraphs, where 1 to 20 stand elsewhere.
fn is_stray(lists: &[NoteList], shaped: &[usize], list: usize) -> bool {
    let [entry] = &lists[list].entries[..] else { return false };
    let before = shaped.partition_point(|&other| other < list).checked_sub(1).map(|at| &lists[shaped[at]]);
    let follows = |list: &NoteList| entry.label.follows(&list.entries[list.entries.len() - 1].label);
    entry.label.rank().is_some_and(|rank| rank > 1) && !before.is_some_and(follows)
}

/// Weighs what a list's markers prove together; `reach` is how many markers stand between it and the list before.
fn judge(
    markers: &[Marker],
    reach: usize,
    notes: &NoteList,
    list: usize,
    cited: Vec<Vec<usize>>,
    tie: Tie,
    context: &impl Context,
) -> Option<Paired> {
    let firsts: Vec<Option<usize>> = cited.iter().map(|of_entry| of_entry.first().copied()).collect();
    let setting = context.setting(notes, &firsts);
    let (entries, used) = (firsts.len(), firsts.iter().flatten().count());
    let ordered = rises(firsts.iter().flatten().map(|&at| markers[at].sign.start));
    // Without signs, one note that is not cited would shift all others.
    let counted = notes.is_unsigned() && !setting.arrows;
    if counted && cites_more(markers, &firsts, notes) {
        return None;
    }
    let complete = used == entries || (!counted && entries >= 8 && used * 8 >= entries * 7);
    let drawn: usize = cited.iter().map(Vec::len).sum();
    let alone = drawn * 10 >= reach * 8;
    let placed = setting.headed || setting.ruled || setting.arrows || setting.last;
    let glued = cited.iter().flatten().filter(|&&at| context.word_before(&markers[at]).is_some()).count();
    let accepted = match tie {
        Tie::Proof => true,
        Tie::Same => {
            (used * 2 >= entries || setting.headed || setting.arrows) && !is_index(markers, &cited, context)
        }
        Tie::Usual => setting.arrows || (ordered && complete && (entries > 1 || placed)),
        Tie::Loose if notes.shape.order == Order::Single => follows_closely(markers, &firsts, notes),
        Tie::Loose => {
            (setting.arrows && used * 2 >= entries)
                || (ordered
                    && complete
                    && alone
                    && placed
                    && (entries > 1 || setting.headed)
                    && (glued * 2 >= drawn
                        || setting.headed
                        || is_plain_row(markers, &cited, setting, context))
                    && !is_array(markers, &cited, setting, context)
                    && !is_one_group(markers, &cited))
        }
    };
    let mut evidence = Vec::new();
    for (holds, name) in [
        (tie == Tie::Proof, "unmistakable-entry"),
        (tie == Tie::Same, "same-sign"),
        (setting.repeats > 0, "anchor-text"),
        (setting.arrows, "backlink-arrow"),
        (setting.headed, "notes-heading"),
        (setting.ruled, "rule-above"),
        (ordered && used > 1, "rising-order"),
        (complete && used > 1, "every-note-cited"),
    ] {
        if holds {
            evidence.push(name);
        }
    }
    let certain = tie == Tie::Proof
        || (ordered && complete && (tie == Tie::Same || setting.headed || setting.arrows || entries > 2));
    let certainty = if certain { Certainty::Certain } else { Certainty::Likely };
    let convention = markers[*cited.iter().flatten().next()?].convention;
    accepted.then_some(Paired { list, convention, markers: cited, certainty, evidence })
}

/// Tells whether the text above a list goes on to cite a note that the list does not have.
fn cites_more(markers: &[Marker], firsts: &[Option<usize>], notes: &NoteList) -> bool {
    let Some(first) = firsts.iter().flatten().next() else { return false };
    let next = Label::Number(notes.entries.len() as u32 + 1);
    let convention = markers[*first].convention.name;
    markers[*first..]
        .iter()
        .take_while(|marker| marker.row < notes.first_row())
        .any(|marker| marker.label == next && marker.convention.name == convention)
}

/// So many numbers in square brackets, one for each note below a rule, are no accident even where none is glued to a word.
const PLAIN_ROW: usize = 4;

/// Tells whether every note below a rule is cited by a number in square brackets, or by one in parentheses that ends a
/// clause.
fn is_plain_row(markers: &[Marker], cited: &[Vec<usize>], setting: Setting, context: &impl Context) -> bool {
    let opens = |at: usize| markers[at].convention.frames[0].open;
    let is_bracketed = |&at: &usize| opens(at) == "[";
    let ends_clause =
        |&at: &usize| opens(at) == "(" && !markers[at].leads && context.ends_clause(&markers[at]);
    setting.ruled
        && (cited.len() >= PLAIN_ROW
            && cited.iter().all(|of_entry| of_entry.first().is_some_and(is_bracketed))
            || cited.iter().flatten().all(ends_clause))
}

/// Tells whether offsets rise, but for one in ten.
fn rises(offsets: impl Iterator<Item = u32>) -> bool {
    let (mut last, mut count, mut falls) = (0, 0, 0);
    for offset in offsets {
        count += 1;
        falls += usize::from(offset < last);
        last = offset;
    }
    falls * 10 <= count
}

/// Tells whether a lone note stands right after the paragraph that cites it, or close below.
fn follows_closely(markers: &[Marker], firsts: &[Option<usize>], list: &NoteList) -> bool {
    firsts
        .iter()
        .flatten()
        .all(|&at| markers[at].row < list.first_row() && list.first_row() - markers[at].row <= 60)
}

/// Tells whether the signs are letters glued to letters, as in `c[x] = a[x]`.
fn is_index(markers: &[Marker], cited: &[Vec<usize>], context: &impl Context) -> bool {
    let letters = cited.iter().flatten().filter(|&&at| matches!(markers[at].label, Label::Sign(_)));
    let is_name = |word: &str| word.chars().rev().take_while(|c| c.is_alphanumeric()).count() == 1;
    let (mut count, mut glued) = (0, 0);
    for &at in letters {
        count += 1;
        glued += usize::from(context.word_before(&markers[at]).is_some_and(is_name));
    }
    count > 0 && glued * 2 > count
}

/// Tells whether the same sign for several notes is all that cites them: `both [1, 2, 3] and "abc"` is a list of numbers.
fn is_one_group(markers: &[Marker], cited: &[Vec<usize>]) -> bool {
    cited.len() > 1
        && cited.iter().all(|of_entry| {
            let groups = |of_entry: &[usize]| -> Vec<Option<Span>> {
                of_entry.iter().map(|&at| markers[at].group).collect()
            };
            groups(of_entry) == groups(&cited[0]) && of_entry.iter().all(|&at| markers[at].group.is_some())
        })
}

/// Tells whether notes end the text that are printed with the sign of their marker, and each has one, in their order.
fn is_closing_list(markers: &[Marker], cited: &[Vec<usize>], setting: Setting) -> bool {
    const ENOUGH: usize = 4;
    setting.last
        && cited.len() >= ENOUGH
        && cited.iter().all(|of_entry| of_entry.len() == 1)
        && cited.iter().flatten().is_sorted()
        && cited.iter().flatten().all(|&at| markers[at].convention.frames[0].open == "(")
}

/// Tells whether the signs look like `a[1]`, `a[2]`: most are glued to a word that has other numbers elsewhere, or one
/// to a word that also has `[0]`, the first of an array. A heading over the notes says that they are no elements.
fn is_array(markers: &[Marker], cited: &[Vec<usize>], setting: Setting, context: &impl Context) -> bool {
    let zeros = markers.iter().filter(|marker| marker.label == Label::Number(0));
    let arrays: BTreeSet<&str> = zeros.filter_map(|marker| context.word_before(marker)).collect();
    let mut glued = cited.iter().flatten().filter_map(|&at| context.word_before(&markers[at]));
    if !arrays.is_empty() && glued.any(|word| arrays.contains(word)) {
        return true;
    }
    if setting.headed || is_closing_list(markers, cited, setting) {
        return false;
    }
    let mut words: BTreeMap<&str, (usize, &Label, bool)> = BTreeMap::new();
    for &at in cited.iter().flatten() {
        let Some(word) = context.word_before(&markers[at]) else { continue };
        let seen = words.entry(word).or_insert((0, &markers[at].label, false));
        seen.0 += 1;
        seen.2 |= *seen.1 != markers[at].label;
    }
    let count: usize = cited.iter().map(Vec::len).sum();
    let indexed: usize = words.values().filter(|(_, _, several)| *several).map(|(count, ..)| count).sum();
    indexed * 2 > count
}
