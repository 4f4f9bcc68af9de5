//! `postil site check`: what is wrong with a site, each with the place where it can be mended.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::article::{Article, Core, Unread};
use super::config::{self, Entry};
use super::content::{self, Content, Skipped};
use super::links::Crosslinks;
use super::pages::Printer;
use super::{Choices, File, Memory, Site, urls, validity};
use crate::diagnostic::Code;
use crate::document::{Document, Inline, Note};
use crate::error::Error;
use crate::source::Source;
use crate::writers::markup::{Elsewhere, decoded};

/// Something that is wrong with a site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file: of the content, or of the site where a template made the fault.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1.
    pub column: usize,
    /// Stable name, such as `dead-link`.
    pub code: &'static str,
    /// What exactly, in one line.
    pub message: String,
}

/// Checks the site of a folder; nothing is written.
///
/// # Errors
///
/// Those of [`Site::read`], and if a page can't be made.
pub fn check(folder: &Path, choices: &Choices) -> Result<Vec<Finding>, Vec<Error>> {
    let site = Site::read(folder, choices, &mut Memory::default())?;
    let mut findings = site.remarks.clone();
    for at in 0..site.printer.library.articles.len() {
        findings.extend(of_article(&site, at).map_err(|error| vec![error])?);
    }
    findings.extend(of_menu(&site, folder));
    let told: BTreeSet<String> = findings.iter().map(|finding| finding.message.clone()).collect();
    let pages = of_pages(&site).map_err(|error| vec![error])?;
    // What a text says wrongly is told where it stands, not for the pages made of it.
    let is_new = |finding: &Finding| !told.iter().any(|message| finding.message.ends_with(message.as_str()));
    findings.extend(pages.into_iter().filter(is_new));
    findings.sort();
    findings.dedup();
    Ok(findings)
}

/// Looks at the links of the menu.
fn of_menu(site: &Site, folder: &Path) -> Vec<Finding> {
    let finding = |entry: &Entry| {
        let url = entry.within.as_ref()?;
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let is_there = site.files.contains_key(&urls::file(&decoded(path)));
        (!is_there).then(|| Finding {
            file: folder.join(config::NAME).display().to_string(),
            line: entry.line,
            column: 1,
            code: "dead-link",
            message: format!("/{url} leads nowhere"),
        })
    };
    site.printer.library.config.menu.iter().filter_map(finding).collect()
}

/// Looks at the text of an article: notes, links and pictures.
fn of_article(site: &Site, at: usize) -> Result<Vec<Finding>, Error> {
    let printer: &Printer = &site.printer;
    let article: &Article = &printer.library.articles[at];
    let file = site.content.path(&article.path).display().to_string();
    let mut findings: Vec<Finding> = article
        .remarks
        .iter()
        .filter(|remark| !matches!(remark.code, Code::LostUrl | Code::EncodingGuessed))
        .map(|remark| Finding {
            file: file.clone(),
            line: remark.line,
            column: remark.column,
            code: remark.code.name(),
            message: remark.message.clone(),
        })
        .collect();
    let links = Crosslinks { directory: &printer.directory, library: &printer.library, from: at, root: "" };
    let mut wrong: Vec<(&'static str, String, (&str, usize))> = Vec::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    article.document.each_inline(&mut |inline| {
        let (Inline::Link { url, .. } | Inline::Wikilink { page: url, .. } | Inline::Image { url, .. }) =
            inline
        else {
            return;
        };
        let count = counts.entry(url).or_default();
        let place = (url.as_str(), *count);
        *count += 1;
        match inline {
            Inline::Wikilink { page, .. } if links.page(page).is_none() => {
                wrong.push(("dead-link", format!("no article is called {page}"), place));
            }
            Inline::Image { alt, .. } => {
                if urls::is_within(url) && links.picture(url).is_none() {
                    wrong.push(("dead-link", format!("{url} leads nowhere"), place));
                }
                if alt.trim().is_empty() {
                    wrong.push(("missing-alt", no_words(url), place));
                }
            }
            Inline::Link { .. } => {
                let code = dead(&links, article, url);
                wrong.extend(code.map(|code| (code, format!("{url} leads nowhere"), place)));
            }
            _ => {}
        }
    });
    let orphans = orphans(&article.document);
    if !wrong.is_empty() || !orphans.is_empty() {
        let bytes = content::bytes(&site.content.path(&article.path))?;
        let source = Source::decode(&bytes, None)?;
        for (code, message, (words, count)) in wrong {
            let start = named_at(source.text(), words, count);
            let (line, column) = source.line_and_column(start as u32);
            findings.push(Finding { file: file.clone(), line, column, code, message });
        }
        let code = Code::NoteWithoutMarker.name();
        for note in orphans {
            let (line, column) = source.line_and_column(note.span.start);
            let message = format!("nothing refers to note {}", note.printed);
            // The text itself may have told it already.
            if !findings.iter().any(|told| told.code == code && told.line == line) {
                findings.push(Finding { file: file.clone(), line, column, code, message });
            }
        }
    }
    Ok(findings)
}

/// Returns where a text leads to an address for the time that is counted; else where it names it first.
fn named_at(text: &str, address: &str, count: usize) -> usize {
    for before in ["](", "](<", "]: ", "=\"", "='", "[[", "<"] {
        let written = format!("{before}{address}");
        let mut found = text.match_indices(&written).filter(|(at, _)| {
            let after = text[at + written.len()..].chars().next();
            // `a.md` is not `a.md#b`.
            after.is_none_or(|c| matches!(c, ')' | '>' | '"' | '\'' | ']' | '|') || c.is_whitespace())
        });
        let first = found.next();
        if let Some((at, _)) = if count == 0 { first } else { found.nth(count - 1).or(first) } {
            return at + before.len();
        }
    }
    text.find(address).unwrap_or(0)
}

/// Tells of a file that can't be part of the site.
pub(super) fn skipped(skipped: &Skipped) -> Finding {
    let (code, message) = if skipped.is_link {
        ("skipped-link", "links are not followed; put what it leads to here itself")
    } else {
        ("skipped-name", "the name is no UTF-8, so it has no address; give it another one")
    };
    let file = skipped.path.display().to_string();
    Finding { file, line: 1, column: 1, code, message: message.to_owned() }
}

/// Tells what an article's front matter says that can't be read.
pub(super) fn unread(content: &Content, core: &Core) -> Vec<Finding> {
    if core.unread.is_empty() {
        return Vec::new();
    }
    let path = content.path(&core.path);
    let source = content::bytes(&path).and_then(|bytes| Source::decode(&bytes, None)).ok();
    let finding = |unread: &Unread| {
        let place = |source: &Source| {
            source.line_and_column(said_at(source.text(), unread.key, &unread.words) as u32)
        };
        let (line, column) = source.as_ref().map_or((1, 1), place);
        let (code, message) = (unread.code, unread.message.clone());
        Finding { file: path.display().to_string(), line, column, code, message }
    };
    core.unread.iter().map(finding).collect()
}

/// Returns where a text says something under a key.
fn said_at(text: &str, key: &str, words: &str) -> usize {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let is_key = line.split_once([':', '=']).is_some_and(|(name, _)| {
            name.trim_matches(|c: char| c.is_whitespace() || c == '"').eq_ignore_ascii_case(key)
        });
        if is_key {
            return start + line.find(words).unwrap_or(0);
        }
        start += line.len();
    }
    text.find(words).unwrap_or(0)
}

/// Returns the notes that nothing refers to.
fn orphans(document: &Document) -> Vec<&Note> {
    let mut is_cited = vec![false; document.notes.len()];
    document.title_references.iter().for_each(|note| is_cited[note.index()] = true);
    document.each_inline(&mut |inline| {
        if let Inline::Reference(note) = inline {
            is_cited[note.index()] = true;
        }
    });
    document.notes.iter().zip(is_cited).filter(|(_, is_cited)| !is_cited).map(|(note, _)| note).collect()
}

/// Tells what is wrong with a link within the site.
fn dead(links: &Crosslinks<'_>, article: &Article, url: &str) -> Option<&'static str> {
    if let Some(fragment) = url.strip_prefix('#') {
        let is_there = fragment.is_empty() || article.plan.anchor(fragment).is_some();
        return (!is_there).then_some("dead-anchor");
    }
    if !urls::is_within(url) {
        return None;
    }
    let Some(address) = links.address(url) else {
        return (!links.is_held_back(url)).then_some("dead-link");
    };
    let fragment = url.split_once('#').map_or("", |(_, fragment)| fragment);
    (!fragment.is_empty() && !address.contains('#')).then_some("dead-anchor")
}

/// Looks at the finished pages, feeds and catalogues: ids, and where links lead.
fn of_pages(site: &Site) -> Result<Vec<Finding>, Error> {
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut findings = Vec::new();
    let mut links: Vec<(&str, usize, String)> = Vec::new();
    for (name, file) in &site.files {
        if !matches!(file, File::Page(_) | File::Feed(..) | File::Catalogue | File::Sitemap) {
            continue;
        }
        let text = String::from_utf8(site.file(name)?.unwrap_or_default()).unwrap_or_default();
        if Path::new(&name).extension().is_some_and(|extension| extension == "xml") {
            let told = validity::faults(&text).into_iter();
            findings.extend(told.map(|(line, column, message)| Finding {
                file: name.clone(),
                line,
                column,
                code: "wrong-feed",
                message,
            }));
        }
        let known = ids.entry(name).or_default();
        for (number, line) in text.lines().enumerate() {
            let wrong =
                |code, message| Finding { file: name.clone(), line: number + 1, column: 1, code, message };
            for id in values(line, " id=\"") {
                if !known.insert(id.to_owned()) {
                    findings.push(wrong("duplicate-id", format!("the id {id} is there twice")));
                }
            }
            let is_page = matches!(file, File::Page(_));
            for tag in line.split("<img ").skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
                if is_page && !tag.starts_with("alt=") && !tag.contains(" alt=") {
                    let picture = values(&format!(" {tag}"), " src=\"").next().unwrap_or_default().to_owned();
                    findings.push(wrong("missing-alt", no_words(&picture)));
                }
            }
            for start in
                if is_page { &[" href=\"", " src=\""][..] } else { &[" href=\"", "\": \"", "<loc>"][..] }
            {
                links.extend(
                    values(line, start).map(|url| (name.as_str(), number + 1, url.replace("&amp;", "&"))),
                );
            }
        }
    }
    let base = site.printer.library.config.base_url.as_deref();
    for (name, line, url) in links {
        let (place, fragment) = url.split_once('#').unwrap_or((&url, ""));
        let target = match base.and_then(|base| place.strip_prefix(base)) {
            Some(path) => decoded(path.split('?').next().unwrap_or_default()),
            None if urls::is_within(&url) && matches!(site.files.get(name), Some(File::Page(_))) => {
                resolved(name, place, base)
            }
            None => continue,
        };
        let file = urls::file(&target);
        let is_index = target.starts_with("search/");
        let code = match site.files.get(&file) {
            None if is_index => continue,
            None => "dead-link",
            Some(File::Page(_)) if !fragment.is_empty() => {
                if ids.get(file.as_str()).is_some_and(|ids| ids.contains(&decoded(fragment))) {
                    continue;
                }
                "dead-anchor"
            }
            Some(_) => continue,
        };
        findings.push(Finding {
            file: name.to_owned(),
            line,
            column: 1,
            code,
            message: format!("{url} leads nowhere"),
        });
    }
    Ok(findings)
}

fn no_words(picture: &str) -> String {
    format!("the picture {picture} has no words for who cannot see it")
}

/// Returns what stands between a start and the next quote or tag.
fn values<'l>(line: &'l str, start: &str) -> impl Iterator<Item = &'l str> {
    line.split(start).skip(1).map(|rest| rest.split(['"', '<']).next().unwrap_or_default())
}

/// Returns the address that a link on a page leads to, counted from the site's root.
fn resolved(page: &str, link: &str, base: Option<&str>) -> String {
    let link = link.split('?').next().unwrap_or_default();
    let link = decoded(link);
    let root = base.and_then(|base| base.splitn(4, '/').nth(3)).unwrap_or_default();
    if let Some(path) = link.strip_prefix('/') {
        return path.strip_prefix(root).unwrap_or(path).to_owned();
    }
    if link.is_empty() {
        return page.strip_suffix("index.html").unwrap_or(page).to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    if matches!(link.rsplit('/').next(), Some("." | "..")) {
        parts.push("");
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_count_from_their_page() {
        for (page, link, expected) in [
            ("a/b/index.html", "../../c/", "c/"),
            ("a/b/index.html", "../", "a/"),
            ("a/b/index.html", "..", "a/"),
            ("a/b/index.html", "", "a/b/"),
            ("index.html", "./", ""),
            ("index.html", "./theme/theme.css", "theme/theme.css"),
            ("404.html", "/log/a/", "a/"),
            ("a/index.html", "../caf%C3%A9.png?x=1", "café.png"),
        ] {
            assert_eq!(resolved(page, link, Some("https://harbour.example/log/")), expected, "{page} {link}");
        }
    }

    #[test]
    fn what_is_said_is_found_under_its_key() {
        let text = "---\ntitle: tru\nDraft: tru\nextra: {date: [1]}\n---\n";
        for (key, words, expected) in
            [("draft", "tru", 22), ("draft", "", 15), ("date", "[1]", 40), ("date", "z", 0)]
        {
            assert_eq!(said_at(text, key, words), expected, "{key} {words}");
        }
    }

    #[test]
    fn links_are_found_where_they_stand() {
        let text = "About a.md and [a](a.md#b), [a](a.md), [b](a.md)\n\n[c]: c.md\n";
        for (address, count, expected) in [
            ("a.md", 0, 32),
            ("a.md", 1, 43),
            ("a.md", 2, 32),
            ("a.md#b", 0, 19),
            ("c.md", 0, 55),
            ("About", 0, 0),
        ] {
            assert_eq!(named_at(text, address, count), expected, "{address} {count}");
        }
    }
}
