//! `By Iona Vale`: who wrote it, in a line that says nothing else.

/// Words before a name, in lower case; a colon may follow.
const WORDS: &[&str] = &[
    "by",
    "written by",
    "submitted by",
    "posted by",
    "author",
    "authors",
    "von",
    "par",
    "por",
    "di",
    "da",
    "door",
    "af",
    "av",
    "przez",
    "autor",
    "autora",
    "auteur",
    "autore",
    "автор",
    "авторы",
    "текст",
    "文",
    "作者",
    "記者",
    "记者",
    "文／",
    "著",
    "بقلم",
    "מאת",
    "yazan",
];

/// Words inside a name that stay in lower case.
const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin",
    "ibn", "ter", "ten", "zu", "y", "af", "av", "und", "of", "the",
];

/// Words between two names.
const JOINTS: &[&str] =
    &[" and ", " & ", " und ", " et ", " y ", " e ", " en ", " и ", ", ", "; ", "、", "，"];

const LONGEST_LINE: usize = 400;

/// Tells whether a line is the word before a name and nothing else: the name stands on the next line.
pub(super) fn is_word(line: &str) -> bool {
    let word = line.trim_end_matches([':', '：']).trim_end().to_lowercase();
    WORDS.contains(&word.as_str())
}

/// Returns the names of a line that begins with a byline word.
pub(super) fn read(line: &str) -> Option<Vec<String>> {
    let folded = line.to_lowercase();
    let (word, length) = WORDS
        .iter()
        .filter(|word| folded.starts_with(**word))
        .map(|word| (*word, word.len()))
        .max_by_key(|&(_, length)| length)?;
    // Lower case may have another length in some scripts; then it is no byline of ours.
    let rest = line.get(length..).filter(|_| line.is_char_boundary(length))?;
    let after = rest.trim_start_matches([':', '：', '/', '／']);
    let has_sign = after.len() < rest.len();
    if word.is_ascii() && !has_sign && !after.starts_with(char::is_whitespace) {
        return None;
    }
    let names = after.trim();
    if !word.is_ascii()
        && has_sign
        && names.chars().count() <= 40
        && !names.is_empty()
        && !names.contains(['。', '.'])
    {
        return Some(split(names));
    }
    read_names(names)
}

/// Returns the names of a line that is nothing but names.
pub(super) fn read_names(line: &str) -> Option<Vec<String>> {
    if line.len() > LONGEST_LINE || line.ends_with('.') {
        return None;
    }
    let names = split(line);
    (!names.is_empty() && names.iter().all(|name| is_name(name))).then_some(names)
}

/// Splits at what stands between names; leaves out addresses of mail and signs of notes.
pub(super) fn split(line: &str) -> Vec<String> {
    let mut parts = vec![line];
    for joint in JOINTS {
        parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
    }
    parts
        .into_iter()
        .map(|name| without_address(name.trim().trim_start_matches("and ")).to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Returns a name without `<tom@harbour.example>` and `*` behind it.
fn without_address(name: &str) -> &str {
    let name = match name.find(['<', '(']).filter(|&at| name[at + 1..].find('@').is_some_and(|sign| sign > 0))
    {
        Some(at) => &name[..at],
        None => name,
    };
    name.trim_end_matches(['*', '†', '‡', ' '])
}

/// Words that begin titles and no names.
const ARTICLES: &[&str] = &[
    "A", "An", "The", "Der", "Die", "Das", "Ein", "Eine", "Les", "Un", "Une", "Los", "Las", "Una", "Il",
    "Gli", "Het", "Een", "On", "In", "From", "How", "Why", "What", "Part", "Chapter", "Book", "Volume",
];

/// Tells whether words have the form of a person's name: two to five, each with a capital, particles aside. A handle
/// or an address in brackets may follow.
fn is_name(words: &str) -> bool {
    let name = words.split([' ', '\u{a0}']).take_while(|word| !word.starts_with(['(', '<', '@']));
    let parts: Vec<&str> = name.collect();
    let capital = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase);
    let capitals = parts.iter().filter(capital).count();
    let fits = |word: &&str| {
        let bare = word.trim_end_matches('.');
        (PARTICLES.contains(word) || word.chars().next().is_some_and(char::is_uppercase))
            && bare.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '‐' | '.'))
    };
    !parts.first().is_some_and(|first| ARTICLES.contains(first))
        && (2..=5).contains(&parts.len())
        && capitals >= 2
        && parts.iter().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_name_people() {
        for (line, expected) in [
            ("By Iona Vale", Some(vec!["Iona Vale"])),
            ("By Iona Vale and Tom de la Rue", Some(vec!["Iona Vale", "Tom de la Rue"])),
            ("Von Jörg Müller-Lüdenscheidt", Some(vec!["Jörg Müller-Lüdenscheidt"])),
            ("Автор: Анна Лодкина", Some(vec!["Анна Лодкина"])),
            ("作者：林小舟", Some(vec!["林小舟"])),
            ("By June 2016 most of the ferries were gone", None),
            ("By any means", None),
            ("By", None),
            ("Dissent", None),
            ("", None),
        ] {
            let expected =
                expected.map(|names: Vec<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(read(line), expected, "{line:?}");
        }
    }

    #[test]
    fn a_line_of_names_is_nothing_else() {
        for (line, count) in [
            ("Iona Vale, Tom Reed", Some(2)),
            ("Iona Vale (@iona), Tom Reed <tom@harbour.example>", Some(2)),
            ("The ferry sank", None),
            ("Iona", None),
            ("Iona Vale said.", None),
            ("Harbour 2031", None),
        ] {
            assert_eq!(read_names(line).map(|names| names.len()), count, "{line:?}");
        }
    }
}
