//! Feeds: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, of the site, of every tag and of every author.
//!
//! Articles without a date stay out: a reader program would take them for new. Every address in a feed is a full one, so
//! feeds need `base_url`.

use serde::Serialize;
use serde_json::json;
use tera::Context;

use super::config::Format;
use super::library::Library;
use super::pages::Printer;
use crate::error::Error;
use crate::writers::dates::day_of;

/// A feed to be written.
#[derive(Debug)]
pub(super) struct Feed {
    pub(super) title: String,
    /// The page that it belongs to.
    pub(super) home: String,
    /// The newest articles with a date.
    articles: Vec<usize>,
    /// Whether the articles are in it whole.
    is_full: bool,
}

/// One article in a feed.
#[derive(Debug, Serialize)]
struct Entry {
    title: String,
    url: String,
    lang: String,
    /// RFC 3339.
    published: String,
    updated: String,
    /// RFC 822, as RSS has it.
    rfc822: String,
    authors: Vec<String>,
    tags: Vec<String>,
    summary: String,
    /// HTML; none where the feed holds summaries.
    content: Option<String>,
}

/// So many tags of an article are told: each of them has feeds, which would tell all of them again.
const TAGS: usize = 64;

/// Every form of feed, with its file and its media type.
pub(super) const FORMATS: &[(Format, &str, &str)] = &[
    (Format::Atom, "atom.xml", "application/atom+xml"),
    (Format::Rss, "rss.xml", "application/rss+xml"),
    (Format::Json, "feed.json", "application/feed+json"),
];

/// Tells whether a page has feeds: there is an article with a date.
pub(super) fn has(library: &Library, home: &str) -> bool {
    let is_dated = |articles: &[usize]| articles.iter().any(|&at| library.articles[at].day.is_some());
    let term = || library.groups.iter().find_map(|group| group.find(home));
    library.config.base_url.is_some()
        && match home {
            "" => is_dated(&library.listed),
            _ => term().is_some_and(|term| is_dated(&term.articles)),
        }
}

/// Lists the feeds of a site; there are none without `base_url`.
pub(super) fn list(library: &Library) -> Vec<Feed> {
    let config = &library.config;
    if config.base_url.is_none() || config.feeds.formats.is_empty() {
        return Vec::new();
    }
    let dated = |articles: &[usize]| -> Vec<usize> {
        let has_date = |at: &&usize| library.articles[**at].day.is_some();
        articles.iter().filter(has_date).copied().take(config.feeds.limit).collect()
    };
    let mut feeds = vec![Feed {
        title: library.title.clone(),
        home: String::new(),
        articles: dated(&library.listed),
        is_full: config.feeds.full,
    }];
    for group in &library.groups {
        feeds.extend(group.terms.iter().map(|term| Feed {
            title: format!("{} – {}", term.name, library.title),
            home: term.url.to_string(),
            articles: dated(&term.articles),
            is_full: false,
        }));
    }
    feeds.retain(|feed| !feed.articles.is_empty());
    feeds
}

impl Feed {
    /// Returns the files of the feed, each with its form.
    pub(super) fn files(&self, library: &Library) -> impl Iterator<Item = (String, Format)> {
        let formats = FORMATS.iter().filter(|(format, ..)| library.config.feeds.formats.contains(format));
        formats.map(|(format, file, _)| (format!("{}{file}", self.home), *format))
    }

    /// Writes one form of the feed.
    ///
    /// # Errors
    ///
    /// If a template fails.
    pub(super) fn write(&self, printer: &Printer, format: Format) -> Result<String, Error> {
        let library = &printer.library;
        let base = library.config.base_url.as_deref().unwrap_or_default();
        let entries: Vec<Entry> = self.articles.iter().map(|&at| self.entry(printer, at, base)).collect();
        let file = FORMATS.iter().find(|(known, ..)| *known == format).map_or("", |(_, file, _)| file);
        let address = format!("{base}{}{file}", self.home);
        if format == Format::Json {
            return Ok(self.json(library, base, &address, &entries));
        }
        let mut context = Context::new();
        context.insert("title", &self.title);
        context.insert("description", &library.config.description);
        context.insert("author", &library.config.author);
        context.insert("rights", &library.config.rights);
        context.insert("lang", &library.lang);
        context.insert("home", &format!("{base}{}", self.home));
        context.insert("address", &address);
        context.insert("updated", &entries.iter().map(|entry| &entry.updated).max());
        context.insert("entries", &entries);
        printer.templates.render(&format!("feeds/{file}"), &context)
    }

    fn entry(&self, printer: &Printer, at: usize, base: &str) -> Entry {
        let article = &printer.library.articles[at];
        let metadata = &article.document.metadata;
        let url = format!("{base}{}", article.url);
        let day = article.day.clone().unwrap_or_default();
        let updated = metadata.updated.as_ref().and_then(|found| day_of(&found.value));
        let content = self.is_full.then(|| {
            let (_, body) = printer.body(at, base);
            // Every address within the article is one of ours, so what stands in quotes here is no text.
            body.replace("href=\"#", &format!("href=\"{url}#")).trim_end().to_owned()
        });
        Entry {
            title: article.name.clone(),
            lang: article.lang.clone(),
            published: instant(&day),
            updated: instant(updated.as_ref().filter(|updated| **updated > day).unwrap_or(&day)),
            rfc822: rfc822(&day),
            authors: metadata.authors.iter().map(|found| found.value.clone()).collect(),
            tags: article.terms("tags").iter().take(TAGS).map(ToString::to_string).collect(),
            summary: article.summary.clone(),
            content,
            url,
        }
    }

    /// Writes JSON Feed 1.1.
    fn json(&self, library: &Library, base: &str, address: &str, entries: &[Entry]) -> String {
        let names = |names: &[String]| names.iter().map(|name| json!({"name": name})).collect::<Vec<_>>();
        let items: Vec<_> = entries
            .iter()
            .map(|entry| {
                let mut item = json!({
                    "id": entry.url,
                    "url": entry.url,
                    "title": entry.title,
                    "language": entry.lang,
                    "date_published": entry.published,
                    "date_modified": entry.updated,
                });
                match &entry.content {
                    Some(content) => item["content_html"] = json!(content),
                    None => item["content_text"] = json!(entry.text()),
                }
                for (key, is_there, value) in [
                    ("summary", !entry.summary.is_empty(), json!(entry.summary)),
                    ("authors", !entry.authors.is_empty(), json!(names(&entry.authors))),
                    ("tags", !entry.tags.is_empty(), json!(entry.tags)),
                ] {
                    if is_there {
                        item[key] = value;
                    }
                }
                item
            })
            .collect();
        let mut feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "home_page_url": format!("{base}{}", self.home),
            "feed_url": address,
            "language": library.lang,
        });
        if let Some(description) = &library.config.description {
            feed["description"] = json!(description);
        }
        if let Some(author) = &library.config.author {
            feed["authors"] = json!([{"name": author}]);
        }
        feed["items"] = json!(items);
        format!("{feed:#}\n")
    }
}

impl Entry {
    /// Returns what stands for an article that is not in the feed: never nothing.
    fn text(&self) -> &str {
        if self.summary.is_empty() { &self.title } else { &self.summary }
    }
}

/// Returns a day as a moment (RFC 3339).
fn instant(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

/// Returns a day as RSS has it: `Tue, 04 Mar 2031 00:00:00 GMT` (RFC 822 with years of four digits).
fn rfc822(day: &str) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const SHIFTS: [usize; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    let mut parts = day.split('-').filter_map(|part| part.parse::<usize>().ok());
    let (Some(year), Some(month @ 1..=12), Some(date)) = (parts.next(), parts.next(), parts.next()) else {
        return String::new();
    };
    // Sakamoto's method.
    let shifted = if month < 3 { year - 1 } else { year };
    let weekday = (shifted + shifted / 4 - shifted / 100 + shifted / 400 + SHIFTS[month - 1] + date) % 7;
    format!("{}, {date:02} {} {year:04} 00:00:00 GMT", DAYS[weekday], MONTHS[month - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_the_form_of_rss() {
        for (day, expected) in [
            ("2031-03-04", "Tue, 04 Mar 2031 00:00:00 GMT"),
            ("2000-02-29", "Tue, 29 Feb 2000 00:00:00 GMT"),
            ("1902-01-01", "Wed, 01 Jan 1902 00:00:00 GMT"),
            ("", ""),
        ] {
            assert_eq!(rfc822(day), expected, "{day:?}");
        }
    }
}
