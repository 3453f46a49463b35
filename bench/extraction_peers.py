"""The libraries that extraction is measured against. Those that are not installed are left out, and named."""

import importlib.util
from collections.abc import Callable
from typing import Any

import trafilatura

Page = dict[str, Any]
MODULES = {"newspaper": "newspaper4k", "resiliparse": "resiliparse", "readability": "readability-lxml"}


def _text(page: Page) -> str:
    return page["html"].decode("utf-8", errors="replace")


def _trafilatura(**settings: bool) -> Callable[[Page], Page]:
    def read(page: Page) -> Page:
        found = trafilatura.bare_extraction(
            _text(page), url=page["url"], include_comments=False, with_metadata=True, **settings
        )
        if found is None:
            return {}
        return {"title": found.title, "text": found.text, "published_at": found.date, "authors": found.author}

    return read


def _newspaper(page: Page) -> Page:
    from newspaper import Article
    from newspaper.exceptions import ArticleException

    article = Article(page["url"], language="de", fetch_images=False)
    try:
        article.download(input_html=_text(page))
        article.parse()
    except ArticleException:
        return {}
    when = article.publish_date.isoformat() if article.publish_date else None
    return {"title": article.title, "text": article.text, "published_at": when, "authors": article.authors}


def _resiliparse(page: Page) -> Page:
    from resiliparse.extract.html2text import extract_plain_text

    return {"text": extract_plain_text(_text(page), main_content=True, alt_texts=False)}


def _readability(page: Page) -> Page:
    from lxml import html as lxml_html
    from readability import Document
    from readability.readability import Unparseable

    try:
        document = Document(_text(page))
        summary = document.summary(html_partial=True)
    except Unparseable:
        return {}
    return {"title": document.short_title(), "text": lxml_html.fromstring(summary).text_content()}


def missing_peers() -> list[str]:
    """The packages of peers that are not installed."""
    return [package for module, package in MODULES.items() if importlib.util.find_spec(module) is None]


def _installed() -> dict[str, Callable[[Page], Page]]:
    peers: dict[str, Callable[[Page], Page]] = {
        "trafilatura": _trafilatura(),
        "trafilatura favor_precision": _trafilatura(favor_precision=True),
        "trafilatura fast": _trafilatura(fast=True),
    }
    for module, name, read in (
        ("newspaper", "newspaper4k", _newspaper),
        ("resiliparse", "resiliparse", _resiliparse),
        ("readability", "readability", _readability),
    ):
        if importlib.util.find_spec(module):
            peers[name] = read
    return peers


PEERS = _installed()
