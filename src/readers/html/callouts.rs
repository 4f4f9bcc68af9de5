//! Callouts of `DocBook`: pictures of numbers in code, and a list of remarks that begin with the same pictures.
//!
//! > `<pre>lamp.start() <a href="#ca1"><img alt="1"></a></pre> <div class="calloutlist"><dl><dt><a><img alt="1"></a></dt>…`
//!
//! No reference can stand in code, so the pictures become what Asciidoctor prints, `(1)`, and the list a numbered one,
//! as do tables that Asciidoctor makes of it.
//! Left alone: pictures of numbers in pages without such a list, and lists without numbers.

use super::tree::{Content, Id, Part, Tree};

/// The links and boxes around a picture are no more.
const BOXES: usize = 4;

/// Makes numbers of the pictures in code, and lists of the remarks.
pub(super) fn mend(tree: &mut Tree) {
    let lists: Vec<Id> = tree.ids().filter(|&node| is_list(tree, node)).collect();
    if lists.is_empty() {
        return;
    }
    for node in tree.ids() {
        if tree.name(node) == "img"
            && let Some(number) = number(tree, node).map(str::to_owned)
            && let Some(mark) = mark_in_code(tree, node)
        {
            print(tree, node, mark, &number);
        }
    }
    for list in lists {
        make_list(tree, list);
    }
}

/// Tells whether an element is a list of remarks, in terms and meanings or in a table.
fn is_list(tree: &Tree, node: Id) -> bool {
    let says_so = |node: Id| tree.has_class(node, &["calloutlist", "colist"]);
    matches!(tree.name(node), "dl" | "table")
        && (says_so(node) || tree.parent(node).is_some_and(says_so))
        && first_number(tree, node).is_some()
}

/// Returns the number that a picture shows, or a sign in its place.
fn number(tree: &Tree, node: Id) -> Option<&str> {
    let shown = match tree.name(node) {
        "img" => tree.attribute(node, "alt"),
        "i" if tree.has_class(node, &["conum"]) => tree.attribute(node, "data-value"),
        _ => None,
    }?;
    let number = shown.trim();
    ((1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// Returns the number of the first picture below a node.
fn first_number(tree: &Tree, node: Id) -> Option<&str> {
    number(tree, node).or_else(|| tree.children(node).find_map(|child| first_number(tree, child)))
}

/// Returns the outermost element around a picture in code that holds nothing else.
fn mark_in_code(tree: &Tree, picture: Id) -> Option<Id> {
    let mut mark = picture;
    for _ in 0..BOXES {
        let around = tree.parent(mark)?;
        match tree.name(around) {
            "pre" | "code" => return Some(mark),
            "a" | "span" if tree.children(around).all(|child| child == mark || tree.is_blank(child)) => {
                mark = around;
            }
            _ => return None,
        }
    }
    None
}

/// Prints a number in the place of its picture.
fn print(tree: &mut Tree, picture: Id, mark: Id, number: &str) {
    let Content::Element { source, .. } = *tree.content(picture) else { return };
    let Some(parent) = tree.parent(mark) else { return };
    let text = format!("({number})");
    let part = Part { length: text.len() as u32, source, is_same: false };
    let text = tree.add(Content::Text { text, parts: vec![part] });
    tree.insert(parent, text, Some(mark));
    tree.detach(mark);
}

/// Makes a numbered list of remarks.
fn make_list(tree: &mut Tree, list: Id) {
    let Some(start) = first_number(tree, list).map(str::to_owned) else { return };
    let rows: Vec<Id> = match tree.name(list) {
        "table" => {
            tree.children(list).flat_map(|part| std::iter::once(part).chain(tree.children(part))).collect()
        }
        _ => tree.children(list).collect(),
    };
    for row in rows {
        match tree.name(row) {
            "dt" => tree.detach(row),
            "dd" => tree.rename(row, "li"),
            "tr" => {
                let cells: Vec<Id> = tree.children(row).filter(|&cell| tree.name(cell) == "td").collect();
                let (signs, words): (Vec<Id>, Vec<Id>) =
                    cells.into_iter().partition(|&cell| first_number(tree, cell).is_some());
                signs.into_iter().for_each(|cell| tree.detach(cell));
                words.into_iter().for_each(|cell| tree.rename(cell, "div"));
                tree.rename(row, "li");
            }
            _ => {}
        }
    }
    tree.rename(list, "ol");
    tree.add_attribute(list, "start", &start);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::html::tree::{DOCUMENT, parse};

    #[test]
    fn pictures_of_numbers_are_numbers() {
        const CODE: &str = "<pre>light() <a name=co1 href='#ca1'><span><img alt=1></span></a></pre>";
        for (list, expected) in [
            (
                "<div class=calloutlist><table><tr><td><a href='#co1'><img alt=1></a></td><td>Ebb</td></tr></table></div>",
                "light() (1)Ebb",
            ),
            ("<dl class=calloutlist><dt><img alt=1></dt><dd>Ebb</dd></dl>", "light() (1)Ebb"),
            ("<dl><dt><img alt=1></dt><dd>Ebb</dd></dl>", "light() Ebb"),
            (
                "<div class=colist><table><tr><td><i class=conum data-value=1></i><b>1</b></td><td>Ebb</td></tr></table></div>",
                "light() (1)Ebb",
            ),
        ] {
            let mut tree = parse(&format!("{CODE}{list}")).expect("within the limits");
            mend(&mut tree);
            assert_eq!(tree.text(DOCUMENT), expected, "{list}");
            let lists = tree.ids().filter(|&node| tree.name(node) == "ol").count();
            assert_eq!(lists, usize::from(expected.contains("(1)")), "{list}");
        }
    }
}
