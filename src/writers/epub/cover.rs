//! A plain cover: the title and the authors, set in the look of the quiet theme. The same words, the same bytes.

use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

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
    let fits = SIZES
        .iter()
        .find(|&&(size, most)| wrapped(&pieces(&title, measure(size)), measure(size)).len() <= most);
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
    let pieces = pieces(words, most);
    let widest = pieces.iter().map(|piece| piece.words.width()).max().unwrap_or(0);
    let lines = wrapped(&pieces, most);
    let narrower = (widest..most).rev().map(|columns| wrapped(&pieces, columns));
    narrower.take_while(|narrow| narrow.len() == lines.len()).last().unwrap_or(lines)
}

/// Words that stay on one line.
struct Piece<'w> {
    words: &'w str,
    /// Whether a space stands before it.
    is_new_word: bool,
}

/// Sets pieces into lines of at most so many columns, or of one piece.
fn wrapped(pieces: &[Piece<'_>], most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for piece in pieces {
        let Some(line) = lines.last_mut() else { continue };
        let gap = usize::from(piece.is_new_word && !line.is_empty());
        if line.is_empty() || line.width() + gap + piece.words.width() <= most {
            line.push_str(&" ".repeat(gap));
            line.push_str(piece.words);
        } else {
            lines.push(piece.words.to_owned());
        }
    }
    lines
}

/// Signs that begin no line, and signs that end none (JIS X 4051, W3C Requirements for Japanese Text Layout §3.1.7).
const NEVER_FIRST: &str = "、。，．・：；？！゛゜ヽヾゝゞ々〻ー〜～‐–—―…‥％’”»›）〕］｝〉》」』】〙〗〟｠ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ,.:;?!%)]}";
const NEVER_LAST: &str = "‘“«‹（〔［｛〈《「『【〘〖〝｟([{";

/// Cuts words where a line may end: at spaces, between the signs of scripts without them, and anywhere within a word that
/// is longer than a line.
fn pieces(words: &str, most: usize) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for word in words.split_whitespace() {
        let whole = Piece { words: word, is_new_word: true };
        for piece in cut(&whole, |before, after| is_ideograph(before) || is_ideograph(after)) {
            if piece.words.width() <= most {
                pieces.push(piece);
            } else {
                pieces.extend(cut(&piece, |_, _| true));
            }
        }
    }
    pieces
}

/// Cuts a piece between two letters where `may_end` says so, no rule forbids it, and no letter stands on another one.
fn cut<'w>(piece: &Piece<'w>, may_end: impl Fn(char, char) -> bool) -> Vec<Piece<'w>> {
    let Piece { words, mut is_new_word } = *piece;
    let (mut cut, mut start, mut before) = (Vec::new(), 0, None);
    for (at, after) in words.char_indices() {
        let is_end = before.is_some_and(|before| {
            may_end(before, after)
                && after.width() != Some(0)
                && !NEVER_FIRST.contains(after)
                && !NEVER_LAST.contains(before)
        });
        if is_end {
            cut.push(Piece { words: &words[start..at], is_new_word: std::mem::take(&mut is_new_word) });
            start = at;
        }
        before = Some(after);
    }
    cut.push(Piece { words: &words[start..], is_new_word });
    cut
}

/// Tells whether a letter belongs to Chinese or Japanese. Korean has spaces, and keeps its words whole.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{30FF}' | '\u{31F0}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
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
        for long in ["ebb and flow ".repeat(100), "x".repeat(900), "渡".repeat(900), "。".repeat(900)] {
            let cover = set(&long, &["Iona Vale"; 60]);
            let bottom = cover.title.iter().chain(&cover.authors).map(|line| line.y).max();
            assert!(bottom.is_some_and(|y| y < 1800), "{bottom:?}");
        }
        for long in ["ebb and flow ".repeat(100), "x".repeat(900), "渡".repeat(900)] {
            let cover = set(&long, &[]);
            assert!(cover.title.iter().all(|line| line.words.width() <= MEASURE * 2 / cover.title_size + 1));
        }
    }

    #[test]
    fn lines_end_where_they_may() {
        for (words, most, expected) in [
            ("渡し船。縄と鐘", 6, vec!["渡し", "船。縄", "と鐘"]),
            ("船と「鐘」と縄", 6, vec!["船と", "「鐘」", "と縄"]),
            ("ボートとロープ", 8, vec!["ボートと", "ロープ"]),
            ("あのRust入門書", 8, vec!["あのRust", "入門書"]),
            ("渡し船 縄と鐘", 8, vec!["渡し船", "縄と鐘"]),
            ("밧줄과 종소리", 8, vec!["밧줄과", "종소리"]),
            ("a extraordinary", 14, vec!["a", "extraordinary"]),
            ("extraordinary", 5, vec!["extra", "ordin", "ary"]),
            ("ปี่ปี่ปี่", 2, vec!["ปี่ปี่", "ปี่"]),
            ("", 5, vec![""]),
        ] {
            assert_eq!(balanced(words, most), expected, "{words:?}");
        }
    }
}
