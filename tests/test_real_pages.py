"""Real pages through the whole pipe: served on 127.0.0.1, crawled by the generic spiders, scored, built, queried."""

import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.conftest import PROJECT

FEED_ITEM = "<item><title>{title}</title><link>{url}</link><guid>{url}</guid></item>"
FEED = "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Echt</title>{}</channel></rss>"
SITEMAP_ITEM = "<url><loc>{url}</loc><news:news><news:title>{title}</news:title></news:news></url>"
SITEMAP = (
    "<?xml version='1.0' encoding='UTF-8'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
    "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{}</urlset>"
)


class Server(ThreadingHTTPServer):
    """Serves real pages at /p/<number>.html; half are listed in a feed, half in a news sitemap."""

    def __init__(self, pages):
        super().__init__(("127.0.0.1", 0), Handler)
        base = f"http://127.0.0.1:{self.server_port}"
        self.bodies = {f"/p/{n}.html": ("text/html", page["html"]) for n, page in enumerate(pages)}
        listed = [{"url": f"{base}/p/{n}.html", "title": escape(page["gold_title"])} for n, page in enumerate(pages)]
        half = len(listed) // 2
        self.bodies["/feed.xml"] = (
            "application/rss+xml",
            FEED.format("".join(FEED_ITEM.format(**i) for i in listed[:half])).encode(),
        )
        self.bodies["/news.xml"] = (
            "application/xml",
            SITEMAP.format("".join(SITEMAP_ITEM.format(**i) for i in listed[half:])).encode(),
        )
        self.base = base


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        kind, body = self.server.bodies.get(self.path, ("", None))
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", kind or "text/plain")
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args):
        """Says nothing: the tests' output is for failures."""


@pytest.fixture(scope="module")
def warehouse(shared, tmp_path_factory):
    """The warehouse built from the German news pages of the gold set, and what each command printed."""
    table = pq.read_table(shared / "gold" / "extraction" / "dev.parquet", filters=[("source", "=", "fundus")])
    pages = table.select(["html", "gold_title", "url"]).to_pylist()
    folder = tmp_path_factory.mktemp("real")
    server = Server(pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    env = os.environ | {
        "LAKE_DIR": str(folder / "lake"),
        "WAREHOUSE_DB": str(folder / "warehouse.duckdb"),
        "REPORTS_DIR": str(folder / "reports"),
    }
    today = datetime.now(UTC).date().isoformat()
    crawl = ["scrapy", "crawl"]
    commands = [
        [*crawl, "feed", "-a", "publisher=echt-feed", "-a", f"urls={server.base}/feed.xml"],
        [*crawl, "sitemap", "-a", "publisher=echt-sitemap", "-a", f"urls={server.base}/news.xml"],
        ["transforms", "clean", today],
        ["transforms", "validate", today],
        ["transforms", "score", today],
        ["warehouse", "build"],
    ]
    said = []
    for command in commands:
        done = subprocess.run([sys.executable, "-m", *command], env=env, cwd=PROJECT, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        said.append(done.stdout)
    server.shutdown()
    with duckdb.connect(env["WAREHOUSE_DB"], read_only=True) as con:
        yield con, len(pages), said


def test_every_page_landed_and_is_an_article_or_in_quarantine(warehouse):
    con, pages, said = warehouse
    landed, refused, articles = (
        con.execute(f"select count(*) from {table}").fetchone()[0]
        for table in ("lake.raw_articles", "lake.quarantine", "articles")
    )
    assert landed == pages
    assert articles + refused == pages, said
    assert articles >= 0.85 * pages, con.execute("select reason, url, detail from lake.quarantine").fetchall()


def test_articles_are_whole(warehouse):
    con, _, _ = warehouse
    short = con.execute("select title, word_count from articles where word_count < 60").fetchall()
    assert len(short) <= 2, short
    undated = con.execute("select count(*) from articles where date_source = 'none'").fetchone()[0]
    assert undated == 0


def test_companies_and_pairs_come_out_with_their_evidence(warehouse):
    con, _, _ = warehouse
    companies = con.execute("select count(distinct company_id) from mentions where not is_source_credit").fetchone()[0]
    assert companies >= 10
    wrong = con.execute(
        """select excerpt, surface from pair_sentences join mentions using (article_id, sentence_no)
        where reach = 'direct' and length(excerpt) < 160 and match_rule <> 'anaphor'
        and not contains(excerpt, surface)"""
    ).fetchall()
    assert wrong == []
