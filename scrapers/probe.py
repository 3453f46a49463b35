"""A look at a publisher before there is a spider: its lists, or one article field by field. Writes nothing."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure

from scrapers.article_row import article_row, check_answer, parse_page
from scrapers.article_spider import ArticleSpider
from scrapers.listing import Entry, Listing, ListingError, read_listing
from scrapers.outcomes import Refused, doubts, failure_kind
from scrapers.permissions import Host, PermissionMiddleware
from scrapers.tdm import Reservation

FEED_LINKS = 'link[rel~="alternate"][type*="rss"], link[rel~="alternate"][type*="atom"]'
GUESSES = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemaps/news.xml", "/feed", "/rss", "/feed.xml", "/rss.xml")
MEMBERS = 3  # of a sitemap index, those that are called news first


class ProbeSpider(ArticleSpider):
    """Runs a crawl's own code on one address and keeps what it saw in `lists`, `article`, `refusals`."""

    name = "probe"

    def __init__(self, *args: Any, url: str, paywall_marker: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.url = url
        self.paywall_marker = paywall_marker
        self.asked: set[str] = set()
        self.lists: list[tuple[str, str, Listing]] = []
        self.refusals: list[tuple[str, str]] = []
        self.article: dict[str, Any] | None = None
        self.response: HtmlResponse | None = None
        self.reservation: Reservation | None = None

    async def start(self) -> AsyncIterator[Request]:
        yield self._request(self.url, self.look, "the address itself")

    def _request(self, url: str, callback: Any, found_in: str) -> Request:
        self.asked.add(url)
        size = self.settings.getint("LISTING_MAXSIZE")
        meta = {"allow_offsite": True, "download_maxsize": size, "found_in": found_in}
        return Request(url, callback, errback=self.failed, meta=meta)

    @property
    def hosts(self) -> list[Host]:
        """What the hosts permit that were asked."""
        return self.crawler.get_downloader_middleware(PermissionMiddleware).hosts

    def failed(self, failure: Failure) -> None:
        self.refusals.append((failure.request.url, f"{failure_kind(failure.value)} {failure.value}".strip()))

    def look(self, response: Response) -> Iterator[Request]:
        """The address that was given: a list, a front page, or an article."""
        try:
            listing = read_listing(response.body, response.url) if response.status == 200 else None
        except ListingError:
            listing = None
        if listing is not None:
            yield from self._list(response, listing)
            return
        try:
            check_answer(response, Entry(response.url))
            self.response = response
            permissions = self.crawler.get_downloader_middleware(PermissionMiddleware)
            self.reservation = permissions.host(response).page(response)
            if urlsplit(response.url).path not in ("", "/"):
                page = parse_page(
                    response, Entry(self.url), self.settings.getfloat("PARSE_TIMEOUT"), self.paywall_marker
                )
                self.article = article_row(response, Entry(self.url), page)
        except Refused as refused:
            self.refusals.append((response.url, f"{refused.kind} {refused}".strip()))
            return
        if self.article is None or doubts(self.article):
            yield from self._candidates(response)

    def _candidates(self, response: HtmlResponse) -> Iterator[Request]:
        """Lists that the page links to, that robots.txt names, that many sites have."""
        host = self.crawler.get_downloader_middleware(PermissionMiddleware).host(response)
        linked = [(urljoin(response.url, link.attrib.get("href", "")), "linked") for link in response.css(FEED_LINKS)]
        named = [(url, "robots.txt") for url in host.rules.sitemaps]
        guessed = [(urljoin(response.url, path), "guess") for path in GUESSES]
        for url, found_in in [*linked, *named, *guessed]:
            if url not in self.asked and url.startswith(("http://", "https://")):
                yield self._request(url, self.look_at_list, found_in)

    def look_at_list(self, response: Response) -> Iterator[Request]:
        """A candidate: kept when it is a list; a guess that fails is no news."""
        found_in = response.meta["found_in"]
        try:
            if response.status != 200:
                raise ListingError(f"HTTP {response.status}")
            yield from self._list(response, read_listing(response.body, response.url))
        except ListingError as error:
            if found_in != "guess":
                self.refusals.append((response.url, str(error)))

    def _list(self, response: Response, listing: Listing) -> Iterator[Request]:
        found_in = response.meta["found_in"]
        self.lists.append((response.url, found_in, listing))
        if listing.kind == "index" and found_in != "index":
            ranked = sorted(listing.sitemaps, key=lambda member: ("news" not in member[0], -_seconds(member[1])))
            for url, _ in ranked[:MEMBERS]:
                if url not in self.asked:
                    yield self._request(url, self.look_at_list, "index")


def _seconds(time: datetime | None) -> float:
    return time.timestamp() if time else 0.0
