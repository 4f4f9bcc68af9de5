//! Placeholder.
fn main() {
    let path = std::env::args().last().unwrap_or_default();
    let bytes = std::fs::read(&path).unwrap_or_default();
    let o = postil::convert(
        &bytes,
        postil::To::Markdown,
        &postil::Options::default().from(if path.ends_with(".md") {
            postil::From::Markdown
        } else {
            postil::From::Text
        }),
    )
    .expect("x");
    use std::io::Write;
    std::io::stdout().write_all(&o.output).expect("x");
    let a = &o.article;
    assert!(a.ledger.tiles(a.source.text().len()), "tiles");
    let strip = |s: String| s;
    assert_eq!(
        strip(a.ledger.replay(a.source.text(), None)),
        postil::document::plain_text(&a.document.blocks),
        "body"
    );
    for (i, n) in a.document.notes.iter().enumerate() {
        assert_eq!(
            a.ledger.replay(a.source.text(), Some(postil::NoteId(i as u32))),
            postil::document::plain_text(&n.blocks),
            "note {i}"
        );
    }
    let mut e = std::io::stderr();
    for d in &a.diagnostics {
        writeln!(e, "{:?}", (d.code, &d.message)).ok();
    }
}
