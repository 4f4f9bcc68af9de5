//! Every page of a site: what there is, and how each becomes HTML.

use std::sync::OnceLock;

use serde::Serialize;
use serde_json::{Map, Value};
use tera::Context;

use super::article::{Article, Role};
use super::config::BookOf;
use super::groups::Term;
use super::library::Library;
use super::links::{Crosslinks, Directory};
use super::theme::Theme;
use super::views::{Card, Heading, InSeries, Link, MenuLink, Pager, page_url, terms};
use super::{books, feeds, graph, urls};
use crate::error::Error;
use crate::options::Options;
use crate::writers::labels;
use crate::writers::markup::{Imprint, Medium, Press, Style, WEB};
use crate::writers::templates::Templates;

/// A list of contents stands over articles with so many headings.
const CONTENTS_FROM: usize = 3;

/// So many related articles are named.
const RELATED: usize = 4;

/// One page of a site; lists of several pages count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Home(usize),
    Section(usize, usize),
    Article(usize),
    /// All terms of a group.
    Group(usize),
    Term(usize, usize, usize),
    AllSeries,
    Series(usize),
    Archive,
    Year(usize),
    Search,
    NotFound,
    /// An old address, by its place in the list.
    Alias(String),
}

/// What every page is made with.
pub(super) struct Printer {
    pub(super) library: Library,
    pub(super) directory: Directory,
    pub(super) templates: Templates,
    /// The articles as lists show them, made when the first list asks for one.
    pub(super) cards: Vec<OnceLock<tera::Value>>,
    /// What every template sees; of the feeds, those of the site.
    base: Context,
}

/// What a page tells about itself.
#[derive(Debug, Default, Serialize)]
struct About {
    kind: &'static str,
    title: String,
    description: String,
    url: String,
    /// The full address; none without `base_url`.
    canonical: Option<String>,
    /// What leads to the site's root.
    root: String,
    lang: String,
    dir: &'static str,
}

/// Lists every page, lists in front.
pub(super) fn list(library: &Library) -> Vec<Page> {
    let pages_of = |count: usize| 1..=count.div_ceil(library.config.paginate).max(1);
    let mut pages: Vec<Page> = pages_of(library.listed.len()).map(Page::Home).collect();
    for (at, section) in library.sections.iter().enumerate().skip(1) {
        pages.extend(pages_of(section.articles.len()).map(|number| Page::Section(at, number)));
    }
    for (at, group) in library.groups.iter().enumerate() {
        pages.push(Page::Group(at));
        for (place, term) in group.terms.iter().enumerate() {
            pages.extend(pages_of(term.articles.len()).map(|number| Page::Term(at, place, number)));
        }
    }
    if !library.series.is_empty() {
        pages.push(Page::AllSeries);
        pages.extend((0..library.series.len()).map(Page::Series));
    }
    pages.push(Page::Archive);
    pages.extend((0..library.years.len()).map(Page::Year));
    if library.config.search {
        pages.push(Page::Search);
    }
    pages.push(Page::NotFound);
    let is_read = |at: &usize| library.articles[*at].role != Role::Intro;
    pages.extend((0..library.articles.len()).filter(is_read).map(Page::Article));
    pages.extend(library.aliases.keys().cloned().map(Page::Alias));
    pages
}

impl Page {
    /// Returns the address, without a leading slash.
    pub(super) fn url(&self, library: &Library) -> String {
        match self {
            Self::Home(number) => page_url("", *number),
            Self::Section(at, number) => page_url(&library.sections[*at].url, *number),
            Self::Article(at) => library.articles[*at].url.to_string(),
            Self::Group(at) => library.groups[*at].url.clone(),
            Self::Term(at, place, number) => page_url(&library.groups[*at].terms[*place].url, *number),
            Self::AllSeries => "series/".to_owned(),
            Self::Series(at) => library.series[*at].url.to_string(),
            Self::Archive => "archive/".to_owned(),
            Self::Year(at) => library.years[*at].url.clone(),
            Self::Search => "search/".to_owned(),
            Self::NotFound => "404.html".to_owned(),
            Self::Alias(alias) => alias.clone(),
        }
    }

    /// Returns the file.
    pub(super) fn file(&self, library: &Library) -> String {
        match self {
            // There are thousands of them.
            Self::Article(at) => urls::file(&library.articles[*at].url),
            page => urls::file(&page.url(library)),
        }
    }
}

impl Printer {
    /// Makes what all pages share.
    ///
    /// # Errors
    ///
    /// If a template can't be read.
    pub(super) fn new(
        library: Library,
        directory: Directory,
        theme: &Theme,
        options: &Map<String, Value>,
    ) -> Result<Self, Error> {
        let config = &library.config;
        let mut words = serde_json::to_value(library.words).unwrap_or_default();
        if let Value::Object(words) = &mut words {
            words.extend(config.words.clone());
        }
        let site = serde_json::json!({
            "title": library.title,
            "description": config.description,
            "author": config.author,
            "rights": config.rights,
            "url": config.base_url,
            "lang": library.lang,
            "dir": direction(&library.lang),
            "menu": menu(&library),
            "has_search": config.search,
            "has_books": config.base_url.is_some() && !config.books.is_empty(),
        });
        let mut base = Context::new();
        base.insert("site", &site);
        base.insert("words", &words);
        base.insert("options", options);
        // Templates go through a map in any order.
        base.insert("chosen", &options.iter().collect::<Vec<_>>());
        base.insert("preload", &theme.preload());
        let templates = Templates::of_site(theme.templates(), theme.places().clone())?;
        base.insert("feeds", &feeds_of(&library, None));
        let cards = library.articles.iter().map(|_| OnceLock::new()).collect();
        Ok(Self { library, directory, templates, cards, base })
    }

    /// Writes a page.
    ///
    /// # Errors
    ///
    /// If a template fails.
    pub(super) fn page(&self, page: &Page) -> Result<String, Error> {
        let library = &self.library;
        let words = library.words;
        let url = page.url(library);
        let mut context = self.base.clone();
        let mut about = About {
            kind: "list",
            description: library.config.description.clone().unwrap_or_default(),
            canonical: library.absolute(&url),
            root: urls::root(&url),
            url,
            lang: library.lang.clone(),
            dir: direction(&library.lang),
            ..About::default()
        };
        let template = match page {
            Page::Home(number) => {
                about.kind = "home";
                about.title = library.title.clone();
                self.introduce(&mut context, library.sections[0].intro, &about.root);
                self.sections(&mut context, 0);
                self.cards(&mut context, &library.listed, "", *number);
                "home.html"
            }
            Page::Section(at, number) => {
                let section = &library.sections[*at];
                about.kind = "section";
                about.title = section.name.clone();
                self.introduce(&mut context, section.intro, &about.root);
                self.sections(&mut context, *at);
                self.cards(&mut context, &section.articles, &section.url, *number);
                "section.html"
            }
            Page::Article(at) => {
                let article = &library.articles[*at];
                about.kind = if article.role == Role::Page { "page" } else { "article" };
                about.title = article.name.clone();
                about.description = article.summary.clone();
                self.article(&mut context, *at, &about.root);
                "article.html"
            }
            Page::Group(at) => {
                let group = &library.groups[*at];
                about.title = group.name.clone();
                context.insert("key", &group.key);
                context.insert("terms", &group.terms.iter().map(Link::of).collect::<Vec<_>>());
                "terms.html"
            }
            Page::Term(at, place, number) => {
                let (group, term) = (&library.groups[*at], &library.groups[*at].terms[*place]);
                about.title = term.name.to_string();
                context.insert("key", &group.key);
                context.insert(
                    "group",
                    &Link { name: group.name.clone(), url: Some(group.url.clone()), count: 0 },
                );
                self.cards(&mut context, &term.articles, &term.url, *number);
                "term.html"
            }
            Page::AllSeries => {
                about.title = words.series.to_owned();
                context.insert("key", "series");
                context.insert("terms", &library.series.iter().map(Link::of).collect::<Vec<_>>());
                "terms.html"
            }
            Page::Series(at) => {
                let term: &Term = &library.series[*at];
                about.title = term.name.to_string();
                let up = Link { name: words.series.to_owned(), url: Some("series/".to_owned()), count: 0 };
                context.insert("key", "series");
                context.insert("group", &up);
                context.insert_value("cards", self.all(&term.articles));
                "term.html"
            }
            Page::Archive => {
                about.title = words.archive.to_owned();
                let years = library.years.iter().map(|year| Link {
                    name: year.number.clone().unwrap_or_else(|| words.undated.to_owned()),
                    url: Some(year.url.clone()),
                    count: year.articles.len(),
                });
                context.insert("years", &years.collect::<Vec<_>>());
                "archive.html"
            }
            Page::Year(at) => {
                let year = &library.years[*at];
                about.title = year.number.clone().unwrap_or_else(|| words.undated.to_owned());
                context.insert_value("cards", self.all(&year.articles));
                "year.html"
            }
            Page::Search => {
                about.kind = "search";
                about.title = words.search.to_owned();
                "search.html"
            }
            Page::NotFound => {
                about.kind = "not-found";
                about.title = words.not_found.to_owned();
                // It is shown at any depth, so it can't count from where it stands.
                about.canonical = None;
                about.root = library.path_of_root();
                "404.html"
            }
            Page::Alias(alias) => {
                let target = &library.aliases[alias];
                about.kind = "alias";
                about.title = words.moved.to_owned();
                about.canonical = library.absolute(target);
                context.insert("target", target);
                "alias.html"
            }
        };
        context.insert("page", &about);
        context.insert("root", &about.root);
        if let Page::Term(at, place, _) = page {
            context.insert("feeds", &feeds_of(library, Some(&library.groups[*at].terms[*place])));
        }
        context.insert("book", &self.book(page));
        context.insert("graph", &graph::of(library, page));
        self.templates.render(template, &context)
    }

    /// Writes the text of an article with links that begin with `root`.
    pub(super) fn body(&self, at: usize, root: &str) -> (String, String) {
        let article = &self.library.articles[at];
        let crosslinks = Crosslinks { directory: &self.directory, library: &self.library, from: at, root };
        let style = Style {
            medium: Medium::Page,
            labels: labels::of(&article.lang),
            notes: &WEB,
            prefix: "",
            is_rtl: article.dir == "rtl",
            elsewhere: Some(&crosslinks),
            as_is: false,
        };
        let mut press = Press::new(&article.document, &article.plan, style);
        let title = press.title();
        (title, press.next_leaf())
    }

    fn article(&self, context: &mut Context, at: usize, root: &str) {
        let library = &self.library;
        let article = &library.articles[at];
        let options = Options::default().stem(article.name.as_str());
        let imprint = Imprint::of(&article.document, &options);
        let (title, body) = self.body(at, root);
        context.insert_value("card", self.card(at));
        context.insert("article", &imprint);
        context.insert("title", if title.is_empty() { &article.name } else { &title });
        context.insert("body", body.trim_end());
        context.insert("notes", &article.document.notes.len());
        context.insert("contents", &contents(article));
        let groups = library.groups.iter().filter(|group| group.key != "authors");
        let groups = groups
            .map(|group| (group.name.as_str(), group.key.as_str(), terms(library, article, &group.key)));
        let groups: Vec<_> = groups.filter(|(_, _, terms)| !terms.is_empty()).collect();
        context.insert(
            "groups",
            &groups
                .iter()
                .map(|(name, key, terms)| serde_json::json!({"name": name, "key": key, "terms": terms}))
                .collect::<Vec<_>>(),
        );
        if article.role == Role::Article {
            context.insert("series", &InSeries::of(library, at));
            let link = |at: usize| {
                library.articles.get(at).filter(|other| other.role == Role::Article).map(Link::to)
            };
            context.insert("newer", &at.checked_sub(1).and_then(link));
            context.insert("older", &link(at + 1));
            context.insert_value("related", self.all(&library.related(at, RELATED)));
        }
    }

    /// Returns the e-book of a page.
    fn book(&self, page: &Page) -> Option<String> {
        let library = &self.library;
        let has = |of: BookOf| library.config.base_url.is_some() && library.config.books.contains(&of);
        let home = match page {
            Page::Article(at) if has(BookOf::Articles) && library.articles[*at].role == Role::Article => {
                &library.articles[*at].url
            }
            Page::Series(at) if has(BookOf::Series) => &library.series[*at].url,
            Page::Term(at, place, _) if has(BookOf::Tags) && library.groups[*at].key == "tags" => {
                &library.groups[*at].terms[*place].url
            }
            _ => return None,
        };
        Some(books::file(home))
    }

    fn card(&self, at: usize) -> tera::Value {
        let make = || tera::Value::from_serializable(&Card::of(&self.library, &self.library.articles[at]));
        self.cards[at].get_or_init(make).clone()
    }

    fn all(&self, articles: &[usize]) -> tera::Value {
        articles.iter().map(|&at| self.card(at)).collect::<Vec<_>>().into()
    }

    /// Adds one page of a list.
    fn cards(&self, context: &mut Context, articles: &[usize], home: &str, number: usize) {
        let size = self.library.config.paginate;
        let count = articles.len().div_ceil(size).max(1);
        let from = (number - 1) * size;
        let these = &articles[from.min(articles.len())..(from + size).min(articles.len())];
        context.insert_value("cards", self.all(these));
        context.insert("pager", &Pager::of(&self.library, home, number, count));
    }

    /// Adds the sections below one.
    fn sections(&self, context: &mut Context, at: usize) {
        let sections = self.library.sections[at].below.iter().map(|&below| {
            let section = &self.library.sections[below];
            let count = section.articles.len();
            Link { name: section.name.clone(), url: Some(section.url.to_string()), count }
        });
        context.insert("sections", &sections.collect::<Vec<_>>());
    }

    /// Adds the text that introduces a section.
    fn introduce(&self, context: &mut Context, intro: Option<usize>, root: &str) {
        let Some(at) = intro else { return };
        context.insert("body", &self.body(at, root).1);
        context.insert_value("intro", self.card(at));
    }
}

impl Library {
    /// Returns the path of the site's root on its server.
    fn path_of_root(&self) -> String {
        let base = self.config.base_url.as_deref().unwrap_or("/");
        let path = base.split_once("://").map_or(base, |(_, rest)| rest);
        path.find('/').map_or("/", |at| &path[at..]).to_owned()
    }
}

/// Returns the feeds of the site, and those of a term.
fn feeds_of(library: &Library, term: Option<&Term>) -> Vec<Value> {
    let mut homes = vec![("", library.title.clone())];
    homes.extend(term.map(|term| (&*term.url, format!("{} – {}", term.name, library.title))));
    homes.retain(|(home, _)| feeds::has(library, home));
    let formats = feeds::FORMATS.iter().filter(|(format, ..)| library.config.feeds.formats.contains(format));
    let feeds = formats.flat_map(|(_, file, kind)| {
        let named = |(home, title): &(&str, String)| {
            serde_json::json!({"url": format!("{home}{file}"), "type": kind, "title": title})
        };
        homes.iter().map(named).collect::<Vec<_>>()
    });
    feeds.collect()
}

/// Returns the headings of a long article.
fn contents(article: &Article) -> Vec<Heading<'_>> {
    let headings: Vec<Heading<'_>> = article
        .plan
        .headings()
        .iter()
        .filter(|heading| !heading.is_inside && heading.rank <= 2)
        .map(|heading| Heading { words: &heading.words, id: &heading.id, rank: heading.rank })
        .collect();
    if headings.len() < CONTENTS_FROM { Vec::new() } else { headings }
}

/// Returns the links at the top of every page.
fn menu(library: &Library) -> Vec<MenuLink<'_>> {
    if !library.config.menu.is_empty() {
        let entries = library.config.menu.iter();
        return entries.map(MenuLink::of).collect();
    }
    let link = |name, url| MenuLink { name, url, is_elsewhere: false };
    let mut menu = Vec::new();
    for &at in &library.sections[0].below {
        menu.push(link(&library.sections[at].name, &library.sections[at].url));
    }
    if !library.series.is_empty() {
        menu.push(link(library.words.series, "series/"));
    }
    menu.extend(library.groups.iter().map(|group| link(&group.name, &group.url)));
    menu.push(link(library.words.archive, "archive/"));
    let pages = library.pages.iter().map(|&at| &library.articles[at]);
    menu.extend(pages.map(|page| link(&page.name, &page.url)));
    menu
}

/// Returns the direction in which a language is written.
fn direction(lang: &str) -> &'static str {
    crate::writers::markup::direction(lang)
}
