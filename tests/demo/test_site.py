"""The served sites, over real HTTP."""

import json
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from lxml import html

from demo.articles import load
from demo.lists import FEED_LENGTH
from demo.mastheads import MASTHEADS

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DC = "{http://purl.org/dc/elements/1.1/}"
BY_SLUG = {m.slug: m for m in MASTHEADS}
both = pytest.mark.parametrize("masthead", MASTHEADS, ids=lambda m: m.slug)


def fetch(url, **headers):
    with urlopen(Request(url, headers=headers), timeout=10) as response:
        return response.headers, response.read()


def status(url, **headers):
    try:
        fetch(url, **headers)
    except HTTPError as error:
        return error.code
    return 200


def sitemap_urls(masthead, port):
    _, content = fetch(f"{masthead.base_url(port)}/news-sitemap.xml")
    return ElementTree.fromstring(content).findall(f"{MAP}url")


def page(masthead, port, article):
    return fetch(masthead.base_url(port) + masthead.path(article.name))[1].decode()


def trapped(trap):
    return next((m, a) for m in MASTHEADS for a in load(m.slug) if a.trap == trap)


@both
def test_robots_txt_forbids_something_allows_articles_and_names_the_sitemap(port, masthead):
    base = masthead.base_url(port)
    robots = RobotFileParser(f"{base}/robots.txt")
    robots.read()
    assert not robots.can_fetch("tonlage", f"{base}/suche?q=x")
    assert robots.can_fetch("tonlage", base + masthead.path(load(masthead.slug)[0].name))
    assert robots.site_maps() == [f"{base}/news-sitemap.xml"]


@both
@pytest.mark.parametrize("path", ["/.well-known/tdmrep.json", "/artikel/gibt-es-nicht.html", "/feed", "/../pyproject"])
def test_what_is_not_there_is_a_404(port, masthead, path):
    assert status(masthead.base_url(port) + path) == 404


@both
def test_the_feed_is_rss_of_the_newest_articles(port, masthead):
    root = ElementTree.fromstring(fetch(f"{masthead.base_url(port)}/feed.xml")[1])
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    items = root.findall("channel/item")
    assert len(items) == FEED_LENGTH
    dates = [parsedate_to_datetime(item.findtext("pubDate")) for item in items if item.findtext("pubDate")]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) >= FEED_LENGTH - 1
    assert any(item.findtext(f"{DC}creator") for item in items)
    for item in items:
        assert item.findtext("guid") == item.findtext("link")
        assert status(item.findtext("link")) == 200


@both
def test_the_sitemap_lists_every_article_with_its_date_and_title(port, masthead):
    listed = {u.findtext(f"{MAP}loc"): u for u in sitemap_urls(masthead, port)}
    for article in load(masthead.slug):
        news = listed[masthead.base_url(port) + masthead.path(article.name)].find(f"{NEWS}news")
        stamp = news.findtext(f"{NEWS}publication_date")
        assert (datetime.fromisoformat(stamp) if stamp else None) == article.published_at
        assert news.findtext(f"{NEWS}title") == article.title
        assert news.findtext(f"{NEWS}publication/{NEWS}name") == masthead.name


@both
@pytest.mark.parametrize("path", ["/feed.xml", "/news-sitemap.xml"])
def test_what_has_not_changed_is_a_304(port, masthead, path):
    url = masthead.base_url(port) + path
    headers, _ = fetch(url)
    assert status(url, **{"If-None-Match": headers["ETag"]}) == 304
    assert status(url, **{"If-Modified-Since": headers["Last-Modified"]}) == 304
    assert status(url, **{"If-None-Match": '"other"'}) == 200
    assert status(url, **{"If-Modified-Since": "Mon, 06 Jul 2026 00:00:00 GMT"}) == 200
    assert status(url, **{"If-Modified-Since": "soon"}) == 200


@both
def test_every_page_shows_its_article_and_says_that_it_is_invented(port, masthead):
    for article in load(masthead.slug):
        text = page(masthead, port, article)
        tree = html.fromstring(text)
        assert tree.xpath("string(//h1)") == article.title
        assert "Erfundene Demonstration" in tree.text_content()
        shown = [node.text_content() for node in tree.xpath("//p")]
        assert [p for p in article.paragraphs if p not in shown] == []
        assert "$" not in tree.text_content()


def test_hafenkurier_is_the_old_layout_meta_and_time_but_no_json_ld(port):
    masthead = BY_SLUG["hafenkurier"]
    article = next(a for a in load(masthead.slug) if not a.trap)
    tree = html.fromstring(page(masthead, port, article))
    assert tree.xpath("//script") == []
    (stamp,) = tree.xpath("//meta[@property='article:published_time']/@content")
    assert datetime.fromisoformat(stamp) == article.published_at
    assert tree.xpath("//time/@datetime") == [stamp]


def test_boersenbote_is_the_new_layout_with_json_ld(port):
    masthead = BY_SLUG["boersenbote"]
    for article in load(masthead.slug):
        tree = html.fromstring(page(masthead, port, article))
        (script,) = tree.xpath("//script[@type='application/ld+json']/text()")
        data = json.loads(script)
        assert (data["@type"], data["headline"]) == ("NewsArticle", article.title)
        assert datetime.fromisoformat(data["datePublished"]) == article.published_at
        assert data["isAccessibleForFree"] is (article.trap != "teaser")
        assert tree.xpath("//meta[@property='article:published_time']") == []


@both
def test_pages_carry_the_debris_of_real_sites(port, masthead):
    texts = [html.fromstring(page(masthead, port, a)).text_content() for a in load(masthead.slug)]
    for debris in (
        "Anzeige",
        "Lesen Sie auch",
        "Cookies" if masthead.slug == "hafenkurier" else "Partner",
        "Newsletter",
    ):
        assert sum(debris in text for text in texts) > len(texts) / 2, debris
    if masthead.slug == "boersenbote":
        assert any("Inhaltsübersicht" in text and "Toggle" in text for text in texts)


def test_no_page_feed_or_sitemap_dates_the_article_without_a_date(port):
    masthead, article = trapped("no_date")
    tree = html.fromstring(page(masthead, port, article))
    assert tree.xpath("//time | //meta[contains(@property, 'time')]") == []
    assert "20" not in masthead.path(article.name)
    assert not any(year in tree.text_content() for year in ("2024", "2025", "2026"))
    root = ElementTree.fromstring(fetch(f"{masthead.base_url(port)}/feed.xml")[1])
    items = {item.findtext("link"): item for item in root.findall("channel/item")}
    assert items[masthead.base_url(port) + masthead.path(article.name)].find("pubDate") is None


def test_one_article_is_listed_twice_the_second_time_with_tracking(port):
    masthead, article = trapped("duplicate_url")
    url = masthead.base_url(port) + masthead.path(article.name)
    found = [loc for u in sitemap_urls(masthead, port) if (loc := u.findtext(f"{MAP}loc")).split("?")[0] == url]
    assert len(found) == 2
    assert "utm_source=" in found[1]
    assert fetch(found[0])[1] == fetch(found[1])[1]
    others = sum(len(sitemap_urls(m, port)) - len(load(m.slug)) for m in MASTHEADS)
    assert others == 1
