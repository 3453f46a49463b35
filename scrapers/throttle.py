"""AutoThrottle that keeps a host's Crawl-delay and leaves loopback hosts alone."""

from scrapy.core.downloader import Slot
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from scrapers.guest import is_loopback


class PoliteThrottle(AutoThrottle):
    """As Scrapy's, but the delay of a slot never falls below the one that its robots.txt asks for."""

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        host = urlparse_cached(response).hostname or ""
        asked = self.crawler.engine.downloader.per_slot_settings.get(host, {}).get("delay", 0.0)
        if is_loopback(host):
            slot.delay = asked
            return
        super()._adjust_delay(slot, latency, response)
        slot.delay = max(slot.delay, asked)
