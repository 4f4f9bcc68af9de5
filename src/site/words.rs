//! The words of a site around its articles, in the site's language.
//!
//! One row for each language; English where there is no row. `{}` stands for a number or a name, and a second one for
//! another. `words` in `postil.yaml` overrules them.

use serde::Serialize;

/// What a site says in one language.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    /// The language, as BCP 47 names it (RFC 5646).
    pub(super) tag: &'static str,
    /// The first link of every page, for those who read with a keyboard.
    skip: &'static str,
    /// What a screen reader says for the menu.
    menu: &'static str,
    home: &'static str,
    /// All articles, by year.
    pub(super) archive: &'static str,
    /// Articles without a date.
    pub(super) undated: &'static str,
    tags: &'static str,
    authors: &'static str,
    pub(super) series: &'static str,
    pub(super) search: &'static str,
    /// Before the articles of a list.
    pub(super) articles: &'static str,
    sections: &'static str,
    /// The headings of an article.
    contents: &'static str,
    previous: &'static str,
    next: &'static str,
    newer: &'static str,
    older: &'static str,
    /// A page of a list, and how many there are.
    pub(super) page_of: &'static str,
    /// How long it takes to read an article.
    pub(super) minutes: &'static str,
    /// How long an article is.
    pub(super) length: &'static str,
    /// Articles with the same tags.
    related: &'static str,
    /// The place in a series, and how many articles it has.
    pub(super) part_of: &'static str,
    pub(super) not_found: &'static str,
    not_found_text: &'static str,
    /// Before the address that an old one leads to.
    pub(super) moved: &'static str,
    /// The choice of light, dark and sepia.
    colours: &'static str,
    automatic: &'static str,
    light: &'static str,
    dark: &'static str,
    sepia: &'static str,
    feeds: &'static str,
    /// The article, series or tag as an e-book.
    book: &'static str,
    /// Before the list of what was found.
    results: &'static str,
    no_results: &'static str,
    /// A word was found in a note.
    in_a_note: &'static str,
    /// What the search needs, and what there is without it.
    needs_script: &'static str,
    source: &'static str,
    updated: &'static str,
}

/// Returns the words of a language, those of English if there are none.
pub(super) fn of(lang: &str) -> &'static Words {
    let primary = lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    WORDS.iter().find(|words| words.tag == primary).unwrap_or(&WORDS[0])
}

/// Puts values into the places of a form.
pub(super) fn filled(form: &str, values: &[usize]) -> String {
    values.iter().fold(form.to_owned(), |form, value| form.replacen("{}", &value.to_string(), 1))
}

impl Words {
    /// Returns the name of a taxonomy that every site has.
    pub(super) fn taxonomy(&self, key: &str) -> Option<&'static str> {
        match key {
            "tags" => Some(self.tags),
            "authors" => Some(self.authors),
            _ => None,
        }
    }
}

const WORDS: &[Words] = &[
    Words {
        tag: "en",
        skip: "Skip to the text",
        menu: "Menu",
        home: "Home",
        archive: "Archive",
        undated: "Undated",
        tags: "Tags",
        authors: "Authors",
        series: "Series",
        search: "Search",
        articles: "Articles",
        sections: "Sections",
        contents: "Contents",
        previous: "Previous",
        next: "Next",
        newer: "Newer",
        older: "Older",
        page_of: "Page {} of {}",
        minutes: "{} min",
        length: "{} words",
        related: "Related",
        part_of: "Part {} of {}",
        not_found: "This page does not exist",
        not_found_text: "It may have moved, or the address has a typing error.",
        moved: "This page has moved to",
        colours: "Colours",
        automatic: "Automatic",
        light: "Light",
        dark: "Dark",
        sepia: "Sepia",
        feeds: "Feeds",
        book: "E-book",
        results: "Found",
        no_results: "Nothing found",
        in_a_note: "in a note",
        needs_script: "The search needs JavaScript. Without it, all articles are in the archive.",
        source: "Source",
        updated: "Updated",
    },
    Words {
        tag: "de",
        skip: "Zum Text",
        menu: "Menü",
        home: "Start",
        archive: "Archiv",
        undated: "Ohne Datum",
        tags: "Themen",
        authors: "Autoren",
        series: "Reihen",
        search: "Suche",
        articles: "Artikel",
        sections: "Bereiche",
        contents: "Inhalt",
        previous: "Zurück",
        next: "Weiter",
        newer: "Neuere",
        older: "Ältere",
        page_of: "Seite {} von {}",
        minutes: "{} Min.",
        length: "{} Wörter",
        related: "Verwandtes",
        part_of: "Teil {} von {}",
        not_found: "Diese Seite gibt es nicht",
        not_found_text: "Vielleicht ist sie umgezogen, oder die Adresse hat einen Tippfehler.",
        moved: "Diese Seite steht jetzt unter",
        colours: "Farben",
        automatic: "Automatisch",
        light: "Hell",
        dark: "Dunkel",
        sepia: "Sepia",
        feeds: "Feeds",
        book: "E-Book",
        results: "Gefunden",
        no_results: "Nichts gefunden",
        in_a_note: "in einer Anmerkung",
        needs_script: "Die Suche braucht JavaScript. Ohne steht alles im Archiv.",
        source: "Quelle",
        updated: "Geändert",
    },
    Words {
        tag: "fr",
        skip: "Aller au texte",
        menu: "Menu",
        home: "Accueil",
        archive: "Archives",
        undated: "Sans date",
        tags: "Thèmes",
        authors: "Auteurs",
        series: "Séries",
        search: "Recherche",
        articles: "Articles",
        sections: "Rubriques",
        contents: "Sommaire",
        previous: "Précédent",
        next: "Suivant",
        newer: "Plus récents",
        older: "Plus anciens",
        page_of: "Page {} sur {}",
        minutes: "{} min",
        length: "{} mots",
        related: "À lire aussi",
        part_of: "Partie {} sur {}",
        not_found: "Cette page n’existe pas",
        not_found_text: "Elle a peut-être changé d’adresse, ou l’adresse contient une faute de frappe.",
        moved: "Cette page se trouve maintenant ici :",
        colours: "Couleurs",
        automatic: "Automatique",
        light: "Clair",
        dark: "Sombre",
        sepia: "Sépia",
        feeds: "Flux",
        book: "Livre numérique",
        results: "Résultats",
        no_results: "Aucun résultat",
        in_a_note: "dans une note",
        needs_script: "La recherche nécessite JavaScript. Sans lui, tous les articles sont dans les archives.",
        source: "Source",
        updated: "Mis à jour",
    },
    Words {
        tag: "es",
        skip: "Ir al texto",
        menu: "Menú",
        home: "Inicio",
        archive: "Archivo",
        undated: "Sin fecha",
        tags: "Temas",
        authors: "Autores",
        series: "Series",
        search: "Buscar",
        articles: "Artículos",
        sections: "Secciones",
        contents: "Contenido",
        previous: "Anterior",
        next: "Siguiente",
        newer: "Más recientes",
        older: "Más antiguos",
        page_of: "Página {} de {}",
        minutes: "{} min",
        length: "{} palabras",
        related: "Relacionados",
        part_of: "Parte {} de {}",
        not_found: "Esta página no existe",
        not_found_text: "Quizá ha cambiado de lugar, o la dirección tiene una errata.",
        moved: "Esta página está ahora en",
        colours: "Colores",
        automatic: "Automático",
        light: "Claro",
        dark: "Oscuro",
        sepia: "Sepia",
        feeds: "Canales",
        book: "Libro electrónico",
        results: "Resultados",
        no_results: "Sin resultados",
        in_a_note: "en una nota",
        needs_script: "La búsqueda necesita JavaScript. Sin él, todos los artículos están en el archivo.",
        source: "Fuente",
        updated: "Actualizado",
    },
    Words {
        tag: "he",
        skip: "אל הטקסט",
        menu: "תפריט",
        home: "בית",
        archive: "ארכיון",
        undated: "ללא תאריך",
        tags: "נושאים",
        authors: "מחברים",
        series: "סדרות",
        search: "חיפוש",
        articles: "מאמרים",
        sections: "מדורים",
        contents: "תוכן",
        previous: "הקודם",
        next: "הבא",
        newer: "חדשים יותר",
        older: "ישנים יותר",
        page_of: "עמוד {} מתוך {}",
        minutes: "{} דק׳",
        length: "{} מילים",
        related: "קשורים",
        part_of: "חלק {} מתוך {}",
        not_found: "הדף הזה אינו קיים",
        not_found_text: "ייתכן שהועבר, או שיש טעות בכתובת.",
        moved: "הדף הזה עבר אל",
        colours: "צבעים",
        automatic: "אוטומטי",
        light: "בהיר",
        dark: "כהה",
        sepia: "ספיה",
        feeds: "הזנות",
        book: "ספר אלקטרוני",
        results: "נמצאו",
        no_results: "לא נמצא דבר",
        in_a_note: "בהערה",
        needs_script: "החיפוש זקוק ל־JavaScript. בלעדיו כל המאמרים בארכיון.",
        source: "מקור",
        updated: "עודכן",
    },
    Words {
        tag: "ja",
        skip: "本文へ",
        menu: "メニュー",
        home: "ホーム",
        archive: "アーカイブ",
        undated: "日付なし",
        tags: "タグ",
        authors: "著者",
        series: "連載",
        search: "検索",
        articles: "記事",
        sections: "部門",
        contents: "目次",
        previous: "前へ",
        next: "次へ",
        newer: "新しい記事",
        older: "古い記事",
        page_of: "{} / {} ページ",
        minutes: "{}分",
        length: "{}語",
        related: "関連記事",
        part_of: "{} / {} 回",
        not_found: "このページはありません",
        not_found_text: "移動したか、アドレスが間違っています。",
        moved: "このページの新しい場所：",
        colours: "配色",
        automatic: "自動",
        light: "明るい",
        dark: "暗い",
        sepia: "セピア",
        feeds: "フィード",
        book: "電子書籍",
        results: "検索結果",
        no_results: "見つかりません",
        in_a_note: "注の中",
        needs_script: "検索には JavaScript が必要です。すべての記事はアーカイブにあります。",
        source: "出典",
        updated: "更新",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_places_for_numbers() {
        let forms = |words: &Words| {
            [words.page_of, words.minutes, words.length, words.part_of].map(|form| form.matches("{}").count())
        };
        for words in WORDS {
            assert_eq!(forms(words), forms(&WORDS[0]), "{}", words.tag);
            assert_eq!(of(words.tag).tag, words.tag);
        }
        assert_eq!((of("de-AT").tag, of("xx").tag), ("de", "en"));
    }

    #[test]
    fn places_are_filled_in_order() {
        assert_eq!(filled("Part {} of {}", &[2, 3]), "Part 2 of 3");
    }
}
