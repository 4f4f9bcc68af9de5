//! Every file of a site but those of the search, and how each comes about.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;

use foldhash::fast::RandomState;

use super::content::Content;
use super::library::Library;
use super::pages::Page;
use super::theme::Theme;
use super::{File, Lists, catalogue, located, sitemap};
use crate::error::Error;

/// Files by their paths below the site's root.
pub(super) type Files = HashMap<String, File, RandomState>;

/// Lists every file. What the site's own folder has overrules ours.
///
/// # Errors
///
/// Where two things want one place.
pub(super) fn list(
    library: &Library,
    lists: &Lists,
    content: &Content,
    theme: &Theme,
    folder: &Path,
) -> Result<Files, Error> {
    let mut files = Files::default();
    files.reserve(lists.pages.len() + lists.books.len() + content.others.len());
    for (at, book) in lists.books.iter().enumerate() {
        files.insert(book.file(), File::Book(at));
    }
    for (at, feed) in lists.feeds.iter().enumerate() {
        files.extend(feed.files(library).map(|(name, format)| (name, File::Feed(at, format))));
    }
    files.extend(catalogue::names(library, &lists.books).into_iter().map(|name| (name, File::Catalogue)));
    files.extend(sitemap::names(library, &lists.pages).into_iter().map(|name| (name, File::Sitemap)));
    files.extend(theme.files().map(|name| (name, File::Theme)));
    files.extend(content.others.iter().map(|name| (name.clone(), File::Content)));
    let is_alias = |page: &Page| matches!(page, Page::Alias(_));
    for (at, page) in lists.pages.iter().enumerate().filter(|(_, page)| !is_alias(page)) {
        files.insert(page.file(library), File::Page(at));
    }
    files.extend(content.fixed.iter().map(|name| (name.clone(), File::Static)));
    for (at, page) in lists.pages.iter().enumerate() {
        let Page::Alias(alias) = page else { continue };
        match files.entry(page.file(library)) {
            Entry::Vacant(free) => {
                free.insert(File::Page(at));
            }
            Entry::Occupied(other) if matches!(other.get(), File::Static) => {}
            Entry::Occupied(_) => {
                let reason = format!("the site itself has a file at /{alias}; name another alias");
                return Err(located(content, library.misplaced(alias, reason)));
            }
        }
    }
    apart(&files, library, lists, content, folder)?;
    Ok(files)
}

/// Makes sure that no file stands where others need a folder.
fn apart(
    files: &Files,
    library: &Library,
    lists: &Lists,
    content: &Content,
    folder: &Path,
) -> Result<(), Error> {
    let is_file =
        |name: &str| name.match_indices('/').map(|(at, _)| at).find(|&at| files.contains_key(&name[..at]));
    let Some((below, end)) = files.keys().filter_map(|name| Some((name, is_file(name)?))).min() else {
        return Ok(());
    };
    let name = &below[..end];
    let reason = format!("a file /{name} cannot stand beside /{below}; give one of them another name");
    // Of the two, the one is named that a person has put there.
    let mut aliases = [name, below].into_iter().filter_map(|name| match files.get(name) {
        Some(File::Page(at)) => Some(&lists.pages[*at]),
        _ => None,
    });
    let alias = aliases.find_map(|page| if let Page::Alias(alias) = page { Some(alias) } else { None });
    if let Some(alias) = alias {
        return Err(located(content, library.misplaced(alias, reason)));
    }
    let path = match files.get(name) {
        Some(File::Static) => folder.join("static").join(name),
        _ => content.path(name),
    };
    Err(Error::Site { path, line: None, reason })
}
