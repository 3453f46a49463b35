"""A publisher's page made small and strange: its real markup, metadata and dates, with invented text.

What the parser takes for title, authors and body becomes readable invented prose; every other word becomes another
German word of about its length, the same word always the same. Kept: numbers, dates, the phrases that a parser goes by.
Scripts, styles, players and pictures go. Then whole elements go, largest first, as long as the parser reads the same.
"""

import hashlib
import html as html_entities
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from selectolax.lexbor import LexborHTMLParser

from scrapers.article_page import decode, parse_article
from scrapers.invented_page import KEPT_RUN, Inventor, sequences, words_of
from scrapers.page_jsonld import load
from scrapers.page_metadata import read_metadata
from scrapers.page_runs import as_bytes, runs, said
from scrapers.shrinking import drop_misread, shorten_article_body, shrink, tidy

MAX_CHARS = 15_000
LIST_ITEMS = 3  # of a list in JSON-LD
TEXT_ATTRIBUTES = ("content", "alt", "title", "aria-label")
KEPT_ATTRIBUTES = ("class", "id", "name", "property", "itemprop", "itemtype", "itemscope", "rel", "type", "lang",
                   "role", "http-equiv", "charset", "datetime", "hidden", "aria-hidden")  # fmt: skip
LINK_ATTRIBUTES = ("href", "src")
FACTS = ("inLanguage", "uploadDate", "isAccessibleForFree", "cssSelector")
DROPPED = ("style", "svg", "iframe", "noscript", "template", "object", "video", "audio", "picture", "source", "button",
           "input", "select", "textarea", "canvas", "dialog", "math", "base")  # fmt: skip
META = re.compile(
    r"^(?:og:(?!image|video)|article[:.]|author|date|dc\.|dcterms|description|keywords|news_keywords|pub|publish|mod|"
    r"last-|cxense|sailthru|parsely|byl|section|robots|tdm-|content-language|content-type|twitter:title|language)|language$",
    re.I,
)
HEAD_LINKS = ("canonical", "amphtml", "author")


def miniature(html: bytes, url: str, encoding: str | None, max_chars: int = MAX_CHARS) -> bytes:
    """The page as it may be kept: UTF-8, about `max_chars` characters at most, not one sentence of the original.

    Raises ValueError where six of its words in a row would be left.
    """
    page = parse_article(html, url, encoding=encoding)
    text = decode(html, encoding)
    tree = lxml.html.document_fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    _drop_what_is_no_text(tree)
    original = sequences(texts(tree))
    meta = read_metadata(LexborHTMLParser(text, scripting=True))
    inventor = Inventor(page, meta, urlsplit(url).hostname or "")
    for run in list(runs(tree)):
        _rewrite(run, inventor)
    for element in tree.iter():
        if element.tag == "script":
            element.text = _rewrite_json(element.text or "", inventor, url)
        else:
            _rewrite_attributes(element, inventor, original)
    tidy(tree)
    drop_misread(tree, scrub_address(url), inventor.body)
    shorten_article_body(tree, scrub_address(url))
    shrink(tree, scrub_address(url), max_chars)
    if left := original & sequences(texts(tree)):
        raise ValueError(f"{url}: words of the page would be kept: {' '.join(min(left))!r}; report it as a bug")
    return as_bytes(tree)


def texts(tree: lxml.html.HtmlElement) -> Iterator[str]:
    """Every text of a page that is its publisher's: runs, attributes, addresses, ids, classes, strings of JSON-LD."""
    for run in runs(tree):
        yield said(run)
    for element in tree.iter():
        if element.tag == "script":
            strings = _strings(load(element.text or ""))
            yield from (_path(value) for key, value in strings if not _is_fixed(key, value))
        for name, value in element.attrib.items():
            if name in (*TEXT_ATTRIBUTES, *LINK_ATTRIBUTES, "id") and not (
                name == "content" and _is_technical(element)
            ):
                yield _path(value)
            elif name == "class":
                yield from value.split()


def _path(value: str) -> str:
    """Of an address what follows its host; another text as it is."""
    return urlsplit(value).path if value.startswith(("http://", "https://", "/")) else value


def scrub_address(address: str) -> str:
    """An address with its host and, where that is a section's, its first folder; the rest tells the title."""
    parts = urlsplit(address.split(" ")[0].split(",")[0])
    folders = parts.path.strip("/").split("/")
    is_section = len(folders) > 1 and re.fullmatch(r"[a-z]+(?:-[a-z]+)?", folders[0])
    place = f"/{folders[0]}/seite.html" if is_section else "/seite.html"
    return f"{parts.scheme}://{parts.netloc}{place}" if parts.netloc else place


def _drop_what_is_no_text(tree: lxml.html.HtmlElement) -> None:
    for element in list(tree.iter()):
        is_script = element.tag == "script" and "ld+json" not in element.get("type", "")
        if not isinstance(element.tag, str) or element.tag in DROPPED or is_script:
            if element.getparent() is not None:
                element.drop_tree()
        elif (element.tag == "meta" and not META.match(element.get("property") or element.get("name") or "date")) or (
            element.tag == "link" and not set(element.get("rel", "").split()) & set(HEAD_LINKS)
        ):
            element.drop_tree()


def _rewrite(run: list[tuple[Any, str]], inventor: Inventor) -> None:
    """Puts invented words in a run's places, a word for a word; a word cut by a tag counts as one."""
    parts = [getattr(element, place) for element, place in run]
    if not "".join(parts).strip():
        for element, place in run:
            setattr(element, place, "\n" if "\n" in getattr(element, place) else " ")
        return
    tokens: list[tuple[int, str]] = []  # (part, a word with what clings to it)
    glued = False
    is_cut = [False] * len(parts)  # a part that begins inside a word
    for number, part in enumerate(parts):
        is_cut[number] = glued and not part[:1].isspace()
        for token in re.findall(r"\s+|\S+", part):
            if token.isspace():
                glued = False
            elif glued:
                tokens[-1] = (tokens[-1][0], tokens[-1][1] + token)
            else:
                tokens.append((number, token))
                glued = True
    new = inventor.words([token for _, token in tokens])
    for number, (element, place) in enumerate(run):
        inner = " ".join(word for (at, _), word in zip(tokens, new, strict=True) if at == number and word)
        before = " " if inner and (parts[number][:1].isspace() or is_cut[number]) else ""
        after = " " if parts[number][-1:].isspace() else ""
        blank = " " if re.search(r"\s", parts[number]) else ""
        setattr(element, place, f"{before}{inner}{after}" if inner else blank)


def _rewrite_attributes(element: Any, inventor: Inventor, original: set[tuple[str, ...]]) -> None:
    for name, value in list(element.attrib.items()):
        if name in LINK_ATTRIBUTES or (name in TEXT_ATTRIBUTES and value.startswith(("http", "/"))):
            element.set(name, scrub_address(value))
        elif name in TEXT_ATTRIBUTES:
            element.set(name, value if _is_technical(element) else inventor.text(html_entities.unescape(value)))
        elif name == "class":
            element.set(name, " ".join(token for token in value.split() if not sequences([token]) & original))
        elif name not in KEPT_ATTRIBUTES or (name == "id" and len(words_of(value)) >= KEPT_RUN):
            del element.attrib[name]


def _is_technical(element: Any) -> bool:
    """True for a meta tag whose content is a date, a language or a rule, not a text."""
    name = (
        element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
    ).lower()
    technical = r"date|time|modified|issued|created|language|locale|og:type|robots|content-type|tdm-|content_tier"
    return bool(element.get("charset") or re.search(technical, name))


def _rewrite_json(source: str, inventor: Inventor, url: str) -> str:
    value = load(source)
    return "" if value is None else json.dumps(_other_values(value, inventor, url), ensure_ascii=False)


def _other_values(value: Any, inventor: Inventor, url: str, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _other_values(item, inventor, url, name) for name, item in value.items()}
    if isinstance(value, list):
        size = {"": None, "@graph": None, "author": None, "creator": None, "image": 1}.get(key, LIST_ITEMS)
        return [_other_values(item, inventor, url, key) for item in value[:size]]
    if not isinstance(value, str) or _is_fixed(key, value):
        return value
    if key == "@id":
        address, _, fragment = value.partition("#")
        mark = f"#{hashlib.sha256(value.encode()).hexdigest()[:8]}" if fragment or address != url else ""
        return scrub_address(url) + mark
    return scrub_address(value) if value.startswith(("http://", "https://", "/")) else inventor.text(value)


def _is_fixed(key: str, value: str) -> bool:
    """True for what JSON-LD says in fixed words: types, dates, languages."""
    return key in FACTS or key.startswith("date") or (key.startswith("@") and key != "@id") or "schema.org" in value


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _strings(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, key)
    elif isinstance(value, str):
        yield key, value
