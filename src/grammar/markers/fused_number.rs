//! `word1`: a number fused to the word before it, as text extractors leave raised ones.
//!
//! > the ferry had sunk1 off the mole,2 and nobody drowned.3
//!
//! Its signs are not read one by one but as a chain that rises through the text: see `notes/fused/`. Left alone: `B2`,
//! `Covid19`, `1914-18`, `2.5`, and every number of a text without a list that fits the chain.

use super::Convention;

pub(crate) static FUSED_NUMBER: Convention = Convention { name: "fused-number", frames: &[], lists: &[] };
