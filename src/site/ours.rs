//! What the program brings of its own: themes and templates, embedded.

/// A file in the program.
pub(super) type Embedded = (&'static str, &'static [u8]);

/// Files below one folder, by their paths there.
macro_rules! embedded {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../", $folder, "/", $name)))),+]
    };
}

/// Our themes, with their files by their paths below `themes/NAME/`.
pub(super) const THEMES: &[(&str, &[&[Embedded]])] = &[
    (
        "quiet",
        &[
            HEBREW,
            embedded![
                "themes/quiet":
                "theme.yaml",
                "files/theme.css",
                "files/fonts/literata-OFL.txt",
                "files/fonts/literata-latin-400-italic.woff2",
                "files/fonts/literata-latin-400-normal.woff2",
                "files/fonts/literata-latin-600-normal.woff2",
                "files/fonts/literata-latin-ext-400-italic.woff2",
                "files/fonts/literata-latin-ext-400-normal.woff2",
                "files/fonts/literata-latin-ext-600-normal.woff2",
            ],
        ],
    ),
    (
        "newspaper",
        &[
            HEBREW,
            embedded![
                "themes/newspaper":
                "theme.yaml",
                "files/theme.css",
                "files/fonts/newsreader-OFL.txt",
                "files/fonts/newsreader-latin-400-italic.woff2",
                "files/fonts/newsreader-latin-400-normal.woff2",
                "files/fonts/newsreader-latin-600-normal.woff2",
                "files/fonts/newsreader-latin-ext-400-italic.woff2",
                "files/fonts/newsreader-latin-ext-400-normal.woff2",
                "files/fonts/newsreader-latin-ext-600-normal.woff2",
                "files/fonts/noto-serif-display-OFL.txt",
                "files/fonts/noto-serif-display-latin-700-normal.woff2",
                "files/fonts/noto-serif-display-latin-ext-700-normal.woff2",
            ],
        ],
    ),
    (
        "minimal",
        &[embedded![
            "themes/minimal":
            "theme.yaml",
            "files/theme.css",
            "files/fonts/atkinson-hyperlegible-OFL.txt",
            "files/fonts/atkinson-hyperlegible-latin-400-italic.woff2",
            "files/fonts/atkinson-hyperlegible-latin-400-normal.woff2",
            "files/fonts/atkinson-hyperlegible-latin-700-normal.woff2",
            "files/fonts/atkinson-hyperlegible-latin-ext-400-italic.woff2",
            "files/fonts/atkinson-hyperlegible-latin-ext-400-normal.woff2",
            "files/fonts/atkinson-hyperlegible-latin-ext-700-normal.woff2",
        ]],
    ),
];

/// Hebrew letters for themes with serifs.
const HEBREW: &[Embedded] = &[
    (
        "files/fonts/frank-ruhl-libre-OFL.txt",
        include_bytes!("../../themes/shared/fonts/frank-ruhl-libre-OFL.txt"),
    ),
    (
        "files/fonts/frank-ruhl-libre-hebrew-400-normal.woff2",
        include_bytes!("../../themes/shared/fonts/frank-ruhl-libre-hebrew-400-normal.woff2"),
    ),
    (
        "files/fonts/frank-ruhl-libre-hebrew-700-normal.woff2",
        include_bytes!("../../themes/shared/fonts/frank-ruhl-libre-hebrew-700-normal.woff2"),
    ),
];

/// The files that all themes have.
pub(super) const SHARED: &[Embedded] = &[
    // An article of a site looks like a single page, and has more around it.
    (
        "files/base.css",
        concat!(
            include_str!("../../themes/quiet/page.css"),
            include_str!("../../themes/shared/site.css"),
            include_str!("../../themes/shared/notes.css"),
        )
        .as_bytes(),
    ),
    ("files/colours.js", include_bytes!("../../themes/shared/colours.js")),
    ("files/favicon.svg", include_bytes!("../../themes/shared/favicon.svg")),
    ("files/search.js", include_bytes!("../../themes/shared/search.js")),
];

/// The templates of all themes, by their names.
pub(super) const TEMPLATES: &[Embedded] = &[
    ("base.html", include_bytes!("../../templates/site/base.html")),
    ("home.html", include_bytes!("../../templates/site/home.html")),
    ("section.html", include_bytes!("../../templates/site/section.html")),
    ("article.html", include_bytes!("../../templates/site/article.html")),
    ("terms.html", include_bytes!("../../templates/site/terms.html")),
    ("term.html", include_bytes!("../../templates/site/term.html")),
    ("archive.html", include_bytes!("../../templates/site/archive.html")),
    ("year.html", include_bytes!("../../templates/site/year.html")),
    ("search.html", include_bytes!("../../templates/site/search.html")),
    ("404.html", include_bytes!("../../templates/site/404.html")),
    ("alias.html", include_bytes!("../../templates/site/alias.html")),
    ("parts/byline.html", include_bytes!("../../templates/parts/byline.html")),
    ("parts/imprint.html", include_bytes!("../../templates/parts/imprint.html")),
    ("parts/beside.html", include_bytes!("../../templates/site/parts/beside.html")),
    ("parts/card.html", include_bytes!("../../templates/site/parts/card.html")),
    ("parts/cards.html", include_bytes!("../../templates/site/parts/cards.html")),
    ("parts/pager.html", include_bytes!("../../templates/site/parts/pager.html")),
    ("feeds/atom.xml", include_bytes!("../../templates/site/feeds/atom.xml")),
    ("feeds/rss.xml", include_bytes!("../../templates/site/feeds/rss.xml")),
    ("feeds/opds.xml", include_bytes!("../../templates/site/feeds/opds.xml")),
];
