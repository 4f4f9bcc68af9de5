//! The folder that a site is written to: everything is written beside it, and then the two change places.
//!
//! A build that is interrupted leaves the old site whole. A folder that no build made is never replaced.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::reuse::{Key, Made, sum};
use crate::error::Error;

/// Tells that a build made the folder, and of what its e-books were made.
pub(super) const MARK: &str = ".postil";

/// A site in the making.
#[derive(Debug)]
pub(super) struct Output {
    folder: PathBuf,
    /// Where the new site grows.
    beside: PathBuf,
    /// Where the old one waits to be taken away.
    old: PathBuf,
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
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let Some(name) = name else {
            return Err(Error::Site {
                path: folder.to_owned(),
                line: None,
                reason: "the site needs a folder with a name of its own".to_owned(),
            });
        };
        let output = Self {
            folder: folder.to_owned(),
            beside: folder.with_file_name(format!(".{name}.new")),
            old: folder.with_file_name(format!(".{name}.old")),
            before: Made::read(&folder.join(MARK)),
            made: Mutex::default(),
        };
        // An earlier build may have ended between the two steps of the change.
        if !folder.exists() && output.old.exists() {
            output.did(fs::rename(&output.old, folder))?;
        }
        if is_foreign(folder) {
            return Err(Error::Site {
                path: folder.to_owned(),
                line: None,
                reason: if folder.is_dir() {
                    "the folder holds files that no build of a site made; name another one"
                } else {
                    "this is a file; name a folder"
                }
                .to_owned(),
            });
        }
        for left in [&output.beside, &output.old] {
            if left.exists() {
                output.did(fs::remove_dir_all(left))?;
            }
        }
        output.did(fs::create_dir_all(&output.beside))?;
        Ok(output)
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

    /// Puts the new site in the place of the old one.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] with the system's reason; then the old site is where it was.
    pub(super) fn finish(self) -> Result<(), Error> {
        let lines = self.made().lines();
        self.write(MARK, lines.as_bytes())?;
        if self.folder.exists() {
            self.did(fs::rename(&self.folder, &self.old))?;
        }
        if let Err(error) = fs::rename(&self.beside, &self.folder) {
            let _ = fs::rename(&self.old, &self.folder);
            return self.did(Err(error));
        }
        // The new site stands; what is left of the old one goes with the next build.
        let _ = fs::remove_dir_all(&self.old);
        Ok(())
    }

    fn did(&self, done: io::Result<()>) -> Result<(), Error> {
        done.map_err(|source| Error::Write { path: self.folder.clone(), source })
    }
}

impl Drop for Output {
    /// Takes away what is not finished: it may be what fills the disk.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.beside);
    }
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
        // The process ended.
        std::mem::forget(build(b"new"));
        assert_eq!(fs::read(site.join("a/index.html")).expect("a file"), b"old");
        // Ended between the two steps.
        fs::rename(&site, scratch.0.join(".site.old")).expect("a folder");
        build(b"newest").finish().expect("a site");
        assert_eq!(fs::read(site.join("a/index.html")).expect("a file"), b"newest");
        assert_eq!(fs::read_dir(&scratch.0).expect("a folder").count(), 1);
    }

    #[test]
    fn a_folder_that_no_build_made_stays() {
        let scratch = Scratch::new("foreign");
        fs::write(scratch.0.join("letter.txt"), "mine").expect("a file");
        let error = Output::begin(&scratch.0).expect_err("it is no site").to_string();
        assert!(error.contains("no build of a site made"), "{error}");
        assert!(scratch.0.join("letter.txt").exists());
    }
}
