"""What is kept of a recorded page: its markup, metadata and dates, and not one sentence of its text."""

import html
import json
import re
from pathlib import Path

import lxml.html
import pyarrow.parquet as pq
import pytest
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from scrapers.article_page import decode, parse_article
from scrapers.guest import is_at_home
from scrapers.invented import person, prose
from scrapers.invented_page import other_word, sequences
from scrapers.miniature import MAX_CHARS, miniature, scrub_address, texts
from scrapers.recording import FOLDER, keep, renew
from tests.scrapers.fake_publisher import article

URL = "https://a.de/wirtschaft/hansekogge-elbdock.html"
SENTENCES = [
    f"{a} übernimmt {b} zum 1. Januar 2027 die Werft Elbdock, sagte Vorständin Brodersen am Abend in Kiel."
    for a in ("Hansekogge", "Nordwerk", "Falkenau", "Rheinwind", "Küstengas", "Ostbahn")
    for b in ("endlich", "vielleicht", "wieder", "bestimmt", "allein")
]
PAGE = article(
    "Hansekogge übernimmt Elbdock",
    head="<meta name='description' content='Elbdock'><link rel='canonical' href='https://a.de/elbdock'>",
    body="<!-- Hansekogge --><p data-t='Elbdock' title='Elbdock'>Die <b>Reederei</b> Hansekogge übernimmt die Werft "
    "Elbdock zum 1. Januar 2027.</p><script>var t='Hansekogge'</script> Elbdock<p>Das sagte Vorständin Brodersen.</p>"
    "<p>Der Preis beträgt 240 Millionen Euro, so Brodersen.</p><svg><text>Elbdock</text></svg>Hansekogge",
    author={"@type": "Person", "name": "Frauke Hinnerk"},
).encode()
LONG = article(
    "Hansekogge übernimmt Elbdock",
    head="".join(f"<meta name='x-{number}' content='Elbdock'>" for number in range(50)),
    body="".join(f"<p class='text text--{number % 2}'>{sentence}</p>" for number, sentence in enumerate(SENTENCES))
    + "<aside class='newsletter'><p>Abonnieren Sie den Newsletter der Hansekogge</p></aside>"
    + "<ul class='teaser'>" + "<li><a href='/a/b.html'>Elbdock baut das größte Schiff</a></li>" * 400 + "</ul>",
).encode()  # fmt: skip


def test_no_word_of_the_text_is_left() -> None:
    kept = miniature(PAGE, URL, "utf-8").decode()
    for word in (
        "Hansekogge übernimmt",
        "hansekogge",
        "Brodersen",
        "Hinnerk",
        "Vorständin",
        "Preis",
        "240",
        "var t",
        "svg",
    ):
        assert word not in kept


def test_the_page_reads_as_before() -> None:
    before = parse_article(PAGE, URL)
    after = parse_article(miniature(PAGE, URL, "utf-8"), URL)
    assert len(after.title.split()) == len(before.title.split())
    assert after.title != before.title
    assert [len(line.split()) for line in after.body.split("\n")] == [
        len(line.split()) for line in before.body.split("\n")
    ]
    assert (after.published_at, after.date_source) == (before.published_at, before.date_source)
    assert len(after.authors) == 1
    assert after.authors != before.authors


def test_a_large_page_becomes_small_and_keeps_its_markup() -> None:
    before = parse_article(LONG, URL)
    kept = miniature(LONG, URL, "utf-8")
    after = parse_article(kept, URL)
    assert len(kept) < MAX_CHARS < len(LONG)
    assert len(before.body.split("\n")) == 30
    assert 9 <= len(after.body.split("\n")) <= 14
    tree = lxml.html.document_fromstring(kept)
    assert {element.get("class") for element in tree.iter("p")} >= {"text text--0", "text text--1"}
    assert 0 < len(tree.cssselect("ul.teaser li")) <= 3, "what stands around the text stays, in small"
    assert tree.cssselect("aside.newsletter")
    assert "Newsletter" in kept.decode(), "a phrase that a parser goes by stays"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>" + "</p><p>".join(SENTENCES[:4]),
        "<div>" + "<br>".join(SENTENCES) + "</div>",
        "<blockquote>" + "".join(f"<div>{sentence}<p>{sentence[::-1]}</p></div>" for sentence in SENTENCES),
        "<span>" * 300 + SENTENCES[0],
    ],
    ids=["empty", "open", "breaks", "nested", "deep"],
)
def test_an_odd_page_becomes_a_miniature_too(body: str) -> None:
    page = f"<html lang='de'><body><h1>Hansekogge übernimmt Elbdock</h1>{body}".encode()
    assert b"Brodersen" not in miniature(page, URL, "utf-8")


def test_a_sentence_that_would_be_left_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapers.invented_page.Inventor.words", lambda _, tokens: list(tokens))
    with pytest.raises(ValueError, match="words of the page would be kept: "):
        miniature(LONG, URL, "utf-8")


def test_invented_prose_has_the_length_asked_for() -> None:
    for size in range(60):
        assert len(prose(f"seed {size}", size)) == size
        assert prose(f"seed {size}", size) == prose(f"seed {size}", size)
    assert [len(person("a", size)) for size in (1, 2, 3)] == [1, 2, 3]
    assert other_word("Brodersen").lower() == other_word("brodersen")
    assert other_word("BRODERSEN").isupper()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.de/wirtschaft/hansekogge-elbdock-1.html", "https://a.de/wirtschaft/seite.html"),
        ("https://a.de/Hansekogge-uebernimmt-Elbdock/!59/", "https://a.de/seite.html"),
        ("https://a.de/hansekogge-uebernimmt-elbdock/", "https://a.de/seite.html"),
        ("/politik/werft/", "/politik/seite.html"),
    ],
)
def test_an_address_does_not_tell_the_title(address: str, kept: str) -> None:
    assert scrub_address(address) == kept


def test_a_kept_page_has_its_expected_row(tmp_path: Path) -> None:
    target, page = keep("blatt", URL, PAGE, "utf-8", folder=tmp_path)
    kept = json.loads(target.read_text())
    assert target.name == "1.json"
    assert kept["url"] == "https://a.de/wirtschaft/seite.html"
    assert kept["expected"]["title"] == page.title
    before = target.read_text()
    target.write_text(before.replace(page.title, "von Hand verdorben"))
    renew(target)
    assert target.read_text() == before


def test_no_sentence_of_a_real_page_is_in_a_recorded_one(shared: Path) -> None:
    """Against every page at hand of a publisher of which one is recorded: no six words in a row."""
    gold = pq.read_table(shared / "gold" / "extraction" / "dev.parquet", columns=["url", "html"]).to_pylist()
    loader = SpiderLoader.from_settings(get_project_settings())
    compared = 0
    for target in FOLDER.glob("*/*.html"):
        domains = loader.load(target.parent.name).allowed_domains
        kept = sequences(texts(lxml.html.document_fromstring(target.read_bytes())))
        for page in gold:
            if is_at_home(page["url"], domains):
                compared += 1
                text = re.sub(r"<[^>]*>", " ", html.unescape(decode(page["html"], None)))
                assert not kept & sequences([text]), target
    assert compared > 30
