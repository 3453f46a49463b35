"""Real crawls of a publisher on 127.0.0.1: bad answers are outcomes, and only what is our fault fails the crawl."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scrapers import __version__
from scrapers.spiders.feed import FeedAddresses
from tests.scrapers.fake_publisher import Answer, Crawl, Publisher, article, crawl, feed, scrapy, sitemap


@pytest.fixture(scope="module")
def bad_day(publisher: Publisher, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    """One crawl of a feed whose articles answer in every bad way; a second feed is no XML."""
    url = publisher.url
    html = {"Content-Type": "text/html"}
    publisher.pages |= {
        "/robots.txt": Answer("User-agent: *\nDisallow: /intern/\n"),
        "/gut": Answer(article("Werft baut vier Frachter")),
        "/alt": Answer(article("Ein Gruß aus der Frühzeit", "1970-01-01T00:00:00Z")),
        "/leer": Answer("<html><head></head><body></body></html>"),
        "/bild": Answer(b"\x89PNG\r\n\x1a\n" + bytes(400), headers={"Content-Type": "image/png"}),
        "/pdf": Answer(b"%PDF-1.7 " + bytes(400), headers=html),
        "/kaputt": Answer("Fehler", 500),
        "/kreis": Answer(status=302, headers={"Location": "/kreis2"}),
        "/kreis2": Answer(status=302, headers={"Location": "/kreis"}),
        "/weg": Answer(status=301, headers={"Location": "http://192.0.2.1/weg"}),
        "/umzug": Answer(status=301, headers={"Location": "/umgezogen"}),
        "/umgezogen": Answer(article("Umgezogen in die neue Halle")),
        "/start": Answer(status=302, headers={"Location": "/"}),
        "/": Answer(article("Startseite")),
        "/intern/geheim": Answer(article("Geheim")),
        "/latin": Answer(
            article("Größe zählt").replace("charset='utf-8'", "charset='iso-8859-1'").encode("latin-1"), headers=html
        ),
        "/rss": feed(
            *(f"{url}/{p}" for p in ("gut", "alt", "leer", "bild", "pdf", "kaputt", "kreis", "weg", "umzug", "start")),
            *(f"{url}/{p}" for p in ("intern/geheim", "latin", "fehlt", "gut")),
            "http://192.0.2.1/fremd",
        ),
        "/no-feed": Answer("Dies ist kein XML.", headers={"Content-Type": "application/xml"}),
    }
    urls = f"{url}/rss,{url}/no-feed"
    return crawl(tmp_path_factory.mktemp("lake"), "feed", "-a", "publisher=testblatt", "-a", f"urls={urls}")


def test_a_bad_publisher_does_not_fail_the_crawl(bad_day: Crawl) -> None:
    assert bad_day.code == 0, bad_day.stderr
    assert bad_day.run["problem"] is None
    assert bad_day.run["finish_reason"] == "finished"
    assert bad_day.run["landed"] == bad_day.rows.num_rows == 5


def test_every_address_has_its_outcome(bad_day: Crawl) -> None:
    assert bad_day.landed == ["alt", "gut", "latin", "leer", "umgezogen"]
    assert bad_day.outcomes == {
        "http_404": 1,
        "http_500": 1,
        "listing_no_listing": 1,
        "not_html": 2,
        "offsite": 1,
        "offsite_redirect": 1,
        "redirect_loop": 1,
        "redirected_home": 1,
        "robots_forbidden": 1,
    }
    assert bad_day.run["listed"] == 14  # 5 landed, 9 outcomes; `gut` stands twice in the feed


def test_bad_dates_and_empty_pages_land_and_are_doubted(bad_day: Crawl) -> None:
    rows = {row["url"].rsplit("/", 1)[1]: row for row in bad_day.rows.to_pylist()}
    assert rows["alt"]["published_at"] is None  # 1970 is no date of an article
    assert rows["leer"]["body"] is None
    assert json.loads(bad_day.run["doubts"]) == {"no_body": 1, "no_published_at": 2}
    assert json.loads(bad_day.run["fields"]) == {"pages": 5, "title": 5, "body": 4, "published_at": 3, "authors": 0}


def test_a_row_holds_the_page_as_fetched(bad_day: Crawl, publisher: Publisher) -> None:
    rows = {row["url"].rsplit("/", 1)[1]: row for row in bad_day.rows.to_pylist()}
    assert rows["latin"]["title"] == "Größe zählt"
    assert rows["latin"]["html"] == publisher.pages["/latin"].body
    good = rows["gut"]
    assert good["publisher"] == "testblatt"
    assert good["published_at"] == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert good["date_source"] == "jsonld"
    assert good["discovered_by"] == f"{publisher.url}/rss"
    assert good["feed_title"] == "Titel 0"
    assert len(good["body"].split("\n")) == 3
    assert rows["umgezogen"]["listed_url"] == f"{publisher.url}/umzug"


def test_the_summary_names_each_outcome_with_an_example(bad_day: Crawl, publisher: Publisher) -> None:
    assert "testblatt: 14 listed, 0 known, 5 landed" in bad_day.stdout
    assert f"1 http_404, e.g. {publisher.url}/fehlt" in bad_day.stdout
    assert "/no-feed cannot be read" in bad_day.stderr


@pytest.mark.usefixtures("bad_day")
def test_we_say_who_we_are_and_ask_robots_first(publisher: Publisher) -> None:
    assert publisher.paths[0] == "/robots.txt"
    assert "/intern/geheim" not in publisher.paths
    agents = {headers["User-Agent"] for _, _, headers in publisher.requests}
    assert agents == {f"Tonlage/{__version__} (+no contact given)"}


@pytest.mark.parametrize(("page", "code", "message"), [
    (Answer("Dies ist kein XML."), 1, "no list of articles could be read"),
    (Answer(article("Eine Seite statt eines Feeds")), 1, "no list of articles could be read"),
    (feed(), 0, "is empty"),
])  # fmt: skip
def test_a_list_that_holds_nothing(publisher: Publisher, tmp_path: Path, page: Answer, code: int, message: str) -> None:
    publisher.pages["/only"] = page
    result = crawl(tmp_path, "feed", "-a", "publisher=testblatt", "-a", f"urls={publisher.url}/only")
    assert result.code == code
    assert message in result.stderr
    assert result.rows.num_rows == 0
    assert (result.run["problem"] is None) == (code == 0)


def test_a_lake_that_refuses_fails_the_crawl(publisher: Publisher, tmp_path: Path) -> None:
    publisher.pages["/map"] = sitemap(f"{publisher.url}/gut")
    publisher.pages["/gut"] = Answer(article("Werft baut vier Frachter"))
    (tmp_path / "_writing").write_text("a file where a folder should be")
    process = scrapy(tmp_path, "crawl", "sitemap", "-a", "publisher=testblatt", "-a", f"urls={publisher.url}/map")
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 1
    assert f"crawl of sitemap failed: the lake at {tmp_path} refused" in stderr


def test_a_live_crawl_without_a_contact_is_refused(tmp_path: Path) -> None:
    process = scrapy(tmp_path, "crawl", "feed", "-a", "publisher=blatt", "-a", "urls=https://blatt.example/rss")
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "CONTACT is not set, and blatt.example is not this machine" in stderr
    assert "Traceback" not in stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "-a publisher must be a slug"),
        ({"publisher": "Ein Blatt", "urls": "http://127.0.0.1/"}, "-a publisher must be a slug"),
        ({"publisher": "blatt"}, "-a urls must be http(s) addresses"),
        ({"publisher": "blatt", "urls": "blatt.de/rss"}, "-a urls must be http(s) addresses"),
        ({"publisher": "blatt", "urls": "http://a/rss", "limit": "viele"}, "-a limit=viele: not a number"),
        ({"publisher": "blatt", "urls": "http://a/rss", "limt": "3"}, "-a limt: no argument of this spider"),
    ],
)
def test_wrong_arguments_are_refused_with_a_hint(arguments: dict[str, str], message: str) -> None:
    assert message in FeedAddresses.argument_error(arguments)
