//! Reads one article with the library, and prints its title, its notes and what is worth telling the author.
//!
//! ```sh
//! cargo run --example library -- examples/essay.txt
//! ```
//!
//! A publishing program works like this: it keeps the [`postil::Document`] for what it wants to know (the notes, the
//! title, the words), and the bytes of the output for what it wants to show.

#![allow(clippy::print_stdout)] // printing is what this program is for

use std::error::Error;

use postil::document::plain_text;
use postil::{Options, To};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "examples/essay.txt".to_owned());
    let bytes = std::fs::read(&path)?;

    let options = Options::default().set("rights", "CC0");
    let done = postil::convert(&bytes, To::Html, &options)?;
    let article = &done.article;
    let document = &article.document;

    println!("{}: {}", path, document.metadata.title().unwrap_or("no title"));
    for author in &document.metadata.authors {
        println!("by {} (found as {})", author.value, author.rule);
    }

    println!("\n{} notes:", document.notes.len());
    for note in &document.notes {
        // What the text printed and the label of the output differ: numbers are given by first reference.
        println!("{} -> {}: {}", note.printed, note.label, plain_text(&note.blocks));
        println!("    {:?}, because of {}", note.certainty, note.evidence.join(", "));
    }

    println!("\nRemarks:");
    for remark in &article.diagnostics {
        println!("{}: {}", remark.code.name(), remark.message);
    }

    // The ledger says where each character of the text went; what was dropped is named with its reason.
    println!("\nDropped:");
    for (span, reason) in article.ledger.dropped() {
        println!("{}: {:?}", reason.name(), span.of(article.source.text()));
    }

    println!("\n{} bytes of HTML", done.output.len());
    Ok(())
}
