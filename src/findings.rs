//! x
#[derive(Default)] pub(crate) struct Findings;
