//! What the user can type.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand};
use serde_json::Value;

#[cfg(feature = "epub")]
use crate::options::Profile;
use crate::options::{From, FrontMatter, Habit, Links, Notes, Options, To};

const LONG_ABOUT: &str = "\
Convert an article to Markdown, HTML or EPUB

Raw text with footnote markers goes in; a clean file with linked notes, the title, the author and the date comes out. \
Nothing is lost and nothing is invented: a marker without a note stays as printed, and what was dropped or decided is \
told on standard error and in the report.";

const AFTER_HELP: &str = "\
Examples:
  postil convert article.txt                      Markdown on standard output
  postil convert article.txt -o article.epub      an e-book
  postil convert drafts/ -o clean/ --to html      a folder of pages
  postil convert a.txt b.txt -o clean/            two files of Markdown
  postil convert article.txt --set author='Iona Vale' --set date=2031-03-04
  pdftotext scan.pdf - | postil | less

`postil article.txt` is short for `postil convert article.txt`.

Environment:
  SOURCE_DATE_EPOCH  when e-books say they were last changed, in seconds since 1970;
                     without it the article's date

Exit codes:
  0  done          3  an input can't be read or decoded
  1  remarks, under --strict;     4  an output can't be written
     a difference, under --verify
  2  wrong usage                  5  an input is larger than a limit
                                  70 a bug in postil";

const CHECK_ABOUT: &str = "\
Check the notes of Markdown files

Prints a line for each fault: a reference without a note, a note that nobody refers to, a label that two notes have, \
notes that do not stand in the order of their references, and a reference in a heading or a link.";

const CHECK_HELP: &str = "\
Examples:
  postil check article.md                         article.md:3:7: marker-without-note: …
  postil check docs/                              every Markdown file below
  postil check --json article.md                  for programs

Exit codes: 0 all is well, 1 there are findings, 3 an input can't be read.";

const FMT_ABOUT: &str = "\
Put the notes of Markdown files in order, in place

Numbers count up in the order of first reference; names stay. Notes that stand together are sorted in that order, with \
a blank line between them, and their lines are set in by four spaces. Not a byte outside the notes changes.";

const FMT_HELP: &str = "\
Examples:
  postil fmt article.md                           the file is replaced
  postil fmt --check docs/                        for CI: changes nothing
  postil fmt < article.md                         from standard input to standard output

Exit codes: 0 done, 1 something would change under --check, 3 an input can't be read, 4 a file can't be written.";

const PATTERNS_ABOUT: &str = "\
List the ways to print notes that are known, and try your own

A sign in the text or a list of notes that postil does not know can be described under `patterns` in postil.yaml, each \
with examples of what it is and what it is not. They are looked for in every article that stands beside that file, or \
with --config FILE in any.";

const PATTERNS_HELP: &str = "\
Examples:
  postil patterns list
  postil patterns test                            tries the examples in postil.yaml
  postil convert --config postil.yaml - < article.txt

A sign, and the list that its notes stand in:
  patterns:
    markers:
      - name: braced-number
        open: \"{\"
        label: digits
        close: \"}\"
        lists: [braced-entry]
        examples: {\"was rebuilt{2} by\": [\"{2}\"], \"the set {a, b}\": []}
    lists:
      - name: braced-entry
        open: \"{\"
        label: digits
        close: \"}\"
        examples: {\"{2} Harbour log.\": Harbour log.}

docs/patterns.md tells every key. Exit codes: 0 all examples hold, 1 some do not, 2 there is none, 3 the file can't be \
read.";

#[cfg(feature = "epub")]
const BOOK_ABOUT: &str = "\
Bind several articles into one e-book

The articles stand in the order of the command line, each with its own title, author, date and notes; links between \
them lead from one to the other within the book. A list in YAML can name the articles, the parts that they belong to, \
and the book's own title, authors, cover and so on.

With --split one text becomes several articles: one for each heading of the highest level that comes more than once, each \
with the notes that it refers to. Links within the text lead from file to file, and book.yaml lists the articles, so that \
they can be bound again.";

#[cfg(feature = "epub")]
const BOOK_HELP: &str = "\
Examples:
  postil book a.txt b.md c.html -o reader.epub    three articles, in this order
  postil book articles/ --set title='The river' -o river.epub
  postil book book.yaml -o river.epub             as the list says
  postil book --split river.txt -o river/         an article for each chapter
  postil book --split river.txt -o river/ --to html

A list:
  title: The river
  authors: [Iona Vale]
  cover: river.png
  parts:
    - title: The rope
      articles: [a.txt, b.md]
    - title: The bell
      articles: [c.html]

Exit codes: 0 done, 1 remarks under --strict, 2 wrong usage, 3 an input can't be read, 4 the book can't be written.";

#[cfg(feature = "site")]
const SITE_ABOUT: &str = "\
Make a reading site of a folder of articles

Raw texts, Markdown and saved pages, in folders as you like them, become plain files that any server can host: a home \
page, articles with two-way notes, sections, tags, authors, series and an archive. No configuration is needed; \
postil.yaml beside the articles can say more.";

#[cfg(feature = "site")]
const SITE_HELP: &str = "\
Examples:
  postil site build -o public                     the site of this folder
  postil site build library/ -o public --as-of 2031-03-04

  postil site serve library/                      in the browser, while you write
  postil site check library/                      library/content/ferry.md:3:7: dead-link: …

Exit codes: 0 done, 1 findings of check, 2 wrong usage, 3 an input can't be read, 4 the site can't be written.";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "postil", version, about = "Convert an article to Markdown, HTML or EPUB", long_about = LONG_ABOUT)]
#[command(after_long_help = AFTER_HELP, after_help = "`postil --help` explains more, with examples and exit codes.")]
#[command(max_term_width = 100, arg_required_else_help = false)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Convert an article to Markdown, HTML or EPUB
    #[command(long_about = LONG_ABOUT, after_long_help = AFTER_HELP)]
    Convert(Convert),
    /// Bind several articles into one e-book
    #[cfg(feature = "epub")]
    #[command(long_about = BOOK_ABOUT, after_long_help = BOOK_HELP)]
    Book(Book),
    /// Make a reading site of a folder of articles
    #[cfg(feature = "site")]
    #[command(long_about = SITE_ABOUT, after_long_help = SITE_HELP)]
    Site(Site),
    /// Tell which themes a site can have
    #[cfg(feature = "site")]
    Themes(Themes),
    /// Check the notes of Markdown files
    #[command(long_about = CHECK_ABOUT, after_long_help = CHECK_HELP)]
    Check(Check),
    /// Put the notes of Markdown files in order, in place
    #[command(long_about = FMT_ABOUT, after_long_help = FMT_HELP)]
    Fmt(Fmt),
    /// List the ways to print notes that are known, and try your own
    #[command(long_about = PATTERNS_ABOUT, after_long_help = PATTERNS_HELP)]
    Patterns(Patterns),
}

/// What to do with patterns.
#[derive(Debug, Args)]
pub(super) struct Patterns {
    #[command(subcommand)]
    pub(super) verb: PatternsVerb,
}

/// What to do with patterns.
#[derive(Debug, Subcommand)]
pub(super) enum PatternsVerb {
    /// List the signs and the lists of notes that are known
    List,
    /// Try the examples of your own patterns
    Test {
        /// The file that holds them
        #[arg(value_name = "FILE", default_value = crate::grammar::Patterns::FILE)]
        config: PathBuf,
    },
}

/// What to check.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Markdown files, or folders of them; `-` or nothing reads standard input
    #[arg(value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,

    /// Print the findings as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Which themes to tell of.
#[cfg(feature = "site")]
#[derive(Debug, Args)]
pub(super) struct Themes {
    /// The folder of a site: its own themes/ are told of as well
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    pub(super) folder: PathBuf,

    #[command(subcommand)]
    pub(super) verb: Option<ThemesVerb>,
}

/// What to tell of themes; by default a line for each.
#[cfg(feature = "site")]
#[derive(Debug, Subcommand)]
pub(super) enum ThemesVerb {
    /// Show what a theme is, its options and its files
    Show {
        /// Its name
        name: String,
    },
}

/// What to do with a site.
#[cfg(feature = "site")]
#[derive(Debug, Args)]
pub(super) struct Site {
    #[command(subcommand)]
    pub(super) verb: SiteVerb,
}

/// What to do with a site.
#[cfg(feature = "site")]
#[derive(Debug, Subcommand)]
pub(super) enum SiteVerb {
    /// Begin a site: a folder with a configuration and two texts
    New(SiteNew),
    /// Build the site
    Build(SiteBuild),
    /// Show the site in the browser, and follow every change of the folder
    Serve(SiteServe),
    /// Check the site: dead links and anchors, double ids, missing words for pictures, notes without references
    Check(SiteCheck),
}

/// Where a site begins.
#[cfg(feature = "site")]
#[derive(Debug, Args)]
pub(super) struct SiteNew {
    /// A folder that does not exist yet
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

/// Which site to show.
#[cfg(feature = "site")]
#[derive(Debug, Args)]
pub(super) struct SiteServe {
    /// The folder of the site
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,

    /// Listen here, on this machine alone; 0 takes any port that is free
    #[arg(long, default_value_t = 4000)]
    pub(super) port: u16,

    #[command(flatten)]
    pub(super) choices: SiteChoices,
}

/// Which site to check.
#[cfg(feature = "site")]
#[derive(Debug, Args)]
pub(super) struct SiteCheck {
    /// The folder of the site
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,

    /// Print the findings as JSON
    #[arg(long)]
    pub(super) json: bool,

    #[command(flatten)]
    pub(super) choices: SiteChoices,
}

/// Which site to build, and where.
#[cfg(feature = "site")]
#[derive(Debug, Args)]
pub(super) struct SiteBuild {
    /// The folder with postil.yaml, content/, static/, templates/ and themes/, each if there is one
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,

    /// Write the site here, else into _site in DIR; a site that is there already is replaced once the new one is complete
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,

    #[command(flatten)]
    pub(super) choices: SiteChoices,

    /// Print errors only
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// What is in a site.
#[cfg(feature = "site")]
#[derive(Debug, Args)]
pub(super) struct SiteChoices {
    /// Hold back articles of a later date
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) as_of: Option<String>,

    /// Show drafts as well
    #[arg(long)]
    pub(super) drafts: bool,

    /// Where the site will stand, instead of what postil.yaml says
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
}

/// What to put in order.
#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Markdown files, or folders of them; `-` or nothing goes from standard input to standard output
    #[arg(value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,

    /// Change nothing, and exit with 1 if something would change
    #[arg(long)]
    pub(super) check: bool,

    /// Print errors only
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// What to bind, and how.
#[cfg(feature = "epub")]
#[derive(Debug, Args)]
pub(super) struct Book {
    /// Articles, folders of them, or lists in YAML, in the order of the book
    #[arg(value_name = "INPUT", required = true)]
    pub(super) inputs: Vec<PathBuf>,

    /// Write the book here; by default, or with `-`, to standard output. With --split the folder for the articles
    #[arg(short, long, value_name = "FILE.epub|DIR")]
    pub(super) output: Option<PathBuf>,

    /// The other way: split one text into articles at its highest headings
    #[arg(long, requires = "output", conflicts_with = "cover")]
    pub(super) split: bool,

    /// What --split writes
    #[arg(short, long, value_enum, requires = "split")]
    pub(super) to: Option<To>,

    /// Where notes go: `end` is the end of the book, `section` the end of each article
    #[arg(long, value_enum, default_value_t = Notes::Section)]
    pub(super) notes: Notes,

    /// Make the notes for this reading system
    #[arg(long, value_enum, default_value_t = Profile::Generic)]
    pub(super) profile: Profile,

    /// Put this picture on the cover (PNG, JPEG, WebP, GIF or SVG)
    #[arg(long, value_name = "FILE")]
    pub(super) cover: Option<PathBuf>,

    /// Set metadata of the book, such as title='The river'; author and tag may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    pub(super) set: Vec<(String, String)>,

    /// What becomes of notes that are only an address: they stay notes, or become links
    #[arg(long, value_enum, default_value_t = Links::Keep)]
    pub(super) links: Links,

    /// Look for the patterns in this file, not in postil.yaml beside each input; see `postil patterns --help`
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Exit with 1 if there is anything to remark
    #[arg(long)]
    pub(super) strict: bool,

    /// Print errors only
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[cfg(feature = "epub")]
impl Book {
    /// Makes the library's options for the articles and the book.
    pub(super) fn options(&self) -> Options {
        Options::default().notes(self.notes).links(self.links).profile(self.profile)
    }
}

/// What to convert, and how.
#[derive(Debug, Args)]
pub(super) struct Convert {
    /// Articles, or folders of them; `-` or nothing reads standard input
    ///
    /// Folders are searched with everything below them for .txt, .text, .md, .markdown, .mdown, .html, .htm and
    /// .xhtml files; links to other places are not followed.
    #[arg(value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,

    /// Write here; the extension says what to write
    ///
    /// Several inputs, or a folder, need a folder: it is created. Without this option, or with `-`, the result goes to
    /// standard output. A file that is there already is replaced only once the new one is complete.
    #[arg(short, long, value_name = "FILE|DIR")]
    pub(super) output: Option<PathBuf>,

    /// What the inputs are
    #[arg(short, long, value_enum, default_value_t = From::Auto)]
    pub(super) from: From,

    /// What to write; by default what the output's extension says, else Markdown
    #[arg(short, long, value_enum)]
    pub(super) to: Option<To>,

    /// Where notes go
    #[arg(long, value_enum, default_value_t = Notes::End)]
    pub(super) notes: Notes,

    /// What becomes of notes that are only an address: they stay notes, or become links
    #[arg(long, value_enum, default_value_t = Links::Keep)]
    pub(super) links: Links,

    /// Put back addresses that the text lost, by the words of their links: lines `words<TAB>address`, or the HTML page
    #[arg(long, value_name = "FILE")]
    pub(super) urls: Option<PathBuf>,

    /// Markdown: whose names the fields of the front matter have
    #[arg(long, value_enum, default_value_t = FrontMatter::Postil, value_name = "FOR")]
    pub(super) front_matter: FrontMatter,

    /// Look for the patterns in this file, not in postil.yaml beside each input; see `postil patterns --help`
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Overrule the detection of the encoding, such as windows-1252
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) encoding: Option<String>,

    /// Set metadata, such as title='The ferry'; author and tag may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    pub(super) set: Vec<(String, String)>,

    /// HTML input: count relative addresses from this one
    #[arg(long, value_name = "URL", value_parser = NonEmptyStringValueParser::new())]
    pub(super) base_url: Option<String>,

    /// HTML input: keep the whole page, not only the article on it
    #[arg(long)]
    pub(super) whole: bool,

    /// Raw text: leave something in the text that would be cleaned up; may be repeated
    #[arg(long, value_enum, value_name = "HABIT")]
    pub(super) keep: Vec<Habit>,

    /// HTML: write only what is inside the body
    #[arg(long)]
    pub(super) fragment: bool,

    /// EPUB: make the notes for this reading system
    #[cfg(feature = "epub")]
    #[arg(long, value_enum, default_value_t = Profile::Generic)]
    pub(super) profile: Profile,

    /// EPUB: put this picture on the cover (PNG, JPEG, WebP, GIF or SVG)
    #[cfg(feature = "epub")]
    #[arg(long, value_name = "FILE")]
    pub(super) cover: Option<PathBuf>,

    /// Write what was found, decided and dropped as JSON
    #[arg(long, value_name = "FILE.json")]
    pub(super) report: Option<PathBuf>,

    /// Markdown: have a second engine read the result, and exit with 1 if it finds other notes or other words
    #[arg(long)]
    pub(super) verify: bool,

    /// Exit with 1 if there is anything to remark
    #[arg(long)]
    pub(super) strict: bool,

    /// Print errors only
    #[arg(short, long)]
    pub(super) quiet: bool,
}

impl Convert {
    /// Makes the library's options for one input; `stem` names it, `by_extension` is what its extension says.
    pub(super) fn options(&self, stem: Option<&str>, by_extension: From) -> Options {
        let from = if self.from == From::Auto { by_extension } else { self.from };
        let mut options = Options::default()
            .from(from)
            .notes(self.notes)
            .links(self.links)
            .front_matter(self.front_matter)
            .fragment(self.fragment);
        options.encoding.clone_from(&self.encoding);
        options.base_url.clone_from(&self.base_url);
        options.whole = self.whole;
        #[cfg(feature = "epub")]
        {
            options.profile = self.profile;
        }
        options.keep = self.keep.clone();
        options.stem = stem.map(str::to_owned);
        self.set.iter().fold(options, |options, (key, value)| options.set(key, Value::String(value.clone())))
    }
}

fn key_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some(("date" | "updated", value)) if !is_date(value.trim()) => {
            Err("write the date as 2031-03-04, 2031-03 or 2031".to_owned())
        }
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.trim().to_owned())),
        _ => Err("write it as KEY=VALUE".to_owned()),
    }
}

/// Tells whether a value is a year, a month or a day as ISO 8601 writes it.
fn is_date(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    let within = |at: usize, most: u8| {
        parts.get(at).is_none_or(|part| {
            part.len() == 2 && part.parse::<u8>().is_ok_and(|number| (1..=most).contains(&number))
        })
    };
    let is_year = parts[0].len() == 4 && parts[0].bytes().all(|byte| byte.is_ascii_digit());
    parts.len() <= 3 && is_year && within(1, 12) && within(2, 31)
}

/// Puts `convert` in where the user left it out: before everything but a verb, or a question for the version.
pub(super) fn with_verb(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    const KNOWN: &[&str] =
        &["convert", "book", "site", "themes", "check", "fmt", "patterns", "help", "-V", "--version"];
    let mut arguments: Vec<OsString> = arguments.collect();
    let is_known =
        arguments.get(1).and_then(|first| first.to_str()).is_some_and(|first| KNOWN.contains(&first));
    if !is_known {
        arguments.insert(1.min(arguments.len()), "convert".into());
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verb_may_be_left_out() {
        for (typed, expected) in [
            (vec!["postil", "a.txt"], vec!["postil", "convert", "a.txt"]),
            (vec!["postil", "-q", "a.txt"], vec!["postil", "convert", "-q", "a.txt"]),
            (vec!["postil", "./convert"], vec!["postil", "convert", "./convert"]),
            (vec!["postil"], vec!["postil", "convert"]),
            (vec!["postil", "convert", "a.txt"], vec!["postil", "convert", "a.txt"]),
            (vec!["postil", "--help"], vec!["postil", "convert", "--help"]),
            (vec!["postil", "--version"], vec!["postil", "--version"]),
        ] {
            let made = with_verb(typed.iter().map(OsString::from));
            assert_eq!(made, expected.iter().map(OsString::from).collect::<Vec<_>>(), "{typed:?}");
        }
    }

    #[test]
    fn settings_need_a_key_and_a_sign() {
        assert_eq!(key_and_value("title= The ferry "), Ok(("title".to_owned(), "The ferry".to_owned())));
        assert_eq!(key_and_value("a=b=c"), Ok(("a".to_owned(), "b=c".to_owned())));
        assert!(key_and_value("title").is_err() && key_and_value("=x").is_err());
        for (date, expected) in
            [("2031-03-04", true), ("2031", true), ("2031-13", false), ("March", false), ("", false)]
        {
            assert_eq!(key_and_value(&format!("date={date}")).is_ok(), expected, "{date:?}");
        }
    }
}
