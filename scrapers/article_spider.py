"""The two ancestors of every spider: FeedSpider and NewsSitemapSpider. A spider declares, it does not program."""

import logging
import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from scrapers.article_row import article_row, check_answer, parse_page, reserved_row
from scrapers.days import BERLIN, berlin_day, dated, read_day
from scrapers.guest import is_at_home
from scrapers.ledger import Ledger, validators
from scrapers.listing import Entry, Listing, ListingError, read_listing
from scrapers.outcomes import Refused, doubts, fields, note, note_failure
from scrapers.permissions import PermissionMiddleware

log = logging.getLogger(__name__)
MAX_SITEMAPS = 50  # of one index, newest first
MAX_DEPTH = 3  # an index may list indexes


class ArticleSpider(Spider):
    """Reads the publisher's lists, fetches the articles that they name, hands each page on as a row of raw_articles."""

    allowed_domains: ClassVar[list[str]] = []
    feed_urls: ClassVar[list[str]] = []
    sitemap_urls: ClassVar[list[str]] = []
    article_urls: ClassVar[str | None] = None
    """Regular expression that an article's address must match; default: every address that is listed."""
    paywall_marker: ClassVar[str | None] = None
    """CSS selector of what only a page behind the paywall shows."""

    def __init__(self, *args: Any, limit: str = "0", since: str = "", until: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.started_at = datetime.now(UTC)
        self.run_id = f"{self.started_at:%Y%m%dT%H%M%SZ}-{uuid4().hex[:6]}"
        self.publisher = self.name
        self.limit = int(limit)
        self.since, self.until = read_day(since), read_day(until)
        self.listed_in: dict[str, set[str]] = {}
        self.fetched: set[str] = set()
        self.listings: list[dict[str, Any]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "ArticleSpider":
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._dropped, signal=signals.request_dropped)
        days = crawler.settings.getint("LEDGER_DAYS")
        spider.ledger = Ledger.read(spider.publisher, days)
        spider.is_backfill = bool(spider.since or spider.until)
        # A backfill asks for what is not new: an unchanged list is none the wiser
        spider.validators = {} if spider.is_backfill else validators(spider.publisher, days)
        spider.limit = spider.limit or crawler.settings.getint("MAX_ARTICLES")
        spider.window = datetime.now(BERLIN).date() - timedelta(days=crawler.settings.getint("WINDOW_DAYS"))
        return spider

    @classmethod
    def argument_error(cls, arguments: dict[str, str]) -> str | None:
        """What is wrong with the command line's -a arguments, or None."""
        if unknown := set(arguments) - {"limit", "since", "until"}:
            return (
                f"-a {unknown.pop()}: no argument of this spider; it takes limit=N, since=YYYY-MM-DD, until=YYYY-MM-DD"
            )
        if not arguments.get("limit", "0").isdigit():
            return f"-a limit={arguments['limit']}: not a number"
        for name in ("since", "until"):
            if name in arguments and read_day(arguments[name]) is None:
                return f"-a {name}={arguments[name]}: not a day; write it as 2026-11-23"
        return None

    @classmethod
    def addresses(cls, arguments: dict[str, str]) -> list[str]:  # noqa: ARG003
        """The lists that a crawl with these arguments begins with."""
        return [*cls.feed_urls, *cls.sitemap_urls]

    async def start(self) -> AsyncIterator[Request]:
        for kind, urls in (("feed", self.feed_urls), ("sitemap", self.sitemap_urls)):
            for url in urls:
                yield self._listing_request(dated(url), kind, depth=0)

    # -- lists

    def _listing_request(self, url: str, kind: str, depth: int) -> Request:
        return Request(
            url,
            self.parse_listing,
            headers=self.validators.get(url),
            errback=self.listing_failed,
            cb_kwargs={"kind": kind, "depth": depth},
            priority=10,  # all lists first: an article knows then in which of them it is
            meta={"allow_offsite": True, "download_maxsize": self.settings.getint("LISTING_MAXSIZE"), "listing": url},
        )

    def parse_listing(self, response: Response, kind: str, depth: int) -> Iterator[Request]:
        """A feed or sitemap: requests for the articles that it names; an index: requests for its sitemaps."""
        url = response.request.meta["listing"]
        if response.status == 304:
            self._listing(url, "unchanged", 0, self.validators[url])
            return
        if response.status != 200:
            note(self.crawler.stats, f"listing_http_{response.status}", url)
            self._unusable(url, f"http_{response.status}", "")
            return
        try:
            listing = read_listing(response.body, response.url, self.settings.getint("LISTING_MAXSIZE"))
        except ListingError as error:
            note(self.crawler.stats, "listing_no_listing", url, str(error))
            self._unusable(url, "no_listing", str(error))
            return
        self._check(listing, url, response)
        yield from self._sitemap_requests(listing.sitemaps, url, depth)
        for entry in sorted(listing.entries, key=_newest_first):
            if request := self._article_request(entry, kind, url):
                yield request

    def _check(self, listing: Listing, url: str, response: Response) -> None:
        found = len(listing.entries) + len(listing.sitemaps)
        # An index may stay the same while its members change
        self._listing(url, "ok", found, {} if listing.kind == "index" else _validators_of(response))
        if listing.is_damaged:
            log.warning("%s: %s is damaged XML; %d entries were read", self.publisher, url, found)
        if not found:
            log.warning("%s: %s is empty", self.publisher, url)
        for _ in range(listing.without_address):
            note(self.crawler.stats, "no_address", url, "an entry without a usable link")

    def _sitemap_requests(
        self, sitemaps: list[tuple[str, datetime | None]], index: str, depth: int
    ) -> Iterator[Request]:
        if depth >= MAX_DEPTH and sitemaps:
            log.warning("%s: %s: sitemap indexes nested deeper than %d", self.publisher, index, MAX_DEPTH)
            return
        # Newest first where the index dates its members, else in the index's order
        ranked = sorted(sitemaps, key=lambda item: -(item[1].timestamp() if item[1] else 0))
        ranked = [(url, changed) for url, changed in ranked if not changed or berlin_day(changed) >= self._first_day]
        for url, _ in ranked[:MAX_SITEMAPS]:
            yield self._listing_request(url, "sitemap", depth + 1)
        if (beyond := len(ranked) - MAX_SITEMAPS) > 0:
            log.warning("%s: %s: %d sitemaps beyond the newest %d", self.publisher, index, beyond, MAX_SITEMAPS)

    def listing_failed(self, failure: Failure) -> None:
        url = failure.request.meta["listing"]
        kind = note_failure(self.crawler.stats, failure, url, prefix="listing_")
        self._unusable(url, kind.removeprefix("listing_"), str(failure.value))

    def _unusable(self, url: str, kind: str, detail: str) -> None:
        self._listing(url, kind, 0, {})
        log.warning("%s: the list at %s cannot be read: %s %s", self.publisher, url, kind, detail)

    def _listing(self, url: str, status: str, entries: int, validators: dict[str, str]) -> None:
        self.listings.append({"url": url, "status": status, "entries": entries, "validators": validators})

    # -- articles

    def _article_request(self, entry: Entry, kind: str, listing: str) -> Request | None:
        if entry.url in self.listed_in:
            self.listed_in[entry.url].add(kind)
            return None
        stats = self.crawler.stats
        if self.article_urls and not re.search(self.article_urls, entry.url):
            stats.inc_value("listing/no_article")
            return None
        self.listed_in[entry.url] = {kind}
        if self.ledger.is_known(entry):
            stats.inc_value("listing/known")
            return None
        if entry.language and not entry.language.lower().startswith(("de", "ger")):
            note(stats, "other_language", entry.url, entry.language)
            return None
        if not is_at_home(entry.url, self.allowed_domains):
            note(stats, "offsite", entry.url)
            return None
        if not self._is_in_window(entry):
            note(stats, "outside_window", entry.url)
            return None
        if stats.get_value("listing/asked", 0) >= self.limit:
            note(stats, "beyond_limit", entry.url)
            return None
        stats.inc_value("listing/asked")
        arguments = {"entry": entry, "discovered_by": listing}
        return Request(entry.url, self.parse_article, errback=self.article_failed, cb_kwargs=arguments)

    @property
    def _first_day(self) -> date:
        return self.since or (date.min if self.until else self.window)

    def _is_in_window(self, entry: Entry) -> bool:
        """A backfill takes the days it was asked for; else everything that is listed as news, and what is recent."""
        time = entry.published_at or entry.modified_at
        if time is None or (entry.is_news and not self.is_backfill):
            return True
        return self._first_day <= berlin_day(time) <= (self.until or date.max)

    def parse_article(self, response: Response, entry: Entry, discovered_by: str) -> Iterator[dict[str, Any]]:
        """One article's page: its row, or an outcome that says why there is none."""
        stats = self.crawler.stats
        try:
            check_answer(response, entry)
            if response.url in self.fetched:
                raise Refused("duplicate", f"led to {response.url}")
            permissions = self.crawler.get_downloader_middleware(PermissionMiddleware)
            if permissions.host(response).page(response).is_reserved:
                row = reserved_row(response, entry)
            else:
                page = parse_page(response, entry, self.settings.getfloat("PARSE_TIMEOUT"), self.paywall_marker)
                row = article_row(response, entry, page)
        except Refused as refused:
            note(stats, refused.kind, entry.url, str(refused))
            return
        self.fetched.add(response.url)
        row |= {
            "publisher": self.publisher,
            "run_id": self.run_id,
            "discovered_by": discovered_by,
            "listed_in": sorted(self.listed_in[entry.url]),
            "is_backfill": self.is_backfill or None,
            "feed_title": entry.title if row["permission"] == "allowed" else None,
        }
        for doubt in doubts(row):
            stats.inc_value(f"doubt/{doubt}")
            log.info("%s: %s", doubt, response.url)
        for name in fields(row):
            stats.inc_value(f"field/{name}")
        yield row

    def article_failed(self, failure: Failure) -> None:
        note_failure(self.crawler.stats, failure, failure.request.cb_kwargs["entry"].url)

    def _dropped(self, request: Request) -> None:
        """Scrapy has seen the address before: a redirect that leads in a circle, or to an article already asked for."""
        kind = "redirect_loop" if request.url in request.meta.get("redirect_urls", ()) else "duplicate"
        note(self.crawler.stats, kind, request.url)


class FeedSpider(ArticleSpider):
    """For a publisher with feeds: declare name, allowed_domains, feed_urls."""


class NewsSitemapSpider(ArticleSpider):
    """For a publisher with news sitemaps (or plain ones): declare name, allowed_domains, sitemap_urls."""


def _newest_first(entry: Entry) -> float:
    time = entry.published_at or entry.modified_at
    return -time.timestamp() if time else 0.0


def _validators_of(response: Response) -> dict[str, str]:
    """The headers that ask, next time, whether the list is still the same."""
    names = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
    return {ask: response.headers[name].decode("latin-1") for name, ask in names.items() if name in response.headers}
