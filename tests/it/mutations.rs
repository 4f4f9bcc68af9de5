//! Every case, broken in fixed ways, through every reader and writer: nothing may panic, and the ledger has to tile.
//!
//! It stands in place of a fuzzer, which needs a nightly compiler: the same inputs on every run, and in seconds.

use postil::{From, Options, To};

use crate::compare::{entries, repository};

/// The ways of breaking a text; each is told where.
const BREAKS: &[fn(&mut Vec<u8>, usize)] = &[
    |bytes, at| bytes.truncate(at),
    |bytes, at| bytes.drain(..at).for_each(drop),
    |bytes, at| bytes.insert(at, b'\n'),
    |bytes, at| bytes.insert(at, b'['),
    |bytes, at| bytes.insert(at, 0xFF),
    |bytes, at| bytes.insert(at, b'\0'),
    |bytes, at| bytes.splice(at..at, *b"<sup>").for_each(drop),
    |bytes, at| bytes.splice(at..at, *b"\n\x0C\n12\n\n").for_each(drop),
    |bytes, at| {
        bytes.remove(at);
    },
    |bytes, at| bytes[at] ^= 1,
    |bytes, at| bytes[at] = b' ',
    |bytes, at| bytes[..at].reverse(),
];

#[test]
fn broken_cases_neither_panic_nor_lose_text() {
    let mut number = 0_usize;
    for family in entries(&repository("tests/cases")) {
        for case in entries(&family) {
            for path in
                entries(&case).iter().filter(|path| path.file_stem().is_some_and(|stem| stem == "input"))
            {
                let whole = std::fs::read(path).unwrap();
                // Too long for a test of seconds, or too short to be broken.
                if !(2..4000).contains(&whole.len()) {
                    continue;
                }
                for breaks in BREAKS {
                    number += 1;
                    let mut bytes = whole.clone();
                    breaks(&mut bytes, number * 7919 % whole.len());
                    let from = [From::Text, From::Markdown, From::Html, From::Auto][number % 4];
                    let to = [To::Markdown, To::Html, To::Epub, To::Text, To::Json][number % 5];
                    convert(&bytes, from, to);
                }
            }
        }
    }
    assert!(number > 1000, "{number} broken texts");
}

fn convert(bytes: &[u8], from: From, to: To) {
    let options = Options::default().from(from);
    let Ok(article) = postil::read(bytes, &options) else { return };
    let length = article.source.text().len();
    assert!(article.ledger.tiles(length), "gaps in the ledger of {:?}", String::from_utf8_lossy(bytes));
    postil::write(&article.document, to, &options).unwrap();
}
