//! Placeholder.
use crate::{document::*, options::Options};
pub(crate) fn write(d: &Document, _o: &Options) -> String {
    let mut o = String::new();
    let m = &d.metadata;
    if m.title.is_some() || m.lang.is_some() {
        o += "---\n";
        if let Some(t) = m.title() { o += &format!("title: {:?}\n", t); }
        if !m.authors.is_empty() { o += &format!("author: {:?}\n", m.authors.iter().map(|a| a.value.clone()).collect::<Vec<_>>().join(", ")); }
        if let Some(t) = &m.date { o += &format!("date: {:?}\n", t.value); }
        if m.lang.is_some() { o += &format!("lang: {}\n", m.lang()); }
        o += "---\n\n";
    }
    if !d.title_references.is_empty() {
        o += "# "; o += m.title().unwrap_or("");
        for r in &d.title_references { o += &format!("[^{}]", r.0 + 1); }
        o += "\n\n";
    }
    blocks(&d.blocks, "", &mut o, d);
    for n in &d.notes {
        let mut t = String::new();
        blocks(&n.blocks, "    ", &mut t, d);
        o += &format!("[^{}]: {}\n", n.label, t.trim_start());
    }
    o
}
fn blocks(b: &[Block], p: &str, o: &mut String, d: &Document) {
    for b in b {
        match b {
            Block::Paragraph(c) => { *o += p; inl(c, o, d); *o += "\n\n"; }
            Block::Heading { level, content } => { *o += p; *o += &"#".repeat(*level as usize); *o += " "; inl(content, o, d); *o += "\n\n"; }
            Block::List { start, items, .. } => for (i, it) in items.iter().enumerate() {
                let mut t = String::new();
                blocks(&it.blocks, &format!("{p}    "), &mut t, d);
                *o += p;
                *o += &match start { Some(s) => format!("{}. ", s + i as u64), None => "-   ".to_owned() };
                *o += t.trim_start();
            },
            Block::Quote(q) => { let mut t = String::new(); blocks(q, "", &mut t, d); for l in t.lines() { *o += &format!("{p}> {l}\n"); } *o += "\n"; }
            Block::Code { text, .. } => { *o += p; *o += "```\n"; for l in text.lines() { *o += p; *o += l; *o += "\n"; } *o += p; *o += "```\n\n"; }
            Block::Verse(ls) => { for (i, l) in ls.iter().enumerate() { *o += p; inl(l, o, d); *o += if i + 1 < ls.len() { "\\\n" } else { "\n\n" }; } }
            Block::Break => *o += "* * *\n\n",
            Block::Html(t) => { *o += t; *o += "\n\n"; }
            Block::Table { .. } => {}
        }
    }
}
fn inl(c: &[Inline], o: &mut String, d: &Document) {
    for i in c {
        match i {
            Inline::Text(t) => for ch in t.chars() { if "\\`*_<>#~|^$".contains(ch) { o.push('\\'); } o.push(ch); },
            Inline::Emphasis(c) | Inline::Strong(c) | Inline::Strikethrough(c) | Inline::Superscript(c) | Inline::Subscript(c) => inl(c, o, d),
            Inline::Code(t) => *o += &format!("`{t}`"),
            Inline::Link { url, content, .. } => { let mut t = String::new(); inl(content, &mut t, d); if matches!(&content[..], [Inline::Text(x)] if x == url) { *o += &format!("<{url}>"); } else { *o += &format!("[{t}](<{url}>)"); } }
            Inline::Image { url, alt, .. } => *o += &format!("![{alt}]({url})"),
            Inline::LineBreak => *o += "\\\n",
            Inline::Reference(n) => *o += &format!("[^{}]", d.notes[n.index()].label),
            Inline::Html(t) => *o += t,
        }
    }
}
