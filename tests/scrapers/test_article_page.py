"""The general parser on invented pages: every field, and what must never go wrong."""

from datetime import UTC, datetime

import pytest

from scrapers.article_page import Listed, UnreadablePageError, parse_article

PARAGRAPHS = [
    f"Der Maschinenbauer Nordwerk hat im {n}. Quartal mehr Aufträge erhalten als im Vorjahr. Vor allem aus Österreich "
    "und der Schweiz kamen neue Bestellungen, wie das Unternehmen am Donnerstag in Bremen mitteilte."
    for n in range(1, 9)
]


def page(head: str = "", before: str = "", after: str = "", paragraphs: list[str] = PARAGRAPHS) -> bytes:
    text = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!doctype html><html lang="de"><head><title>Nordwerk wächst - Blatt</title>{head}</head><body>'
        f"<nav><a href=/>Start</a></nav><main><article><h1>Nordwerk wächst</h1>{before}{text}{after}</article></main>"
        "</body></html>"
    ).encode()


def jsonld(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {fields}}}</script>'


def parse(html: bytes, **more):
    return parse_article(html, "https://blatt.example/wirtschaft/nordwerk-waechst-1", **more)


def test_fields_of_a_plain_article():
    found = parse(page(jsonld('"datePublished": "2024-10-17T08:15:00+02:00", "author": [{"name": "Eva Beispiel"}]')))
    assert found.title == "Nordwerk wächst"
    assert found.body.split("\n") == PARAGRAPHS
    assert found.published_at == datetime(2024, 10, 17, 6, 15, tzinfo=UTC)
    assert (found.date_source, found.authors, found.language) == ("jsonld", ["Eva Beispiel"], "de")
    assert (found.text_status, found.is_paywalled, found.agency) == ("full", None, None)


def test_naive_time_is_berlin():
    found = parse(page('<meta property="article:published_time" content="2024-01-17T08:15:00">'))
    assert (found.published_at, found.date_source) == (datetime(2024, 1, 17, 7, 15, tzinfo=UTC), "meta")


def test_listed_fills_what_the_page_leaves_open():
    when = datetime(2024, 10, 17, 6, 15, tzinfo=UTC)
    found = parse(page(), listed=Listed(title="Im Feed", published_at=when, authors=["Max Muster"]))
    assert (found.published_at, found.date_source) == (when, "feed")
    assert (found.title, found.authors) == ("Nordwerk wächst", ["Max Muster"])


def test_agency_is_a_field_and_not_in_the_body():
    found = parse(page(after="<p>© dpa-infocom, dpa:241017-99-1/2</p>"))
    assert found.agency == "dpa"
    assert found.body.split("\n") == PARAGRAPHS


def test_paywall_stub_is_a_teaser():
    stub = page(jsonld('"isAccessibleForFree": "False"'), after="<p>Jetzt weiterlesen</p>", paragraphs=PARAGRAPHS[:1])
    found = parse(stub)
    assert (found.text_status, found.is_paywalled) == ("teaser", True)


@pytest.mark.parametrize("bad", [b"", b"  \n", b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_what_is_no_page_is_named(bad):
    with pytest.raises(UnreadablePageError):
        parse(bad)


@pytest.mark.parametrize("odd", [b"kein html", b"<html>", b"<p>" * 5_000, b"<script type='application/ld+json'>{"])
def test_odd_pages_do_not_raise(odd):
    assert parse(odd).text_status == "unknown"
