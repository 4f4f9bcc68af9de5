//! What articles are listed by beside their folders: taxonomies such as tags and authors, series, and years.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::article::{GroupLink, Role};
use super::library::{Library, capitalized};
use super::urls;
use crate::options::folded;

/// A taxonomy: everything that articles are grouped by.
#[derive(Debug)]
pub(super) struct Group {
    /// The key in the front matter.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) url: String,
    pub(super) terms: Vec<Term>,
}

/// A tag, an author, a series …, with its articles.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) name: Arc<str>,
    pub(super) url: Arc<str>,
    pub(super) articles: Vec<usize>,
}

/// The articles of a year.
#[derive(Debug)]
pub(super) struct Year {
    pub(super) number: Option<String>,
    pub(super) url: String,
    pub(super) articles: Vec<usize>,
}

/// Terms as they are found. Those that differ in case, accents and hyphens alone are one.
#[derive(Default)]
struct Found {
    terms: Vec<Term>,
    by_name: HashMap<Arc<str>, usize, RandomState>,
    by_key: HashMap<String, usize, RandomState>,
}

impl Group {
    /// Returns the term whose page has an address.
    pub(super) fn find(&self, url: &str) -> Option<&Term> {
        let at = self.terms.binary_search_by(|term| (*term.url).cmp(url)).ok()?;
        Some(&self.terms[at])
    }
}

impl Found {
    /// Returns the term of a name, below `home`.
    fn place(&mut self, name: &Arc<str>, home: &str) -> usize {
        if let Some(&place) = self.by_name.get(name) {
            return place;
        }
        let place = *self.by_key.entry(key(name)).or_insert(self.terms.len());
        if place == self.terms.len() {
            let url = format!("{home}{}/", urls::slug(name)).into();
            self.terms.push(Term { name: Arc::clone(name), url, articles: Vec::new() });
        }
        self.by_name.insert(Arc::clone(name), place);
        place
    }

    /// Gives those that an address makes alike one each: `c/` to C, `c-2/` to C#, `c-3/` to C++. Tells whether it had to.
    fn part(&mut self) -> bool {
        let mut order: Vec<(Arc<str>, String, usize)> = self
            .terms
            .iter()
            .enumerate()
            .map(|(at, term)| (Arc::clone(&term.url), key(&term.name), at))
            .collect();
        order.sort_unstable();
        let mut taken: HashSet<Arc<str>> = order.iter().map(|(url, ..)| Arc::clone(url)).collect();
        let is_alike = |pair: &&[(Arc<str>, String, usize)]| pair[0].0 == pair[1].0;
        let alike: Vec<(Arc<str>, usize)> =
            order.windows(2).filter(is_alike).map(|pair| (Arc::clone(&pair[1].0), pair[1].2)).collect();
        for (url, at) in &alike {
            let mut number = 2;
            let free = loop {
                let free = format!("{}-{number}/", url.trim_end_matches('/'));
                if !taken.contains(free.as_str()) {
                    break free;
                }
                number += 1;
            };
            self.terms[*at].url = free.into();
            taken.insert(Arc::clone(&self.terms[*at].url));
        }
        !alike.is_empty()
    }
}

/// Returns what two names of the same term have in common.
fn key(name: &str) -> String {
    let letters = name.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase);
    let spaced: String = letters.map(|c| if matches!(c, '-' | '_') { ' ' } else { c }).collect();
    folded(&spaced)
}

impl Library {
    /// Groups the articles by each taxonomy; one that no article has a term of is left out.
    pub(super) fn group(&mut self) {
        for key in &self.config.taxonomies {
            let home = urls::slug(key) + "/";
            let shared: Arc<str> = key.as_str().into();
            let mut found = Found::default();
            for (at, article) in self.articles.iter_mut().enumerate() {
                if article.role != Role::Article {
                    continue;
                }
                let mut links = std::mem::take(&mut article.links);
                let terms = article.terms(key);
                links.reserve(terms.len());
                for name in terms.iter() {
                    let place = found.place(name, &home);
                    let term = &mut found.terms[place];
                    if term.articles.last() != Some(&at) {
                        term.articles.push(at);
                        let (key, name, url) = (Arc::clone(&shared), Arc::clone(name), Arc::clone(&term.url));
                        links.push(GroupLink { key, name, url });
                    }
                }
                article.links = links;
            }
            if found.terms.is_empty() {
                continue;
            }
            if found.part() {
                let links = self.articles.iter_mut().flat_map(|article| &mut article.links);
                for link in links.filter(|link| link.key == shared) {
                    link.url = Arc::clone(&found.terms[found.by_name[&link.name]].url);
                }
            }
            let mut terms = found.terms;
            terms.sort_unstable_by(|a, b| a.url.cmp(&b.url));
            let name = self.words.taxonomy(key).map_or_else(|| capitalized(key), str::to_owned);
            self.groups.push(Group { key: key.clone(), name, url: home, terms });
        }
    }

    /// Finds the series; those that say no place stand in the order of their dates.
    pub(super) fn find_series(&mut self) {
        let mut found = Found::default();
        for (at, article) in self.articles.iter().enumerate() {
            if let (Some((name, _)), Role::Article) = (&article.series, article.role) {
                let place = found.place(name, "series/");
                found.terms[place].articles.push(at);
            }
        }
        found.part();
        self.series = found.terms;
        self.series.sort_unstable_by(|a, b| a.url.cmp(&b.url));
        for (series, term) in self.series.iter_mut().enumerate() {
            term.articles.sort_by_cached_key(|&at| {
                let article = &self.articles[at];
                let part = article.series.as_ref().and_then(|(_, part)| *part);
                let path = Arc::clone(&article.path);
                (part.unwrap_or(i64::MAX), article.day.is_none(), article.day.clone(), path)
            });
            for (place, &at) in term.articles.iter().enumerate() {
                self.articles[at].part = Some((series, place));
            }
        }
    }

    /// Finds the years, of articles that stand in the order of their days.
    pub(super) fn find_years(&mut self) {
        for &at in &self.listed {
            let number = self.articles[at].day.as_deref().map(|day| &day[..4]);
            if self.years.last().is_none_or(|year| year.number.as_deref() != number) {
                let url = format!("archive/{}/", number.unwrap_or("undated"));
                self.years.push(Year { number: number.map(str::to_owned), url, articles: Vec::new() });
            }
            if let Some(year) = self.years.last_mut() {
                year.articles.push(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::content;
    use super::super::library::of_texts;

    #[test]
    fn lists_are_in_the_order_of_reading() {
        let dated = |date: &str, part: &str| format!("---\ndate: {date}\nseries: River\n{part}\n---\n");
        let texts = [dated("2031-01-01", ""), dated("2032-01-01", ""), dated("2030-01-01", "part: 0")];
        let library = of_texts(&[
            ("a.md", &texts[0]),
            ("b.md", &texts[1]),
            ("c.md", &texts[2]),
            ("d.md", ""),
            ("about.md", ""),
        ])
        .expect("a library");
        let paths = |list: &[usize]| -> String {
            list.iter().map(|&at| content::stem(&library.articles[at].path)).collect()
        };
        assert_eq!(paths(&library.listed), "bacd");
        assert_eq!(paths(&library.series[0].articles), "cab");
        assert_eq!(
            library.articles.iter().map(|article| article.part).collect::<Vec<_>>()[..3],
            [Some((0, 2)), Some((0, 1)), Some((0, 0))]
        );
        assert_eq!(paths(&library.pages), "about");
        let years: Vec<_> =
            library.years.iter().map(|year| (year.url.as_str(), paths(&year.articles))).collect();
        let expected = [
            ("archive/2032/", "b"),
            ("archive/2031/", "a"),
            ("archive/2030/", "c"),
            ("archive/undated/", "d"),
        ];
        assert_eq!(years, expected.map(|(url, list)| (url, list.to_owned())));
    }

    #[test]
    fn terms_that_are_others_have_pages_of_their_own() {
        let library = of_texts(&[
            ("a.md", "---\ntags: [C++, c, Café, Deep sea]\nseries: C++\n---\n"),
            ("b.md", "---\ntags: [C#, cafe, deep-sea, c-2]\nseries: C\n---\n"),
        ])
        .expect("a library");
        let urls: Vec<String> = library
            .articles
            .iter()
            .flat_map(|article| &article.links)
            .map(|link| link.url.to_string())
            .collect();
        let expected = ["c-4", "c", "cafe", "deep-sea", "c-3", "cafe", "deep-sea", "c-2"];
        assert_eq!(urls, expected.map(|url| format!("tags/{url}/")));
        assert_eq!(library.groups[0].terms.len(), 6);
        assert_eq!(
            library.series.iter().map(|term| &*term.url).collect::<Vec<_>>(),
            ["series/c-2/", "series/c/"]
        );
    }

    #[test]
    fn terms_that_differ_in_case_are_one() {
        let library = of_texts(&[
            ("a.md", "---\ndate: 2031-01-02\ntags: [Sea, ebb, sea]\n---\n"),
            ("b.md", "---\ndate: 2031-01-01\ntags: sea\nauthors: [Ada]\n---\n"),
        ])
        .expect("a library");
        let found: Vec<_> = library
            .groups
            .iter()
            .flat_map(|group| &group.terms)
            .map(|term| (&*term.url, &*term.name, term.articles.as_slice()))
            .collect();
        let expected: [(&str, &str, &[usize]); 3] =
            [("tags/ebb/", "ebb", &[0]), ("tags/sea/", "Sea", &[0, 1]), ("authors/ada/", "Ada", &[1])];
        assert_eq!(found, expected);
        assert_eq!(
            library.articles[1].links.iter().map(|link| &*link.name).collect::<Vec<_>>(),
            ["sea", "Ada"]
        );
    }
}
