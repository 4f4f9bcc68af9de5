//! Hostile texts give no more than they are: four times the text gives four times the output, not sixteen times, or ends
//! at a limit.

use postil::{From, Options, To};

/// Linear growth gives 4, quadratic growth 16.
const MOST: usize = 6;

type Shape = fn(usize) -> String;

#[rustfmt::skip]
const MARKDOWN: &[(&str, Shape)] = &[
    ("brackets", |n| "[[".repeat(n)),
    ("notes that never close", |n| "a ^[b ".repeat(n)),
    ("notes in notes", |n| "^[".repeat(n) + "x" + &"]".repeat(n)),
    ("raised numbers on one line", |n| "<sup>1</sup>".repeat(n)),
    ("marks that never close", |n| "*a **b ".repeat(n)),
    ("quotations on one line", |n| ">".repeat(n) + " x"),
    ("headings that repeat", |n| "# a\n".repeat(n)),
    ("labels that repeat", |n| (0..n).map(|at| format!("a[^{at} b]\n\n[^{at} b]: x\n\n")).collect()),
    ("one note for all", |n| "a[^1] ".repeat(n) + "\n\n[^1]: x"),
    ("a note for each", |n| (0..n).map(|at| format!("a[^{at}]\n\n[^{at}]: x\n\n")).collect()),
    ("notes that lead on", |n| {
        "a[^0]\n\n".to_owned() + &(0..n).map(|at| format!("[^{at}]: b[^{}]\n\n", at + 1)).collect::<String>()
    }),
    ("columns", |n| format!("|{}\n|{}\n{}", "a|".repeat(n), "-|".repeat(n), "|x|\n".repeat(n))),
];

#[rustfmt::skip]
const HTML: &[(&str, Shape)] = &[
    ("columns", |n| {
        format!("<table><tr>{}</tr>{}</table>", "<td>a".repeat(n), "<tr><td>x".repeat(n))
    }),
    ("cells that reach down", |n| {
        format!("<table>{}</table>", "<tr><td rowspan=60000 colspan=1000>x".repeat(n / 10))
    }),
    ("parts in parts", |n| "<section>".repeat(200) + &"<p>a".repeat(n)),
    ("parts side by side", |n| "<div><p>Some words of text.</p></div>".repeat(n)),
    ("marks that cross", |n| "<b><i><u>".repeat(30) + &"<div></u></b></i>".repeat(n / 10)),
    ("links to one place", |n| "<a href='#x'>1</a> ".repeat(n) + "<p id=x>note"),
    ("notes in a list", |n| {
        let references: String = (0..n).map(|at| format!("a<sup><a href='#n{at}'>{at}</a></sup> ")).collect();
        references + "<ol>" + &(0..n).map(|at| format!("<li id=n{at}>note {at}")).collect::<String>()
    }),
    ("metadata", |n| "<meta name=author content=x>".repeat(n) + "<p>x"),
    ("bylines", |n| "<p>By Iona Vale</p>".repeat(n)),
    ("headings", |n| "<h1>a</h1>".repeat(n)),
    ("styles", |n| format!("<p style='{}'>x{}", "a:b;".repeat(n), "<p style='a:b;c:d'>y".repeat(n))),
];

/// Checks that the length `work` returns grows as its argument does.
fn assert_linear(name: &str, work: impl Fn(usize) -> usize) {
    const SMALL: usize = 1_000;
    let (short, long) = (work(SMALL), work(4 * SMALL));
    assert!(long <= short * MOST, "{name}: {short} bytes, and {long} for four times as much");
}

#[test]
fn conversions_grow_with_their_input() {
    for (from, shapes) in [(From::Markdown, MARKDOWN), (From::Html, HTML)] {
        for (name, shape) in shapes {
            for to in [To::Markdown, To::Html] {
                let options = Options::default().from(from);
                assert_linear(&format!("{name}, {from:?} to {to:?}"), |n| {
                    postil::convert(shape(n).as_bytes(), to, &options).map_or(0, |made| made.output.len())
                });
            }
        }
    }
}

#[test]
fn the_proof_grows_with_its_input() {
    for (name, shape) in MARKDOWN {
        assert_linear(&format!("{name}, fmt"), |n| {
            postil::tidy(&shape(n)).expect("within the limits").len() + n
        });
        assert_linear(&format!("{name}, check"), |n| {
            postil::check(&shape(n)).expect("within the limits").len() + n
        });
    }
}
