//! The index of the search: small files that a script in the page reads as it needs them.
//!
//! `search/index.json` names the shards by their first words. A shard is lines of a word, a tab and its places:
//! `ferry⇥0C2A1fP` is the article 0, then 2 further, then 51 further (base 36, lower case), each followed by how much the
//! word weighs there: `A` to `L` in the text, `M` to `X` where it stands in the notes alone. `search/articles-N.json`
//! holds what the results show. A word that most articles have tells nothing and is left out.

mod words;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::json;

use self::words::{Word, WordMap, written};
use super::article::Article;
use super::library::Library;
use super::views::Card;
use crate::document::{Block, Inline, each_inline};

/// A shard ends after so many bytes.
const SHARD: usize = 40_000;

/// So many articles stand in one file of results.
const RESULTS: usize = 100;

/// In sites of so many articles, a word that six of ten have is left out.
const MANY: usize = 50;

/// How much a word in the title weighs more.
const TITLE: u32 = 12;

/// Where a word stands: the numbers of articles, 32 times, and how much the word weighs in each, from `A` counted.
type Places = Vec<u32>;

/// How often a word stands in the article that is being read.
#[derive(Default)]
struct Count {
    times: u32,
    in_text: bool,
}

/// Reads articles one after the other.
#[derive(Default)]
struct Reader {
    /// In the articles before.
    places: WordMap<Places>,
    /// In the article that is being read; a small map for it alone stays near the processor.
    counts: WordMap<Count>,
    text: String,
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
    let mut places = WordMap::<Places>::default();
    for part in parts {
        for (number, more) in part.places.short {
            places.change(Word::Short(number), |known| known.extend(more));
        }
        for (name, more) in part.places.long {
            places.change(Word::Long(&name), |known| known.extend(more));
        }
    }
    let short = places.short.into_iter().map(|(number, places)| (written(number), places));
    let mut all: Vec<(String, Places)> = short.chain(places.long).collect();
    // As scripts compare: by the units of UTF-16.
    all.par_sort_unstable_by(|(a, _), (b, _)| {
        if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
    });
    let is_common = |places: &Places| listed.len() >= MANY && places.len() * 10 > listed.len() * 6;
    let common: Vec<&str> =
        all.iter().filter(|(_, places)| is_common(places)).map(|(word, _)| word.as_str()).collect();
    let mut files = BTreeMap::new();
    let mut firsts: Vec<&str> = Vec::new();
    let mut shard = Vec::new();
    for (word, places) in all.iter().filter(|(_, places)| !is_common(places)) {
        if shard.is_empty() {
            firsts.push(word);
        }
        push_line(&mut shard, word, places);
        if shard.len() >= SHARD {
            files.insert(shard_name(firsts.len() - 1), std::mem::take(&mut shard));
        }
    }
    if !shard.is_empty() {
        files.insert(shard_name(firsts.len() - 1), shard);
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

fn push_line(shard: &mut Vec<u8>, word: &str, places: &[u32]) {
    shard.extend_from_slice(word.as_bytes());
    shard.push(b'\t');
    let mut before = 0;
    for place in places {
        let (number, weight) = (place / 32, place % 32);
        push_base36(shard, number - before);
        shard.push(b'A' + weight as u8);
        before = number;
    }
    shard.push(b'\n');
}

fn push_base36(text: &mut Vec<u8>, mut number: u32) {
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
    text.extend_from_slice(&digits[at..]);
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
        let metadata = &article.document.metadata;
        self.add(&article.name, TITLE, true);
        for named in metadata.subtitle.iter().chain(&metadata.authors).chain(&metadata.tags) {
            self.add(&named.value, TITLE / 2, true);
        }
        let mut text = std::mem::take(&mut self.text);
        for (blocks, in_text) in [(&article.document.blocks, true)]
            .into_iter()
            .chain(article.document.notes.iter().map(|note| (&note.blocks, false)))
        {
            text.clear();
            push_words(&mut text, blocks);
            self.add(&text, 1, in_text);
        }
        self.text = text;
        let place = |count: &Count| number * 32 + weight(count.times, count.in_text);
        for (word, count) in self.counts.short.drain() {
            self.places.change(Word::Short(word), |places| places.push(place(&count)));
        }
        for (word, count) in self.counts.long.drain() {
            self.places.change(Word::Long(&word), |places| places.push(place(&count)));
        }
    }

    fn add(&mut self, text: &str, times: u32, in_text: bool) {
        let counts = &mut self.counts;
        words::each_word(text, &mut |word| {
            counts.change(word, |count| {
                count.times += times;
                count.in_text |= in_text;
            });
        });
    }
}

/// Adds the words of blocks; a space parts what stands in different places.
fn push_words(text: &mut String, blocks: &[Block]) {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_short() {
        let mut line = Vec::new();
        push_line(&mut line, "ferry", &[2, 2 * 32, 53 * 32 + 15, 1349 * 32 + 23]);
        assert_eq!(line, b"ferry\t0C2A1fP100X\n");
    }

    #[test]
    fn a_word_that_stands_in_notes_alone_says_so() {
        for (count, in_text, expected) in [(1, true, 0), (1, false, 12), (4, true, 3), (500, false, 23)] {
            assert_eq!(weight(count, in_text), expected, "{count} {in_text}");
        }
    }
}
