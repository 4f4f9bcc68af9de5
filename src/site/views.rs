//! What templates see. Every address counts from the site's root: a template puts `root` before it.

use serde::Serialize;

use super::article::Article;
use super::config::Entry;
use super::groups::Term;
use super::library::Library;
use super::words::filled;
use crate::writers::dates::published;
use crate::writers::labels;

/// An article in a list.
#[derive(Debug, Serialize)]
pub(super) struct Card<'l> {
    pub(super) name: &'l str,
    pub(super) url: &'l str,
    pub(super) lang: &'l str,
    pub(super) dir: &'static str,
    pub(super) date: Option<Date<'l>>,
    pub(super) authors: Vec<Link>,
    pub(super) tags: Vec<Link>,
    pub(super) summary: &'l str,
    /// Its length and the time that it takes, in words of the site.
    pub(super) length: String,
    pub(super) minutes: String,
}

/// A date for programs and for people.
#[derive(Debug, Serialize)]
pub(super) struct Date<'l> {
    /// None if it is no date that programs know.
    pub(super) iso: Option<&'l str>,
    pub(super) words: String,
}

/// A name that leads somewhere; not always.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub(super) name: String,
    pub(super) url: Option<String>,
    /// How many articles are there, where that is told.
    pub(super) count: usize,
}

/// A link at the top of every page.
#[derive(Debug, Serialize)]
pub(super) struct MenuLink<'l> {
    pub(super) name: &'l str,
    pub(super) url: &'l str,
    /// The address is a full one.
    pub(super) is_elsewhere: bool,
}

/// A heading of an article, for its list of contents.
#[derive(Debug, Serialize)]
pub(super) struct Heading<'l> {
    pub(super) words: &'l str,
    pub(super) id: &'l str,
    /// 1 is highest.
    pub(super) rank: u8,
}

/// The place of an article in its series.
#[derive(Debug, Serialize)]
pub(super) struct InSeries {
    pub(super) name: String,
    pub(super) url: String,
    /// `Part 2 of 3`, in words of the site.
    pub(super) place: String,
    pub(super) previous: Option<Link>,
    pub(super) next: Option<Link>,
}

/// The pages of a long list.
#[derive(Debug, Serialize)]
pub(super) struct Pager {
    pub(super) number: usize,
    pub(super) count: usize,
    /// `Page 2 of 3`, in words of the site.
    pub(super) place: String,
    pub(super) newer: Option<String>,
    pub(super) older: Option<String>,
}

impl<'l> Card<'l> {
    pub(super) fn of(library: &'l Library, article: &'l Article) -> Self {
        let date = article.document.metadata.date.as_ref().map(|found| found.value.as_str());
        let in_words = |iso: &str| labels::of(&library.lang).date(iso);
        Self {
            name: &article.name,
            url: &article.url,
            lang: &article.lang,
            dir: article.dir,
            date: date.map(|date| Date { iso: published(date), words: in_words(date) }),
            authors: terms(library, article, "authors"),
            tags: terms(library, article, "tags"),
            summary: &article.summary,
            length: library.words.length(article.length),
            minutes: filled(library.words.minutes, &[article.minutes]),
        }
    }
}

/// Returns the terms of an article with the addresses of their pages, where they have some.
pub(super) fn terms(library: &Library, article: &Article, key: &str) -> Vec<Link> {
    let links = article.links.iter().filter(|link| &*link.key == key);
    let links =
        links.map(|link| Link { name: link.name.to_string(), url: Some(link.url.to_string()), count: 0 });
    if library.groups.iter().any(|group| group.key == key) {
        return links.collect();
    }
    article.terms(key).iter().map(|name| Link { name: name.to_string(), url: None, count: 0 }).collect()
}

impl Link {
    pub(super) fn to(article: &Article) -> Self {
        Self { name: article.name.clone(), url: Some(article.url.to_string()), count: 1 }
    }

    pub(super) fn of(term: &Term) -> Self {
        Self { name: term.name.to_string(), url: Some(term.url.to_string()), count: term.articles.len() }
    }
}

impl<'l> MenuLink<'l> {
    pub(super) fn of(entry: &'l Entry) -> Self {
        let url = entry.within.as_deref().unwrap_or(&entry.url);
        Self { name: &entry.name, url, is_elsewhere: entry.within.is_none() }
    }
}

impl InSeries {
    /// Returns the place of an article in its series; none where it belongs to none.
    pub(super) fn of(library: &Library, at: usize) -> Option<Self> {
        let (series, place) = library.articles[at].part?;
        let term = &library.series[series];
        let link = |place: usize| term.articles.get(place).map(|&at| Link::to(&library.articles[at]));
        Some(Self {
            name: term.name.to_string(),
            url: term.url.to_string(),
            place: filled(library.words.part_of, &[place + 1, term.articles.len()]),
            previous: place.checked_sub(1).and_then(link),
            next: link(place + 1),
        })
    }
}

impl Pager {
    /// Returns what leads from a page of a list to the next; none where there is one page only. `number` counts from 1.
    pub(super) fn of(library: &Library, home: &str, number: usize, count: usize) -> Option<Self> {
        let url = |number: usize| page_url(home, number);
        (count > 1).then(|| Self {
            number,
            count,
            place: filled(library.words.page_of, &[number, count]),
            newer: (number > 1).then(|| url(number - 1)),
            older: (number < count).then(|| url(number + 1)),
        })
    }
}

/// Returns the address of a page of a list; the first one is the list's own.
pub(super) fn page_url(home: &str, number: usize) -> String {
    if number <= 1 { home.to_owned() } else { format!("{home}page/{number}/") }
}
