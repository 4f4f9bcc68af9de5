//! What only leads back from a note, and the sign it begins with: `1.`, `[2]`, `^ a b`, `↩`.

use crate::document::NoteId;
use crate::findings::Findings;
use crate::ledger::Fate;
use crate::sheet::{Mark, Sheet};
use crate::source::Span;

/// Signs that lead back wherever they stand in a link.
const ARROWS: &str = "↩↵⤴⏎↑⬆⇑⇧▲△^↥⮌⮐⤶←⇦⬅◀◄«‹🔙🡅👆🔼";

/// Words that lead back, in lower case, without signs around them.
const WORDS: &[&str] = &[
    "back",
    "return",
    "jump up",
    "jump back",
    "go back",
    "back to text",
    "back to article",
    "back to content",
    "back to reference",
    "return to text",
    "return to article",
    "top",
    "up",
    "ref",
    "zurück",
    "retour",
    "volver",
    "voltar",
    "torna",
    "terug",
    "назад",
    "вверх",
    "返回",
    "戻る",
    "回到正文",
    "跳回",
    "本文に戻る",
    "本文へ戻る",
    "元に戻る",
    "돌아가기",
    "العودة",
    "tilbage",
    "tillbaka",
    "takaisin",
    "wróć",
    "powrót",
];

/// What stands between signs and links at the beginning of a note.
const BETWEEN: &str = "^↑,;:.()[]{}|/·•-–—*†‡§ \u{A0}\u{FE0E}\u{FE0F}";

/// Tells whether the words of a link lead back and say nothing.
pub(super) fn leads_back(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric() && !ARROWS.contains(c));
    let is_arrow = bare.chars().any(|c| ARROWS.contains(c))
        && !bare.chars().any(|c| c.is_alphabetic() && !ARROWS.contains(c));
    let letters = bare.trim_matches(|c: char| !c.is_alphanumeric());
    // `^2^` is a raised number.
    let is_raised = words.trim().strip_prefix('^').is_some_and(|rest| rest.len() > 1 && rest.ends_with('^'));
    is_arrow && !is_raised
        || WORDS.contains(&letters.to_lowercase().as_str())
        || (letters != bare && begins_to_lead_back(letters))
}

/// Tells whether words such as `Zurück zum Text` begin with some that lead back; where they lead has to say the rest.
pub(super) fn begins_to_lead_back(words: &str) -> bool {
    const MOST: usize = 8;
    let folded = words.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let begins =
        |known: &str| folded.strip_prefix(known).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    words.split_whitespace().count() <= MOST && WORDS.iter().any(|known| begins(known))
}

/// Tells whether words count the references of a note, as old pages of `MediaWiki` do: `1.0`, `1,1`.
pub(super) fn counts_references(words: &str) -> bool {
    let is_number =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    words.split_once(['.', ',']).is_some_and(|(note, count)| is_number(note) && is_number(count))
}

/// One note, whose rows are known.
pub(super) struct Back<'b> {
    pub(super) sheet: &'b Sheet<'b>,
    /// From its first word to its last.
    pub(super) note: Span,
    /// The links that lead back, in order.
    pub(super) links: &'b [Span],
    /// The signs of its references, folded.
    pub(super) signs: &'b [String],
}

impl Back<'_> {
    /// Claims the sign of the note and all that leads back.
    pub(super) fn claim(&self, findings: &mut Findings, id: NoteId, rule: &'static str) {
        let start = self.lead();
        let end = self.tail(start);
        let mut claim = |span: Span| findings.claim(span, Fate::Label(id), rule);
        claim(Span { start: self.note.start, end: start });
        for &link in self.links.iter().filter(|link| link.start >= start && link.end <= end) {
            let before = &self.sheet.text[start as usize..link.start as usize];
            claim(Span {
                start: link.start - (before.len() - before.trim_end().len()) as u32,
                end: link.end,
            });
        }
        claim(Span { start: end, end: self.note.end });
    }

    /// Finds where the note's own words begin.
    fn lead(&self) -> u32 {
        let text = &self.sheet.text[..self.note.end as usize];
        let mut lead = self.note.start as usize;
        let mut is_labelled = false;
        loop {
            let skipped = text[lead..]
                .find(|c| c != '\n' && !BETWEEN.contains(c))
                .map_or(text.len(), |found| lead + found);
            // Letters and carets lead back one after the other; other signs belong to the words unless a link follows.
            let follows =
                |link: &&Span| (lead..=skipped).contains(&(link.start as usize)) && link.end as usize > lead;
            if let Some(link) = self.links.iter().find(follows) {
                lead = link.end as usize;
                is_labelled = true;
            } else if let Some(end) = self.ordinal_at(lead).or_else(|| self.hidden_words(lead)) {
                is_labelled = true;
                lead = end;
            } else if let Some(end) =
                self.printed_sign(lead).or_else(|| self.printed_sign(skipped)).filter(|_| !is_labelled)
            {
                is_labelled = true;
                lead = end;
            } else {
                break;
            }
        }
        if lead > self.note.start as usize {
            lead +=
                text[lead..].chars().take_while(|c| ".:)]}".contains(*c)).map(char::len_utf8).sum::<usize>();
            let is_arrow = |c: &char| "\u{FE0E}\u{FE0F}↑^".contains(*c) || c.is_whitespace();
            lead += text[lead..].chars().take_while(is_arrow).map(char::len_utf8).sum::<usize>();
        }
        lead as u32
    }

    /// Returns the end of the number of an item.
    fn ordinal_at(&self, at: usize) -> Option<usize> {
        let mut numbers = self.sheet.runs_at(at as u32).filter(|run| run.mark == Mark::Ordinal);
        numbers.find(|run| !run.span.is_empty()).map(|run| run.span.end as usize)
    }

    /// Returns the end of words for screen readers before the first link back.
    fn hidden_words(&self, at: usize) -> Option<usize> {
        const LONGEST: usize = 24;
        let link = self.links.iter().map(|link| link.start as usize).find(|&start| start > at)?;
        let words = &self.sheet.text[at..link];
        (words.len() <= LONGEST && leads_back(words.trim_matches([':', ' ', '^']))).then_some(link)
    }

    /// Returns the end of the sign that the note is printed with, if its references have the same.
    fn printed_sign(&self, at: usize) -> Option<usize> {
        let text = &self.sheet.text[at..self.note.end as usize];
        let line = text.lines().next().unwrap_or_default();
        let open = line.len() - line.trim_start_matches(['[', '(', '{', '（', '［', '〔']).len();
        let length = self.sign_length(&line[open..])?;
        let rest = &line[open + length..];
        let close = rest.chars().next().filter(|c| "])}）］〕.:".contains(*c)).map_or(0, char::len_utf8);
        let is_raised = || {
            let mut raised = self.sheet.runs_at(at as u32).filter(|run| run.mark == Mark::Superscript);
            raised.any(|run| run.span.end as usize >= at + open + length)
        };
        let is_number = line[open..].starts_with(|c: char| c.is_ascii_digit());
        let after = at + open + length;
        let leads_back =
            rest.starts_with('(') && self.links.iter().any(|link| link.start as usize == after + 1);
        let stands_alone = rest.is_empty() || rest.starts_with(char::is_whitespace) || leads_back;
        (close > 0 || is_raised() || stands_alone || !is_number).then_some(after + close)
    }

    /// Measures the sign of a reference at the beginning of a line.
    fn sign_length(&self, line: &str) -> Option<usize> {
        let is_sign = |length: &usize| {
            // What closes a sign is none of it, nor what opens the next.
            if line[..*length].ends_with(|c: char| c.is_whitespace() || ".:)]}([{".contains(c)) {
                return false;
            }
            let printed = super::sign::read(&line[..*length], true);
            printed.is_some_and(|printed| self.signs.contains(&printed))
        };
        let ends = line.char_indices().map(|(at, c)| at + c.len_utf8()).take(8);
        let found = ends.filter(is_sign).last()?;
        let goes_on = line[found..].chars().next().is_some_and(char::is_alphanumeric);
        let is_symbol = line.starts_with(|c: char| !c.is_alphanumeric());
        (!goes_on || is_symbol).then_some(found)
    }

    /// Finds where the note's own words end.
    fn tail(&self, from: u32) -> u32 {
        let mut tail = self.note.end as usize;
        loop {
            let text = &self.sheet.text[from as usize..tail];
            let kept =
                text.trim_end_matches(|c: char| BETWEEN.contains(c) || c.is_whitespace() || c.is_numeric());
            let reach = from as usize + kept.len();
            let link = self.links.iter().rev().find(|link| {
                !link.is_empty()
                    && link.start >= from
                    && link.end as usize <= tail
                    && link.end as usize >= reach
            });
            let Some(link) = link else { break };
            tail = link.start as usize;
            let before = &self.sheet.text[from as usize..tail];
            let opened = before.trim_end().strip_suffix(['[', '(']);
            tail = from as usize + opened.unwrap_or(before).trim_end().len();
        }
        tail as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_leads_back() {
        for (words, expected) in [
            ("↩", true),
            ("↩\u{FE0E}", true),
            ("↩2", true),
            ("[↑]", true),
            ("^", true),
            ("Back", true),
            ("(return)", true),
            ("Jump up", true),
            ("Jump up ^", true),
            ("↑ Return to text", true),
            ("本文に戻る", true),
            ("back to the ferry", false),
            ("Vale 1902", false),
            ("1", false),
            ("^1^", false),
            ("", false),
        ] {
            assert_eq!(leads_back(words), expected, "{words:?}");
        }
    }
}
