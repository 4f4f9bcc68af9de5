//! Lists as office programs write them.
//!
//! > `<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o&nbsp;</span>Ebb</p>`
//!
//! Word sets paragraphs that begin with a printed sign, Google Docs a list for every stretch of one level, whose class
//! ends with it. Both become lists within lists, and the sign goes. Left alone: a paragraph of Word without a sign.

use std::collections::HashSet;

use super::tree::{Content, Id, Tree};
use crate::page::Name;

/// Signs before items in the fonts that Word takes them from.
const BULLETS: &[&str] = &["·", "•", "o", "§", "–", "-", "—", "*", "▪", "■", "●", "○", "Ø", "ü", "v"];

/// Makes lists of what office programs write as something else.
pub(super) fn mend(tree: &mut Tree) {
    let mut made: HashSet<Id> = HashSet::new();
    for node in tree.ids() {
        match tree.name(node) {
            "p" => {
                if let Some(level) = level_of_word(tree, node)
                    && let Some(sign) = take_sign(tree, node)
                {
                    add_item(tree, node, level, &sign, &mut made);
                }
            }
            "ul" | "ol" => {
                if let Some((name, level)) = level_of_google(tree, node) {
                    nest(tree, node, &name, level);
                }
            }
            _ => {}
        }
    }
}

/// Returns the level of a paragraph that Word lists, counted from 1.
fn level_of_word(tree: &Tree, node: Id) -> Option<usize> {
    let style = tree.attribute(node, "style").unwrap_or_default().to_ascii_lowercase();
    if let Some((_, list)) = style.split_once("mso-list:") {
        let level = list.split_once("level").map(|(_, level)| level);
        let digit = level.and_then(|level| level.chars().next()).and_then(|digit| digit.to_digit(10));
        return Some(digit.unwrap_or(1).max(1) as usize);
    }
    tree.attribute(node, "class").is_some_and(|class| class.contains("MsoListParagraph")).then_some(1)
}

/// Takes the printed sign away from a paragraph.
fn take_sign(tree: &mut Tree, paragraph: Id) -> Option<String> {
    let sign_of = |tree: &Tree, node: Id| {
        let text = tree.text(node);
        let sign = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{A0}').to_owned();
        is_sign(&sign).then_some(sign)
    };
    if let Some(ignored) = ignored(tree, paragraph) {
        let sign = sign_of(tree, ignored)?;
        tree.detach(ignored);
        return Some(sign);
    }
    let first = tree.children(paragraph).find(|&child| !tree.is_blank(child))?;
    let sign = sign_of(tree, first)?;
    // Filtered pages have the blanks after the sign in a box of their own.
    let blanks = tree.next(first).filter(|&next| tree.name(next) == "span" && is_blanks(tree, next));
    if tree.name(first) != "span" && blanks.is_none() {
        return None;
    }
    tree.detach(first);
    if let Some(blanks) = blanks {
        tree.detach(blanks);
    }
    Some(sign)
}

/// Finds the box that Word itself tells to ignore.
fn ignored(tree: &Tree, node: Id) -> Option<Id> {
    tree.children(node).find_map(|child| {
        let style = tree.attribute(child, "style").unwrap_or_default();
        let style: String = style.to_ascii_lowercase().split_whitespace().collect();
        if style.contains("mso-list:ignore") { Some(child) } else { ignored(tree, child) }
    })
}

fn is_blanks(tree: &Tree, node: Id) -> bool {
    tree.text(node).chars().all(|c| c.is_whitespace() || c == '\u{A0}')
}

/// Tells whether words are what stands before an item: `·`, `1.`, `(a)`, `iv)`.
fn is_sign(words: &str) -> bool {
    let inner = words.trim_matches(['(', ')', '.']);
    let is_number = inner.len() < words.len()
        && (1..=5).contains(&inner.len())
        && inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    BULLETS.contains(&words) || is_number
}

/// Puts a paragraph as an item into the list that ends before it, or into a new one.
fn add_item(tree: &mut Tree, paragraph: Id, level: usize, sign: &str, made: &mut HashSet<Id>) {
    let kind = if BULLETS.contains(&sign) { "ul" } else { "ol" };
    let before = tree.shown_before(paragraph).filter(|list| made.contains(list));
    let is_other = |list: &Id| level == 1 && tree.name(*list) != kind;
    let mut list = match before.filter(|list| !is_other(list)) {
        Some(list) => list,
        None => {
            let list = new_list(tree, paragraph, kind, sign);
            let around = tree.parent(paragraph);
            if let Some(around) = around {
                tree.insert(around, list, Some(paragraph));
            }
            made.insert(list);
            list
        }
    };
    for _ in 1..level {
        let Some(item) = last_item(tree, list) else { break };
        list = match tree.children(item).filter(|child| made.contains(child)).last() {
            Some(inner) => inner,
            None => {
                let inner = new_list(tree, paragraph, kind, sign);
                tree.insert(item, inner, None);
                made.insert(inner);
                inner
            }
        };
    }
    tree.detach(paragraph);
    tree.rename(paragraph, "li");
    tree.insert(list, paragraph, None);
}

fn new_list(tree: &mut Tree, first: Id, kind: &str, sign: &str) -> Id {
    let source = match tree.content(first) {
        Content::Element { source, .. } => *source,
        _ => crate::source::Span::default(),
    };
    let number = sign.trim_matches(['(', ')', '.']);
    let starts_later = number.parse::<u64>().is_ok_and(|number| number > 1);
    let start = starts_later.then(|| (Name::from("start"), number.to_owned()));
    tree.add(Content::Element { name: Name::from(kind), attributes: start.into_iter().collect(), source })
}

fn last_item(tree: &Tree, list: Id) -> Option<Id> {
    tree.children(list).filter(|&child| tree.name(child) == "li").last()
}

/// Returns what Google Docs calls a list, and its level counted from 0: `lst-kix_q9-1`.
fn level_of_google(tree: &Tree, list: Id) -> Option<(String, usize)> {
    let class = tree.attribute(list, "class")?;
    let name = class.split_ascii_whitespace().find(|word| word.starts_with("lst-kix_"))?;
    let (name, level) = name.rsplit_once('-')?;
    Some((name.to_owned(), level.parse().ok()?))
}

/// Puts a list of a deeper level into the item before it, and one that goes on into the list that it goes on with.
fn nest(tree: &mut Tree, list: Id, name: &str, level: usize) {
    let before = tree.shown_before(list).and_then(|before| Some((before, level_of_google(tree, before)?)));
    let Some((mut outer, (outer_name, mut outer_level))) = before else { return };
    let begins = tree.has_class(list, &["start"]);
    if outer_level > level || (outer_level == level && (outer_name != name || begins)) {
        return;
    }
    while outer_level < level {
        let Some(item) = last_item(tree, outer) else { return };
        let inner =
            tree.children(item).filter_map(|child| Some((child, level_of_google(tree, child)?.1))).last();
        match inner.filter(|&(_, inner_level)| inner_level <= level) {
            Some((inner, inner_level)) => (outer, outer_level) = (inner, inner_level),
            None => {
                tree.detach(list);
                tree.insert(item, list, None);
                return;
            }
        }
    }
    let items: Vec<Id> = tree.children(list).collect();
    for item in items {
        tree.detach(item);
        tree.insert(outer, item, None);
    }
    tree.detach(list);
}
