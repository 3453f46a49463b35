"""scrapy reparse DAY …: the landed pages of these days through today's parser, without the network."""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from datetime import date

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from lake import store
from lake.contracts import ContractError
from scrapers.days import read_day


def _reparse(day: date, markers: dict[str, str]) -> tuple[str, bool]:
    """One day, in a process of its own: what became of it in words, and whether the parser broke."""
    from scrapers.reparse import reparse

    tally = reparse(day, markers)
    return str(tally), tally.is_broken


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] <day> ..."

    def short_desc(self) -> str:
        return "Parse landed pages of these days (UTC, of fetching) again; clean takes the new fields"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--jobs", type=int, default=os.cpu_count() or 1, help="days parsed at once (default: cores)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args:
            raise UsageError("say scrapy reparse DAY …, e.g. scrapy reparse 2026-11-22", print_help=False)
        if wrong := [arg for arg in args if read_day(arg) is None]:
            raise UsageError(f"{', '.join(wrong)}: not a day; write it as 2026-11-22", print_help=False)
        days = sorted({date.fromisoformat(arg) for arg in args})
        loader = get_spider_loader(self.settings)
        spiders = [loader.load(name) for name in loader.list()]
        markers = {spider.name: spider.paywall_marker for spider in spiders if spider.paywall_marker}
        with ProcessPoolExecutor(max_workers=max(1, min(opts.jobs, len(days)))) as pool:
            for future in as_completed([pool.submit(_reparse, day, markers) for day in days]):
                try:
                    words, is_broken = future.result()
                except ContractError as error:
                    print(f"reparse: {error}", file=sys.stderr)
                    self.exitcode = 1
                except BrokenProcessPool:
                    print("reparse: a process was ended; for want of memory? Try fewer --jobs", file=sys.stderr)
                    self.exitcode = 1
                except OSError as error:
                    print(f"reparse: the lake at {store.lake_dir()} refused: {error}", file=sys.stderr)
                    self.exitcode = 1
                else:
                    print(words, flush=True)
                    self.exitcode = 1 if is_broken else self.exitcode
