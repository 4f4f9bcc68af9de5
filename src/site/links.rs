//! Links between the articles of a site: by file, by address, by the address where one was first published, by title.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::article::Core;
use super::content::{self, Content};
use super::files::Files;
use super::library::Library;
use super::pages::Page;
use super::{File, urls};
use crate::writers::markup::{Elsewhere, names};
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
    /// Files of the site that are neither articles nor beside them.
    own: HashSet<Arc<str>, RandomState>,
    /// Articles that are held back, by their files without extension and by the addresses that they would have.
    held_back: HashSet<String, RandomState>,
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
    pub(super) fn of(library: &Library, content: &Content, held_back: &[Arc<Core>]) -> Self {
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
        let held_back = held_back.iter();
        directory.held_back = held_back
            .flat_map(|core| {
                [names::without_extension(&core.path), core.wish.url().trim_end_matches('/').to_owned()]
            })
            .collect();
        directory
    }

    /// Adds the files of the site that are neither articles nor beside them.
    pub(super) fn add(&mut self, files: &Files, pages: &[Page]) {
        let is_own = |file: &File| match file {
            File::Page(at) => !matches!(pages[*at], Page::Article(_)),
            File::Content => false,
            _ => true,
        };
        self.own =
            files.iter().filter(|(_, file)| is_own(file)).map(|(name, _)| name.as_str().into()).collect();
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
        let path = content::target(&self.library.articles[self.from].path, place)?;
        let by_file = || {
            self.place(Name::Path(&names::without_extension(&path)), fragment).or_else(|| self.file(&path))
        };
        let by_address = || {
            let at = self.directory.addresses.get(format!("{path}/").as_str())?;
            Some(self.address_of(*at, fragment))
        };
        let own =
            || self.own(&path).map(|own| if fragment.is_empty() { own } else { format!("{own}#{fragment}") });
        if place.starts_with('/') {
            by_address().or_else(own).or_else(by_file)
        } else {
            by_file().or_else(own)
        }
    }

    fn page(&self, name: &str) -> Option<String> {
        let (page, fragment) = name.split_once('#').unwrap_or((name, ""));
        self.place(Name::Words(&page.trim().to_lowercase()), fragment)
    }

    fn picture(&self, url: &str) -> Option<String> {
        self.file_of(url).and_then(|file| self.file(&file)).or_else(|| {
            let path = content::target("", url).filter(|_| url.starts_with('/'))?;
            self.own(&path)
        })
    }

    fn is_held_back(&self, url: &str) -> bool {
        let directory = self.directory;
        !directory.held_back.is_empty()
            && content::target(&self.library.articles[self.from].path, url)
                .is_some_and(|path| directory.held_back.contains(&names::without_extension(&path)))
    }

    fn picture_size(&self, url: &str) -> Option<(u32, u32)> {
        let mut head = Vec::new();
        let file = fs::File::open(self.directory.folder.join(self.file_of(url)?)).ok()?;
        file.take(HEAD).read_to_end(&mut head).ok()?;
        pictures::size(&head)
    }
}

impl Crosslinks<'_> {
    /// Returns the file beside the articles that an address means, by its path below the content folder.
    pub(super) fn file_of(&self, url: &str) -> Option<String> {
        let path = content::target(&self.library.articles[self.from].path, url);
        path.filter(|path| self.directory.files.contains(path))
    }

    /// Returns the address of a page or a file of the site's own.
    fn own(&self, path: &str) -> Option<String> {
        let has = |file: &str| self.directory.own.contains(file);
        let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
        if has(&urls::file(&folder)) {
            return Some(format!("{}{}", self.root, names::encoded(&folder)));
        }
        has(path).then(|| format!("{}{}", self.root, names::encoded(path)))
    }

    /// Returns the address of a file that stands beside the articles.
    fn file(&self, path: &str) -> Option<String> {
        self.directory.files.contains(path).then(|| format!("{}{}", self.root, names::encoded(path)))
    }
}
