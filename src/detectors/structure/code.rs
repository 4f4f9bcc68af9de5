//! Code, console output and tables: blocks that no sentence looks like, or that the input marks. Signs in them are never
//! markers. What can be read as a table becomes one, the rest stays as it is typed.

use super::table;
use crate::detectors::Detector;
use crate::findings::{Findings, Shape};
use crate::options::Options;
use crate::sheet::{Kind, RowId, Sheet, is_east_asian};

pub(crate) const CODE: Detector = Detector { name: "code", find };

/// How much further than the text code is usually set in.
const SET_IN: u16 = 4;

fn find(sheet: &Sheet<'_>, _: &Options, findings: &mut Findings) {
    if sheet.is_marked_up() {
        for (row, printed) in sheet.rows.iter().enumerate() {
            if matches!(sheet.nodes[printed.node.index()].kind, Kind::Code { .. } | Kind::Html) {
                findings.shapes[row] = Shape::Code;
            }
        }
        return;
    }
    find_tables(sheet, findings);
    let rows = sheet.rows.len();
    let mut first = 0;
    while first < rows {
        let is_table = |row: usize| findings.shapes[row] == Shape::Code;
        let mut end = first + 1;
        while end < rows && sheet.rows[end].gap == 0 && !is_table(end) && joins(sheet, first, end) {
            end += 1;
        }
        if !is_table(first) && is_code(sheet, first, end) {
            findings.shapes[first..end].fill(Shape::Code);
        }
        first = end;
    }
}

/// Marks tables: rows between blank lines that are one, or those among them that have columns.
fn find_tables(sheet: &Sheet<'_>, findings: &mut Findings) {
    let rows: Vec<RowId> = (0..sheet.rows.len() as RowId).collect();
    let is_set_in = |row: &RowId| sheet.rows[*row as usize].indent >= sheet.measure.indent + SET_IN;
    let is_table = |rows: &[RowId]| {
        !rows.iter().all(is_set_in)
            && !begins_item(sheet.words(rows[0]))
            && table::read(sheet, rows).is_some()
    };
    let mut mark = |rows: &[RowId]| rows.iter().for_each(|&row| findings.shapes[row as usize] = Shape::Code);
    for block in rows.chunk_by(|_, &row| sheet.rows[row as usize].gap == 0) {
        if is_table(block) {
            mark(block);
            continue;
        }
        let has_columns = |row: &RowId| table::has_columns(sheet.words(*row));
        let runs = block.chunk_by(|above, row| has_columns(above) == has_columns(row));
        runs.filter(|run| run.len() < block.len() && is_table(run)).for_each(&mut mark);
    }
}

/// Tells whether a row belongs to the block that begins at `first`: a change of indent to or from the text parts them.
fn joins(sheet: &Sheet<'_>, first: usize, at: usize) -> bool {
    let set_in = |row: usize| sheet.rows[row].indent >= sheet.measure.indent + SET_IN;
    set_in(first) == set_in(at) || begins_item(sheet.words(first as RowId))
}

/// Tells whether a line begins with a number or bracketed sign, as notes and items do: what is set in below goes on.
fn begins_item(line: &str) -> bool {
    let bare = line.trim_start_matches(['[', '(', '^', '{']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let after = bare[digits..].chars().next();
    (1..=4).contains(&digits)
        && (bare.len() < line.len() || matches!(after, Some('.' | ')')))
        && !line.ends_with([';', '{', '}'])
}

fn is_code(sheet: &Sheet<'_>, first: usize, end: usize) -> bool {
    if begins_item(sheet.words(first as RowId)) {
        return false;
    }
    let lines = (first..end).map(|row| sheet.words(row as RowId));
    let count = end - first;
    let (mut like_code, mut like_prose, mut like_table) = (0, 0, 0);
    for line in lines {
        like_code += usize::from(looks_like_code(line));
        like_prose += usize::from(looks_like_prose(line));
        like_table += usize::from(looks_like_table(line));
    }
    let set_in = sheet.rows[first].indent >= sheet.measure.indent + SET_IN;
    let is_table = count >= 2 && like_table * 3 >= count * 2 && like_prose * 4 <= count;
    is_table
        || if set_in {
            like_code * 3 >= count && like_prose * 2 <= count
        } else {
            like_code * 3 >= count * 2 && like_prose == 0
        }
}

pub(super) fn looks_like_code(line: &str) -> bool {
    const STARTS: &[&str] = &[
        ">>> ",
        "$ ",
        "# include",
        "#include",
        "//",
        "/*",
        "*/",
        "def ",
        "fn ",
        "let ",
        "const ",
        "import ",
        "return ",
        "class ",
        "func ",
        "var ",
        "if (",
        "for (",
        "while (",
        "}",
        "{",
        "@",
        "#!",
        "--",
        "pub ",
        "impl ",
        "<?",
        "</",
    ];
    const INSIDE: &[&str] =
        &[" = ", " == ", " := ", "->", "=>", "::", "();", "()", "](", " += ", " != ", " ← ", "&&", "||"];
    let trimmed = line.trim_end();
    trimmed.ends_with(['{', '}', ';', '\\'])
        || trimmed.ends_with(");")
        || STARTS.iter().any(|start| line.starts_with(start))
        || INSIDE.iter().filter(|sign| line.contains(**sign)).count() >= 1
}

fn looks_like_prose(line: &str) -> bool {
    let is_word = |word: &&str| word.chars().all(|c| c.is_alphabetic() || "‘’'.,;:!?„“”«»\"()—-".contains(c));
    let (words, parts) = (line.split_whitespace().filter(is_word).count(), line.split_whitespace().count());
    // Chinese and Japanese write no spaces, and set formulas and names between their own letters.
    let (letters, unspaced) = (line.chars().count(), line.chars().filter(|&c| is_east_asian(c)).count());
    if unspaced >= 12 && unspaced * 2 >= letters {
        return true;
    }
    // A sentence may hold signs, when it ends as one.
    words >= 7 && words * 10 >= parts * 8 || words >= 5 && words * 10 >= parts * 6 && ends_sentence(line)
}

/// Tells whether a line ends with a full stop and perhaps the signs of notes.
fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | ' '));
    bare.ends_with(['.', '?', '!', '…']) && line.starts_with(|c: char| !c.is_lowercase())
}

/// Columns parted by several spaces, or the rules between them.
fn looks_like_table(line: &str) -> bool {
    let rule = line.len() >= 5
        && line.chars().all(|c| matches!(c, '-' | '=' | '+' | '|' | ' ' | '─' | '│' | '┼' | '━'));
    // Old books put two spaces after a sentence; columns do not end with a full stop.
    let columns = line.split("  ").filter(|part| {
        !part.trim().is_empty() && !part.trim_end().ends_with(['.', ':', ';', '?', '!', '”', '"', ',', ')'])
    });
    let groups = columns.count();
    let bars = line.matches('|').count();
    (rule && line.contains([' ', '+', '|', '┼']))
        || groups >= 3
        || bars >= 3
        || (line.starts_with('|') && line.ends_with('|') && bars >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_what_no_sentence_looks_like() {
        let prose = "The old ferry had crossed the river as long as anybody could say.\n\n".repeat(3);
        for (block, expected) in [
            ("    let rope = 3;\n    pull(rope);\n", true),
            ("    >>> rows()\n    [17]\n", true),
            ("name    toll   from\n-----   ----   ----\nebb     3      1902\n", true),
            ("    The pilot came aboard at six, and the keeper was not amused by it.\n", false),
            ("The pilot = the keeper, said the man who had never seen either of them.\n", false),
            ("= = = is how the pilot signs his letters.\n", false),
            ("The key is C [C], the time is [4/4], and the thumb[09] plays [8 = half].[10]\n", false),
            ("守灯人 light = 灯的颜色，他从不说话，只用灯的颜色表示天气．\n", false),
            ("", false),
        ] {
            let text = format!("{prose}{block}");
            let sheet = crate::readers::read_text(&text);
            let mut findings = Findings::new(&sheet);
            find(&sheet, &Options::default(), &mut findings);
            assert_eq!(findings.shapes[3..].contains(&Shape::Code), expected, "{block:?}");
        }
    }
}
