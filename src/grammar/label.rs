//! The sign of a note: a number, a letter or a symbol, however it is printed.

/// The sign of a note, folded so that `[01]`, `１` and `¹` are the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Label {
    /// `3`
    Number(u32),
    /// `*`, `b`, `iv` or `vale-2019`, in lower case.
    Sign(Box<str>),
}

/// Which labels a convention allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Labels {
    /// One to four digits, ASCII, full-width, or those of another script.
    Digits,
    /// One to three digits: four may be a year.
    FewDigits,
    /// Superscript digits.
    RaisedDigits,
    /// One letter from `a` to `z` or `A` to `Z`.
    Letter,
    /// `*`, `†`, `‡`, `§`, `¶`, `#`, one of them or the same several times.
    Symbol,
    /// What Markdown allows between `[^` and `]`.
    Name,
    /// A small word of this list and a number: `nb 1`, `注1`.
    Named(&'static [&'static str]),
    /// `①` to `⑳`, `⑴` to `⒇`.
    Circled,
    /// A number and the place in a source: `8†source`, `12:3†L4-L9`.
    Cited,
    /// A roman numeral of two letters or more; one letter is a [`Letter`](Self::Letter).
    Roman,
}

const SYMBOLS: &[char] = &['*', '†', '‡', '§', '¶'];
const MOST_SYMBOLS: usize = 4;
const LONGEST_NUMBER: usize = 4;
const LONGEST_NAME: usize = 64;
const LONGEST_PLACE: usize = 40;
const LONGEST_ROMAN: usize = 7;

impl Label {
    /// Returns its place in a sequence, counted from 1, if it has one.
    pub(crate) fn rank(&self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Sign(sign) => match sign.as_bytes() {
                [letter @ b'a'..=b'z'] => Some(u32::from(letter - b'a') + 1),
                _ => None,
            },
        }
    }

    /// Tells whether it is the next in a sequence after another.
    pub(crate) fn follows(&self, before: &Self) -> bool {
        before.rank().is_some_and(|rank| self.rank() == Some(rank + 1))
    }

    /// Tells whether it is a symbol, which notes use again and again.
    pub(crate) fn is_symbol(&self) -> bool {
        matches!(self, Self::Sign(sign) if sign.starts_with(SYMBOLS))
    }
}

impl Labels {
    /// Shows what such labels look like.
    #[cfg(feature = "cli")]
    pub(crate) fn sample(self) -> String {
        match self {
            Self::Digits | Self::FewDigits => "1",
            Self::RaisedDigits => "¹",
            Self::Letter => "a",
            Self::Symbol => "*",
            Self::Name => "name",
            Self::Circled => "①",
            Self::Cited => "8†source",
            Self::Roman => "iv",
            Self::Named(words) => return format!("{} 1", words.first().copied().unwrap_or_default()),
        }
        .to_owned()
    }

    /// Tells whether a text that begins with a byte may begin with a label; a name may begin with any.
    pub(crate) fn may_begin_with(self, byte: u8) -> bool {
        let is_other = !byte.is_ascii();
        match self {
            Self::Digits | Self::FewDigits | Self::Cited => is_other || byte.is_ascii_digit(),
            Self::RaisedDigits | Self::Circled => is_other,
            Self::Letter | Self::Roman => byte.is_ascii_alphabetic(),
            Self::Symbol => is_other || SYMBOLS.contains(&char::from(byte)),
            Self::Named(names) => {
                is_other || names.iter().any(|name| name.as_bytes()[0] == byte.to_ascii_lowercase())
            }
            Self::Name => true,
        }
    }

    /// Reads a label at the start of `text`; returns it and its length in bytes.
    pub(crate) fn read(self, text: &str) -> Option<(Label, usize)> {
        match self {
            Self::Digits => read_number(text, |c| match c {
                '０'..='９' => Some(c as u32 - '０' as u32),
                '٠'..='٩' => Some(c as u32 - '٠' as u32),
                '۰'..='۹' => Some(c as u32 - '۰' as u32),
                '०'..='९' => Some(c as u32 - '०' as u32),
                _ => c.to_digit(10),
            }),
            Self::FewDigits => {
                Self::Digits.read(text).filter(|(label, _)| !matches!(label, Label::Number(1000..)))
            }
            Self::RaisedDigits => read_number(text, |c| match c {
                '⁰' => Some(0),
                '¹' => Some(1),
                '²' => Some(2),
                '³' => Some(3),
                '⁴'..='⁹' => Some(c as u32 - '⁴' as u32 + 4),
                _ => None,
            }),
            Self::Letter => {
                let letter = text.chars().next().filter(char::is_ascii_alphabetic)?;
                Some((Label::Sign(letter.to_ascii_lowercase().to_string().into()), 1))
            }
            Self::Symbol => {
                let symbol = text.chars().next().filter(|c| SYMBOLS.contains(c))?;
                let count = text.chars().take(MOST_SYMBOLS + 1).take_while(|&c| c == symbol).count();
                let length = count * symbol.len_utf8();
                (count <= MOST_SYMBOLS).then(|| (Label::Sign(text[..length].into()), length))
            }
            Self::Named(names) => read_named(text, names),
            Self::Circled => {
                let sign = text.chars().next()?;
                let number = match sign {
                    '①'..='⑳' => sign as u32 - '①' as u32 + 1,
                    '⑴'..='⒇' => sign as u32 - '⑴' as u32 + 1,
                    _ => return None,
                };
                Some((Label::Number(number), sign.len_utf8()))
            }
            Self::Cited => read_cited(text),
            Self::Roman => read_roman(text),
            Self::Name => {
                let length = text.find(['[', ']', '\n']).unwrap_or(text.len());
                let name = &text[..length];
                (!name.trim().is_empty() && length <= LONGEST_NAME)
                    .then(|| (Label::Sign(name.to_lowercase().into()), length))
            }
        }
    }
}

/// Reads a word of a list and the number after it, with or without a space between them.
fn read_named(text: &str, names: &[&str]) -> Option<(Label, usize)> {
    text.chars().next().filter(|c| c.is_alphabetic())?;
    let rest_after = |name: &&str| {
        let head = text.get(..name.len())?;
        head.chars().flat_map(char::to_lowercase).eq(name.chars()).then(|| &text[name.len()..])
    };
    names.iter().filter_map(rest_after).find_map(|rest| {
        let number = rest.trim_start_matches([' ', '\u{A0}', '.']);
        let (label, length) = Labels::Digits.read(number)?;
        (rest.len() - number.len() <= 3).then_some((label, text.len() - number.len() + length))
    })
}

/// Reads a number, perhaps a second one, and what stands behind a dagger.
fn read_cited(text: &str) -> Option<(Label, usize)> {
    let (label, length) = Labels::Digits.read(text)?;
    let digits = |c: char| c.is_ascii_digit() || c == ':';
    let rest = text[length..].trim_start_matches(digits).strip_prefix('†')?;
    let place = rest.find('】').filter(|&place| place <= LONGEST_PLACE)?;
    Some((label, text.len() - rest.len() + place))
}

/// Reads a roman numeral of two letters or more, all in one case.
fn read_roman(text: &str) -> Option<(Label, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(2..=LONGEST_ROMAN).contains(&length) {
        return None;
    }
    let is_one_case = text[..length].bytes().all(|byte| byte.is_ascii_lowercase())
        || text[..length].bytes().all(|byte| byte.is_ascii_uppercase());
    let numeral = text[..length].to_ascii_lowercase();
    roman(&numeral).filter(|_| is_one_case)?;
    Some((Label::Sign(numeral.into()), length))
}

/// Returns the number that a roman numeral in small letters stands for, up to 399.
pub(crate) fn roman(numeral: &str) -> Option<u32> {
    const PARTS: &[(&str, u32, usize)] = &[
        ("c", 100, 3),
        ("xc", 90, 1),
        ("l", 50, 1),
        ("xl", 40, 1),
        ("x", 10, 3),
        ("ix", 9, 1),
        ("v", 5, 1),
        ("iv", 4, 1),
        ("i", 1, 3),
    ];
    let (mut rest, mut number) = (numeral, 0);
    for &(part, value, times) in PARTS {
        for _ in 0..times {
            let Some(shorter) = rest.strip_prefix(part) else { break };
            (rest, number) = (shorter, number + value);
        }
    }
    (rest.is_empty() && number > 0).then_some(number)
}

fn read_number(text: &str, digit: impl Fn(char) -> Option<u32>) -> Option<(Label, usize)> {
    let mut number = 0;
    let mut length = 0;
    for (count, c) in text.chars().enumerate() {
        let Some(value) = digit(c) else { break };
        if count == LONGEST_NUMBER {
            return None;
        }
        number = number * 10 + value;
        length += c.len_utf8();
    }
    (length > 0).then_some((Label::Number(number), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_signs_however_they_are_printed() {
        let sign = |sign: &str| Label::Sign(sign.into());
        for (labels, text, expected) in [
            (Labels::Digits, "12]", Some((Label::Number(12), 2))),
            (Labels::Digits, "01]", Some((Label::Number(1), 2))),
            (Labels::Digits, "１２", Some((Label::Number(12), 6))),
            (Labels::Digits, "12345", None),
            (Labels::Digits, "x1", None),
            (Labels::RaisedDigits, "¹⁰ text", Some((Label::Number(10), 5))),
            (Labels::RaisedDigits, "10", None),
            (Labels::Letter, "B]", Some((sign("b"), 1))),
            (Labels::Letter, "é", None),
            (Labels::Symbol, "** x", Some((sign("**"), 2))),
            (Labels::Symbol, "*****", None),
            (Labels::Symbol, "†‡", Some((sign("†"), 3))),
            (Labels::Name, "Vale 2019]: x", Some((sign("vale 2019"), 9))),
            (Labels::Name, "]", None),
            (Labels::Named(&["nb", "注"]), "nb 12]", Some((Label::Number(12), 5))),
            (Labels::Named(&["nb", "注"]), "注１］", Some((Label::Number(1), 6))),
            (Labels::Named(&["n", "nota"]), "Nota 3]", Some((Label::Number(3), 6))),
            (Labels::Named(&["nb", "注"]), "nbc 1]", None),
            (Labels::Circled, "⑫字", Some((Label::Number(12), 3))),
            (Labels::Circled, "⑵", Some((Label::Number(2), 3))),
            (Labels::Circled, "Ⓐ", None),
            (Labels::Cited, "8†source】", Some((Label::Number(8), "8†source".len()))),
            (Labels::Cited, "8:2†L4-L9】", Some((Label::Number(8), "8:2†L4-L9".len()))),
            (Labels::Cited, "8】", None),
            (Labels::Roman, "xiv]", Some((sign("xiv"), 3))),
            (Labels::Roman, "civil]", None),
            (Labels::Roman, "iiii", None),
            (Labels::Roman, "v]", None),
            (Labels::Name, "", None),
        ] {
            assert_eq!(labels.read(text), expected, "{labels:?} in {text:?}");
        }
    }

    #[test]
    fn numbers_and_letters_have_a_rank() {
        for (label, rank) in [
            (Label::Number(7), Some(7)),
            (Label::Sign("c".into()), Some(3)),
            (Label::Sign("*".into()), None),
            (Label::Sign("iv".into()), None),
        ] {
            assert_eq!(label.rank(), rank, "{label:?}");
        }
    }
}
