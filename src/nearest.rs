//! The name that somebody meant who typed another.

/// Returns the name that was probably meant: at most two letters differ.
pub(crate) fn nearest<'n>(typed: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names.map(|name| (distance(typed, name), name)).min().filter(|(far, _)| *far <= 2).map(|(_, name)| name)
}

/// Returns how many letters have to be changed, added or left out (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, &y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_may_differ() {
        for (typed, expected) in [
            ("articels", Some("articles")),
            ("cove", Some("cover")),
            ("parts", Some("parts")),
            ("moon", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, ["articles", "parts", "cover"].into_iter()), expected, "{typed:?}");
        }
    }
}
