//! The folder that a site is written to: everything is written beside it, and then the two change places.
//!
//! ```text
//! .public.4711-0.new   grows, beside public, its mark locked while the build runs; then it is the site before, until what
//!                      is not ours in it is carried over
//! .public.4711-0.old   the site before, where a system can't let two folders change places
//! ```
//!
//! A build that is interrupted leaves the old site whole, and the next one takes away what it left. Two builds at once do
//! not meet. A folder that no build made is never replaced, and what others put at the top of a site stays there.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::reuse::{Key, Made, sum};
use crate::error::Error;

/// Tells that a build made the folder, what it wrote at its top, and of what its e-books were made.
pub(super) const MARK: &str = ".postil";

/// A site in the making.
#[derive(Debug)]
pub(super) struct Output {
    folder: PathBuf,
    /// Where the new site grows.
    beside: PathBuf,
    /// The mark of the new one, locked: whoever finds it so leaves it alone.
    lock: Option<File>,
    /// What the old site says of its e-books, and what the new one will.
    before: Made,
    made: Mutex<Made>,
}

impl Output {
    /// Makes an empty folder beside the output.
    ///
    /// # Errors
    ///
    /// [`Error::Write`], and [`Error::Site`] for a folder that holds something else than a site of ours.
    pub(super) fn begin(folder: &Path) -> Result<Self, Error> {
        // Where a link leads to is what changes, and not the link.
        let is_named = folder.file_name().is_some() && !folder.is_symlink();
        let folder = match fs::canonicalize(folder) {
            Ok(real) if !is_named => real,
            Err(_) if folder.is_symlink() => {
                return Err(refused(folder, "this is a link that leads nowhere"));
            }
            _ => folder.to_owned(),
        };
        let Some(name) = folder.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            return Err(refused(&folder, "the site needs a folder with a name of its own"));
        };
        let did = |done: io::Result<()>| done.map_err(|source| Error::Write { path: folder.clone(), source });
        let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        did(fs::create_dir_all(above))?;
        did(recover(&folder, above, &name))?;
        if is_foreign(&folder) {
            let reason = if folder.is_dir() {
                "the folder holds files that no build of a site made; name another one"
            } else {
                "this is a file; name a folder"
            };
            return Err(refused(&folder, reason));
        }
        let (beside, lock) =
            grow(&folder, &name).map_err(|source| Error::Write { path: folder.clone(), source })?;
        Ok(Self {
            before: Made::read(&folder.join(MARK)),
            made: Mutex::default(),
            lock: Some(lock),
            folder,
            beside,
        })
    }

    /// Puts a file of the old site into the new one, if it was made of the same; tells whether it did.
    pub(super) fn keep(&self, name: &str, key: Key) -> bool {
        let (from, to) = (self.folder.join(name), self.beside.join(name));
        let is_there = self.before.has(name, key, &from)
            && fs::create_dir_all(to.parent().unwrap_or(&self.beside)).is_ok()
            // Two names of one file cost nothing; not every system has them.
            && (fs::hard_link(&from, &to).is_ok() || fs::copy(&from, &to).is_ok());
        if is_there {
            self.made().add_from(&self.before, name);
        }
        is_there
    }

    /// Writes a file, and notes for the next build what it was made of.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] with the system's reason.
    pub(super) fn write_noted(&self, name: &str, content: &[u8], key: Key) -> Result<(), Error> {
        self.made().add(name, key, sum(content));
        self.write(name, content)
    }

    fn made(&self) -> MutexGuard<'_, Made> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a file; its folders are made.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] with the system's reason.
    pub(super) fn write(&self, name: &str, content: &[u8]) -> Result<(), Error> {
        let path = self.beside.join(name);
        match fs::write(&path, content) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let folder = path.parent().unwrap_or(&self.beside);
                self.did(fs::create_dir_all(folder).and_then(|()| fs::write(&path, content)))
            }
            written => self.did(written),
        }
    }

    /// Puts the new site in the place of the old one; what no build wrote at the top of the old one comes with it.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] with the system's reason, and [`Error::Site`] where the new site has a name that someone else's file
    /// has; then the old site is where it was.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        if cfg!(windows) {
            // It moves no folder in which a file is open.
            self.lock = None;
        }
        let written = self.did(top(&self.beside))?;
        let lines =
            self.made().lines() + &written.keys().map(|name| line_of(name) + "\n").collect::<String>();
        self.write(MARK, lines.as_bytes())?;
        let others = self.did(strangers(&self.folder))?;
        if let Some((name, _)) = others.iter().find(|(name, _)| written.contains_key(*name)) {
            let reason = "no build wrote this, and the site has something of that name; move it away";
            return Err(refused(&self.folder.join(name), reason));
        }
        let before = self.did(self.swap())?;
        // Under its name there is the old site now, or nothing.
        self.beside = PathBuf::new();
        if let Some(before) = before {
            self.did(carry(&before, &self.folder))?;
            // The new site stands; what is left of the old one goes with the next build.
            let _ = take_away(&before);
        }
        Ok(())
    }

    /// Lets the new site and the old one change places; returns where the old one is.
    fn swap(&self) -> io::Result<Option<PathBuf>> {
        if !self.folder.exists() {
            return fs::rename(&self.beside, &self.folder).map(|()| None);
        }
        if exchange(&self.beside, &self.folder) {
            return Ok(Some(self.beside.clone()));
        }
        let old = self.beside.with_extension("old");
        fs::rename(&self.folder, &old)?;
        fs::rename(&self.beside, &self.folder).inspect_err(|_| {
            let _ = fs::rename(&old, &self.folder);
        })?;
        Ok(Some(old))
    }

    fn did<T>(&self, done: io::Result<T>) -> Result<T, Error> {
        done.map_err(|source| Error::Write { path: self.folder.clone(), source })
    }
}

impl Drop for Output {
    /// Takes away what is not finished: it may be what fills the disk.
    fn drop(&mut self) {
        self.lock = None;
        let _ = take_away(&self.beside);
    }
}

/// Lets two folders change places in one step; tells whether this system of files can.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_one: &Path, _other: &Path) -> bool {
    false
}

/// Makes a folder of a name that nothing has, and locks its mark.
fn grow(folder: &Path, name: &str) -> io::Result<(PathBuf, File)> {
    let mut count = 0;
    let beside = loop {
        let beside = folder.with_file_name(format!(".{name}.{}-{count}.new", std::process::id()));
        match fs::create_dir(&beside) {
            Ok(()) => break beside,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => count += 1,
            Err(error) => return Err(error),
        }
    };
    // Under its name it is locked from the first moment: what bears the mark and has no lock is taken away.
    let mark = beside.join("mark");
    let lock = File::create(&mark)?;
    // Some systems of files know no locks; then two builds at once are one too many.
    let _ = lock.try_lock();
    fs::rename(mark, beside.join(MARK))?;
    Ok((beside, lock))
}

/// Takes away what builds left that were ended; an old site whose new one never came goes back to its place.
fn recover(folder: &Path, above: &Path, name: &str) -> io::Result<()> {
    let start = format!(".{name}.");
    for (left, _) in top(above)? {
        let Some((number, kind)) = left.strip_prefix(&start).and_then(|rest| rest.rsplit_once('.')) else {
            continue;
        };
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let left = folder.with_file_name(&left);
        if !is_number || !matches!(kind, "new" | "old") {
            continue;
        }
        let Ok(mark) = File::open(left.join(MARK)) else { continue };
        if mark.try_lock().is_err() {
            continue;
        }
        drop(mark);
        if kind == "old" && !folder.exists() {
            fs::rename(&left, folder)?;
            continue;
        }
        carry(&left, folder)?;
        take_away(&left)?;
    }
    Ok(())
}

/// Takes a site away. Its mark goes last: where this is interrupted, the next build knows it by that.
fn take_away(site: &Path) -> io::Result<()> {
    empty(site)?;
    fs::remove_dir_all(site)
}

/// Takes away everything but the mark.
fn empty(site: &Path) -> io::Result<()> {
    for name in top(site)?.values().filter(|name| *name != MARK) {
        let path = site.join(name);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => fs::remove_dir_all(&path)?,
            Ok(_) => fs::remove_file(&path)?,
            // Another build was quicker.
            Err(_) => {}
        }
    }
    Ok(())
}

/// Returns what stands at the top of a folder, as text and as the system has it; nothing, where there is no folder.
fn top(folder: &Path) -> io::Result<BTreeMap<String, OsString>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        entries => entries?,
    };
    let name = |entry: io::Result<fs::DirEntry>| {
        entry.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.file_name()))
    };
    entries.map(name).collect()
}

/// Returns what stands at the top of a site and was written by no build.
fn strangers(site: &Path) -> io::Result<BTreeMap<String, OsString>> {
    let mark = fs::read_to_string(site.join(MARK)).unwrap_or_default();
    let lines: HashSet<&str> = mark.lines().collect();
    let mut found = top(site)?;
    // Early builds did not tell what they wrote.
    let tells = lines.iter().any(|line| line.starts_with('/'));
    found.retain(|name, _| tells && name != MARK && !lines.contains(line_of(name).as_str()));
    Ok(found)
}

/// Returns the line of the mark that tells of something at the top.
fn line_of(name: &str) -> String {
    format!("/{}", name.escape_default())
}

/// Moves what no build wrote from one site to another.
fn carry(from: &Path, to: &Path) -> io::Result<()> {
    for (_, name) in strangers(from)? {
        match fs::rename(from.join(&name), to.join(&name)) {
            // Another build was quicker.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            moved => moved?,
        }
    }
    Ok(())
}

fn refused(path: &Path, reason: &str) -> Error {
    Error::Site { path: path.to_owned(), line: None, reason: reason.to_owned() }
}

/// Tells whether something stands there that no build made.
fn is_foreign(folder: &Path) -> bool {
    let is_empty = || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    folder.exists() && !folder.join(MARK).exists() && !is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder for one test, which goes when the test ends.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("postil-{}-{name}", std::process::id()));
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).expect("a folder");
            Self(folder)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn an_interrupted_build_leaves_the_old_site() {
        let scratch = Scratch::new("interrupted");
        let site = scratch.0.join("site");
        let build = |text: &[u8]| {
            let output = Output::begin(&site).expect("a folder");
            output.write("a/index.html", text).expect("a file");
            output
        };
        build(b"old").finish().expect("a site");
        drop(build(b"new"));
        assert_eq!(fs::read(site.join("a/index.html")).expect("a file"), b"old");
        assert_eq!(fs::read_dir(&scratch.0).expect("a folder").count(), 1);
        // The process ended: what it had open is closed.
        let mut ended = build(b"new");
        ended.lock = None;
        std::mem::forget(ended);
        assert_eq!(fs::read(site.join("a/index.html")).expect("a file"), b"old");
        // Ended between the two steps of a system that needs two.
        fs::rename(&site, scratch.0.join(".site.4711-0.old")).expect("a folder");
        drop(build(b"newest"));
        assert_eq!(fs::read(site.join("a/index.html")).expect("a file"), b"old");
        build(b"newest").finish().expect("a site");
        assert_eq!(fs::read(site.join("a/index.html")).expect("a file"), b"newest");
        assert_eq!(fs::read_dir(&scratch.0).expect("a folder").count(), 1);
    }

    #[test]
    fn what_is_half_taken_away_goes_with_the_next_build() {
        let scratch = Scratch::new("half");
        let site = scratch.0.join("site");
        let build = || {
            let output = Output::begin(&site).expect("a folder");
            output.write("a/index.html", b"ebb").expect("a file");
            output.finish().expect("a site");
        };
        build();
        let left = scratch.0.join(".site.4711-0.new");
        fs::rename(&site, &left).expect("a folder");
        empty(&left).expect("an empty folder");
        assert!(left.join(MARK).exists() && !left.join("a").exists());
        build();
        assert_eq!(fs::read_dir(&scratch.0).expect("a folder").count(), 1);
    }

    #[test]
    fn two_builds_at_once_do_not_meet() {
        let scratch = Scratch::new("at-once");
        let site = scratch.0.join("site");
        let first = Output::begin(&site).expect("a folder");
        first.write("a.html", b"1").expect("a file");
        let second = Output::begin(&site).expect("a folder");
        second.write("a.html", b"2").expect("a file");
        first.write("b.html", b"1").expect("a file");
        second.write("b.html", b"2").expect("a file");
        for (output, expected) in [(first, "1"), (second, "2")] {
            output.finish().expect("a site");
            for name in ["a.html", "b.html"] {
                assert_eq!(fs::read_to_string(site.join(name)).expect("a file"), expected, "{name}");
            }
        }
        assert_eq!(fs::read_dir(&scratch.0).expect("a folder").count(), 1);
    }

    #[test]
    fn what_others_made_stays() {
        let scratch = Scratch::new("foreign");
        fs::write(scratch.0.join("letter.txt"), "mine").expect("a file");
        let error = Output::begin(&scratch.0).expect_err("it is no site").to_string();
        assert!(error.contains("no build of a site made"), "{error}");
        let others = [".site.new/a", ".site.old/a", ".site.1-0.new/a", ".site.1-0.old/a", "site.1-0.new/a"];
        for name in others {
            fs::create_dir_all(scratch.0.join(name)).expect("a folder");
        }
        let site = scratch.0.join("site");
        let build = |name: &str| {
            let output = Output::begin(&site).expect("a folder");
            output.write(name, b"ours").expect("a file");
            output.finish()
        };
        build("a.html").expect("a site");
        fs::create_dir_all(site.join(".git/refs")).expect("a folder");
        fs::write(site.join("CNAME"), "harbour.example").expect("a file");
        build("b.html").expect("a site");
        assert!(!site.join("a.html").exists(), "what a build wrote and the next one does not is gone");
        let error = build("CNAME").expect_err("it is someone else's").to_string();
        assert!(error.contains("CNAME: no build wrote this"), "{error}");
        // Ended before everything was carried over.
        let ended = [".site.7-0.new", ".site.8-0.old"];
        for (left, letter) in ended.iter().zip(["one", "two"]) {
            fs::create_dir(scratch.0.join(left)).expect("a folder");
            fs::write(scratch.0.join(left).join(letter), "mine").expect("a file");
            fs::write(scratch.0.join(left).join(MARK), "/index.html\n").expect("a file");
        }
        build("b.html").expect("a site");
        let ours = ["site/.git/refs", "site/one", "site/two", "site/CNAME", "site/b.html", "letter.txt"];
        for name in ours.iter().chain(&others) {
            assert!(scratch.0.join(name).exists(), "{name} is gone");
        }
        for left in ended {
            assert!(!scratch.0.join(left).exists(), "{left} is still there");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_output_stays_a_link() {
        let scratch = Scratch::new("link");
        let (real, link) = (scratch.0.join("real"), scratch.0.join("link"));
        std::os::unix::fs::symlink(&real, &link).expect("a link");
        let error = Output::begin(&link).expect_err("it leads nowhere").to_string();
        assert!(error.contains("a link that leads nowhere"), "{error}");
        fs::create_dir(&real).expect("a folder");
        let output = Output::begin(&link).expect("a folder");
        output.write("a.html", b"ebb").expect("a file");
        output.finish().expect("a site");
        assert!(link.is_symlink() && real.join("a.html").exists());
    }
}
