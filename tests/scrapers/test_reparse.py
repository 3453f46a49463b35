"""Landed pages parsed again: newer fields reach the articles, what landed stays, and a second run has nothing to do."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lake import store
from lake.contracts import contract
from scrapers.article_page import PARSER
from scrapers.reparse import reparse
from tests.lake.rows import FETCHED, raw_article
from tests.scrapers.fake_publisher import ROOT, SCRAPY, Answer, Publisher, article, crawl, feed, scrapy

DAY = FETCHED.date()
OLDER = {"parser": "general/0", "title": "Alter Titel", "body": "Alter Text.", "authors": ["Jette Brandt"]}


def run(*command: str) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=180)


def again(*days: str) -> subprocess.CompletedProcess:
    return run(str(SCRAPY), "reparse", *days)


def parsed_by_an_older_parser(day: date, change: Callable[[dict], dict]) -> None:
    """Writes the day's landed rows anew, each changed: as if another parser had landed them."""
    for path in store.parts("raw_articles", day):
        rows = [row | change(row) for row in store.files_dataset("raw_articles", [path]).to_table().to_pylist()]
        pq.write_table(pa.Table.from_pylist(rows, schema=contract("raw_articles")), path)


def land(count: int, **changed: object) -> None:
    page = OLDER | {"feed_title": None} | changed
    rows = [
        raw_article(**{"url": f"https://hafen.example/{n}", "html": article(f"Nachricht {n}").encode()} | page)
        for n in range(count)
    ]
    store.append("raw_articles", DAY, "hafenkurier~1~0001", rows)


@pytest.fixture
def crawled(publisher: Publisher, lake_dir: Path) -> str:
    """Three pages landed by a crawl, as an older parser would have left them; one is reserved, one no page any more."""
    url = publisher.url
    publisher.pages |= {
        "/gut": Answer(article("Werft baut vier Frachter")),
        "/still": Answer(article("Vorbehalten", head="<meta name='tdm-reservation' content='1'>")),
        "/kaputt": Answer(article("Reederei prüft den Verkauf")),
        "/rss": feed(f"{url}/gut", f"{url}/still", f"{url}/kaputt"),
    }
    assert crawl(lake_dir, "feed", "-a", "publisher=testblatt", "-a", f"urls={url}/rss").code == 0
    day = datetime.now(UTC).date()

    def older(row: dict) -> dict:
        if row["permission"] == "reserved":
            return {}
        return OLDER | {"feed_title": None} | ({"html": b"%PDF-1.7"} if row["url"].endswith("/kaputt") else {})

    parsed_by_an_older_parser(day, older)
    return day.isoformat()


def test_newer_fields_reach_the_articles_and_what_landed_stays(crawled: str) -> None:
    day = date.fromisoformat(crawled)
    before = [Path(path).read_bytes() for path in store.parts("raw_articles", day)]
    done = again(crawled)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{crawled}: 2 pages, 0 known to {PARSER}, 1 parsed again, 1 with another title, 1 ")
    assert "1 not_html, e.g. http://127.0.0.1" in done.stdout
    assert [Path(path).read_bytes() for path in store.parts("raw_articles", day)] == before
    rows = {row["url"].rsplit("/", 1)[1]: row for row in store.read("reparsed_articles", [day]).to_pylist()}
    assert set(rows) == {"gut", "kaputt"}
    assert (rows["gut"]["title"], rows["gut"]["parser"]) == ("Werft baut vier Frachter", PARSER)
    assert (rows["kaputt"]["refused"], rows["kaputt"]["body"]) == ("not_html", None)

    cleaned = run(sys.executable, "-m", "transforms", "clean", crawled)
    assert cleaned.returncode == 0, cleaned.stderr
    articles = {row["url"].rsplit("/", 1)[1]: row for row in store.read("articles", [day]).to_pylist()}
    assert {name: row["title"] for name, row in articles.items()} == {
        "gut": "Werft baut vier Frachter",
        "kaputt": "Alter Titel",  # what the older parser found stays where this one takes no article
    }
    assert len(articles["gut"]["body"].split("\n")) == 3
    assert store.read("quarantine", [day])["reason"].to_pylist() == ["reserved"]

    second = again(crawled)
    assert second.stdout == f"{crawled}: 2 pages, 2 known to {PARSER}, 0 parsed again\n"
    assert store.read("reparsed_articles", [day]).num_rows == 2


def test_of_several_parsers_the_latest_counts(lake_dir: Path) -> None:
    land(1)
    later = {"parsed_at": datetime(2100, 1, 1, tzinfo=UTC), "parser": "general/99", "title": "Von morgen"}
    for number, row in enumerate((later | {"parsed_at": FETCHED, "title": "Von gestern"}, later)):
        key = {"url": "https://hafen.example/0", "run_id": raw_article()["run_id"], "publisher": "hafenkurier"}
        whole = key | row | {"text_status": "full", "body": raw_article()["body"], "date_source": "jsonld"}
        store.append("reparsed_articles", DAY, f"general-99~{number}", [whole | {"published_at": FETCHED}])
    assert run(sys.executable, "-m", "transforms", "clean", DAY.isoformat()).returncode == 0
    assert store.read("articles", [DAY])["title"].to_pylist() == ["Von morgen"]


def test_a_run_that_was_killed_goes_on(lake_dir: Path) -> None:
    land(900)
    process = scrapy(lake_dir, "reparse", DAY.isoformat(), "--jobs", "1")
    deadline = time.monotonic() + 120
    while not store.parts("reparsed_articles", DAY) and time.monotonic() < deadline:
        time.sleep(0.02)
    children = run("pgrep", "-P", str(process.pid)).stdout.split()
    for pid in (process.pid, *map(int, children)):
        os.kill(pid, signal.SIGKILL)
    process.communicate()
    before = store.read("reparsed_articles").num_rows
    assert 0 < before < 900
    done = again(DAY.isoformat())
    assert done.returncode == 0, done.stderr
    assert f"900 pages, {before} known to {PARSER}, {900 - before} parsed again" in done.stdout
    urls = store.read("reparsed_articles")["url"].to_pylist()
    assert len(urls) == len(set(urls)) == 900


def test_a_purged_page_cannot_be_read_again(lake_dir: Path) -> None:
    land(1, html=None, body=None, purged_at=FETCHED)
    done = again(DAY.isoformat())
    assert done.stdout == f"{DAY}: 1 pages, 0 known to {PARSER}, 0 parsed again, 1 purged\n"
    assert store.days("reparsed_articles") == []


def test_where_our_parser_breaks_the_pages_turn_comes_again(lake_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    land(1)

    def broken(*_: object, **__: object) -> None:
        raise ValueError("kaputt")

    with monkeypatch.context() as patch:
        patch.setattr("scrapers.article_row.parse_article", broken)
        tally = reparse(DAY, {})
    assert tally.is_broken
    assert "1 parser_broke, e.g. https://hafen.example/0" in str(tally)
    assert store.days("reparsed_articles") == []
    assert reparse(DAY, {}).parsed == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ((), 2, "say scrapy reparse DAY"),
        (("gestern",), 2, "gestern: not a day; write it as 2026-11-22"),
        (("2001-01-01",), 1, "reparse: raw_articles: nothing landed on 2001-01-01"),
    ],
)
def test_a_wrong_command_line_is_told(lake_dir: Path, arguments: tuple, code: int, message: str) -> None:
    done = again(*arguments)
    assert done.returncode == code
    assert message in done.stderr + done.stdout
