//! A plain cover: the title and the authors, set in the look of the quiet theme. The same words, the same bytes.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

/// What the template of the cover needs, in units of a picture of 1200 by 1800.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Cover {
    pub(super) title: Vec<Line>,
    pub(super) title_size: usize,
    pub(super) authors: Vec<Line>,
}

/// A line of words and where its baseline is.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    pub(super) y: usize,
    pub(super) words: String,
}

/// How wide a line may be.
const MEASURE: usize = 960;

/// The sizes that a title is tried in, and how many lines each may fill.
const SIZES: &[(usize, usize)] = &[(130, 4), (104, 6), (84, 8), (66, 10)];

/// No more of a title is looked at, in characters.
const LONGEST: usize = 400;

const AUTHOR_SIZE: usize = 54;

/// Sets a cover; what is too long for the smallest size is cut with an ellipsis.
pub(super) fn set(title: &str, authors: &[&str]) -> Cover {
    let title: String = title.chars().take(LONGEST).collect();
    let fits = SIZES.iter().find(|&&(size, most)| wrapped(&title, measure(size)).len() <= most);
    let &(title_size, most) = fits.unwrap_or(&SIZES[SIZES.len() - 1]);
    let mut lines = balanced(&title, measure(title_size));
    if lines.len() > most {
        lines.truncate(most);
        lines[most - 1].push('…');
    }
    let step = title_size * 5 / 4;
    let at = |top: usize, step: usize| move |(nth, words)| Line { y: top + nth * step, words };
    let below = 420 + lines.len() * step;
    let mut names: Vec<String> =
        authors.iter().flat_map(|name| balanced(name, measure(AUTHOR_SIZE))).collect();
    let most_names = (1640_usize.saturating_sub(below + 120)) / 72;
    if names.len() > most_names {
        names.truncate(most_names.max(1));
        names.push("…".to_owned());
    }
    Cover {
        title: lines.into_iter().enumerate().map(at(420, step)).collect(),
        title_size,
        authors: names.into_iter().enumerate().map(at(below + 120, 72)).collect(),
    }
}

/// Returns how many columns fit on a line: a column of a terminal is about half a letter's height wide in a serif face.
fn measure(size: usize) -> usize {
    MEASURE * 2 / size
}

/// Cuts words into as few lines as fit, and these into lines of about the same length.
fn balanced(words: &str, most: usize) -> Vec<String> {
    let count = wrapped(words, most).len();
    let narrower =
        (1..most).rev().map(|columns| wrapped(words, columns)).take_while(|lines| lines.len() == count);
    narrower.last().unwrap_or_else(|| wrapped(words, most))
}

/// Cuts words into lines of at most so many columns.
fn wrapped(words: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut push = |word: &str, is_new_word: bool| {
        let Some(line) = lines.last_mut() else { return };
        let gap = usize::from(is_new_word && !line.is_empty());
        if line.is_empty() || line.width() + gap + word.width() <= most {
            line.push_str(&" ".repeat(gap));
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    };
    for word in words.split_whitespace() {
        if word.width() <= most && word.chars().all(|c| c < '\u{2E80}') {
            push(word, true);
            continue;
        }
        // Scripts without spaces break anywhere, and so does a word that is longer than a line.
        for (at, c) in word.char_indices() {
            push(&word[at..at + c.len_utf8()], at == 0);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_cut_into_lines_that_fit() {
        let words = |cover: &Cover| cover.title.iter().map(|line| line.words.clone()).collect::<Vec<_>>();
        let short = set("The ferry that nobody paid for", &["Iona Vale"]);
        assert_eq!(words(&short), ["The ferry", "that nobody", "paid for"]);
        assert_eq!(short.authors, [Line { y: 420 + 3 * 162 + 120, words: "Iona Vale".to_owned() }]);
        assert_eq!(words(&set("渡し船と縄と鐘の物語について", &[])), ["渡し船と縄と鐘", "の物語について"]);
        for long in ["ebb and flow ".repeat(100), "x".repeat(900), "渡".repeat(900)] {
            let cover = set(&long, &["Iona Vale"; 60]);
            let bottom = cover.title.iter().chain(&cover.authors).map(|line| line.y).max();
            assert!(bottom.is_some_and(|y| y < 1800), "{bottom:?}");
            assert!(cover.title.iter().all(|line| line.words.width() <= MEASURE * 2 / cover.title_size + 1));
        }
    }
}
