//! Where results go: which file belongs to which input, and how a file is replaced without ever being half written.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::arguments::Convert;
use crate::error::Error;
#[cfg(feature = "epub")]
use crate::options::Profile;
use crate::options::{From, FrontMatter, Notes, To};

/// One article to convert.
#[derive(Clone, Debug)]
pub(super) struct Job {
    /// None is standard input.
    pub(super) input: Option<PathBuf>,
    /// None is standard output.
    pub(super) output: Option<PathBuf>,
    pub(super) target: To,
}

/// Why the arguments make no sense together, and what to do about it.
pub(super) type Misuse = (String, &'static str);

const KNOWN: &[&str] = &["txt", "text", "md", "markdown", "mdown", "html", "htm", "xhtml"];

/// Extensions of formats that others write: a file with one of them should not hold Markdown.
const OTHERS: &[&str] = &["pdf", "docx", "odt", "rtf", "tex", "mobi", "azw3", "fb2"];

/// Folders within folders are searched no deeper.
const DEEPEST: usize = 64;

/// Decides for every input where its result goes, before anything is read or written.
pub(super) fn jobs(arguments: &Convert) -> Result<Vec<Job>, Result<Misuse, Error>> {
    let target = target(arguments).map_err(Ok)?;
    let is_stdin = |input: &Path| input == Path::new("-");
    let folders = arguments.inputs.iter().any(|input| !is_stdin(input) && input.is_dir());
    let output = file(arguments.output.as_deref());
    let into_folder = output.filter(|output| {
        folders
            || arguments.inputs.len() > 1
            || output.is_dir()
            || output.as_os_str().to_string_lossy().ends_with('/')
    });
    let Some(folder) = into_folder else {
        if folders {
            return Err(Ok(("a folder of articles needs a folder for the results".to_owned(), "add -o DIR")));
        }
        if arguments.inputs.len() > 1 {
            return Err(Ok(("several articles need a folder for the results".to_owned(), "add -o DIR")));
        }
        let input = arguments.inputs.first().filter(|input| !is_stdin(input)).cloned();
        let job = Job { input, output: output.map(Path::to_owned), target };
        return check(vec![job]).map_err(Ok);
    };
    let mut jobs = Vec::new();
    for input in &arguments.inputs {
        if is_stdin(input) {
            let output = folder.join("stdin").with_extension(target.extension());
            jobs.push(Job { input: None, output: Some(output), target });
        } else if input.is_dir() {
            let mut files = Vec::new();
            list(input, 0, &mut files).map_err(Err)?;
            for file in files {
                let relative = file.strip_prefix(input).unwrap_or(&file).with_extension(target.extension());
                jobs.push(Job { output: Some(folder.join(relative)), input: Some(file), target });
            }
        } else {
            let name =
                Path::new(input.file_name().unwrap_or(input.as_os_str())).with_extension(target.extension());
            jobs.push(Job { input: Some(input.clone()), output: Some(folder.join(name)), target });
        }
    }
    if arguments.inputs.is_empty() {
        let output = folder.join("stdin").with_extension(target.extension());
        jobs.push(Job { input: None, output: Some(output), target });
    }
    if jobs.is_empty() {
        return Err(Ok((
            "there is no article in the folder".to_owned(),
            "an article ends in .txt, .md or .html",
        )));
    }
    check(jobs).map_err(Ok)
}

/// Decides what to write.
fn target(arguments: &Convert) -> Result<To, Misuse> {
    let extension =
        arguments.output.as_deref().and_then(Path::extension).and_then(|extension| extension.to_str());
    let by_extension = extension.and_then(To::of_extension);
    let target = arguments.to.or(by_extension).unwrap_or_default();
    let is_other =
        extension.is_some_and(|extension| OTHERS.contains(&extension.to_ascii_lowercase().as_str()));
    let misuse = |message: &str, hint| Err((message.to_owned(), hint));
    match arguments {
        Convert { to: None, .. } if is_other => misuse(
            "the output's extension names a format that postil does not write",
            "say what to write with --to",
        ),
        Convert { front_matter, .. } if *front_matter != FrontMatter::Postil && target != To::Markdown => {
            misuse("--front-matter means something for Markdown only", "leave it out, or add --to markdown")
        }
        Convert { fragment: true, .. } if target != To::Html => {
            misuse("--fragment means something for HTML only", "leave it out, or add --to html")
        }
        Convert { verify: true, .. } if target != To::Markdown => {
            misuse("--verify means something for Markdown only", "leave it out, or add --to markdown")
        }
        Convert { notes: Notes::Inline, .. } if target == To::Json => {
            misuse("--notes means nothing for JSON, which has notes in a list of their own", "leave it out")
        }
        Convert { notes: Notes::Section | Notes::Foot, .. }
            if matches!(target, To::Markdown | To::Text | To::Json) =>
        {
            misuse(
                "--notes section and --notes foot mean something for HTML and EPUB only",
                "choose --notes end or inline, or add --to html",
            )
        }
        #[cfg(feature = "epub")]
        Convert { cover: Some(_), .. } if target != To::Epub => {
            misuse("--cover means something for EPUB only", "leave it out, or add --to epub")
        }
        #[cfg(feature = "epub")]
        Convert { profile, .. } if target != To::Epub && *profile != Profile::Generic => {
            misuse("--profile means something for EPUB only", "leave it out, or add --to epub")
        }
        Convert { from: From::Text | From::Markdown, whole: true, .. } => {
            misuse("--whole means something for HTML input only", "leave it out")
        }
        Convert { from: From::Text | From::Markdown, base_url: Some(_), .. } => {
            misuse("--base-url means something for HTML input only", "leave it out")
        }
        _ => Ok(target),
    }
}

/// Refuses outputs that would overwrite each other or an input.
fn check(jobs: Vec<Job>) -> Result<Vec<Job>, Misuse> {
    let mut taken: BTreeMap<&Path, &Job> = BTreeMap::new();
    let inputs: Vec<PathBuf> =
        jobs.iter().filter_map(|job| fs::canonicalize(job.input.as_ref()?).ok()).collect();
    for job in &jobs {
        let Some(output) = job.output.as_deref() else { continue };
        if let Some(other) = taken.insert(output, job) {
            let name = |job: &Job| job.input.as_deref().unwrap_or(Path::new("-")).display().to_string();
            let message =
                format!("{} and {} would both be written to {}", name(other), name(job), output.display());
            return Err((message, "rename one of them, or convert them one by one"));
        }
        if fs::canonicalize(output).is_ok_and(|output| inputs.contains(&output)) {
            return Err((
                format!("{} is an input and would be overwritten", output.display()),
                "choose another output",
            ));
        }
    }
    Ok(jobs)
}

/// Lists the articles below a folder, sorted by path.
pub(super) fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let read = |source| Error::Read { path: folder.to_owned(), source };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(read)? {
        let entry = entry.map_err(read)?;
        entries.push((entry.path(), entry.file_type().map_err(read)?));
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, kind) in entries {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if kind.is_dir() && depth < DEEPEST {
            list(&path, depth + 1, files)?;
        } else if kind.is_file() && KNOWN.contains(&extension.to_ascii_lowercase().as_str()) {
            files.push(path);
        }
    }
    Ok(())
}

/// Writes to standard output; whoever reads it may go away before the end.
///
/// # Errors
///
/// [`Error::Write`] with the system's reason.
pub(super) fn print(content: &[u8]) -> Result<(), Error> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(content).and_then(|()| stdout.flush()) {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::Write { path: "-".into(), source })
        }
        _ => Ok(()),
    }
}

/// Returns the file that `-o` names; `-` is standard output, as without it.
pub(super) fn file(output: Option<&Path>) -> Option<&Path> {
    output.filter(|output| *output != Path::new("-"))
}

/// Writes a file beside its place and then renames it, so that an existing one survives every failure.
///
/// What is no ordinary file, such as a pipe, is written to directly.
///
/// # Errors
///
/// [`Error::Write`] with the system's reason.
pub(super) fn replace(path: &Path, content: &[u8]) -> Result<(), Error> {
    let error = |source| Error::Write { path: path.to_owned(), source };
    let is_special = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
    if is_special {
        let mut file = fs::OpenOptions::new().write(true).open(path).map_err(error)?;
        return file.write_all(content).map_err(error);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.exists() && !folder.is_dir() {
        return Err(error(io::Error::from(io::ErrorKind::NotADirectory)));
    }
    fs::create_dir_all(folder).map_err(error)?;
    let name = path.file_name().ok_or_else(|| error(io::Error::from(io::ErrorKind::InvalidFilename)))?;
    let beside = folder.join(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&beside, path)).map_err(|source| {
        // The old file is untouched; only our own half-written one goes.
        let _ = fs::remove_file(&beside);
        error(source)
    })
}
