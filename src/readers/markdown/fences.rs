//! Code in code: a fence around another fence, as converters write a `pre` in a `pre`.
//!
//! To CommonMark the first bare fence below closes the outer one, and from there on all text is code and all code is
//! text. The outer fence is hidden. Left alone: a fence around a fence of another length, which means what it says.

use memchr::memmem;

/// Finds the signs of outer fences, each with the blank that stands for it.
pub(super) fn places(text: &str) -> Vec<(usize, u8)> {
    let mut places = Vec::new();
    if memmem::find(text.as_bytes(), b"```").is_none() {
        return places;
    }
    let mut lines = lines(text).peekable();
    while let Some((start, line)) = lines.next() {
        let Some(fence) = bare(line) else {
            if let Some((fence, _)) = opened(line) {
                lines.by_ref().find(|(_, line)| bare(line).is_some_and(|close| close.len() >= fence.len()));
            }
            continue;
        };
        let holds_fence =
            lines.peek().and_then(|(_, next)| opened(next)).is_some_and(|(inner, _)| inner == fence);
        let is_close = |line: &str| bare(line) == Some(fence);
        lines.by_ref().find(|(_, line)| bare(line).is_some_and(|close| close.len() >= fence.len()));
        if let Some((end, _)) = lines.next_if(|(_, line)| holds_fence && is_close(line)) {
            let blank = |line: usize| (line..line + fence.len()).map(|at| (at, b' '));
            places.extend(blank(start).chain(blank(end)));
        }
    }
    places
}

/// Returns the lines, each with the place of its first letter.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line)
    })
}

/// Returns a fence that stands alone at the beginning of a line.
fn bare(line: &str) -> Option<&str> {
    let fence = line.trim_end();
    (fence.len() >= 3 && fence.bytes().all(|byte| byte == b'`')).then_some(fence)
}

/// Returns a fence with the language after it.
fn opened(line: &str) -> Option<(&str, &str)> {
    let info = line.trim_start_matches('`');
    let fence = &line[..line.len() - info.len()];
    (fence.len() >= 3 && info.starts_with(char::is_alphanumeric) && !info.contains('`'))
        .then_some((fence, info))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outer_of_two_fences_is_hidden() {
        for (text, expected) in [
            ("```\n```cpp\nebb\n```\n```\nflood", "   \n```cpp\nebb\n```\n   \nflood"),
            ("````\n```cpp\nebb\n```\n````\n", "````\n```cpp\nebb\n```\n````\n"),
            ("```\n```cpp\nebb\n```\nflood\n```\n```\n", "```\n```cpp\nebb\n```\nflood\n```\n```\n"),
            ("```\nebb\n```\n```\nflood\n```\n", "```\nebb\n```\n```\nflood\n```\n"),
            ("```rust\n```\n```\n```c\n", "```rust\n```\n```\n```c\n"),
            ("```", "```"),
            ("", ""),
        ] {
            let mut bytes = text.as_bytes().to_vec();
            places(text).into_iter().for_each(|(at, sign)| bytes[at] = sign);
            assert_eq!(String::from_utf8(bytes).expect("text"), expected, "from {text:?}");
        }
    }
}
