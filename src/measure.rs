//! How the lines of a text are set: their usual indent, and the column where they were broken.
//!
//! Readers measure the whole text; once notes are found, the body and the notes are measured each for itself.

use crate::sheet::{Row, columns};

/// Lines longer than this were not broken to fit a page or a screen.
const WIDEST_MEASURE: u16 = 132;

/// Pages are set in letters of different widths, so their lines hold more columns or fewer.
const PLAY: usize = 4;

/// How the lines of a text are set: what is usual on this sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measure {
    /// Columns before the lines of an ordinary paragraph.
    pub(crate) indent: u16,
    /// The column where lines were broken; none if every paragraph is one line.
    pub(crate) width: Option<u16>,
    /// Whether paragraphs are told apart by blank lines.
    pub(crate) spaced: bool,
}

impl Measure {
    /// Measures rows of a text.
    pub(crate) fn of(rows: &[Row], text: &str) -> Self {
        let mut indents = std::collections::BTreeMap::<u16, usize>::new();
        for row in rows {
            *indents.entry(row.indent).or_default() += usize::from(row.width);
        }
        let indent = indents.iter().rev().max_by_key(|&(_, width)| width).map_or(0, |(&indent, _)| indent);
        // What begins a page stands apart from the page before in any case.
        let apart = rows.windows(2).filter(|pair| pair[1].gap > 0 && pair[0].page == pair[1].page).count();
        Self { indent, width: broken_at(rows, text), spaced: apart * 12 >= rows.len() }
    }
}

/// Finds the column at which lines were broken: the one that most lines reach no further than, while the first word of
/// the next line would have reached further. Lines in the middle of a sentence know best.
fn broken_at(rows: &[Row], text: &str) -> Option<u16> {
    // No line was broken before a full stop: these were broken around elements of a web page.
    if rows.last().is_some_and(|row| row.page == 0)
        && rows.iter().filter(|row| row.gap == 0 && begins_with_stop(row.span.of(text))).count() > 2
    {
        return None;
    }
    let goes_on = |next: &Row| next.gap == 0 && !is_numbered_address(next.span.of(text));
    // Columns are set line by line.
    let is_pair =
        |pair: &&[Row]| goes_on(&pair[1]) && pair[0].width > 20 && !pair[0].span.of(text).contains("   ");
    let pairs: Vec<&[Row]> = rows.windows(2).filter(is_pair).collect();
    let inside: Vec<&[Row]> = pairs.iter().copied().filter(|pair| is_inside_sentence(pair, text)).collect();
    let is_prose = inside.len() >= 2;
    let broken = if is_prose { &inside } else { &pairs };
    let is_paged = rows.last().is_some_and(|row| row.page > 0);
    let found = column_of_most(broken, text, 0);
    let (best, width) = match found {
        (best, _) if best * 2 < broken.len() && is_paged => column_of_most(broken, text, PLAY),
        found => found,
    };
    let is_kept = is_kept(rows, width + width / 4, is_prose);
    (broken.len() >= 2 && best * 2 >= broken.len() && width >= 24 && is_kept).then_some(width as u16)
}

/// Tells whether a row begins with a comma or full stop that stands alone.
pub(crate) fn begins_with_stop(words: &str) -> bool {
    let rest = words.strip_prefix(['.', ',', ';', '。', '，']);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Tells whether few lines reach further than where lines are broken. Where they are not, lines that look alike, such
/// as verse, stand between paragraphs of one long line each.
fn is_kept(rows: &[Row], far: usize, is_prose: bool) -> bool {
    let is_wide = |row: &Row| usize::from(row.indent) + usize::from(row.width) > far;
    let lone = (0..rows.len()).filter(|&at| {
        is_wide(&rows[at])
            && (at == 0 || rows[at].gap > 0)
            && rows.get(at + 1).is_none_or(|below| below.gap > 0)
    });
    let width = |row: &Row| usize::from(row.width);
    let in_paragraphs: usize = lone.map(|at| width(&rows[at])).sum();
    let wider = rows.iter().filter(|row| is_wide(row)).count();
    wider * 4 <= rows.len() && (is_prose || in_paragraphs * 4 <= rows.iter().map(width).sum())
}

/// Tells whether a sentence goes on from one line to the next.
fn is_inside_sentence(pair: &[Row], text: &str) -> bool {
    let is_open = pair[0].span.of(text).ends_with(|c: char| c.is_alphanumeric() || c == ',');
    is_open && pair[1].span.of(text).starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase())
}

/// Returns how many pairs of lines a column, give or take `play`, may have parted, and the column.
fn column_of_most(pairs: &[&[Row]], text: &str, play: usize) -> (usize, usize) {
    let mut steps = vec![0_i32; usize::from(WIDEST_MEASURE) + 2];
    for pair in pairs {
        let end = usize::from(pair[0].indent) + usize::from(pair[0].width);
        if end <= usize::from(WIDEST_MEASURE) {
            let word = pair[1].span.of(text).split_whitespace().next().unwrap_or_default();
            steps[end.saturating_sub(play)] += 1;
            steps[(end + 1 + columns(word) + play).min(usize::from(WIDEST_MEASURE) + 1)] -= 1;
        }
    }
    let (mut fitting, mut best, mut width) = (0, 0, 0);
    for (column, step) in steps.iter().enumerate() {
        fitting += step;
        if fitting > best {
            (best, width) = (fitting, column);
        }
    }
    (best.unsigned_abs() as usize, width)
}

/// Tells whether a line is one of a list of addresses, such as `12. https://…`: its author ended the line before.
fn is_numbered_address(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '.' | ' '));
    rest.len() < line.len() && rest.contains("://") && !rest.contains(' ')
}

#[cfg(test)]
mod tests {
    use crate::readers::read_text;

    #[test]
    fn the_measure_is_where_lines_were_broken() {
        let wrapped = "The old ferry had crossed the river for as long as\n\
                       anybody in the village could say, and nobody had\n\
                       ever asked who paid for the rope.\n\n\
                       Then the bridge came, and with it the question of\n\
                       what to do with a ferryman.\n";
        assert!(read_text(wrapped).measure.width.is_some_and(|width| (50..=52).contains(&width)));
        let unwrapped = "One paragraph a line, as long as it takes, and then some more words to make it really long, \
                         far longer than any page is wide, because a program wrote it.\nShort.\nAnother line, again \
                         as long as a paragraph takes when nobody breaks it, so that it runs and runs and runs on.\n";
        assert_eq!(read_text(unwrapped).measure.width, None);
    }
}
