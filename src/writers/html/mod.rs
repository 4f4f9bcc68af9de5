//! HTML: a page that needs nothing beside it, or the part of it that goes into another page.

use tera::Context;

use crate::document::Document;
use crate::error::Error;
use crate::options::Options;
use crate::writers::markup::{Imprint, Medium, Plan, Press, Setting, Style, WEB};
use crate::writers::templates::{PAGE_CSS, Templates};

/// Writes a document as HTML.
///
/// # Errors
///
/// If the template fails.
pub(crate) fn write(document: &Document, options: &Options) -> Result<String, Error> {
    // A reference in the title needs its target's way back, so then the title is part of the fragment too.
    let has_title = !options.fragment || !document.title_references.is_empty();
    let plan = Plan::of(document, Setting { notes: options.notes, has_title, ..Setting::default() });
    let imprint = Imprint::of(document, options);
    let style = Style {
        medium: Medium::Page,
        labels: imprint.labels,
        notes: &WEB,
        prefix: "",
        is_rtl: imprint.dir == "rtl",
        elsewhere: None,
        as_is: options.as_is,
    };
    let mut press = Press::new(document, &plan, style);
    let title = if has_title { press.title() } else { String::new() };
    let body = press.next_leaf();
    if options.fragment {
        let heading = if title.is_empty() { String::new() } else { format!("<h1>{title}</h1>\n") };
        return Ok(heading + &body);
    }
    let mut context = Context::new();
    context.insert("article", &imprint);
    context.insert("title", &title);
    context.insert("body", body.trim_end());
    context.insert("css", PAGE_CSS);
    Templates::ours()?.render("page.html", &context)
}

#[cfg(test)]
mod tests {
    use crate::options::{From, Options, To};

    #[test]
    fn a_page_says_its_language_and_direction() {
        for (markdown, expected) in [
            ("---\nlang: en\n---\n\nEbb.", "<html lang=\"en\" dir=\"ltr\">"),
            ("---\nlang: he\n---\n\nגאות.", "<html lang=\"he\" dir=\"rtl\">"),
            ("גאות.", "<html lang=\"und\" dir=\"rtl\">"),
            ("---\nlang: he\n---\n\n`ls`", "<code dir=\"ltr\">ls</code>"),
            ("Ebb גאות and flow.", "<html lang=\"und\" dir=\"ltr\">"),
            ("---\nlang: pt_BR\n---\n\nEbb.", "<html lang=\"pt-BR\" dir=\"ltr\">"),
            ("---\nlang: Old English\n---\n\nEbb.", "<html lang=\"und\" dir=\"ltr\">"),
        ] {
            let options = Options::default().from(From::Markdown);
            let done = crate::convert::convert(markdown.as_bytes(), To::Html, &options).expect("text");
            let page = String::from_utf8(done.output).expect("UTF-8");
            assert!(page.contains(expected), "{markdown:?}: {page}");
        }
    }
}
