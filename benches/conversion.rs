//! How long conversions take, and that the time grows with the text and no faster: `cargo bench`.
//!
//! The whole process is measured by hand: a 1,000-word article in under 10 ms, 1 MB with 1,000 notes in under 150 ms,
//! 300 kB with 3,000 notes in under 100 ms.

use divan::Bencher;
use divan::counter::BytesCount;
use postil::{From, Options, To};

fn main() {
    divan::main();
}

/// A sentence of invented text; no two are the same.
fn sentence(number: usize) -> String {
    const WORDS: &[&str] = &[
        "ferry", "harbour", "rope", "mole", "bell", "keeper", "bridge", "slate", "orchard", "lantern",
        "tide", "quarry", "ledger", "miller", "bakery", "winter",
    ];
    let word = |step: usize| WORDS[(number * 7 + step * step + number / 16) % WORDS.len()];
    format!(
        "The {} of the {} was older than the {}, and nobody in the {} had paid for the {} in year {number}. ",
        word(1),
        word(2),
        word(3),
        word(4),
        word(5)
    )
}

/// A text of about so many bytes with so many notes at its end, in paragraphs of five sentences.
fn article(bytes: usize, notes: usize) -> String {
    let sentences = (bytes / 90).max(1);
    let mut text = String::from("The last ferry\n\nBy Iona Vale\n\n");
    let mut cited = 0;
    for number in 0..sentences {
        text.push_str(sentence(number).trim_end());
        while cited < notes && cited * sentences <= number * notes {
            cited += 1;
            text += &format!("[{cited}]");
        }
        text.push_str(if number % 5 == 4 { "\n\n" } else { " " });
    }
    text.push_str("\n\nNotes\n\n");
    for note in 1..=cited {
        text += &format!("[{note}] {}\n\n", &sentence(note)[..40]);
    }
    text
}

fn measure(bencher: Bencher<'_, '_>, text: &str, from: From, to: To) {
    let options = Options::default().from(from);
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| postil::convert(divan::black_box(text.as_bytes()), to, &options).expect("a text"));
}

/// An article of 1,000 words with 20 notes, to each output.
#[divan::bench(args = ["markdown", "html", "epub", "text", "json"])]
fn article_of_1000_words(bencher: Bencher<'_, '_>, output: &str) {
    let to = match output {
        "markdown" => To::Markdown,
        "html" => To::Html,
        "epub" => To::Epub,
        "text" => To::Text,
        _ => To::Json,
    };
    measure(bencher, &article(5_600, 20), From::Text, to);
}

/// 1 MB with 1,000 notes.
#[divan::bench(sample_count = 10)]
fn megabyte_with_1000_notes(bencher: Bencher<'_, '_>) {
    measure(bencher, &article(1_000_000, 1000), From::Text, To::Markdown);
}

/// 300 kB with 3,000 notes.
#[divan::bench(sample_count = 10)]
fn notes_in_every_line(bencher: Bencher<'_, '_>) {
    measure(bencher, &article(300_000, 3000), From::Text, To::Markdown);
}

/// Our own Markdown, read again.
#[divan::bench(sample_count = 10)]
fn markdown_read_again(bencher: Bencher<'_, '_>) {
    let options = Options::default().from(From::Text);
    let done = postil::convert(article(1_000_000, 1000).as_bytes(), To::Markdown, &options).expect("a text");
    let markdown = String::from_utf8(done.output).expect("UTF-8");
    measure(bencher, &markdown, From::Markdown, To::Markdown);
}

/// The throughput has to stay the same from size to size.
#[divan::bench(args = [100_000, 1_000_000, 10_000_000, 50_000_000], sample_count = 3, sample_size = 1)]
fn growth(bencher: Bencher<'_, '_>, bytes: usize) {
    measure(bencher, &article(bytes, bytes / 1000), From::Text, To::Markdown);
}
