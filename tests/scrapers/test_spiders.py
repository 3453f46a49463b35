"""Every spider keeps the rules of the house: one publisher, one file, one name; it declares and does not program."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from lake.seeds import publishers
from scrapers import spiders
from scrapers.any_publisher import AnyPublisher
from scrapers.article_spider import ArticleSpider, FeedSpider, NewsSitemapSpider
from scrapers.days import dated
from scrapers.guest import is_at_home

LOADER = SpiderLoader.from_settings(get_project_settings())
ALL = {name: LOADER.load(name) for name in LOADER.list()}
PUBLISHERS = {name: spider for name, spider in ALL.items() if not issubclass(spider, AnyPublisher)}


def test_there_are_the_two_generic_spiders() -> None:
    assert set(ALL) - set(PUBLISHERS) == {"feed", "sitemap"}


@pytest.mark.parametrize("name", sorted(PUBLISHERS))
def test_a_spider_declares(name: str) -> None:
    spider = PUBLISHERS[name]
    file = Path(spiders.__file__).parent / f"{name.replace('-', '_')}.py"
    assert spider.__module__ == f"scrapers.spiders.{file.stem}", f"the spider {name} belongs into {file.name}"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(file.read_text().splitlines()) < 15, f"{file.name}: a spider declares, it does not program"
    is_told = spider.__doc__.endswith(".") and "say what it is" not in spider.__doc__
    assert is_told, "the docstring says in a sentence what the publisher is"
    assert spider.__base__ in (FeedSpider, NewsSitemapSpider)
    assert spider.allowed_domains
    assert spider.sitemap_urls if spider.__base__ is NewsSitemapSpider else spider.feed_urls
    for url in spider.addresses({}):
        assert urlsplit(dated(url)).scheme in ("http", "https")


@pytest.mark.parametrize("name", sorted(PUBLISHERS))
def test_its_publisher_is_in_the_seed(name: str) -> None:
    rows = {row.publisher: row for row in publishers()}
    assert name in rows, f"add {name} to lake/seeds/publishers.csv, in state trial"
    assert is_at_home(f"https://{rows[name].domain}/", PUBLISHERS[name].allowed_domains)


def test_an_address_can_hold_today() -> None:
    assert re.fullmatch(r"https://a\.de/\d{4}-\d{2}-\d{2}\.xml", dated("https://a.de/{today}.xml"))
    assert re.fullmatch(r"https://a\.de/g-\d{4}\.xml", dated("https://a.de/g-{today:%y%m}.xml"))
    assert dated("https://a.de/a%20b{x}") == "https://a.de/a%20b{x}"


def test_a_spider_takes_no_unknown_argument() -> None:
    assert ArticleSpider.argument_error({"limit": "5"}) is None
    assert "no argument of this spider" in ArticleSpider.argument_error({"limitt": "5"})
    assert ArticleSpider.argument_error({"since": "2026-02-28", "until": "2026-03-01"}) is None
    assert "-a since=2026-02-31: not a day" in ArticleSpider.argument_error({"since": "2026-02-31"})


def test_every_publisher_that_is_crawled_has_a_spider() -> None:
    crawled = {row.publisher for row in publishers() if row.state in ("on", "trial")}
    missing = sorted(crawled - set(PUBLISHERS))
    assert not missing, f"no spider for {', '.join(missing)}: scrapy genspider, or pause them in publishers.csv"
