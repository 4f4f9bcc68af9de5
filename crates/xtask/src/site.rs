//! Judges of the reading site: the example is built in every theme, and read by programs from outside.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::judges::{cache, has, install, python, with_module};
use crate::steps::Steps;

/// The version of feedparser, as `PyPI` names it.
const FEEDPARSER: &str = "feedparser==6.0.12";

/// What reads pages, as npm names it.
const READERS: &[&str] = &["playwright-core@1.65.1", "axe-core@4.14.1", "vnu-jar@26.9.27"];

/// Makes the command that judges built sites, or says why it can't be run.
type Make = fn(&Path, &[PathBuf]) -> Result<Command, String>;

/// Builds the example in every theme, and has links, feeds, catalogues, HTML and whatever a reader does judged.
pub(crate) fn judge(steps: &mut Steps) {
    let mut sites = Vec::new();
    let is_built = steps.check("the example of a site", |root| {
        sites = build(root)?;
        Ok(())
    });
    if !is_built {
        return;
    }
    let judges: [(&str, Make); 3] = [
        ("links and feeds of the site", links),
        ("Nu HTML checker", html),
        ("the site in Chromium", browser),
    ];
    for (name, make) in judges {
        match make(&steps.root, &sites) {
            Ok(mut command) => {
                steps.run(name, &mut command);
            }
            Err(reason) => steps.skip(name, &reason),
        }
    }
}

/// Builds the example in every theme that there is; its lists are short, so that they have several pages.
fn build(root: &Path) -> Result<Vec<PathBuf>, String> {
    let error = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let folder = root.join("target/judges/site");
    let _ = fs::remove_dir_all(&folder);
    let themes = root.join("themes");
    let mut names = Vec::new();
    for entry in fs::read_dir(&themes).map_err(|source| error(&themes, source))? {
        let entry = entry.map_err(|source| error(&themes, source))?;
        if entry.path().join("theme.yaml").exists() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    let mut sites = Vec::new();
    for theme in names {
        let source = folder.join("source").join(&theme);
        copy(&root.join("examples/site"), &source).map_err(|source| error(&folder, source))?;
        let config = source.join("postil.yaml");
        let text = fs::read_to_string(&config).map_err(|source| error(&config, source))?;
        let kept = text.lines().filter(|line| !line.starts_with("theme:") && !line.starts_with("paginate:"));
        let text: String = kept.map(|line| format!("{line}\n")).collect();
        fs::write(&config, format!("{text}theme: {theme}\npaginate: 4\n"))
            .map_err(|source| error(&config, source))?;
        let site = folder.join(&theme);
        let mut command = Command::new(root.join("target/debug/postil"));
        command.args(["site", "build", "--quiet"]).arg(&source).arg("-o").arg(&site);
        if !command.status().is_ok_and(|status| status.success()) {
            return Err(format!("the example cannot be built in the theme {theme}"));
        }
        sites.push(site);
    }
    Ok(sites)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

fn links(root: &Path, sites: &[PathBuf]) -> Result<Command, String> {
    let python = with_module(python()?, "feedparser", FEEDPARSER)?;
    let mut command = Command::new(python);
    command.arg(root.join("tests/judges/site.py")).arg("https://slipway.example/").args(sites);
    Ok(command)
}

/// The checker of the W3C; whatever it calls an error fails.
fn html(_: &Path, sites: &[PathBuf]) -> Result<Command, String> {
    if !has("java", &["-version"]) && !install("default-jre-headless") {
        return Err("Java is missing, and it takes root to install it".to_owned());
    }
    let jar = readers()?.join("node_modules/vnu-jar/build/dist/vnu.jar");
    let mut command = Command::new("java");
    command.arg("-Xss8m").arg("-jar").arg(jar).args(["--errors-only", "--skip-non-html"]).args(sites);
    Ok(command)
}

fn browser(root: &Path, sites: &[PathBuf]) -> Result<Command, String> {
    if !has("chromium", &["--version"]) && !install("chromium") {
        return Err("Chromium is missing, and it takes root to install it".to_owned());
    }
    let readers = readers()?;
    let mut command = Command::new("node");
    command.arg(root.join("tests/judges/site_browser.mjs")).args(sites).env("POSTIL_JUDGES", readers);
    Ok(command)
}

/// Returns the folder of what reads pages, which is installed if it is not there.
fn readers() -> Result<PathBuf, String> {
    let folder = cache()?.join("pages");
    if !folder.join("node_modules/axe-core").exists() {
        if !has("npm", &["--version"]) && !install("npm") {
            return Err("npm is missing, and it takes root to install it".to_owned());
        }
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--prefix"]).arg(&folder).args(READERS);
        if !npm.status().is_ok_and(|status| status.success()) {
            return Err(format!("npm cannot install {}", READERS.join(" ")));
        }
    }
    Ok(folder)
}
