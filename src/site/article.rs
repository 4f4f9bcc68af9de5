//! One article of a site: the document, and what pages need to know of it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Deref;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::addresses::Wish;
use super::content;
use super::links::Name;
use super::reuse::Key;
use crate::diagnostic::Code;
use crate::document::{Block, Document, Found, Inline, each_inline, plain_text};
use crate::options::Options;
use crate::series::Series;
use crate::writers::dates::day_of;
use crate::writers::markup::{Imprint, Plan, Setting, direction, names};

/// How long a summary is, in characters.
const SUMMARY: usize = 240;

/// One article of a site, in its place there.
#[derive(Debug)]
pub(super) struct Article {
    pub(super) core: Arc<Core>,
    /// The address, without a leading slash.
    pub(super) url: Arc<str>,
    /// The pages of the groups that it belongs to, in the order in which it names them.
    pub(super) links: Vec<GroupLink>,
    /// Its series, and its place there.
    pub(super) part: Option<(usize, usize)>,
}

/// What an article says, wherever it stands. It stays in memory while others change, so what can be told of it once is
/// told here.
#[derive(Debug)]
pub(super) struct Core {
    /// Its file, below the content folder.
    pub(super) path: Arc<str>,
    pub(super) wish: Wish,
    /// What other articles may call it, most telling first.
    pub(super) names: Vec<Arc<str>>,
    /// The addresses that lead here, as the front matter has them.
    pub(super) aliases: Vec<String>,
    /// Whether it is not to be seen yet.
    pub(super) is_draft: bool,
    tags: Vec<Arc<str>>,
    authors: Vec<Arc<str>>,
    pub(super) document: Document,
    /// Where its notes and headings stand.
    pub(super) plan: Plan,
    pub(super) role: Role,
    /// BCP 47; `und` when unknown.
    pub(super) lang: String,
    pub(super) dir: &'static str,
    /// The title, else the file's stem.
    pub(super) name: String,
    /// The first day that its date can mean, `2031-03-04`.
    pub(super) day: Option<String>,
    pub(super) summary: String,
    pub(super) words: usize,
    pub(super) length: Length,
    pub(super) minutes: usize,
    /// The series that it belongs to, and its place there if it says so.
    pub(super) series: Option<(Arc<str>, Option<i64>)>,
    pub(super) remarks: Vec<Remark>,
    /// The file that it was read from, where that is asked for.
    pub(super) key: Option<Key>,
    /// What its front matter says that can't be read.
    pub(super) unread: Vec<Unread>,
    /// The paths of the content that it leads to, whether or not there is a file.
    pub(super) targets: Vec<String>,
}

/// Something in the front matter that can't be read.
#[derive(Debug)]
pub(super) struct Unread {
    /// Stable name, such as `unread-date`.
    pub(super) code: &'static str,
    pub(super) key: &'static str,
    /// As it is written, as far as is known.
    pub(super) words: String,
    pub(super) message: String,
}

/// Something worth telling about an article.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    /// Counted from 1.
    pub(super) line: usize,
    /// Counted from 1.
    pub(super) column: usize,
    pub(super) code: Code,
    pub(super) message: String,
}

/// A tag, an author … of an article.
#[derive(Debug)]
pub(super) struct GroupLink {
    /// The key in the front matter.
    pub(super) key: Arc<str>,
    pub(super) name: Arc<str>,
    pub(super) url: Arc<str>,
}

/// How long an article is, counted as readers of its script do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Words(usize),
    Characters(usize),
}

/// What an article is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    /// To be read.
    Article,
    /// Tells about the site; stands in no list.
    Page,
    /// Introduces a section.
    Intro,
}

impl Article {
    pub(super) fn new(core: Arc<Core>) -> Self {
        Self { core, url: Arc::default(), links: Vec::new(), part: None }
    }
}

impl Deref for Article {
    type Target = Core;

    fn deref(&self) -> &Core {
        &self.core
    }
}

impl Core {
    /// Makes an article of the document that was read from a file.
    pub(super) fn of(path: &str, document: Document, remarks: Vec<Remark>) -> Self {
        let stem = content::stem(path);
        let options = Options::default().stem(stem);
        let imprint = Imprint::of(&document, &options);
        let (lang, dir, name) = (imprint.lang.clone(), imprint.dir, imprint.name.to_owned());
        let (words, length, minutes) = length(&document);
        let day = document.metadata.date.as_ref().and_then(|found| day_of(&found.value));
        let is_about = content::folder(path).is_empty() && stem.eq_ignore_ascii_case("about");
        let role = match stem {
            "_index" => Role::Intro,
            _ if is_about || truth(&document, "page") == Truth::So(true) => Role::Page,
            _ => Role::Article,
        };
        let own = |key: &str| document.metadata.own(key);
        let said = |key: &str| own(key).and_then(Value::as_str);
        let metadata = &document.metadata;
        let values = |found: &[Found<String>]| once(found.iter().map(|found| found.value.as_str()));
        let unread = unread(&document, day.is_some());
        let plan = Plan::of(&document, Setting { has_title: true, ..Setting::default() });
        Self {
            path: path.into(),
            wish: Wish::of(path, said("slug"), said("url").or_else(|| said("permalink"))),
            names: names(path, &document),
            aliases: own("aliases").map(texts).unwrap_or_default(),
            // Who says something of it that can't be read does not want it to be seen.
            is_draft: !matches!(truth(&document, "draft"), Truth::Untold | Truth::So(false))
                || !matches!(truth(&document, "published"), Truth::Untold | Truth::So(true)),
            tags: values(&metadata.tags),
            authors: values(&metadata.authors),
            role,
            lang,
            dir,
            name,
            day,
            summary: summary(&document),
            words,
            length,
            minutes,
            series: series(&document),
            remarks,
            key: None,
            unread,
            targets: targets(path, &document),
            plan,
            document,
        }
    }

    /// Returns the article as one in a language, if its own is unknown and its letters can be of that one.
    pub(super) fn in_language(&self, lang: &str) -> Option<Arc<Self>> {
        if self.lang != "und" || direction(lang) != self.dir {
            return None;
        }
        let mut document = self.document.clone();
        document.metadata.lang = Some(Found { value: lang.to_owned(), rule: "set", span: None });
        let core = Self::of(&self.path, document, self.remarks.clone());
        Some(Arc::new(Self { key: self.key, ..core }))
    }

    /// Returns the values that the article has for a taxonomy, each once.
    pub(super) fn terms(&self, taxonomy: &str) -> Cow<'_, [Arc<str>]> {
        match taxonomy {
            "tags" => Cow::Borrowed(&self.tags),
            "authors" => Cow::Borrowed(&self.authors),
            other => {
                let texts = self.document.metadata.own(other).map(texts).unwrap_or_default();
                Cow::Owned(once(texts.iter().map(String::as_str)))
            }
        }
    }
}

/// Returns each of some words once, in their order.
fn once<'t>(words: impl Iterator<Item = &'t str>) -> Vec<Arc<str>> {
    let mut seen = HashSet::new();
    words.filter(|word| seen.insert(*word)).map(Into::into).collect()
}

/// Returns what other articles may call one: by its file, by the address where it was first published, by its title.
fn names(path: &str, document: &Document) -> Vec<Arc<str>> {
    let metadata = &document.metadata;
    let source = metadata.source.as_ref();
    let named = [
        Some(Name::Path(&names::without_extension(path)).written()),
        source.map(|found| Name::Published(&names::published(&found.value)).written()),
        metadata.title().map(|title| Name::Words(&title.to_lowercase()).written()),
        Some(Name::Words(&content::stem(path).to_lowercase()).written()),
    ];
    named.into_iter().flatten().map(Into::into).collect()
}

/// What an article says of something that is so or not.
#[derive(Debug, PartialEq)]
enum Truth<'d> {
    Untold,
    So(bool),
    Unread(&'d Value),
}

/// Returns what is said to be so or not, however it is written: what is to be held back must not depend on it.
fn truth<'d>(document: &'d Document, key: &str) -> Truth<'d> {
    let metadata = &document.metadata;
    let in_any_case =
        || metadata.extra.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value);
    match metadata.own(key).or_else(in_any_case) {
        None | Some(Value::Null) => Truth::Untold,
        Some(Value::Bool(is_so)) => Truth::So(*is_so),
        Some(Value::Number(number)) => Truth::So(number.as_i64() != Some(0)),
        Some(value) => match value.as_str().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "1" => Truth::So(true),
            "false" | "no" | "off" | "n" | "0" => Truth::So(false),
            // `published: May 5, 2031` is no answer.
            words if key == "published" && words.contains(|c: char| c.is_ascii_digit()) => Truth::Untold,
            _ => Truth::Unread(value),
        },
    }
}

/// Returns what the front matter says that can't be read.
fn unread(document: &Document, has_day: bool) -> Vec<Unread> {
    let metadata = &document.metadata;
    let of = |code, key, value: &Value, message| {
        let words = value.as_str().map_or_else(String::new, str::to_owned);
        Unread { code, key, words, message }
    };
    let mut unread = Vec::new();
    let date = metadata.date.as_ref().map(|found| Value::from(found.value.as_str()));
    let nested = || metadata.extra.iter().find(|(key, _)| key == "date").map(|(_, value)| value.clone());
    if let Some(date) = date.or_else(nested).filter(|_| !has_day) {
        let message = format!("the date {date} is none that can be read; write it as 2031-03-04");
        unread.push(of("unread-date", "date", &date, message));
    }
    for key in ["draft", "published"] {
        if let Truth::Unread(value) = truth(document, key) {
            let message = format!("{key} is {value}, so the article is held back; write true or false");
            unread.push(of("unread-draft", key, value, message));
        }
    }
    if let Some((key, value)) = Series::unread(metadata) {
        let message =
            format!("{key} is {value}; write {{name: The river, part: 2}}, or each as a key of its own");
        unread.push(of("unread-series", key, value, message));
    }
    unread
}

/// Returns where links and pictures lead within the content.
fn targets(path: &str, document: &Document) -> Vec<String> {
    let mut targets = Vec::new();
    document.each_inline(&mut |inline| {
        if let Inline::Link { url, .. } | Inline::Image { url, .. } = inline {
            targets.extend(content::target(path, url));
        }
    });
    targets
}

/// Returns a value, or the values of a list, as text.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// Returns the series, and the number of the place there that comes first.
fn series(document: &Document) -> Option<(Arc<str>, Option<i64>)> {
    let found = Series::of(&document.metadata)?;
    let part = found.place.as_deref().and_then(|place| place.split('.').next()?.parse().ok());
    Some((found.name.into(), part))
}

/// Returns what stands in lists below the title: the description, else the `summary` that Hugo knows, else how the text
/// begins.
fn summary(document: &Document) -> String {
    let metadata = &document.metadata;
    let description = metadata.description.as_ref().map(|found| found.value.as_str());
    let summary = || metadata.own("summary").and_then(Value::as_str).filter(|words| !words.trim().is_empty());
    if let Some(words) = description.or_else(summary) {
        return words.trim().to_owned();
    }
    let first = document.blocks.iter().find_map(|block| match block {
        Block::Paragraph(_) => Some(running(block)).filter(|words| words.chars().count() > 20),
        _ => None,
    });
    let words = first.unwrap_or_default();
    let Some((end, _)) = words.char_indices().nth(SUMMARY) else { return words };
    let head = &words[..end];
    let is_end = |c: char| matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '؟');
    let sentence = head.char_indices().rev().find(|&(at, c)| at * 2 > end && is_end(c));
    match sentence {
        Some((at, c)) => head[..at + c.len_utf8()].to_owned(),
        None => format!("{}…", head.rsplit_once(' ').map_or(head, |(words, _)| words).trim_end()),
    }
}

/// Returns the words of a block, without references.
fn running(block: &Block) -> String {
    let mut words = String::new();
    each_inline(std::slice::from_ref(block), &mut |inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Math { tex: text, .. } => words.push_str(text),
        Inline::LineBreak => words.push(' '),
        _ => {}
    });
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns how many words an article has, how long that is, and how many minutes it takes to read them.
fn length(document: &Document) -> (usize, Length, usize) {
    let (mut words, mut signs) = (0, 0);
    // Korean has spaces, and is counted in syllables.
    let (mut korean, mut syllables) = (0, 0);
    for block in &document.blocks {
        let mut in_word = false;
        for c in plain_text(std::slice::from_ref(block)).chars() {
            let is_sign = !c.is_ascii() && is_cjk(c);
            let is_letter = !is_sign && c.is_alphanumeric();
            let is_syllable = matches!(c, '\u{AC00}'..='\u{D7A3}');
            words += usize::from(is_letter && !in_word);
            signs += usize::from(is_sign);
            korean += usize::from(is_syllable && !in_word);
            syllables += usize::from(is_syllable);
            in_word = is_letter || (in_word && matches!(c, '\'' | '’' | '-'));
        }
    }
    // People read some 230 words in a minute, or 500 signs of Chinese or Japanese.
    let minutes = (words * 500 + signs * 230).div_ceil(230 * 500);
    let (characters, others) = (signs + syllables, words - korean);
    let length = if characters > others {
        Length::Characters(characters + others)
    } else {
        Length::Words(words + signs)
    };
    (words + signs, length, minutes.max(1))
}

/// Tells whether a letter is a word, or nearly so, and stands without spaces.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::From;

    fn article(markdown: &str) -> Core {
        let options = Options::default().from(From::Markdown);
        let read = crate::convert::read(markdown.as_bytes(), &options).expect("text");
        Core::of("essays/ferry.md", read.document, Vec::new())
    }

    #[test]
    fn front_matter_says_what_an_article_belongs_to() {
        let found = article(
            "---\nseries: {name: The river, part: 2}\naliases: [/old/, older]\ntags: [sea, sea]\n\
             taxonomies: {places: [Mole]}\ndraft: true\n---\n\nEbb.",
        );
        assert_eq!(found.series, Some(("The river".into(), Some(2))));
        assert_eq!(found.aliases, ["/old/", "older"]);
        assert_eq!(*found.terms("tags"), ["sea".into()]);
        assert_eq!(*found.terms("places"), ["Mole".into()]);
        assert!(found.is_draft);
        assert!(!article("Ebb.").is_draft);
    }

    #[test]
    fn what_is_held_back_can_be_said_in_many_ways() {
        for (fields, expected) in [
            ("draft: \"true\"", true),
            ("draft: yes", true),
            ("Draft: true", true),
            ("published: 'no'", true),
            ("draft: 1", true),
            ("draft: tru", true),
            ("draft: [true]", true),
            ("published: flase", true),
            ("published: May 5, 2031", false),
            ("draft:", false),
            ("draft: no", false),
            ("published: 2031-03-04", false),
            ("published: yes", false),
        ] {
            assert_eq!(article(&format!("---\n{fields}\n---\n\nEbb.")).is_draft, expected, "{fields}");
        }
        for (date, day) in [
            ("5 May 2031", Some("2031-05-05")),
            ("May 5, 2031", Some("2031-05-05")),
            ("05.06.2031", Some("2031-06-05")),
            ("2031/05/06", Some("2031-05-06")),
            ("2031-5-6", Some("2031-05-06")),
            ("5. Mai 2031", Some("2031-05-05")),
            ("2031-05", Some("2031-05-01")),
            ("05/06/2031", None),
            ("next week", None),
        ] {
            let found = article(&format!("---\ndate: {date}\n---\n\nEbb."));
            assert_eq!((found.day.as_deref(), found.unread.is_empty()), (day, day.is_some()), "{date}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for (fields, expected) in [
            (
                "draft: tru",
                "unread-draft: draft is \"tru\", so the article is held back; write true or false",
            ),
            ("draft: [true]", "unread-draft: draft is [true], so"),
            ("date: [1]", "unread-date: the date [1] is none that can be read"),
            ("date: soon", "unread-date: the date \"soon\" is none that can be read"),
            ("series: {nam: x}", "unread-series: series is {\"nam\":\"x\"}; write {name: "),
            ("series: A\npart: two", "unread-series: part is \"two\"; write {name: "),
            ("series: {name: A, part: two}", "unread-series: part is \"two\"; write {name: "),
            ("series: A\npart: 2", ""),
            ("series:\npart: two\ndate:\ndraft:", ""),
        ] {
            let found = article(&format!("---\n{fields}\n---\n\nEbb."));
            let told = found.unread.first().map(|unread| format!("{}: {}", unread.code, unread.message));
            let told = told.unwrap_or_default();
            assert!(told.starts_with(expected) && told.is_empty() == expected.is_empty(), "{fields}: {told}");
        }
    }

    #[test]
    fn a_summary_is_without_references() {
        for (markdown, expected) in [
            ("---\ndescription: About it.\n---\n\nThe ferry sank off the mole.", "About it."),
            ("---\nsummary: In short.\n---\n\nThe ferry sank off the mole.", "In short."),
            ("---\nsummary: In short.\nabstract: About it.\n---\n\nEbb.", "About it."),
            ("# T\n\nThe ferry sank[^1] off *the mole*.\n\n[^1]: Ebb.", "The ferry sank off the mole."),
            ("Short.", ""),
        ] {
            assert_eq!(article(markdown).summary, expected, "{markdown:?}");
        }
        let long = article(&"ebb and flow ".repeat(50)).summary;
        assert!(long.ends_with("ebb…") && long.chars().count() <= SUMMARY + 1, "{long}");
    }

    #[test]
    fn words_are_counted_in_any_script() {
        for (markdown, words, length, minutes) in [
            ("The ferry didn't sink.", 4, Length::Words(4), 1),
            ("渡し船は沈んだ。", 7, Length::Characters(7), 1),
            ("渡し船 ABC", 4, Length::Characters(4), 1),
            ("나룻배가 가라앉았다.", 2, Length::Characters(9), 1),
            ("The word 船 is new.", 5, Length::Words(5), 1),
            ("", 0, Length::Words(0), 1),
        ] {
            let found = article(markdown);
            assert_eq!((found.words, found.length, found.minutes), (words, length, minutes), "{markdown:?}");
        }
        assert_eq!(article(&"ebb ".repeat(2300)).minutes, 10);
    }
}
