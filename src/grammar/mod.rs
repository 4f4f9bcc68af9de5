//! How notes are printed: the signs in running text and the beginnings of lists of notes, as data.

mod framed;
mod label;
mod lists;
mod markers;
mod patterns;

pub(crate) use self::framed::{FRAMED, Framed};
pub(crate) use self::label::{Label, Labels, roman};
pub(crate) use self::lists::*;
pub(crate) use self::markers::*;
pub use self::patterns::{Patterns, Tested};

/// Returns the name of every convention and every shape of list, with what it looks like.
#[cfg(feature = "cli")]
pub(crate) fn known() -> impl Iterator<Item = (&'static str, String)> {
    let signs = CONVENTIONS.iter().map(|convention| (convention.name, convention.sample()));
    signs.chain(SHAPES.iter().map(|shape| (shape.name, shape.sample())))
}

/// Everything that is looked for in one text. Where two could read the same characters, the one that stands first does.
pub(crate) struct Grammar {
    pub(crate) conventions: Vec<&'static Convention>,
    pub(crate) shapes: Vec<&'static Shape>,
}

impl Grammar {
    /// Puts the patterns of a user before ours.
    pub(crate) fn with(patterns: &Patterns) -> Self {
        Self {
            conventions: patterns.conventions.iter().chain(CONVENTIONS).copied().collect(),
            shapes: patterns.shapes.iter().chain(SHAPES).copied().collect(),
        }
    }
}
