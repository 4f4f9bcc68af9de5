//! Headings that stand over notes, in the languages we know.

/// In lower case, without final punctuation.
const HEADINGS: &[&str] = &[
    "notes",
    "note",
    "footnotes",
    "footnote",
    "endnotes",
    "end notes",
    "notes and references",
    "references",
    "citations",
    "links",
    "sources",
    "references and notes",
    "notes and sources",
    "editor's notes",
    "editor’s notes",
    "author's notes",
    "author’s notes",
    "translator's notes",
    "translator’s notes",
    "bibliography", // English
    "anmerkungen",
    "anmerkung",
    "fußnoten",
    "fussnoten",
    "endnoten",
    "quellen",
    "einzelnachweise",
    "verweise", // German
    "notes de bas de page",
    "notes et références",
    "références",
    "renvois", // French
    "notas",
    "notas al pie",
    "referencias",
    "notas y referencias",
    "notas e referências",
    "notas de rodapé",
    "referências", // Spanish, Portuguese
    "note a piè di pagina",
    "riferimenti",
    "note e riferimenti", // Italian
    "voetnoten",
    "noten",
    "verwijzingen",
    "eindnoten", // Dutch
    "fotnoter",
    "noter",
    "referenser",
    "fodnoter",
    "referencer",
    "fotnotar",
    "noter og referanser",
    "viitteet",
    "lähteet",
    "alaviitteet", // Nordic
    "przypisy",
    "źródła",
    "poznámky",
    "poznámky pod čarou",
    "lábjegyzetek",
    "jegyzetek",
    "note de subsol", // Central Europe
    "примечания",
    "сноски",
    "ссылки",
    "примітки",
    "виноски",
    "бележки", // Cyrillic
    "σημειώσεις",
    "υποσημειώσεις",
    "παραπομπές",
    "dipnotlar",
    "notlar",
    "kaynakça",
    "chú thích",
    "catatan kaki", // Greek, Turkish, Vietnamese, Indonesian
    "注释",
    "注",
    "註",
    "脚注",
    "注釈",
    "註釋",
    "注釋",
    "注解",
    "註解",
    "参考",
    "参考文献",
    "参考资料",
    "参考情報",
    "引用",
    "出典",
    "參考資料",
    "备注",
    "附注",
    "脚註", // Chinese, Japanese
    "출처",
    "각주",
    "주석",
    "미주",
    "참고문헌",
    "참고 문헌", // Korean
    "הערות",
    "הערות שוליים",
    "هوامش",
    "الهوامش",
    "حواشي",
    "مراجع",
    "المراجع",
    "ملاحظات",
    "پانویس", // Hebrew, Arabic, Persian
];

/// Those over books and articles rather than notes. Without numbers, what stands below refers to no place in the text.
const BIBLIOGRAPHIES: &[&str] = &[
    "bibliography",
    "works cited",
    "sources",
    "quellen",
    "literatur",
    "bibliografía",
    "bibliografia",
    "bibliographie",
    "lähteet",
    "źródła",
    "kaynakça",
    "参考文献",
    "참고문헌",
    "참고 문헌",
    "مراجع",
    "المراجع",
];

/// The longest of them, in bytes, in any case.
const LONGEST: usize = 32;

/// Tells whether a line is a heading over notes, whatever decorates it.
pub(crate) fn is_notes_heading(line: &str) -> bool {
    let words = line.trim_matches(|c: char| !c.is_alphabetic());
    words.len() <= LONGEST && HEADINGS.contains(&words.to_lowercase().as_str())
}

/// Tells whether a line is a heading over what the article was made from, whatever decorates it.
pub(crate) fn is_bibliography(line: &str) -> bool {
    let words = line.trim_matches(|c: char| !c.is_alphabetic());
    words.len() <= LONGEST && BIBLIOGRAPHIES.contains(&words.to_lowercase().as_str())
}

/// Tells whether a line is a rule: nothing but dashes, lines or underscores.
pub(crate) fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = signs.next() else { return false };
    "-–—_=━─═*~﹏‾".contains(first) && signs.clone().all(|c| c == first) && signs.count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_headings_in_many_languages() {
        for (line, expected) in [
            ("Notes", true),
            ("NOTES:", true),
            ("---- Footnotes ----", true),
            ("== Примечания ==", true),
            ("【注释】", true),
            ("【注釋】", true),
            ("Editor’s notes", true),
            ("Notes on the harbour", false),
            ("", false),
            ("—", false),
        ] {
            assert_eq!(is_notes_heading(line), expected, "{line:?}");
        }
    }

    #[test]
    fn knows_headings_over_books() {
        for (line, expected) in [
            ("Bibliography", true),
            ("WORKS CITED", true),
            ("Notes", false),
            ("Sources of the Ebb", false),
            ("", false),
        ] {
            assert_eq!(is_bibliography(line), expected, "{line:?}");
        }
    }

    #[test]
    fn rules_are_nothing_but_lines() {
        for (line, expected) in
            [("-----", true), ("— — —", true), ("* * *", true), ("--", false), ("-- x", false), ("", false)]
        {
            assert_eq!(is_rule(line), expected, "{line:?}");
        }
    }
}
