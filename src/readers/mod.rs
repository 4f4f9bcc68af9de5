//! x
use crate::{source::*,options::*,error::*,sheet::*};
pub(crate) fn read<'s>(source: &'s Source, _o: &Options) -> Result<Sheet<'s>, Error> { Ok(Sheet{text: source.text().into(), rows: vec![], nodes: vec![], runs: vec![], origin: Origin::Text}) }
