//! The title of a page: its heading where it has one, else what it calls itself, without the name of the site.

use super::{Key, Statements, is_on_page};
use crate::document::Found;
use crate::findings::{Findings, Place};
use crate::page::{ElementId, Page};
use crate::sheet::{Kind, RowId, Sheet};

/// What stands between an article's title and the name of the site.
const SEPARATORS: &[&str] = &[
    " | ", " · ", " • ", " » ", " « ", " :: ", " ‹ ", " › ", " — ", " – ", " -- ", " - ", " / ", ": ", "：",
];

/// Between these and a name no title goes on.
const SURE: &[&str] = &[" | ", " · ", " • ", " » ", " « ", " :: ", " ‹ ", " › "];

/// A heading of the page.
struct Heading {
    words: String,
    rows: Vec<RowId>,
    level: u8,
    is_in_body: bool,
}

/// Finds the title, and the rows that print it.
pub(super) fn find(
    sheet: &Sheet<'_>,
    page: &Page,
    findings: &Findings,
    statements: &Statements,
) -> (Option<Found<String>>, Vec<RowId>) {
    let mut headings = headings(sheet, findings);
    if headings.len() > 1 {
        headings.retain(|heading| !names_the_site(sheet, page, heading));
    }
    let site = statements.first(Key::Publisher).map(|found| found.value);
    let mut stated: Vec<Found<String>> = statements.all(Key::Title).cloned().collect();
    if let Some(title) = page.title.as_ref().filter(|title| title.chars().any(char::is_alphanumeric)) {
        stated.push(Found { value: title.clone(), rule: "html-title", span: None });
    }
    if let Some((title, rows)) = in_two(sheet, &headings, &stated) {
        return (Some(title), rows);
    }
    // A heading that the page calls its title, or begins with; around the article it may be that of the site, and far down
    // in it that of a part.
    let rank = |heading: &Heading, title: &str| match heading.is_in_body {
        true if heading.level == 1 || fold(&heading.words) == fold(title) => 0,
        false => 1,
        true => 2,
    };
    for wanted in 0..=2 {
        for title in &stated {
            let matching = headings.iter().find(|heading| {
                heading.level <= 2
                    && rank(heading, &title.value) == wanted
                    && is_title_of(&heading.words, &title.value)
            });
            if let Some(heading) = matching {
                if let Some(below) = below_site(&headings, heading, &title.value) {
                    let site = heading.rows.iter().filter(|_| heading.is_in_body);
                    return (Some(named(sheet, below)), site.chain(&below.rows).copied().collect());
                }
                return (Some(named(sheet, heading)), heading.rows.clone());
            }
        }
    }
    if let Some(row) = typed(sheet, page, findings, &stated) {
        let span = Some(sheet.source_span(sheet.rows[row as usize].span));
        let value = sheet.words(row).split_whitespace().collect::<Vec<_>>().join(" ");
        return (Some(Found { value, rule: "typed-title", span }), vec![row]);
    }
    // A heading of any level that opens the article, after a date at most.
    let mut first = headings.iter().filter(|heading| heading.is_in_body).take(2);
    if let Some(heading) =
        first.find(|heading| stated.iter().any(|title| is_title_of(&heading.words, &title.value)))
    {
        return (Some(named(sheet, heading)), heading.rows.clone());
    }
    // The only heading of the highest level, if it opens the article.
    let mut highest = headings.iter().filter(|heading| heading.level == 1 && heading.is_in_body);
    if let (Some(only), None) = (highest.next(), highest.next()) {
        let is_site = site.as_deref().is_some_and(|site| fold(site) == fold(&only.words));
        let opens = findings.body_rows().take(4).any(|row| only.rows.contains(&row));
        if !is_site && opens {
            return (Some(named(sheet, only)), only.rows.clone());
        }
    }
    let title = stated
        .into_iter()
        .next()
        .map(|found| Found { value: without_site(&found.value, site.as_deref()), ..found });
    (title, Vec::new())
}

/// Finds a title that is set as two headings of one level: `RFC 9999` and `The Lamp Protocol`.
fn in_two(
    sheet: &Sheet<'_>,
    headings: &[Heading],
    stated: &[Found<String>],
) -> Option<(Found<String>, Vec<RowId>)> {
    headings.windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        let is_one = first.level == second.level && first.is_in_body && second.is_in_body;
        let together = fold(&first.words) + &fold(&second.words);
        let title = stated.iter().find(|title| is_one && fold(&title.value) == together)?;
        let rows = first.rows.iter().chain(&second.rows).copied().collect();
        Some((Found { value: title.value.clone(), ..named(sheet, first) }, rows))
    })
}

/// Returns the heading in the article that is the title, if the one that was found is the name of the site: it stands
/// around the article, or the page names it last.
fn below_site<'h>(headings: &'h [Heading], found: &Heading, title: &str) -> Option<&'h Heading> {
    const DEEPEST: u8 = 3;
    let (whole, site) = (fold(title), fold(&found.words));
    let is_site =
        |words: &str| !found.is_in_body || (whole.ends_with(&site) && whole.starts_with(&fold(words)));
    let is_title = |heading: &&Heading| {
        heading.is_in_body
            && heading.level <= DEEPEST
            && heading.rows > found.rows
            && is_title_of(&heading.words, title)
            && fold(&heading.words) != site
            && is_site(&heading.words)
    };
    headings.iter().find(is_title).filter(|_| site != whole)
}

/// Finds a title that is a paragraph, as word processors set it: its style says so, or the page calls itself so.
fn typed(sheet: &Sheet<'_>, page: &Page, findings: &Findings, stated: &[Found<String>]) -> Option<RowId> {
    const STYLES: &[&str] = &["title", "Title", "MsoTitle"];
    let first: Vec<RowId> = findings.body_rows().take(4).collect();
    let is_text = |row: RowId| {
        *sheet.kind(row) == Kind::Paragraph && sheet.words(row).chars().any(char::is_alphanumeric)
    };
    // Asciidoctor has titles over listings and in boxes.
    let is_box = |around: ElementId| {
        let class = page.elements[around].attribute("class").unwrap_or_default();
        let parent = page.elements[around].parent.and_then(|outer| page.elements[outer].attribute("class"));
        class
            .split_ascii_whitespace()
            .chain(parent.unwrap_or_default().split_ascii_whitespace())
            .any(|word| word.ends_with("block"))
    };
    let is_styled = |row: RowId| {
        let span = sheet.rows[row as usize].span;
        let at = page.elements.partition_point(|element| element.shown.start < span.start);
        let mut here = page.elements[at..].iter().take_while(|element| element.shown.start == span.start);
        here.any(|element| {
            element.is_any(&["p", "div"])
                && element.has_word("class", STYLES)
                && !element.parent.is_some_and(is_box)
                && element.shown.end <= span.end + 1
        })
    };
    let is_stated = |row: RowId| stated.iter().any(|title| fold(&title.value) == fold(sheet.words(row)));
    first.into_iter().filter(|&row| is_text(row)).find(|&row| is_stated(row) || is_styled(row))
}

fn named(sheet: &Sheet<'_>, heading: &Heading) -> Found<String> {
    let span = heading.rows.first().map(|&row| sheet.source_span(sheet.rows[row as usize].span));
    Found { value: heading.words.clone(), rule: "heading", span }
}

/// Tells whether a heading is a link to the front page of the site.
fn names_the_site(sheet: &Sheet<'_>, page: &Page, heading: &Heading) -> bool {
    let Some(&row) = heading.rows.first() else { return false };
    let span = sheet.rows[row as usize].span;
    let base = page.base.as_deref().and_then(|base| base.split('/').nth(2)).unwrap_or_default();
    let is_front = |href: &str| {
        let path = href.split_once("://").map_or(href, |(_, rest)| rest.strip_prefix(base).unwrap_or(rest));
        matches!(path, "" | "/" | "./" | "../" | "index.html" | "/index.html")
    };
    let at = page.elements.partition_point(|element| element.shown.start < span.start);
    let mut within = page.elements[at..].iter().take_while(|element| element.shown.start < span.end);
    within.any(|element| {
        element.is_any(&["a"])
            && element.attribute("href").is_some_and(is_front)
            && element.shown.of(&sheet.text).trim() == sheet.words(row)
    })
}

/// Returns the first headings of a page.
fn headings(sheet: &Sheet<'_>, findings: &Findings) -> Vec<Heading> {
    const MOST: usize = 12;
    let mut headings: Vec<Heading> = Vec::new();
    let mut last = None;
    let mut is_full = false;
    let insets = findings.insets.iter().map(|inset| inset.span);
    let claims = findings.claims.iter().chain(&findings.fallbacks).map(|claim| claim.span);
    let dropped: Vec<_> = claims.chain(insets).collect();
    for (row, printed) in sheet.rows.iter().enumerate() {
        let Kind::Heading(level) = sheet.nodes[printed.node.index()].kind else { continue };
        let place = findings.places[row];
        if !is_on_page(place) {
            continue;
        }
        let mut words = String::new();
        let mut at = printed.span.start;
        let mut inside: Vec<_> =
            dropped.iter().filter(|span| span.start >= at && span.end <= printed.span.end).collect();
        inside.sort_unstable();
        for span in inside {
            words += &sheet.text[at.min(span.start) as usize..span.start as usize];
            at = span.end.max(at);
        }
        words += &sheet.text[at as usize..printed.span.end as usize];
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        match headings.last_mut() {
            Some(heading) if last == Some(printed.node) => {
                heading.words = format!("{} {words}", heading.words).trim().to_owned();
                heading.rows.push(row as RowId);
            }
            _ if is_full => break,
            _ => headings.push(Heading {
                words,
                rows: vec![row as RowId],
                level,
                is_in_body: place == Place::Body,
            }),
        }
        last = Some(printed.node);
        is_full = headings.len() == MOST;
    }
    headings.retain(|heading| !heading.words.is_empty());
    headings
}

/// Tells whether a heading is what a page calls itself, the name of the site aside.
fn is_title_of(heading: &str, title: &str) -> bool {
    let (heading, folded) = (fold(heading), fold(title));
    if heading.is_empty() || heading == folded {
        return !heading.is_empty();
    }
    let is_part = |separator: &str| {
        let parts: Vec<String> = title.split(separator).map(fold).collect();
        let joined = |range: std::ops::Range<usize>| parts[range].concat();
        parts.len() > 1
            && (joined(0..parts.len() - 1) == heading
                || joined(1..parts.len()) == heading
                || parts[0] == heading
                || (parts.len() == 3 && parts[1] == heading))
    };
    SEPARATORS.iter().any(|separator| is_part(separator))
}

/// Returns the letters and digits of a text, in lower case.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Takes the name of the site off the end or the beginning of a title.
fn without_site(title: &str, site: Option<&str>) -> String {
    for separator in SEPARATORS {
        let (last, first) = (title.rsplit_once(separator), title.split_once(separator));
        let is_site = |part: &str| site.is_some_and(|site| fold(site) == fold(part));
        if let Some((title, _)) = last.filter(|(title, part)| is_site(part) && !title.is_empty()) {
            return title.trim().to_owned();
        }
        if let Some((_, title)) = first.filter(|(part, title)| is_site(part) && !title.is_empty()) {
            return title.trim().to_owned();
        }
        let is_short = |(title, part): &(&str, &str)| {
            part.split_whitespace().count() <= 4 && title.split_whitespace().count() >= 2
        };
        if let Some((title, _)) = last.filter(|parts| SURE.contains(separator) && is_short(parts)) {
            return title.trim().to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_goes() {
        for (title, site, expected) in [
            ("The last ferry | Harbour Log", None, "The last ferry"),
            ("The last ferry - Harbour Log", Some("Harbour Log"), "The last ferry"),
            ("Harbour Log: The last ferry", Some("Harbour Log"), "The last ferry"),
            ("The ferry - a history", None, "The ferry - a history"),
            ("The ferry: a history", Some("Harbour Log"), "The ferry: a history"),
            ("Harbour Log", Some("Harbour Log"), "Harbour Log"),
        ] {
            assert_eq!(without_site(title, site), expected, "{title:?}");
        }
    }

    #[test]
    fn a_heading_is_the_title_of_its_page() {
        for (heading, title, expected) in [
            ("The last ferry", "The last ferry", true),
            ("The last ferry", "The Last Ferry | Harbour Log", true),
            ("The last ferry", "Harbour Log » The last ferry", true),
            ("The last ferry", "Log: Vale -- The last ferry -- March 4", true),
            ("The last ferry", "The last ferry sank", false),
            ("", "Harbour Log", false),
        ] {
            assert_eq!(is_title_of(heading, title), expected, "{heading:?} {title:?}");
        }
    }
}
