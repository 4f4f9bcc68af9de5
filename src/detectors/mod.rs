//! x
use crate::{options::*,sheet::*,findings::*};
pub(crate) fn find(_s: &Sheet, _o: &Options) -> Findings { Findings }
