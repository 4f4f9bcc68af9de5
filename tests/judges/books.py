#!/usr/bin/env python3
"""Makes the books that the judges read: 24 invented texts in 24 languages, across scripts, sizes, reading systems and
places for notes, one with printed pages, and three volumes.

usage: books.py POSTIL FOLDER

FOLDER gets the sources and, in FOLDER/books, the EPUBs; a .json beside a book holds the metadata that were put in. Same
program, same bytes: nothing here is random.
"""
import base64
import json
import pathlib
import subprocess
import sys

# A sentence, another one, a heading and a title in each language. All of them are about a ferry.
WORDS = {
    "en": ("Nobody had ever asked who paid for the rope.", "The bell hung between two oaks.", "The bridge", "The rope & the bell"),
    "de": ("Niemand hatte je gefragt, wer das Seil bezahlte.", "Die Glocke hing zwischen zwei Eichen.", "Die Brücke", "Das Seil und die Glocke"),
    "fr": ("Personne n’avait jamais demandé qui payait la corde.", "La cloche pendait entre deux chênes.", "Le pont", "La corde et la cloche"),
    "es": ("Nadie había preguntado nunca quién pagaba la cuerda.", "La campana colgaba entre dos robles.", "El puente", "La cuerda y la campana"),
    "it": ("Nessuno aveva mai chiesto chi pagasse la corda.", "La campana pendeva tra due querce.", "Il ponte", "La corda e la campana"),
    "pt": ("Ninguém jamais perguntara quem pagava a corda.", "O sino pendia entre dois carvalhos.", "A ponte", "A corda e o sino"),
    "nl": ("Niemand had ooit gevraagd wie het touw betaalde.", "De bel hing tussen twee eiken.", "De brug", "Het touw en de bel"),
    "sv": ("Ingen hade någonsin frågat vem som betalade repet.", "Klockan hängde mellan två ekar.", "Bron", "Repet och klockan"),
    "pl": ("Nikt nigdy nie zapytał, kto płaci za linę.", "Dzwon wisiał między dwoma dębami.", "Most", "Lina i dzwon"),
    "cs": ("Nikdo se nikdy nezeptal, kdo platí lano.", "Zvon visel mezi dvěma duby.", "Most", "Lano a zvon"),
    "ru": ("Никто никогда не спрашивал, кто платит за канат.", "Колокол висел между двумя дубами.", "Мост", "Канат и колокол"),
    "uk": ("Ніхто ніколи не питав, хто платить за канат.", "Дзвін висів між двома дубами.", "Міст", "Канат і дзвін"),
    "el": ("Κανείς δεν είχε ρωτήσει ποτέ ποιος πλήρωνε το σχοινί.", "Η καμπάνα κρεμόταν ανάμεσα σε δύο βελανιδιές.", "Η γέφυρα", "Το σχοινί και η καμπάνα"),
    "tr": ("Halatı kimin ödediğini kimse hiç sormamıştı.", "Çan iki meşenin arasında asılıydı.", "Köprü", "Halat ve çan"),
    "hu": ("Soha senki nem kérdezte, ki fizet a kötélért.", "A harang két tölgy között lógott.", "A híd", "A kötél és a harang"),
    "fi": ("Kukaan ei ollut koskaan kysynyt, kuka köyden maksoi.", "Kello riippui kahden tammen välissä.", "Silta", "Köysi ja kello"),
    "ja": ("誰が縄の代金を払っているのか、誰も尋ねたことがなかった。", "鐘は二本の樫の木の間に下がっていた。", "橋", "縄と鐘"),
    "zh": ("从来没有人问过是谁付的绳子钱。", "钟挂在两棵橡树之间。", "桥", "绳与钟"),
    "ko": ("누가 밧줄 값을 내는지 아무도 물어본 적이 없었다.", "종은 두 참나무 사이에 걸려 있었다.", "다리", "밧줄과 종"),
    "ar": ("لم يسأل أحد قط من يدفع ثمن الحبل.", "كان الجرس معلقا بين شجرتي بلوط.", "الجسر", "الحبل والجرس"),
    "he": ("איש לא שאל מעולם מי משלם על החבל.", "הפעמון היה תלוי בין שני אלונים.", "הגשר", "החבל והפעמון"),
    "fa": ("هیچ‌کس هرگز نپرسیده بود چه کسی پول طناب را می‌دهد.", "ناقوس میان دو بلوط آویزان بود.", "پل", "طناب و ناقوس"),
    "hi": ("किसी ने कभी नहीं पूछा था कि रस्सी का दाम कौन देता है।", "घंटी दो बलूतों के बीच लटकी थी।", "पुल", "रस्सी और घंटी"),
    "und": ("Nemo umquam rogaverat. 7 < 9 & 9 > 7; <b>not bold</b> \x0b\x7f", "]]> <!-- & -->", "<h1>&amp;</h1>", "1 < 2 && \"3\""),
}
PROFILES = ["generic", "apple", "kindle", "kobo"]
PLACES = ["end", "section", "foot", "inline"]
# Paragraphs in a part, and parts.
SIZES = [(2, 1), (3, 3), (8, 6), (60, 40)]

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3" fill="teal"/></svg>'


def extras(number):
    """What a part holds beside paragraphs: every kind of block and inline."""
    return f"""
> A rope is a promise.[^again]
>
> 1. ebb
> 2. flow

| Year | Price |
|------|------:|
| 1902 | £{number}[^again] |

```text
<rope> && "bell"
```

- [x] paid
- [ ] owed

![The ferry](ferry.png) ![A buoy](buoy.svg "Buoy") ![Far away](https://harbour.example/far.png)
![A dot](data:image/png;base64,{base64.b64encode(PNG).decode()})

$$\\begin{{pmatrix}}a & b\\\\ c & d\\end{{pmatrix}} \\dfrac{{1}}{{2}} \\text{{\\textbf{{if}} it rains}} \\displaystyle \\sum_{{n=1}}^{{\\infty}} n$$

The price is $x < \\frac{{{number}}}{{2}}$, said the *ferryman*, **twice**; see [the log](https://harbour.example/log?a=1&b=2),
[the next part](#part-{number}), [a page that is not here](missing.html), [nowhere](#nowhere), [the German
text](02-de.md), [its address](https://harbour.example/de) and [[Das Seil und die Glocke]].

* * *
"""


def metadata(lang, number):
    """What the front matter says; JSON is YAML, too."""
    said = {
        "title": WORDS[lang][3],
        "authors": ["Iona Vale", "Tam Orrick"],
        "date": "2031-03-04",
        "source": "https://harbour.example/" + lang,
        "publisher": "The Harbour Log",
        "tags": ["ferries", "ropes"],
        "rights": "© 2031 The Harbour Log",
        "series": "The river & its bells",
        "part": number + 1,
        "isbn": "9783161484100",
    }
    return said if lang == "und" else {**said, "lang": lang}


def markdown(lang, paragraphs, parts, said):
    first, second, heading, _ = WORDS[lang]
    lines = ["---", *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()), "---", ""] if said else []
    notes = []
    for part in range(1, parts + 1):
        lines += [f"# {heading} {part}", ""]
        for paragraph in range(paragraphs):
            label = f"n{part}-{paragraph}"
            lines += [f"{first}[^{label}] {second}" + ("[^again]" if paragraph == 0 else ""), ""]
            # Short notes, long ones, and some of several paragraphs.
            notes.append(f"[^{label}]: " + ["Ibid.", first, f"{second}\n\n    {first}"][paragraph % 3])
        lines += [f"## {heading} {part}.1", extras(part)]
    return "\n".join(lines + [f"[^again]: {second} {first}", *notes]) + "\n"


def pages():
    """A scan of three pages: running heads, page numbers, a note at the foot of each."""
    lines = "the ferry had crossed the river as long as anybody could say\n" * 12
    told = [
        ("nobody asked who paid for the rope", "The accounts name no payer."),
        ("a bell of bronze called it over", "Cast in 1902, says the rim."),
        ("then the bridge was built", "By the county, which had refused twice."),
    ]
    texts = [f"THE RIVER\n\n{lines}until {text}.[{at}]\n\n[{at}] {note}\n\n{at + 10}\n" for at, (text, note) in enumerate(told, 1)]
    return "\f".join(texts)


def main(postil, folder):
    folder = pathlib.Path(folder)
    books = folder / "books"
    books.mkdir(parents=True, exist_ok=True)
    (folder / "ferry.png").write_bytes(PNG)
    (folder / "buoy.svg").write_text(SVG)
    sources = []
    for number, lang in enumerate(WORDS):
        paragraphs, parts = SIZES[(number * 3 + number // 4) % 4]
        source = folder / f"{number + 1:02}-{lang}.md"
        said = metadata(lang, number) if number % 6 != 5 else None
        source.write_text(markdown(lang, paragraphs, parts, said), encoding="utf-8")
        sources.append(source)
        profile, place = PROFILES[number % 4], PLACES[number // 4 % 4]
        book = books / f"{source.stem}-{profile}-{place}.epub"
        cover = ["--cover", folder / "ferry.png"] if number % 5 == 4 else []
        subprocess.run([postil, "-q", source, "--profile", profile, "--notes", place, *cover, "-o", book], check=True)
        if said:
            book.with_suffix(".json").write_text(json.dumps(said), encoding="utf-8")
    scan = folder / "25-pages.txt"
    scan.write_text(pages(), encoding="utf-8")
    subprocess.run([postil, "-q", scan, "--set", "lang=en", "-o", books / "25-pages-generic-end.epub"], check=True)
    parts = folder / "book.yaml"
    parts.write_text(
        """title: The river in parts
lang: fr
cover: ferry.png
articles: [25-pages.txt]
parts:
  - title: One & <two>
    articles: [01-en.md, 02-de.md]
  - title: Three
    articles: [20-ar.md]
""",
        encoding="utf-8",
    )
    subprocess.run([postil, "book", "-q", parts, "--profile", "kobo", "-o", books / "volume-parts.epub"], check=True)
    for place in ("end", "section"):
        book = books / f"volume-{place}.epub"
        chosen = [source for source in sources if source.stem[3:] in ("en", "de", "ja", "he", "und")]
        said = {"title": "The river reader", "lang": "en", "publisher": "The Harbour Press", "series": "Readers", "part": "3"}
        sets = [word for key, value in said.items() for word in ("--set", f"{key}={value}")]
        subprocess.run([postil, "book", "-q", *chosen, *sets, "--notes", place, "-o", book], check=True)
        # Authors and further languages are those of the articles.
        said |= {"authors": ["Iona Vale", "Tam Orrick"], "lang": ["en", "de", "ja", "he"]}
        book.with_suffix(".json").write_text(json.dumps(said), encoding="utf-8")
    print(f"{len(list(books.glob('*.epub')))} books in {books}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
