//! What tells one book from another, and when it was made: from the article alone, never from a clock.

use uuid::Uuid;

use crate::document::{Document, plain_text};
use crate::writers::dates::day_of;

/// The namespace of texts without an address.
const TEXTS: Uuid = Uuid::from_u128(0x5d1f_9e0c_6a3b_5c58_9d0e_2f8b_7c41_a6e2);

/// Returns a version 5 UUID (RFC 9562 §5.5): of the address where the article was published, else of its words. So it
/// stays when the layout of the text changes, or the program that made the book.
pub(in crate::writers) fn identifier(documents: &[&Document], address: Option<&str>) -> String {
    let uuid = if let Some(address) = address {
        Uuid::new_v5(&Uuid::NAMESPACE_URL, address.as_bytes())
    } else {
        let mut text = String::new();
        for document in documents {
            text.push_str(document.metadata.title().unwrap_or_default());
            text += &plain_text(&document.blocks);
            document.notes.iter().for_each(|note| text += &plain_text(&note.blocks));
        }
        Uuid::new_v5(&TEXTS, text.as_bytes())
    };
    format!("urn:uuid:{uuid}")
}

/// Returns when the book was last changed, as `dcterms:modified` wants it (EPUB 3.3 §5.5.4): what the user says in
/// seconds since 1970, else the last day that the article names, else the first one that ZIP can write.
pub(super) fn modified(epoch: Option<i64>, dates: &[&str]) -> String {
    if let Some(seconds) = epoch.filter(|seconds| (0..=LAST_SECOND).contains(seconds)) {
        let (year, month, day) = date_of(seconds.div_euclid(86_400));
        let rest = seconds.rem_euclid(86_400);
        return format!(
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
            rest / 3600,
            rest / 60 % 60,
            rest % 60
        );
    }
    let day = dates.iter().filter_map(|date| day_of(date)).max();
    format!("{}T00:00:00Z", day.as_deref().unwrap_or("1980-01-01"))
}

/// The end of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

/// Returns year, month and day of a day counted from 1970-01-01 (Howard Hinnant, `chrono`-Compatible Low-Level Date
/// Algorithms, `civil_from_days`).
fn date_of(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_change_comes_from_the_user_or_the_article() {
        for (epoch, dates, expected) in [
            (Some(0), vec![], "1970-01-01T00:00:00Z"),
            (Some(951_827_696), vec!["2031-03-04"], "2000-02-29T12:34:56Z"),
            (Some(1_930_000_000), vec![], "2031-02-27T23:06:40Z"),
            (Some(-1), vec!["2031-03-04"], "2031-03-04T00:00:00Z"),
            (None, vec!["2031-03-04", "2031-03-09"], "2031-03-09T00:00:00Z"),
            (None, vec!["2031-03-04T10:00:00+02:00"], "2031-03-04T00:00:00Z"),
            (None, vec!["2031-03"], "2031-03-01T00:00:00Z"),
            (None, vec!["2031"], "2031-01-01T00:00:00Z"),
            (None, vec!["spring"], "1980-01-01T00:00:00Z"),
            (None, vec![], "1980-01-01T00:00:00Z"),
        ] {
            assert_eq!(modified(epoch, &dates), expected, "{epoch:?} {dates:?}");
        }
    }

    #[test]
    fn the_same_article_is_the_same_book() {
        let document = Document::default();
        let of_words = identifier(&[&document], None);
        assert_eq!(of_words, identifier(&[&document], None));
        assert_ne!(of_words, identifier(&[&document], Some("https://harbour.example/ferry")));
        assert_eq!(
            identifier(&[&document], Some("https://harbour.example/ferry")),
            "urn:uuid:d981e3ce-3296-5716-ad62-ba1d083b66fe",
        );
    }
}
