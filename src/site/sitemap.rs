//! `sitemap.xml` and `robots.txt`, for search engines (sitemaps.org protocol 0.9).

use super::library::Library;
use super::pages::Page;
use crate::writers::dates::published;
use crate::writers::markup::push_text;

/// No file names more addresses.
const MOST: usize = 50_000;

/// Lists the files; none without `base_url`.
pub(super) fn names(library: &Library, pages: &[Page]) -> Vec<String> {
    if library.config.base_url.is_none() {
        return Vec::new();
    }
    let count = pages.iter().filter(|page| is_first(page)).count().div_ceil(MOST);
    let parts = (1..=count).filter(|_| count > 1).map(|number| format!("sitemap-{number}.xml"));
    parts.chain(["sitemap.xml".to_owned(), "robots.txt".to_owned()]).collect()
}

/// Tells whether a page stands for itself, and not for a later part of a list.
fn is_first(page: &Page) -> bool {
    match page {
        Page::Home(number) | Page::Section(_, number) | Page::Term(_, _, number) => *number == 1,
        Page::NotFound | Page::Search | Page::Alias(_) => false,
        _ => true,
    }
}

/// Returns the files; none without `base_url`.
pub(super) fn files(library: &Library, pages: &[Page]) -> Vec<(String, String)> {
    let Some(base) = &library.config.base_url else { return Vec::new() };
    let listed: Vec<&Page> = pages.iter().filter(|page| is_first(page)).collect();
    let mut files = Vec::new();
    let parts: Vec<&[&Page]> = listed.chunks(MOST).collect();
    for (at, part) in parts.iter().enumerate() {
        let urls: String = part.iter().map(|page| url(library, base, page)).collect();
        let name =
            if parts.len() == 1 { "sitemap.xml".to_owned() } else { format!("sitemap-{}.xml", at + 1) };
        files.push((name, wrapped("urlset", &urls)));
    }
    if parts.len() > 1 {
        let maps: String =
            files.iter().map(|(name, _)| format!("<sitemap><loc>{base}{name}</loc></sitemap>\n")).collect();
        files.push(("sitemap.xml".to_owned(), wrapped("sitemapindex", &maps)));
    }
    files.push(("robots.txt".to_owned(), format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n")));
    files
}

fn url(library: &Library, base: &str, page: &Page) -> String {
    let mut address = String::new();
    push_text(&mut address, &format!("{base}{}", page.url(library)));
    let changed = match page {
        Page::Article(at) => {
            let metadata = &library.articles[*at].document.metadata;
            let dates = [&metadata.updated, &metadata.date];
            // The protocol knows whole days alone.
            let is_day = |date: &&str| date.len() >= "2031-03-04".len();
            dates.into_iter().flatten().find_map(|found| published(&found.value).filter(is_day))
        }
        _ => None,
    };
    let changed = changed.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"));
    format!("<url><loc>{address}</loc>{changed}</url>\n")
}

fn wrapped(element: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{element} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{content}</{element}>\n"
    )
}
