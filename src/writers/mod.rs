//! One `Document` in, one file's content out. Writers know the model and nothing of each other; what two of them
//! need stands in a module of its own: `markup`, `labels`, `pictures`, `table_width`.

pub(crate) mod anchors;
pub(crate) mod dates;
#[cfg(feature = "epub")]
pub(crate) mod epub;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod labels;
pub(crate) mod markdown;
pub(crate) mod markup;
#[cfg(feature = "epub")]
pub(crate) mod parts;
#[cfg(feature = "epub")]
pub(crate) mod pictures;
mod table_width;
pub(crate) mod templates;
pub(crate) mod text;
