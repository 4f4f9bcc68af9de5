//! Links between the articles of a site: by file, by address, by the address where one was first published, by title.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::content::{self, Content};
use super::library::Library;
use crate::writers::markup::{Elsewhere, decoded, names};
use crate::writers::pictures;

/// So much of a picture is read for its size; cameras put previews before it.
const HEAD: u64 = 512 << 10;

/// Where everything stands that articles can lead to.
#[derive(Debug, Default)]
pub(super) struct Directory {
    /// [`Name`]s → places in the library.
    articles: HashMap<Arc<str>, usize, RandomState>,
    /// Addresses → places in the library.
    addresses: HashMap<Arc<str>, usize, RandomState>,
    /// Pages of ours that are no articles.
    pages: HashSet<Arc<str>, RandomState>,
    /// Files beside the articles.
    files: HashSet<String, RandomState>,
    /// Where those files are.
    folder: PathBuf,
}

/// What an article is called by others.
#[derive(Clone, Copy, Debug)]
pub(super) enum Name<'n> {
    /// Its file without extension, below the content folder.
    Path(&'n str),
    /// The address where it was first published.
    Published(&'n str),
    /// Its title, or the stem of its file, in small letters.
    Words(&'n str),
}

/// The links of one article.
pub(super) struct Crosslinks<'s> {
    pub(super) directory: &'s Directory,
    pub(super) library: &'s Library,
    /// The article that has them.
    pub(super) from: usize,
    /// What leads to the site's root.
    pub(super) root: &'s str,
}

impl Name<'_> {
    /// Returns the name as the directory has it.
    pub(super) fn written(self) -> String {
        match self {
            Self::Path(path) => format!("path {path}"),
            Self::Published(url) => format!("url {url}"),
            Self::Words(words) => format!("page {words}"),
        }
    }
}

impl Directory {
    pub(super) fn of(library: &Library, content: &Content) -> Self {
        let files = content.others.iter().cloned().collect();
        let mut directory = Self { files, folder: content.folder.clone(), ..Self::default() };
        directory.articles.reserve(library.articles.len() * 4);
        directory.addresses.reserve(library.articles.len());
        for (at, article) in library.articles.iter().enumerate() {
            for name in &article.names {
                directory.articles.entry(Arc::clone(name)).or_insert(at);
            }
            directory.addresses.insert(Arc::clone(&article.url), at);
        }
        let sections = library.sections.iter().map(|section| &section.url);
        let terms = library.groups.iter().flat_map(|group| &group.terms).chain(&library.series);
        let pages = sections.chain(terms.map(|term| &term.url)).map(Arc::clone);
        directory.pages = pages.chain(library.groups.iter().map(|group| group.url.as_str().into())).collect();
        directory
    }
}

impl Crosslinks<'_> {
    fn place(&self, name: Name<'_>, fragment: &str) -> Option<String> {
        Some(self.address_of(*self.directory.articles.get(name.written().as_str())?, fragment))
    }

    /// Returns the address of an article, or of a place in it.
    fn address_of(&self, at: usize, fragment: &str) -> String {
        let article = &self.library.articles[at];
        let anchor = article.plan.anchor(fragment).map(|(_, id)| format!("#{id}"));
        format!("{}{}{}", self.root, article.url, anchor.unwrap_or_default())
    }
}

impl Elsewhere for Crosslinks<'_> {
    fn address(&self, url: &str) -> Option<String> {
        let (place, fragment) = url.split_once('#').unwrap_or((url, ""));
        if place.is_empty() {
            return None;
        }
        if place.contains("://") {
            let published = names::published(place);
            let &at = self.directory.articles.get(Name::Published(&published).written().as_str())?;
            // Where an article names its own source, the source is meant.
            return if at == self.from { None } else { Some(self.address_of(at, fragment)) };
        }
        if place.contains(':') {
            return None;
        }
        let place = decoded(place);
        let path = match place.strip_prefix('/') {
            Some(path) => {
                let page = format!("{}/", path.trim_end_matches('/'));
                let page = page.trim_start_matches('/');
                if self.directory.pages.contains(page) {
                    return Some(format!("{}{page}", self.root));
                }
                if let Some(&at) = self.directory.addresses.get(page) {
                    return Some(self.address_of(at, fragment));
                }
                names::normalized(path)
            }
            None => {
                let folder = content::folder(&self.library.articles[self.from].path);
                names::normalized(&format!("{folder}/{place}"))
            }
        };
        let article = self.place(Name::Path(&names::without_extension(&path)), fragment);
        article.or_else(|| self.file(&path))
    }

    fn page(&self, name: &str) -> Option<String> {
        let (page, fragment) = name.split_once('#').unwrap_or((name, ""));
        self.place(Name::Words(&page.trim().to_lowercase()), fragment)
    }

    fn picture(&self, url: &str) -> Option<String> {
        self.file(&self.file_of(url)?)
    }

    fn picture_size(&self, url: &str) -> Option<(u32, u32)> {
        let mut head = Vec::new();
        let file = File::open(self.directory.folder.join(self.file_of(url)?)).ok()?;
        file.take(HEAD).read_to_end(&mut head).ok()?;
        pictures::size(&head)
    }
}

impl Crosslinks<'_> {
    /// Returns the file beside the articles that an address means, by its path below the content folder.
    pub(super) fn file_of(&self, url: &str) -> Option<String> {
        let place = url.split(['?', '#']).next().unwrap_or_default();
        if place.is_empty() || place.contains(':') {
            return None;
        }
        let place = decoded(place);
        let folder = content::folder(&self.library.articles[self.from].path);
        let path = match place.strip_prefix('/') {
            Some(path) => names::normalized(path),
            None => names::normalized(&format!("{folder}/{place}")),
        };
        Some(path).filter(|path| self.directory.files.contains(path))
    }

    /// Returns the address of a file that stands beside the articles.
    fn file(&self, path: &str) -> Option<String> {
        self.directory.files.contains(path).then(|| format!("{}{}", self.root, names::encoded(path)))
    }
}
