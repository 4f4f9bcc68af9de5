//! The index of the search: small files that a script in the page reads as it needs them.
//!
//! `search/index.json` names the shards by their first words. A shard is lines of a word, a tab and its places:
//! `ferry⇥0C2A1fP` is the article 0, then 2 further, then 51 further (base 36, lower case), each followed by how much the
//! word weighs there: `A` to `L` in the text, `M` to `X` where it stands in the notes alone. `search/articles-N.json`
//! holds what the results show. A word that most articles have tells nothing and is left out.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;
use rayon::prelude::*;
use serde_json::json;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::article::{Article, is_cjk};
use super::library::Library;
use super::views::Card;
use crate::document::{Block, Inline, each_inline};

/// A shard ends after so many bytes.
const SHARD: usize = 40_000;

/// So many articles stand in one file of results.
const RESULTS: usize = 100;

/// Longer words are no words, in bytes.
const LONGEST: usize = 40;

/// In sites of so many articles, a word that six of ten have is left out.
const MANY: usize = 50;

/// How much a word in the title weighs more.
const TITLE: u32 = 12;

/// Where a word stands: the numbers of articles, 32 times, and how much the word weighs in each, from `A` counted.
type Places = Vec<u32>;

/// A word on the way through the articles.
#[derive(Default)]
struct Word {
    /// In the articles before.
    places: Places,
    /// In the article that is being read.
    count: u32,
    in_text: bool,
}

/// Reads articles one after the other.
#[derive(Default)]
struct Reader {
    /// Places in `words`, of the words that fit into a number.
    short: HashMap<u128, usize, RandomState>,
    /// Places in `words`, of the others.
    long: HashMap<String, usize, RandomState>,
    words: Vec<Word>,
    /// The words of the article that is being read.
    touched: Vec<usize>,
}

/// Returns the files of the index.
pub(super) fn files(library: &Library) -> BTreeMap<String, Vec<u8>> {
    let listed = &library.listed;
    let numbered: Vec<(u32, usize)> = (0..).zip(listed.iter().copied()).collect();
    let parts: Vec<Reader> = numbered
        .par_chunks(1024)
        .map(|chunk| {
            let mut reader = Reader::default();
            chunk.iter().for_each(|&(number, at)| reader.read(&library.articles[at], number));
            reader
        })
        .collect();
    let mut all: HashMap<String, Places, RandomState> = HashMap::default();
    for mut part in parts {
        let short = part.short.into_iter().map(|(number, at)| (written(number), at));
        for (name, at) in short.chain(part.long) {
            let places = std::mem::take(&mut part.words[at].places);
            match all.entry(name) {
                Entry::Vacant(entry) => {
                    entry.insert(places);
                }
                Entry::Occupied(mut entry) => entry.get_mut().extend(places),
            }
        }
    }
    let mut all: Vec<(String, Places)> = all.into_iter().collect();
    // As scripts compare: by the units of UTF-16.
    all.par_sort_unstable_by(|(a, _), (b, _)| {
        if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
    });
    let is_common = |places: &Places| listed.len() >= MANY && places.len() * 10 > listed.len() * 6;
    let common: Vec<&str> =
        all.iter().filter(|(_, places)| is_common(places)).map(|(word, _)| word.as_str()).collect();
    let mut files = BTreeMap::new();
    let mut firsts: Vec<&str> = Vec::new();
    let mut shard = String::new();
    for (word, places) in all.iter().filter(|(_, places)| !is_common(places)) {
        if shard.is_empty() {
            firsts.push(word);
        }
        push_line(&mut shard, word, places);
        if shard.len() >= SHARD {
            files.insert(shard_name(firsts.len() - 1), std::mem::take(&mut shard).into_bytes());
        }
    }
    if !shard.is_empty() {
        files.insert(shard_name(firsts.len() - 1), shard.into_bytes());
    }
    let index = json!({
        "version": 1,
        "articles": listed.len(),
        "results": RESULTS,
        "common": common,
        "shards": firsts,
    });
    files.insert("search/index.json".to_owned(), index.to_string().into_bytes());
    for (number, chunk) in listed.chunks(RESULTS).enumerate() {
        let rows: Vec<_> = chunk.iter().map(|&at| row(library, &library.articles[at])).collect();
        files.insert(format!("search/articles-{number}.json"), json!(rows).to_string().into_bytes());
    }
    files
}

fn shard_name(number: usize) -> String {
    format!("search/words-{number}.txt")
}

/// Returns what a result shows: title, address, language, direction, summary, authors and date.
fn row(library: &Library, article: &Article) -> serde_json::Value {
    let card = Card::of(library, article);
    let mut facts: Vec<&str> = card.authors.iter().map(|author| author.name.as_str()).collect();
    facts.extend(card.date.as_ref().map(|date| date.words.as_str()));
    json!([card.name, card.url, card.lang, card.dir, card.summary, facts.join(" · ")])
}

fn push_line(shard: &mut String, word: &str, places: &Places) {
    shard.push_str(word);
    shard.push('\t');
    let mut before = 0;
    for place in places {
        let (number, weight) = (place / 32, place % 32);
        push_base36(shard, number - before);
        shard.push(char::from(b'A' + weight as u8));
        before = number;
    }
    shard.push('\n');
}

fn push_base36(text: &mut String, mut number: u32) {
    let mut digits = [0_u8; 7];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b"0123456789abcdefghijklmnopqrstuvwxyz"[(number % 36) as usize];
        number /= 36;
        if number == 0 {
            break;
        }
    }
    text.extend(digits[at..].iter().map(|&digit| char::from(digit)));
}

/// Returns how much a word weighs that stands so often in an article: the first times count most.
fn weight(count: u32, in_text: bool) -> u32 {
    let level = match count {
        0..=4 => count.max(1) - 1,
        5..=6 => 4,
        7..=9 => 5,
        10..=13 => 6,
        14..=18 => 7,
        19..=25 => 8,
        26..=35 => 9,
        36..=50 => 10,
        _ => 11,
    };
    level + if in_text { 0 } else { 12 }
}

impl Reader {
    /// Adds the words of an article; articles come in the order of their numbers.
    fn read(&mut self, article: &Article, number: u32) {
        self.add(&article.name, TITLE, true);
        let metadata = &article.document.metadata;
        for named in metadata.subtitle.iter().chain(&metadata.authors).chain(&metadata.tags) {
            self.add(&named.value, TITLE / 2, true);
        }
        self.add(&text_of(&article.document.blocks), 1, true);
        for note in &article.document.notes {
            self.add(&text_of(&note.blocks), 1, false);
        }
        for at in self.touched.drain(..) {
            let word = &mut self.words[at];
            word.places.push(number * 32 + weight(word.count, word.in_text));
            (word.count, word.in_text) = (0, false);
        }
    }

    fn add(&mut self, text: &str, count: u32, in_text: bool) {
        each_word(text, &mut |name| {
            let next = self.words.len();
            let at = match as_number(name) {
                Some(number) => *self.short.entry(number).or_insert(next),
                None => *self.long.entry(name.to_owned()).or_insert(next),
            };
            if at == next {
                self.words.push(Word::default());
            }
            let word = &mut self.words[at];
            if word.count == 0 {
                self.touched.push(at);
            }
            word.count += count;
            word.in_text |= in_text;
        });
    }
}

/// Returns the bytes of a word as a number, which is quick to look up; none if they are too many.
fn as_number(word: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u128::from_le_bytes(bytes))
}

/// Returns the word that a number stands for.
fn written(number: u128) -> String {
    String::from_utf8_lossy(&number.to_le_bytes()).trim_end_matches('\0').to_owned()
}

/// Returns the words of blocks; a space parts what stands in different places.
fn text_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if let Block::Code { text: code, .. } = block {
            text.push_str(code);
        }
        each_inline(std::slice::from_ref(block), &mut |inline| match inline {
            Inline::Text(words) | Inline::Code(words) | Inline::Math { tex: words, .. } => {
                text.push_str(words);
            }
            Inline::Image { alt, .. } => text.push_str(alt),
            Inline::LineBreak | Inline::Reference(_) => text.push(' '),
            _ => {}
        });
        text.push('\n');
    }
    text
}

/// Calls `visit` for every word, without case and accents; Chinese and Japanese in pairs of signs.
fn each_word(text: &str, visit: &mut impl FnMut(&str)) {
    let mut folded = String::new();
    for words in text.split_whitespace() {
        folded.clear();
        if words.is_ascii() {
            folded.push_str(words);
            folded.make_ascii_lowercase();
            let runs = folded.split(|c: char| !c.is_ascii_alphanumeric());
            runs.filter(|run| (1..=LONGEST).contains(&run.len())).for_each(&mut *visit);
        } else {
            let letters = words.nfkd().filter(|&c| !is_combining_mark(c));
            folded.extend(letters.flat_map(char::to_lowercase));
            let runs = folded.split(|c: char| !c.is_alphanumeric());
            runs.filter(|run| !run.is_empty()).for_each(|run| each_part(run, visit));
        }
    }
}

/// Parts letters from signs that are words of their own.
fn each_part(run: &str, visit: &mut impl FnMut(&str)) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| is_cjk(c) != is_cjk(first)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        if is_cjk(first) {
            each_pair(part, visit);
        } else if part.len() <= LONGEST {
            visit(part);
        }
        rest = after;
    }
}

fn each_pair(part: &str, visit: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = part.char_indices().map(|(at, _)| at).chain([part.len()]).collect();
    match starts.len() {
        0..=2 => visit(part),
        _ => starts.windows(3).for_each(|places| visit(&part[places[0]..places[2]])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_script() {
        for (text, expected) in [
            ("The Ferry’s rope, 1902", vec!["the", "ferry", "s", "rope", "1902"]),
            ("Größe Café", vec!["große", "cafe"]),
            ("渡し船 a", vec!["渡し", "し船", "a"]),
            ("船", vec!["船"]),
            ("שָׁלוֹם", vec!["שלום"]),
            ("Паром", vec!["паром"]),
            ("", vec![]),
        ] {
            let mut found = Vec::new();
            each_word(text, &mut |word| found.push(word.to_owned()));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn words_stand_for_numbers() {
        for word in ["a", "ferry", "große", "sixteen_letters_"] {
            assert_eq!(as_number(word).map(written).as_deref(), Some(word));
        }
        assert_eq!(as_number("seventeen_letters"), None);
    }

    #[test]
    fn places_are_short() {
        let mut line = String::new();
        push_line(&mut line, "ferry", &vec![2, 2 * 32, 53 * 32 + 15, 1349 * 32 + 23]);
        assert_eq!(line, "ferry\t0C2A1fP100X\n");
    }

    #[test]
    fn a_word_that_stands_in_notes_alone_says_so() {
        for (count, in_text, expected) in [(1, true, 0), (1, false, 12), (4, true, 3), (500, false, 23)] {
            assert_eq!(weight(count, in_text), expected, "{count} {in_text}");
        }
    }
}
