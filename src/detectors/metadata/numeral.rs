//! Numbers in East Asian dates: `2031`, `２０３１`, `二〇三一`, `十二`, `廿一`.

/// The digits from nought to nine.
const DIGITS: &str = "〇一二三四五六七八九";

/// Tells whether a number can begin with a character.
pub(super) fn begins(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '廿' | '卅')
}

/// Reads a number of up to four digits, or one up to 39 with its tens.
pub(super) fn read(text: &str) -> Option<u32> {
    let tens = |c: char| ['十', '廿', '卅'].iter().position(|&sign| sign == c).map(|at| at as u32 + 1);
    let digits =
        |text: &str| text.chars().try_fold(0_u32, |number, c| number.checked_mul(10)?.checked_add(digit(c)?));
    let Some((at, sign)) = text.char_indices().find(|&(_, c)| tens(c).is_some()) else {
        return (1..=4).contains(&text.chars().count()).then(|| digits(text)).flatten();
    };
    let (before, after) = (&text[..at], &text[at + sign.len_utf8()..]);
    let tens = match (sign, before) {
        (_, "") => tens(sign)?,
        ('十', "一" | "二" | "三") => digits(before)?,
        _ => return None,
    };
    (after.chars().count() <= 1).then(|| Some(tens * 10 + digits(after)?)).flatten()
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        '零' | '○' => Some(0),
        _ => c.to_digit(10).or_else(|| DIGITS.chars().position(|digit| digit == c).map(|at| at as u32)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_of_dates() {
        for (text, expected) in [
            ("2031", Some(2031)),
            ("２０３１", Some(2031)),
            ("二〇三一", Some(2031)),
            ("一九零二", Some(1902)),
            ("三", Some(3)),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十", Some(20)),
            ("二十一", Some(21)),
            ("廿四", Some(24)),
            ("三十一", Some(31)),
            ("四十", None),
            ("十二三", None),
            ("三月", None),
            ("20311", None),
            ("", None),
        ] {
            assert_eq!(read(text), expected, "{text:?}");
        }
    }
}
