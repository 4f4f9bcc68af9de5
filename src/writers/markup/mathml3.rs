//! `MathML` Core → `MathML` 3, which is what EPUB 3.3 allows (§6.1.3) and `EPUBCheck` knows.
//!
//! Core lets every element say how large and how wide a formula is set; in `MathML` 3 that is said by `mstyle` alone. Words
//! in a formula may be marked up in both, but in XML their elements need a namespace of their own.

/// What `mstyle` says in `MathML` 3, around anything.
const OF_STYLE: &[&str] = &["displaystyle", "scriptlevel"];

/// Rewrites a formula that our converter made: attributes in double quotes, and no `>` in them.
pub(super) fn rewritten(core: &str) -> String {
    let mut out = String::with_capacity(core.len() + 64);
    // Whether an `mstyle` ends with each open element.
    let mut open = Vec::new();
    let mut rest = core;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((tag, after)) = after.split_once('>') else { break };
        out.push_str(before);
        rest = after;
        if tag.starts_with('/') {
            out.push_str(&format!("<{tag}>"));
            if open.pop() == Some(true) {
                out.push_str("</mstyle>");
            }
            continue;
        }
        let (inner, end) = tag.strip_suffix('/').map_or((tag, ""), |inner| (inner, "/"));
        let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
        let (style, own) = parted(name, attributes);
        if !style.is_empty() {
            out.push_str(&format!("<mstyle{style}>"));
        }
        out.push_str(&format!("<{name}{own}{end}>"));
        match end {
            "" => open.push(!style.is_empty()),
            _ if !style.is_empty() => out.push_str("</mstyle>"),
            _ => {}
        }
    }
    out + rest
}

/// Returns the attributes of an `mstyle` around an element, and those of the element.
fn parted(name: &str, attributes: &str) -> (String, String) {
    let (mut style, mut own) = (String::new(), String::new());
    if !name.starts_with('m') {
        own.push_str(" xmlns=\"http://www.w3.org/1999/xhtml\"");
    }
    for attribute in attributes.split_inclusive("\" ").map(str::trim).filter(|found| !found.is_empty()) {
        let key = attribute.split('=').next().unwrap_or_default();
        let is_of_style = OF_STYLE.contains(&key) && !matches!(name, "math" | "mstyle");
        match name {
            // A table has a style of its own, and begins at the first level anyway.
            "mtable" if key == "scriptlevel" => {}
            "mtable" => own += &format!(" {attribute}"),
            _ if is_of_style => style += &format!(" {attribute}"),
            _ => own += &format!(" {attribute}"),
        }
    }
    (style, own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mstyle_says_how_large_a_formula_is() {
        for (core, expected) in [
            ("<math><mi>x</mi></math>", "<math><mi>x</mi></math>"),
            (
                "<math><mfrac displaystyle=\"true\" linethickness=\"0\"><mi>x</mi><mi>y</mi></mfrac></math>",
                "<math><mstyle displaystyle=\"true\"><mfrac linethickness=\"0\"><mi>x</mi><mi>y</mi></mfrac>\
                 </mstyle></math>",
            ),
            (
                "<mrow scriptlevel=\"0\" displaystyle=\"true\"><mrow><mi>x</mi></mrow></mrow>",
                "<mstyle scriptlevel=\"0\" displaystyle=\"true\"><mrow><mrow><mi>x</mi></mrow></mrow></mstyle>",
            ),
            (
                "<mtable displaystyle=\"true\" scriptlevel=\"0\" style=\"width: 100%\"><mtr/></mtable>",
                "<mtable displaystyle=\"true\" style=\"width: 100%\"><mtr/></mtable>",
            ),
            (
                "<mstyle scriptlevel=\"1\"><mi>x</mi></mstyle>",
                "<mstyle scriptlevel=\"1\"><mi>x</mi></mstyle>",
            ),
            (
                "<mspace scriptlevel=\"1\" width=\"1em\"/>",
                "<mstyle scriptlevel=\"1\"><mspace width=\"1em\"/></mstyle>",
            ),
            (
                "<mtext><b>if</b> x &lt; y</mtext>",
                "<mtext><b xmlns=\"http://www.w3.org/1999/xhtml\">if</b> x &lt; y</mtext>",
            ),
            ("", ""),
        ] {
            assert_eq!(rewritten(core), expected);
        }
    }
}
