"""How fast we crawl, beside a bare Scrapy spider that saves the same pages: python -m bench.crawl

A local site of invented pages, one connection, the same delay for both: once next to none, once one that waits as a
publisher's does. Figures run from the first article's request to the last one's, so that no start counts; CPU is read
from /proc. With --news-please PYTHON, the interpreter of an environment that has it, it reads the same pages.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.invented_pages import pages

ROOT = Path(__file__).resolve().parents[1]
SCRAPY = (sys.executable, "-m", "scrapy")
NO_DELAY = 0.001  # 0 would let Scrapy send a whole queue at once
INSTALL = "python3 -m venv /tmp/np && /tmp/np/bin/pip install news-please lxml_html_clean"

BARE = """
import hashlib, os, pathlib, scrapy
class Bare(scrapy.spiders.SitemapSpider):
    name = "bare"
    sitemap_urls = [os.environ["BENCH_SITE"] + "/map.xml"]
    def parse(self, response):
        name = hashlib.md5(response.url.encode()).hexdigest()
        pathlib.Path(os.environ["BENCH_OUT"], name + ".html").write_bytes(response.body)
"""
NEWS_PLEASE = """
import json, os, sys, urllib.request
from newsplease import NewsPlease
urls = json.loads(urllib.request.urlopen(os.environ["BENCH_SITE"] + "/urls.json").read())
found = [NewsPlease.from_url(url) for url in urls]
sys.exit(0 if all(page.title and page.maintext for page in found) else "news-please: pages without title or text")
"""


class Site(ThreadingHTTPServer):
    """The pages on 127.0.0.1; of each article's request the time, and the CPU seconds of process `visitor` by then."""

    daemon_threads = True

    def __init__(self, count: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.articles = dict(pages(count))
        self.visitor: int | None = None
        self.visits: list[tuple[float, float]] = []
        urls = [self.url + path for path in self.articles]
        entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
        xml = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>"
        self.others = {"/map.xml": xml.encode(), "/robots.txt": b"", "/urls.json": json.dumps(urls).encode()}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes
    server: Site

    def do_GET(self) -> None:
        article = self.server.articles.get(self.path)
        if article is not None:
            self.server.visits.append((time.monotonic(), cpu_seconds(self.server.visitor)))
        body = article or self.server.others.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "application/xml" if self.path == "/map.xml" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """The visits are enough."""


@contextmanager
def site(count: int) -> Iterator[Site]:
    server = Site(count)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def cpu_seconds(pid: int | None) -> float:
    """CPU seconds of a process so far, by /proc/PID/stat: fields 14 and 15, in clock ticks."""
    if pid is None:
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Run:
    """One crawler's figures: seconds and CPU seconds between the first article's request and the last one's."""

    name: str
    articles: int
    seconds: float
    cpu: float
    megabytes: float

    @property
    def rate(self) -> float:
        return (self.articles - 1) / self.seconds

    @property
    def cpu_a_page(self) -> float:
        return self.cpu / (self.articles - 1)


def run(name: str, server: Site, command: Sequence[str], **environment: str) -> Run:
    """Runs a crawler to its end. Raises RuntimeError where it fails or leaves out a page."""
    server.visits.clear()
    env = {**os.environ, "BENCH_SITE": server.url, "PYTHONPATH": str(ROOT), **environment}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=subprocess.STDOUT)
        server.visitor = process.pid
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode, server.visitor = os.waitstatus_to_exitcode(status), None
        said.seek(0)
        words = said.read().decode(errors="replace")
    count = len(server.visits)
    if process.returncode or count != len(server.articles):
        raise RuntimeError(f"{name}: exit {process.returncode}, {count} requests:\n{words[-2000:]}")
    (began, cpu_before), (ended, cpu_after) = server.visits[0], server.visits[-1]
    return Run(name, count, ended - began, cpu_after - cpu_before, usage.ru_maxrss / 1024)


def ours(server: Site, delay: float, folder: Path) -> Run:
    slots = json.dumps({"127.0.0.1": {"delay": delay, "jitter": 0.0, "concurrency": 1}})
    arguments = ("crawl", "sitemap", "-a", "publisher=bench", "-a", f"urls={server.url}/map.xml")
    return run("tonlage", server, (*SCRAPY, *arguments, "-s", f"DOWNLOAD_SLOTS={slots}"), LAKE_DIR=str(folder / "lake"))


def bare(server: Site, delay: float, folder: Path) -> Run:
    spider = folder / "bare_spider.py"
    spider.write_text(BARE, encoding="utf-8")
    slots = json.dumps({"127.0.0.1": {"delay": delay, "jitter": 0.0, "concurrency": 1}})
    settings = ("-s", f"DOWNLOAD_SLOTS={slots}", "-s", "LOG_LEVEL=ERROR", "-s", "AUTOTHROTTLE_ENABLED=False")
    out = folder / "pages"
    out.mkdir()
    # Outside the project's root, so that none of its settings hold
    command = ("env", f"--chdir={folder}", *SCRAPY, "runspider", str(spider), *settings)
    found = run("bare Scrapy", server, command, BENCH_OUT=str(out))
    if (saved := len(list(out.iterdir()))) != len(server.articles):
        raise RuntimeError(f"bare Scrapy saved {saved} of {len(server.articles)} pages")
    return found


def show(runs: Sequence[Run], delay: float) -> None:
    print(f"\n{runs[0].articles} pages of 60 kB, one connection, delay {delay:g} s")
    for r in runs:
        print(
            f"  {r.name:<12} {r.rate:7.1f} requests/s  ratio {r.rate / runs[0].rate:4.2f}"
            f"  {1000 * r.cpu_a_page:6.1f} ms CPU a page  {r.megabytes:5.0f} MB"
        )


def race(count: int, delay: float, news_please: str | None) -> list[Run]:
    """All crawlers, one after the other, on a site of so many pages."""
    with site(count) as server, tempfile.TemporaryDirectory() as name:
        runs = [bare(server, delay, Path(name)), ours(server, delay, Path(name))]
        if news_please:
            runs.append(run("news-please", server, (news_please, "-c", NEWS_PLEASE)))
    return runs


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.crawl", description=__doc__)
    parser.add_argument("--pages", type=int, default=300, help="pages of the first run (default 300)")
    parser.add_argument("--delay", type=float, default=0.25, help="seconds of the second run's delay (default 0.25)")
    parser.add_argument("--news-please", metavar="PYTHON", help="interpreter of an environment with news-please")
    args = parser.parse_args()
    show(race(args.pages, NO_DELAY, args.news_please), NO_DELAY)
    show(race(max(10, args.pages // 6), args.delay, None), args.delay)
    if not args.news_please:
        print(f"\nnews-please was left out. To have it: {INSTALL}; then add --news-please /tmp/np/bin/python")
    return 0


if __name__ == "__main__":
    sys.exit(main())
