//! Where addresses stand in running text: `https://…`, `www.harbour.example`, `iona@harbour.example`.
//!
//! > see <https://harbour.example/mole>, www.harbour.example or iona@harbour.example.
//!
//! They end where GitHub's engine ends them (GFM 0.29 §6.9), and before the signs of the sentence around them. Left
//! alone: `xhttp://…`, `://`, `www` alone, `@iona`, `iona@harbour`.

/// An address in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What a link to it has before its words.
    pub(super) scheme: &'static str,
}

/// What addresses are recognised by.
const SIGNS: [&str; 3] = ["://", "www.", "@"];

/// Tells whether a text may hold an address.
pub(super) fn may_have(text: &str) -> bool {
    SIGNS.iter().any(|sign| text.contains(sign))
}

/// The addresses of a text, in order.
pub(super) struct Addresses<'t> {
    text: &'t str,
    /// The text begins right after a mark or a reference.
    is_glued: bool,
    /// What stands before is part of another address, or none.
    from: usize,
    /// Where each sign stands next.
    next: [Option<usize>; 3],
}

impl<'t> Addresses<'t> {
    /// Looks through a text; `is_glued` tells that it begins right after a mark or a reference.
    pub(super) fn of(text: &'t str, is_glued: bool) -> Self {
        Self { text, is_glued, from: 0, next: SIGNS.map(|sign| text.find(sign)) }
    }
}

impl Iterator for Addresses<'_> {
    type Item = Address;

    fn next(&mut self) -> Option<Address> {
        loop {
            for (next, sign) in self.next.iter_mut().zip(SIGNS) {
                if next.is_some_and(|at| at < self.from) {
                    *next = self.text[self.from..].find(sign).map(|found| self.from + found);
                }
            }
            let (sign, at) = (0..SIGNS.len())
                .filter_map(|sign| Some((sign, self.next[sign]?)))
                .min_by_key(|&(_, at)| at)?;
            let found = match sign {
                0 => with_scheme(self.text, self.from, at),
                1 if at == 0 && self.is_glued => None,
                1 => of_a_site(self.text, at),
                _ => of_a_person(self.text, self.from, at),
            };
            self.from = found.map_or(at + 1, |address| address.end);
            if found.is_some() {
                return found;
            }
        }
    }
}

/// Reads `https://…` around its colon.
fn with_scheme(text: &str, from: usize, colon: usize) -> Option<Address> {
    let before = &text[from..colon];
    let scheme = ["https", "http", "ftp"].into_iter().find(|scheme| before.ends_with(scheme))?;
    let start = colon - scheme.len();
    let goes_on = text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
    let end = end(text, colon + 3)?;
    (!goes_on).then_some(Address { start, end, scheme: "" })
}

/// Reads `www.…`, which stands after white space or a sign.
fn of_a_site(text: &str, start: usize) -> Option<Address> {
    let stands_free =
        text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || "*_~(“„«\"'".contains(c));
    let end = end(text, start + 4)?;
    let goes_beyond = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.');
    let host = text[start..end].split(goes_beyond).next().unwrap_or_default();
    (stands_free && is_domain(host)).then_some(Address { start, end, scheme: "http://" })
}

/// Reads `iona@harbour.example` around its sign.
fn of_a_person(text: &str, from: usize, sign: usize) -> Option<Address> {
    /// A name has no more characters (RFC 5321 §4.5.3.1), and neither has a part of a domain.
    const LONGEST: usize = 64;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_+".contains(byte);
    let bytes = text.as_bytes();
    let name = bytes[from..sign].iter().rev().take(LONGEST + 1).take_while(|byte| is_name(byte)).count();
    let start = sign - name;
    let is_host = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-_".contains(byte);
    let host = bytes[sign + 1..].iter().take(4 * LONGEST).take_while(is_host).count();
    let host = text[sign + 1..sign + 1 + host].trim_end_matches('.');
    let end = sign + 1 + host.len();
    let goes_on = text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '/')
        || text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '@');
    let is_sound = (1..=LONGEST).contains(&name) && bytes[start].is_ascii_alphanumeric() && !goes_on;
    let parts = host.split('.').filter(|part| !part.is_empty()).count();
    let is_host = parts == host.split('.').count() && parts >= 2 && !host.ends_with(['-', '_']);
    (is_sound && is_host).then_some(Address { start, end, scheme: "mailto:" })
}

/// Tells whether a name has parts between dots, and no underscore in the last two.
fn is_domain(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    let is_part =
        |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    parts.len() >= 2
        && parts.iter().all(is_part)
        && !parts.iter().rev().take(2).any(|part| part.contains('_'))
}

/// Finds where an address ends whose words begin at a place; none if it has none.
fn end(text: &str, from: usize) -> Option<usize> {
    let length = text[from..].find(ends_address).unwrap_or(text.len() - from);
    let end = from + without_final_signs(&text[from..from + length]);
    (end > from).then_some(end)
}

fn ends_address(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '<' | '>'
                | '"'
                | '“'
                | '”'
                | '„'
                | '«'
                | '»'
                | '`'
                | '{'
                | '}'
                | '|'
                | '\\'
                | '^'
                | '。'
                | '，'
                | '、'
                | '）'
                | '（'
                | '」'
                | '』'
                | '；'
                | '：'
                | '！'
                | '？'
                | '⟨'
                | '⟩'
        )
}

/// Returns the length of an address without the punctuation of the sentence it stands in.
fn without_final_signs(address: &str) -> usize {
    let mut end = address.len();
    let count = |sign: char| address.matches(sign).count();
    let mut unopened_rounds = count(')').saturating_sub(count('('));
    let mut unopened_squares = count(']').saturating_sub(count('['));
    while let Some(last) = address[..end].chars().next_back() {
        let is_final = match last {
            ')' => take_one(&mut unopened_rounds),
            ']' => take_one(&mut unopened_squares),
            last => ".,;:!?'’‘*_…~".contains(last),
        };
        if !is_final {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

/// Takes one of some, if there is one.
fn take_one(count: &mut usize) -> bool {
    let is_any = *count > 0;
    *count = count.saturating_sub(1);
    is_any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("see https://harbour.example/mole.", vec!["https://harbour.example/mole"]),
            ("(https://harbour.example/a_(b))", vec!["https://harbour.example/a_(b)"]),
            ("“http://harbour.example”", vec!["http://harbour.example"]),
            ("⟨https://harbour.example/⟩", vec!["https://harbour.example/"]),
            ("https:// is no address", vec![]),
            ("xhttp://harbour.example", vec![]),
            ("a://b", vec![]),
            ("港口https://harbour.example。", vec!["https://harbour.example"]),
            (
                "www.harbour.example/mole, (www.mole.example)",
                vec!["www.harbour.example/mole", "www.mole.example"],
            ),
            ("www. and www.a_b and awww.mole.example", vec![]),
            ("www.harbour.example https://a.example", vec!["www.harbour.example", "https://a.example"]),
            ("write iona+log@harbour.example.", vec!["iona+log@harbour.example"]),
            ("<iona@harbour.example> (tom@mole.example)", vec!["iona@harbour.example", "tom@mole.example"]),
            ("@iona iona@harbour iona@mole.a_ a@b.example-", vec![]),
            ("https://iona@harbour.example/x@y.example", vec!["https://iona@harbour.example/x@y.example"]),
            ("", vec![]),
        ] {
            let found: Vec<&str> =
                Addresses::of(text, false).map(|address| &text[address.start..address.end]).collect();
            assert_eq!(found, expected, "in {text:?}");
        }
    }

    #[test]
    fn a_site_is_not_glued_to_what_stands_before() {
        for (text, is_glued, expected) in
            [("www.mole.example", true, 0), ("www.mole.example", false, 1), (" www.mole.example", true, 1)]
        {
            assert_eq!(Addresses::of(text, is_glued).count(), expected, "in {text:?}");
        }
    }

    #[test]
    fn many_closing_signs_take_no_time() {
        let text = format!("https://a.example/{}", ")".repeat(200_000));
        assert_eq!(Addresses::of(&text, false).next().map(|address| address.end), Some(18));
    }
}
