"""What a publisher permits: robots.txt with its Crawl-delay. Unreachable is not permitted.

Standard: RFC 9309, section 2.3.1.4.
"""

import logging
from urllib.parse import urljoin

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from scrapers.guest import ROBOT_NAME, is_at_home
from scrapers.outcomes import Refused

log = logging.getLogger(__name__)


class RobotsMiddleware(RobotsTxtMiddleware):
    """As Scrapy's, but an unreachable robots.txt (5xx, 429, no answer) stops us, and Crawl-delay is kept."""

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        if rp is None:
            raise Refused("robots_unreachable", f"robots.txt of {urlparse_cached(request).netloc} did not answer")
        if not rp.allowed(request.url, ROBOT_NAME):
            raise Refused("robots_forbidden", "forbidden by robots.txt")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == 429:
            log.warning("%s answered %d: nothing is fetched from %s", response.url, response.status, netloc)
            self._robots_error(Refused("robots_unreachable", str(response.status)), netloc)
            return
        if response.status >= 300:  # no robots.txt: everything is allowed
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
        self._keep_delay(self._parsers[netloc].crawl_delay(ROBOT_NAME), request)

    def _keep_delay(self, seconds: float | None, request: Request) -> None:
        if not seconds:
            return
        downloader = self.crawler.engine.downloader
        host = urlparse_cached(request).hostname
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
