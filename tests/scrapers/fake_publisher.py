"""A publisher on 127.0.0.1 that does what a test tells it to, and real crawls of it in a process of their own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyarrow as pa
import pytest

from lake import store

ROOT = Path(__file__).parents[2]
SCRAPY = Path(sys.executable).parent / "scrapy"


@dataclass
class Answer:
    """What a path answers with; body may be a function that writes to the socket itself."""

    body: bytes | str | Callable[[BaseHTTPRequestHandler], None] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


class Publisher(ThreadingHTTPServer):
    """Answers from `pages`: path -> Answer, or a list of Answers given one after the other (the last one stays)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.pages: dict[str, Answer | list[Answer]] = {}
        self.requests: list[tuple[float, str, dict[str, str]]] = []

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [path for _, path, _ in self.requests]

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor that hangs up on an endless answer is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.requests.append((time.monotonic(), self.path, dict(self.headers)))
        answer = self.server.pages.get(self.path, Answer("nichts gefunden", 404))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if callable(answer.body):
            answer.body(self)
            return
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """The test reads server.requests instead."""


PARAGRAPHS = (
    "Die Reederei Nordlicht und die Werft Elbdock haben sich auf den Bau von vier Frachtern geeinigt. Das teilten "
    "beide Unternehmen am Dienstag in Hamburg mit. Der Auftrag hat einen Wert von rund 240 Millionen Euro.",
    "Die ersten beiden Schiffe sollen im Frühjahr ausgeliefert werden. Elbdock will dafür 120 Stellen schaffen und die "
    "Halle am Südufer wieder in Betrieb nehmen, die seit fünf Jahren leer steht.",
    "Über den Preis hatten die Partner lange gestritten. Nun heißt es, man habe einen Weg gefunden, mit dem beide "
    "Seiten leben könnten. Die Gewerkschaft begrüßte den Abschluss und sprach von einem guten Zeichen für den Hafen.",
)


def article(
    title: str, published: str | None = "2026-11-20T09:30:00+01:00", head: str = "", body: str = "", **facts: object
) -> str:
    """A plain German article page."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, **facts}
    if published:
        data["datePublished"] = published
    paragraphs = body or "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return (
        f"<!doctype html><html lang='de'><head><meta charset='utf-8'><title>{title}</title>{head}"
        f"<script type='application/ld+json'>{json.dumps(data, ensure_ascii=False)}</script></head>"
        f"<body><nav><a href='/'>Start</a></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


XML = {"Content-Type": "application/xml; charset=utf-8"}


def feed(*urls: str) -> Answer:
    items = "".join(f"<item><title>Titel {n}</title><link>{url}</link></item>" for n, url in enumerate(urls))
    return Answer(f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>", headers=XML)


def sitemap(*urls: str, lastmod: str | None = None) -> Answer:
    last = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    entries = "".join(f"<url><loc>{url}</loc>{last}</url>" for url in urls)
    return Answer(f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>", headers=XML)


@dataclass
class Crawl:
    """How a crawl ended, and what it left in its lake."""

    code: int
    stdout: str
    stderr: str
    rows: pa.Table
    run: dict | None
    permissions: list[dict]
    peak_kb: int  # the most memory that the crawl held, in kB

    @property
    def outcomes(self) -> dict[str, int]:
        return json.loads(self.run["outcomes"])

    @property
    def landed(self) -> list[str]:
        """The paths of the pages that landed."""
        return sorted(url.split("/", 3)[3] for url in self.rows["url"].to_pylist())


# Runs a command and writes its own peak memory: getrusage here would count every child of the whole test run.
WITH_PEAK = """
import pathlib, resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
pathlib.Path(sys.argv[1]).write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""


def scrapy(lake_dir: Path, *args: str, before: Sequence[str] = (), **environment: str) -> subprocess.Popen:
    """A scrapy command in the project's root, with a lake of its own and no contact set; `before`: what starts it."""
    env = {k: v for k, v in os.environ.items() if k not in ("CONTACT", "http_proxy", "HTTP_PROXY")}
    env |= {"LAKE_DIR": str(lake_dir), **environment}
    return subprocess.Popen(
        [*before, str(SCRAPY), *args], cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def crawl(lake_dir: Path, *args: str, **environment: str) -> Crawl:
    """`scrapy crawl` to its end, then the lake's rows and the run's own row."""
    with tempfile.NamedTemporaryFile(mode="r") as peak:
        before = [sys.executable, "-c", WITH_PEAK, peak.name]
        process = scrapy(lake_dir, "crawl", *args, before=before, **environment)
        try:
            stdout, stderr = process.communicate(timeout=120)
        finally:
            process.kill()
        peak_kb = int(peak.read())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAKE_DIR", str(lake_dir))
        runs = store.read("crawl_runs").sort_by("started_at").to_pylist()
        permissions = store.read("crawl_permissions").to_pylist()
        run = runs[-1] if runs else None
        return Crawl(process.returncode, stdout, stderr, store.read("raw_articles"), run, permissions, peak_kb)
