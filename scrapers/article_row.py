"""A fetched page -> a row of raw_articles, or the outcome that says why there is none."""

import logging
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import HtmlResponse, Response

from scrapers.article_page import ArticlePage, Listed, UnreadablePageError, parse_article
from scrapers.listing import Entry
from scrapers.outcomes import Refused
from scrapers.time_limit import time_limit
from scrapers.walls import WALL_STATUS, wall_address, wall_page

log = logging.getLogger(__name__)
PARSER_BUGS = (ArithmeticError, AttributeError, LookupError, RecursionError, RuntimeError, TypeError, ValueError)
UNPARSED = ArticlePage(
    title=None, body="", published_at=None, date_source=None, modified_at=None, authors=[], section=None, language=None,
    is_paywalled=None, text_status="unknown", agency=None, parser="failed",
)  # fmt: skip


def check_answer(response: Response, entry: Entry) -> None:
    """Raises Refused where the answer is no article page, before anything of it is parsed."""
    if response.status in WALL_STATUS:
        raise Refused("blocked", f"HTTP {response.status}")
    if response.status != 200:
        raise Refused(f"http_{response.status}", "")
    if wall_address(response.url, entry.url):
        raise Refused("blocked", f"led to {response.url}")
    if not isinstance(response, HtmlResponse):
        raise Refused("not_html", response.headers.get("Content-Type", b"no content type").decode("latin-1"))
    if urlsplit(response.url).path in ("", "/") and urlsplit(entry.url).path not in ("", "/"):
        raise Refused("redirected_home", f"to {response.url}")


def parse_page(response: Response, entry: Entry, seconds: float, paywall_marker: str | None = None) -> ArticlePage:
    """The article's fields. Raises Refused: not_html, parse_timeout, blocked (a wall instead of an article)."""
    listed = Listed(entry.title, entry.published_at, list(entry.authors))
    try:
        with time_limit(seconds):
            page = parse_article(
                response.body,
                response.url,
                encoding=response.encoding,
                listed=listed,
                paywall_marker=paywall_marker,
            )
    except UnreadablePageError as error:
        raise Refused("not_html", str(error)) from error
    except TimeoutError as error:
        raise Refused("parse_timeout", str(error)) from error
    except PARSER_BUGS:
        # Ours to mend, so the crawl fails; the page lands all the same, to be read again
        log.exception("the parser broke on %s; mend it, then parse the landed page again", response.url)
        return UNPARSED
    is_article = page.date_source in ("jsonld", "meta")
    if wall_page(response.body, page.body, is_article):
        raise Refused("blocked", "a wall, no article")
    return page


def article_row(response: Response, entry: Entry, page: ArticlePage) -> dict[str, Any]:
    """The page's own columns of raw_articles."""
    return {
        **_fetched(response, entry),
        "html": response.body,
        "encoding": response.encoding,
        "title": page.title,
        "body": page.body or None,
        "published_at": page.published_at,
        "date_source": page.date_source,
        "modified_at": page.modified_at,
        "authors": page.authors,
        "section": page.section,
        "language": page.language,
        "is_paywalled": page.is_paywalled,
        "text_status": page.text_status,
        "agency": page.agency,
        "parser": page.parser,
        "permission": "allowed",
    }


def reserved_row(response: Response, entry: Entry) -> dict[str, Any]:
    """The row of a page whose publisher reserves text and data mining: that it is there, and nothing of it."""
    return {
        **_fetched(response, entry),
        "html": None,
        "title": None,
        "body": None,
        "published_at": None,
        "text_status": "unknown",
        "parser": "none",
        "permission": "reserved",
    }


def _fetched(response: Response, entry: Entry) -> dict[str, Any]:
    return {
        "url": response.url,
        "listed_url": entry.url,
        "fetched_at": datetime.now(UTC),
        "http_status": response.status,
    }
