#!/usr/bin/env python3
"""Judges built sites. usage: site.py BASE_URL SITE_DIR…

Links: every address within the site leads to a file, every fragment to an id; no id is there twice; every link and picture
has words; nothing comes from another host; every page but the home page, 404 and redirects can be reached by a link.
Feeds: feedparser reads Atom and RSS without complaint, with ids, dates and links that are there; JSON Feed 1.1 and OPDS 2.0
have their required members; OPDS 1.2 entries have an acquisition link; the books are there.
Sitemap: full addresses, none twice, each with a page; robots.txt names it.
Prints a line for each check, and ends with 1 if one failed and with 2 if feedparser is missing."""
import json, os, re, sys
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlparse
from xml.etree import ElementTree

try:
    import feedparser
except ImportError:
    print("feedparser is missing")
    sys.exit(2)

ROOT, BASE = "", sys.argv[1]
ATOM = "{http://www.w3.org/2005/Atom}"
failed = False


def tell(name, problems, count):
    global failed
    failed = failed or bool(problems) or count == 0
    print(f"{'FAIL' if problems or count == 0 else 'PASS'} {name}: {count}")
    for problem in problems[:30]:
        print(f"  {problem}")


def located(address):
    """The file that a full address means; none if it is not there."""
    if not address.startswith(BASE):
        return None
    path = unquote(urlparse(address[len(BASE):]).path)
    for name in (path, os.path.join(path, "index.html")) if path else ("index.html",):
        if os.path.isfile(os.path.join(ROOT, name)):
            return os.path.normpath(name)
    return None


class Page(HTMLParser):
    """Ids, links and what has no words."""

    def __init__(self, name):
        super().__init__()
        self.name, self.ids, self.links, self.problems, self.open = name, set(), [], [], []
        self.is_redirect = False

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "meta" and a.get("http-equiv") == "refresh":
            self.is_redirect = True
        if (i := a.get("id")) is not None:
            if i in self.ids:
                self.problems.append(f"{self.name}: the id {i} is there twice")
            self.ids.add(i)
        if tag == "img" and "alt" not in a:
            self.problems.append(f"{self.name}: a picture without alt")
        for key in ("href", "src"):
            if key in a:
                is_fetched = tag in ("img", "script", "iframe", "source") or a.get("rel") == "stylesheet"
                self.links.append((a[key] or "", is_fetched))
        if tag == "a":
            self.open.append([a.get("href"), a.get("aria-label") or ""])
        if tag == "img" and self.open:
            self.open[-1][1] += a.get("alt") or ""

    handle_startendtag = handle_starttag

    def handle_data(self, data):
        if self.open:
            self.open[-1][1] += data

    def handle_endtag(self, tag):
        if tag == "a" and self.open:
            href, words = self.open.pop()
            if href is not None and not words.strip():
                self.problems.append(f"{self.name}: a link without words to {href}")


def links():
    pages = {}
    for folder, _, files in os.walk(ROOT):
        for file in files:
            if file.endswith(".html"):
                name = os.path.relpath(os.path.join(folder, file), ROOT)
                page = pages[name] = Page(name)
                page.feed(open(os.path.join(ROOT, name), encoding="utf-8").read())
    problems, reached, count = [], set(), 0
    for name, page in pages.items():
        problems += page.problems
        here = BASE + (name[: -len("index.html")] if name.endswith("index.html") else name)
        for href, is_fetched in page.links:
            address = urljoin(here, href)
            if not address.startswith(BASE):
                if is_fetched and not href.startswith("data:"):
                    problems.append(f"{name}: fetches from elsewhere: {href}")
                continue
            count += 1
            address, _, fragment = address.partition("#")
            target = located(address)
            if target is None:
                problems.append(f"{name}: dead link {href}")
            elif fragment and target in pages and unquote(fragment) not in pages[target].ids:
                problems.append(f"{name}: dead anchor {href}")
            if target != name:
                reached.add(target)
    for name, page in pages.items():
        if name not in reached and name not in ("index.html", "404.html") and not page.is_redirect:
            problems.append(f"{name}: no page leads here")
    tell("links", problems, count)


def feeds():
    for folder, _, files in sorted(os.walk(ROOT)):
        for file in sorted(files):
            path = os.path.join(folder, file)
            name = os.path.relpath(path, ROOT)
            if file in ("atom.xml", "rss.xml") or name.startswith("opds/") and file.endswith(".xml"):
                xml(name, path)
            elif file == "feed.json":
                json_feed(name, json.load(open(path)))
            elif name.startswith("opds/") and file.endswith(".json"):
                opds(name, json.load(open(path)))


def xml(name, path):
    text = open(path, "rb").read()
    feed, problems = feedparser.parse(text), []
    if feed.bozo:
        problems.append(f"feedparser: {feed.bozo_exception}")
    if not feed.feed.get("title"):
        problems.append("no title")
    ids = [entry.get("id") for entry in feed.entries]
    if len(set(ids)) != len(ids) or None in ids:
        problems.append("ids are missing or there twice")
    for entry in feed.entries:
        if not (entry.get("updated_parsed") or entry.get("published_parsed")):
            problems.append(f"{entry.get('id')} has no date")
        for link in entry.links:
            if link.href.startswith(BASE) and located(link.href) is None:
                problems.append(f"dead link {link.href}")
        for content in entry.get("content", []):
            for href in re.findall(r'(?:href|src)="([^"]*)"', content.value):
                if not re.match(r"[a-z]+:", href):
                    problems.append(f"{entry.id}: an address that is not full: {href}")
                elif href.startswith(BASE) and located(href) is None:
                    problems.append(f"{entry.id}: dead link {href}")
    root = ElementTree.fromstring(text)
    if root.tag == f"{ATOM}feed" and not [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]:
        problems.append("no link to itself")
    if name.startswith("opds/") and not name.startswith("opds/index"):
        for entry in root.iter(f"{ATOM}entry"):
            kinds = [(link.get("rel"), link.get("type")) for link in entry.findall(f"{ATOM}link")]
            if ("http://opds-spec.org/acquisition/open-access", "application/epub+zip") not in kinds:
                problems.append("an entry without a book")
    tell(name, problems, len(feed.entries))


def json_feed(name, feed):
    problems = [f"no {key}" for key in ("version", "title", "items", "feed_url") if key not in feed]
    for item in feed.get("items", []):
        problems += [f"an item without {key}" for key in ("id", "url", "date_published") if not item.get(key)]
        if not (item.get("content_html") or item.get("content_text")):
            problems.append(f"{item.get('id')} has no content")
        if located(item.get("url", "")) is None:
            problems.append(f"dead link {item.get('url')}")
    tell(name, problems, len(feed.get("items", [])))


def opds(name, feed):
    problems = []
    if not feed.get("metadata", {}).get("title"):
        problems.append("no title")
    if "self" not in [link.get("rel") for link in feed.get("links", [])]:
        problems.append("no link to itself")
    entries = feed.get("publications", []) + feed.get("navigation", [])
    for link in feed.get("links", []) + feed.get("navigation", []):
        if located(link["href"]) is None:
            problems.append(f"dead link {link['href']}")
    for room in feed.get("navigation", []):
        if not room.get("title"):
            problems.append("a link without a title")
    for book in feed.get("publications", []):
        if not book.get("metadata", {}).get("title"):
            problems.append("a book without a title")
        links = book.get("links", [])
        if not [link for link in links if link["rel"].startswith("http://opds-spec.org/acquisition")]:
            problems.append(f"{book['metadata'].get('title')} cannot be had")
        problems += [f"dead link {link['href']}" for link in links if located(link["href"]) is None]
    tell(name, problems, len(entries))


def sitemap():
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ElementTree.parse(os.path.join(ROOT, "sitemap.xml"))
    addresses = [loc.text for loc in tree.iter(f"{namespace}loc")]
    problems = [f"no page for {address}" for address in addresses if located(address) is None]
    for day in tree.iter(f"{namespace}lastmod"):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\S+)?", day.text):
            problems.append(f"{day.text} is no day")
    if len(set(addresses)) != len(addresses):
        problems.append("addresses are there twice")
    if f"Sitemap: {BASE}sitemap.xml" not in open(os.path.join(ROOT, "robots.txt")).read():
        problems.append("robots.txt does not name it")
    tell("sitemap.xml", problems, len(addresses))


for folder in sys.argv[2:]:
    ROOT = os.path.abspath(folder)
    print(f"== {os.path.basename(ROOT)}")
    links()
    feeds()
    sitemap()
sys.exit(int(failed))
