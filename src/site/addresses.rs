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
    /// The `slug` that it names itself.
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
    /// Returns what an article asks for by its path below the content folder, and by its `slug`.
    pub(super) fn of(path: &str, slug: Option<&str>) -> Self {
        let folder: Arc<str> = of_folder(content::folder(path)).into();
        let stem = content::stem(path);
        let url = match stem {
            "_index" => Arc::clone(&folder),
            _ => format!("{folder}{}/", urls::slug(slug.unwrap_or_else(|| without_date(stem)))).into(),
        };
        Self { folder, url, slug: slug.map(str::to_owned), is_index: stem == "index" }
    }
}

impl Taken {
    fn owner(&self, url: &str) -> Option<&str> {
        self.owners.get(url).map(|owner| &**owner)
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
/// Where two want the same, and say so themselves.
pub(super) fn give(articles: &mut [Article]) -> Result<Taken, Misplaced> {
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
                    return Err(clash(&url, other, &article.path, slug));
                }
                url = taken.like(&url);
            }
            taken.owners.insert(Arc::clone(&url), Arc::clone(&article.path));
            article.url = url;
        }
    }
    Ok(taken)
}

impl Library {
    /// Finds the old addresses of articles; sections, groups and series have theirs already.
    pub(super) fn find_aliases(&mut self, mut taken: Taken) -> Result<(), Misplaced> {
        if self.articles.iter().all(|article| article.aliases.is_empty()) {
            return Ok(());
        }
        for section in &self.sections {
            taken.owners.entry(Arc::clone(&section.url)).or_insert_with(|| section.name.as_str().into());
        }
        for group in &self.groups {
            taken.owners.entry(group.url.as_str().into()).or_insert_with(|| group.name.as_str().into());
        }
        for term in self.groups.iter().flat_map(|group| &group.terms).chain(&self.series) {
            taken.owners.entry(Arc::clone(&term.url)).or_insert_with(|| Arc::clone(&term.name));
        }
        for article in &self.articles {
            for written in &article.aliases {
                let Some(alias) = urls::of_user(written) else {
                    let reason =
                        format!("the alias {written:?} is no path within the site, such as /old/ferry/");
                    let (path, words) = (article.path.to_string(), written.clone());
                    return Err(Misplaced { path, words, reason });
                };
                let is_ours = RESERVED.contains(&alias.split('/').next().unwrap_or_default());
                if let Some(other) = taken.owner(&alias).or(is_ours.then_some("the site itself")) {
                    return Err(clash(&alias, other, &article.path, written));
                }
                taken.owners.insert(alias.as_str().into(), Arc::clone(&article.path));
                self.aliases.insert(alias, article.url.to_string());
            }
        }
        Ok(())
    }
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
            ([("a.md", "---\naliases: [opds/b]\n---\n"), ("b.md", "")], "the site itself"),
            ([("a.md", "---\naliases: [tags/ebb]\ntags: [Ebb]\n---\n"), ("b.md", "")], "Ebb has the address"),
        ] {
            let error = of_texts(&files).expect_err(expected);
            assert!(error.reason.contains(expected), "{error:?}");
        }
    }
}
