//! `<script type="application/ld+json">`: what a page says for search engines, in the words of schema.org.

use serde_json::{Map, Value};

use super::{Key, Statements};
use crate::page::Page;

/// Types of things that are articles; the earlier ones say it more clearly.
const ARTICLES: &[&str] = &[
    "NewsArticle",
    "BlogPosting",
    "ScholarlyArticle",
    "TechArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "ReportageNewsArticle",
    "MedicalScholarlyArticle",
    "Article",
    "Report",
    "Review",
    "LiveBlogPosting",
    "SocialMediaPosting",
    "DiscussionForumPosting",
    "Recipe",
    "HowTo",
    "Thesis",
    "ShortStory",
    "Chapter",
    "Book",
    "CreativeWork",
    "WebPage",
];

const RULE: &str = "json-ld";

type Object = Map<String, Value>;

/// Reads the scripts of data.
pub(super) fn read(page: &Page, statements: &mut Statements) {
    let values: Vec<Value> = page.data.iter().filter_map(|script| parse(script)).collect();
    let mut things: Vec<&Object> = Vec::new();
    values.iter().for_each(|value| collect(value, &mut things));
    let rank = |thing: &Object| {
        let types = texts(thing.get("@type"));
        ARTICLES.iter().position(|article| types.iter().any(|found| found == article))
    };
    let article = things.iter().filter_map(|thing| Some((rank(thing)?, thing))).min_by_key(|(rank, _)| *rank);
    if let Some((rank, article)) = article {
        let is_article = ARTICLES[rank] != "WebPage";
        describe(article, is_article, &things, statements);
    }
}

/// Parses a script; some pages wrap it in a comment.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    let script = script.strip_prefix("<!--").unwrap_or(script).trim();
    let script =
        script.strip_prefix("//<![CDATA[").or_else(|| script.strip_prefix("<![CDATA[")).unwrap_or(script);
    let script = ["-->", "//]]>", "]]>", ";"]
        .iter()
        .fold(script, |script, end| script.trim_end().strip_suffix(end).unwrap_or(script));
    let script = script.trim();
    serde_json::from_str(script).or_else(|_| serde_json::from_str(&mended(script))).ok()
}

/// Mends what pages often get wrong: line ends and tabs in texts, and commas after the last value.
fn mended(script: &str) -> String {
    let mut mended = String::with_capacity(script.len());
    let (mut is_text, mut is_escaped) = (false, false);
    for (at, c) in script.char_indices() {
        let is_last = || script[at + 1..].trim_start().starts_with(['}', ']']);
        match c {
            '"' if !is_escaped => is_text = !is_text,
            ',' if !is_text && is_last() => continue,
            _ => {}
        }
        is_escaped = is_text && c == '\\' && !is_escaped;
        mended.push(if is_text && c.is_control() { ' ' } else { c });
    }
    mended
}

/// Collects the things of a value: its own, those of its graph and of its list.
fn collect<'v>(value: &'v Value, things: &mut Vec<&'v Object>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, things)),
        Value::Object(thing) => {
            things.push(thing);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = thing.get(key) {
                    collect(inner, things);
                }
            }
        }
        _ => {}
    }
}

fn describe(article: &Object, is_article: bool, things: &[&Object], statements: &mut Statements) {
    let mut add = |key: Key, values: Vec<String>| {
        values.iter().for_each(|value| statements.add(key, value, RULE, None));
    };
    let get = |name: &str| article.get(name);
    if is_article {
        add(Key::Title, texts(get("headline").or_else(|| get("name"))).into_iter().take(1).collect());
        add(Key::Author, names(get("author").or_else(|| get("creator")), things));
        add(Key::Description, texts(get("description")).into_iter().take(1).collect());
        let keywords = texts(get("keywords"));
        add(Key::Tag, keywords.iter().flat_map(|words| words.split(',')).map(str::to_owned).collect());
    }
    add(Key::Date, texts(get("datePublished")));
    add(Key::Updated, texts(get("dateModified")));
    add(Key::Lang, names(get("inLanguage"), things));
    add(Key::Publisher, names(get("publisher"), things).into_iter().take(1).collect());
    add(Key::Source, texts(get("url")).into_iter().chain(texts(get("mainEntityOfPage"))).take(1).collect());
    add(Key::Rights, texts(get("license")).into_iter().take(1).collect());
}

/// Returns the texts of a value or a list of values.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![resolved(text)],
        Some(Value::Array(values)) => values.iter().flat_map(|value| texts(Some(value))).collect(),
        _ => Vec::new(),
    }
}

/// Returns the names of people, organisations or languages; `@id` leads to another thing of the page.
fn names(value: Option<&Value>, things: &[&Object]) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().flat_map(|value| names(Some(value), things)).collect(),
        Some(Value::Object(thing)) => {
            let mut own = texts(thing.get("name").or_else(|| thing.get("alternateName")));
            if own.is_empty() {
                let parts = ["givenName", "familyName"].map(|part| texts(thing.get(part)).into_iter().next());
                let whole = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
                own.extend(Some(whole).filter(|whole| !whole.is_empty()));
            }
            let id = thing.get("@id");
            let other = || {
                things
                    .iter()
                    .find(|other| id.is_some() && other.get("@id") == id && other.contains_key("name"))
            };
            if own.is_empty() { other().map_or_else(Vec::new, |other| texts(other.get("name"))) } else { own }
        }
        value => texts(value),
    }
}

/// Some programs write their data with the references of HTML.
fn resolved(text: &str) -> String {
    const REFERENCES: &[(&str, &str)] = &[
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#8211;", "–"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return text.to_owned();
    }
    REFERENCES.iter().fold(text.to_owned(), |text, (reference, sign)| text.replace(reference, sign))
}
