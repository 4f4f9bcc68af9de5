//! What a page tells programs about itself: Open Graph for cards in messages, and JSON-LD (schema.org) for the rest.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::article::Role;
use super::library::Library;
use super::pages::Page;
use super::views::InSeries;
use crate::writers::dates::published;

/// What a page tells programs.
#[derive(Debug, Serialize)]
pub(super) struct Graph {
    /// Names and values of `meta` elements.
    properties: Vec<(&'static str, String)>,
    /// Ready to stand in a `script` element.
    json: String,
}

/// Returns what a page tells; nothing without `base_url`, and where there is nothing to tell.
pub(super) fn of(library: &Library, page: &Page) -> Option<Graph> {
    let base = library.config.base_url.as_ref()?;
    let (properties, data) = match page {
        Page::Article(at) => article(library, *at, base),
        Page::Home(1) => site(library, base),
        _ => return None,
    };
    // `</script>` in a title would end the element.
    let mut json = data.to_string();
    for (sign, escaped) in [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026")] {
        if json.contains(sign) {
            json = json.replace(sign, escaped);
        }
    }
    Some(Graph { properties, json })
}

fn site(library: &Library, base: &str) -> (Vec<(&'static str, String)>, Value) {
    let mut properties = vec![
        ("og:type", "website".to_owned()),
        ("og:title", library.title.clone()),
        ("og:url", base.to_owned()),
    ];
    properties.extend(library.config.description.clone().map(|text| ("og:description", text)));
    let data = json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": library.title,
        "url": base,
        "inLanguage": library.lang,
    });
    (properties, data)
}

fn article(library: &Library, at: usize, base: &str) -> (Vec<(&'static str, String)>, Value) {
    let article = &library.articles[at];
    let metadata = &article.document.metadata;
    let url = format!("{base}{}", article.url);
    let date = metadata.date.as_ref().and_then(|found| published(&found.value));
    let updated = metadata.updated.as_ref().and_then(|found| published(&found.value));
    let is_read = article.role == Role::Article;
    let mut properties = vec![
        ("og:type", if is_read { "article" } else { "website" }.to_owned()),
        ("og:title", article.name.clone()),
        ("og:url", url.clone()),
        ("og:site_name", library.title.clone()),
    ];
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": if is_read { "Article" } else { "WebPage" },
        if is_read { "headline" } else { "name" }: article.name,
        "url": url,
        "mainEntityOfPage": url,
        "isPartOf": {"@type": "WebSite", "name": library.title, "url": base},
    });
    if article.lang != "und" {
        data["inLanguage"] = json!(article.lang);
    }
    if !article.summary.is_empty() {
        properties.push(("og:description", article.summary.clone()));
        data["description"] = json!(article.summary);
    }
    if is_read {
        data["wordCount"] = json!(article.words);
        properties.extend(date.map(|date| ("article:published_time", date.to_owned())));
        properties.extend(updated.map(|date| ("article:modified_time", date.to_owned())));
        for (key, day) in [("datePublished", date), ("dateModified", updated)] {
            if let Some(day) = day {
                data[key] = json!(day);
            }
        }
        let tags = article.terms("tags");
        properties.extend(tags.iter().map(|tag| ("article:tag", tag.to_string())));
        if !tags.is_empty() {
            data["keywords"] = tags.iter().map(|tag| &**tag).collect();
        }
    }
    let links: HashMap<&str, &str> = article
        .links
        .iter()
        .filter(|link| &*link.key == "authors")
        .map(|link| (&*link.name, &*link.url))
        .collect();
    let author = |name: &Arc<str>| {
        let mut person = json!({"@type": "Person", "name": **name});
        if let Some(url) = links.get(&**name) {
            person["url"] = json!(format!("{base}{url}"));
        }
        person
    };
    let authors: Vec<Value> = article.terms("authors").iter().map(author).collect();
    if !authors.is_empty() {
        data["author"] = json!(authors);
    }
    if let Some(rights) = &metadata.rights {
        data["copyrightNotice"] = json!(rights.value);
    }
    if let Some(source) = metadata.source.as_ref().filter(|found| found.value.contains("://")) {
        data["isBasedOn"] = json!(source.value);
    }
    if let Some(series) = InSeries::of(library, at) {
        let part = json!({"@type": "CreativeWorkSeries", "name": series.name, "url": format!("{base}{}", series.url)});
        data["isPartOf"] = json!([data["isPartOf"], part]);
    }
    (properties, data)
}
