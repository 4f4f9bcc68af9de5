//! One `Document` in, one file's content out. Writers know the model and nothing of each other.

#[cfg(feature = "epub")]
pub(crate) mod epub;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod markdown;
pub(crate) mod text;
