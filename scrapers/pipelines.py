"""What a spider found, into the lake: in parts, so that a crawl killed half-way keeps what it had landed."""

import logging
import time
from datetime import date
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from lake import store
from lake.checking import row_errors

log = logging.getLogger(__name__)
MAX_ROWS = 100
MAX_BYTES = 16 * 2**20
MAX_SECONDS = 30.0


class LandingPipeline:
    """Collects rows and appends them to raw_articles as `<publisher>~<run_id>~<number>`."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.rows: list[dict[str, Any]] = []
        self.size = 0
        self.since = 0.0
        self.number = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "LandingPipeline":
        return cls(crawler)

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Takes a row; one that breaks the contract is logged as an error and dropped, the others land."""
        if errors := row_errors("raw_articles", item):
            message = f"raw_articles row ({item.get('url')}): " + "; ".join(text for _, text in errors)
            self.crawler.stats.inc_value("outcome/broken_row")
            log.error(message)
            raise DropItem(message, log_level="DEBUG")
        if not self.rows:
            self.since = time.monotonic()
        self.rows.append(item)
        self.size += len(item["html"] or b"")
        if (
            len(self.rows) >= MAX_ROWS
            or self.size >= MAX_BYTES
            or time.monotonic() - self.since >= self.crawler.settings.getfloat("LANDING_SECONDS", MAX_SECONDS)
        ):
            self._land()
        return item

    def close_spider(self) -> None:
        self._land()

    def _land(self) -> None:
        spider = self.crawler.spider
        by_day: dict[date, list[dict[str, Any]]] = {}
        for row in self.rows:
            by_day.setdefault(row["fetched_at"].date(), []).append(row)
        self.rows, self.size = [], 0
        for day, rows in by_day.items():
            self.number += 1
            store.append("raw_articles", day, f"{spider.publisher}~{spider.run_id}~{self.number:04}", rows)
            self.crawler.stats.inc_value("landed", len(rows))
