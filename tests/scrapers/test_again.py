"""The second crawl: nothing is fetched twice, changes are, and a crawl that was killed loses nothing it had landed."""

import json
import signal
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from lake import store
from tests.scrapers.fake_publisher import XML, Answer, Publisher, article, crawl, scrapy, sitemap


def sitemap_once(answer: Answer, etag: str) -> Answer:
    """The sitemap, but 304 for a visitor who knows it already."""
    full = answer.body.encode()

    def body(handler: BaseHTTPRequestHandler) -> None:
        is_known = handler.headers.get("If-None-Match") == etag
        handler.send_response(304 if is_known else 200)
        handler.send_header("ETag", etag)
        handler.send_header("Content-Type", "application/xml")
        handler.send_header("Content-Length", "0" if is_known else str(len(full)))
        handler.end_headers()
        if not is_known:
            handler.wfile.write(full)

    return Answer(body, headers=XML)


def test_an_unchanged_site_is_left_alone(publisher: Publisher, tmp_path: Path) -> None:
    url = publisher.url
    publisher.pages |= {
        "/a": Answer(article("Werft baut vier Frachter")),
        "/b": Answer(status=301, headers={"Location": "/b2"}),
        "/b2": Answer(article("Umgezogen")),
        "/c": Answer(article("Vorbehalten", head="<meta name='tdm-reservation' content='1'>")),
        "/map": sitemap(f"{url}/a", f"{url}/b", f"{url}/c"),
    }
    arguments = ("sitemap", "-a", "publisher=stet", "-a", f"urls={url}/map")
    first = crawl(tmp_path, *arguments)
    assert first.landed == ["a", "b2", "c"]

    publisher.requests.clear()
    second = crawl(tmp_path, *arguments)
    assert second.code == 0
    assert set(publisher.paths) == {"/robots.txt", "/.well-known/tdmrep.json", "/map"}
    assert (second.run["listed"], second.run["known"], second.run["landed"]) == (3, 3, 0)

    # The sitemap tells of a change, and now gives an ETag
    publisher.pages["/a"] = Answer(article("Werft baut nun fünf Frachter"))
    publisher.pages["/map"] = sitemap_once(sitemap(f"{url}/a", lastmod="2100-01-01T00:00:00Z"), '"eins"')
    publisher.requests.clear()
    third = crawl(tmp_path, *arguments)
    assert third.run["landed"] == 1
    assert "Werft baut nun fünf Frachter" in third.rows["title"].to_pylist()
    assert third.rows.num_rows == 4  # the older version stays

    publisher.requests.clear()
    fourth = crawl(tmp_path, *arguments)
    assert fourth.code == 0
    assert set(publisher.paths) == {"/robots.txt", "/.well-known/tdmrep.json", "/map"}
    assert [listing["status"] for listing in json.loads(fourth.run["listings"])] == ["unchanged"]
    assert fourth.run["listed"] == 0


def test_a_list_with_something_left_to_fetch_is_read_anew(publisher: Publisher, tmp_path: Path) -> None:
    url = publisher.url
    publisher.pages |= {
        "/x": [Answer("Fehler", 500), Answer("Fehler", 500), Answer(article("Endlich da"))],
        "/y": Answer(article("Sofort da")),
        "/map2": sitemap_once(sitemap(f"{url}/x", f"{url}/y"), '"zwei"'),
    }
    arguments = ("sitemap", "-a", "publisher=wackelig", "-a", f"urls={url}/map2")
    assert crawl(tmp_path, *arguments).landed == ["y"]
    assert crawl(tmp_path, *arguments).landed == ["x", "y"]


def test_kill_nine_loses_nothing_that_had_landed(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = publisher.url
    paths = [f"/artikel-{number}" for number in range(60)]
    publisher.pages |= {path: Answer(article(f"Nachricht{path.replace('-', ' ')[8:]}")) for path in paths}
    publisher.pages["/map3"] = sitemap(*(url + path for path in paths))
    arguments = ("sitemap", "-a", "publisher=pech", "-a", f"urls={url}/map3")
    publisher.requests.clear()
    process = scrapy(tmp_path, "crawl", *arguments, "-s", "LANDING_SECONDS=0.2")
    deadline = time.monotonic() + 60
    while len(publisher.requests) < 25 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    monkeypatch.setenv("LAKE_DIR", str(tmp_path))
    landed = store.read("raw_articles")["url"].to_pylist()
    assert 0 < len(landed) < 60

    publisher.requests.clear()
    second = crawl(tmp_path, *arguments)
    assert second.code == 0
    assert second.run["known"] == len(landed)
    assert not {url + path for path in publisher.paths} & set(landed), "an article that had landed was fetched again"
    urls = second.rows["url"].to_pylist()
    assert sorted(urls) == sorted(url + path for path in paths)


def test_an_archive_is_taken_by_days(publisher: Publisher, tmp_path: Path) -> None:
    url = publisher.url
    days = {
        "/neu": datetime.now(UTC),
        "/juli": datetime(2025, 7, 10, tzinfo=UTC),
        "/august": datetime(2025, 8, 2, tzinfo=UTC),
    }
    entries = "".join(
        f"<url><loc>{url}{path}</loc><lastmod>{day:%Y-%m-%d}</lastmod></url>" for path, day in days.items()
    )
    publisher.pages |= {path: Answer(article(f"Nachricht {path[1:]}")) for path in days}
    publisher.pages["/archiv"] = Answer(f"<urlset>{entries}</urlset>", headers=XML)
    arguments = ("sitemap", "-a", "publisher=archiv", "-a", f"urls={url}/archiv")
    first = crawl(tmp_path, *arguments)
    assert first.landed == ["neu"]
    assert first.outcomes == {"outside_window": 2}
    july = crawl(tmp_path, *arguments, "-a", "since=2025-07-01", "-a", "until=2025-07-31")
    assert july.landed == ["juli", "neu"]
    assert {row["url"]: row["is_backfill"] for row in july.rows.to_pylist()} == {
        f"{url}/neu": None,
        f"{url}/juli": True,
    }
