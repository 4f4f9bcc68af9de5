//! `* * *`, `⁂`, `— — —`: signs alone on a line, as printers put them between scenes.

/// Tells whether a line is nothing but the signs that printers put between scenes.
pub(super) fn is_scene_break(line: &str) -> bool {
    let signs: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(&first) = signs.first() else { return false };
    matches!(signs.as_slice(), ['⁂' | '❦' | '☙' | '❧'])
        || (signs.len() >= 3
            && "*-–—_~=#•·∗━─＊※◇◆".contains(first)
            && signs.iter().all(|&sign| sign == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_are_signs_alone() {
        for (line, expected) in [
            ("* * *", true),
            ("***", true),
            ("— — —", true),
            ("⁂", true),
            ("* *", false),
            ("*** x", false),
            ("", false),
        ] {
            assert_eq!(is_scene_break(line), expected, "{line:?}");
        }
    }
}
