//! The reading site: what a build makes of a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::compare::repository;
use postil::site::{Choices, Memory, Site, build, check};

/// A folder for one test, which goes when the test ends.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let scratch = Self(std::env::temp_dir().join(format!("postil-{}-{name}", std::process::id())));
        let _ = fs::remove_dir_all(&scratch.0);
        for (name, content) in files {
            scratch.write(name, content);
        }
        scratch
    }

    pub(crate) fn write(&self, name: &str, content: &str) {
        let path = self.0.join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Builds the site and returns its files.
    pub(crate) fn build(&self, choices: &Choices) -> BTreeMap<String, String> {
        let output = self.0.join("out");
        build(&self.0.join("in"), &output, choices, &mut Memory::default()).unwrap();
        let mut files = BTreeMap::new();
        collect(&output, "", &mut files);
        files
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned());
        }
    }
}

#[test]
fn a_folder_of_texts_is_a_site_without_configuration() {
    let scratch = Scratch::new(
        "plain",
        &[
            ("ferry.txt", "The last ferry\n\nThe ferry sank[1] off the mole.\n\n[1] In the fog.\n"),
            ("bells/rope.md", "# The rope\n\nSee [the ferry](../ferry.txt) and [the mole](mole.png).\n"),
            ("bells/mole.png", "not looked at"),
        ],
    );
    let site = scratch.build(&Choices::default());
    for name in ["index.html", "404.html", "archive/index.html", "bells/index.html", "theme/theme.css"] {
        assert!(site.contains_key(name), "{name} is missing: {:?}", site.keys());
    }
    let ferry = &site["ferry/index.html"];
    assert!(ferry.contains("href=\"#note-1\"") && ferry.contains("href=\"#ref-1\""), "{ferry}");
    let rope = &site["bells/rope/index.html"];
    assert!(rope.contains("<a href=\"../../ferry/\">the ferry</a>"), "{rope}");
    assert!(rope.contains("<a href=\"../../bells/mole.png\">the mole</a>"), "{rope}");
    assert_eq!(site["bells/mole.png"], "not looked at");
    assert_eq!(site, scratch.build(&Choices::default()), "the same folder is the same site");
}

#[test]
fn pictures_beside_the_articles_tell_their_size() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\"/>";
    let scratch =
        Scratch::new("pictures", &[("a/b.md", "![Mole](mole.svg) and ![Fog](fog.png)"), ("a/mole.svg", svg)]);
    let page = &scratch.build(&Choices::default())["a/b/index.html"];
    assert!(page.contains("alt=\"Mole\" width=\"30\" height=\"20\" />"), "{page}");
    assert!(page.contains("alt=\"Fog\" />"), "{page}");
}

#[test]
fn drafts_and_later_articles_are_held_back() {
    let scratch = Scratch::new(
        "held-back",
        &[
            ("a.md", "---\ndate: 2031-03-04\n---\n\nEbb."),
            ("b.md", "---\ndate: 2031-03-05\n---\n\nFlow."),
            ("c.md", "---\ndraft: true\n---\n\nSlack."),
        ],
    );
    let names = |choices: &Choices| -> String {
        let site = scratch.build(choices);
        ["a", "b", "c"].into_iter().filter(|name| site.contains_key(&format!("{name}/index.html"))).collect()
    };
    let as_of = |day: &str, drafts| Choices { as_of: Some(day.to_owned()), drafts, ..Choices::default() };
    assert_eq!(names(&Choices::default()), "ab");
    assert_eq!(names(&as_of("2031-03-04", false)), "a");
    assert_eq!(names(&as_of("2031-03-05", true)), "abc");
}

#[test]
fn what_is_held_back_leaves_nothing_on_the_site() {
    let scratch = Scratch::new(
        "held-pictures",
        &[
            (
                "a.md",
                "# A\n\nSee [the second](b.md), [it](/b/), [the first](a.md), ![Mole](mole.svg).[^1]\n\n[^1]: [More](b.md).",
            ),
            ("b.md", "---\ndate: 5 May 2031\n---\n\n![Rope](rope.svg) ![Mole](mole.svg)"),
            ("c.md", "---\ndate: soon\n---\n\nEbb."),
            ("d.txt", "---\ntitle: Dee\ndraft: yes\n---\n\nSlack."),
            ("mole.svg", "<svg/>"),
            ("rope.svg", "<svg/>"),
        ],
    );
    let as_of = Choices { as_of: Some("2031-01-01".to_owned()), ..Choices::default() };
    let names = |site: &BTreeMap<String, String>| -> String {
        let names = ["a/index.html", "b/index.html", "c/index.html", "d/index.html", "mole.svg", "rope.svg"];
        names
            .into_iter()
            .filter(|name| site.contains_key(*name))
            .map(|name| name.split(['/', '.']).next().unwrap())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let site = scratch.build(&as_of);
    assert_eq!(names(&site), "a mole");
    let page = &site["a/index.html"];
    assert!(
        page.contains("See the second, it, <a href=\"../a/\">the first</a>") && page.contains("More."),
        "{page}"
    );
    let folder = scratch.0.join("in");
    let findings = check(&folder, &as_of).unwrap();
    let codes: Vec<_> = findings.iter().map(|found| (found.code, found.line, found.column)).collect();
    assert_eq!(codes, [("unread-date", 2, 7)], "{findings:#?}");
    let site = scratch.build(&Choices { drafts: true, ..Choices::default() });
    assert_eq!(names(&site), "a b c d mole rope");
    assert!(site["a/index.html"].contains("See <a href=\"../b/\">the second</a>, <a href=\"../b/\">it</a>"));
    assert!(site["b/index.html"].contains("2031-05-05"));
    assert!(site["d/index.html"].contains("<title>Dee") && !site["d/index.html"].contains("draft"));
}

#[test]
fn a_folder_of_any_files_shows_what_articles_lead_to() {
    let files = [
        ("a.md", "[Tides](tides.csv)"),
        ("tides.csv", "1"),
        ("passwords.kdbx", "x"),
        ("mole.JPG", "x"),
        ("a.md~", "x"),
        ("node_modules/x/readme.md", "x"),
        (".env", "x"),
    ];
    let scratch = Scratch::new("bare", &files);
    let found = |site: &BTreeMap<String, String>| -> Vec<String> {
        site.keys()
            .filter(|name| files.iter().any(|(file, _)| file == name) || name.contains("node"))
            .cloned()
            .collect()
    };
    assert_eq!(found(&scratch.build(&Choices::default())), ["mole.JPG", "tides.csv"]);
    scratch.write("postil.yaml", "title: A\n");
    assert_eq!(found(&scratch.build(&Choices::default())), ["mole.JPG", "passwords.kdbx", "tides.csv"]);
}

#[test]
fn articles_lead_to_pages_and_files_of_the_site() {
    let text = "---\ndate: 2031-03-04\ntags: [sea]\naliases: [/old]\n---\n\n[1](/s.txt) [2](/archive/) [3](/search/) [4](/atom.xml) \
                [5](/old/) [6](/) [7](/archive/2031) [8](/tags/sea/page/9/) [9](tags/sea/) ![x](/p.png)";
    let scratch = Scratch::new(
        "own",
        &[
            ("postil.yaml", "base_url: https://harbour.example/\n"),
            ("content/a.md", text),
            ("static/s.txt", "x"),
            ("static/p.png", "x"),
        ],
    );
    let page = &scratch.build(&Choices::default())["a/index.html"];
    for link in [
        "s.txt\">1",
        "archive/\">2",
        "search/\">3",
        "atom.xml\">4",
        "old/\">5",
        "\">6",
        "archive/2031/\">7",
        "tags/sea/\">9",
    ] {
        assert!(page.contains(&format!("<a href=\"../{link}</a>")), "{link} in {page}");
    }
    assert!(page.contains("<img src=\"../p.png\""), "{page}");
    let findings = check(&scratch.0.join("in"), &Choices::default()).unwrap();
    let told: Vec<&str> = findings.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(told, ["/tags/sea/page/9/ leads nowhere"]);
}

#[test]
fn an_article_that_cannot_be_read_leaves_the_old_site() {
    let scratch = Scratch::new("broken", &[("a.md", "Ebb."), ("b.md", "Flow.")]);
    let before = scratch.build(&Choices::default());
    scratch.write("a.md", "---\ntitle: [\n---\n");
    scratch.write("b.md", "a\0b");
    let output = scratch.0.join("out");
    let errors =
        build(&scratch.0.join("in"), &output, &Choices::default(), &mut Memory::default()).unwrap_err();
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(errors[0].contains("a.md: the front matter is broken"), "{errors:?}");
    assert!(errors[1].contains("b.md: byte 1 is zero"), "{errors:?}");
    let mut after = BTreeMap::new();
    collect(&output, "", &mut after);
    assert_eq!(before, after);
}

#[test]
fn strangers_cannot_run_scripts_or_leave_the_site() {
    let hostile = "---\ntitle: </title><script>alert(1)</script>\ntags: [../../x, \"<b>\"]\nslug: ../../../etc\n\
                   description: \"\\\"><script>alert(2)</script>\"\nsource: javascript:alert(3)\n---\n\n\
                   <script>alert(4)</script>\n\n[a](javascript:alert(5))\n\n![b](\"onerror=alert(6))";
    let scratch = Scratch::new("hostile", &[("a.md", hostile)]);
    let site = scratch.build(&Choices::default());
    assert!(site.contains_key("etc/index.html"), "{:?}", site.keys());
    for (name, page) in site.iter().filter(|(_, content)| content.starts_with("<!DOCTYPE")) {
        for harmful in ["<script>alert", "href=\"javascript", "\"onerror"] {
            assert!(!page.contains(harmful), "{name} holds {harmful}:\n{page}");
        }
    }
    assert_eq!(fs::read_dir(&scratch.0).unwrap().count(), 2, "nothing stands beside the site");
}

#[test]
fn a_site_overrules_templates_and_files_one_by_one() {
    let scratch = Scratch::new(
        "overruled",
        &[
            ("postil.yaml", "title: The log\nbase_url: https://harbour.example/log\n"),
            ("content/a.md", "Ebb."),
            ("templates/year.html", "Ours: {{ page.title }}"),
            ("themes/quiet/files/theme.css", "/* ours */"),
            ("static/robots.txt", "User-agent: *"),
        ],
    );
    let site = scratch.build(&Choices::default());
    assert_eq!(site["archive/undated/index.html"], "Ours: Undated");
    assert_eq!(site["theme/theme.css"], "/* ours */");
    assert_eq!(site["robots.txt"], "User-agent: *");
    assert!(site["index.html"].contains("<title>The log</title>"));
    assert!(
        site["a/index.html"].contains("<link rel=\"canonical\" href=\"https://harbour.example/log/a/\" />")
    );
    assert!(site["404.html"].contains("href=\"/log/\""), "it is shown at any depth");
}

#[test]
fn feeds_and_catalogues_lead_to_what_is_there() {
    let scratch = Scratch::new(
        "feeds",
        &[
            ("postil.yaml", "title: The log\nbase_url: https://harbour.example/\nauthor: Iona Vale\n"),
            (
                "content/a.md",
                "---\ntitle: Ebb & flow\ndate: 2031-03-04\ntags: [sea]\nauthor: Tom Reed\nseries: Tides\n---\n\n\
                 See [b](b.md).[^1]\n\n[^1]: Here.\n",
            ),
            ("content/b.md", "---\ntitle: Slack\naliases: [/old/slack.html]\n---\n\nUndated."),
        ],
    );
    let site = scratch.build(&Choices::default());
    let atom = &site["atom.xml"];
    assert!(atom.contains("<title>Ebb &amp; flow</title>"), "{atom}");
    assert!(!atom.contains("Slack"), "what has no date stays out of feeds: {atom}");
    let inside = atom.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    assert!(inside.contains("href=\"https://harbour.example/b/\""), "{inside}");
    assert!(inside.contains("href=\"https://harbour.example/a/#note-1\""), "{inside}");
    for name in ["rss.xml", "feed.json", "tags/sea/atom.xml", "authors/tom-reed/feed.json"] {
        assert!(site[name].contains("Ebb"), "{name}");
    }
    for name in ["a/a.epub", "b/b.epub", "tags/sea/sea.epub", "series/tides/tides.epub"] {
        assert!(site.contains_key(name), "{name} is missing: {:?}", site.keys());
        let shelves = ["opds/articles", "opds/tags", "opds/series"];
        for form in ["xml", "json"] {
            let address = format!("https://harbour.example/{name}");
            let is_there = shelves.iter().any(|shelf| site[&format!("{shelf}.{form}")].contains(&address));
            assert!(is_there, "{name} is in no catalogue of {form}");
        }
    }
    for json in ["opds/index.json", "opds/articles.json"] {
        let catalogue: serde_json::Value = serde_json::from_str(&site[json]).unwrap();
        assert!(catalogue["metadata"]["title"].is_string() && catalogue["links"][0]["rel"] == "self");
    }
    assert!(
        site["sitemap.xml"]
            .contains("<url><loc>https://harbour.example/a/</loc><lastmod>2031-03-04</lastmod></url>")
    );
    assert!(site["robots.txt"].contains("Sitemap: https://harbour.example/sitemap.xml"));
    assert!(site["old/slack.html"].contains("content=\"0; url=../b/\""), "{}", site["old/slack.html"]);
    let page = &site["a/index.html"];
    assert!(page.contains("\"headline\":\"Ebb \\u0026 flow\""), "{page}");
}

#[test]
fn the_search_finds_words_of_texts_and_notes() {
    let scratch = Scratch::new("search", &[("a.txt", "The ferry\n\nEbb[1] and Größe.\n\n[1] Hawser.\n")]);
    let site = scratch.build(&Choices::default());
    let words = &site["search/words-0.txt"];
    for line in ["ebb\t0A\n", "hawser\t0M\n", "große\t0A\n", "ferry\t0"] {
        assert!(words.contains(line), "{line:?} is missing: {words}");
    }
    let index: serde_json::Value = serde_json::from_str(&site["search/index.json"]).unwrap();
    assert_eq!(index["articles"], 1);
    assert_eq!(index["shards"].as_array().unwrap().len(), 1);
}

#[test]
fn a_check_names_the_place_of_every_fault() {
    let scratch = Scratch::new(
        "check",
        &[
            (
                "content/a.md",
                "# A\n\nSee [b](b.md#nowhere) and [c](c.md).\n\n![](mole.png)\n\n[d](#d) [[Nobody]]\n",
            ),
            ("content/b.md", "# B\n\nEbb[^1].\n\n[^1]: Flow.\n\n[^2]: Never cited.\n"),
            ("templates/404.html", "<p id=\"x\"></p><p id=\"x\"></p><a href=\"/none/\">x</a>"),
        ],
    );
    let findings = check(&scratch.0.join("in"), &Choices::default()).unwrap();
    let found: Vec<String> = findings
        .iter()
        .map(|finding| {
            let name = finding.file.rsplit('/').next().unwrap();
            format!("{name}:{}:{}: {}", finding.line, finding.column, finding.code)
        })
        .collect();
    let expected = [
        "a.md:3:9: dead-anchor",
        "a.md:3:31: dead-link",
        "a.md:5:5: dead-link",
        "a.md:5:5: missing-alt",
        "a.md:7:5: dead-anchor",
        "a.md:7:11: dead-link",
        "b.md:7:7: note-without-marker",
        "404.html:1:1: dead-link",
        "404.html:1:1: duplicate-id",
    ];
    assert_eq!(found, expected, "{findings:#?}");
}

/// A configuration with a marker and a list of its own.
const BRACED: &str = "patterns:
  markers:
    - {name: braced-number, open: '{', label: digits, close: '}', lists: [braced-entry], examples: {'rope{1}': ['{1}']}}
  lists:
    - {name: braced-entry, open: '{', label: digits, close: '}', examples: {'{1} In May.': In May.}}
";

#[cfg(unix)]
#[test]
fn what_cannot_be_part_of_a_site_is_told() {
    use std::os::unix::ffi::OsStrExt;

    let scratch = Scratch::new("skipped", &[("content/a.md", "Ebb."), ("static/b.txt", "Flow.")]);
    let folder = scratch.0.join("in");
    let link =
        |name: &str| std::os::unix::fs::symlink(folder.join("content/a.md"), folder.join(name)).unwrap();
    ["content/c.md", "static/d.txt", "content/.e.md"].into_iter().for_each(link);
    let findings = check(&folder, &Choices::default()).unwrap();
    let told: Vec<_> =
        findings.iter().map(|found| (found.file.rsplit('/').next().unwrap(), found.code)).collect();
    assert_eq!(told, [("c.md", "skipped-link"), ("d.txt", "skipped-link")]);
    let name = std::ffi::OsStr::from_bytes(b"f\xFF.md");
    // Not every system of files has such names.
    if fs::write(folder.join("content").join(name), "Slack.").is_ok() {
        let findings = check(&folder, &Choices::default()).unwrap();
        assert!(findings.iter().any(|found| found.code == "skipped-name"), "{findings:#?}");
    }
}

#[test]
fn a_menu_leads_within_the_site_and_elsewhere() {
    let menu = "menu: [{name: A, url: archive}, {name: B, url: 'https://harbour.example/'}, {name: C, url: 'mailto:c@d'}]";
    let scratch = Scratch::new("menu", &[("postil.yaml", menu), ("content/a.md", "Ebb.")]);
    let page = &scratch.build(&Choices::default())["a/index.html"];
    for link in ["../archive/", "https://harbour.example/", "mailto:c@d"] {
        assert!(page.contains(&format!("<li><a href=\"{link}\">")), "{link} in {page}");
    }
}

#[test]
fn a_section_may_be_called_as_the_site_is() {
    let scratch = Scratch::new(
        "same-name",
        &[
            ("postil.yaml", "base_url: https://harbour.example/blog/\n"),
            ("content/blog/one.md", "---\ndate: 2031-03-04\ntags: [Ebb]\n---\n\nSee [two](/blog/two/).\n"),
            ("content/blog/two.md", "See [one](one.md).\n"),
        ],
    );
    assert_eq!(check(&scratch.0.join("in"), &Choices::default()).unwrap(), []);
}

#[test]
fn a_site_that_is_read_again_has_the_same_bytes() {
    let scratch = Scratch::new(
        "again",
        &[
            ("postil.yaml", "title: The log\n"),
            ("a.md", "---\ntags: [sea]\n---\n\n# A\n\n[b](b.md)"),
            ("b.md", "---\ntags: [sea]\n---\n\n# B\n\nFlow."),
        ],
    );
    let mut memory = Memory::default();
    let folder = scratch.0.join("in");
    let mut again = Site::read(&folder, &Choices::default(), &mut memory).unwrap();
    let steps: &[(&str, Option<&str>)] = &[
        ("b.md", Some("---\ntags: [sea]\n---\n\n# B\n\nEbb and [a](a.md#n), a flow.[^1]\n\n[^1]: Note.")),
        ("a.md", Some("---\ntags: [sea]\n---\n\n# A\n\n[b](b.md#n)\n\n## N\n\n```\n1\n```")),
        ("b.md", Some("---\nslug: bee\n---\n\n# Bee\n\nEbb and flow.")),
        ("c.md", Some("---\ntags: [sea]\ndate: 2031-03-04\n---\n\n# C\n\n[[Bee]]")),
        ("a.md", Some("# A\n\nNothing is tagged any more, but [b](b.md) is there.[^1]\n\n[^1]: Note.")),
        ("postil.yaml", Some("title: The mole\nbase_url: https://harbour.example/\ntaxonomies: [tags]\n")),
        ("templates/parts/card.html", Some("<p class=\"ours\">{{ card.name }}</p>\n")),
        ("static/robots.txt", Some("User-agent: *\n")),
        ("mole.txt", Some("Not an article's picture, but an article.")),
        ("b.md", None),
        ("templates/parts/card.html", None),
        ("postil.yaml", None),
        ("log.txt", Some("The rope{1} broke.\n\n{1} In May.\n")),
        ("postil.yaml", Some(BRACED)),
        ("postil.yaml", None),
    ];
    for (step, (name, text)) in steps.iter().enumerate() {
        match text {
            Some(text) => scratch.write(name, text),
            None => fs::remove_file(folder.join(name)).unwrap(),
        }
        // An editor that is gone has left nothing behind.
        let files = [name, "b.md~"].map(PathBuf::from);
        let is_renewed = again.renew(files, &mut memory);
        assert_eq!(is_renewed, step < 2, "only what leaves every article in its place is enough: {step}");
        if !is_renewed {
            again = Site::read(&folder, &Choices::default(), &mut memory).unwrap();
        }
        let whole = scratch.build(&Choices::default());
        for (file, content) in whole.iter().filter(|(file, _)| *file != ".postil") {
            let found = again.file(file).unwrap().unwrap_or_default();
            assert_eq!(&String::from_utf8_lossy(&found), content, "{file} after step {step}, {name}");
        }
        assert_eq!(whole.contains_key("bee/index.html"), (2..9).contains(&step), "what is gone is gone");
        if let Some(log) = whole.get("log/index.html") {
            assert_eq!(log.contains("id=\"note-1\""), *text == Some(BRACED), "the site's own markers");
        }
        assert_eq!(
            again.file("bee/index.html").unwrap().is_some(),
            (2..9).contains(&step),
            "what is gone is gone"
        );
        assert!(again.file("../in/a.md").unwrap().is_none(), "nothing outside the site is served");
    }
}

#[test]
fn what_an_article_leads_to_comes_in_with_it() {
    let scratch =
        Scratch::new("leads", &[("a.md", "# A\n\nEbb."), ("b.md", "# B\n\nFlow."), ("log.dat", "1902")]);
    let folder = scratch.0.join("in");
    let mut memory = Memory::default();
    let mut site = Site::read(&folder, &Choices::default(), &mut memory).unwrap();
    for (text, is_enough, is_there) in
        [("# A\n\nEbb!", true, false), ("# A\n\n[Log](log.dat)", false, true), ("# A\n\nEbb.", false, false)]
    {
        scratch.write("a.md", text);
        assert_eq!(site.renew([PathBuf::from("a.md")], &mut memory), is_enough, "{text:?}");
        if !is_enough {
            site = Site::read(&folder, &Choices::default(), &mut memory).unwrap();
        }
        assert_eq!(site.file("log.dat").unwrap().is_some(), is_there, "{text:?}");
    }
}

#[test]
fn e_books_that_would_come_out_the_same_are_not_made_again() {
    let about =
        |title: &str, tag: &str| format!("---\ntitle: {title}\ntags: [{tag}]\n---\n\n![](mole.svg) Ebb.");
    let scratch = Scratch::new(
        "kept",
        &[
            ("postil.yaml", "base_url: https://harbour.example/\n"),
            ("content/a.md", &about("A", "sea")),
            ("content/b.md", &about("B", "sea")),
            ("content/c.md", &about("C", "land")),
            ("content/mole.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>"),
            ("program", "the first"),
        ],
    );
    let choices = Choices { program: Some(scratch.0.join("in/program")), ..Choices::default() };
    let books = ["a/a.epub", "b/b.epub", "c/c.epub", "tags/sea/sea.epub", "tags/land/land.epub"];
    scratch.build(&choices);
    let out = scratch.0.join("out");
    // A file that is as old as this was kept.
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let step = |name: &str, text: &str, choices: &Choices| {
        for book in books {
            fs::File::options().write(true).open(out.join(book)).unwrap().set_modified(old).unwrap();
        }
        if let Some(name) = name.strip_prefix("out/") {
            fs::write(out.join(name), text).unwrap();
        } else {
            scratch.write(name, text);
        }
        let again = scratch.build(choices);
        let is_old = |book: &&&str| fs::metadata(out.join(book)).unwrap().modified().unwrap() == old;
        let kept: Vec<&str> = books.iter().filter(is_old).copied().collect();
        fs::remove_dir_all(&out).unwrap();
        let whole = scratch.build(choices);
        assert_eq!(again, whole, "a build after another has the same bytes, after {name}");
        kept.join(" ")
    };
    let everything = books.join(" ");
    for (name, text, expected) in [
        ("static/robots.txt", "User-agent: *\n", everything.as_str()),
        ("content/b.md", &about("B", "sea, rope"), "a/a.epub c/c.epub tags/land/land.epub"),
        ("out/c/c.epub", "no e-book", "a/a.epub b/b.epub tags/sea/sea.epub tags/land/land.epub"),
        ("content/mole.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2 1\"/>", ""),
        ("program", "another", ""),
        ("postil.yaml", "base_url: https://mole.example/\n", ""),
    ] {
        assert_eq!(step(name, text, &choices), expected, "after {name}");
    }
    assert_eq!(step("static/robots.txt", "", &Choices::default()), "", "who made them is not known");
}

#[test]
fn a_wrong_template_is_told_with_its_line() {
    for (template, expected) in [
        ("a\n{% if %}", "templates/home.html: Found"),
        ("a\n{{ mole.rope }}", "templates/home.html: Variable `mole` is not defined"),
        ("a\n{{ mole.rope }}", "themes/quiet/templates/home.html: Variable `mole` is not defined"),
    ] {
        let name = expected.split(':').next().unwrap();
        let scratch = Scratch::new("template", &[("a.md", "Ebb."), (name, template)]);
        let (folder, out) = (scratch.0.join("in"), scratch.0.join("out"));
        let errors = build(&folder, &out, &Choices::default(), &mut Memory::default()).unwrap_err();
        let told = errors[0].to_string();
        let expected = format!("{}/{expected}", folder.display());
        assert!(told.starts_with(&expected) && told.contains("home.html:2:"), "{told}");
        assert!(!out.exists() && fs::read_dir(&scratch.0).unwrap().count() == 1, "nothing half made is left");
    }
}

#[test]
fn a_wrong_address_is_told_where_it_stands() {
    for (text, expected) in [
        ("---\ntitle: A\naliases: [../../etc]\n---\n", "content/a.md:3: the alias \"../../etc\""),
        ("---\ntitle: A\naliases: [b]\n---\n", "content/a.md:3: b.md has the address /b/"),
        ("---\nslug: b\n---\n", "content/a.md:2: "),
    ] {
        let other = if text.contains("slug") { "---\nslug: b\n---\n" } else { "Ebb." };
        let scratch = Scratch::new("wrong", &[("content/a.md", text), ("content/b.md", other)]);
        let folder = scratch.0.join("in");
        let wrong = Site::read(&folder, &Choices::default(), &mut Memory::default());
        let errors = wrong.err().unwrap();
        let told = errors[0].to_string();
        let start = folder.join(expected.split(' ').next().unwrap()).display().to_string();
        let start = if text.contains("slug") { start.replace("a.md", "b.md") } else { start };
        assert!(told.starts_with(&start) && told.contains(expected.split_once(' ').unwrap().1), "{told}");
    }
}

#[test]
fn nothing_stands_where_something_else_does() {
    let alias = |alias: &str| format!("---\ndate: 2031-03-04\naliases: [{alias}]\n---\n\nEbb.");
    for (text, file, expected) in [
        (alias("old.html, old.html/x"), "static/x", "content/a.md:3: a file /old.html cannot stand beside"),
        (alias("robots.txt"), "static/x", "content/a.md:3: the site itself has a file at /robots.txt"),
        (alias("atom.xml"), "static/x", "content/a.md:3: the site itself has a file at /atom.xml"),
        (alias("a/a.epub"), "static/x", "content/a.md:3: the site itself has a file at /a/a.epub"),
        (alias(&"x".repeat(300)), "static/x", "content/a.md:3: the alias"),
        (alias("old"), "static/a", "static/a: a file /a cannot stand beside /a/a.epub"),
        (alias("old"), "content/archive", "content/archive: a file /archive cannot stand beside"),
    ] {
        let files = [
            ("postil.yaml", "base_url: https://harbour.example/\n"),
            ("content/a.md", text.as_str()),
            (file, ""),
        ];
        let scratch = Scratch::new("apart", &files);
        let folder = scratch.0.join("in");
        let errors = Site::read(&folder, &Choices::default(), &mut Memory::default()).err().expect(expected);
        let told = errors[0].to_string();
        assert!(told.starts_with(&folder.join(expected).display().to_string()), "{told}");
    }
}

#[test]
fn the_example_is_a_site_without_faults() {
    let folder = repository("examples/site");
    let findings = check(&folder, &Choices::default()).unwrap();
    assert!(findings.is_empty(), "{findings:#?}");
    let site = Site::read(&folder, &Choices::default(), &mut Memory::default()).unwrap();
    assert_eq!(site.built().articles, 13, "twelve articles, and the page about the library");
    let page = |name: &str| String::from_utf8(site.file(name).unwrap().unwrap()).unwrap();
    assert!(page("brief/mikhtav/index.html").contains("<article lang=\"he\" dir=\"rtl\">"));
    assert!(page("tides/02-log/index.html").contains("Part 2 of 3"));
    assert!(page("workshop/knots/index.html").contains("href=\"#note-2\""));
    assert!(
        !page("workshop/knots/index.html").contains("Ten hats"),
        "what surrounds a saved page is no part of it"
    );
}
