"""How fast a WARC file becomes raw_articles, and what a kill -9 costs: python -m bench.archive

The pages are the news pages of the extraction gold where it is there (TONLAGE_SHARED, else ../shared), over and over
under new addresses, else invented ones. One process reads the file; a second reading is killed after some parts landed,
then goes on; the two lakes must hold the same pages.
"""

import argparse
import gzip
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow.compute as pc
import pyarrow.parquet as pq
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from bench.invented_pages import page
from lake import store

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_LAND = 300
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"

Page = tuple[str, bytes]


def gold_pages() -> list[Page]:
    """Gold news pages of publishers that have a spider: (host, page). Empty where there is no gold."""
    shared = Path(os.environ.get("TONLAGE_SHARED") or ROOT.parent / "shared")
    file = shared / "gold" / "extraction" / "dev.parquet"
    if not file.is_file():
        return []
    table = pq.read_table(file, columns=["url", "html", "source"]).filter(pc.field("source") == "fundus")
    loader = SpiderLoader.from_settings(get_project_settings())
    domains = {domain for name in loader.list() for domain in loader.load(name).allowed_domains}
    hosts = ((urlsplit(row["url"]).hostname or "", row["html"]) for row in table.to_pylist())
    return [(host, html) for host, html in hosts if any(f".{host}".endswith(f".{domain}") for domain in domains)]


def pages(count: int, gold: list[Page]) -> Iterator[tuple[str, bytes]]:
    """(address, page), so many, no address twice."""
    known = islice(cycle(gold), count) if gold else (("taz.de", page(number)) for number in range(count))
    return ((f"https://{host}/archiv/{number}", html) for number, (host, html) in enumerate(known))


def write_warc(path: Path, count: int, gold: list[Page]) -> int:
    """Writes the file, each record a gzip member of its own (WARC/1.0, ISO 28500); returns its bytes."""
    with path.open("wb") as file:
        for number, (url, html) in enumerate(pages(count, gold)):
            content = HTTP + html
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
                f"WARC-Target-URI: {url}\r\nWARC-Date: 2026-11-20T12:00:00Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(content)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + content + b"\r\n\r\n", 6))
    return path.stat().st_size


def command(file: Path) -> list[str]:
    return [sys.executable, "-m", "scrapy", "archive", str(file), "--jobs", "1"]


def landed(lake: Path) -> list[str]:
    """Addresses in a lake."""
    os.environ["LAKE_DIR"] = str(lake)
    return store.read("raw_articles", columns=["url"])["url"].to_pylist()


@dataclass
class Reading:
    """One whole reading, start included. megabytes: of the process that reads, or of its parent, the larger."""

    seconds: float
    cpu: float
    megabytes: float
    said: str


def read_through(file: Path, lake: Path) -> Reading:
    """Reads the file to its end. Raises RuntimeError where the command fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        command(file), cwd=ROOT, env={**os.environ, "LAKE_DIR": str(lake)}, capture_output=True, text=True, check=False
    )
    seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"scrapy archive: exit {done.returncode}: {done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Reading(seconds, cpu, after.ru_maxrss / 1024, done.stdout.strip())


def kill_after(parts: int, file: Path, lake: Path) -> int:
    """Begins to read, kills -9 as soon as so many parts have landed; returns the pages that had landed."""
    env = {**os.environ, "LAKE_DIR": str(lake)}
    # A session of its own, so that the reading process dies with the command
    process = subprocess.Popen(command(file), cwd=ROOT, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
    until = time.monotonic() + SECONDS_TO_LAND
    while len(list(lake.glob("raw_articles/*/*.parquet"))) < parts:
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"{parts} parts did not land before the reading ended or {SECONDS_TO_LAND} s were over")
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return len(landed(lake))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    parser.add_argument("--pages", type=int, default=600, help="pages in the file (default 600, three parts)")
    args = parser.parse_args()
    gold = gold_pages()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "bench.warc.gz"
        size = write_warc(file, args.pages, gold)
        kind = f"{len(gold)} different ones of the gold" if gold else "invented"
        print(f"{args.pages} pages, {kind}, {size / 2**20:.0f} MB")
        start = read_through(write_small(folder), folder / "start")
        whole = read_through(file, folder / "whole")
        print(whole.said)
        rate = (args.pages - 1) / (whole.cpu - start.cpu)
        print(f"{rate:.1f} pages/s a core (CPU, without the start's {start.cpu:.1f} s), {whole.megabytes:.0f} MB")
        before = kill_after(1, file, folder / "killed")
        again = read_through(file, folder / "killed")
        same = sorted(landed(folder / "killed")) == sorted(landed(folder / "whole"))
        print(f"killed -9 when {before} pages had landed; then: {again.said}")
        print("after it the lake holds the same pages, none twice" if same else "THE TWO LAKES DIFFER")
    return 0 if same else 1


def write_small(folder: Path) -> Path:
    """A file of one page: what the start alone costs."""
    file = folder / "start.warc.gz"
    write_warc(file, 1, [])
    return file


if __name__ == "__main__":
    sys.exit(main())
