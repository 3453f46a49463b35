"""A publisher's page made small and strange: its real markup, metadata and dates, with invented text.

What the parser takes for title, authors and body becomes readable invented prose; every other word becomes another
German word of about its length, the same word always the same. Kept: numbers, dates, the phrases that a parser goes by.
Scripts, styles, players and pictures go. Then whole elements go, largest first, as long as the parser reads the same.
"""

import hashlib
import html as html_entities
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from selectolax.lexbor import LexborHTMLParser

from scrapers.article_page import ArticlePage, decode, parse_article
from scrapers.extraction.blocks import INLINE
from scrapers.invented_page import KEPT_RUN, Inventor, sequences, words_of
from scrapers.page_jsonld import load
from scrapers.page_metadata import read_metadata

MAX_CHARS = 15_000
PARAGRAPHS = 12  # so many body blocks stay, and two of every kind
MAX_TRIES = 500  # elements taken out to look what the parser reads then
REPEATS = 3  # of neighbours alike (teasers, menu entries), so many stay
LIST_ITEMS = 3  # of a list in JSON-LD
TEXT_ATTRIBUTES = ("content", "alt", "title", "aria-label")
KEPT_ATTRIBUTES = ("class", "id", "name", "property", "itemprop", "itemtype", "itemscope", "rel", "type", "lang",
                   "role", "http-equiv", "charset", "datetime", "hidden", "aria-hidden")  # fmt: skip
LINK_ATTRIBUTES = ("href", "src")
FACTS = ("inLanguage", "uploadDate", "isAccessibleForFree", "cssSelector")
DROPPED = ("style", "svg", "iframe", "noscript", "template", "object", "video", "audio", "picture", "source", "button",
           "input", "select", "textarea", "canvas", "dialog", "math", "base")  # fmt: skip
_NEVER_DROPPED = frozenset(("html", "head", "body", "title", "h1", "main", "article"))
VOID = frozenset(("meta", "link", "br", "hr", "img", "wbr"))
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
    _tidy(tree)
    _drop_misread(tree, scrub_address(url), inventor.body)
    _shorten_article_body(tree, scrub_address(url))
    _shrink(tree, scrub_address(url), max_chars)
    if left := original & sequences(texts(tree)):
        raise ValueError(f"{url}: words of the page would be kept: {' '.join(min(left))!r}; report it as a bug")
    return _bytes(tree)


def runs(root: lxml.html.HtmlElement) -> Iterator[list[tuple[Any, str]]]:
    """The runs of text of a tree between block-level tags: of each the places (element, "text" or "tail")."""
    run: list[tuple[Any, str]] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, is_behind = stack.pop()
        is_inline = element.tag in INLINE
        if run and not is_inline:
            yield run
            run = []
        if is_behind:
            if element.tail and element is not root:
                run.append((element, "tail"))
            continue
        if element.text and element.tag != "script":
            run.append((element, "text"))
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    if run:
        yield run


def said(run: list[tuple[Any, str]]) -> str:
    return "".join(getattr(element, place) for element, place in run)


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


def _drop_misread(tree: lxml.html.HtmlElement, address: str, body: set[str]) -> None:
    """Drops what the parser takes for text, or no longer takes for text, only because words and lengths are others."""
    lines = [_letters(line) for line in parse_article(_bytes(tree), address, encoding="utf-8").body.split("\n")]
    true = {_letters(text) for text in body}
    for run, element in [(run, _block(*run[0])) for run in runs(tree)]:
        text = _letters(said(run))
        is_line = any(text in line or line in text for line in lines) if len(text) > 40 else text in lines
        if not text or is_line == (text in true) or element.tag in _NEVER_DROPPED:
            continue
        if _letters(element.text_content()) != text:  # one of several lines in an element
            for part, place in run:
                setattr(part, place, "")
        elif element.getparent() is not None:
            element.drop_tree()


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)


def _shorten_article_body(tree: lxml.html.HtmlElement, address: str) -> None:
    """Where JSON-LD repeats the text, it repeats the beginning of the invented one."""
    scripts = [s for s in tree.iter("script") if '"articleBody"' in (s.text or "")]
    if scripts:
        start = " ".join(parse_article(_bytes(tree), address, encoding="utf-8").body.split("\n")[:3])
        for script in scripts:
            script.text = re.sub(
                r'"articleBody": "(?:[^"\\]|\\.)*"',
                lambda _: f'"articleBody": {json.dumps(start, ensure_ascii=False)}',
                script.text,
            )


def _tidy(tree: lxml.html.HtmlElement) -> None:
    """Drops emptied elements, and of neighbours alike all but the first three where they are no paragraphs."""
    for element in reversed(list(tree.iter())):
        is_empty = not len(element) and not (element.text or "").strip() and element.tag not in VOID
        if is_empty and element.tag not in ("html", "head", "body", "time") and element.getparent() is not None:
            if element.text and element.tag in INLINE:
                element.tail = f" {element.tail or ''}"  # the space between two words
            element.drop_tree()
    for parent in list(tree.iter()):
        seen: dict[tuple[str, str], int] = {}
        for child in list(parent):
            if (
                child.tag in INLINE | VOID | {"p", "h1", "h2", "h3", "script", "title"}
                or child.find(".//h1") is not None
            ):
                continue
            kind = child.tag, child.get("class", "")
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] > REPEATS and not any(len(said(run)) > 120 for run in runs(child)):
                child.drop_tree()


def _shrink(tree: lxml.html.HtmlElement, address: str, max_chars: int) -> None:
    """Takes out paragraphs beyond the first and last ones, then whole elements, while the parser reads the same."""

    def read() -> ArticlePage:
        return parse_article(_bytes(tree), address, encoding="utf-8")

    elements = list(tree.iter())  # holds on to them: lxml makes a new object of an element that nobody holds
    page = read()
    lines = page.body.split("\n")
    found = [(_block(*run[0]), line) for run in runs(tree) if (line := " ".join(said(run).split())) in lines]
    owners = [element for element, _ in found]
    kinds: dict[tuple[str, ...], int] = {}
    for number, (element, line) in enumerate(found):
        if element.getparent() is None or not _is_below(element, tree):
            continue  # it went with another paragraph
        kind = element.tag, element.get("class", ""), element.getparent().tag, element.getparent().get("class", "")
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > 2 and PARAGRAPHS - 2 <= number < len(found) - 2:
            page = _without(element, read, page, may_lose=line) or page
    owners = [element for element in owners if _is_below(element, tree)]
    needed = {id(up) for element in owners for up in (element, *element.iterancestors())}
    article = owners[0] if owners else tree
    while not all(_is_below(element, article) for element in owners):
        article = article.getparent()
    rest = [
        e
        for e in elements
        if id(e) not in needed and not _is_metadata(e) and e.tag not in ("html", "body", "h1", "time")
    ]
    sizes = {id(e): len(lxml.html.tostring(e, encoding="unicode", with_tail=False)) for e in rest}
    for element in sorted(rest, key=lambda e: (_is_below(e, article), -sizes[id(e)]))[:MAX_TRIES]:
        if len(_bytes(tree)) <= max_chars:
            return
        if _is_below(element, tree):
            _without(element, read, page)


def _is_metadata(element: Any) -> bool:
    """True for the head, the tags in it, and the JSON-LD about the article."""
    is_about = element.tag == "script" and re.search(
        r'"@type": \[?"(?:\w*Article|BreadcrumbList|\w*Posting)"', element.text or ""
    )
    return element.tag in ("head", "title", "meta", "link") or bool(is_about)


def _block(element: Any, place: str) -> Any:
    if place == "tail":
        element = element.getparent()
    while element.tag in INLINE:
        element = element.getparent()
    return element


def _is_below(element: Any, ancestor: Any) -> bool:
    return element is ancestor or any(up is ancestor for up in element.iterancestors())


def _without(
    element: Any, read: Callable[[], ArticlePage], page: ArticlePage, may_lose: str | None = None
) -> ArticlePage | None:
    """Takes the element out and gives what the page then reads; puts it back, and gives None, where it reads otherwise.

    With the paragraph `may_lose` goes whatever the parser takes for a part of it.
    """
    parent = element.getparent()
    at, tail = parent.index(element), element.tail
    before = parent[at - 1] if at else None
    old = before.tail if before is not None else parent.text
    element.drop_tree()
    now = read()
    lines, wanted = now.body.split("\n"), page.body.split("\n")
    if now == page or (
        may_lose in wanted
        and replace(now, body="") == replace(page, body="")
        and len(lines) >= PARAGRAPHS - 3
        and lines == [line for line in wanted if line in lines]
    ):
        return now
    if before is not None:
        before.tail = old
    else:
        parent.text = old
    parent.insert(at, element)
    element.tail = tail
    return None


def _bytes(tree: lxml.html.HtmlElement) -> bytes:
    return re.sub(rb"\n\s*\n+", b"\n", lxml.html.tostring(tree, encoding="utf-8", doctype="<!DOCTYPE html>"))
