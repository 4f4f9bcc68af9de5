//! `&amp;`, `&#45;` and `<sup>`: what lightweight markup borrows from HTML.

use crate::sheet::Mark;

const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{A0}"),
    ("ensp", "\u{2002}"),
    ("emsp", "\u{2003}"),
    ("thinsp", "\u{2009}"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("times", "×"),
    ("minus", "−"),
    ("sect", "§"),
    ("para", "¶"),
    ("bull", "•"),
    ("bsol", "\\"),
    ("lbrace", "{"),
    ("rbrace", "}"),
    ("lbrack", "["),
    ("rbrack", "]"),
    ("vert", "|"),
    ("ast", "*"),
    ("lowbar", "_"),
    ("plus", "+"),
];

/// Reads the reference that a text begins with: its length, and the character it stands for.
pub(super) fn read(text: &str) -> Option<(usize, String)> {
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(10).position(|byte| byte == b';')?;
    let name = &rest[..end];
    let value = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?.to_string()
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1.to_owned(),
    };
    Some((end + 2, value))
}

/// Returns the closing tag and the mark of an opening tag's name.
pub(super) fn tag(name: &str) -> Option<(&'static str, Mark)> {
    Some(match name {
        "sup" => ("</sup>", Mark::Superscript),
        "sub" => ("</sub>", Mark::Subscript),
        "b" => ("</b>", Mark::Strong),
        "strong" => ("</strong>", Mark::Strong),
        "i" => ("</i>", Mark::Emphasis),
        "em" => ("</em>", Mark::Emphasis),
        "s" => ("</s>", Mark::Strikethrough),
        "del" => ("</del>", Mark::Strikethrough),
        "code" => ("</code>", Mark::Code),
        "tt" => ("</tt>", Mark::Code),
        _ => return None,
    })
}

/// Tells whether a tag, opening or closing, says nothing of its words here.
pub(super) fn is_silent(name: &str) -> bool {
    const SILENT: &[&str] = &[
        "blockquote",
        "div",
        "span",
        "p",
        "small",
        "big",
        "center",
        "u",
        "ins",
        "font",
        "cite",
        "abbr",
        "kbd",
        "samp",
        "var",
        "poem",
        "li",
        "ul",
        "ol",
    ];
    let name = name.strip_prefix('/').unwrap_or(name);
    SILENT.contains(&name.split(char::is_whitespace).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stand_for_characters() {
        for (text, expected) in [
            ("&amp; x", Some((5, "&"))),
            ("&#45;x", Some((5, "-"))),
            ("&#x2014;", Some((8, "—"))),
            ("& x;", None),
            ("&nothing;", None),
            ("&#0;", None),
            ("amp;", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected.map(|(length, text)| (length, text.to_owned())), "in {text:?}");
        }
    }
}
