//! LaTeX → `MathML` Core, for formulas that the converter knows; others stay LaTeX.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use super::escape::push_attribute;
use super::mathml3;

/// Longer formulas stay LaTeX, in bytes.
const LONGEST: usize = 4000;

/// Deeper formulas stay LaTeX: the converter goes one call deeper for each level.
const DEEPEST: usize = 32;

/// Returns a formula as `MathML`; none if it has commands that are not known, or is no formula at all. In a book the
/// LaTeX stands with it, for reading systems that know no `MathML`.
pub(super) fn mathml(tex: &str, is_display: bool, is_xml: bool) -> Option<String> {
    if tex.len() > LONGEST
        || depth(tex) > DEEPEST
        || tex.contains(|c: char| c.is_control() && !c.is_whitespace())
    {
        return None;
    }
    let config = MathCoreConfig { xml_namespace: is_xml, ..MathCoreConfig::default() };
    let display = if is_display { MathDisplay::Block } else { MathDisplay::Inline };
    let converted = LatexToMathML::new(config).ok()?.convert_with_local_state(tex, display).ok()?;
    let Some(rest) = converted.mathml.strip_prefix("<math").filter(|_| is_xml) else {
        return Some(converted.mathml);
    };
    let mut mathml = "<math alttext=\"".to_owned();
    push_attribute(&mut mathml, tex.trim());
    Some(mathml + "\"" + &mathml3::rewritten(rest))
}

/// Returns how deep a formula nests at most: its groups, and commands that each take the next one.
fn depth(tex: &str) -> usize {
    let (mut groups, mut chain, mut deepest) = (0_usize, 0, 0);
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let name = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
                match &rest[..name] {
                    "left" | "begin" => groups += 1,
                    "right" | "end" => groups = groups.saturating_sub(1),
                    _ => chain += 1,
                }
                rest = &rest[name..];
            }
            '{' | '[' => groups += 1,
            '}' | ']' => groups = groups.saturating_sub(1),
            '^' | '_' => chain += 1,
            c if c.is_whitespace() => {}
            _ => chain = 0,
        }
        deepest = deepest.max(groups + chain);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml_or_stay_latex() {
        let inline = "<math alttext=\"x &lt; y\" xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>x</mi><mo>&lt;\
                      </mo><mi>y</mi></math>";
        assert_eq!(mathml("x < y", false, true).as_deref(), Some(inline));
        assert!(
            mathml("x^2", true, false).is_some_and(|mathml| mathml.starts_with("<math display=\"block\">"))
        );
        for tex in ["\\unknown", "{", "\\frac{1}", &"x".repeat(5000)] {
            assert_eq!(mathml(tex, false, true), None, "{tex:?}");
        }
    }

    #[test]
    fn deep_formulas_end_well_on_a_small_stack() {
        let nested =
            |open: &str, close: &str, count| format!("{}x{}", open.repeat(count), close.repeat(count));
        let deep = |count| {
            [
                nested("\\sqrt", "", count),
                nested("{", "}", count),
                nested("\\frac{1}{", "}", count),
                nested("\\left(", "\\right)", count),
                nested("x^", "", count),
                nested("\\begin{matrix}", "\\end{matrix}", count),
                nested("\\text{", "}", count),
            ]
        };
        let formulas: Vec<String> = [10, 15, 30, 300].into_iter().flat_map(deep).collect();
        let count = move || formulas.iter().filter(|tex| mathml(tex, true, true).is_some()).count();
        let tried = std::thread::Builder::new().stack_size(1 << 20).spawn(count);
        assert!(tried.expect("a thread").join().expect("no overflow") > 5);
    }
}
