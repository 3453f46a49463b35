"""A hostile publisher: for each thing that it does, what happens to the page and to the crawl."""

import gzip
import json
import time
import zlib
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import pytest

from tests.scrapers.fake_publisher import XML, Answer, Crawl, Publisher, article, crawl, feed, sitemap

HTML = {"Content-Type": "text/html; charset=utf-8"}
MEGABYTE = 2**20


def endless(handler: BaseHTTPRequestHandler) -> None:
    """An answer that never ends."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Connection", "close")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>und weiter</p>" * 4096)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """An answer that comes a byte at a time."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"<")
        handler.wfile.flush()
        time.sleep(0.1)


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    """An answer that breaks off."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<html>")
    handler.close_connection = True


def bomb(megabytes: int) -> bytes:
    """So many megabytes of blanks, gzipped to a thousandth."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(b" " * MEGABYTE) for _ in range(megabytes)), packer.flush()])


CONSENT = (
    "<html lang='de'><head><title>Ihre Zustimmung</title></head><body><h1>Willkommen</h1><p>Mit Werbung weiterlesen: "
    "Wir und unsere 240 Partner brauchen Ihre Einwilligung.</p><button>Zustimmen und weiter</button></body></html>"
)
PAYWALL = article(
    "Was der Vorstand wirklich plant",
    isAccessibleForFree=False,
    body="<p>Der Vorstand der Reederei hat am Montag über die Zukunft der Werft beraten.</p>"
    "<div class='paywall'>Jetzt weiterlesen mit einem Abo.</div>",
)
META_1 = "<meta name='tdm-reservation' content='1'>"
META_0 = "<meta name='tdm-reservation' content='0'>"
RULES = [
    {"location": "/tdm/datei-frei", "tdm-reservation": 0},
    {"location": "/tdm/datei*", "tdm-reservation": 1, "tdm-policy": "https://blatt.example/lizenz.json"},
]


@pytest.fixture(scope="module")
def hostile(publisher: Publisher, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    gz = {**HTML, "Content-Encoding": "gzip"}
    publisher.pages |= {
        "/robots.txt": Answer("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow: /intern\n"),
        "/.well-known/tdmrep.json": Answer(json.dumps(RULES), headers={"Content-Type": "application/json"}),
        "/gut": Answer(article("Werft baut vier Frachter")),
        "/403": Answer("Zugriff verweigert", 403),
        "/410": Answer("weg", 410),
        "/429": [Answer("zu viel", 429, {**HTML, "Retry-After": "1"}), Answer(article("Nach der Pause"))],
        "/503": [Answer("gleich", 503, {**HTML, "Retry-After": "0"}), Answer(article("Nach der Wartung"))],
        "/500": Answer("Fehler", 500),
        "/drip": Answer(drip),
        "/cut": Answer(cut_short),
        "/endless": Answer(endless),
        "/bomb": Answer(bomb(400), headers=gz),
        "/gzip": Answer(gzip.compress(article("Gepackt").encode()), headers=gz),
        "/charset": Answer(
            article("Größenwahn in Übersee").encode("windows-1252"),
            headers={"Content-Type": "text/html; charset=utf-8"},
        ),
        "/consent": Answer(CONSENT),
        "/led-to-consent": Answer(status=302, headers={"Location": "/zustimmung?url=%2Fled-to-consent"}),
        "/zustimmung?url=%2Fled-to-consent": Answer(article("Zustimmung")),
        "/paywall": Answer(PAYWALL),
        "/noai": Answer(article("Nicht für KI", head="<meta name='robots' content='noai, noimageai'>")),
        "/tdm/datei": Answer(article("Durch die Datei vorbehalten")),
        "/tdm/datei-frei": Answer(article("Durch die Datei frei")),
        "/tdm/kopf": Answer(article("Durch den Kopf vorbehalten"), headers={**HTML, "TDM-Reservation": "1"}),
        "/tdm/meta": Answer(article("Durch die Seite vorbehalten", head=META_1)),
        "/tdm/datei-kopf-frei": Answer(article("Kopf hebt die Datei auf"), headers={**HTML, "tdm-reservation": "0"}),
        "/tdm/kopf-meta-frei": Answer(
            article("Seite hebt den Kopf auf", head=META_0), headers={**HTML, "tdm-reservation": "1"}
        ),
        "/tdm/kopf-meta": Answer(article("Seite geht vor", head=META_1), headers={**HTML, "tdm-reservation": "0"}),
        "/tdm/unsinn": Answer(article("Unbekannter Wert"), headers={**HTML, "tdm-reservation": "maybe"}),
    }
    listed = [path for path in publisher.pages if path[1] not in ".rz" and "well-known" not in path]
    publisher.pages["/map.xml"] = sitemap(*(publisher.url + path for path in listed))
    publisher.pages["/bomb.xml.gz"] = Answer(bomb(400), headers={"Content-Type": "application/gzip"})
    publisher.pages["/endless.xml"] = Answer(endless)
    publisher.pages["/broken.xml"] = Answer(
        f"<rss><channel><item><link>{publisher.url}/gut</link></item><item", headers=XML
    )
    lists = ",".join(publisher.url + path for path in ("/map.xml", "/bomb.xml.gz", "/endless.xml", "/broken.xml"))
    return crawl(
        tmp_path_factory.mktemp("lake"), "sitemap", "-a", "publisher=grobian", "-a", f"urls={lists}",
        *("-s", "DOWNLOAD_TIMEOUT=3", "-s", "LISTING_MAXSIZE=20000000"),
    )  # fmt: skip


def test_the_crawl_ends_well_and_memory_stays_bounded(hostile: Crawl) -> None:
    assert hostile.code == 0, hostile.stderr
    assert hostile.peak_kb < 700 * 1024  # two bombs of 400 MB


@pytest.mark.parametrize(
    ("kind", "paths"),
    [
        ("blocked", {"/403", "/consent", "/led-to-consent"}),
        ("http_410", {"/410"}),
        ("http_500", {"/500"}),
        ("timeout", {"/drip"}),
        ("cut_short", {"/cut"}),
        ("too_large", {"/endless", "/bomb"}),
        ("listing_no_listing", {"/bomb.xml.gz"}),
        ("listing_too_large", {"/endless.xml"}),
    ],
)
def test_what_is_no_article_is_an_outcome(hostile: Crawl, kind: str, paths: set[str]) -> None:
    assert hostile.outcomes[kind] == len(paths)
    assert any(path in json.loads(hostile.run["examples"])[kind] for path in paths)


def test_no_other_outcome_and_what_landed(hostile: Crawl) -> None:
    assert sum(hostile.outcomes.values()) == 9 + 2 + hostile.outcomes["no_address"]  # pages, lists, a broken entry
    assert hostile.landed == sorted([
        "gut", "429", "503", "gzip", "charset", "paywall", "noai", *(f"tdm/{name}" for name in (
            "datei", "datei-frei", "kopf", "meta", "datei-kopf-frei", "kopf-meta-frei", "kopf-meta", "unsinn"))
    ])  # fmt: skip


def test_a_busy_host_is_left_alone_as_long_as_it_asks(hostile: Crawl, publisher: Publisher) -> None:
    assert "429" in hostile.landed
    number = publisher.paths.index("/429")
    assert publisher.requests[number + 1][0] - publisher.requests[number][0] >= 1.0
    assert publisher.paths.count("/429") == 2


def test_a_stated_charset_that_is_wrong_is_seen_through(hostile: Crawl) -> None:
    assert "Größenwahn in Übersee" in hostile.rows["title"].to_pylist()


def test_a_paywall_stub_is_a_teaser(hostile: Crawl) -> None:
    (row,) = [row for row in hostile.rows.to_pylist() if row["url"].endswith("/paywall")]
    assert row["is_paywalled"]
    assert row["text_status"] == "teaser"
    assert json.loads(hostile.run["doubts"])["teaser"] >= 1


@pytest.mark.parametrize(
    ("path", "permission"),
    [
        ("gut", "allowed"),
        ("noai", "allowed"),
        ("tdm/datei", "reserved"),
        ("tdm/datei-frei", "allowed"),
        ("tdm/kopf", "reserved"),
        ("tdm/meta", "reserved"),
        ("tdm/datei-kopf-frei", "allowed"),
        ("tdm/kopf-meta-frei", "allowed"),
        ("tdm/kopf-meta", "reserved"),
        ("tdm/unsinn", "allowed"),
    ],
)
def test_a_reservation_leaves_the_address_and_nothing_else(hostile: Crawl, path: str, permission: str) -> None:
    (row,) = [row for row in hostile.rows.to_pylist() if row["url"].endswith(f"/{path}")]
    assert row["permission"] == permission
    kept = [row[name] is not None for name in ("html", "title", "body", "published_at")]
    assert kept == [permission == "allowed"] * 4


def test_permissions_are_on_record(hostile: Crawl, publisher: Publisher) -> None:
    (row,) = hostile.permissions
    assert row["host"] == publisher.url.removeprefix("http://")
    assert (row["robots"], row["barred_bots"], row["tdm_file"]) == ("found", ["GPTBot"], "found")
    assert row["tdm_policy"] == "https://blatt.example/lizenz.json"
    assert row["reserved_pages"] == 4
    assert json.loads(row["reserved_where"]) == {"file": 1, "header": 1, "meta": 2}
    assert row["noai_pages"] == 1
    assert json.loads(hostile.run["doubts"])["reserved"] == 4


def test_an_index_of_fifty_thousand_sitemaps(publisher: Publisher, tmp_path_factory: pytest.TempPathFactory) -> None:
    members = "".join(
        f"<sitemap><loc>{publisher.url}/teil{n}.xml</loc><lastmod>2026-{1 + n % 12:02}-01</lastmod></sitemap>"
        for n in range(50_000)
    )
    publisher.pages["/index.xml"] = Answer(f"<sitemapindex>{members}</sitemapindex>", headers=XML)
    publisher.pages["/teil11.xml"] = sitemap(f"{publisher.url}/gut")  # of December, the newest
    before = len(publisher.requests)
    urls = f"urls={publisher.url}/index.xml"
    result = crawl(tmp_path_factory.mktemp("lake"), "sitemap", "-a", "publisher=grobian", "-a", urls)
    assert result.code == 0
    assert result.landed == ["gut"]
    assert len([path for path in publisher.paths[before:] if path.startswith("/teil")]) == 50
    assert "sitemaps beyond the newest 50" in result.stderr


def test_robots_that_cannot_be_reached_stop_us(publisher: Publisher, tmp_path_factory: pytest.TempPathFactory) -> None:
    publisher.pages["/robots.txt"] = Answer("Wartung", 500)
    publisher.pages["/rss"] = feed(f"{publisher.url}/gut")
    before = len(publisher.requests)
    urls = f"urls={publisher.url}/rss"
    result = crawl(tmp_path_factory.mktemp("lake"), "feed", "-a", "publisher=grobian", "-a", urls)
    assert result.code == 1
    assert result.outcomes == {"listing_robots_unreachable": 1}
    assert set(publisher.paths[before:]) == {"/robots.txt"}
    assert result.permissions[0]["robots"] == "unreachable"


def test_a_crawl_delay_is_kept(publisher: Publisher, tmp_path_factory: pytest.TempPathFactory) -> None:
    publisher.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 1.5\n")
    publisher.pages["/rss"] = feed(f"{publisher.url}/gut", f"{publisher.url}/gzip")
    before = len(publisher.requests)
    urls = f"urls={publisher.url}/rss"
    result = crawl(tmp_path_factory.mktemp("lake"), "feed", "-a", "publisher=grobian", "-a", urls)
    assert result.run["landed"] == 2
    times = [at for at, _, _ in publisher.requests[before + 1 :]]  # after robots.txt itself
    assert len(times) == 4
    assert all(later - earlier >= 1.4 for earlier, later in pairwise(times))
    assert result.permissions[0]["crawl_delay"] == 1.5


def test_a_host_that_wants_a_long_rest_gets_it(publisher: Publisher, tmp_path_factory: pytest.TempPathFactory) -> None:
    publisher.pages["/robots.txt"] = Answer("")
    publisher.pages["/rest"] = Answer("später", 429, {**HTML, "Retry-After": "86400"})
    publisher.pages["/rss"] = feed(*(publisher.url + path for path in ("/gut", "/rest", "/gzip", "/noai", "/paywall")))
    urls = f"urls={publisher.url}/rss"
    result = crawl(tmp_path_factory.mktemp("lake"), "feed", "-a", "publisher=grobian", "-a", urls)
    assert result.code == 0
    assert result.run["finish_reason"] == "rate_limited"
    assert 0 < result.run["landed"] < 4  # what came before the refusal, and nothing after it
    assert publisher.paths.count("/rest") == 1
    assert publisher.paths[-1] == "/rest"
