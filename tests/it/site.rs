//! The reading site: what a build makes of a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use postil::site::{Choices, build};

/// A folder for one test, which goes when the test ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let scratch = Self(std::env::temp_dir().join(format!("postil-{}-{name}", std::process::id())));
        let _ = fs::remove_dir_all(&scratch.0);
        for (name, content) in files {
            scratch.write(name, content);
        }
        scratch
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.0.join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Builds the site and returns its files.
    fn build(&self, choices: &Choices) -> BTreeMap<String, String> {
        let output = self.0.join("out");
        build(&self.0.join("in"), &output, choices).unwrap();
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
    let as_of = |day: &str, drafts| Choices { as_of: Some(day.to_owned()), drafts, base_url: None };
    assert_eq!(names(&Choices::default()), "ab");
    assert_eq!(names(&as_of("2031-03-04", false)), "a");
    assert_eq!(names(&as_of("2031-03-05", true)), "abc");
}

#[test]
fn an_article_that_cannot_be_read_leaves_the_old_site() {
    let scratch = Scratch::new("broken", &[("a.md", "Ebb."), ("b.md", "Flow.")]);
    let before = scratch.build(&Choices::default());
    scratch.write("a.md", "---\ntitle: [\n---\n");
    scratch.write("b.md", "a\0b");
    let output = scratch.0.join("out");
    let errors = build(&scratch.0.join("in"), &output, &Choices::default()).unwrap_err();
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
    for (name, page) in &site {
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
