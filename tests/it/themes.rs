//! What sites look like: every theme is whole, can be read in every colour, and weighs little.

use std::collections::BTreeMap;
use std::path::Path;

use crate::compare::repository;
use crate::site::Scratch;
use postil::site::{Choices, Memory, Site, ThemeDescription, theme, themes};

const NOTES: &str = "# The bell\n\nIt rang[^1] by itself[^2].\n\n[^1]: In *fog*.\n\n[^2]: Hawser.\n";

fn ours() -> Vec<ThemeDescription> {
    themes(Path::new("no such folder")).unwrap()
}

/// Builds a site in a theme, with more lines of `postil.yaml`.
fn in_theme(test: &str, name: &str, more: &str) -> BTreeMap<String, String> {
    let config = format!("theme: {name}\n{more}");
    let scratch =
        Scratch::new(&format!("{test}-{name}"), &[("postil.yaml", &config), ("content/bell.md", NOTES)]);
    scratch.build(&Choices::default())
}

/// Returns what stands between two marks, wherever they do.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
}

#[test]
fn a_theme_has_every_file_that_it_names_and_the_licence_of_every_font() {
    assert!(ours().len() >= 3, "{:?}", ours());
    for theme in ours() {
        let name = &theme.name;
        let site = in_theme("whole", name, "");
        for file in ["base.css", "theme.css", "colours.js", "search.js", "favicon.svg"] {
            assert!(site.contains_key(&format!("theme/{file}")), "{name}: {file}");
        }
        let fonts = between(&site["theme/theme.css"], "url(\"", "\"");
        for font in &fonts {
            assert!(site.contains_key(&format!("theme/{font}")), "{name}: {font} is missing");
        }
        let page = &site["bell/index.html"];
        let early = between(page, "crossorigin=\"\" href=\"../theme/", "\"");
        assert!(!early.is_empty() && early.iter().all(|font| fonts.contains(font)), "{name}: {early:?}");
        for file in theme.files.iter().filter(|file| file.contains(".woff2")) {
            let file = file.trim_start_matches("files/");
            assert!(fonts.contains(&file), "{name}: nothing asks for {file}");
            let family = file.split("-latin").next().unwrap().split("-hebrew").next().unwrap();
            let licence = &site[&format!("theme/{family}-OFL.txt")];
            assert!(licence.contains("SIL OPEN FONT LICENSE Version 1.1"), "{name}: {family}");
        }
    }
}

#[test]
fn every_option_of_a_theme_does_something() {
    for theme in ours() {
        let site = in_theme("options", &theme.name, "");
        let styles = format!("{}{}", site["theme/base.css"], site["theme/theme.css"]);
        for (option, described) in &theme.options {
            let (name, default) = (&theme.name, &described.default);
            assert!(
                described.values.contains(default),
                "{name}: {option} is {default}, which nobody can choose"
            );
            let shown = format!("data-{option}=\"{}\"", default.as_str().unwrap_or(&default.to_string()));
            assert!(site["index.html"].contains(&shown), "{name}: {shown}");
            let is_used = styles.contains(&format!("[data-{option}=")) || option == "notes";
            assert!(is_used, "{name}: no style looks at {option}");
        }
    }
    let page = |more: &str| in_theme("chosen", "quiet", more)["bell/index.html"].clone();
    assert!(page("options: {colours: sepia}").contains(" data-colours=\"sepia\""));
    assert!(!page("options: {fonts: system}").contains("woff2"));
}

#[test]
fn notes_have_one_copy_and_know_their_lines() {
    for theme in ours() {
        let page = &in_theme("beside", &theme.name, "")["bell/index.html"];
        assert_eq!(page.matches("Hawser").count(), 1, "{page}");
        let place = "#ref-2{--at:--ref-2}#note-2{--at:--note-2;--line:--ref-2;--above:--note-1}";
        assert!(page.contains(place), "{page}");
        let page = &in_theme("beside", &theme.name, "options: {notes: end}")["bell/index.html"];
        assert!(!page.contains("<style>") && page.contains("id=\"note-2\""), "{page}");
    }
}

#[test]
fn a_site_can_have_a_theme_of_its_own() {
    let own = "description: Ours.\noptions:\n  ink:\n    description: Which ink\n    default: blue\n";
    let files = [
        ("postil.yaml", "theme: log\noptions: {ink: red}\n"),
        ("content/bell.md", NOTES),
        ("themes/log/theme.yaml", own),
        ("themes/log/files/theme.css", "/* log */"),
        ("themes/shared/files/theme.css", "/* no theme */"),
    ];
    let scratch = Scratch::new("own-theme", &files);
    let site = scratch.build(&Choices::default());
    assert_eq!(site["theme/theme.css"], "/* log */");
    assert_eq!(site["theme/style.css"], format!("{}\n/* log */", site["theme/base.css"]));
    assert!(site["bell/index.html"].contains(" data-ink=\"red\""));
    let folder = scratch.0.join("in");
    let names: Vec<String> = themes(&folder).unwrap().into_iter().map(|theme| theme.name).collect();
    assert_eq!(names, ["log", "minimal", "newspaper", "quiet"]);
    assert_eq!(theme("log", &folder).unwrap().description, "Ours.");
    let error = theme("quite", &folder).unwrap_err().to_string();
    assert!(error.contains("did you mean quiet?"), "{error}");
    let error = theme("lgo", &folder).unwrap_err().to_string();
    assert!(error.contains("did you mean log?"), "{error}");
    for wrong in ["", "..", "../log", ".hidden"] {
        assert!(theme(wrong, &folder).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_theme_of_its_own_may_leave_the_style_to_ours() {
    let files =
        [("postil.yaml", "theme: log"), ("a.md", NOTES), ("themes/log/theme.yaml", "description: Ours.\n")];
    let scratch = Scratch::new("no-style", &files);
    let site = scratch.build(&Choices::default());
    assert_eq!(site["theme/style.css"].trim_end(), site["theme/base.css"].trim_end());
    let folder = scratch.0.join("in");
    let error = || theme("log", &folder).unwrap_err().to_string();
    scratch.write("themes/log/theme.yaml", "description: Ours.\npreload:\n  - fonts/a.woff2\n");
    assert!(
        error().ends_with(
            "theme.yaml: line 3: preload names fonts/a.woff2, and files/fonts/a.woff2 is not there"
        )
    );
    std::fs::remove_file(folder.join("themes/log/theme.yaml")).unwrap();
    assert!(
        error().ends_with(
            "theme.yaml: there is no such file, and the theme needs it; begin with `description: …`"
        )
    );
}

/// A page with its styles and scripts, as they are before a server packs them, weighs less than 60 kB.
#[test]
fn pages_of_the_example_weigh_little() {
    let folder = repository("examples/site");
    let site = Site::read(&folder, &Choices::default(), &mut Memory::default()).unwrap();
    let size = |name: &str| site.file(name).unwrap().unwrap().len();
    let around: usize =
        ["style.css", "colours.js", "favicon.svg"].iter().map(|name| size(&format!("theme/{name}"))).sum();
    for page in ["index.html", "tides/01-bell/index.html", "workshop/knots/index.html", "archive/index.html"]
    {
        let whole = around + size(page);
        assert!(whole < 60_000, "{page}: {whole} bytes");
    }
}

/// The contrast of every pair of colours that carries words is that of WCAG 2.2, 1.4.3 (AA), by day, by night and in sepia.
#[test]
fn words_stand_out_from_the_paper() {
    for theme in ours() {
        let site = in_theme("contrast", &theme.name, "");
        let base = &site["theme/base.css"];
        let sepia = between(base, "[value=\"sepia\"]:checked) {", "}")[0];
        let own = between(&site["theme/theme.css"], "@media screen {", "\n}")[0];
        for colours in ["light", "dark", "sepia"] {
            let colour = |name: &str| {
                let from = if colours == "sepia" { sepia } else { own };
                let value = between(from, &format!("--{name}: "), ";")[0];
                let both = value.trim_start_matches("light-dark(").trim_end_matches(')');
                both.split(", ").nth(usize::from(colours == "dark")).unwrap().to_owned()
            };
            for (ink, paper, least) in [
                ("ink", "paper", 7.0),
                ("ink", "wash", 7.0),
                ("ink", "lit", 7.0),
                ("faded", "paper", 4.5),
                ("faded", "wash", 4.5),
                ("link", "paper", 4.5),
                ("link", "wash", 4.5),
                ("link", "lit", 4.5),
            ] {
                let found = contrast(&colour(ink), &colour(paper));
                assert!(found >= least, "{} {colours}: {ink} on {paper}: {found:.2}", theme.name);
            }
        }
    }
}

/// Returns the contrast ratio of two colours (WCAG 2.2).
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
