//! Turns raw article text with footnote markers into clean Markdown, HTML and EPUB.
//!
//! Text goes in as bytes; a [`Document`] with its notes paired, its metadata and a [`Ledger`] of what became of
//! every character comes out; writers make files of it. [`convert()`] is the whole way,
//! [`read`] and [`write()`] are its halves. Nothing is lost and nothing is invented: a marker
//! without a note stays as printed, and what had to be decided is in the [`Diagnostic`]s.
//!
//! ```
//! use postil::{Options, To};
//!
//! let text = "The ferry sank.[1]\n\n[1] Off the mole, in 1902.\n";
//! let done = postil::convert(text.as_bytes(), To::Markdown, &Options::default())?;
//! assert_eq!(
//!     String::from_utf8_lossy(&done.output),
//!     "The ferry sank.[^1]\n\n[^1]: Off the mole, in 1902.\n",
//! );
//! # Ok::<(), postil::Error>(())
//! ```

pub mod convert;
pub mod diagnostic;
pub mod document;
pub mod error;
pub mod grammar;
pub mod ledger;
pub mod options;
pub mod proof;
#[cfg(feature = "site")]
pub mod site;
pub mod source;
#[cfg(feature = "epub")]
pub mod volume;

mod build;
#[cfg(feature = "cli")]
pub mod cli;
mod detectors;
mod findings;
mod insets;
mod measure;
#[cfg(any(feature = "site", all(feature = "cli", feature = "epub")))]
mod nearest;
mod page;
mod readers;
#[cfg(feature = "epub")]
mod series;
mod sheet;
mod tag;
mod writers;
mod yaml;

pub use convert::{Article, Converted, convert, read, write};
pub use diagnostic::{Code, Diagnostic, LostUrl};
pub use document::{Block, Document, Inline, Metadata, Note, NoteId};
pub use error::Error;
pub use grammar::Patterns;
pub use ledger::{Fate, Ledger, Reason};
pub use options::{Beside, From, FrontMatter, Habit, Links, Notes, Options, Profile, To};
#[cfg(feature = "cli")]
pub use proof::verify;
pub use proof::{check, tidy};
pub use source::{Source, Span};
