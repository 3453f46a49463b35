"""Feeds and sitemaps as publishers really write them: five formats, and what is wrong with them."""

import gzip
from datetime import UTC, datetime

import pytest

from scrapers.listing import Listing, ListingError, read_listing, read_time

AT = "https://blatt.example/rss/"


def read(text: str) -> Listing:
    return read_listing(text.encode(), AT)


def test_rss() -> None:
    listing = read("""<?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
             xmlns:atom="http://www.w3.org/2005/Atom">
        <channel><title>Blatt</title><link>https://blatt.example</link>
        <item><title><![CDATA[Werft &amp; Reederei: <b>Einigung</b>]]></title>
          <link>/wirtschaft/a1.html?x=1&amp;utm_source=rss&amp;y=2#ref=rss</link>
          <pubDate>Fri, 20 Nov 2026 09:30:00 +0100</pubDate><dc:creator>Ida Brandt</dc:creator>
          <dc:creator>Jan Poll</dc:creator>
          <media:content url="https://blatt.example/bild.jpg"><media:title>Bild</media:title></media:content></item>
        <item><title>Nur eine Kennung</title><guid>https://blatt.example/a2</guid></item>
        <item><title>Kennung, die keine Adresse ist</title><guid isPermaLink="false">https://blatt.example/a3</guid></item>
        <item><title>Nochmals</title><link>https://blatt.example/a2</link></item>
        </channel></rss>""")
    assert listing.kind == "feed"
    assert not listing.is_damaged
    first, second = listing.entries
    assert first.url == "https://blatt.example/wirtschaft/a1.html?x=1&y=2"
    assert first.title == "Werft & Reederei: Einigung"
    assert first.published_at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert first.authors == ("Ida Brandt", "Jan Poll")
    assert second.url == "https://blatt.example/a2"
    assert listing.without_address == 1


def test_rdf() -> None:
    listing = read("""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>B</title></channel>
        <item rdf:about="https://blatt.example/a"><title>A</title><link>https://blatt.example/a</link>
        <dc:date>2026-11-20T09:30:00+01:00</dc:date></item></rdf:RDF>""")
    assert [(e.url, e.published_at) for e in listing.entries] == [
        ("https://blatt.example/a", datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    ]


def test_atom() -> None:
    listing = read("""<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><link href="https://blatt.example/"/>
        <entry><title type="html">Größe &amp;amp; Gewicht</title><link rel="enclosure" href="/ton.mp3"/>
        <link rel="alternate" href="https://blatt.example/a"/><published>2026-11-20T08:30:00Z</published>
        <updated>2026-11-20T10:00:00Z</updated><author><name>Ida Brandt</name></author>
        <source><title>Anderes Blatt</title><updated>2020-01-01T00:00:00Z</updated></source></entry></feed>""")
    (entry,) = listing.entries
    assert entry.url == "https://blatt.example/a"
    assert entry.title == "Größe & Gewicht"
    assert entry.authors == ("Ida Brandt",)
    assert entry.published_at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert entry.modified_at == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


NEWS_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
            xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
    <url><loc>https://blatt.example/a</loc><lastmod>2026-11-20</lastmod>
      <news:news><news:publication><news:name>Blatt</news:name><news:language>de</news:language></news:publication>
      <news:publication_date>2026-11-20T09:30+01:00</news:publication_date>
      <news:title>Werft &amp; Co</news:title></news:news>
      <image:image><image:loc>https://blatt.example/a.jpg</image:loc></image:image></url></urlset>"""


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_news_sitemap(pack: type) -> None:
    listing = read_listing(pack(NEWS_SITEMAP.encode()), AT)
    (entry,) = listing.entries
    assert (listing.kind, entry.url, entry.title, entry.language) == (
        "sitemap",
        "https://blatt.example/a",
        "Werft & Co",
        "de",
    )
    assert entry.published_at == datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert entry.modified_at == datetime(2026, 11, 19, 23, 0, tzinfo=UTC)


def test_sitemap_index() -> None:
    listing = read("""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <sitemap><loc> https://blatt.example/1.xml </loc><lastmod>2026-11-20T00:00:00Z</lastmod></sitemap>
        <sitemap><loc>https://blatt.example/2.xml.gz</loc></sitemap></sitemapindex>""")
    assert listing.sitemaps == [
        ("https://blatt.example/1.xml", datetime(2026, 11, 20, tzinfo=UTC)),
        ("https://blatt.example/2.xml.gz", None),
    ]


@pytest.mark.parametrize(
    ("text", "titles", "is_damaged"),
    [
        ("\ufeff\n <?xml version='1.0'?><rss><channel>{item}</channel></rss>", ["T"], False),
        ("<rss><channel><item><title>M&uuml;ller & S&ouml;hne</title><link>/a</link></item>", ["Müller & Söhne"], True),
        ("<rss><channel>{item}<item><title>Ohne Ende", ["T"], True),
        ("<rss><channel><item><title>B</b></title><link>/b</link></item>{item}</channel></rss>", ["T"], True),
        ("<rss><channel></channel></rss>", [], False),
        ("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>A&x;</title>"
         "<link>/a</link></item></channel></rss>", ["A&x;"], False),
    ],
)  # fmt: skip
def test_what_can_be_read_of_a_broken_feed_is_read(text: str, titles: list[str], is_damaged: bool) -> None:
    listing = read(text.replace("{item}", "<item><title>T</title><link>/t</link></item>"))
    assert [entry.title for entry in listing.entries] == titles
    assert listing.is_damaged == is_damaged


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty"),
        (b"Dies ist kein XML.", "not XML"),
        (b'{"items": []}', "not XML"),
        (b"<html><body>Bitte stimmen Sie zu</body></html>", "a document of type <html>"),
        (b"\x1f\x8b\x08 not gzip at all", "broken gzip"),
        (gzip.compress(b"<urlset>" + b" " * 2**20), "unpacks to more than 1,000 bytes"),
    ],
)
def test_what_is_no_list_says_what_it_is(body: bytes, message: str) -> None:
    with pytest.raises(ListingError, match=message):
        read_listing(body, AT, max_size=1000)


def test_a_list_of_fifty_thousand() -> None:
    urls = "".join(f"<url><loc>https://blatt.example/{n}</loc></url>" for n in range(50_000))
    assert len(read(f"<urlset>{urls}</urlset>").entries) == 50_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-20T09:30:00+01:00", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)),
        ("2026-11-20 09:30", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)),  # no zone: Berlin
        ("2026-07-20T09:30:00.5Z", datetime(2026, 7, 20, 9, 30, 0, 500_000, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 08:30:00 GMT", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 08:30:00 -0000", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)),
        ("Mon, 20 Jul 2026 09:30:00 CEST", datetime(2026, 7, 20, 7, 30, tzinfo=UTC)),
        ("gestern", None),
        ("0000-00-00T00:00:00", None),
        ("", None),
        (None, None),
    ],
)
def test_times(text: str | None, expected: datetime | None) -> None:
    assert read_time(text) == expected
