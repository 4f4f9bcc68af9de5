//! Links between the articles of a site: by file, by address, by the address where one was first published, by title.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use foldhash::fast::RandomState;

use super::content::{self, Content};
use super::library::Library;
use super::picture_size;
use crate::writers::markup::{Elsewhere, decoded, names};

/// Where everything stands that articles can lead to.
#[derive(Debug, Default)]
pub(super) struct Directory {
    /// Kinds of names → places in the library.
    articles: HashMap<String, usize, RandomState>,
    /// Pages of ours that are no articles.
    pages: BTreeSet<String>,
    /// Files beside the articles.
    files: BTreeSet<String>,
    /// Where those files are.
    folder: PathBuf,
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

impl Directory {
    pub(super) fn of(library: &Library, content: &Content) -> Self {
        let files = content.others.iter().cloned().collect();
        let mut directory = Self { files, folder: content.folder.clone(), ..Self::default() };
        directory.articles.reserve(library.articles.len() * 5);
        for (at, article) in library.articles.iter().enumerate() {
            let metadata = &article.document.metadata;
            let path = names::without_extension(&article.path);
            let stem = content::stem(&article.path).to_lowercase();
            let source =
                metadata.source.as_ref().map(|found| format!("url {}", names::published(&found.value)));
            let title = metadata.title().map(|title| format!("page {}", title.to_lowercase()));
            let site = format!("site {}", article.url.trim_end_matches('/'));
            let named =
                [Some(format!("path {path}")), source, title, Some(format!("page {stem}")), Some(site)];
            for name in named.into_iter().flatten() {
                directory.articles.entry(name).or_insert(at);
            }
        }
        let sections = library.sections.iter().map(|section| &section.url);
        let groups = library
            .groups
            .iter()
            .flat_map(|group| group.terms.iter().map(|term| &term.url).chain([&group.url]));
        let series = library.series.iter().map(|term| &term.url);
        directory.pages = sections.chain(groups).chain(series).cloned().collect();
        directory
    }
}

impl Crosslinks<'_> {
    fn place(&self, name: &str, fragment: &str) -> Option<String> {
        let &at = self.directory.articles.get(name)?;
        let article = &self.library.articles[at];
        let anchor = article.plan.anchor(fragment).map(|(_, id)| format!("#{id}"));
        Some(format!("{}{}{}", self.root, article.url, anchor.unwrap_or_default()))
    }
}

impl Elsewhere for Crosslinks<'_> {
    fn address(&self, url: &str) -> Option<String> {
        let (place, fragment) = url.split_once('#').unwrap_or((url, ""));
        if place.is_empty() {
            return None;
        }
        if place.contains("://") {
            let name = format!("url {}", names::published(place));
            // Where an article names its own source, the source is meant.
            let is_own = self.directory.articles.get(&name) == Some(&self.from);
            return if is_own { None } else { self.place(&name, fragment) };
        }
        if place.contains(':') {
            return None;
        }
        let place = decoded(place);
        let path = match place.strip_prefix('/') {
            Some(path) => {
                let page = format!("{}/", path.trim_end_matches('/'));
                if self.directory.pages.contains(&page) {
                    return Some(format!("{}{page}", self.root));
                }
                if let Some(found) = self.place(&format!("site {}", path.trim_end_matches('/')), fragment) {
                    return Some(found);
                }
                names::normalized(path)
            }
            None => {
                let folder = content::folder(&self.library.articles[self.from].path);
                names::normalized(&format!("{folder}/{place}"))
            }
        };
        let article = self.place(&format!("path {}", names::without_extension(&path)), fragment);
        article.or_else(|| self.file(&path))
    }

    fn page(&self, name: &str) -> Option<String> {
        let (page, fragment) = name.split_once('#').unwrap_or((name, ""));
        self.place(&format!("page {}", page.trim().to_lowercase()), fragment)
    }

    fn picture(&self, url: &str) -> Option<String> {
        self.file(&self.file_of(url)?)
    }

    fn picture_size(&self, url: &str) -> Option<(u32, u32)> {
        picture_size::of(&self.directory.folder.join(self.file_of(url)?))
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
