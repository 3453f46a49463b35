"""From an answer to a row: what is refused before and after parsing, and what a broken parser does to a page."""

import logging

import pytest
from scrapy.http import HtmlResponse, Response, TextResponse

from scrapers import article_row
from scrapers.article_row import check_answer, parse_page
from scrapers.listing import Entry
from scrapers.outcomes import Refused
from tests.scrapers.fake_publisher import article

ENTRY = Entry("https://blatt.example/wirtschaft/a")


def page(url: str = ENTRY.url, status: int = 200, body: str = "<html></html>", kind: type = HtmlResponse) -> Response:
    return kind(url, status=status, body=body.encode())


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (page(status=404), "http_404"),
        (page(status=403), "blocked"),
        (page(status=451), "blocked"),
        (page(kind=TextResponse), "not_html"),
        (page("https://blatt.example/"), "redirected_home"),
        (page("https://blatt.example/zustimmung?url=a"), "blocked"),
        (page("https://blatt.example/user/login/"), "blocked"),
        (page("https://blatt.example/cdn-cgi/challenge-platform/x"), "blocked"),
    ],
)
def test_no_article_page(response: Response, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        check_answer(response, ENTRY)
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    "url", ["https://blatt.example/wirtschaft/a-neu", "https://blatt.example/wirtschaft/loginsicherheit"]
)
def test_a_plain_redirect_is_followed(url: str) -> None:
    check_answer(page(url), ENTRY)


def test_an_article_about_consent_walls_is_no_wall() -> None:
    text = article(
        "Mit Werbung weiterlesen: das Ende der Cookies", body="<p>Kurz: Cookies akzeptieren war gestern.</p>"
    )
    assert parse_page(page(body=text), ENTRY, 10).title.startswith("Mit Werbung")


def test_a_broken_parser_costs_the_fields_and_not_the_page(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(article_row, "parse_article", lambda *_, **__: {}["no such key"])
    with caplog.at_level(logging.ERROR):
        parsed = parse_page(page(), ENTRY, 10)
    row = article_row.article_row(page(), ENTRY, parsed)
    assert (row["html"], row["title"], row["body"], row["parser"]) == (b"<html></html>", None, None, "failed")
    assert "the parser broke on https://blatt.example/wirtschaft/a" in caplog.text


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr(article_row, "parse_article", forever)
    with pytest.raises(Refused, match=r"took longer than 0\.2 seconds"):
        parse_page(page(), ENTRY, 0.2)
