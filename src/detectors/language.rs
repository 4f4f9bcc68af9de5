//! The language of the text, from its words; only where the detector is sure.

use super::Detector;
use crate::document::Found;
use crate::findings::Findings;
use crate::options::Options;
use crate::sheet::Sheet;

pub(super) const LANGUAGE: Detector = Detector { name: "language", find };

/// How many bytes of the text are looked at: more do not make the detector surer.
const SAMPLE: usize = 2500;

/// Fewer bytes are too few to tell Danish from Norwegian, or a name from a language.
const LEAST: usize = 160;

/// Little words that running text of a language is full of, and that of others is not, with its tag.
///
/// Where they decide, nothing else has to be asked, which takes ten times as long.
const LITTLE_WORDS: &[(&str, &[&str])] = &[
    ("en", &["the", "of", "and", "to", "in", "that", "was", "is", "with", "for", "which", "by", "it"]),
    ("de", &["der", "die", "und", "das", "den", "ist", "von", "mit", "nicht", "ein", "eine", "zu", "dem"]),
    ("fr", &["les", "des", "et", "est", "dans", "une", "du", "pour", "qui", "sur", "au", "pas", "il"]),
    ("es", &["el", "los", "las", "y", "del", "una", "con", "por", "para", "se", "su", "como", "lo"]),
];

/// Those words as numbers, each with its language and its place there, sorted: quick to look up.
const SORTED: [(u64, usize, usize); 13 * LITTLE_WORDS.len()] = {
    let mut sorted = [(0, 0, 0); 13 * LITTLE_WORDS.len()];
    let mut count = 0;
    while count < sorted.len() {
        let (language, place) = (count / 13, count % 13);
        let word = (as_number(LITTLE_WORDS[language].1[place].as_bytes()), language, place);
        let mut at = count;
        while at > 0 && sorted[at - 1].0 > word.0 {
            sorted[at] = sorted[at - 1];
            at -= 1;
        }
        sorted[at] = word;
        count += 1;
    }
    sorted
};

/// Returns the bytes of a word of at most eight as a number, large letters of ASCII as small ones.
const fn as_number(word: &[u8]) -> u64 {
    let (mut number, mut at) = (0, 0);
    while at < word.len() {
        number = number << 8 | word[at].to_ascii_lowercase() as u64;
        at += 1;
    }
    number
}

fn find(sheet: &Sheet<'_>, _: &Options, findings: &mut Findings) {
    if findings.metadata.lang.is_some() {
        return;
    }
    let mut sample = String::with_capacity(SAMPLE);
    for row in findings.body_rows() {
        if sample.len() >= SAMPLE {
            break;
        }
        let words = sheet.words(row);
        let end = words.floor_char_boundary(SAMPLE - sample.len().min(SAMPLE));
        sample.push_str(&words[..end]);
        sample.push(' ');
    }
    if sample.len() < LEAST {
        return;
    }
    let guess = || whatlang::detect(&sample).filter(whatlang::Info::is_reliable);
    let tag = by_little_words(&sample).or_else(|| guess().and_then(|info| tag(info.lang())));
    findings.metadata.lang = tag.map(|tag| Found { value: tag.to_owned(), rule: LANGUAGE.name, span: None });
}

/// Returns the language that the little words of a text leave no doubt of: at least six different ones of it are an
/// eighth of all words, and those of any other are next to nothing beside them.
fn by_little_words(text: &str) -> Option<&'static str> {
    let mut words = 0;
    let mut counts = [[0_usize; 13]; LITTLE_WORDS.len()];
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        if word.len() > "which".len() {
            continue;
        }
        let number = as_number(word.as_bytes());
        if let Ok(at) = SORTED.binary_search_by_key(&number, |(known, ..)| *known) {
            let (_, language, place) = SORTED[at];
            counts[language][place] += 1;
        }
    }
    let mut sums: Vec<(usize, usize)> = counts.iter().map(|counts| counts.iter().sum()).zip(0..).collect();
    sums.sort_unstable_by(|a, b| b.cmp(a));
    let [(most, first), (next, _), ..] = sums[..] else { return None };
    let different = counts[first].iter().filter(|&&count| count > 0).count();
    (most * 8 >= words && next * 5 <= most && different >= 6).then_some(LITTLE_WORDS[first].0)
}

/// Returns the shortest BCP 47 tag (RFC 5646) of a language, from its ISO 639-3 code.
fn tag(lang: whatlang::Lang) -> Option<&'static str> {
    let tag = match lang.code() {
        "afr" => "af",
        "aka" => "ak",
        "amh" => "am",
        "ara" => "ar",
        "aze" => "az",
        "bel" => "be",
        "ben" => "bn",
        "bul" => "bg",
        "cat" => "ca",
        "ces" => "cs",
        "cmn" => "zh",
        "cym" => "cy",
        "dan" => "da",
        "deu" => "de",
        "ell" => "el",
        "eng" => "en",
        "epo" => "eo",
        "est" => "et",
        "fin" => "fi",
        "fra" => "fr",
        "guj" => "gu",
        "heb" => "he",
        "hin" => "hi",
        "hrv" => "hr",
        "hun" => "hu",
        "hye" => "hy",
        "ind" => "id",
        "ita" => "it",
        "jav" => "jv",
        "jpn" => "ja",
        "kan" => "kn",
        "kat" => "ka",
        "khm" => "km",
        "kor" => "ko",
        "lat" => "la",
        "lav" => "lv",
        "lit" => "lt",
        "mal" => "ml",
        "mar" => "mr",
        "mkd" => "mk",
        "mya" => "my",
        "nep" => "ne",
        "nld" => "nl",
        "nob" => "nb",
        "ori" => "or",
        "pan" => "pa",
        "pes" => "fa",
        "pol" => "pl",
        "por" => "pt",
        "ron" => "ro",
        "rus" => "ru",
        "sin" => "si",
        "slk" => "sk",
        "slv" => "sl",
        "sna" => "sn",
        "spa" => "es",
        "srp" => "sr",
        "swe" => "sv",
        "tam" => "ta",
        "tel" => "te",
        "tgl" => "tl",
        "tha" => "th",
        "tuk" => "tk",
        "tur" => "tr",
        "ukr" => "uk",
        "urd" => "ur",
        "uzb" => "uz",
        "vie" => "vi",
        "yid" => "yi",
        "zul" => "zu",
        _ => return None,
    };
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_only_from_enough_text() {
        let german = "Die alte Fähre hatte den Fluss überquert, solange im Dorf jemand denken konnte, und niemand \
                      hatte je gefragt, wer das Seil bezahlte, bis die Brücke kam und mit ihr die Frage, was aus dem \
                      Fährmann werden sollte.";
        for (text, expected) in [(german, Some("de")), ("Die alte Fähre", None), ("", None)] {
            let sheet = crate::readers::read_text(text);
            let mut findings = Findings::new(&sheet);
            find(&sheet, &Options::default(), &mut findings);
            assert_eq!(findings.metadata.lang.map(|found| found.value).as_deref(), expected, "in {text:?}");
        }
    }

    #[test]
    fn little_words_decide_where_they_leave_no_doubt() {
        let english = "The ferry that was built for the mill by the river was sold to the baker in the spring, and \
                       it is the rope of it that hangs with the nets";
        let french = "Les bateaux des pêcheurs sont dans le port, et une corde est sur le quai pour ceux qui ne \
                      dorment pas au bord du fleuve";
        let catalan = "Les barques dels pescadors són al port i la corda és damunt del moll per a tots aquells que no \
                       dormen vora el riu, i els nens que hi juguen";
        let dutch = "De veerboot die in de haven lag, was van de molenaar of van zijn broer, en het touw is in het \
                     water gevallen toen de wind uit het westen kwam";
        for (text, expected) in [
            (english, Some("en")),
            (french, Some("fr")),
            (catalan, None),
            (dutch, None),
            (&format!("{english}. {french}"), None),
            ("The the the the", None),
            ("", None),
        ] {
            assert_eq!(by_little_words(text), expected, "in {text:?}");
        }
    }
}
