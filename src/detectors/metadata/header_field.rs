//! `Author: Iona Vale`: a name before a colon and its value, as mails, notes and exports begin.
//!
//! Left alone: names that no header has (`The trouble: nobody paid`), and names without a value.

use crate::ledger::Field;

/// What a field is about, and its names in lower case.
const FIELDS: &[(Field, &[&str])] = &[
    (
        Field::Title,
        &[
            "title",
            "subject",
            "titel",
            "betreff",
            "titre",
            "objet",
            "título",
            "asunto",
            "titolo",
            "oggetto",
            "onderwerp",
            "заголовок",
            "тема",
            "название",
            "标题",
            "標題",
            "題名",
            "タイトル",
            "العنوان",
        ],
    ),
    (Field::Subtitle, &["subtitle", "untertitel", "sous-titre", "subtítulo", "sottotitolo", "ondertitel"]),
    (
        Field::Author,
        &[
            "author",
            "authors",
            "author(s)",
            "from",
            "by",
            "writer",
            "byline",
            "autor",
            "autoren",
            "autorin",
            "von",
            "auteur",
            "auteurs",
            "de",
            "autora",
            "autores",
            "autore",
            "autori",
            "da",
            "van",
            "автор",
            "авторы",
            "作者",
            "記者",
            "记者",
            "著者",
            "文",
            "الكاتب",
            "בקלם",
        ],
    ),
    (
        Field::Date,
        &[
            "date",
            "published",
            "published on",
            "publication date",
            "posted",
            "posted on",
            "created",
            "sent",
            "datum",
            "veröffentlicht",
            "veröffentlicht am",
            "gesendet",
            "publié le",
            "envoyé",
            "fecha",
            "publicado",
            "data",
            "pubblicato",
            "gepubliceerd",
            "дата",
            "опубликовано",
            "日期",
            "发布时间",
            "發布時間",
            "公開日",
            "التاريخ",
        ],
    ),
    (
        Field::Updated,
        &[
            "updated",
            "last updated",
            "last modified",
            "modified",
            "revised",
            "aktualisiert",
            "zuletzt aktualisiert",
            "stand",
            "mis à jour",
            "actualizado",
            "aggiornato",
            "bijgewerkt",
            "обновлено",
            "更新",
            "更新日",
        ],
    ),
    (
        Field::Source,
        &[
            "source",
            "url",
            "link",
            "canonical",
            "permalink",
            "quelle",
            "fuente",
            "fonte",
            "bron",
            "источник",
            "来源",
            "來源",
            "出典",
        ],
    ),
    (
        Field::Publisher,
        &["publisher", "verlag", "éditeur", "editorial", "editore", "uitgever", "издательство", "出版社"],
    ),
    (
        Field::Rights,
        &[
            "rights",
            "copyright",
            "license",
            "licence",
            "lizenz",
            "licencia",
            "licenza",
            "licentie",
            "лицензия",
            "版权",
            "版權",
        ],
    ),
];

/// A value is at most so many bytes long; a longer one is a sentence.
const LONGEST: usize = 300;

/// Reads a line that is the name of a field and its value.
pub(super) fn read(line: &str) -> Option<(Field, &str)> {
    let (name, value) = line.split_once([':', '：'])?;
    let value = value.trim();
    let name = name.trim().to_lowercase();
    let (field, _) = FIELDS.iter().find(|(_, names)| names.contains(&name.as_str()))?;
    (!value.is_empty() && value.len() <= LONGEST).then_some((*field, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_known_names() {
        for (line, expected) in [
            ("Author: Iona Vale", Some((Field::Author, "Iona Vale"))),
            ("Author(s): Iona Vale, Tom Reed", Some((Field::Author, "Iona Vale, Tom Reed"))),
            ("Last updated: 2031-03-04", Some((Field::Updated, "2031-03-04"))),
            ("作者：林小舟", Some((Field::Author, "林小舟"))),
            ("Betreff: Die Fähre", Some((Field::Title, "Die Fähre"))),
            ("The trouble: nobody paid", None),
            ("Author:", None),
            ("Author", None),
            ("", None),
        ] {
            assert_eq!(read(line), expected, "{line:?}");
        }
    }

    #[test]
    fn no_name_means_two_fields() {
        let mut names: Vec<&str> = FIELDS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
