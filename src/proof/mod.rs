//! Notes as they stand in a Markdown text: what is wrong with them, and how to put them in order in place.
//!
//! Unlike a conversion this works on the source itself: [`check`] points into it, and [`tidy`] changes notes and not
//! a byte beside them.

mod lint;
mod printed;
mod tidy;

pub use self::lint::check;
pub use self::tidy::tidy;
