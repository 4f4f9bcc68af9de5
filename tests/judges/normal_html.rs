//! HTML in a form in which two texts that browsers show alike are the same.

/// Elements around which white space says nothing.
const BLOCKS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "div",
    "br",
    "script",
    "style",
    "del",
    "section",
    "article",
    "dl",
    "dt",
    "dd",
];

/// Writes HTML so that two texts which browsers show alike are the same.
pub(crate) fn normal(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    let mut in_code = false;
    while !rest.is_empty() {
        if let Some((name, tag, after)) = tag(rest) {
            if BLOCKS.contains(&name.trim_start_matches('/')) && !in_code {
                out.truncate(out.trim_end().len());
            }
            match name.as_str() {
                "pre" => in_code = true,
                "/pre" => in_code = false,
                _ => {}
            }
            out.push_str(&tag);
            rest = if BLOCKS.contains(&name.trim_start_matches('/')) && !in_code {
                after.trim_start()
            } else {
                after
            };
            continue;
        }
        let end = rest.char_indices().skip(1).find(|&(_, c)| c == '<').map_or(rest.len(), |(at, _)| at);
        let text = plain(&rest[..end]);
        if in_code {
            out.push_str(&text);
        } else {
            for c in text.chars() {
                let c = if matches!(c, '\n' | '\t') { ' ' } else { c };
                if c != ' ' || !out.ends_with(' ') {
                    out.push(c);
                }
            }
        }
        rest = &rest[end..];
    }
    out.trim().to_owned()
}

/// Reads a tag: its name, the tag with its attributes in order, and what follows.
fn tag(html: &str) -> Option<(String, String, &str)> {
    let inner = html.strip_prefix('<')?;
    inner.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic()).then_some(())?;
    let mut quote = None;
    let end = inner.char_indices().find_map(|(at, c)| match (quote, c) {
        (None, '>') => Some(at),
        (None, '"' | '\'') => {
            quote = Some(c);
            None
        }
        (Some(open), c) if open == c => {
            quote = None;
            None
        }
        _ => None,
    })?;
    let words = inner[..end].trim_end_matches('/').trim_end();
    let split = words.find(char::is_whitespace).unwrap_or(words.len());
    let name = words[..split].to_ascii_lowercase();
    let mut attributes: Vec<String> =
        words[split..].split("\" ").map(|word| plain(word.trim().trim_end_matches('"'))).collect();
    attributes.retain(|attribute| !attribute.is_empty());
    attributes.sort();
    let tag = format!("<{name} {}>", attributes.join(" ")).replace(" >", ">");
    Some((name, tag, &inner[end + 1..]))
}

fn plain(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
