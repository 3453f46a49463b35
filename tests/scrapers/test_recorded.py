"""Every spider has a recorded page, and every recorded page is an article. `scrapy record NAME URL` adds one."""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import py3langid
import pytest
from scrapy import Request, Spider
from scrapy.http import HtmlResponse, TextResponse
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings
from scrapy.utils.test import get_crawler

from lake.addresses import canonical_url
from lake.checking import row_errors
from lake.seeds import publishers
from scrapers.any_publisher import AnyPublisher
from scrapers.article_page import parse_article
from scrapers.article_row import article_row, check_answer, parse_page
from scrapers.extraction.debris import is_debris
from scrapers.guest import is_at_home
from scrapers.listing import Entry
from scrapers.recording import FOLDER, expected_of
from transforms.normalise import short_hash

SETTINGS: Settings = get_project_settings()
LOADER = SpiderLoader.from_settings(SETTINGS)
SPIDERS = sorted(name for name in LOADER.list() if not issubclass(LOADER.load(name), AnyPublisher))
KEPT = sorted(FOLDER.glob("*/*.json"))
UNRECORDED = Path(__file__).with_name("unrecorded.txt")
WITHOUT = [line for line in UNRECORDED.read_text().splitlines() if line and not line.startswith("#")]
ELSEWHERE = "https://elsewhere.example/artikel/1.html"


@pytest.mark.parametrize("name", SPIDERS)
def test_a_spider_has_a_recorded_page(name: str) -> None:
    is_recorded = any(target.parent.name == name for target in KEPT)
    if name in WITHOUT:
        assert not is_recorded, f"{name} has a recorded page now: take its line out of {UNRECORDED.name}"
    else:
        assert is_recorded, (
            f"no page of {name} is recorded: run, with the address of an article, scrapy record {name} URL"
        )


def test_the_list_of_spiders_without_a_page_is_in_order() -> None:
    assert sorted(set(WITHOUT) & set(SPIDERS)) == WITHOUT, f"{UNRECORDED.name}: one spider a line, sorted"
    assert len(WITHOUT) <= 84, f"{UNRECORDED.name} only shrinks: record a page, scrapy record NAME URL"


def test_a_publisher_that_counts_has_a_recorded_page() -> None:
    counted = {row.publisher for row in publishers() if row.state == "on"}
    assert not counted & set(WITHOUT), "on trial until a page is recorded: lake/seeds/publishers.csv"


@pytest.mark.parametrize("target", KEPT, ids=lambda target: f"{target.parent.name}/{target.stem}")
def test_a_recorded_page_is_an_article(target: Path) -> None:
    kept = json.loads(target.read_text(encoding="utf-8"))
    page = parse_article(target.with_suffix(".html").read_bytes(), kept["url"], encoding="utf-8")
    again = f"if the new one is right: scrapy record --again {target.parent.name}"
    assert expected_of(page) == kept["expected"], again

    assert page.title
    assert page.published_at.tzinfo is UTC
    assert datetime(1995, 1, 1, tzinfo=UTC) < page.published_at < datetime.now(UTC)
    assert page.language == py3langid.classify(page.body)[0] == "de"
    paragraphs = page.body.split("\n")
    assert len(paragraphs) >= 3
    assert page.title not in paragraphs
    assert len(paragraphs) == len(set(paragraphs)), "a paragraph stands twice"
    assert not [line for line in paragraphs if is_debris_line(line)]


def is_debris_line(line: str) -> bool:
    """A line that stands around articles, never in one: said by the parser's own list, or a name of a button."""
    from scrapers.extraction.blocks import Block, Element

    block = Block(line, Element("p", "", 0, 0, None, 0, 0), 0, 0, 0)
    return is_debris(block) or line.strip(" .:!").lower() in ("newsletter", "weiterlesen", "cookies", "drucken")


@pytest.mark.parametrize("target", KEPT, ids=lambda target: f"{target.parent.name}/{target.stem}")
def test_its_spider_lands_it_and_asks_nobody_else(target: Path, tmp_path: Path, monkeypatch) -> None:
    """The spider's own list names the page, the page again, and another host; the answer becomes a row of the lake."""
    monkeypatch.setenv("LAKE_DIR", str(tmp_path))
    url = json.loads(target.read_text(encoding="utf-8"))["url"]
    spider = made(target.parent.name)
    entries = "".join(f"<url><loc>{address}</loc></url>" for address in (url, ELSEWHERE, url))
    asked = list(spider.parse_listing(listing(spider, f"<urlset>{entries}</urlset>"), "sitemap", 0))
    assert [request.url for request in asked] == [url]
    assert is_at_home(url, spider.allowed_domains)

    response = HtmlResponse(url, body=target.with_suffix(".html").read_bytes(), encoding="utf-8")
    entry = Entry(url)
    check_answer(response, entry)
    page = parse_page(response, entry, SETTINGS.getfloat("PARSE_TIMEOUT"), spider.paywall_marker)
    columns = {"publisher": spider.publisher, "run_id": spider.run_id, "discovered_by": spider.addresses({})[0]}
    assert row_errors("raw_articles", article_row(response, entry, page) | columns) == []

    same = (
        url + "?utm_source=feed",
        url + "#comments",
        url.replace(urlsplit(url).netloc, urlsplit(url).netloc.upper()),
    )
    assert {short_hash(canonical_url(address)) for address in same} == {short_hash(canonical_url(url))}


def made(name: str) -> Spider:
    """The spider as a crawl makes it, with an empty lake."""
    kind = LOADER.load(name)
    return kind.from_crawler(get_crawler(kind, SETTINGS.copy_to_dict() | {"TWISTED_REACTOR_ENABLED": False}))


def listing(spider: Spider, xml: str) -> TextResponse:
    url = spider.addresses({})[0]
    return TextResponse(url, body=xml.encode(), request=Request(url, meta={"listing": url}))
