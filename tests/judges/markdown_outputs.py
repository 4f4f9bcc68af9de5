#!/usr/bin/env python3
"""Judges our Markdown by programs that share nothing with postil.

usage: markdown_outputs.py POSTIL NODE_MODULES FOLDER…

Converts every article in the folders to Markdown, and a few with values that YAML misreads to every dialect. Then
notes         markdown-it with markdown-it-footnote, and Python-Markdown, must link every reference, and show none as text;
front matter  PyYAML (YAML 1.1), js-yaml (YAML 1.2) and gray-matter must read the same values, and words must stay words.

Needs Markdown and PyYAML for Python, and markdown-it, markdown-it-footnote, js-yaml and gray-matter in NODE_MODULES.
Ends with 1 if something is wrong.
"""
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import markdown
import yaml

HERE = pathlib.Path(__file__).parent

DIALECTS = ["postil", "hugo", "zola", "jekyll", "eleventy", "pandoc", "quarto", "obsidian"]

# What YAML reads as something else, or not at all, unless it is quoted.
TRAPS = [
    "no", "Off", "y", "null", "~", "1.10", "0x1F", "0o17", "1e3", "12:30:45", "2020-01-01", "a: b", "a #b", "*a", "&a",
    "#a", "- a", "-", "?", "|", ">", "!a", "%a", "@a", "`a`", "[a", "{a", "'a", '"a"', " a ", "", "a\\b", "é\u00a0ü",
    "=", "<<", "[[a]]", ".inf", "+1", "1_000", "a\tb", "港口: 船", "🚢", "true", "---", "...", "a:", ":a",
]


def front(text):
    """Returns the block of front matter and the text below it."""
    found = re.match(r"\A---\n(.*?\n)---\n", text, re.S)
    return (found.group(1), text[found.end():]) if found else ("", text)


def plain(value):
    """Writes dates as every reader's JSON has them."""
    if isinstance(value, datetime.datetime):
        value = value.replace(tzinfo=None)
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        found = re.fullmatch(r"(\d{4}-\d\d-\d\d)T00:00:00(?:\.000)?(?:Z|\+00:00)?", value)
        return found.group(1) if found else value
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value


def strings(value):
    """Returns every string in a value."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


def run(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    if done.returncode not in (0, 1):
        sys.exit(f"{words[0]} ended with {done.returncode}: {done.stderr[-400:]}")
    return done.stdout


def read_by_node(modules, texts):
    """Has the programs of Node read all texts in one run."""
    told = run("node", HERE / "markdown_outputs.mjs", modules, input=json.dumps(texts))
    return json.loads(told)


def judge_front(name, text, by_node, wrong):
    block, _ = front(text)
    if not block:
        return None
    try:
        ours = plain(yaml.safe_load(block))
    except yaml.YAMLError as error:
        wrong.append(f"{name}: PyYAML: {str(error).splitlines()[0]}")
        return None
    for reader, value in by_node.items():
        if "error" in value:
            wrong.append(f"{name}: {reader}: {value['error']}")
        elif plain(value["value"]) != ours:
            keys = sorted(set(ours) | set(value["value"]))
            other = plain(value["value"])
            differing = [key for key in keys if ours.get(key) != other.get(key)]
            wrong.append(f"{name}: {reader} and PyYAML read {', '.join(differing)} otherwise")
    for key in ("title", "description", "publisher", "source", "lang"):
        if key in ours and not isinstance(ours[key], str):
            wrong.append(f"{name}: {key} is no text but {ours[key]!r}")
    return ours


def articles(postil, folders, out):
    """Converts folders; returns for each article its name, its text, and how many references it has."""
    found = []
    for folder in folders:
        target, report = out / pathlib.Path(folder).name, out / "report.json"
        run(postil, "-q", folder, "--to", "markdown", "-o", target, "--report", report)
        for article in json.loads(report.read_text())["articles"]:
            references = sum(note["references"] for note in article["notes"])
            found.append((article["input"], pathlib.Path(article["output"]).read_text(), references))
    return found


def traps(postil, out):
    """Writes metadata that YAML misreads in every dialect; returns the texts, with the words that must be in them."""
    values = {"title": "no", "description": "a: b #c", "author": ["1.10", "Vale: Iona"], "tags": ["no", "2020-01-01"]}
    values |= {f"x{at}": trap for at, trap in enumerate(TRAPS)}
    article = out / "traps.md"
    article.write_text(json.dumps(values, indent=1) + "\n\nThe ferry sank.[^1]\n\n[^1]: In 1902.\n")
    return [(f"front matter for {name}", run(postil, "-q", article, "--front-matter", name), 1) for name in DIALECTS]


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    postil, modules, *folders = sys.argv[1:]
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder)
        found = articles(postil, folders, out) + traps(postil, out)
    by_node = read_by_node(modules, [{"front": front(text)[0], "text": text, "body": front(text)[1]} for _, text, _ in found])
    references = fronts = 0
    for (name, text, expected), told in zip(found, by_node):
        references += expected
        if told["references"] != expected:
            wrong.append(f"{name}: markdown-it links {told['references']} references of {expected}")
        html = markdown.markdown(front(text)[1], extensions=["footnotes", "tables", "fenced_code", "def_list"])
        linked = len(re.findall(r'<sup id="fnref', html))
        if linked != expected:
            wrong.append(f"{name}: Python-Markdown links {linked} references of {expected}")
        values = judge_front(name, text, told["front"], wrong) if front(text)[0] else None
        fronts += values is not None
        if name.startswith("front matter for ") and values is not None:
            kept = strings(values)
            lost = [trap for trap in TRAPS if trap.strip() and trap not in kept and trap.strip() not in kept]
            if lost:
                wrong.append(f"{name}: {', '.join(map(repr, lost))} did not stay text")
    for line in wrong:
        print(f"  {line}")
    print(f"Markdown: {len(found)} articles, {references} references, {fronts} front matters; {len(wrong)} wrong")
    sys.exit(bool(wrong))


main()
