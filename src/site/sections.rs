//! The folders of a site: each is a section, which a text called `_index` can introduce.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::article::{Article, Role};
use super::library::{Library, capitalized};
use super::{addresses, content};

/// A folder of articles.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) name: String,
    pub(super) url: Arc<str>,
    pub(super) intro: Option<usize>,
    pub(super) articles: Vec<usize>,
    /// The sections right below.
    pub(super) below: Vec<usize>,
}

impl Library {
    /// Puts every article into its section; those that stand in no list are pages.
    pub(super) fn find_sections(&mut self) {
        let mut folders: BTreeSet<&str> = BTreeSet::from([""]);
        let mut intros: HashMap<&str, usize> = HashMap::new();
        for (at, article) in self.articles.iter().enumerate() {
            if article.role == Role::Page {
                continue;
            }
            let mut folder = folder_of(article);
            if article.role == Role::Intro {
                intros.entry(folder).or_insert(at);
            }
            while !folder.is_empty() && folders.insert(folder) {
                folder = content::folder(folder);
            }
        }
        let places: HashMap<&str, usize> =
            folders.iter().enumerate().map(|(at, folder)| (*folder, at)).collect();
        let new = |folder: &&str| {
            let intro = intros.get(folder).copied();
            let title = intro.and_then(|at| self.articles[at].document.metadata.title());
            let name = capitalized(folder.rsplit('/').next().unwrap_or_default());
            Section {
                name: title.map_or(name, str::to_owned),
                url: addresses::of_folder(folder).into(),
                intro,
                articles: Vec::new(),
                below: Vec::new(),
            }
        };
        let mut sections: Vec<Section> = folders.iter().map(new).collect();
        let mut pages = Vec::new();
        for (at, article) in self.articles.iter().enumerate() {
            match article.role {
                Role::Article => sections[places[folder_of(article)]].articles.push(at),
                Role::Page => pages.push(at),
                Role::Intro => {}
            }
        }
        for (at, folder) in folders.iter().enumerate().skip(1) {
            sections[places[content::folder(folder)]].below.push(at);
        }
        (self.sections, self.pages) = (sections, pages);
    }
}

/// Returns the folder whose section an article belongs to.
fn folder_of(article: &Article) -> &str {
    let folder = content::folder(&article.path);
    // An article with a folder of its own belongs to the one above.
    let has_own = article.role == Role::Article && article.url == article.wish.folder;
    if has_own { content::folder(folder) } else { folder }
}

#[cfg(test)]
mod tests {
    use super::super::library::of_texts;

    #[test]
    fn folders_are_sections() {
        let library = of_texts(&[
            ("a.md", ""),
            ("about.md", ""),
            ("Old ropes/b.md", ""),
            ("Old ropes/_index.md", "# Ropes\n\nAll of them.\n"),
            ("Old ropes/tar/pine/index.md", ""),
            ("log/c/d.md", ""),
        ])
        .expect("a library");
        let found: Vec<_> = library
            .sections
            .iter()
            .map(|section| {
                let below = section.below.iter().map(|&at| &*library.sections[at].url).collect();
                (&*section.url, section.name.as_str(), section.articles.len(), section.intro.is_some(), below)
            })
            .collect();
        let expected: [(&str, &str, usize, bool, Vec<&str>); 5] = [
            ("", "", 1, false, vec!["old-ropes/", "log/"]),
            ("old-ropes/", "Ropes", 1, true, vec!["old-ropes/tar/"]),
            ("old-ropes/tar/", "Tar", 1, false, vec![]),
            ("log/", "Log", 0, false, vec!["log/c/"]),
            ("log/c/", "C", 1, false, vec![]),
        ];
        assert_eq!(found, expected);
        assert_eq!(library.pages.len(), 1);
    }
}
