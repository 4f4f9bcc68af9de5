//! A change that leaves everything in its place: the site stays, and an article in it says something else.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::article::{Article, Role};
use super::content::{self, Stamp};
use super::{Core, Memory, Site};

impl Site {
    /// Takes in that files have changed, by their paths below the site's folder; tells whether that was enough. It is,
    /// where each is an article whose front matter says what it said before: what depends on it is made when it is asked
    /// for. Else the site has to be read again.
    pub fn renew(&mut self, files: impl IntoIterator<Item = PathBuf>, memory: &mut Memory) -> bool {
        files.into_iter().all(|file| {
            let path = self.folder.join(file);
            let name = path.strip_prefix(&self.content.folder).ok().and_then(|name| name.to_str());
            let articles = &self.printer.library.articles;
            let at = name.and_then(|name| articles.iter().position(|article| &*article.path == name));
            match at {
                Some(at) => self.renew_article(at, memory),
                // Editors try whether they can write, and take the file away again.
                None => name
                    .is_some_and(|name| !path.exists() && !self.content.has(name) && !content::is_ours(name)),
            }
        })
    }

    fn renew_article(&mut self, at: usize, memory: &mut Memory) -> bool {
        let library = &mut self.printer.library;
        let article = &mut library.articles[at];
        let read = |stamp: Stamp| Some((stamp, Arc::new(self.content.read(&article.path).ok()?)));
        let Some((stamp, core)) = self.content.stamp(&article.path).and_then(read) else { return false };
        memory.articles.insert(Arc::clone(&core.path), (stamp, Arc::clone(&core)));
        // Where files are part of the site for being led to, that has to stay, too.
        let leads_alike = (self.held_back == 0 && !self.content.is_bare) || core.targets == article.targets;
        let spoken = library.usual_lang.as_ref().and_then(|lang| core.in_language(lang));
        let stays = leads_alike && article.renew(spoken.unwrap_or(core));
        self.printer.cards[at] = OnceLock::new();
        self.search = OnceLock::new();
        stays
    }
}

impl Article {
    /// Lets the article say something else, if it stays where it is and what it is called.
    fn renew(&mut self, core: Arc<Core>) -> bool {
        let stays = self.role == Role::Article
            && core.role == Role::Article
            && core.document.metadata == self.document.metadata
            && (&core.lang, &core.name) == (&self.lang, &self.name);
        if stays {
            self.core = core;
        }
        stays
    }
}
