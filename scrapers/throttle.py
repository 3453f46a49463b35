"""How fast we ask: AutoThrottle that keeps a host's Crawl-delay and Retry-After and leaves loopback hosts alone."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Spider
from scrapy.core.downloader import Slot
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from scrapers.guest import is_loopback
from scrapers.outcomes import Refused

BUSY = (429, 503)


def pause_asked(response: Response, settings: BaseSettings) -> float | None:
    """Seconds that a busy host wants to be left alone: Retry-After, a number or an HTTP date; a 429 always does.

    None for a 503 that names no time: that is an error like any other.
    """
    if response.status not in BUSY:
        return None
    header = response.headers.get("Retry-After", b"").decode("latin-1").strip()
    if header.isdigit():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return settings.getfloat("RETRY_AFTER_DEFAULT") if response.status == 429 else None


def is_too_long(seconds: float, settings: BaseSettings) -> bool:
    """Whether a pause is so long that the next crawl had better go on."""
    return seconds > settings.getfloat("RETRY_AFTER_MAX")


class PoliteThrottle(AutoThrottle):
    """As Scrapy's, but a slot's delay never falls below what robots.txt asks for, and a busy host gets its pause."""

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        _, slot = self._get_slot(request, spider)
        seconds = pause_asked(response, self.crawler.settings)
        if not slot or seconds is None:
            return
        # This runs before the slot sends its next request
        if is_too_long(seconds, self.crawler.settings):
            while slot.queue:  # PoliteRetry ends the crawl
                _, waiting = slot.queue.popleft()
                waiting.errback(Refused("rate_limited", f"Retry-After {seconds:.0f} s"))
        else:
            slot.lastseen = time.monotonic() + seconds

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        host = urlparse_cached(response).hostname or ""
        asked = self.crawler.engine.downloader.per_slot_settings.get(host, {}).get("delay", 0.0)
        if is_loopback(host):
            slot.delay = asked
            return
        super()._adjust_delay(slot, latency, response)
        slot.delay = max(slot.delay, asked)
