"""scrapy archive FILE.warc.gz …: known publishers' German pages out of WARC files, into raw_articles."""

import argparse
import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.spiderloader import get_spider_loader

from lake import seeds, store
from lake.contracts import ContractError
from scrapers.guest import is_loopback


def _read(path: Path, publishers: dict[str, str]) -> str:
    """One file, in a process of its own."""
    from scrapers.archive import read_archive

    return read_archive(path, publishers).summary()


class Command(ScrapyCommand):
    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] <file.warc.gz> ..."

    def short_desc(self) -> str:
        return "Backfill from WARC files (Common Crawl CC-NEWS): German pages of known publishers; resumes where it was"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="files read at once (default: cores)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from scrapers.archive import ArchiveError

        if not args:
            raise UsageError("say scrapy archive FILE.warc.gz …", print_help=False)
        files = [Path(arg) for arg in args]
        if missing := [str(file) for file in files if not file.is_file()]:
            raise UsageError(f"no such file: {', '.join(missing)}", print_help=False)
        loader = get_spider_loader(self.settings)
        spiders = [loader.load(name) for name in loader.list()]
        read = {p.publisher for p in seeds.publishers() if p.state in ("on", "trial")}
        publishers = {
            host: s.name for s in spiders if s.name in read for host in s.allowed_domains if not is_loopback(host)
        }
        with ProcessPoolExecutor(max_workers=max(1, min(opts.jobs, len(files)))) as pool:
            for future in as_completed([pool.submit(_read, file, publishers) for file in files]):
                try:
                    print(future.result(), flush=True)
                except (ArchiveError, ContractError) as error:
                    print(f"archive: {error}", file=sys.stderr)
                    self.exitcode = 1
                except OSError as error:
                    print(f"archive: the lake at {store.lake_dir()} refused: {error}", file=sys.stderr)
                    self.exitcode = 1
