"""Retry a busy host (429, 503) after the pause that it asks for, and end the crawl where that is too long."""

import asyncio
import logging

from scrapy.downloadermiddlewares.retry import RetryMiddleware, get_retry_request
from scrapy.http import Request, Response

from scrapers.outcomes import Refused
from scrapers.throttle import is_too_long, pause_asked

log = logging.getLogger(__name__)
BUSY_TIMES = 3


class PoliteRetry(RetryMiddleware):
    """As Scrapy's for every other failure. The pause itself is PoliteThrottle's."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        seconds = pause_asked(response, self.crawler.settings)
        if seconds is None or request.meta.get("dont_retry"):
            return super().process_response(request, response)
        if is_too_long(seconds, self.crawler.settings):
            log.warning("%s asks us to stay away for %d seconds: the crawl ends here", response.url, seconds)
            asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="rate_limited"))  # noqa: RUF006
            raise Refused("rate_limited", f"Retry-After {seconds:.0f} s")
        log.info("%s answered %d: pause of %.0f s", response.url, response.status, seconds)
        reason = f"busy_{response.status}"
        return (
            get_retry_request(request, spider=self.crawler.spider, reason=reason, max_retry_times=BUSY_TIMES)
            or response
        )
