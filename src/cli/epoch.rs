//! `SOURCE_DATE_EPOCH`: what says when an e-book was last changed, for builds that come out the same everywhere
//! (<https://reproducible-builds.org/specs/source-date-epoch/>).

use super::exit::Exit;
use super::messages;

const NAME: &str = "SOURCE_DATE_EPOCH";

/// The end of the year 9999, the last one that an e-book can name.
const LAST_SECOND: i64 = 253_402_300_799;

/// Returns what the variable says, in seconds since 1970; nothing if it is not set, or empty.
///
/// # Errors
///
/// [`Exit::Usage`], after a message, if it says anything else.
pub(super) fn read() -> Result<Option<i64>, Exit> {
    let Some(value) = std::env::var_os(NAME) else { return Ok(None) };
    let value = value.to_string_lossy();
    parsed(&value).map_err(|()| {
        let hint = format!("count the seconds since 1970-01-01T00:00:00Z, 0 to {LAST_SECOND}, or unset it");
        messages::error(&format!("{NAME} is {value:?}, which is no time"), &[&hint]);
        Exit::Usage
    })
}

fn parsed(value: &str) -> Result<Option<i64>, ()> {
    match value.trim() {
        "" => Ok(None),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().ok().filter(|seconds| *seconds <= LAST_SECOND).map(Some).ok_or(())
        }
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_seconds_are_a_time() {
        for (value, expected) in [
            ("0", Ok(Some(0))),
            ("1930000000", Ok(Some(1_930_000_000))),
            ("253402300799", Ok(Some(LAST_SECOND))),
            ("", Ok(None)),
            ("253402300800", Err(())),
            ("99999999999999999999", Err(())),
            ("-1", Err(())),
            ("+1", Err(())),
            ("1.5", Err(())),
            ("2031-03-04", Err(())),
            ("abc", Err(())),
        ] {
            assert_eq!(parsed(value), expected, "{value:?}");
        }
    }
}
