//! Whether the host of an address can exist: a name, in any script, or the number of a machine.

use unicode_width::UnicodeWidthChar;

use super::outline::decoded;

/// Tells whether an address, from behind its `//` on, begins with a host that can exist. It is percent-encoded.
pub(super) fn has_host(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = host_and_port.split_once(':').unwrap_or((host_and_port, ""));
    // A name whose last part is a number is read as an IPv4 address, and few numbers are one.
    let labels: Vec<&str> = host.strip_suffix('.').unwrap_or(host).split('.').collect();
    let ends_in_number = labels.last().is_some_and(|label| {
        label.starts_with(|c: char| c.is_ascii_digit())
            && label.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'x')
    });
    let is_ipv4 = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    labels.iter().all(|label| is_label(label))
        && (!ends_in_number || is_ipv4)
        && (port.is_empty() || port.parse::<u16>().is_ok())
}

/// How long a label can be behind `xn--`, in bytes (RFC 1035 §2.3.4).
const LONGEST: usize = 59;

/// Tells whether a part of a name is one: letters and digits of any script (RFC 5890), as they are or in Punycode.
fn is_label(label: &str) -> bool {
    if let Some(ascii) = label.strip_prefix("xn--") {
        return ascii.len() <= LONGEST
            && from_punycode(ascii).is_some_and(|label| !label.is_ascii() && is_name(&label));
    }
    is_name(&decoded(label))
}

fn is_name(label: &str) -> bool {
    let is_letter = |c: char| match c {
        '-' | '_' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        // A sign that stands on a letter belongs to it.
        c => c.is_alphanumeric() || c.width() == Some(0),
    };
    label.chars().next().is_some_and(|first| first.is_ascii() || first.width() != Some(0))
        && label.chars().all(is_letter)
}

/// Reads the part of a label behind `xn--` (RFC 3492 §6.2).
fn from_punycode(ascii: &str) -> Option<String> {
    let (plain, digits) = ascii.rsplit_once('-').unwrap_or(("", ascii));
    let mut letters: Vec<char> = plain.chars().collect();
    let (mut code, mut at, mut bias, mut is_first) = (128_u32, 0_u32, 72_u32, true);
    let mut digits = digits.bytes().peekable();
    while digits.peek().is_some() {
        let (before, mut weight) = (at, 1_u32);
        for k in (36..).step_by(36) {
            let digit = match digits.next()? {
                byte @ b'a'..=b'z' => byte - b'a',
                byte @ b'0'..=b'9' => byte - b'0' + 26,
                _ => return None,
            };
            at = at.checked_add(u32::from(digit).checked_mul(weight)?)?;
            let least = k.clamp(bias + 1, bias + 26) - bias;
            if u32::from(digit) < least {
                break;
            }
            weight = weight.checked_mul(36 - least)?;
        }
        let count = u32::try_from(letters.len()).ok()? + 1;
        let mut delta = (at - before) / if is_first { 700 } else { 2 };
        delta += delta / count;
        let mut k = 0;
        while delta > 455 {
            delta /= 35;
            k += 36;
        }
        bias = k + 36 * delta / (delta + 38);
        is_first = false;
        code = code.checked_add(at / count)?;
        letters.insert((at % count) as usize, char::from_u32(code)?);
        at = at % count + 1;
    }
    Some(letters.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writers::markup::url::encode;

    #[test]
    fn hosts_have_names_in_any_script() {
        for (rest, expected) in [
            ("harbour.example/log", true),
            ("harbour.example:8080", true),
            ("iona@harbour.example", true),
            ("192.0.2.7", true),
            ("müller.example", true),
            ("日本語.example", true),
            ("हिन्दी.example", true),
            ("مثال.example", true),
            ("xn--mller-kva.example", true),
            ("xn--wgv71a119e.example", true),
            ("xn--a.example", false),
            ("xn--.example", false),
            ("xn--99999999999.example", false),
            ("harbour.example。次", false),
            ("har bour.example", false),
            ("harbour..example", false),
            ("harbour.example:port", false),
            ("1.2.3", false),
            ("😀.example", false),
            ("\u{301}a.example", false),
            ("", false),
        ] {
            assert_eq!(has_host(&encode(rest)), expected, "{rest:?}");
        }
    }

    #[test]
    fn punycode_is_read() {
        for (ascii, expected) in [
            ("mller-kva", Some("müller")),
            ("bcher-kva", Some("bücher")),
            ("wgv71a119e", Some("日本語")),
            ("egbpdaj6bu4bxfgehfvwxn", Some("ليهمابتكلموشعربي؟")),
            ("ihqwcrb4cv8a8dqg056pqjye", Some("他们为什么不说中文")),
            ("mller-KVA", None),
            ("mller-kv", None),
        ] {
            assert_eq!(from_punycode(ascii).as_deref(), expected, "{ascii}");
        }
    }
}
