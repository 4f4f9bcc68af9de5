//! What holds for every input.

use postil::document::plain_text;
use postil::{Article, NoteId, Options, To};
use proptest::prelude::*;

use crate::engines;

/// How many inputs each property tries.
const TRIES: u32 = 400;

fn config() -> ProptestConfig {
    // The same inputs on every run: no clock, no randomness.
    ProptestConfig {
        cases: TRIES,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(20),
        ..ProptestConfig::default()
    }
}

/// Lines of the kind that articles are made of, and that break programs.
fn line() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "The ferry sank",
        "[1]",
        "[2]",
        " [3]",
        "¹",
        "²",
        "^1",
        "(1)",
        "(2)",
        "*",
        "†",
        "[^1]",
        "[^x]",
        ".",
        ",",
        " ",
        "  ",
        "\t",
        "[1] ",
        "1. ",
        "2. ",
        "1) ",
        "1. ^ ferry (",
        "2. ^ the rope (https://harbour.example/a_(b))",
        "[Footnote 1: ",
        "]",
        "[^1]: ",
        "* ",
        "- ",
        "> ",
        "# ",
        "    ",
        "---",
        "===",
        "* * *",
        "```",
        "`",
        "<b>",
        "&amp;",
        "\\",
        "_",
        "**",
        "~~",
        "$",
        "|",
        "https://harbour.example/x",
        "é",
        "註",
        "（１）",
        "［２］",
        "\u{200B}",
        "\u{A0}",
        "↩",
        "Notes",
        "By Iona Vale",
        "4 March 2031",
        "and nobody had ever asked who paid for the rope",
        "You may also like...",
        ":",
        "!",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "^",
        "=",
        "+",
        "1914. ",
        "\u{C}",
        "\r",
        "www.harbour.example",
        "a@b.example",
    ]);
    prop::collection::vec(pieces, 0..7).prop_map(|pieces| pieces.concat())
}

/// Tags, well nested or not, between the words of articles.
fn page() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<ol>",
        "<ul>",
        "<li>",
        "</li>",
        "</ol>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</td>",
        "</table>",
        "<caption>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href=x>",
        "</a>",
        "<a id=r1 href=#n1>1</a>",
        "<a id=n1 href=#r1>1</a>",
        "<sup>",
        "</sup>",
        "<br>",
        "<hr>",
        "<pre>",
        "</pre>",
        "<h1>",
        "</h1>",
        "<h2>",
        "</h2>",
        "<blockquote>",
        "</blockquote>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<img src=a.png alt='A boat'>",
        "<img src=b.png>",
        "&amp;",
        "&copy 2031",
        "&nbsp;",
        "&#13;",
        "&bogus;",
        "&",
        "<",
        ">",
        "<!-- x -->",
        "<script>if (a<b) {}</script>",
        "<style>p{}</style>",
        "<title>A & B</title>",
        "<nav>",
        "</nav>",
        "<article>",
        "</article>",
        "<aside hidden id=n2>",
        "</aside>",
        "<a href=#n2>2</a>",
        "<select><option>x</select>",
        "<math alttext='x^2'></math>",
        "<svg><text>x</text></svg>",
        "<template>",
        "</template>",
        "<noscript>",
        "</noscript>",
        "<textarea>",
        "</textarea>",
        "\r\n",
        "\r",
        "\n",
        "  ",
        "\t",
        "The ferry",
        "sank",
        "[1]",
        "1. ",
        "Notes",
        "By Iona Vale",
        "4 March 2031",
        "é",
        "註",
        "<button>",
        "</button>",
        "<p hidden>",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn article() -> impl Strategy<Value = String> {
    let gap = prop::sample::select(vec!["\n", "\n", "\n\n", "\n\n\n", "\r\n"]);
    prop::collection::vec((line(), gap), 0..14)
        .prop_map(|lines| lines.into_iter().map(|(line, gap)| line + gap).collect())
}

fn read(text: &str, from: postil::From) -> Article {
    postil::read(text.as_bytes(), &Options::default().from(from)).expect("text")
}

fn assert_replays(article: &Article) {
    let text = article.source.text();
    assert!(article.ledger.tiles(text.len()), "gaps in the ledger of {text:?}: {:?}", article.ledger.entries);
    assert_eq!(article.ledger.replay(text, None), plain_text(&article.document.blocks), "body of {text:?}");
    for (at, note) in article.document.notes.iter().enumerate() {
        let replayed = article.ledger.replay(text, Some(NoteId(at as u32)));
        assert_eq!(replayed, plain_text(&note.blocks), "note {at} of {text:?}");
    }
}

fn markdown(article: &Article) -> String {
    String::from_utf8(postil::write(&article.document, To::Markdown, &Options::default()).unwrap()).unwrap()
}

/// Converts a text to Markdown, and that to Markdown again; returns both if they differ.
///
/// Without any note of its own, our Markdown may be read once more for raw ones: then the outcome of that has to stay.
fn first_difference(text: &str, from: postil::From) -> Option<(String, String)> {
    let article = postil::read(text.as_bytes(), &Options::default().from(from)).ok()?;
    let mut first = markdown(&article);
    let again = read(&first, postil::From::Markdown);
    if article.document.notes.is_empty() && !again.document.notes.is_empty() {
        first = markdown(&again);
    }
    let second = markdown(&read(&first, postil::From::Markdown));
    (first != second).then_some((first, second))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for to in [To::Markdown, To::Html, To::Epub, To::Text, To::Json] {
            let _ = postil::convert(&bytes, to, &Options::default());
        }
    }

    #[test]
    fn the_ledger_replays_to_the_text(text in article()) {
        assert_replays(&read(&text, postil::From::Text));
    }

    #[test]
    fn the_ledger_of_markdown_replays_to_its_text(text in article()) {
        if let Ok(article) = postil::read(text.as_bytes(), &Options::default().from(postil::From::Markdown)) {
            assert_replays(&article);
        }
    }

    #[test]
    fn the_ledger_of_html_replays_to_its_text(text in page()) {
        assert_replays(&read(&text, postil::From::Html));
    }

    #[test]
    fn our_markdown_converts_to_itself(text in article()) {
        prop_assert_eq!(first_difference(&text, postil::From::Text), None, "from {:?}", text);
    }

    #[test]
    fn two_engines_resolve_every_note(text in article()) {
        let article = read(&text, postil::From::Text);
        let written = markdown(&article);
        let wanted = engines::wanted(&article.document);
        let difference = postil::verify(&article.document, &written, &Options::default());
        prop_assert_eq!(difference, None, "comrak, {:?}", written);
        prop_assert_eq!(&engines::pulldown(&written), &wanted, "pulldown-cmark, {:?}", written);
    }

    #[test]
    fn every_link_within_a_page_has_its_target(text in article()) {
        let article = read(&text, postil::From::Text);
        let page = String::from_utf8(postil::write(&article.document, To::Html, &Options::default()).unwrap()).unwrap();
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(count, ids.len(), "no id twice in {}", page);
        for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            prop_assert!(ids.binary_search(&target).is_ok(), "{} has no target in {}", target, page);
        }
        for note in 0..article.document.notes.len() {
            let back = format!("href=\"#ref-{}\"", note + 1);
            prop_assert!(page.contains(&back), "note {} leads nowhere in {}", note + 1, page);
        }
    }
}

#[test]
fn every_case_and_example_replays() {
    let mut count = 0;
    let mut folders = vec![crate::compare::repository("tests/cases"), crate::compare::repository("examples")];
    while let Some(folder) = folders.pop() {
        for path in crate::compare::entries(&folder) {
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if matches!(extension, "txt" | "md") {
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                for from in [postil::From::Text, postil::From::Markdown] {
                    let Ok(article) = postil::read(text.as_bytes(), &Options::default().from(from)) else {
                        continue;
                    };
                    assert_replays(&article);
                    let difference =
                        postil::verify(&article.document, &markdown(&article), &Options::default());
                    assert_eq!(difference, None, "comrak reads what {} says", path.display());
                    assert_eq!(first_difference(&text, from), None, "{} converts to itself", path.display());
                    count += 1;
                }
            }
        }
    }
    assert!(count > 100, "{count} texts");
}

/// Texts that the properties found once.
#[test]
fn texts_that_once_failed_hold() {
    for text in [
        " The ferry sank\nThe ferry sank\r\n|===\n",
        "¹\n`[1] The ferry sank\n`\n",
        "¹ [3]註\n[1]\n",
        "www.harbour.example!https://harbour.example/x\n",
    ] {
        for from in [postil::From::Text, postil::From::Markdown] {
            let article = read(text, from);
            assert_replays(&article);
            assert_eq!(first_difference(text, from), None, "from {text:?}");
            assert!(article.document.notes.is_empty(), "no note in {text:?}");
        }
    }
}
