//! Backslashes: as few as possible, and enough that text stays text.
//!
//! Signs that work in pairs are left alone where a block has only one of them; signs that work at the start of a line
//! are left alone elsewhere.

/// Signs that work in pairs: alone up to `` ` ``, doubled from `=` on.
const PAIRED: &[u8] = b"*_~^$`=+";
const DOUBLED: usize = 6;

/// Which signs of a block could pair up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pairs([bool; PAIRED.len()]);

impl Pairs {
    /// Counts the signs in the words of a block; `marked` tells that the block has marks of its own.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>, marked: bool) -> Self {
        let mut counts = [0_usize; PAIRED.len()];
        for text in texts {
            let mut rest = text.as_bytes();
            while let Some(at) = next_sign(rest) {
                if let Some(sign) = place(rest[at]) {
                    counts[sign] += 1;
                }
                rest = &rest[at + 1..];
            }
        }
        let mut pairs = [false; PAIRED.len()];
        for (at, (pair, &count)) in pairs.iter_mut().zip(&counts).enumerate() {
            *pair = if at < DOUBLED {
                count >= 2 || (marked && count == 1)
            } else {
                count >= 4 || (marked && count >= 2)
            };
        }
        Self(pairs)
    }

    fn has(self, sign: char) -> bool {
        u8::try_from(sign).ok().and_then(place).is_some_and(|at| self.0[at])
    }
}

fn place(byte: u8) -> Option<usize> {
    PAIRED.iter().position(|&sign| sign == byte)
}

/// Which bytes may need a backslash within a line; most bytes of a text are letters.
const IS_SIGN: [bool; 256] = {
    let signs = b"\t\n\r:.\\`$*~_=+%^[]<&!|";
    let mut is_sign = [false; 256];
    let mut at = 0;
    while at < signs.len() {
        is_sign[signs[at] as usize] = true;
        at += 1;
    }
    is_sign
};

/// Finds the first byte that may need a backslash; words without one are passed over eight bytes at a time.
fn next_sign(text: &[u8]) -> Option<usize> {
    const STEP: usize = 8;
    let is_sign = |&byte: &u8| IS_SIGN[byte as usize];
    let plain = |chunk: &&[u8]| !chunk.iter().fold(false, |found, byte| found | is_sign(byte));
    let skipped = text.chunks_exact(STEP).take_while(plain).count() * STEP;
    text[skipped..].iter().position(is_sign).map(|at| skipped + at)
}

/// Where a text stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) pairs: Pairs,
    /// Nothing but white space stands before it on its line.
    pub(super) line_start: bool,
    /// It is the first line of an item of a list.
    pub(super) item_start: bool,
    /// A reference stands right before it.
    pub(super) after_reference: bool,
    /// Nothing but a reference stands before it on its line: a colon would make a definition of it.
    pub(super) in_definition: bool,
    /// The last character before it.
    pub(super) before: Option<char>,
    /// The first character after it, as it will be written.
    pub(super) after: Option<char>,
    /// It is part of the words of a link.
    pub(super) in_link: bool,
    /// It is a cell of a table, or a line of verse.
    pub(super) bars: bool,
}

/// Adds `text` to `out` so that every engine reads it as text.
pub(super) fn push(out: &mut String, text: &str, spot: Spot) {
    let mut start = if spot.line_start { push_line_start(out, text, spot) } else { 0 };
    if spot.after_reference && text[start..].starts_with('[') {
        // pulldown-cmark 0.13 reads `[^1]\[` as two brackets of one link, in spite of the backslash.
        out.push_str("&#91;");
        start += 1;
    } else if (spot.after_reference && text[start..].starts_with('('))
        || (spot.in_definition && text[start..].starts_with(':'))
    {
        out.push('\\');
        out.push_str(&text[start..=start]);
        start += 1;
    }
    let glued = glued(text, spot.after);
    let mut shown = start;
    while let Some(skipped) = next_sign(&text.as_bytes()[shown..]) {
        let at = shown + skipped;
        out.push_str(&text[shown..at]);
        shown = at + 1;
        let (c, rest) = (char::from(text.as_bytes()[at]), &text[shown..]);
        if c.is_ascii_whitespace() {
            out.push(' ');
            continue;
        }
        let previous = text[..at].chars().next_back().or(spot.before);
        let next = rest.chars().next().or(spot.after);
        // An address would swallow what is glued to it (GFM §6.9).
        let is_host = || text[..at].ends_with("www") || (at == 0 && previous == Some('w'));
        let begins_address =
            !spot.in_link && ((c == ':' && rest.starts_with("//")) || (c == '.' && is_host()));
        if (begins_address && (rest.len() < glued || has_signs(rest)))
            || needs_backslash(c, previous, next, rest, spot)
        {
            out.push('\\');
        }
        out.push(c);
    }
    out.push_str(&text[shown..]);
}

fn needs_backslash(c: char, previous: Option<char>, next: Option<char>, rest: &str, spot: Spot) -> bool {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let alone = is_space(previous) && is_space(next);
    match c {
        '\\' => true,
        '`' | '$' => spot.pairs.has(c),
        '*' | '~' => spot.pairs.has(c) && !alone,
        '_' => spot.pairs.has(c) && !alone && !(is_word(previous) && is_word(next)),
        // comrak looks past these two at the edge of marked words.
        '=' | '+'
            if previous == Some('\u{0}') || (rest.is_empty() && matches!(spot.after, Some('*' | '~'))) =>
        {
            true
        }
        '=' | '+' => spot.pairs.has(c) && (previous == Some(c) || next == Some(c)),
        '%' => next == Some('%'),
        '^' => (spot.pairs.has(c) && !alone) || previous == Some('[') || next == Some('['),
        '[' => spot.in_link || (previous == Some('[') && is_wikilink(rest)) || opens_link(rest, spot.after),
        ']' => spot.in_link,
        '<' => next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '&' => is_entity(rest),
        '!' => rest.is_empty() && spot.after == Some('['),
        '|' => spot.bars,
        _ => false,
    }
}

/// Tells whether the word that goes on here has signs that a backslash would stand before: an address would swallow it.
fn has_signs(rest: &str) -> bool {
    let word = rest.split([' ', '\t', '\n', '\r']).next().unwrap_or_default();
    word.contains(['\\', '*', '~', '^', '$', '`', '[', ']', '<', '&', '|'])
        || ["__", "==", "++", "%%"].iter().any(|signs| word.contains(signs))
        || word.starts_with('_')
        || word.ends_with('_')
}

/// Returns how many bytes at the end of a text are one word with the markup after it.
fn glued(text: &str, after: Option<char>) -> usize {
    match after {
        // A line break is written as a backslash.
        Some(c) if (c == '\n' || !c.is_whitespace()) && c != '<' => {
            let words = if c == '\n' { text.trim_end() } else { text };
            text.len() - words.rfind([' ', '\t', '\n', '<']).map_or(0, |at| at + 1)
        }
        _ => 0,
    }
}

/// Tells whether a bracket would open a link: what closes it is followed by a parenthesis, a bracket or a colon.
fn opens_link(rest: &str, after: Option<char>) -> bool {
    let mut depth = 1;
    for (at, c) in rest.char_indices() {
        depth += i32::from(c == '[') - i32::from(c == ']');
        let pairs = c == ']' && matches!(rest[at + 1..].chars().next().or(after), Some('(' | ':' | '['));
        // One inside that pairs gets a backslash, and then this one could pair.
        if pairs || depth == 0 {
            return pairs;
        }
        // Labels are no longer than 999 characters (CommonMark 0.31 §4.7), and nobody nests brackets so deep.
        if at > 1000 || depth > 32 {
            return true;
        }
    }
    // It is closed, if at all, after a mark: be safe.
    after.is_some()
}

/// Tells whether the text after `[[` would be read as a link within a collection.
fn is_wikilink(rest: &str) -> bool {
    // Names are short, and a hostile text has many brackets.
    let head = &rest[..rest.floor_char_boundary(rest.len().min(400))];
    head.len() < rest.len() || head.contains("]]")
}

/// Tells whether the text after `&` would be read as an entity.
fn is_entity(rest: &str) -> bool {
    let Some(end) = rest.bytes().take(40).position(|byte| byte == b';') else { return false };
    let name = &rest[..end];
    !name.is_empty()
        && (name.bytes().all(|byte| byte.is_ascii_alphanumeric())
            || (name.starts_with('#') && name.len() > 1))
}

/// Writes the signs that mean something at the start of a line; returns how much of the text was written.
fn push_line_start(out: &mut String, text: &str, spot: Spot) -> usize {
    let rest = text.trim_start_matches([' ', '\t', '\n', '\r']);
    let skipped = text.len() - rest.len();
    let Some(first) = rest.chars().next() else { return skipped };
    let ends_word = |after: &str| {
        after.is_empty() && spot.after.is_none_or(char::is_whitespace) || after.starts_with([' ', '\t', '\n'])
    };
    let run = rest.chars().take_while(|&c| c == first).count();
    let after_run = rest.get(run * first.len_utf8()..).unwrap_or("");
    let ends_line = spot.after.is_none_or(|c| c == '\n');
    // A line of these signs alone makes a rule, a heading or a table of the line above.
    let is_rule = |signs: &str| rest.chars().all(|c| c.is_whitespace() || signs.contains(c)) && ends_line;
    let escapes = match first {
        '#' => run <= 6 && ends_word(after_run),
        '>' => true,
        '-' | '+' => ends_word(&rest[1..]) || rest[1..].starts_with('#') || is_rule("-:|"),
        '*' => ends_word(&rest[1..]) || is_rule("*"),
        '_' => is_rule("_"),
        '=' => is_rule("="),
        '~' => run >= 3 || ends_word(&rest[1..]),
        '`' => run >= 3,
        ':' => !is_shortcode(rest),
        '[' => rest[1..].starts_with('!') || (spot.item_start && is_task_box(rest)),
        '|' => true,
        _ => false,
    };
    if escapes {
        out.push('\\');
        out.push(first);
        return skipped + first.len_utf8();
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) && rest[digits..].starts_with(['.', ')']) && ends_word(&rest[digits + 1..]) {
        out.push_str(&rest[..digits]);
        out.push('\\');
        out.push_str(&rest[digits..=digits]);
        return skipped + digits + 1;
    }
    skipped
}

/// `:wave:` is a sign of its own to many programs.
fn is_shortcode(text: &str) -> bool {
    text[1..].find(':').is_some_and(|end| {
        let name = &text[1..=end];
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
    })
}

fn is_task_box(text: &str) -> bool {
    matches!(text.as_bytes(), [b'[', b' ' | b'x' | b'X', b']', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(text: &str) -> Spot {
        Spot {
            pairs: Pairs::of(std::iter::once(text), false),
            line_start: true,
            item_start: false,
            after_reference: false,
            in_definition: false,
            before: None,
            after: None,
            in_link: false,
            bars: false,
        }
    }

    fn written(text: &str) -> String {
        let mut out = String::new();
        push(&mut out, text, spot(text));
        out
    }

    #[test]
    fn an_address_swallows_nothing_glued_to_it() {
        for (text, after, expected) in [
            ("at https://a.example/x", Some('['), "at https\\://a.example/x"),
            ("at www.a.example", Some('['), "at www\\.a.example"),
            ("it is law.", Some('['), "it is law."),
            ("at https://a.example/x here", Some('['), "at https://a.example/x here"),
            ("at https://a.example/x", Some(' '), "at https://a.example/x"),
            ("at https://a.example/x", None, "at https://a.example/x"),
        ] {
            let mut out = String::new();
            push(&mut out, text, Spot { after, ..spot(text) });
            assert_eq!(out, expected, "from {text:?} before {after:?}");
        }
    }

    #[test]
    fn text_reads_well_and_stays_text() {
        for (text, expected) in [
            ("[Mr Raab] and I agree", "[Mr Raab] and I agree"),
            ("it’s “[against Iran]” [1] [sic]", "it’s “[against Iran]” [1] [sic]"),
            ("[1](x) and [2]: y", "\\[1](x) and \\[2]: y"),
            ("[^1] is no note", "[\\^1] is no note"),
            ("snake_case_name and 5*3", "snake_case_name and 5*3"),
            ("5*3*2", "5\\*3\\*2"),
            ("$5", "$5"),
            ("$5 and $6", "\\$5 and \\$6"),
            ("# not a heading", "\\# not a heading"),
            ("#1 in town", "#1 in town"),
            ("1914. A year", "1914\\. A year"),
            ("2) Hello", "2\\) Hello"),
            ("- no item", "\\- no item"),
            ("-5 degrees", "-5 degrees"),
            ("> no quote", "\\> no quote"),
            ("<3 and <b>", "<3 and \\<b>"),
            ("AT&T &amp; &copy;", "AT&T \\&amp; \\&copy;"),
            ("C:\\path", "C:\\\\path"),
            ("---", "\\---"),
            ("x ~ y", "x ~ y"),
            ("", ""),
        ] {
            assert_eq!(written(text), expected, "from {text:?}");
        }
    }
}
