"""Retry, but wait as long as the publisher asks for: Retry-After on 429 and 503 pauses the whole host."""

import asyncio
import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.downloadermiddlewares.retry import RetryMiddleware, get_retry_request
from scrapy.http import Request, Response

from scrapers.outcomes import Refused

log = logging.getLogger(__name__)
BUSY = (429, 503)


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (a number or an HTTP date); None for anything else."""
    if not value:
        return None
    text = value.decode("latin-1").strip()
    if text.isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - now).total_seconds())
    except (TypeError, ValueError):
        return None


class PoliteRetry(RetryMiddleware):
    """As Scrapy's; a busy host is left alone until the time it names, or for good where that is too far off."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status not in BUSY or request.meta.get("dont_retry"):
            return super().process_response(request, response)
        settings = self.crawler.settings
        asked = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        seconds = settings.getfloat("RETRY_AFTER_DEFAULT") if asked is None else asked
        if seconds > settings.getfloat("RETRY_AFTER_MAX"):
            log.warning("%s asks us to stay away for %d seconds: the crawl ends here", response.url, seconds)
            asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="rate_limited"))  # noqa: RUF006
            raise Refused("rate_limited", f"Retry-After {seconds:.0f} s")
        self._pause(request, seconds)
        log.info("%s answered %d: pause of %.0f s", response.url, response.status, seconds)
        again = get_retry_request(
            request, spider=self.crawler.spider, reason=f"busy_{response.status}", max_retry_times=3
        )
        return again or response

    def _pause(self, request: Request, seconds: float) -> None:
        """No request to the host before so many seconds: its slot counts as just used at that time."""
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot"))
        if slot:
            slot.lastseen = time.monotonic() + seconds
            slot.delay = max(slot.delay, 0.001)
