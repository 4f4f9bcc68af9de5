//! Notes as they stand in a Markdown text: what is wrong with them, how to put them in order in place, and whether another
//! engine finds them.
//!
//! Unlike a conversion this works on the source itself: [`check`] points into it, and [`tidy`] changes notes and not
//! a byte beside them.

mod lint;
mod printed;
#[cfg(feature = "cli")]
mod second_reading;
mod tidy;

pub use self::lint::check;
#[cfg(feature = "cli")]
pub use self::second_reading::verify;
pub use self::tidy::tidy;
