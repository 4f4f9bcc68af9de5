//! Text can never become markup: hostile words in every place of a document, read back by two other engines.

use comrak::nodes::NodeValue;
use postil::document::{Attributes, Certainty, Definition, Item};
use postil::{Block, Document, Inline, Note, NoteId, Options, Span, To};
use proptest::prelude::*;

/// Raise it to try more: `HOSTILE_TRIES=20000 cargo test --test it hostile`.
fn tries() -> u32 {
    std::env::var("HOSTILE_TRIES").ok().and_then(|tries| tries.parse().ok()).unwrap_or(500)
}

/// Signs that mean something to some engine, and words to stand between them.
fn words() -> impl Strategy<Value = String> {
    let pieces = vec![
        "*",
        "**",
        "_",
        "__",
        "~",
        "~~",
        "^",
        "`",
        "``",
        "$",
        "$$",
        "[",
        "]",
        "(",
        ")",
        "[^",
        "^[",
        "![",
        "](",
        "]:",
        "[[",
        "]]",
        "|",
        "||",
        "<",
        ">",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "&",
        "&amp;",
        "&#35;",
        ";",
        "#",
        "##",
        "-",
        "--",
        "---",
        "+",
        "++",
        "=",
        "==",
        "===",
        ":",
        "::",
        ":::",
        "%%",
        "{",
        "}",
        "{#x}",
        "\\",
        "!",
        "1.",
        "2)",
        "12345",
        ".",
        ",",
        "\"",
        "'",
        "[x]",
        "[ ]",
        "[1]",
        "[^1]",
        "[!NOTE]",
        "http://a.example",
        "www.a.example",
        "me@a.example",
        "://",
        "a",
        "b",
        "word",
        "Ünï",
        "港",
        "_a_",
        "*b*",
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\t",
        "\u{A0}",
        "😀",
        "@",
        "/",
        "?",
        ">>>",
        "-#",
        "~~~",
        "```",
        "***",
        "___",
        "|--|",
        ":-:",
        "^1^",
        "H~2~O",
        "x^2",
        "$5",
        "%",
    ];
    let concat =
        prop::collection::vec(prop::sample::select(pieces), 1..12).prop_map(|pieces| pieces.concat());
    // `:word:` may be a sign of its own, so it is left alone even where pulldown-cmark takes the colon for a definition.
    concat.prop_filter("no short code", |words| {
        let parts: Vec<&str> = words.split(':').collect();
        !(2..parts.len()).any(|at| {
            !parts[at - 1].is_empty()
                && parts[at - 1].bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
        })
    })
}

/// Where the words stand.
#[derive(Clone, Copy, Debug)]
enum Place {
    Paragraph,
    Heading,
    Item,
    NumberedItem,
    Task,
    Quote,
    Alert,
    Cell,
    Note,
    Verse,
    Term,
    Meaning,
    Emphasis,
    Strong,
    Strikethrough,
    Superscript,
    Link,
    Picture,
    BeforeReference,
    AfterReference,
    BetweenCode,
    AfterBreak,
}

const PLACES: &[Place] = &[
    Place::Paragraph,
    Place::Heading,
    Place::Item,
    Place::NumberedItem,
    Place::Task,
    Place::Quote,
    Place::Alert,
    Place::Cell,
    Place::Note,
    Place::Verse,
    Place::Term,
    Place::Meaning,
    Place::Emphasis,
    Place::Strong,
    Place::Strikethrough,
    Place::Superscript,
    Place::Link,
    Place::Picture,
    Place::BeforeReference,
    Place::AfterReference,
    Place::BetweenCode,
    Place::AfterBreak,
];

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

/// Makes a document with the words in a place; returns the text that must be read.
fn document(place: Place, words: &str) -> (Document, String) {
    let paragraph = |content: Vec<Inline>| Block::Paragraph(content);
    let inline = |make: fn(Vec<Inline>) -> Inline| {
        vec![paragraph(vec![text("x "), make(vec![text(words)]), text(" y")])]
    };
    let list = |start, done| {
        let items = vec![Item { done, blocks: vec![paragraph(vec![text(words)])] }];
        vec![Block::List { start, tight: true, items }]
    };
    let reference = Inline::Reference(NoteId(0));
    let around = format!("x {words} y");
    let mut note = "z";
    let (blocks, expected) = match place {
        Place::Paragraph => (vec![paragraph(vec![text(words)])], words.to_owned()),
        Place::Heading => {
            let content = vec![text(words)];
            (
                vec![
                    paragraph(vec![text("x")]),
                    Block::Heading { level: 2, content, attributes: Attributes::default() },
                ],
                format!("x {words}"),
            )
        }
        Place::Item => (list(None, None), words.to_owned()),
        Place::NumberedItem => (list(Some(3), None), words.to_owned()),
        Place::Task => (list(None, Some(true)), words.to_owned()),
        Place::Quote => (vec![Block::Quote(vec![paragraph(vec![text(words)])])], words.to_owned()),
        Place::Alert => {
            let blocks = vec![paragraph(vec![text(words)])];
            (vec![Block::Alert { kind: "note".to_owned(), title: Vec::new(), blocks }], words.to_owned())
        }
        Place::Cell => {
            let rows = vec![vec![vec![text(words)], vec![text("y")]]];
            let head = vec![vec![text("x")], vec![text(words)]];
            (vec![Block::Table { alignments: Vec::new(), head, rows }], format!("x {words} {words} y"))
        }
        Place::Note => {
            note = words;
            (vec![paragraph(vec![text("x"), reference])], "x\u{1}".to_owned())
        }
        Place::Verse => {
            (vec![Block::Verse(vec![vec![text("x")], vec![text(words)], vec![text("y")]])], around)
        }
        Place::Term => {
            let meanings = vec![vec![paragraph(vec![text("y")])]];
            (
                vec![Block::Definitions(vec![Definition { terms: vec![vec![text(words)]], meanings }])],
                format!("{words} y"),
            )
        }
        Place::Meaning => {
            let meanings = vec![vec![paragraph(vec![text(words)])]];
            (
                vec![Block::Definitions(vec![Definition { terms: vec![vec![text("x")]], meanings }])],
                format!("x {words}"),
            )
        }
        Place::Emphasis => (inline(Inline::Emphasis), around),
        Place::Strong => (inline(Inline::Strong), around),
        Place::Strikethrough => (inline(Inline::Strikethrough), around),
        Place::Superscript => (inline(Inline::Superscript), around),
        Place::Link => {
            let link =
                Inline::Link { url: "u".to_owned(), title: words.to_owned(), content: vec![text(words)] };
            (vec![paragraph(vec![text("x "), link, text(" y")])], around)
        }
        Place::Picture => {
            let picture = Inline::Image { url: "u".to_owned(), title: String::new(), alt: words.to_owned() };
            (vec![paragraph(vec![text("x "), picture, text(" y")])], around)
        }
        Place::BeforeReference => (vec![paragraph(vec![text(words), reference])], format!("{words}\u{1}")),
        Place::AfterReference => {
            (vec![paragraph(vec![text("x"), reference, text(words)])], format!("x\u{1}{words}"))
        }
        Place::BetweenCode => {
            let code = Inline::Code("c".to_owned());
            (vec![paragraph(vec![code.clone(), text(words), code])], format!("\u{2}c\u{2}{words}\u{2}c\u{2}"))
        }
        Place::AfterBreak => {
            (vec![paragraph(vec![text("x"), Inline::LineBreak, text(words)])], format!("x {words}"))
        }
    };
    let has_note = matches!(place, Place::Note | Place::BeforeReference | Place::AfterReference);
    let expected = if has_note { format!("{expected} {note}") } else { expected };
    let notes = has_note.then(|| Note {
        label: "1".to_owned(),
        printed: "1".to_owned(),
        blocks: vec![paragraph(vec![text(note)])],
        certainty: Certainty::Certain,
        evidence: Vec::new(),
        span: Span::default(),
    });
    (Document { blocks, notes: notes.into_iter().collect(), ..Document::default() }, expected)
}

/// The words without their white space at ends and between; that may change.
fn words_of(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Beside a reference, engines disagree on a space that the note's own words begin with.
    text.replace(" \u{1}", "\u{1}")
        .replace("\u{1} ", "\u{1}")
        .replace(" \u{2}", "\u{2}")
        .replace("\u{2} ", "\u{2}")
}

fn comrak_text(markdown: &str) -> String {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    let on = &mut options.extension;
    (on.strikethrough, on.table, on.autolink, on.tasklist) = (true, true, true, true);
    (on.superscript, on.subscript, on.footnotes, on.inline_footnotes) = (true, true, true, true);
    (on.description_lists, on.alerts, on.math_dollars, on.math_code) = (true, true, true, true);
    // Not `spoiler`: in the cell of a table comrak takes the backslash off a bar before it looks for one.
    (on.wikilinks_title_after_pipe, on.highlight, on.insert) = (true, true, true);
    (on.multiline_block_quotes, on.subtext) = (true, true);
    on.ofm_comments = true;
    options.parse.leave_footnote_definitions = true;
    let root = comrak::parse_document(&arena, markdown, &options);
    let mut text = String::new();
    for node in root.descendants() {
        match &node.data().value {
            NodeValue::Text(words) => text.push_str(words),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            NodeValue::Code(code) => text.push_str(&format!("\u{2}{}\u{2}", code.literal)),
            NodeValue::FootnoteReference(_) => text.push('\u{1}'),
            // `<sup>` is how we raise words.
            NodeValue::HtmlInline(html) if matches!(html.as_str(), "<sup>" | "</sup>") => {}
            NodeValue::HtmlInline(html) => text.push_str(&format!("\u{3}{html}")),
            NodeValue::HtmlBlock(_)
            | NodeValue::CodeBlock(_)
            | NodeValue::ThematicBreak
            | NodeValue::Math(_) => {
                text.push('\u{3}');
            }
            value if value.block() => text.push(' '),
            _ => {}
        }
    }
    text
}

fn pulldown_text(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut options = Options::all();
    options.remove(Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_OLD_FOOTNOTES);
    options.insert(Options::ENABLE_FOOTNOTES);
    let mut text = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Code(code) => text.push_str(&format!("\u{2}{code}\u{2}")),
            Event::FootnoteReference(_) => text.push('\u{1}'),
            Event::InlineHtml(html) if matches!(&*html, "<sup>" | "</sup>") => {}
            Event::InlineHtml(html) | Event::Html(html) => text.push_str(&format!("\u{3}{html}")),
            Event::Rule | Event::InlineMath(_) | Event::DisplayMath(_) | Event::Start(Tag::CodeBlock(_)) => {
                text.push('\u{3}');
            }
            Event::Start(
                Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. },
            ) => {}
            Event::Start(_) => text.push(' '),
            _ => {}
        }
    }
    text
}

fn markdown(document: &Document) -> String {
    String::from_utf8(postil::write(document, To::Markdown, &Options::default()).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: tries(),
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(41),
        ..ProptestConfig::default()
    })]

    #[test]
    fn text_never_becomes_markup(words in words(), place in prop::sample::select(PLACES)) {
        let (document, expected) = document(place, &words);
        let written = markdown(&document);
        let expected = words_of(&expected);
        prop_assert_eq!(&words_of(&comrak_text(&written)), &expected, "comrak, {:?}:\n{}", place, written);
        prop_assert_eq!(&words_of(&pulldown_text(&written)), &expected, "pulldown-cmark, {:?}:\n{}", place, written);
    }

    #[test]
    fn what_was_written_is_written_again(words in words(), place in prop::sample::select(PLACES)) {
        let (document, _) = document(place, &words);
        let first = markdown(&document);
        let options = Options::default().from(postil::From::Markdown);
        let again = String::from_utf8(postil::convert(first.as_bytes(), To::Markdown, &options).unwrap().output).unwrap();
        // What is found out about an article is written down once, and then stays.
        let third = postil::convert(again.as_bytes(), To::Markdown, &options).unwrap().output;
        prop_assert_eq!(String::from_utf8(third).unwrap(), again, "{:?}", place);
    }
}
