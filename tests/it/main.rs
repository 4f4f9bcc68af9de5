//! The one integration crate: articles, rules, transcripts and properties.
#![allow(clippy::unwrap_used)] // a test that cannot go on should stop
#![allow(clippy::print_stderr)] // what differs is shown

mod books;
mod cases;
mod compare;
mod engines;
mod gfm;
mod growth;
mod hostile;
mod mutations;
#[path = "../judges/normal_html.rs"]
mod normal_html;
mod properties;
mod readme;
mod schemas;
mod site;
mod spec;
mod themes;
mod transcripts;
