//! x
use crate::{document::Document, error::Error, options::Options};
pub(crate) fn write(_d: &Document, _o: &Options) -> Result<String, Error> {
    Ok(Default::default())
}
