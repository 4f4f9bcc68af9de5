//! `word1`: a number fused to the word before it. Its signs are not read one by one but as a chain: see
//! `notes/fused/`.

use super::Convention;

pub(crate) static FUSED_NUMBER: Convention = Convention { name: "fused-number", frames: &[], lists: &[] };
