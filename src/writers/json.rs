//! x
use crate::document::Document;
pub(crate) fn write(_d: &Document) -> String {
    String::new()
}
