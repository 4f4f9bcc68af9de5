//! One article of a site: the document, and what pages need to know of it.

mod length;
mod summary;
mod unread;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Deref;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

pub(super) use self::length::{Length, is_cjk};
use self::summary::summary;
pub(super) use self::unread::Unread;
use self::unread::{Truth, truth};
use super::addresses::Wish;
use super::content;
use super::links::Name;
use super::reuse::Key;
use crate::diagnostic::Code;
use crate::document::{Document, Found, Inline};
use crate::options::Options;
use crate::series::Series;
use crate::writers::dates::day_of;
use crate::writers::markup::{Imprint, Plan, Setting, direction, names};

/// One article of a site, in its place there.
#[derive(Debug)]
pub(super) struct Article {
    pub(super) core: Arc<Core>,
    /// The address, without a leading slash.
    pub(super) url: Arc<str>,
    /// The pages of the groups that it belongs to, in the order in which it names them.
    pub(super) links: Vec<GroupLink>,
    /// Its series, and its place there.
    pub(super) part: Option<(usize, usize)>,
}

/// What an article says, wherever it stands. It stays in memory while others change, so what can be told of it once is
/// told here.
#[derive(Debug)]
pub(super) struct Core {
    /// Its file, below the content folder.
    pub(super) path: Arc<str>,
    pub(super) wish: Wish,
    /// What other articles may call it, most telling first.
    pub(super) names: Vec<Arc<str>>,
    /// The addresses that lead here, as the front matter has them.
    pub(super) aliases: Vec<String>,
    /// Whether it is not to be seen yet.
    pub(super) is_draft: bool,
    tags: Vec<Arc<str>>,
    authors: Vec<Arc<str>>,
    pub(super) document: Document,
    /// Where its notes and headings stand.
    pub(super) plan: Plan,
    pub(super) role: Role,
    /// BCP 47; `und` when unknown.
    pub(super) lang: String,
    pub(super) dir: &'static str,
    /// The title, else the file's stem.
    pub(super) name: String,
    /// The first day that its date can mean, `2031-03-04`.
    pub(super) day: Option<String>,
    pub(super) summary: String,
    pub(super) words: usize,
    pub(super) length: Length,
    pub(super) minutes: usize,
    /// The series that it belongs to, and its place there if it says so.
    pub(super) series: Option<(Arc<str>, Option<i64>)>,
    pub(super) remarks: Vec<Remark>,
    /// The file that it was read from, where that is asked for.
    pub(super) key: Option<Key>,
    /// What its front matter says that can't be read.
    pub(super) unread: Vec<Unread>,
    /// The paths of the content that it leads to, whether or not there is a file.
    pub(super) targets: Vec<String>,
}

/// Something worth telling about an article.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    /// Counted from 1.
    pub(super) line: usize,
    /// Counted from 1.
    pub(super) column: usize,
    pub(super) code: Code,
    pub(super) message: String,
}

/// A tag, an author … of an article.
#[derive(Debug)]
pub(super) struct GroupLink {
    /// The key in the front matter.
    pub(super) key: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) url: Arc<str>,
}

/// What an article is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    /// To be read.
    Article,
    /// Tells about the site; stands in no list.
    Page,
    /// Introduces a section.
    Intro,
}

impl Article {
    pub(super) fn new(core: Arc<Core>) -> Self {
        Self { core, url: Arc::default(), links: Vec::new(), part: None }
    }
}

impl Deref for Article {
    type Target = Core;

    fn deref(&self) -> &Core {
        &self.core
    }
}

impl Core {
    /// Makes an article of the document that was read from a file.
    pub(super) fn of(path: &str, document: Document, remarks: Vec<Remark>) -> Self {
        let stem = content::stem(path);
        let options = Options::default().stem(stem);
        let imprint = Imprint::of(&document, &options);
        let (lang, dir, name) = (imprint.lang.clone(), imprint.dir, imprint.name.to_owned());
        let (words, length, minutes) = length::of(&document);
        let day = document.metadata.date.as_ref().and_then(|found| day_of(&found.value));
        let is_about = content::folder(path).is_empty() && stem.eq_ignore_ascii_case("about");
        let role = match stem {
            "_index" => Role::Intro,
            _ if is_about || truth(&document, "page") == Truth::So(true) => Role::Page,
            _ => Role::Article,
        };
        let own = |key: &str| document.metadata.own(key);
        let said = |key: &str| own(key).and_then(Value::as_str);
        let metadata = &document.metadata;
        let values = |found: &[Found<String>]| once(found.iter().map(|found| found.value.as_str()));
        let unread = unread::of(&document, day.is_some());
        let plan = Plan::of(&document, Setting { has_title: true, ..Setting::default() });
        Self {
            path: path.into(),
            wish: Wish::of(path, said("slug"), said("url").or_else(|| said("permalink"))),
            names: names(path, &document),
            aliases: own("aliases").map(texts).unwrap_or_default(),
            // Who says something of it that can't be read does not want it to be seen.
            is_draft: !matches!(truth(&document, "draft"), Truth::Untold | Truth::So(false))
                || !matches!(truth(&document, "published"), Truth::Untold | Truth::So(true)),
            tags: values(&metadata.tags),
            authors: values(&metadata.authors),
            role,
            lang,
            dir,
            name,
            day,
            summary: summary(&document),
            words,
            length,
            minutes,
            series: series(&document),
            remarks,
            key: None,
            unread,
            targets: targets(path, &document),
            plan,
            document,
        }
    }

    /// Returns the article as one in a language, if its own is unknown and its letters can be of that one.
    pub(super) fn in_language(&self, lang: &str) -> Option<Arc<Self>> {
        if self.lang != "und" || direction(lang) != self.dir {
            return None;
        }
        let mut document = self.document.clone();
        document.metadata.lang = Some(Found { value: lang.to_owned(), rule: "set", span: None });
        let core = Self::of(&self.path, document, self.remarks.clone());
        Some(Arc::new(Self { key: self.key, ..core }))
    }

    /// Returns the values that the article has for a taxonomy, each once.
    pub(super) fn terms(&self, taxonomy: &str) -> Cow<'_, [Arc<str>]> {
        match taxonomy {
            "tags" => Cow::Borrowed(&self.tags),
            "authors" => Cow::Borrowed(&self.authors),
            other => {
                let texts = self.document.metadata.own(other).map(texts).unwrap_or_default();
                Cow::Owned(once(texts.iter().map(String::as_str)))
            }
        }
    }
}

/// Returns each of some words once, in their order.
fn once<'t>(words: impl Iterator<Item = &'t str>) -> Vec<Arc<str>> {
    let mut seen = HashSet::new();
    words.filter(|word| seen.insert(*word)).map(Into::into).collect()
}

/// Returns what other articles may call one: by its file, by the address where it was first published, by its title.
fn names(path: &str, document: &Document) -> Vec<Arc<str>> {
    let metadata = &document.metadata;
    let source = metadata.source.as_ref();
    let named = [
        Some(Name::Path(&names::without_extension(path)).written()),
        source.map(|found| Name::Published(&names::published(&found.value)).written()),
        metadata.title().map(|title| Name::Words(&title.to_lowercase()).written()),
        Some(Name::Words(&content::stem(path).to_lowercase()).written()),
    ];
    named.into_iter().flatten().map(Into::into).collect()
}

/// Returns where links and pictures lead within the content.
fn targets(path: &str, document: &Document) -> Vec<String> {
    let mut targets = Vec::new();
    document.each_inline(&mut |inline| {
        if let Inline::Link { url, .. } | Inline::Image { url, .. } = inline {
            targets.extend(content::target(path, url));
        }
    });
    targets
}

/// Returns a value, or the values of a list, as text.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// Returns the series, and the number of the place there that comes first.
fn series(document: &Document) -> Option<(Arc<str>, Option<i64>)> {
    let found = Series::of(&document.metadata)?;
    let part = found.place.as_deref().and_then(|place| place.split('.').next()?.parse().ok());
    Some((found.name.into(), part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::From;

    pub(super) fn article(markdown: &str) -> Core {
        let options = Options::default().from(From::Markdown);
        let read = crate::convert::read(markdown.as_bytes(), &options).expect("text");
        Core::of("essays/ferry.md", read.document, Vec::new())
    }

    #[test]
    fn front_matter_says_what_an_article_belongs_to() {
        let found = article(
            "---\nseries: {name: The river, part: 2}\naliases: [/old/, older]\ntags: [sea, sea]\n\
             taxonomies: {places: [Mole]}\ndraft: true\n---\n\nEbb.",
        );
        assert_eq!(found.series, Some(("The river".into(), Some(2))));
        assert_eq!(found.aliases, ["/old/", "older"]);
        assert_eq!(*found.terms("tags"), ["sea".into()]);
        assert_eq!(*found.terms("places"), ["Mole".into()]);
        assert!(found.is_draft);
        assert!(!article("Ebb.").is_draft);
    }
}
