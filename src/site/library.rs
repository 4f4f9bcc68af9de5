//! All articles of a site, each in its place: sections, groups, series, years, and an address for everything.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::addresses;
use super::article::{Article, Role};
use super::config::Config;
use super::groups::{Group, Term, Year};
use super::sections::Section;
use super::words::{self, Words};

/// All articles of a site, each in its place. Lists of articles hold their places in `articles`.
#[derive(Debug)]
pub(super) struct Library {
    pub(super) config: Config,
    pub(super) title: String,
    pub(super) lang: String,
    /// Of articles that do not tell theirs; none if no article tells one.
    pub(super) usual_lang: Option<String>,
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

/// An article that can't stand where it wants to.
#[derive(Debug)]
pub(super) struct Misplaced {
    /// Its file, below the content folder.
    pub(super) path: String,
    /// What it says there; empty if it says nothing of it.
    pub(super) words: String,
    pub(super) reason: String,
}

/// Of the articles of a tag, so many newer and older ones are compared with one.
const NEAR: usize = 40;

impl Library {
    /// Puts every article in its place; `name` is the site's without a configuration.
    ///
    /// # Errors
    ///
    /// Where two articles want the same address, or one leads out of the site.
    pub(super) fn of(config: Config, name: &str, mut articles: Vec<Article>) -> Result<Self, Vec<Misplaced>> {
        articles.sort_by(|a, b| a.path.cmp(&b.path));
        let mut taken = addresses::give(&mut articles)?;
        // The letters of a day tell its order; to compare them where they lie would fetch each a dozen times.
        articles.sort_by_cached_key(|article| Reverse(article.day.as_deref().map(day_in_place)));
        let usual_lang = config.language.clone().or_else(|| most_frequent_language(&articles));
        if let Some(lang) = &usual_lang {
            for article in &mut articles {
                article.core = article.core.in_language(lang).unwrap_or_else(|| Arc::clone(&article.core));
            }
        }
        let lang = usual_lang.clone().unwrap_or_else(|| "en".to_owned());
        let mut library = Self {
            title: config.title.clone().unwrap_or_else(|| name.to_owned()),
            words: words::of(&lang),
            lang,
            usual_lang,
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
        library.part_sections(&mut taken);
        library.give_way(&mut taken)?;
        library.find_aliases(taken)?;
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
        let order = |&(other, score): &(usize, usize)| (Reverse(score), other.abs_diff(at), other);
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
}

/// Returns the name of a folder or a key as a heading has it.
pub(super) fn capitalized(name: &str) -> String {
    let name = name.replace(['-', '_'], " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns the letters of a day: `2031-03-04`.
fn day_in_place(day: &str) -> [u8; 10] {
    let mut letters = [0; 10];
    letters.iter_mut().zip(day.bytes()).for_each(|(letter, byte)| *letter = byte);
    letters
}

/// Returns the language of most articles; of two that are as many, the first in the alphabet.
fn most_frequent_language(articles: &[Article]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for article in articles.iter().filter(|article| article.lang != "und") {
        *counts.entry(&article.lang).or_default() += 1;
    }
    let most = counts.iter().rev().max_by_key(|(_, count)| **count);
    most.map(|(lang, _)| (*lang).to_owned())
}

/// Makes a library of Markdown texts, each with its path.
#[cfg(test)]
pub(super) fn of_texts(files: &[(&str, &str)]) -> Result<Library, Vec<Misplaced>> {
    use super::article::Core;
    use crate::options::{From, Options};

    let read = |&(path, markdown): &(&str, &str)| {
        let options = Options::default().from(From::Markdown);
        let read = crate::convert::read(markdown.as_bytes(), &options).expect("text");
        Article::new(Arc::new(Core::of(path, read.document, Vec::new())))
    };
    Library::of(Config::default(), "log", files.iter().map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_without_a_language_have_that_of_the_site() {
        for (texts, expected) in [
            ([("a.md", "---\nlang: de\n---\n"), ("b.md", "7")], ["de", "de"]),
            ([("a.md", "---\nlang: ar\n---\n"), ("b.md", "7")], ["ar", "und"]),
            ([("a.md", "8"), ("b.md", "7")], ["und", "und"]),
        ] {
            let library = of_texts(&texts).expect("a library");
            let langs: Vec<&str> = library.articles.iter().map(|article| article.lang.as_str()).collect();
            assert_eq!(langs, expected, "{texts:?}");
        }
    }

    #[test]
    fn related_articles_share_rare_tags() {
        let library = of_texts(&[
            ("a.md", "---\ndate: 2031-01-04\ntags: [sea, ebb]\n---\n"),
            ("b.md", "---\ndate: 2031-01-03\ntags: [sea]\n---\n"),
            ("c.md", "---\ndate: 2031-01-02\ntags: [sea, ebb]\n---\n"),
            ("d.md", "---\ndate: 2031-01-01\ntags: [rope]\n---\n"),
        ])
        .expect("a library");
        assert_eq!(library.related(0, 4), [2, 1]);
        assert_eq!(library.related(0, 1), [2]);
        assert_eq!(library.related(3, 4), [0_usize; 0]);
    }
}
