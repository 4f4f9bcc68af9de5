//! ISO 8601 dates of articles: which are dates at all.

/// Returns an ISO 8601 date without its time: a year, a month, or a day. None for words that are no date.
pub(crate) fn published(iso: &str) -> Option<&str> {
    let day = iso.split(['T', ' ']).next()?;
    day_of(day).map(|_| day)
}

/// Returns the day of a date; the first one where the date is a month or a year.
pub(crate) fn day_of(iso: &str) -> Option<String> {
    let mut parts = iso.split(['T', ' ']).next()?.split('-');
    let number = |part: &str, digits: usize, range: std::ops::RangeInclusive<u32>| {
        let number = part.parse::<u32>().ok().filter(|number| range.contains(number))?;
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
    };
    let year = number(parts.next()?, 4, 1..=9999)?;
    let month = parts.next().map_or(Some(1), |part| number(part, 2, 1..=12))?;
    let last = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let day = parts.next().map_or(Some(1), |part| number(part, 2, 1..=last))?;
    parts.next().is_none().then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_are_dates() {
        for (iso, expected) in [
            ("2031-03-04", Some("2031-03-04")),
            ("2031-03", Some("2031-03")),
            ("2031", Some("2031")),
            ("2031-03-04T10:00:00Z", Some("2031-03-04")),
            ("2032-02-29", Some("2032-02-29")),
            ("2031-02-29", None),
            ("2031-13", None),
            ("31-03-04", None),
            ("4 March 2031", None),
            ("", None),
        ] {
            assert_eq!(published(iso), expected, "{iso:?}");
        }
    }
}
