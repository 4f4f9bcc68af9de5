//! The few words that writers add to an article, in the article's language.
//!
//! One row for each language; English where there is no row. `{}` stands for a number or a name.

use serde::Serialize;

/// What a writer says in one language.
#[derive(Debug, Serialize)]
pub(crate) struct Labels {
    /// The language, as BCP 47 names it (RFC 5646): `en`, `zh-Hant`.
    pub(crate) tag: &'static str,
    /// The heading over the notes.
    pub(crate) notes: &'static str,
    /// One note, where a number alone would be too short.
    pub(crate) note: &'static str,
    /// What a screen reader says for a backlink.
    pub(crate) back: &'static str,
    /// The heading over a table of contents.
    pub(crate) contents: &'static str,
    /// The picture on the front of a book.
    pub(crate) cover: &'static str,
    /// The page with title and authors.
    pub(crate) title_page: &'static str,
    /// Where the article was published, before an address or a name.
    pub(crate) source: &'static str,
    /// Before the date of the last change.
    pub(crate) updated: &'static str,
    /// What a screen reader says for a table that can be moved sideways.
    pub(crate) table: &'static str,
    /// A picture that is not in the book.
    pub(crate) image: &'static str,
    /// What stands over a note, a tip, something important, a warning, and a caution.
    #[serde(skip)]
    alerts: [&'static str; 5],
    /// How dates are written; none where usage differs from country to country.
    #[serde(skip)]
    dates: Option<Dates>,
}

/// How a language writes dates.
#[derive(Debug)]
struct Dates {
    /// `{d}`, `{m}` and `{y}` stand for day, month and year.
    full: &'static str,
    /// Year and month; none where the names below are not those of a month alone.
    month: Option<&'static str>,
    names: [&'static str; 12],
}

/// Returns the labels of a language, those of English if there are none.
pub(crate) fn of(tag: &str) -> &'static Labels {
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    let primary = tag.split('-').next().unwrap_or_default();
    let named = match primary {
        "zh" if ["hant", "tw", "hk", "mo"].iter().any(|part| tag.split('-').any(|found| found == *part)) => {
            "zh-Hant"
        }
        "no" | "nn" => "nb",
        primary => primary,
    };
    LABELS.iter().find(|labels| labels.tag == named).unwrap_or(&LABELS[0])
}

impl Labels {
    /// Returns what a screen reader says for the backlink to a reference, such as `2` or `2-3`.
    pub(crate) fn back_to(&self, reference: &str) -> String {
        self.back.replace("{}", reference)
    }

    /// Returns what stands between the names of a list.
    pub(crate) fn comma(&self) -> &'static str {
        match self.tag {
            "ar" | "fa" => "، ",
            "ja" | "zh" | "zh-Hant" => "、",
            _ => ", ",
        }
    }

    /// Returns what stands over an alert; an author's own kind is its own name.
    pub(crate) fn alert<'k>(&self, kind: &'k str) -> &'k str
    where
        'static: 'k,
    {
        let known =
            ["note", "tip", "important", "warning", "caution"].iter().position(|&known| known == kind);
        known.map_or(kind, |at| self.alerts[at])
    }

    /// Returns an ISO 8601 date in the language's words: `4 March 2031`. What is no such date stays as it is.
    pub(crate) fn date(&self, iso: &str) -> String {
        self.date_in_words(iso).unwrap_or_else(|| iso.to_owned())
    }

    fn date_in_words(&self, iso: &str) -> Option<String> {
        let dates = self.dates.as_ref()?;
        let day_of = iso.split(['T', ' ']).next()?;
        let mut parts = day_of.splitn(3, '-').map(str::parse::<usize>);
        let year = parts.next()?.ok()?;
        let month = parts.next()?.ok()?;
        let name = dates.names.get(month.checked_sub(1)?)?;
        let filled = |form: &str| form.replace("{y}", &year.to_string()).replace("{m}", name);
        match parts.next() {
            Some(day) => Some(filled(dates.full).replace("{d}", &day.ok()?.to_string())),
            None => dates.month.map(filled),
        }
    }
}

/// Every language, English first.
const LABELS: &[Labels] = &[
    Labels {
        tag: "en",
        notes: "Notes",
        note: "Note",
        back: "Back to reference {}",
        contents: "Contents",
        cover: "Cover",
        title_page: "Title page",
        source: "Source",
        updated: "Updated",
        table: "Table",
        image: "Image",
        alerts: ["Note", "Tip", "Important", "Warning", "Caution"],
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
        }),
    },
    Labels {
        tag: "ar",
        notes: "الهوامش",
        note: "هامش",
        back: "العودة إلى المرجع {}",
        contents: "المحتويات",
        cover: "الغلاف",
        title_page: "صفحة العنوان",
        source: "المصدر",
        updated: "آخر تحديث",
        table: "جدول",
        image: "صورة",
        alerts: ["ملاحظة", "نصيحة", "مهم", "تحذير", "تنبيه"],
        // The names of most countries; the Levant and the Maghreb know them beside their own.
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "يناير",
                "فبراير",
                "مارس",
                "أبريل",
                "مايو",
                "يونيو",
                "يوليو",
                "أغسطس",
                "سبتمبر",
                "أكتوبر",
                "نوفمبر",
                "ديسمبر",
            ],
        }),
    },
    Labels {
        tag: "ca",
        notes: "Notes",
        note: "Nota",
        back: "Torna a la referència {}",
        contents: "Contingut",
        cover: "Coberta",
        title_page: "Portada",
        source: "Font",
        updated: "Actualitzat",
        table: "Taula",
        image: "Imatge",
        alerts: ["Nota", "Consell", "Important", "Avís", "Precaució"],
        dates: None,
    },
    Labels {
        tag: "cs",
        notes: "Poznámky",
        note: "Poznámka",
        back: "Zpět k odkazu {}",
        contents: "Obsah",
        cover: "Obálka",
        title_page: "Titulní strana",
        source: "Zdroj",
        updated: "Aktualizováno",
        table: "Tabulka",
        image: "Obrázek",
        alerts: ["Poznámka", "Tip", "Důležité", "Varování", "Pozor"],
        dates: Some(Dates {
            full: "{d}. {m} {y}",
            month: None,
            names: [
                "ledna",
                "února",
                "března",
                "dubna",
                "května",
                "června",
                "července",
                "srpna",
                "září",
                "října",
                "listopadu",
                "prosince",
            ],
        }),
    },
    Labels {
        tag: "da",
        notes: "Noter",
        note: "Note",
        back: "Tilbage til henvisning {}",
        contents: "Indhold",
        cover: "Omslag",
        title_page: "Titelside",
        source: "Kilde",
        updated: "Opdateret",
        table: "Tabel",
        image: "Billede",
        alerts: ["Bemærk", "Tip", "Vigtigt", "Advarsel", "Forsigtig"],
        dates: Some(Dates {
            full: "{d}. {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "januar",
                "februar",
                "marts",
                "april",
                "maj",
                "juni",
                "juli",
                "august",
                "september",
                "oktober",
                "november",
                "december",
            ],
        }),
    },
    Labels {
        tag: "de",
        notes: "Anmerkungen",
        note: "Anmerkung",
        back: "Zurück zur Textstelle {}",
        contents: "Inhalt",
        cover: "Umschlag",
        title_page: "Titelseite",
        source: "Quelle",
        updated: "Aktualisiert",
        table: "Tabelle",
        image: "Bild",
        alerts: ["Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"],
        dates: Some(Dates {
            full: "{d}. {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "Januar",
                "Februar",
                "März",
                "April",
                "Mai",
                "Juni",
                "Juli",
                "August",
                "September",
                "Oktober",
                "November",
                "Dezember",
            ],
        }),
    },
    Labels {
        tag: "el",
        notes: "Σημειώσεις",
        note: "Σημείωση",
        back: "Πίσω στην παραπομπή {}",
        contents: "Περιεχόμενα",
        cover: "Εξώφυλλο",
        title_page: "Σελίδα τίτλου",
        source: "Πηγή",
        updated: "Ενημέρωση",
        table: "Πίνακας",
        image: "Εικόνα",
        alerts: ["Σημείωση", "Συμβουλή", "Σημαντικό", "Προειδοποίηση", "Προσοχή"],
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: None,
            names: [
                "Ιανουαρίου",
                "Φεβρουαρίου",
                "Μαρτίου",
                "Απριλίου",
                "Μαΐου",
                "Ιουνίου",
                "Ιουλίου",
                "Αυγούστου",
                "Σεπτεμβρίου",
                "Οκτωβρίου",
                "Νοεμβρίου",
                "Δεκεμβρίου",
            ],
        }),
    },
    Labels {
        tag: "es",
        notes: "Notas",
        note: "Nota",
        back: "Volver a la referencia {}",
        contents: "Índice",
        cover: "Cubierta",
        title_page: "Portada",
        source: "Fuente",
        updated: "Actualizado",
        table: "Tabla",
        image: "Imagen",
        alerts: ["Nota", "Consejo", "Importante", "Advertencia", "Precaución"],
        dates: Some(Dates {
            full: "{d} de {m} de {y}",
            month: Some("{m} de {y}"),
            names: [
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ],
        }),
    },
    Labels {
        tag: "fa",
        notes: "یادداشت‌ها",
        note: "یادداشت",
        back: "بازگشت به ارجاع {}",
        contents: "فهرست",
        cover: "جلد",
        title_page: "صفحه عنوان",
        source: "منبع",
        updated: "به‌روزرسانی",
        table: "جدول",
        image: "تصویر",
        alerts: ["نکته", "راهنمایی", "مهم", "هشدار", "احتیاط"],
        // Of the Gregorian calendar, as the dates are.
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "ژانویه",
                "فوریه",
                "مارس",
                "آوریل",
                "مه",
                "ژوئن",
                "ژوئیه",
                "اوت",
                "سپتامبر",
                "اکتبر",
                "نوامبر",
                "دسامبر",
            ],
        }),
    },
    Labels {
        tag: "fi",
        notes: "Viitteet",
        note: "Viite",
        back: "Takaisin viitekohtaan {}",
        contents: "Sisällys",
        cover: "Kansi",
        title_page: "Nimiösivu",
        source: "Lähde",
        updated: "Päivitetty",
        table: "Taulukko",
        image: "Kuva",
        alerts: ["Huomautus", "Vinkki", "Tärkeää", "Varoitus", "Varo"],
        dates: Some(Dates {
            full: "{d}. {m} {y}",
            month: None,
            names: [
                "tammikuuta",
                "helmikuuta",
                "maaliskuuta",
                "huhtikuuta",
                "toukokuuta",
                "kesäkuuta",
                "heinäkuuta",
                "elokuuta",
                "syyskuuta",
                "lokakuuta",
                "marraskuuta",
                "joulukuuta",
            ],
        }),
    },
    Labels {
        tag: "fr",
        notes: "Notes",
        note: "Note",
        back: "Retour à l’appel de note {}",
        contents: "Table des matières",
        cover: "Couverture",
        title_page: "Page de titre",
        source: "Source",
        updated: "Mis à jour",
        table: "Tableau",
        image: "Image",
        alerts: ["Remarque", "Conseil", "Important", "Avertissement", "Attention"],
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "janvier",
                "février",
                "mars",
                "avril",
                "mai",
                "juin",
                "juillet",
                "août",
                "septembre",
                "octobre",
                "novembre",
                "décembre",
            ],
        }),
    },
    Labels {
        tag: "he",
        notes: "הערות",
        note: "הערה",
        back: "חזרה להפניה {}",
        contents: "תוכן העניינים",
        cover: "כריכה",
        title_page: "עמוד השער",
        source: "מקור",
        updated: "עודכן",
        table: "טבלה",
        image: "תמונה",
        alerts: ["הערה", "טיפ", "חשוב", "אזהרה", "זהירות"],
        dates: Some(Dates {
            full: "{d} ב{m} {y}",
            month: Some("{m} {y}"),
            names: [
                "ינואר",
                "פברואר",
                "מרץ",
                "אפריל",
                "מאי",
                "יוני",
                "יולי",
                "אוגוסט",
                "ספטמבר",
                "אוקטובר",
                "נובמבר",
                "דצמבר",
            ],
        }),
    },
    Labels {
        tag: "hu",
        notes: "Jegyzetek",
        note: "Jegyzet",
        back: "Vissza a hivatkozáshoz: {}",
        contents: "Tartalom",
        cover: "Borító",
        title_page: "Címlap",
        source: "Forrás",
        updated: "Frissítve",
        table: "Táblázat",
        image: "Kép",
        alerts: ["Megjegyzés", "Tipp", "Fontos", "Figyelmeztetés", "Vigyázat"],
        dates: Some(Dates {
            full: "{y}. {m} {d}.",
            month: Some("{y}. {m}"),
            names: [
                "január",
                "február",
                "március",
                "április",
                "május",
                "június",
                "július",
                "augusztus",
                "szeptember",
                "október",
                "november",
                "december",
            ],
        }),
    },
    Labels {
        tag: "it",
        notes: "Note",
        note: "Nota",
        back: "Torna al riferimento {}",
        contents: "Indice",
        cover: "Copertina",
        title_page: "Frontespizio",
        source: "Fonte",
        updated: "Aggiornato",
        table: "Tabella",
        image: "Immagine",
        alerts: ["Nota", "Suggerimento", "Importante", "Avviso", "Attenzione"],
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "gennaio",
                "febbraio",
                "marzo",
                "aprile",
                "maggio",
                "giugno",
                "luglio",
                "agosto",
                "settembre",
                "ottobre",
                "novembre",
                "dicembre",
            ],
        }),
    },
    Labels {
        tag: "ja",
        notes: "注",
        note: "注",
        back: "本文 {} に戻る",
        contents: "目次",
        cover: "表紙",
        title_page: "扉",
        source: "出典",
        updated: "更新",
        table: "表",
        image: "画像",
        alerts: ["注記", "ヒント", "重要", "警告", "注意"],
        dates: Some(Dates {
            full: "{y}年{m}{d}日",
            month: Some("{y}年{m}"),
            names: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
        }),
    },
    Labels {
        tag: "ko",
        notes: "주석",
        note: "주석",
        back: "본문 {}(으)로 돌아가기",
        contents: "차례",
        cover: "표지",
        title_page: "속표지",
        source: "출처",
        updated: "수정",
        table: "표",
        image: "그림",
        alerts: ["참고", "도움말", "중요", "경고", "주의"],
        dates: Some(Dates {
            full: "{y}년 {m} {d}일",
            month: Some("{y}년 {m}"),
            names: ["1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"],
        }),
    },
    Labels {
        tag: "la",
        notes: "Notae",
        note: "Nota",
        back: "Ad locum {}",
        contents: "Index capitum",
        cover: "Involucrum",
        title_page: "Pagina tituli",
        source: "Fons",
        updated: "Renovatum",
        table: "Tabula",
        image: "Imago",
        alerts: ["Nota", "Consilium", "Gravissimum", "Monitum", "Cave"],
        dates: None,
    },
    Labels {
        tag: "nb",
        notes: "Noter",
        note: "Note",
        back: "Tilbake til henvisning {}",
        contents: "Innhold",
        cover: "Omslag",
        title_page: "Tittelside",
        source: "Kilde",
        updated: "Oppdatert",
        table: "Tabell",
        image: "Bilde",
        alerts: ["Merk", "Tips", "Viktig", "Advarsel", "Forsiktig"],
        dates: Some(Dates {
            full: "{d}. {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "januar",
                "februar",
                "mars",
                "april",
                "mai",
                "juni",
                "juli",
                "august",
                "september",
                "oktober",
                "november",
                "desember",
            ],
        }),
    },
    Labels {
        tag: "nl",
        notes: "Noten",
        note: "Noot",
        back: "Terug naar verwijzing {}",
        contents: "Inhoud",
        cover: "Omslag",
        title_page: "Titelpagina",
        source: "Bron",
        updated: "Bijgewerkt",
        table: "Tabel",
        image: "Afbeelding",
        alerts: ["Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Let op"],
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "januari",
                "februari",
                "maart",
                "april",
                "mei",
                "juni",
                "juli",
                "augustus",
                "september",
                "oktober",
                "november",
                "december",
            ],
        }),
    },
    Labels {
        tag: "pl",
        notes: "Przypisy",
        note: "Przypis",
        back: "Powrót do odsyłacza {}",
        contents: "Spis treści",
        cover: "Okładka",
        title_page: "Strona tytułowa",
        source: "Źródło",
        updated: "Zaktualizowano",
        table: "Tabela",
        image: "Obraz",
        alerts: ["Uwaga", "Wskazówka", "Ważne", "Ostrzeżenie", "Ostrożnie"],
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: None,
            names: [
                "stycznia",
                "lutego",
                "marca",
                "kwietnia",
                "maja",
                "czerwca",
                "lipca",
                "sierpnia",
                "września",
                "października",
                "listopada",
                "grudnia",
            ],
        }),
    },
    Labels {
        tag: "pt",
        notes: "Notas",
        note: "Nota",
        back: "Voltar à referência {}",
        contents: "Índice",
        cover: "Capa",
        title_page: "Folha de rosto",
        source: "Fonte",
        updated: "Atualizado",
        table: "Tabela",
        image: "Imagem",
        alerts: ["Nota", "Dica", "Importante", "Aviso", "Cuidado"],
        dates: Some(Dates {
            full: "{d} de {m} de {y}",
            month: Some("{m} de {y}"),
            names: [
                "janeiro",
                "fevereiro",
                "março",
                "abril",
                "maio",
                "junho",
                "julho",
                "agosto",
                "setembro",
                "outubro",
                "novembro",
                "dezembro",
            ],
        }),
    },
    Labels {
        tag: "ro",
        notes: "Note",
        note: "Notă",
        back: "Înapoi la trimiterea {}",
        contents: "Cuprins",
        cover: "Copertă",
        title_page: "Pagina de titlu",
        source: "Sursă",
        updated: "Actualizat",
        table: "Tabel",
        image: "Imagine",
        alerts: ["Notă", "Sfat", "Important", "Avertisment", "Atenție"],
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "ianuarie",
                "februarie",
                "martie",
                "aprilie",
                "mai",
                "iunie",
                "iulie",
                "august",
                "septembrie",
                "octombrie",
                "noiembrie",
                "decembrie",
            ],
        }),
    },
    Labels {
        tag: "ru",
        notes: "Примечания",
        note: "Примечание",
        back: "Назад к сноске {}",
        contents: "Содержание",
        cover: "Обложка",
        title_page: "Титульный лист",
        source: "Источник",
        updated: "Обновлено",
        table: "Таблица",
        image: "Изображение",
        alerts: ["Примечание", "Совет", "Важно", "Предупреждение", "Осторожно"],
        dates: Some(Dates {
            full: "{d} {m} {y} г.",
            month: None,
            names: [
                "января",
                "февраля",
                "марта",
                "апреля",
                "мая",
                "июня",
                "июля",
                "августа",
                "сентября",
                "октября",
                "ноября",
                "декабря",
            ],
        }),
    },
    Labels {
        tag: "sv",
        notes: "Noter",
        note: "Not",
        back: "Tillbaka till hänvisning {}",
        contents: "Innehåll",
        cover: "Omslag",
        title_page: "Titelsida",
        source: "Källa",
        updated: "Uppdaterad",
        table: "Tabell",
        image: "Bild",
        alerts: ["Obs", "Tips", "Viktigt", "Varning", "Försiktighet"],
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "januari",
                "februari",
                "mars",
                "april",
                "maj",
                "juni",
                "juli",
                "augusti",
                "september",
                "oktober",
                "november",
                "december",
            ],
        }),
    },
    Labels {
        tag: "tr",
        notes: "Notlar",
        note: "Not",
        back: "{} numaralı göndermeye dön",
        contents: "İçindekiler",
        cover: "Kapak",
        title_page: "Başlık sayfası",
        source: "Kaynak",
        updated: "Güncellendi",
        table: "Tablo",
        image: "Görsel",
        alerts: ["Not", "İpucu", "Önemli", "Uyarı", "Dikkat"],
        dates: Some(Dates {
            full: "{d} {m} {y}",
            month: Some("{m} {y}"),
            names: [
                "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim",
                "Kasım", "Aralık",
            ],
        }),
    },
    Labels {
        tag: "uk",
        notes: "Примітки",
        note: "Примітка",
        back: "Назад до виноски {}",
        contents: "Зміст",
        cover: "Обкладинка",
        title_page: "Титульна сторінка",
        source: "Джерело",
        updated: "Оновлено",
        table: "Таблиця",
        image: "Зображення",
        alerts: ["Примітка", "Порада", "Важливо", "Попередження", "Обережно"],
        dates: Some(Dates {
            full: "{d} {m} {y} р.",
            month: None,
            names: [
                "січня",
                "лютого",
                "березня",
                "квітня",
                "травня",
                "червня",
                "липня",
                "серпня",
                "вересня",
                "жовтня",
                "листопада",
                "грудня",
            ],
        }),
    },
    Labels {
        tag: "zh",
        notes: "注释",
        note: "注释",
        back: "返回正文 {}",
        contents: "目录",
        cover: "封面",
        title_page: "扉页",
        source: "来源",
        updated: "更新",
        table: "表格",
        image: "图片",
        alerts: ["注意", "提示", "重要", "警告", "小心"],
        dates: Some(Dates {
            full: "{y}年{m}{d}日",
            month: Some("{y}年{m}"),
            names: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
        }),
    },
    Labels {
        tag: "zh-Hant",
        notes: "註釋",
        note: "註釋",
        back: "返回正文 {}",
        contents: "目錄",
        cover: "封面",
        title_page: "扉頁",
        source: "來源",
        updated: "更新",
        table: "表格",
        image: "圖片",
        alerts: ["注意", "提示", "重要", "警告", "小心"],
        dates: Some(Dates {
            full: "{y}年{m}{d}日",
            month: Some("{y}年{m}"),
            names: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
        }),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_found_by_their_tag() {
        for (tag, expected) in [
            ("de", "Anmerkungen"),
            ("de-AT", "Anmerkungen"),
            ("pt_BR", "Notas"),
            ("nn", "Noter"),
            ("zh-CN", "注释"),
            ("zh-Hant-HK", "註釋"),
            ("zh-TW", "註釋"),
            ("und", "Notes"),
            ("", "Notes"),
            ("den", "Notes"),
        ] {
            assert_eq!(of(tag).notes, expected, "{tag:?}");
        }
    }

    #[test]
    fn dates_are_written_in_words() {
        for (tag, iso, expected) in [
            ("en", "2031-03-04", "4 March 2031"),
            ("en", "2031-03", "March 2031"),
            ("en", "2031", "2031"),
            ("en", "2031-03-04T10:00:00Z", "4 March 2031"),
            ("en", "2031-13-04", "2031-13-04"),
            ("en", "spring 2031", "spring 2031"),
            ("de", "2031-03-04", "4. März 2031"),
            ("hu", "2031-03-04", "2031. március 4."),
            ("ja", "2031-03-04", "2031年3月4日"),
            ("ru", "2031-03-04", "4 марта 2031 г."),
            ("ru", "2031-03", "2031-03"),
            ("ar", "2031-03-04", "4 مارس 2031"),
            ("fa", "2031-03-04", "4 مارس 2031"),
            ("he", "2031-03-04", "4 במרץ 2031"),
        ] {
            assert_eq!(of(tag).date(iso), expected, "{tag} {iso}");
        }
    }

    #[test]
    fn every_language_is_there_once_and_whole() {
        let mut tags: Vec<&str> = LABELS.iter().map(|labels| labels.tag).collect();
        tags.sort_unstable();
        tags.dedup();
        assert_eq!(tags.len(), LABELS.len());
        for labels in LABELS {
            assert_eq!(labels.back.matches("{}").count(), 1, "{}", labels.tag);
            let value = serde_json::to_value(labels).expect("labels are JSON");
            let empty = value.as_object().expect("an object").values().any(|label| label == "");
            assert!(!empty, "{} has an empty label", labels.tag);
        }
    }
}
