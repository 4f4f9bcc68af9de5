//! An address for every article, and the old ones that lead to it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::article::{Article, Role};
use super::library::{Library, Misplaced};
use super::{content, urls};

/// Addresses that only we give.
const RESERVED: &[&str] = &["archive", "search", "series", "books", "opds", "page", "theme", "feeds"];

/// The address that an article asks for: what its file and its front matter say, whatever else is on the site.
#[derive(Debug)]
pub(super) struct Wish {
    /// The address of its folder.
    pub(super) folder: Arc<str>,
    url: Arc<str>,
    /// The `slug` or the whole address that it names itself.
    slug: Option<String>,
    /// The file is called `index`.
    is_index: bool,
}

/// The addresses that are given, and to whom.
#[derive(Debug, Default)]
pub(super) struct Taken {
    owners: HashMap<Arc<str>, Arc<str>, RandomState>,
    /// How many have asked for the same address.
    counts: HashMap<Arc<str>, usize, RandomState>,
}

impl Wish {
    /// Returns what an article asks for by its path below the content folder, by its `slug`, and by the whole address that it
    /// may name.
    pub(super) fn of(path: &str, slug: Option<&str>, address: Option<&str>) -> Self {
        let folder: Arc<str> = of_folder(content::folder(path)).into();
        let stem = content::stem(path);
        let whole = address.filter(|_| stem != "_index").and_then(|written| Some((written, plain(written)?)));
        if let Some((written, url)) = whole {
            return Self { folder, url: url.into(), slug: Some(written.to_owned()), is_index: false };
        }
        let url = match stem {
            "_index" => Arc::clone(&folder),
            _ => format!("{folder}{}/", urls::slug(slug.unwrap_or_else(|| without_date(stem)))).into(),
        };
        Self { folder, url, slug: slug.map(str::to_owned), is_index: stem == "index" }
    }

    /// Returns the address that the article has if nothing else wants it.
    pub(super) fn url(&self) -> &str {
        if self.is_index { &self.folder } else { &self.url }
    }
}

impl Taken {
    fn owner(&self, url: &str) -> Option<&str> {
        self.owners.get(url).map(|owner| &**owner)
    }

    /// Gives what has to go aside an address that says what it is: `tags-article/`.
    fn aside(&mut self, url: &str, what: &str, owner: &str) -> Arc<str> {
        let mut url: Arc<str> = format!("{}-{what}/", url.trim_end_matches('/')).into();
        if self.owner(&url).is_some() {
            url = self.like(&url);
        }
        self.owners.insert(Arc::clone(&url), owner.into());
        url
    }

    /// Returns an address like the one that is taken already: `ferry-2/`.
    fn like(&mut self, url: &Arc<str>) -> Arc<str> {
        let count = self.counts.entry(Arc::clone(url)).or_insert(1);
        loop {
            *count += 1;
            let free = format!("{}-{count}/", url.trim_end_matches('/'));
            if !self.owners.contains_key(free.as_str()) {
                return free.into();
            }
        }
    }
}

/// Gives every article its address: those with a `slug` of their own first, then in the order of their files.
///
/// # Errors
///
/// Where two want the same, and say so themselves: for each that can't have it.
pub(super) fn give(articles: &mut [Article]) -> Result<Taken, Vec<Misplaced>> {
    let mut misplaced = Vec::new();
    let mut taken = Taken::default();
    taken.owners.reserve(articles.len() * 2);
    let alone = lone_indexes(articles);
    for has_own in [true, false] {
        for article in articles.iter_mut().filter(|article| article.wish.slug.is_some() == has_own) {
            // `ferry/index.md` beside its pictures alone is the article `ferry`.
            let is_folder = article.role == Role::Intro || alone.contains(&article.path);
            let mut url = Arc::clone(if is_folder { &article.wish.folder } else { &article.wish.url });
            if article.role != Role::Intro && RESERVED.contains(&url.trim_end_matches('/')) {
                url = format!("{}-article/", url.trim_end_matches('/')).into();
            }
            if let Some(other) = taken.owner(&url) {
                if has_own || is_folder {
                    let slug = article.wish.slug.as_deref().unwrap_or_default();
                    misplaced.push(clash(&url, other, &article.path, slug));
                    continue;
                }
                url = taken.like(&url);
            }
            taken.owners.insert(Arc::clone(&url), Arc::clone(&article.path));
            article.url = url;
        }
    }
    if misplaced.is_empty() { Ok(taken) } else { Err(misplaced) }
}

impl Library {
    /// Lets sections give way to the other lists: the folder `tags` is at `tags-section/` where the tags are listed.
    pub(super) fn part_sections(&mut self, taken: &mut Taken) {
        let others = self.lists_but_sections();
        let in_the_way = self.sections.iter().enumerate().skip(1);
        let in_the_way = in_the_way.filter(|(_, section)| others.contains_key(first_page(&section.url)));
        let moved: Vec<usize> = in_the_way.map(|(at, _)| at).collect();
        for at in moved {
            let section = &mut self.sections[at];
            let url = taken.aside(&section.url, "section", &section.name);
            if let Some(intro) = section.intro {
                self.articles[intro].url = Arc::clone(&url);
            }
            section.url = url;
        }
    }

    /// Lets articles give way to lists: to the pages of sections, groups, series and years.
    pub(super) fn give_way(&mut self, taken: &mut Taken) -> Result<(), Vec<Misplaced>> {
        let lists = self.lists();
        let mut misplaced = Vec::new();
        let mut moved: Vec<(usize, Arc<str>)> = Vec::new();
        for (at, article) in self.articles.iter().enumerate() {
            let Some(list) = lists.get(first_page(&article.url)).filter(|_| article.role != Role::Intro)
            else {
                continue;
            };
            if let Some(slug) = &article.wish.slug {
                misplaced.push(clash(&article.url, list, &article.path, slug));
                continue;
            }
            moved.push((at, taken.aside(&article.url, "article", &article.path)));
        }
        for (at, url) in moved {
            self.articles[at].url = url;
        }
        if misplaced.is_empty() { Ok(()) } else { Err(misplaced) }
    }

    /// Returns the addresses of the lists, each with its name.
    fn lists(&self) -> HashMap<&str, &str, RandomState> {
        let mut lists = self.lists_but_sections();
        lists.extend(self.sections.iter().map(|section| (&*section.url, section.name.as_str())));
        lists.insert("", &self.title);
        lists
    }

    fn lists_but_sections(&self) -> HashMap<&str, &str, RandomState> {
        let groups = self.groups.iter().map(|group| (group.url.as_str(), group.name.as_str()));
        let terms = self.groups.iter().flat_map(|group| &group.terms).chain(&self.series);
        let years = self.years.iter().map(|year| (year.url.as_str(), self.words.archive));
        let mut lists: HashMap<_, _, _> = groups.chain(years).collect();
        lists.extend(terms.map(|term| (&*term.url, &*term.name)));
        lists.insert("archive/", self.words.archive);
        if self.config.search {
            lists.insert("search/", self.words.search);
        }
        if !self.series.is_empty() {
            lists.insert("series/", self.words.series);
        }
        lists
    }

    /// Finds the old addresses of articles; everything else has its own already.
    pub(super) fn find_aliases(&mut self, mut taken: Taken) -> Result<(), Vec<Misplaced>> {
        if self.articles.iter().all(|article| article.aliases.is_empty()) {
            return Ok(());
        }
        let lists = self.lists();
        let mut aliases = BTreeMap::new();
        let mut misplaced = Vec::new();
        for article in &self.articles {
            for written in &article.aliases {
                let Some(alias) = urls::of_user(written) else {
                    let reason = format!(
                        "the alias {written:?} is no path within the site, such as /old/ferry/, or too long"
                    );
                    let (path, words) = (article.path.to_string(), written.clone());
                    misplaced.push(Misplaced { path, words, reason });
                    continue;
                };
                let first = alias.split('/').next().unwrap_or_default();
                let is_ours = alias == "404.html" || RESERVED.contains(&first);
                let other = taken.owner(&alias).or_else(|| lists.get(first_page(&alias)).copied());
                if let Some(other) = other.or(is_ours.then_some("the site itself")) {
                    misplaced.push(clash(&alias, other, &article.path, written));
                    continue;
                }
                taken.owners.insert(alias.as_str().into(), Arc::clone(&article.path));
                aliases.insert(alias, article.url.to_string());
            }
        }
        self.aliases = aliases;
        if misplaced.is_empty() { Ok(()) } else { Err(misplaced) }
    }

    /// Tells that an old address can't be had, where its article names it.
    pub(super) fn misplaced(&self, alias: &str, reason: String) -> Misplaced {
        let is_it = |written: &&String| urls::of_user(written).as_deref() == Some(alias);
        let named =
            self.articles.iter().find_map(|article| Some((article, article.aliases.iter().find(is_it)?)));
        let (path, words) =
            named.map(|(article, written)| (article.path.to_string(), written.clone())).unwrap_or_default();
        Misplaced { path, words, reason }
    }
}

/// Returns the address of the first page of a list: of `tags/ebb/page/2/` it is `tags/ebb/`.
fn first_page(url: &str) -> &str {
    let parts = url.strip_suffix('/').and_then(|url| url.rsplit_once('/').or(Some(("", url))));
    let Some((before, _)) = parts.filter(|(_, number)| number.parse::<usize>().is_ok()) else {
        return url;
    };
    match before.strip_suffix("page") {
        Some(home) if home.is_empty() || home.ends_with('/') => home,
        _ => url,
    }
}

/// Returns the address of a page that a user wrote; none for what is no plain path, such as `/:year/:title/`.
fn plain(written: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '~' | '.');
    urls::of_user(written).filter(|url| url.ends_with('/') && url.chars().all(is_plain))
}

/// Returns the address of a folder of the content.
pub(super) fn of_folder(folder: &str) -> String {
    folder.split('/').filter(|part| !part.is_empty()).map(|part| urls::slug(part) + "/").collect()
}

fn clash(url: &str, first: &str, second: &str, words: &str) -> Misplaced {
    Misplaced {
        path: second.to_owned(),
        words: words.to_owned(),
        reason: format!("{first} has the address /{url} already; give one of them another `slug` or alias"),
    }
}

/// Returns the files called `index` that no other article stands beside or below.
fn lone_indexes(articles: &[Article]) -> HashSet<Arc<str>> {
    if !articles.iter().any(|article| article.wish.is_index) {
        return HashSet::new();
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
        |article: &&Article| article.wish.is_index && counts.get(content::folder(&article.path)) == Some(&1);
    articles.iter().filter(is_alone).map(|article| Arc::clone(&article.path)).collect()
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

#[cfg(test)]
mod tests {
    use super::super::library::of_texts;
    use super::*;

    fn urls(library: &Library) -> Vec<(&str, &str)> {
        let mut urls: Vec<_> =
            library.articles.iter().map(|article| (&*article.path, &*article.url)).collect();
        urls.sort_unstable();
        urls
    }

    #[test]
    fn every_article_has_an_address_of_its_own() {
        let found = of_texts(&[
            ("Essays/Паром.md", ""),
            ("a.md", ""),
            ("a.txt", ""),
            ("a.html", ""),
            ("b/2031-03-04-ebb.md", ""),
            ("c/index.md", ""),
            ("d/_index.md", ""),
            ("d/e.md", "---\nslug: Flow\n---\n"),
            ("f.md", "---\nslug: x\nurl: /2031/03/f/\n---\n"),
            ("g/index.md", "---\npermalink: old/g\n---\n"),
            ("h.md", "---\npermalink: /:year/:title/\n---\n"),
            ("i.md", "---\nurl: https://harbour.example/i/\n---\n"),
            ("j.md", "---\nurl: /j.html\n---\n"),
            ("search.md", ""),
        ]);
        let expected = [
            ("Essays/Паром.md", "essays/parom/"),
            ("a.html", "a/"),
            ("a.md", "a-2/"),
            ("a.txt", "a-3/"),
            ("b/2031-03-04-ebb.md", "b/ebb/"),
            ("c/index.md", "c/"),
            ("d/_index.md", "d/"),
            ("d/e.md", "d/flow/"),
            ("f.md", "2031/03/f/"),
            ("g/index.md", "old/g/"),
            ("h.md", "h/"),
            ("i.md", "i/"),
            ("j.md", "j/"),
            ("search.md", "search-article/"),
        ];
        assert_eq!(urls(&found.expect("a library")), expected);
    }

    #[test]
    fn articles_give_way_to_lists() {
        let found = of_texts(&[
            ("tags/ebb.md", "---\ntags: [Ebb]\ndate: 2031-01-01\n---\n"),
            ("tags.md", ""),
            ("bells.md", ""),
            ("bells/rope.md", ""),
            ("bells/page/2.md", ""),
            ("page/3.md", ""),
            ("archive/2031.md", ""),
            ("archive/2030.md", ""),
            ("series/river.md", "---\nseries: River\n---\n"),
            ("authors/ada.md", ""),
        ]);
        let found = found.expect("a library");
        let expected = [
            ("archive/2030.md", "archive/2030/"),
            ("archive/2031.md", "archive/2031-article/"),
            ("authors/ada.md", "authors/ada/"),
            ("bells.md", "bells-article/"),
            ("bells/page/2.md", "bells/page/2-article/"),
            ("bells/rope.md", "bells/rope/"),
            ("page/3.md", "page/3-article/"),
            ("series/river.md", "series/river-article/"),
            ("tags.md", "tags-article/"),
            ("tags/ebb.md", "tags/ebb-article/"),
        ];
        assert_eq!(urls(&found), expected);
        let sections = found.sections.iter().map(|section| &*section.url).collect::<Vec<_>>();
        let expected = [
            "",
            "archive-section/",
            "authors/",
            "bells/",
            "bells/page/",
            "page/",
            "series-section/",
            "tags-section/",
        ];
        assert_eq!(sections, expected);
        let error = of_texts(&[("a.md", "---\nslug: tags\ntags: [Ebb]\n---\n")]).expect_err("two of them");
        assert!(error[0].reason.contains("has the address /tags/ already"), "{error:?}");
    }

    #[test]
    fn two_articles_do_not_share_an_address() {
        for (files, expected) in [
            ([("a.md", "---\nslug: x\n---\n"), ("b.md", "---\nslug: X\n---\n")], "a.md has the address /x/"),
            ([("a.md", "---\naliases: [b]\n---\n"), ("b.md", "")], "b.md has the address /b/"),
            ([("a.md", "---\naliases: [../b]\n---\n"), ("b.md", "")], "no path within the site"),
            (
                [("a.md", "---\naliases: [//harbour.example/b]\n---\n"), ("b.md", "")],
                "no path within the site",
            ),
            ([("a.md", "---\naliases: [b/index.html]\n---\n"), ("b.md", "")], "b.md has the address /b/"),
            ([("a.md", "---\naliases: [index.html]\n---\n"), ("b.md", "")], "log has the address / "),
            ([("a.md", "---\naliases: [404.html]\n---\n"), ("b.md", "")], "the site itself"),
            ([("a.md", "---\naliases: [page/2]\n---\n"), ("b.md", "")], "log has the address /page/2/"),
            ([("a.md", "---\naliases: [opds/b]\n---\n"), ("b.md", "")], "the site itself"),
            ([("a.md", "---\naliases: [tags/ebb]\ntags: [Ebb]\n---\n"), ("b.md", "")], "Ebb has the address"),
        ] {
            let error = of_texts(&files).expect_err(expected);
            assert!(error[0].reason.contains(expected), "{error:?}");
        }
        let slug = "---\nslug: x\n---\n";
        let error = of_texts(&[("a.md", slug), ("b.md", slug), ("c.md", slug)]).expect_err("two too many");
        assert_eq!(
            error.iter().map(|misplaced| misplaced.path.as_str()).collect::<Vec<_>>(),
            ["b.md", "c.md"]
        );
    }
}
