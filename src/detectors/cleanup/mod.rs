//! What machines left in the text, one file per habit: each is mended where it stands and written down in the ledger.
//!
//! Left alone everywhere: non-breaking and thin spaces, which belong to the text, and the joiners U+200C and U+200D,
//! which change words in Persian and Hindi and hold emoji together.

mod control_character;
mod ligature;
mod mojibake;
mod soft_hyphen;
mod terminal;

use super::Detector;
use crate::findings::{Findings, Place};
use crate::ledger::Fate;
use crate::options::{Habit, Options};
use crate::sheet::{RowId, Sheet};
use crate::source::Span;

pub(super) const CLEANUP: Detector = Detector { name: "cleanup", find };

/// One kind of mending.
struct Mender {
    habit: Habit,
    /// Returns what to replace in a line that holds something else than ASCII text: bytes of the line, and the words
    /// to put there.
    find: fn(&str) -> Vec<Mending>,
}

/// What to replace in a line, in bytes from its beginning, and by what.
type Mending = (std::ops::Range<usize>, String);

/// Decoration goes first: what stands between its signs is looked at by the others.
const MENDERS: &[Mender] = &[
    Mender { habit: Habit::TerminalDecoration, find: terminal::find },
    Mender { habit: Habit::Mojibake, find: mojibake::find },
    Mender { habit: Habit::Ligatures, find: ligature::find },
    Mender { habit: Habit::SoftHyphens, find: soft_hyphen::find },
    Mender { habit: Habit::ControlCharacters, find: control_character::find },
];

fn find(sheet: &Sheet<'_>, options: &Options, findings: &mut Findings) {
    if sheet.is_marked_up() {
        return;
    }
    for row in 0..sheet.rows.len() as RowId {
        let line = sheet.words(row);
        if is_plain(line) || findings.places[row as usize] == Place::Gone {
            continue;
        }
        let start = sheet.rows[row as usize].span.start as usize;
        for mender in MENDERS.iter().filter(|mender| !options.keeps(mender.habit)) {
            for (range, words) in (mender.find)(line) {
                let span = Span::new(start + range.start, start + range.end);
                findings.claim(span, Fate::Mend(words.into()), mender.habit.name());
            }
        }
    }
    mend_metadata(options, findings);
}

/// Mends what was read of a text before: its title and the names of its authors.
fn mend_metadata(options: &Options, findings: &mut Findings) {
    let found = &mut findings.metadata;
    let lines = found.title.iter_mut().chain(&mut found.subtitle).chain(&mut found.authors);
    for value in lines.map(|found| &mut found.value).filter(|value| !is_plain(value)) {
        for mender in MENDERS.iter().filter(|mender| !options.keeps(mender.habit)) {
            for (range, words) in (mender.find)(value).into_iter().rev() {
                value.replace_range(range, &words);
            }
        }
        *value = value.trim().to_owned();
    }
}

/// Tells whether a line holds nothing but ASCII text.
fn is_plain(line: &str) -> bool {
    line.bytes().all(|byte| byte == b'\t' || (b' '..0x7F).contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Applies all mendings to a line.
    fn mended(line: &str, options: &Options) -> String {
        let sheet = crate::readers::read_text(line);
        let mut findings = Findings::new(&sheet);
        find(&sheet, options, &mut findings);
        let mut claims = findings.claims;
        claims.sort_by_key(|claim| claim.span.start);
        let (mut words, mut at) = (String::new(), 0);
        for claim in claims {
            if (claim.span.start as usize) < at {
                continue; // two habits claim it, and the first has mended it
            }
            words += &line[at..claim.span.start as usize];
            if let Fate::Mend(replacement) = claim.fate {
                words += &replacement;
            }
            at = claim.span.end as usize;
        }
        words + &line[at..]
    }

    #[test]
    fn lines_are_mended_and_the_rest_stays() {
        for (line, expected) in [
            ("the ﬁrst of\u{AD}ﬁce", "the first office"),
            ("â€œEbbâ€\u{9d}", "“Ebb”"),
            ("\u{1b}[1mNAME\u{1b}[0m", "NAME"),
            ("N\u{8}NA\u{8}AM\u{8}ME\u{8}E", "NAME"),
            ("a\u{a0}b\u{2009}c", "a\u{a0}b\u{2009}c"),
            ("می\u{200c}خواهم 👩\u{200d}🚀", "می\u{200c}خواهم 👩\u{200d}🚀"),
            ("plain words", "plain words"),
        ] {
            assert_eq!(mended(line, &Options::default()), expected, "{line:?}");
        }
    }

    #[test]
    fn what_the_user_keeps_stays() {
        let options = Options::default().keep(Habit::Ligatures);
        assert_eq!(mended("the ﬁrst of\u{AD}ﬁce", &options), "the ﬁrst ofﬁce");
        assert_eq!(mended("of\u{AD}ﬁce", &Options::default().keep(Habit::All)), "of\u{AD}ﬁce");
    }
}
