//! The extensions of GitHub's Markdown, beside comrak, which follows GitHub's engine to the letter: tables, task lists,
//! strikethrough and addresses (GFM 0.29 §4.10, §5.3, §6.5, §6.9).
//!
//! The examples are ours, one or more for each rule of those sections. Where we read otherwise, the reason stands beside
//! the example.

use postil::{Options, To};

use crate::normal_html::normal;

/// What both must read alike.
const ALIKE: &[&str] = &[
    // §4.10 Tables
    "| ebb | flood |\n| --- | --- |\n| low | high |\n",
    "ebb | flood\n:-- | --:\nlow | high\nslack | spring\n",
    "| a | b | c |\n| :-: | :-- | --: |\n| 1 | 2 | 3 |\n",
    "| ebb |\n| --- |\n| a \\| b |\n| `c \\| d` |\n",
    "| ebb | flood |\n| --- | --- |\n| low | high |\n> a quotation ends it\n",
    "| ebb | flood |\n| --- | --- |\n| low | high |\nno bar\n\nafter it\n",
    "| ebb | flood |\n| --- |\n| low |\n",
    "| a | b |\n| - | - |\n| short |\n| 1 | 2 | too many |\n",
    "| only | a head |\n| --- | --- |\n",
    "| *ebb* | **flood** |\n| --- | --- |\n| [mole](https://a.example) | ~~low~~ |\n",
    "words\n\n| a |\n| - |\n| b |\n\n- | a |\n  | - |\n  | b |\n",
    "> | a | b |\n> | - | - |\n> | c | d |\n",
    "| a | b |\n| - | - |\n| c || d |\n",
    // §5.3 Task lists
    "- [ ] the rope\n- [x] the bell\n",
    "- [X] the rope\n  - [ ] its end\n  - [x] its knot\n- no task\n",
    "1. [ ] first\n2. [x] second\n",
    "- [] no task\n- [ ]no task\n- [y] no task\n",
    // §6.5 Strikethrough
    "the ~~old~~ mole, ~one~ tilde\n",
    "~~not\n\nover paragraphs~~\n",
    "three ~~~do not~~~ work, nor ~~two~ that differ\n",
    "**the ~~old~~ mole** and ~~*both*~~\n",
    // §6.9 Autolinks
    "see www.harbour.example and more\n",
    "www.harbour.example/mole?stone=1 and https://harbour.example/mole\n",
    "at www.harbour.example/mole. And (www.harbour.example/a_(b)) so.\n",
    "(see https://harbour.example/ebb), then.\n",
    "iona@harbour.example and iona.vale+log@mole.harbour.example.\n",
    "no.iona@harbour and @iona and a@b.c_d and a.b-c_d@a.b-\n",
    "~~www.harbour.example~~ and **https://harbour.example**\n",
    "| a |\n| - |\n| www.harbour.example |\n| iona@harbour.example |\n",
    "xhttps://harbour.example is none, nor is `https://harbour.example`\n",
    "[www.harbour.example](https://other.example) keeps its own\n",
    "<https://harbour.example/a b> is none\n",
];

/// What we read otherwise: the example, what we make of it, and why.
const OTHERWISE: &[(&str, &str, &str)] = &[(
    "www.harbour.example/ebb&flood;\n",
    "<p><a href=\"http://www.harbour.example/ebb&flood\">www.harbour.example/ebb&flood</a>;</p>",
    "GitHub leaves out what looks like an entity at the end; a semicolon is enough",
)];

#[test]
fn what_github_adds_is_read_as_github_reads_it() {
    let mut wrong = String::new();
    for markdown in ALIKE {
        let (ours, theirs) = (normal(&ours(markdown)), normal(&comrak(markdown)));
        if ours != theirs {
            wrong += &format!("{markdown:?}\n  we     {ours}\n  comrak {theirs}\n");
        }
    }
    for (markdown, expected, reason) in OTHERWISE {
        let found = normal(&ours(markdown));
        assert_eq!(found, normal(expected), "{markdown:?}: {reason}");
        assert_ne!(found, normal(&comrak(markdown)), "{markdown:?} is read alike now: move it");
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn ours(markdown: &str) -> String {
    let options = Options::default().from(postil::From::Markdown).fragment(true);
    let done = postil::convert(markdown.as_bytes(), To::Html, &options).unwrap();
    shared(&String::from_utf8(done.output).unwrap())
}

fn comrak(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    shared(&comrak::markdown_to_html(markdown, &options))
}

/// Leaves out what says the same in two ways: we wrap tables so that they can scroll, and draw the boxes of tasks.
fn shared(html: &str) -> String {
    let mut html = html.replace("</table></div>", "</table>").replace("</table>\n</div>", "</table>");
    while let Some(start) = html.find("<div class=\"table\"") {
        let end = start + html[start..].find('>').expect("a tag ends");
        html.replace_range(start..=end, "");
    }
    let mut html = html
        .replace(" scope=\"col\"", "")
        .replace("<li class=\"task\">", "<li>")
        .replace("<input type=\"checkbox\" disabled=\"\" />", "☐")
        .replace("<input type=\"checkbox\" checked=\"\" disabled=\"\" />", "☑");
    for side in ["left", "center", "right"] {
        html = html.replace(&format!("style=\"text-align: {side}\""), &format!("align=\"{side}\""));
    }
    html
}
