//! Notes that stand where they are cited, between signs of their own.
//!
//! > The ferry`{{footnote}}`Sunk in 1902.`{{/footnote}}` ran beside the mole((Built of stone.)), which
//! > the log`[Footnote: Two books of it are left.]` does not name.
//!
//! Wikis, shortcodes of blogs, LaTeX and transcribed books write them so. A note ends in its own paragraph. Left alone:
//! frames that hold no word, double parentheses of a formula, and everything inside code.

/// The signs around a note.
#[derive(Debug)]
pub(crate) struct Framed {
    /// Stable name, used in the ledger.
    pub(crate) name: &'static str,
    pub(crate) open: &'static str,
    pub(crate) close: &'static str,
    /// The bracket that may stand inside in pairs; the last one closes the note.
    pub(crate) nests: Option<(char, char)>,
    /// The signs mean other things too: they must follow a word, and hold a sentence or several words.
    pub(crate) is_common: bool,
}

const fn tags(name: &'static str, open: &'static str, close: &'static str) -> Framed {
    Framed { name, open, close, nests: None, is_common: false }
}

/// Every frame. Where two could begin at the same character, the one that stands first does.
pub(crate) static FRAMED: &[Framed] = &[
    tags("footnote-macro", "{{footnote}}", "{{/footnote}}"),
    tags("footnote-tags", "[[footnote]]", "[[/footnote]]"),
    tags("footnote-tags", "[footnote]", "[/footnote]"),
    tags("footnote-tags", "[fn]", "[/fn]"),
    tags("footnote-tags", "[ref]", "[/ref]"),
    tags("footnote-tags", "[note]", "[/note]"),
    tags("footnote-tags", "<footnote>", "</footnote>"),
    Framed {
        name: "footnote-command",
        open: "\\footnote{",
        close: "}",
        nests: Some(('{', '}')),
        is_common: false,
    },
    Framed {
        name: "footnote-bracket",
        open: "[Footnote: ",
        close: "]",
        nests: Some(('[', ']')),
        is_common: false,
    },
    Framed { name: "caret-frame", open: "^[", close: "]", nests: Some(('[', ']')), is_common: true },
    Framed { name: "double-parentheses", open: "((", close: "))", nests: Some(('(', ')')), is_common: true },
];
