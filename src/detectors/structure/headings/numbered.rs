//! The number of a heading: `2.1 The rope`, `IV. The bridge`, `Chapter 3`, `§ 12 Of ferries`, `第三章`.

/// Words that stand before the number of a chapter or section, in lower case.
const WORDS: &[&str] = &[
    "chapter",
    "part",
    "section",
    "book",
    "appendix",
    "act",
    "scene",
    "canto",
    "letter",
    "lecture",
    "step",
    "case",
    "kapitel",
    "teil",
    "abschnitt",
    "buch",
    "anhang",
    "akt",
    "szene",
    "brief",
    "schritt",
    "chapitre",
    "partie",
    "livre",
    "acte",
    "scène",
    "annexe",
    "étape",
    "capítulo",
    "parte",
    "libro",
    "sección",
    "apéndice",
    "acto",
    "paso",
    "capitolo",
    "sezione",
    "atto",
    "scena",
    "livro",
    "seção",
    "secção",
    "ato",
    "hoofdstuk",
    "deel",
    "afdeling",
    "bijlage",
    "kapittel",
    "del",
    "luku",
    "osa",
    "rozdział",
    "część",
    "kapitola",
    "část",
    "глава",
    "часть",
    "раздел",
    "книга",
    "приложение",
    "розділ",
    "частина",
    "bölüm",
    "fejezet",
    "capitolul",
    "κεφάλαιο",
    "μέρος",
    "الفصل",
    "الباب",
    "الجزء",
    "פרק",
    "חלק",
    "§",
];

/// What follows a number in East Asian headings: `第三章`.
const COUNTERS: &[char] =
    &['章', '节', '節', '回', '卷', '巻', '部', '篇', '話', '编', '編', '장', '절', '부'];

/// Returns how many numbers stand before the words of a heading.
pub(super) fn depth(line: &str) -> Option<usize> {
    decimal_depth(line).or_else(|| (has_roman(line) || has_word(line) || has_counter(line)).then_some(1))
}

/// Returns the depth of `2.1 The rope`; the words may not go on with a small letter.
pub(super) fn decimal_depth(line: &str) -> Option<usize> {
    let (number, rest) = line.split_once([' ', '\t', '\u{a0}', '\u{3000}'])?;
    let parts: Vec<&str> = number.trim_end_matches(['.', ':']).split('.').collect();
    let is_number = parts
        .iter()
        .all(|part| !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_words = rest.trim_start().starts_with(|c: char| !c.is_lowercase() && !c.is_ascii_digit());
    (is_number && is_words).then_some(parts.len())
}

/// `IV. The bridge`, `IV: The bridge`, `IV` alone.
fn has_roman(line: &str) -> bool {
    let number = line.bytes().take_while(|byte| b"IVXLC".contains(byte)).count();
    let rest = &line[number..];
    (1..=8).contains(&number)
        && (rest.is_empty() || rest == "." || rest.starts_with([':', '.']) && rest[1..].starts_with(' '))
}

/// `Chapter 3`, `CHAPTER IV. The bridge`, `Chapter the Third`.
fn has_word(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let number = words.next().unwrap_or_default().trim_end_matches(['.', ':', ',', ')']);
    WORDS.contains(&first.as_str())
        && !number.is_empty()
        && (number.chars().all(|c| c.is_numeric() || c == '.')
            || number.bytes().all(|byte| b"IVXLC".contains(&byte))
            || (number.chars().count() == 1 && number.chars().all(char::is_uppercase)))
}

/// `第三章 橋`
fn has_counter(line: &str) -> bool {
    line.strip_prefix('第').is_some_and(|rest| {
        let number: usize = rest.chars().take_while(|&c| is_numeral(c)).map(char::len_utf8).sum();
        number > 0 && rest[number..].trim_start().starts_with(COUNTERS)
    })
}

fn is_numeral(c: char) -> bool {
    c.is_numeric() || "零〇一二三四五六七八九十百千兩两 ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_headings_tell_their_depth() {
        for (line, expected) in [
            ("2.1 The rope", Some(2)),
            ("3. The rope", Some(1)),
            ("IV: The rope", Some(1)),
            ("XII", Some(1)),
            ("Chapter 3", Some(1)),
            ("KAPITEL IV. Das Seil", Some(1)),
            ("第三章　橋", Some(1)),
            ("1914 was a year", None),
            ("3 ropes", None),
            ("2.1", None),
            ("I saw the rope", None),
            ("Chapter and verse", None),
            ("第一次", None),
            ("The rope", None),
            ("", None),
        ] {
            assert_eq!(depth(line), expected, "{line:?}");
        }
    }
}
