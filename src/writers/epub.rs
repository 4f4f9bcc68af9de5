//! x
use crate::{document::Document, error::Error, options::Options};
pub(crate) fn write(_d: &Document, _o: &Options) -> Result<Vec<u8>, Error> {
    Ok(Default::default())
}
