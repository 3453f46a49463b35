"""What a publisher permits: robots.txt with its Crawl-delay, bots that it bars, its reservation of text mining.

robots.txt: RFC 9309. Not found (4xx) permits everything, unreachable (5xx, 429, no answer) permits nothing.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin

from protego import Protego
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from scrapers.guest import ROBOT_NAME, contact_error, is_at_home
from scrapers.outcomes import DOWNLOAD_ERRORS, Refused
from scrapers.tdm import Reservation, Rule, TdmFileError, metas, read_rules, reservation

log = logging.getLogger(__name__)
AI_BOTS = (
    "GPTBot", "ChatGPT-User", "OAI-SearchBot", "ClaudeBot", "anthropic-ai", "CCBot", "Google-Extended", "PerplexityBot",
    "Bytespider", "Applebot-Extended", "Meta-ExternalAgent", "Amazonbot", "cohere-ai", "Diffbot", "MistralAI-User",
)  # fmt: skip


@dataclass
class Host:
    """What one host permits. robots: found, none, unreachable. tdm_file: found, none, unreadable."""

    name: str
    checked_at: datetime
    robots: str
    rules: Protego
    crawl_delay: float | None = None
    barred_bots: tuple[str, ...] = ()
    tdm_file: str = "none"
    tdm_rules: list[Rule] = field(default_factory=list)
    pages: int = 0
    reserved: dict[str, int] = field(default_factory=dict)
    noai_pages: int = 0
    policy: str | None = None

    def page(self, response: Response) -> Reservation:
        """The verdict on a page of this host, counted."""
        header = {
            name.decode().lower(): b", ".join(values).decode("latin-1") for name, values in response.headers.items()
        }
        verdict = reservation(response.url, self.tdm_rules, header, response.body)
        self.pages += 1
        if verdict.is_reserved:
            self.reserved[verdict.where] = self.reserved.get(verdict.where, 0) + 1
            self.policy = verdict.policy or self.policy
        said = f"{header.get('x-robots-tag', '')},{metas(response.body).get('robots', '')}".lower()
        self.noai_pages += "noai" in [word.strip() for word in said.split(",")]
        return verdict


class PermissionMiddleware:
    """Asks each host once what it permits, before the first request to it, and keeps to the answer."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.asked: dict[str, asyncio.Future[Host]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PermissionMiddleware":
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises Refused for what is not permitted."""
        parts = urlparse_cached(request)
        if parts.scheme not in ("http", "https") or request.meta.get("asks_permission"):
            return
        if problem := contact_error([parts.hostname or ""]):
            raise Refused("no_contact", problem)
        if parts.netloc not in self.asked:
            self.asked[parts.netloc] = asyncio.ensure_future(self._ask(request))
        host = await asyncio.shield(self.asked[parts.netloc])
        if host.robots == "unreachable":
            raise Refused("robots_unreachable", f"robots.txt of {host.name} did not answer")
        if not host.rules.can_fetch(request.url, ROBOT_NAME):
            raise Refused("robots_forbidden", "forbidden by robots.txt")

    def host(self, response: Response) -> Host:
        """What was learned about the host of a response."""
        return self.asked[urlparse_cached(response).netloc].result()

    @property
    def hosts(self) -> list[Host]:
        """Every host that answered, in order of the first request to it."""
        return [future.result() for future in self.asked.values() if future.done()]

    async def _ask(self, request: Request) -> Host:
        name = urlparse_cached(request).netloc
        status, body = await self._fetch(request, "/robots.txt")
        if status >= 500 or status == 429:
            log.warning("robots.txt of %s is unreachable (%s): nothing is fetched there", name, status)
            return Host(name, datetime.now(UTC), "unreachable", Protego.parse(""))
        rules = Protego.parse(body.decode("utf-8-sig", "replace") if status == 200 else "")
        host = Host(name, datetime.now(UTC), "found" if status == 200 else "none", rules)
        rate = rules.request_rate(ROBOT_NAME)
        asked = (rules.crawl_delay(ROBOT_NAME), rate.seconds / rate.requests if rate else None)
        host.crawl_delay = max((delay for delay in asked if delay), default=None)
        host.barred_bots = tuple(bot for bot in AI_BOTS if not rules.can_fetch(urljoin(request.url, "/"), bot))
        if host.crawl_delay:
            self._keep_delay(host.crawl_delay, urlparse_cached(request).hostname)
        status, body = await self._fetch(request, "/.well-known/tdmrep.json")
        if status == 200:
            try:
                host.tdm_rules, host.tdm_file = read_rules(body), "found"
            except TdmFileError as error:
                host.tdm_file = "unreadable"
                log.info("tdmrep.json of %s: %s", name, error)
        return host

    async def _fetch(self, request: Request, path: str) -> tuple[int, bytes]:
        """(status, body) of a file of the request's host; 599 where there is no answer."""
        question = Request(
            urljoin(request.url, path),
            callback=NO_CALLBACK,
            priority=1000,
            meta={"asks_permission": True, "allow_offsite": True, "dont_retry": path != "/robots.txt"},
        )
        try:
            response = await self.crawler.engine.download_async(question)
        except DOWNLOAD_ERRORS as error:
            log.info("%s: %s", question.url, error)
            return 599, b""
        return response.status, response.body

    def _keep_delay(self, seconds: float, host: str | None) -> None:
        downloader = self.crawler.engine.downloader
        downloader.per_slot_settings[host] = {"delay": seconds, "jitter": 0.0, "concurrency": 1}
        if slot := downloader.slots.get(host):
            slot.delay, slot.jitter = seconds, 0.0


class RedirectGuard:
    """Refuses a redirect that leaves the publisher's hosts, with an outcome (Scrapy's own filter drops it silently)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RedirectGuard":
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        target = response.headers.get("Location")
        allowed = getattr(self.crawler.spider, "allowed_domains", None)
        if 300 <= response.status < 400 and target and allowed and not request.meta.get("allow_offsite"):
            address = urljoin(response.url, target.decode("latin-1"))
            if not is_at_home(address, allowed):
                raise Refused("offsite_redirect", f"to {address}")
        return response
