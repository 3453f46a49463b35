"""An article page -> its fields. The general parser: no publisher is known to it."""

import codecs
import re
from dataclasses import dataclass, field
from datetime import datetime

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from scrapers.page_agency import find_agency, is_credit_line
from scrapers.page_metadata import read_metadata

PARSER = "general/1"
MAX_BYTES = 8_000_000
FULL_TEXT_CHARS = 1_200  # a paywalled page whose body is shorter holds a teaser
TEASER_CHARS = 250

_PAYWALL = re.compile(
    r"(?:weiterlesen mit|jetzt weiterlesen|artikel (?:jetzt )?freischalten|nur für abonnent|exklusiv für abonnent|"
    r"mit (?:einem )?\w*abo weiterlesen|lesen sie diesen artikel (?:jetzt )?mit|bereits abonnent|"
    r"sie haben bereits ein \w*abo)",
    re.I,
)
_DECLARED = re.compile(rb"""<(?:meta[^>]+charset\s*=\s*["']?|\?xml[^>]+encoding\s*=\s*["'])([\w-]+)""", re.I)


class UnreadablePageError(ValueError):
    """The bytes are no HTML page: empty, binary (PDF, image, archive) or larger than MAX_BYTES. Says which."""


@dataclass(frozen=True)
class Listed:
    """What the feed or the sitemap said about the article; fills what the page leaves open."""

    title: str | None = None
    published_at: datetime | None = None
    authors: list[str] = field(default_factory=list)


@dataclass
class ArticlePage:
    """The fields of one article. Times are aware UTC. Empty body: no text was found."""

    title: str | None
    body: str
    published_at: datetime | None
    date_source: str | None
    modified_at: datetime | None
    authors: list[str]
    section: str | None
    language: str | None
    is_paywalled: bool | None
    text_status: str
    agency: str | None
    parser: str = PARSER


def decode(html: bytes, encoding: str | None = None) -> str:
    """The page as text. A BOM wins; then valid UTF-8, whatever is declared; then what is declared, else windows-1252.

    Raises UnreadablePageError when the bytes are no text.
    """
    if not html.strip():
        raise UnreadablePageError("the page is empty")
    if len(html) > MAX_BYTES:
        raise UnreadablePageError(f"the page has {len(html):,} bytes, more than {MAX_BYTES:,}; it is not parsed")
    for bom, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if html.startswith(bom):
            return html.decode(name, errors="replace").lstrip("\ufeff")
    if (
        html[:5] in (b"%PDF-", b"\x89PNG\r")
        or html[:2] in (b"PK", b"\xff\xd8", b"\x1f\x8b")
        or b"\x00\x00" in html[:1000]
    ):
        raise UnreadablePageError(f"the page is no HTML: it starts with {html[:8]!r}")
    try:
        return html.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(html[:4096])
    for name in (encoding, declared.group(1).decode("ascii") if declared else None):
        if name and _is_single_byte(name):
            return html.decode("windows-1252" if _is_latin_1(name) else name, errors="replace")
    # One broken byte in a UTF-8 page must not turn every umlaut into two letters.
    as_utf8 = html.decode("utf-8", errors="replace")
    return (
        as_utf8
        if as_utf8.count("\ufffd") <= as_utf8.count("ü") + as_utf8.count("ä")
        else html.decode("windows-1252", "replace")
    )


def _is_latin_1(name: str) -> bool:
    return codecs.lookup(name).name in ("iso8859-1", "cp1252", "ascii")


def _is_single_byte(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in ("utf-8", "utf-16", "utf-32") and codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False


def parse_article(html: bytes, url: str, *, encoding: str | None = None, listed: Listed | None = None) -> ArticlePage:
    """Reads one page. `listed` is what feed or sitemap said: it fills a missing title, date and authors.

    Raises UnreadablePageError, and nothing else that depends on the page.
    """
    listed = listed or Listed()
    text = decode(html, encoding)
    meta = read_metadata(LexborHTMLParser(text.replace("\x00", "")))
    body = trafilatura.extract(text, url=url, favor_precision=True, include_comments=False, include_tables=False) or ""
    titles = meta.titles
    title = titles.get("h1") or titles.get("jsonld") or titles.get("og") or titles.get("title") or listed.title
    lines = [line for raw in body.split("\n") if (line := " ".join(raw.removeprefix("- ").split()))]
    agency = find_agency(meta.authors, lines)
    lines = [line for line in lines if line != title and not is_credit_line(line)]
    published_at, date_source = meta.published_at, meta.date_source
    if listed.published_at and date_source in (None, "text", "time_tag"):
        published_at, date_source = listed.published_at, "feed"
    clean = "\n".join(lines)
    return ArticlePage(
        title=title,
        body=clean,
        published_at=published_at,
        date_source=date_source,
        modified_at=meta.modified_at,
        authors=meta.authors or list(listed.authors),
        section=meta.section,
        language=meta.language,
        is_paywalled=meta.is_paywalled,
        text_status=_text_status(clean, meta.is_paywalled, meta.has_article_node, text),
        agency=agency,
    )


def _text_status(body: str, is_paywalled: bool | None, is_article: bool, page: str) -> str:
    if is_paywalled and len(body) < FULL_TEXT_CHARS:
        return "teaser"
    if len(body) < FULL_TEXT_CHARS and is_paywalled is None and _PAYWALL.search(page):
        return "teaser"
    if len(body) < TEASER_CHARS:
        return "unknown"
    return "full" if is_article or len(body) >= FULL_TEXT_CHARS else "unknown"
