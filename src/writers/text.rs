//! x
use crate::{document::Document, options::Options};
pub(crate) fn write(_d: &Document, _o: &Options) -> String {
    String::new()
}
