//! Dates as people write them, in a line that says nothing else.

use super::numeral;

/// A date, and what it dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateLine {
    /// ISO 8601: `2031-03-04`, `2031-03` or `2031`.
    pub(super) iso: String,
    pub(super) kind: Kind,
}

/// What a date dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Published,
    Updated,
}

/// Month names and their usual short forms, from January on, in lower case.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "jan",
        "januar",
        "jänner",
        "janvier",
        "enero",
        "janeiro",
        "gennaio",
        "januari",
        "января",
        "январь",
        "ene",
        "gen",
        "janv",
        "يناير",
    ],
    &[
        "february",
        "feb",
        "februar",
        "février",
        "febrero",
        "fevereiro",
        "febbraio",
        "februari",
        "февраля",
        "февраль",
        "févr",
        "fev",
        "فبراير",
    ],
    &["march", "mar", "märz", "mars", "marzo", "março", "maart", "марта", "март", "mär", "مارس"],
    &["april", "apr", "avril", "abril", "aprile", "апреля", "апрель", "avr", "abr", "أبريل"],
    &["may", "mai", "mayo", "maio", "maggio", "mei", "maj", "мая", "май", "مايو"],
    &["june", "jun", "juni", "juin", "junio", "junho", "giugno", "июня", "июнь", "يونيو"],
    &["july", "jul", "juli", "juillet", "julio", "julho", "luglio", "июля", "июль", "juil", "يوليو"],
    &["august", "aug", "août", "agosto", "augustus", "augusti", "августа", "август", "ago", "أغسطس"],
    &[
        "september",
        "sep",
        "sept",
        "septembre",
        "septiembre",
        "setembro",
        "settembre",
        "сентября",
        "сентябрь",
        "set",
        "سبتمبر",
    ],
    &[
        "october",
        "oct",
        "oktober",
        "octobre",
        "octubre",
        "outubro",
        "ottobre",
        "октября",
        "октябрь",
        "okt",
        "out",
        "أكتوبر",
    ],
    &["november", "nov", "novembre", "noviembre", "novembro", "ноября", "ноябрь", "نوفمبر"],
    &[
        "december",
        "dec",
        "dezember",
        "décembre",
        "diciembre",
        "dezembro",
        "dicembre",
        "декабря",
        "декабрь",
        "dez",
        "déc",
        "dic",
        "ديسمبر",
    ],
];

/// Words that may stand before a date, in lower case.
const BEFORE: &[&str] = &[
    "published",
    "posted",
    "date",
    "on",
    "first",
    "at",
    "veröffentlicht",
    "am",
    "vom",
    "datum",
    "stand",
    "publié",
    "le",
    "el",
    "publicado",
    "data",
    "pubblicato",
    "il",
    "geplaatst",
    "op",
    "опубликовано",
    "发布",
    "发布时间",
    "日期",
    "公開日",
    "the",
    "of",
    "de",
    "del",
    "do",
    "di",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
];

const UPDATED: &[&str] = &[
    "updated",
    "modified",
    "last",
    "aktualisiert",
    "mis",
    "à",
    "jour",
    "actualizado",
    "atualizado",
    "aggiornato",
    "обновлено",
    "更新",
];

/// Reads a line that is a date, with at most a word before it and a time after it.
pub(super) fn read_line(line: &str) -> Option<DateLine> {
    if line.len() > 90 || !line.contains(numeral::begins) {
        return None;
    }
    let folded = line.to_lowercase();
    if let Some(found) = read_cjk(&folded) {
        return Some(found);
    }
    let mut kind = Kind::Published;
    let mut parts = Vec::new();
    for word in
        folded.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '(' | ')' | '|' | '·' | '•'))
    {
        let word = word.trim_matches([':', '.', '—', '–']);
        if word.is_empty() || BEFORE.contains(&word) {
            continue;
        }
        if UPDATED.contains(&word) && parts.is_empty() {
            kind = Kind::Updated;
            continue;
        }
        if !parts.is_empty() && is_time(word) {
            continue;
        }
        parts.push(word);
    }
    if folded.contains('/') {
        return None; // 03/04/2031 means two days
    }
    read_parts(&parts).map(|iso| DateLine { iso, kind })
}

/// Reads a day with a time after it, as programs print it: `2031-03-04 10:00:00 +0200`.
pub(super) fn read_moment(text: &str) -> Option<String> {
    let (day, rest) = text.trim().split_once([' ', 'T', 't'])?;
    let mut numbers = day.split('-').map(number);
    let (year, month, date) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let day = iso(year, Some(month), Some(date)).filter(|day| numbers.next().is_none() && day.len() == 10)?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(rest.len());
    let time = rest[..end].trim_end_matches('.');
    let zone = match rest[end..].trim() {
        "" => String::new(),
        "Z" | "z" | "UTC" | "GMT" => "Z".to_owned(),
        zone => {
            let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
            let is_offset = zone.starts_with(['+', '-']) && digits.len() == 4;
            if !is_offset || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            format!("{}{}:{}", &zone[..1], &digits[..2], &digits[2..])
        }
    };
    is_time(time).then(|| format!("{day}T{time}{zone}"))
}

fn read_parts(parts: &[&str]) -> Option<String> {
    match *parts {
        [one] if one.contains('-') => {
            let parts: Vec<&str> = one.split(['-', 't']).collect();
            match *parts.as_slice() {
                [year, month, day] if year.len() == 4 => {
                    iso(number(year)?, Some(number(month)?), Some(number(day)?))
                }
                [year, month, day, time] if year.len() == 4 && is_time(time.trim_end_matches('z')) => {
                    iso(number(year)?, Some(number(month)?), Some(number(day)?))
                }
                [day, name, year] => iso(number(year)?, Some(month(name)?), Some(number(day)?)),
                _ => None,
            }
        }
        [one] if one.contains('.') => {
            let parts: Vec<&str> = one.split('.').collect();
            match *parts.as_slice() {
                [day, month, year] if year.len() == 4 => {
                    iso(number(year)?, Some(number(month)?), Some(number(day)?))
                }
                [year, month, day] if year.len() == 4 => {
                    iso(number(year)?, Some(number(month)?), Some(number(day)?))
                }
                _ => None,
            }
        }
        [name, year] => iso(number(year)?, Some(month(name)?), None),
        [first, second, year] => match month(first) {
            Some(month) => iso(number(year)?, Some(month), Some(day(second)?)),
            None => iso(number(year)?, Some(month(second)?), Some(day(first)?)),
        },
        _ => None,
    }
}

/// `2031年3月4日`, `二〇三一年三月四日`
fn read_cjk(line: &str) -> Option<DateLine> {
    let start = line.find(numeral::begins)?;
    let before = line[..start].trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
    let (year, rest) = line[start..].split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, rest) = rest.split_once('日').unwrap_or(("", rest));
    let is_known = before.is_empty() || BEFORE.contains(&before) || UPDATED.contains(&before);
    let clean = rest.split_whitespace().all(is_time);
    let day = if day.trim().is_empty() { None } else { Some(numeral::read(day.trim())?) };
    let kind = if UPDATED.contains(&before) { Kind::Updated } else { Kind::Published };
    let iso = iso(numeral::read(year.trim())?, Some(numeral::read(month.trim())?), day)?;
    (is_known && clean).then_some(DateLine { iso, kind })
}

/// `15:20`, `3.20`, `pm`, `Uhr`, `GMT`, `15h20`
fn is_time(word: &str) -> bool {
    matches!(
        word,
        "am" | "pm"
            | "a.m"
            | "p.m"
            | "uhr"
            | "gmt"
            | "utc"
            | "est"
            | "edt"
            | "cet"
            | "cest"
            | "bst"
            | "h"
            | "à"
            | "um"
            | "at"
            | "z"
    ) || (word.starts_with(|c: char| c.is_ascii_digit())
        && word.contains([':', 'h', '時', '时'])
        && word.chars().all(|c| c.is_ascii_digit() || ":h.pamz+時时分".contains(c)))
}

fn number(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// `4`, `4th`, `1er`
fn day(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(char::is_alphabetic);
    matches!(&text[digits.len()..], "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª")
        .then(|| number(digits))
        .flatten()
}

fn month(name: &str) -> Option<u32> {
    MONTHS.iter().position(|names| names.contains(&name)).map(|at| at as u32 + 1)
}

fn iso(year: u32, month: Option<u32>, day: Option<u32>) -> Option<String> {
    let fits = (1400..=2999).contains(&year)
        && month.is_none_or(|month| (1..=12).contains(&month))
        && day.is_none_or(|day| (1..=31).contains(&day));
    fits.then(|| match (month, day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_dates_in_many_forms() {
        for (line, expected) in [
            ("2031-03-04", Some("2031-03-04")),
            ("2031-03-04T15:20:00Z", Some("2031-03-04")),
            ("March 4, 2031", Some("2031-03-04")),
            ("4th March 2031", Some("2031-03-04")),
            ("Published: Tuesday, 4 March 2031, 3:20 pm", Some("2031-03-04")),
            ("4. März 2031", Some("2031-03-04")),
            ("4 mars 2031 à 15:20", Some("2031-03-04")),
            ("04.03.2031", Some("2031-03-04")),
            ("13-May-2031", Some("2031-05-13")),
            ("4 de marzo de 2031", Some("2031-03-04")),
            ("4 марта 2031", Some("2031-03-04")),
            ("2031年3月4日", Some("2031-03-04")),
            ("二〇三一年三月四日", Some("2031-03-04")),
            ("２０３１年１２月", Some("2031-12")),
            ("一九〇二年十月廿四日", Some("1902-10-24")),
            ("二〇三一年的燈塔", None),
            ("March 2031", Some("2031-03")),
            ("03/04/2031", None),
            ("2 days ago", None),
            ("On 4 March 2031 the ferry sank", None),
            ("In 1914 the harbour closed", None),
            ("1914-18", None),
            ("Chapter 4", None),
        ] {
            assert_eq!(read_line(line).map(|found| found.iso).as_deref(), expected, "{line:?}");
        }
    }

    #[test]
    fn knows_what_a_date_dates() {
        let kind = |line| read_line(line).map(|found| found.kind);
        assert_eq!(kind("Updated 4 March 2031"), Some(Kind::Updated));
        assert_eq!(kind("4 March 2031"), Some(Kind::Published));
    }
}
