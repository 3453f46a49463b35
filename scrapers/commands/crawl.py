"""scrapy crawl NAME: as in every Scrapy project, but a crawl that went wrong says so and exits with 1."""

import argparse
import difflib
import sys
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pyarrow.compute as pc
from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from lake import store
from scrapers.guest import contact_error
from scrapers.outcomes import as_json, counts, fields_json, is_complete
from scrapers.permissions import PermissionMiddleware

GOOD_ENDS = ("finished", "closespider_timeout", "rate_limited")


class Command(ScrapyCrawl):
    def short_desc(self) -> str:
        return "Crawl a publisher, land its articles in the lake; exit code 1 when anything went wrong"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) == 1:
            self._check(args[0], opts.spargs)
        elif not args:
            raise UsageError("scrapy crawl needs the name of a spider, e.g. scrapy crawl taz; `scrapy list` names all")
        crawlers: list[Crawler] = []
        create = self._create_crawler
        self._create_crawler = lambda name: crawlers.append(create(name)) or crawlers[0]
        super().run(args, opts)
        if self.exitcode == 0:
            try:
                self.exitcode = report(crawlers[0])
            except OSError as error:
                print(f"crawl of {args[0]} failed: the lake at {store.lake_dir()} refused: {error}", file=sys.stderr)
                self.exitcode = 1

    def _check(self, name: str, arguments: dict[str, str]) -> None:
        loader = self.crawler_process.spider_loader
        if name not in loader.list():
            close = difflib.get_close_matches(name, loader.list(), n=1)
            hint = f"did you mean {close[0]}?" if close else "`scrapy list` names them all"
            raise UsageError(f"no spider is called {name}; {hint}", print_help=False)
        spider = loader.load(name)
        if problem := spider.argument_error(arguments):
            raise UsageError(problem, print_help=False)
        hosts = {urlsplit(url).hostname or "" for url in spider.addresses(arguments)}
        if problem := contact_error(hosts | set(spider.allowed_domains or ())):
            raise UsageError(problem, print_help=False)


def report(crawler: Crawler) -> int:
    """Appends the run's row to crawl_runs, prints a summary, returns the exit code."""
    spider, stats = crawler.spider, crawler.stats.get_stats()
    problem = _problem(spider, stats)
    outcomes = counts(stats, "outcome/")
    if not is_complete(stats):  # next time the lists are read anew
        spider.listings = [listing | {"validators": {}} for listing in spider.listings]
    row = {
        "publisher": spider.publisher,
        "run_id": spider.run_id,
        "started_at": spider.started_at,
        "finished_at": datetime.now(UTC),
        "requests": stats.get("downloader/request_count", 0),
        "response_bytes": stats.get("downloader/response_bytes", 0),
        "listed": len(spider.listed_in),
        "known": stats.get("listing/known", 0),
        "landed": stats.get("landed", 0),
        "outcomes": as_json(outcomes),
        "examples": as_json(counts(stats, "example/")),
        "doubts": as_json(counts(stats, "doubt/")),
        "fields": fields_json(stats),
        "listings": as_json(spider.listings),
        "log_errors": stats.get("log_count/ERROR", 0) + stats.get("log_count/CRITICAL", 0),
        "finish_reason": stats.get("finish_reason", "unknown"),
        "problem": problem,
    }
    store.append("crawl_runs", spider.started_at.date(), f"{spider.publisher}~{spider.run_id}", [row])
    _append_permissions(crawler)
    seconds = (row["finished_at"] - spider.started_at).total_seconds()
    unchanged = sum(listing["status"] == "unchanged" for listing in spider.listings)
    lists = f"{unchanged} lists unchanged, " if unchanged else ""
    print(
        f"{spider.publisher}: {lists}{row['listed']} listed, {row['known']} known, {row['landed']} landed, "
        f"{row['requests']} requests, {seconds:.1f} s, run {spider.run_id}"
    )
    for kind, count in outcomes.items():
        print(f"  {count} {kind}, e.g. {stats[f'example/{kind}']}")
    for kind, count in counts(stats, "doubt/").items():
        print(f"  {count} landed with {kind}")
    if problem:
        print(f"crawl of {spider.publisher} failed: {problem}", file=sys.stderr)
        return 1
    return 0


def _append_permissions(crawler: Crawler) -> None:
    spider = crawler.spider
    hosts = crawler.get_downloader_middleware(PermissionMiddleware).hosts
    rows = [
        {
            "publisher": spider.publisher,
            "run_id": spider.run_id,
            "host": host.name,
            "checked_at": host.checked_at,
            "robots": host.robots,
            "crawl_delay": host.crawl_delay,
            "barred_bots": host.barred_bots,
            "tdm_file": host.tdm_file,
            "tdm_policy": host.policy,
            "pages": host.pages,
            "reserved_pages": sum(host.reserved.values()),
            "reserved_where": as_json(host.reserved),
            "noai_pages": host.noai_pages,
        }
        for host in hosts
    ]
    if rows:
        day = spider.started_at.date()
        store.append("crawl_permissions", day, f"{spider.publisher}~{spider.run_id}", rows)


def _problem(spider: Any, stats: dict[str, Any]) -> str | None:
    if not any(listing["status"] in ("ok", "unchanged") for listing in spider.listings):
        tried = "; ".join(f"{listing['url']}: {listing['status']}" for listing in spider.listings) or "none was fetched"
        return f"no list of articles could be read ({tried}); try: scrapy probe on the publisher's front page"
    if errors := stats.get("log_count/ERROR", 0) + stats.get("log_count/CRITICAL", 0):
        return f"{errors} errors were logged, see above"
    in_lake, scraped = _rows_in_lake(spider), stats.get("item_scraped_count", 0)
    if in_lake != scraped:
        return f"{scraped} articles were scraped, but {in_lake} rows are in the lake; see the log for what was refused"
    if stats.get("finish_reason") not in GOOD_ENDS:
        return f"it was ended before it was done: {stats.get('finish_reason')}"
    return None


def _rows_in_lake(spider: Any) -> int:
    days = [day for day in store.days("raw_articles") if day >= spider.started_at.date()]
    rows = store.scan("raw_articles", days, part=lambda name: name.startswith(f"{spider.publisher}~{spider.run_id}~"))
    return rows.count_rows(filter=pc.field("run_id") == spider.run_id)
