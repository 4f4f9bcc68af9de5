//! Presentation `MathML` → TeX, for formulas that have no other source.
//!
//! > `<mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac>` → `\frac{a}{b^{2}}`
//!
//! Every word of the formula is kept; what is only spacing and colour is not.

use super::tree::{Content, Id, Tree};

/// Signs that TeX knows by name; others are written as they are.
const SIGNS: &[(char, &str)] = &[
    ('\\', r"\backslash "),
    ('{', r"\{"),
    ('}', r"\}"),
    ('#', r"\#"),
    ('$', r"\$"),
    ('%', r"\%"),
    ('&', r"\&"),
    ('_', r"\_"),
    ('^', r"\hat{}"),
    ('~', r"\sim "),
    ('−', "-"),
    ('∑', r"\sum "),
    ('∏', r"\prod "),
    ('∫', r"\int "),
    ('∞', r"\infty "),
    ('≤', r"\leq "),
    ('≥', r"\geq "),
    ('≠', r"\neq "),
    ('≈', r"\approx "),
    ('×', r"\times "),
    ('·', r"\cdot "),
    ('⋅', r"\cdot "),
    ('±', r"\pm "),
    ('→', r"\to "),
    ('∈', r"\in "),
    ('∂', r"\partial "),
    ('∇', r"\nabla "),
    ('√', r"\surd "),
    ('…', r"\ldots "),
    ('⋯', r"\cdots "),
    // What only says how things belong together, and shows nothing.
    ('\u{2061}', ""),
    ('\u{2062}', ""),
    ('\u{2063}', ""),
    ('\u{2064}', ""),
];

/// Words that are set upright in formulas, as TeX does with names of functions.
const FUNCTIONS: &[&str] = &[
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "deg", "det", "dim", "exp", "gcd", "inf",
    "ker", "lim", "ln", "log", "max", "min", "sin", "sinh", "sup", "tan", "tanh",
];

/// Accents over a term.
const ACCENTS: &[(&str, &str)] = &[
    ("¯", r"\overline"),
    ("‾", r"\overline"),
    ("^", r"\hat"),
    ("~", r"\tilde"),
    ("→", r"\vec"),
    ("˙", r"\dot"),
    ("¨", r"\ddot"),
    ("⏞", r"\overbrace"),
];

/// Returns the TeX of a formula; nothing for one without words.
pub(super) fn tex(tree: &Tree, math: Id) -> Option<String> {
    let tex = row(tree, math);
    let words = tex.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(words).filter(|words| !words.is_empty())
}

/// Writes what stands below an element, one after the other.
fn row(tree: &Tree, node: Id) -> String {
    tree.children(node).map(|child| term(tree, child)).collect()
}

fn term(tree: &Tree, node: Id) -> String {
    let Content::Element { name, .. } = tree.content(node) else {
        // Words that stand in no element are shown as they are.
        return match tree.content(node) {
            Content::Text { text, .. } if !text.trim().is_empty() => {
                format!(r"\text{{{}}}", plain(text.trim()))
            }
            _ => String::new(),
        };
    };
    let parts: Vec<Id> =
        tree.children(node).filter(|&child| matches!(tree.content(child), Content::Element { .. })).collect();
    let part = |at: usize| parts.get(at).map(|&part| term(tree, part)).unwrap_or_default();
    let base = || braced_base(&part(0));
    match &**name {
        "mi" | "mn" | "mo" => token(&tree.text(node)),
        "mtext" | "ms" => format!(r"\text{{{}}}", plain(tree.text(node).trim())),
        "mspace" => " ".to_owned(),
        "msup" => format!("{}^{{{}}}", base(), part(1)),
        "msub" => format!("{}_{{{}}}", base(), part(1)),
        "msubsup" | "munderover" => format!("{}_{{{}}}^{{{}}}", base(), part(1), part(2)),
        "munder" if is_limit(&part(0)) => format!("{}_{{{}}}", base(), part(1)),
        "munder" => format!(r"\underset{{{}}}{{{}}}", part(1), part(0)),
        "mover" => over(&part(0), &part(1), &parts.get(1).map(|&sign| tree.text(sign)).unwrap_or_default()),
        "mfrac" => format!(r"\frac{{{}}}{{{}}}", part(0), part(1)),
        "msqrt" => format!(r"\sqrt{{{}}}", row(tree, node)),
        "mroot" => format!(r"\sqrt[{}]{{{}}}", part(1), part(0)),
        "mtable" => {
            let rows: Vec<String> = parts.iter().map(|&part| term(tree, part)).collect();
            format!(r"\begin{{matrix}}{}\end{{matrix}}", rows.join(r" \\ "))
        }
        "mtr" | "mlabeledtr" => parts.iter().map(|&part| term(tree, part)).collect::<Vec<_>>().join(" & "),
        "mfenced" => fenced(tree, node, &parts),
        "annotation" | "annotation-xml" | "mphantom" => String::new(),
        _ => row(tree, node),
    }
}

/// Writes a name, a number or an operator.
fn token(text: &str) -> String {
    let text = text.trim();
    let is_word = text.chars().count() > 1 && text.chars().all(char::is_alphabetic);
    if FUNCTIONS.contains(&text) {
        format!(r"\{text} ")
    } else if is_word {
        format!(r"\mathrm{{{text}}}")
    } else {
        plain(text)
    }
}

/// Writes characters so that TeX shows them.
fn plain(text: &str) -> String {
    let sign = |c: char| SIGNS.iter().find(|(sign, _)| *sign == c).map(|(_, tex)| *tex);
    text.chars().fold(String::new(), |mut tex, c| {
        match sign(c) {
            Some(name) => tex.push_str(name),
            None => tex.push(c),
        }
        tex
    })
}

/// Puts braces around what is more than one sign, so that all of it is raised upon.
fn braced_base(base: &str) -> String {
    let base = base.trim_end();
    let is_one = base.chars().count() == 1
        || base.chars().all(|c| c.is_ascii_digit())
        || (base.starts_with('\\') && base[1..].chars().all(|c| c.is_ascii_alphabetic()));
    if is_one { base.to_owned() } else { format!("{{{base}}}") }
}

fn is_limit(base: &str) -> bool {
    [r"\sum", r"\prod", r"\lim", r"\max", r"\min", r"\sup", r"\inf"].contains(&base.trim_end())
}

fn over(base: &str, above: &str, sign: &str) -> String {
    match ACCENTS.iter().find(|(accent, _)| *accent == sign.trim()) {
        Some((_, accent)) => format!("{accent}{{{base}}}"),
        None if is_limit(base) => format!("{}^{{{above}}}", base.trim_end()),
        None => format!(r"\overset{{{above}}}{{{base}}}"),
    }
}

fn fenced(tree: &Tree, node: Id, parts: &[Id]) -> String {
    let sign = |name: &str, usual: &'static str| plain(tree.attribute(node, name).unwrap_or(usual));
    let parts: Vec<String> = parts.iter().map(|&part| term(tree, part)).collect();
    format!("{}{}{}", sign("open", "("), parts.join(", "), sign("close", ")"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::parse;

    #[test]
    fn elements_of_formulas_have_their_tex() {
        for (markup, expected) in [
            ("<msup><mi>x</mi><mn>2</mn></msup>", "x^{2}"),
            ("<msup><mrow><mi>a</mi><mi>b</mi></mrow><mn>2</mn></msup>", "{ab}^{2}"),
            ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", r"\frac{a}{b+1}"),
            ("<msqrt><mi>α</mi></msqrt><mo>≤</mo><mn>1</mn>", r"\sqrt{α}\leq 1"),
            (
                "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>0</mn></mrow><mi>n</mi></munderover>",
                r"\sum_{i=0}^{n}",
            ),
            ("<mi>sin</mi><mi>x</mi>", r"\sin x"),
            ("<mi>rot</mi>", r"\mathrm{rot}"),
            ("<mover><mi>v</mi><mo>→</mo></mover>", r"\vec{v}"),
            (
                "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable>",
                r"\begin{matrix}1 & 2\end{matrix}",
            ),
            ("<mtext>5 % of</mtext>", r"\text{5 \% of}"),
            ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
            ("lost", r"\text{lost}"),
            ("", ""),
        ] {
            let tree = parse(&format!("<math>{markup}</math>")).expect("within the limits");
            let math = tree.ids().find(|&node| tree.name(node) == "math").expect("there is one");
            assert_eq!(tex(&tree, math).unwrap_or_default(), expected, "{markup:?}");
        }
    }
}
