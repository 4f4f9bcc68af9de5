#!/usr/bin/env python3
"""Judges EPUBs.

usage: epub.py [--only links,ace,calibre,foliate,epubjs] [--shots FOLDER] BOOK.epub …

Each check prints one line, PASS or FAIL with the book and some figures, and its problems below. Exit codes: 0 all
passed, 1 one failed, 2 a tool is missing.
"""
import argparse
import json
import os
import pathlib
import posixpath
import re
import subprocess
import sys
import tempfile
import zipfile
from urllib.parse import unquote

from lxml import etree

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = pathlib.Path(os.environ.get("POSTIL_JUDGES", "~/.cache/postil-judges")).expanduser()
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
A = "{http://www.w3.org/1999/xhtml}a"
NOTE = {"footnote", "endnote", "doc-footnote"}
REFERENCE = {"noteref", "doc-noteref"}


class Missing(Exception):
    """A tool is not installed."""


def kinds(element):
    return set(((element.get(EPUB_TYPE) or "") + " " + (element.get("role") or "")).split())


def links(book):
    """The container's bytes, ids, links, and every note in both directions, without any program."""
    problems = []
    archive = zipfile.ZipFile(book)
    first = archive.infolist()[0]
    if (first.filename, first.compress_type, first.extra) != ("mimetype", 0, b""):
        problems.append("mimetype is not the first, stored, bare entry")
    if len({entry.date_time for entry in archive.infolist()}) != 1:
        problems.append("entries have different times")
    container = etree.fromstring(archive.read("META-INF/container.xml"))
    package_path = container.find(".//{*}rootfile").get("full-path")
    package = etree.fromstring(archive.read(package_path))
    base = posixpath.dirname(package_path)
    items = {item.get("id"): posixpath.join(base, unquote(item.get("href"))) for item in package.iter("{*}item")}
    spine = [items[reference.get("idref")] for reference in package.iter("{*}itemref")]
    pages = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xhtml")}
    ids = {}
    for name, page in pages.items():
        for element in page.iter("{*}*"):
            if element.get("id"):
                if (name, element.get("id")) in ids:
                    problems.append(f"{name}: id {element.get('id')} twice")
                ids[name, element.get("id")] = element

    def target(name, href):
        path, _, fragment = href.partition("#")
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path))) if path else name, fragment

    references, cited = 0, set()
    for name, page in pages.items():
        for link in page.iter(A):
            href = link.get("href") or ""
            if re.match(r"[a-z][a-z0-9+.-]*:", href, re.I):
                continue
            path, fragment = target(name, href)
            if path not in pages or (fragment and (path, fragment) not in ids):
                problems.append(f"{name}: {href} leads nowhere")
                continue
            if path not in spine and path != name:
                problems.append(f"{name}: {href} leads to a document that nobody reads")
            if kinds(link) & REFERENCE:
                references += 1
                cited.add((path, fragment))
                note = ids[path, fragment]
                back = [target(path, a.get("href") or "") for a in note.iter(A) if "doc-backlink" in kinds(a)]
                if (name, link.get("id")) not in back:
                    problems.append(f"{path}#{fragment}: no way back to {name}#{link.get('id')}")
                if not kinds(note) & NOTE:
                    problems.append(f"{path}#{fragment}: not marked as a note")
    for (name, anchor), element in ids.items():
        is_note = kinds(element) & NOTE and not kinds(element) & REFERENCE
        if is_note and (name, anchor) not in cited:
            problems.append(f"{name}#{anchor}: a note that nothing refers to")
    return problems, f"{len(pages)} documents, {references} references, {len(cited)} notes"


def ace(book):
    """Ace by DAISY: accessibility of pages and metadata."""
    program = TOOLS / "node_modules/.bin/ace-puppeteer"
    if not program.exists():
        raise Missing(program)
    environment = dict(os.environ)
    environment.setdefault("PUPPETEER_EXECUTABLE_PATH", "/usr/bin/chromium")
    environment.setdefault("ACE_TIMEOUT_INITIAL", "60000")
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "-f", "--silent", "-o", folder, book.resolve()]
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        report = pathlib.Path(folder, "report.json")
        if not report.exists():
            return ["did not run: " + (done.stderr + done.stdout)[-300:]], ""
        report = json.loads(report.read_text())
    problems = [
        f"{finding['earl:test']['dct:title']} in {page['earl:testSubject']['url']}"
        for page in report["assertions"]
        for finding in page.get("assertions", [])
        if finding["earl:result"]["earl:outcome"] == "fail"
    ]
    # Not every book may claim to conform, and credentials and reports are those of people who certify books.
    claims = ("a11y:certifi", "dcterms:conformsTo")
    missing = [name for name in report["a11y-metadata"]["missing"] if not name.startswith(claims)]
    return problems + [f"metadata missing: {name}" for name in missing], report["earl:result"]["earl:outcome"]


# Languages as calibre names them (ISO 639-2).
LANGUAGES = dict(pair.split(":") for pair in """ar:ara cs:ces de:deu el:ell en:eng es:spa fa:fas fi:fin fr:fra he:heb
    hi:hin hu:hun it:ita ja:jpn ko:kor nl:nld pl:pol pt:por ru:rus sv:swe tr:tur uk:ukr zh:zho""".split())

# The line of `ebook-meta` that tells a key, and how it tells a value.
TOLD = {
    "title": ("Title", " ".join),
    "authors": ("Author(s)", " & ".join),
    "publisher": ("Publisher", " ".join),
    "tags": ("Tags", ", ".join),
    "date": ("Published", lambda value: f"{value[0]}T00:00:00+00:00"),
    "lang": ("Languages", lambda value: ", ".join(LANGUAGES[lang] for lang in value)),
    "isbn": ("Identifiers", lambda value: f"isbn:{value[0]}"),
}


def calibre(book):
    """calibre reads the metadata that were put in, all words, and makes a Kindle book."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", QTWEBENGINE_CHROMIUM_FLAGS="--no-sandbox")
    run = lambda *command: subprocess.run(command, capture_output=True, text=True, env=environment)
    archive = zipfile.ZipFile(book)
    try:
        found = dict(re.findall(r"^(\S[^:]*?)\s*: (.*)$", run("ebook-meta", book).stdout, re.M))
    except FileNotFoundError as error:
        raise Missing("calibre") from error
    found["Author(s)"] = re.sub(r" \[[^]]*\]$", "", found.get("Author(s)", ""))
    said = book.with_suffix(".json")
    said = json.loads(said.read_text(encoding="utf-8")) if said.exists() else {"title": found.get("Title", "a title")}
    expected = {}
    for key, (line, told) in TOLD.items():
        if key in said:
            expected[line] = told(said[key] if isinstance(said[key], list) else [said[key]])
    if "series" in said:
        expected["Series"] = f"{said['series']} #{said['part']}"
    problems = [f"{line} {found.get(line)!r}, put in {value!r}" for line, value in expected.items() if found.get(line) != value]
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("txt", "azw3"):
            done = run("ebook-convert", book, f"{folder}/book.{kind}")
            if done.returncode:
                problems.append(f"no {kind}: " + (done.stderr or done.stdout)[-200:])
        text = pathlib.Path(folder, "book.txt")
        words = len(text.read_text(encoding="utf-8").split()) if text.exists() else 0
    pages = [name for name in archive.namelist() if name.endswith(".xhtml") and not name.endswith("nav.xhtml")]
    wanted = sum(len("".join(etree.fromstring(archive.read(name)).find("{*}body").itertext()).split()) for name in pages)
    if abs(words - wanted) > max(40, wanted // 20):
        problems.append(f"{words} words read of {wanted}")
    return problems, f"{found.get('Title')!r}, {len(expected)} fields, {words} words"


def reader(engine):
    def judge(book, shots=None):
        command = ["node", HERE / "epub_reader.mjs", book, engine, *([shots] if shots else [])]
        environment = dict(os.environ, POSTIL_JUDGES=str(TOOLS))
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode == 2:
            raise Missing(done.stderr.strip())
        if not done.stdout.strip():
            return ["did not run: " + done.stderr[-300:]], ""
        result = json.loads(done.stdout)
        return result["problems"], result["figures"]

    return judge


JUDGES = {"links": links, "ace": ace, "calibre": calibre, "foliate": reader("foliate"), "epubjs": reader("epubjs")}


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("books", nargs="+", type=pathlib.Path)
    parser.add_argument("--only", default=",".join(JUDGES))
    parser.add_argument("--shots")
    arguments = parser.parse_args()
    failed = False
    for book in arguments.books:
        for name in arguments.only.split(","):
            more = {"shots": arguments.shots} if name in ("foliate", "epubjs") else {}
            try:
                problems, figures = JUDGES[name](book, **more)
            except Missing as error:
                print(f"MISSING {name}: {error}")
                return 2
            print(f"{'FAIL' if problems else 'PASS'} {name} {book.name}: {figures}", flush=True)
            for problem in problems[:20]:
                print("  " + problem)
            failed |= bool(problems)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
