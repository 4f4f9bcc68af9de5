//! All articles of a site, each in its place: sections, groups, series, years, and an address for everything.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::article::{Article, GroupLink, Role};
use super::config::Config;
use super::content;
use super::urls;
use super::words::{self, Words};

/// All articles of a site, each in its place. Lists of articles hold their places in `articles`.
#[derive(Debug)]
pub(super) struct Library {
    pub(super) config: Config,
    pub(super) title: String,
    pub(super) lang: String,
    pub(super) words: &'static Words,
    /// The newest first, and after them what has no date, by path.
    pub(super) articles: Vec<Article>,
    /// The articles that stand in lists.
    pub(super) listed: Vec<usize>,
    /// By address; the first is the whole site.
    pub(super) sections: Vec<Section>,
    pub(super) groups: Vec<Group>,
    pub(super) series: Vec<Term>,
    /// The newest first; what has no date comes last, without a number.
    pub(super) years: Vec<Year>,
    /// The articles that stand in no list.
    pub(super) pages: Vec<usize>,
    /// Old addresses, and where they lead.
    pub(super) aliases: BTreeMap<String, String>,
}

/// A folder of articles.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) intro: Option<usize>,
    pub(super) articles: Vec<usize>,
    /// The sections right below.
    pub(super) below: Vec<usize>,
}

/// A taxonomy: everything that articles are grouped by.
#[derive(Debug)]
pub(super) struct Group {
    /// The key in the front matter.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) url: String,
    pub(super) terms: Vec<Term>,
}

/// An article that can't stand where it wants to.
#[derive(Debug)]
pub(super) struct Misplaced {
    /// Its file, below the content folder.
    pub(super) path: String,
    /// What it says there; empty if it says nothing of it.
    pub(super) words: String,
    pub(super) reason: String,
}

/// A tag, an author, a series …, with its articles.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) articles: Vec<usize>,
}

/// The articles of a year.
#[derive(Debug)]
pub(super) struct Year {
    pub(super) number: Option<String>,
    pub(super) url: String,
    pub(super) articles: Vec<usize>,
}

impl Group {
    /// Returns the term whose page has an address.
    pub(super) fn find(&self, url: &str) -> Option<&Term> {
        let at = self.terms.binary_search_by(|term| term.url.as_str().cmp(url)).ok()?;
        Some(&self.terms[at])
    }
}

/// Of the articles of a tag, so many newer and older ones are compared with one.
const NEAR: usize = 40;

/// The addresses that are given, and to whom.
type Taken = HashMap<String, String, RandomState>;

/// Addresses that only we give.
const RESERVED: &[&str] = &["archive", "search", "series", "books", "opds", "page", "theme", "feeds"];

impl Library {
    /// Puts every article in its place; `name` is the site's without a configuration.
    ///
    /// # Errors
    ///
    /// Where two articles want the same address, or one leads out of the site.
    pub(super) fn of(config: Config, name: &str, mut articles: Vec<Article>) -> Result<Self, Misplaced> {
        let mut taken = Taken::default();
        articles.sort_by(|a, b| a.path.cmp(&b.path));
        give_addresses(&mut articles, &mut taken)?;
        articles.sort_by(|a, b| b.day.cmp(&a.day));
        let lang = config.language.clone().unwrap_or_else(|| most_frequent_language(&articles));
        let mut library = Self {
            title: config.title.clone().unwrap_or_else(|| name.to_owned()),
            words: words::of(&lang),
            lang,
            config,
            listed: (0..articles.len()).filter(|&at| articles[at].role == Role::Article).collect(),
            articles,
            sections: Vec::new(),
            groups: Vec::new(),
            series: Vec::new(),
            years: Vec::new(),
            pages: Vec::new(),
            aliases: BTreeMap::new(),
        };
        library.find_sections();
        library.group();
        library.find_series();
        library.find_years();
        library.find_aliases(&mut taken)?;
        Ok(library)
    }

    /// Returns the articles that share most with one: those of rare tags count more, then those of about its time.
    pub(super) fn related(&self, at: usize, count: usize) -> Vec<usize> {
        let tags = self.groups.iter().find(|group| group.key == "tags");
        let links = self.articles[at].links.iter().filter(|link| &*link.key == "tags");
        let mut found: Vec<(usize, usize)> = Vec::new();
        for link in links {
            let Some(term) = tags.and_then(|group| group.find(&link.url)) else { continue };
            let place = term.articles.partition_point(|&other| other < at);
            // Of a tag that hundreds have, the neighbours are enough.
            let near = place.saturating_sub(NEAR)..(place + NEAR).min(term.articles.len());
            let score = 1000 / term.articles.len().max(1) + 10;
            found.extend(term.articles[near].iter().map(|&other| (other, score)));
        }
        found.retain(|&(other, _)| other != at);
        found.sort_by_key(|&(other, _)| other);
        found.dedup_by(|(other, score), (known, sum)| {
            let is_same = other == known;
            *sum += if is_same { *score } else { 0 };
            is_same
        });
        let order = |&(other, score): &(usize, usize)| (std::cmp::Reverse(score), other.abs_diff(at), other);
        if found.len() > count {
            found.select_nth_unstable_by_key(count, order);
            found.truncate(count);
        }
        found.sort_unstable_by_key(order);
        found.into_iter().map(|(other, _)| other).collect()
    }

    /// Returns the full address of a path within the site; none without `base_url`.
    pub(super) fn absolute(&self, url: &str) -> Option<String> {
        self.config.base_url.as_ref().map(|base| format!("{base}{url}"))
    }

    fn find_sections(&mut self) {
        let mut folders: BTreeSet<String> = BTreeSet::from([String::new()]);
        for article in self.articles.iter().filter(|article| article.role != Role::Page) {
            let mut folder = section_of(article);
            while !folder.is_empty() && folders.insert(folder.clone()) {
                folder = content::folder(&folder).to_owned();
            }
        }
        let folders: Vec<String> = folders.into_iter().collect();
        let mut intros: HashMap<&str, usize> = HashMap::new();
        for (at, article) in
            self.articles.iter().enumerate().filter(|(_, article)| article.role == Role::Intro)
        {
            intros.entry(content::folder(&article.path)).or_insert(at);
        }
        for folder in &folders {
            let intro = intros.get(folder.as_str()).copied();
            let mut name = capitalized(folder.rsplit('/').next().unwrap_or_default());
            if let Some(title) = intro.and_then(|at| self.articles[at].document.metadata.title()) {
                name = title.to_owned();
            }
            self.sections.push(Section {
                name,
                url: section_url(folder),
                intro,
                articles: Vec::new(),
                below: Vec::new(),
            });
        }
        let place = |folder: &str| folders.binary_search_by(|known| known.as_str().cmp(folder)).ok();
        for at in 0..self.articles.len() {
            match self.articles[at].role {
                Role::Article => {
                    if let Some(section) = place(&section_of(&self.articles[at])) {
                        self.sections[section].articles.push(at);
                    }
                }
                Role::Page => self.pages.push(at),
                Role::Intro => {}
            }
        }
        for at in 1..folders.len() {
            if let Some(above) = place(content::folder(&folders[at])) {
                self.sections[above].below.push(at);
            }
        }
    }

    fn group(&mut self) {
        for key in &self.config.taxonomies {
            let home = urls::slug(key) + "/";
            let shared: Arc<str> = key.as_str().into();
            let mut shared_urls: Vec<Arc<str>> = Vec::new();
            let mut terms: Vec<Term> = Vec::new();
            // Terms that differ in case or signs alone are one.
            let mut by_url: HashMap<String, usize, RandomState> = HashMap::default();
            let mut by_name: HashMap<String, usize, RandomState> = HashMap::default();
            for (at, article) in self.articles.iter_mut().enumerate() {
                if article.role != Role::Article {
                    continue;
                }
                let mut links = std::mem::take(&mut article.links);
                for name in article.terms(key) {
                    let place = by_name.get(&*name).copied().unwrap_or_else(|| {
                        let url = format!("{home}{}/", urls::slug(&name));
                        let place = *by_url.entry(url.clone()).or_insert(terms.len());
                        if place == terms.len() {
                            shared_urls.push(url.as_str().into());
                            terms.push(Term { name: name.to_string(), url, articles: Vec::new() });
                        }
                        by_name.insert(name.to_string(), place);
                        place
                    });
                    let term = &mut terms[place];
                    if term.articles.last() != Some(&at) {
                        term.articles.push(at);
                        links.push(GroupLink {
                            key: Arc::clone(&shared),
                            name: name.into_owned(),
                            url: Arc::clone(&shared_urls[place]),
                        });
                    }
                }
                article.links = links;
            }
            if terms.is_empty() {
                continue;
            }
            terms.sort_unstable_by(|a, b| a.url.cmp(&b.url));
            let name = self.words.taxonomy(key).map_or_else(|| capitalized(key), str::to_owned);
            self.groups.push(Group { key: key.clone(), name, url: home, terms });
        }
    }

    /// Finds the series; those that say no place stand in the order of their dates.
    fn find_series(&mut self) {
        let mut found: BTreeMap<String, Term> = BTreeMap::new();
        for (at, article) in self.articles.iter().enumerate() {
            if let (Some((name, _)), Role::Article) = (&article.series, article.role) {
                let url = format!("series/{}/", urls::slug(name));
                let term = found.entry(url.clone());
                let new = || Term { name: name.clone(), url, articles: Vec::new() };
                term.or_insert_with(new).articles.push(at);
            }
        }
        self.series = found.into_values().collect();
        for term in &mut self.series {
            term.articles.sort_by_key(|&at| {
                let article = &self.articles[at];
                let part = article.series.as_ref().and_then(|(_, part)| *part);
                (part.unwrap_or(i64::MAX), article.day.is_none(), article.day.clone(), article.path.clone())
            });
        }
    }

    fn find_years(&mut self) {
        for &at in &self.listed {
            let number = self.articles[at].day.as_ref().map(|day| day[..4].to_owned());
            if self.years.last().map(|year| &year.number) != Some(&number) {
                let url = format!("archive/{}/", number.as_deref().unwrap_or("undated"));
                self.years.push(Year { number, url, articles: Vec::new() });
            }
            if let Some(year) = self.years.last_mut() {
                year.articles.push(at);
            }
        }
    }

    fn find_aliases(&mut self, taken: &mut Taken) -> Result<(), Misplaced> {
        let ours = self.sections.iter().map(|section| (&section.url, &section.name));
        let ours = ours.chain(self.groups.iter().map(|group| (&group.url, &group.name)));
        let ours =
            ours.chain(self.groups.iter().flat_map(|group| &group.terms).map(|term| (&term.url, &term.name)));
        for (url, name) in ours.chain(self.series.iter().map(|term| (&term.url, &term.name))) {
            taken.entry(url.clone()).or_insert_with(|| name.clone());
        }
        for article in &self.articles {
            for written in article.aliases() {
                let Some(alias) = urls::of_user(&written) else {
                    let reason =
                        format!("the alias {written:?} is no path within the site, such as /old/ferry/");
                    let (path, words) = (article.path.clone(), written.into_owned());
                    return Err(Misplaced { path, words, reason });
                };
                let is_ours = RESERVED.contains(&alias.split('/').next().unwrap_or_default());
                let other =
                    taken.get(&alias).cloned().or_else(|| is_ours.then(|| "the site itself".to_owned()));
                if let Some(other) = other {
                    return Err(clash(&alias, &other, &article.path, &written));
                }
                taken.insert(alias.clone(), article.path.clone());
                self.aliases.insert(alias, article.url.clone());
            }
        }
        Ok(())
    }
}

/// Gives every article its address: those with a `slug` of their own first, then in the order of their files.
fn give_addresses(articles: &mut [Article], taken: &mut Taken) -> Result<(), Misplaced> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    let own = |article: &Article| article.extra("slug").and_then(|value| value.as_str().map(str::to_owned));
    let alone = lone_indexes(articles);
    order.sort_by_cached_key(|&at| own(&articles[at]).is_none());
    for at in order {
        let article = &articles[at];
        let folder = section_url(content::folder(&article.path));
        let (home, stem) = match content::stem(&article.path) {
            "_index" => (folder, ""),
            // `ferry/index.md` beside its pictures alone is the article `ferry`.
            "index" if alone.contains(&article.path) => (folder, ""),
            stem => (folder, without_date(stem)),
        };
        let own = own(article);
        let mut url = match &own {
            _ if stem.is_empty() => home.clone(),
            Some(slug) => home.clone() + &urls::slug(slug) + "/",
            None => home.clone() + &urls::slug(stem) + "/",
        };
        if article.role != Role::Intro && RESERVED.contains(&url.trim_end_matches('/')) {
            url = format!("{}-article/", url.trim_end_matches('/'));
        }
        let mut free = url.clone();
        let mut more = 1;
        while let Some(other) = taken.get(&free) {
            if own.is_some() || stem.is_empty() {
                return Err(clash(&free, other, &article.path, own.as_deref().unwrap_or_default()));
            }
            more += 1;
            free = format!("{}-{more}/", url.trim_end_matches('/'));
        }
        taken.insert(free.clone(), article.path.clone());
        articles[at].url = free;
    }
    Ok(())
}

fn clash(url: &str, first: &str, second: &str, words: &str) -> Misplaced {
    Misplaced {
        path: second.to_owned(),
        words: words.to_owned(),
        reason: format!("{first} has the address /{url} already; give one of them another `slug` or alias"),
    }
}

/// Returns the folder whose section an article belongs to.
fn section_of(article: &Article) -> String {
    let folder = content::folder(&article.path);
    // An article with a folder of its own belongs to the one above.
    let has_own = article.role == Role::Article && article.url == section_url(folder);
    (if has_own { content::folder(folder) } else { folder }).to_owned()
}

/// Returns the address of a folder of the content.
fn section_url(folder: &str) -> String {
    folder.split('/').filter(|part| !part.is_empty()).map(|part| urls::slug(part) + "/").collect()
}

/// Returns the files called `index` that no other article stands beside or below.
fn lone_indexes(articles: &[Article]) -> BTreeSet<String> {
    let is_index = |article: &&Article| content::stem(&article.path) == "index";
    if !articles.iter().any(|article| is_index(&article)) {
        return BTreeSet::new();
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for article in articles {
        let mut folder = content::folder(&article.path);
        while !folder.is_empty() {
            *counts.entry(folder).or_default() += 1;
            folder = content::folder(folder);
        }
    }
    let is_alone =
        |article: &&Article| is_index(article) && counts.get(content::folder(&article.path)) == Some(&1);
    articles.iter().filter(is_alone).map(|article| article.path.clone()).collect()
}

/// Returns the name of a folder or a key as a heading has it.
fn capitalized(name: &str) -> String {
    let name = name.replace(['-', '_'], " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns a file's stem without the date that some programs put before it: `2031-03-04-ferry`.
fn without_date(stem: &str) -> &str {
    let is_date = stem.len() > 11
        && stem.bytes().take(11).enumerate().all(|(at, byte)| match at {
            4 | 7 | 10 => byte == b'-' || byte == b'_',
            _ => byte.is_ascii_digit(),
        });
    if is_date { &stem[11..] } else { stem }
}

/// Returns the language of most articles; of two that are as many, the first in the alphabet.
fn most_frequent_language(articles: &[Article]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for article in articles.iter().filter(|article| article.lang != "und") {
        *counts.entry(&article.lang).or_default() += 1;
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| **count);
    most.map_or_else(|| "en".to_owned(), |(lang, _)| (*lang).to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::article::Core;
    use super::*;
    use crate::options::{From, Options};

    fn library(files: &[(&str, &str)]) -> Result<Library, Misplaced> {
        let read = |&(path, markdown): &(&str, &str)| {
            let options = Options::default().from(From::Markdown);
            let read = crate::convert::read(markdown.as_bytes(), &options).expect("text");
            Article::new(Arc::new(Core::of(path, read.document, Vec::new())))
        };
        Library::of(Config::default(), "log", files.iter().map(read).collect())
    }

    fn urls(library: &Library) -> Vec<(&str, &str)> {
        let mut urls: Vec<_> =
            library.articles.iter().map(|article| (article.path.as_str(), article.url.as_str())).collect();
        urls.sort_unstable();
        urls
    }

    #[test]
    fn every_article_has_an_address_of_its_own() {
        let found = library(&[
            ("Essays/Паром.md", ""),
            ("a.md", ""),
            ("a.txt", ""),
            ("b/2031-03-04-ebb.md", ""),
            ("c/index.md", ""),
            ("d/_index.md", ""),
            ("d/e.md", "---\nslug: Flow\n---\n"),
            ("search.md", ""),
        ]);
        let expected = [
            ("Essays/Паром.md", "essays/parom/"),
            ("a.md", "a/"),
            ("a.txt", "a-2/"),
            ("b/2031-03-04-ebb.md", "b/ebb/"),
            ("c/index.md", "c/"),
            ("d/_index.md", "d/"),
            ("d/e.md", "d/flow/"),
            ("search.md", "search-article/"),
        ];
        assert_eq!(urls(&found.expect("a library")), expected);
    }

    #[test]
    fn two_articles_do_not_share_an_address() {
        for (files, expected) in [
            ([("a.md", "---\nslug: x\n---\n"), ("b.md", "---\nslug: X\n---\n")], "a.md has the address /x/"),
            ([("a.md", "---\naliases: [b]\n---\n"), ("b.md", "")], "b.md has the address /b/"),
            ([("a.md", "---\naliases: [../b]\n---\n"), ("b.md", "")], "no path within the site"),
        ] {
            let error = library(&files).expect_err(expected);
            assert!(error.reason.contains(expected), "{error:?}");
        }
    }

    #[test]
    fn lists_are_in_the_order_of_reading() {
        let dated = |date: &str, part: &str| format!("---\ndate: {date}\nseries: River\n{part}\n---\n");
        let texts = [dated("2031-01-01", ""), dated("2032-01-01", ""), dated("2030-01-01", "part: 0")];
        let library = library(&[
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
}
