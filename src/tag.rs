//! A tag of HTML, as it stands in other markup.

/// Returns the value of an attribute in a tag.
pub(crate) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut from = 0;
    while let Some(found) = tag[from..].find(name) {
        let at = from + found;
        from = at + name.len();
        let value = tag[from..].trim_start().strip_prefix('=').map(str::trim_start);
        if let (Some(value), true) = (value, tag[..at].ends_with(char::is_whitespace)) {
            let quoted = value.strip_prefix('"').and_then(|rest| rest.split('"').next());
            let quoted = quoted.or_else(|| value.strip_prefix('\'').and_then(|rest| rest.split('\'').next()));
            let bare = || value.split(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).next();
            return quoted.or_else(bare).filter(|value| !value.is_empty());
        }
    }
    None
}

/// Tells whether two tags right beside each other are a named place without words: `<a id="n1"></a>`.
pub(crate) fn is_named_place(open: &str, close: &str) -> bool {
    let is_named = ["id", "name"].iter().any(|key| attribute(open, key).is_some());
    let is_pair = |name: &str| {
        let inside = open.strip_prefix('<').and_then(|open| open.strip_prefix(name));
        let closed = close.strip_prefix("</").and_then(|close| close.strip_suffix('>'));
        inside.is_some_and(|rest| rest.starts_with(char::is_whitespace)) && closed == Some(name)
    };
    is_named && ["a", "span"].into_iter().any(is_pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_places_are_empty() {
        for (open, close, expected) in [
            (r#"<a id="n1">"#, "</a>", true),
            (r#"<span name="n1">"#, "</span>", true),
            (r#"<a href="x">"#, "</a>", false),
            (r#"<abbr id="n1">"#, "</abbr>", false),
            (r#"<a id="n1">"#, "<br>", false),
        ] {
            assert_eq!(is_named_place(open, close), expected, "{open}{close}");
        }
    }

    #[test]
    fn attributes_have_values_with_or_without_quotation_marks() {
        for (tag, expected) in [
            (r##"<a id="n1" href="#r1">"##, Some("#r1")),
            ("<a href = '#r1'/>", Some("#r1")),
            ("<a href=#r1>", Some("#r1")),
            (r##"<a data-href="#r1">"##, None),
            (r#"<a href="">"#, None),
            ("<a>", None),
        ] {
            assert_eq!(attribute(tag, "href"), expected, "{tag:?}");
        }
    }
}
