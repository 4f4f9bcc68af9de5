//! Links between the articles of a volume, by the file that one was read from, by the address where it was published,
//! by its title; and the pictures that they show.

use std::collections::BTreeMap;

use crate::volume::{Chapter, Volume};
use crate::writers::markup::names::{normalized, published, without_extension};
use crate::writers::markup::{Elsewhere, Plan, decoded};

/// Where every article of a volume stands.
pub(super) struct Directory<'v> {
    names: BTreeMap<String, usize>,
    plans: &'v [Plan],
    prefixes: &'v [String],
}

/// The links of one article to the others.
pub(super) struct Crosslinks<'v> {
    pub(super) directory: &'v Directory<'v>,
    /// Where the article was read.
    pub(super) path: &'v str,
    /// The files of the book's pictures, by name.
    pub(super) pictures: &'v BTreeMap<String, String>,
}

impl<'v> Directory<'v> {
    pub(super) fn of(chapters: &[Chapter<'_>], plans: &'v [Plan], prefixes: &'v [String]) -> Self {
        let mut names = BTreeMap::new();
        for (at, chapter) in chapters.iter().enumerate() {
            let metadata = &chapter.document.metadata;
            let path = without_extension(&normalized(&chapter.path));
            let stem = path.rsplit('/').next().unwrap_or_default();
            let source = metadata.source.as_ref().map(|found| format!("url {}", published(&found.value)));
            let title = metadata.title().map(|title| format!("page {}", title.to_lowercase()));
            let named =
                [Some(format!("path {path}")), source, title, Some(format!("page {}", stem.to_lowercase()))];
            for name in named.into_iter().flatten() {
                names.entry(name).or_insert(at);
            }
        }
        Self { names, plans, prefixes }
    }

    fn place(&self, name: &str, fragment: &str) -> Option<String> {
        let &at = self.names.get(name)?;
        let plan = &self.plans[at];
        Some(match plan.anchor(fragment) {
            Some((leaf, id)) => format!("{}#{}{id}", plan.leaves[leaf].name, self.prefixes[at]),
            None => plan.leaves[0].name.clone(),
        })
    }
}

impl Elsewhere for Crosslinks<'_> {
    fn address(&self, url: &str) -> Option<String> {
        let (place, fragment) = url.split_once('#').unwrap_or((url, ""));
        if place.is_empty() {
            return None;
        }
        if place.contains("://") {
            return self.directory.place(&format!("url {}", published(place)), fragment);
        }
        let folder = self.path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder);
        let path = normalized(&format!("{folder}/{}", decoded(place)));
        self.directory.place(&format!("path {}", without_extension(&path)), fragment)
    }

    fn page(&self, name: &str) -> Option<String> {
        let (page, fragment) = name.split_once('#').unwrap_or((name, ""));
        self.directory.place(&format!("page {}", page.trim().to_lowercase()), fragment)
    }

    fn picture(&self, url: &str) -> Option<String> {
        self.pictures.get(&Volume::picture(self.path, url)).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::writers::markup::Setting;

    fn document(markdown: &str) -> Document {
        let options = crate::options::Options::default().from(crate::options::From::Markdown);
        crate::convert::read(markdown.as_bytes(), &options).expect("text").document
    }

    #[test]
    fn links_between_articles_are_found() {
        let documents = [
            document(
                "---\ntitle: The rope\nsource: https://www.harbour.example/rope/\n---\n\nA.\n\n## Hemp\n\nB.",
            ),
            document("---\ntitle: The bell\n---\n\nC."),
        ];
        let chapter =
            |at: usize, path: &str| Chapter { document: &documents[at], path: path.to_owned(), part: None };
        let chapters = [chapter(0, "river/rope.md"), chapter(1, "bells/bell one.txt")];
        let mut plans: Vec<Plan> =
            documents.iter().map(|document| Plan::of(document, Setting::default())).collect();
        for (at, plan) in plans.iter_mut().enumerate() {
            plan.leaves[0].name = format!("a{at}.xhtml");
        }
        let prefixes = ["a0-".to_owned(), "a1-".to_owned()];
        let directory = Directory::of(&chapters, &plans, &prefixes);
        let pictures = BTreeMap::from([("river/a.png".to_owned(), "picture-1.png".to_owned())]);
        let links = Crosslinks { directory: &directory, path: "river/rope.md", pictures: &pictures };
        for (url, expected) in [
            ("../bells/bell%20one.txt", Some("a1.xhtml")),
            ("./rope.html#hemp", Some("a0.xhtml#a0-part-hemp")),
            ("rope.md#nowhere", Some("a0.xhtml")),
            ("http://harbour.example/rope#hemp", Some("a0.xhtml#a0-part-hemp")),
            ("https://harbour.example/bell", None),
            ("bell%20one.txt", None),
            ("#hemp", None),
        ] {
            assert_eq!(links.address(url).as_deref(), expected, "{url}");
        }
        assert_eq!(links.page("the Rope#Hemp").as_deref(), Some("a0.xhtml#a0-part-hemp"));
        assert_eq!(links.page("Bell one").as_deref(), Some("a1.xhtml"));
        assert_eq!(links.page("The mole"), None);
        assert_eq!(links.picture("a.png").as_deref(), Some("picture-1.png"));
        assert_eq!(links.picture("river/a.png"), None);
    }
}
