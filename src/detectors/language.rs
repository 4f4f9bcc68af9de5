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
    let tag = whatlang::detect(&sample).filter(whatlang::Info::is_reliable).and_then(|info| tag(info.lang()));
    findings.metadata.lang = tag.map(|tag| Found { value: tag.to_owned(), rule: LANGUAGE.name, span: None });
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
}
