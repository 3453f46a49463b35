"""From a whole page with invented text to a small one that the parser reads the same."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import lxml.html

from scrapers.article_page import ArticlePage, parse_article
from scrapers.extraction.blocks import INLINE
from scrapers.page_runs import as_bytes, block_of, is_below, letters, runs, said

PARAGRAPHS = 12  # so many body blocks stay, and two of every kind
MAX_TRIES = 500  # elements taken out to look what the parser reads then
REPEATS = 3  # of neighbours alike (teasers, menu entries), so many stay
_NEVER_DROPPED = frozenset(("html", "head", "body", "title", "h1", "main", "article"))
VOID = frozenset(("meta", "link", "br", "hr", "img", "wbr"))


def tidy(tree: lxml.html.HtmlElement) -> None:
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


def drop_misread(tree: lxml.html.HtmlElement, address: str, body: set[str]) -> None:
    """Drops what the parser takes for text, or no longer takes for text, only because words and lengths are others."""
    lines = [letters(line) for line in parse_article(as_bytes(tree), address, encoding="utf-8").body.split("\n")]
    true = {letters(text) for text in body}
    for run, element in [(run, block_of(*run[0])) for run in runs(tree)]:
        text = letters(said(run))
        is_line = any(text in line or line in text for line in lines) if len(text) > 40 else text in lines
        if not text or is_line == (text in true) or element.tag in _NEVER_DROPPED:
            continue
        if letters(element.text_content()) != text:  # one of several lines in an element
            for part, place in run:
                setattr(part, place, "")
        elif element.getparent() is not None:
            element.drop_tree()


def shorten_article_body(tree: lxml.html.HtmlElement, address: str) -> None:
    """Where JSON-LD repeats the text, it repeats the beginning of the invented one."""
    scripts = [s for s in tree.iter("script") if '"articleBody"' in (s.text or "")]
    if scripts:
        start = " ".join(parse_article(as_bytes(tree), address, encoding="utf-8").body.split("\n")[:3])
        for script in scripts:
            script.text = re.sub(
                r'"articleBody": "(?:[^"\\]|\\.)*"',
                lambda _: f'"articleBody": {json.dumps(start, ensure_ascii=False)}',
                script.text,
            )


def shrink(tree: lxml.html.HtmlElement, address: str, max_chars: int) -> None:
    """Takes out paragraphs beyond the first and last ones, then whole elements, while the parser reads the same."""

    def read() -> ArticlePage:
        return parse_article(as_bytes(tree), address, encoding="utf-8")

    elements = list(tree.iter())  # holds on to them: lxml makes a new object of an element that nobody holds
    page = read()
    lines = page.body.split("\n")
    found = [(block_of(*run[0]), line) for run in runs(tree) if (line := " ".join(said(run).split())) in lines]
    owners = [element for element, _ in found]
    kinds: dict[tuple[str, ...], int] = {}
    for number, (element, line) in enumerate(found):
        if element.getparent() is None or not is_below(element, tree):
            continue  # it went with another paragraph
        kind = element.tag, element.get("class", ""), element.getparent().tag, element.getparent().get("class", "")
        kinds[kind] = kinds.get(kind, 0) + 1
        if kinds[kind] > 2 and PARAGRAPHS - 2 <= number < len(found) - 2:
            page = _without(element, read, page, may_lose=line) or page
    owners = [element for element in owners if is_below(element, tree)]
    needed = {id(up) for element in owners for up in (element, *element.iterancestors())}
    article = owners[0] if owners else tree
    while not all(is_below(element, article) for element in owners):
        article = article.getparent()
    rest = [
        e
        for e in elements
        if id(e) not in needed and not _is_metadata(e) and e.tag not in ("html", "body", "h1", "time")
    ]
    sizes = {id(e): len(lxml.html.tostring(e, encoding="unicode", with_tail=False)) for e in rest}
    for element in sorted(rest, key=lambda e: (is_below(e, article), -sizes[id(e)]))[:MAX_TRIES]:
        if len(as_bytes(tree)) <= max_chars:
            return
        if is_below(element, tree):
            _without(element, read, page)


def _is_metadata(element: Any) -> bool:
    """True for the head, the tags in it, and the JSON-LD about the article."""
    is_about = element.tag == "script" and re.search(
        r'"@type": \[?"(?:\w*Article|BreadcrumbList|\w*Posting)"', element.text or ""
    )
    return element.tag in ("head", "title", "meta", "link") or bool(is_about)


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
