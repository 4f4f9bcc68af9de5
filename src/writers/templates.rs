//! The templates and style sheets in the program.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tera::{Context, ErrorKind, Tera};

use super::markup::{is_plain, push_text};
use crate::error::Error;

/// Every template, by the name of its file below `templates/`.
const TEMPLATES: &[(&str, &str)] = &[
    ("page.html", include_str!("../../templates/page.html")),
    ("parts/byline.html", include_str!("../../templates/parts/byline.html")),
    ("parts/imprint.html", include_str!("../../templates/parts/imprint.html")),
    #[cfg(feature = "epub")]
    ("epub/container.xml", include_str!("../../templates/epub/container.xml")),
    #[cfg(feature = "epub")]
    ("epub/package.opf", include_str!("../../templates/epub/package.opf")),
    #[cfg(feature = "epub")]
    ("epub/nav.xhtml", include_str!("../../templates/epub/nav.xhtml")),
    #[cfg(feature = "epub")]
    ("epub/toc.ncx", include_str!("../../templates/epub/toc.ncx")),
    #[cfg(feature = "epub")]
    ("epub/cover.xhtml", include_str!("../../templates/epub/cover.xhtml")),
    #[cfg(feature = "epub")]
    ("epub/cover.svg", include_str!("../../templates/epub/cover.svg")),
    #[cfg(feature = "epub")]
    ("epub/title.xhtml", include_str!("../../templates/epub/title.xhtml")),
    #[cfg(feature = "epub")]
    ("epub/article.xhtml", include_str!("../../templates/epub/article.xhtml")),
];

/// The theme of single pages.
pub(crate) const PAGE_CSS: &str = include_str!("../../themes/quiet/page.css");

/// The theme of books.
#[cfg(feature = "epub")]
pub(crate) const BOOK_CSS: &str = include_str!("../../themes/quiet/book.css");

/// The templates, ready to render.
pub(crate) struct Templates {
    tera: Tera,
    /// Of a site: where its user's templates stand, by their names.
    places: Option<BTreeMap<String, PathBuf>>,
}

impl Templates {
    /// Returns the templates in the program; they are read once, however many articles there are.
    ///
    /// # Errors
    ///
    /// [`Error::Template`] with the line and what the engine says.
    pub(crate) fn ours() -> Result<&'static Self, Error> {
        static OURS: OnceLock<Templates> = OnceLock::new();
        if let Some(templates) = OURS.get() {
            return Ok(templates);
        }
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".xhtml", ".xml", ".opf", ".ncx", ".svg"]);
        tera.set_escape_fn(escape);
        let mut templates = Self { tera, places: None };
        templates.add("templates", TEMPLATES.iter().copied())?;
        Ok(OURS.get_or_init(|| templates))
    }

    /// Reads the templates of a site; of those that its user has written, `places` says where they stand.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with the line and what the engine says.
    #[cfg(feature = "site")]
    pub(crate) fn of_site<'t>(
        all: impl Iterator<Item = (&'t str, &'t str)>,
        places: BTreeMap<String, PathBuf>,
    ) -> Result<Self, Error> {
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".xml"]);
        tera.set_escape_fn(escape);
        let mut templates = Self { tera, places: Some(places) };
        templates.add("", all)?;
        Ok(templates)
    }

    fn add<'t>(&mut self, name: &str, all: impl Iterator<Item = (&'t str, &'t str)>) -> Result<(), Error> {
        let added = self.tera.add_raw_templates(all);
        added.map_err(|error| self.failed(name, &error))
    }

    /// Renders a template; values are escaped unless the template says `safe`.
    ///
    /// # Errors
    ///
    /// [`Error::Template`], or for a site [`Error::Config`], with the line and what the engine says.
    pub(crate) fn render(&self, name: &str, context: &Context) -> Result<String, Error> {
        self.tera.render(name, context).map_err(|error| self.failed(name, &error))
    }

    fn failed(&self, name: &str, error: &tera::Error) -> Error {
        if let Some(places) = &self.places {
            // A page is made of several templates.
            let name = match error.kind() {
                ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report.filename(),
                ErrorKind::MissingParent { current, .. } => current,
                _ => name,
            };
            let place = places.get(name).cloned();
            let path = place.unwrap_or_else(|| Path::new("templates").join(name));
            return Error::Config {
                path,
                reason: error.to_string().trim_start_matches("error: ").to_owned(),
            };
        }
        Error::Template { name: name.to_owned(), reason: error.to_string() }
    }
}

/// Escapes as the rest of our markup does: characters that XML can't hold go.
fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    if is_plain(text) {
        return out.write_all(text.as_bytes());
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    push_text(&mut escaped, text);
    out.write_all(escaped.as_bytes())
}
