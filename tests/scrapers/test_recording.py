"""What is kept of a recorded page: its structure and dates, and none of its words."""

import json
import re
from pathlib import Path

from scrapers.article_page import parse_article
from scrapers.recording import invent, keep, renew, scrub
from tests.scrapers.fake_publisher import article

PAGE = article(
    "Hansekogge übernimmt Elbdock",
    head="<meta name='description' content='Hansekogge und Elbdock'><link rel='canonical' href='https://a.de/hansekogge'>",
    body="<!-- Hansekogge --><p data-t='Elbdock' title='Elbdock'>Die <b>Reederei</b> Hansekogge übernimmt die Werft "
    "Elbdock zum 1. Januar 2027.</p><script>var t='Hansekogge'</script> Elbdock<p>Das sagte Vorständin Brodersen.</p>"
    "<p>Der Preis beträgt 240 Millionen Euro, so Brodersen.</p><svg><text>Elbdock</text></svg>Hansekogge",
    author={"@type": "Person", "name": "Ida Brodersen"},
).encode()


def test_no_word_of_the_text_is_left() -> None:
    kept = scrub(PAGE, "utf-8").decode()
    for word in ("Hansekogge", "hansekogge", "Elbdock", "Brodersen", "Vorständin", "Millionen", "Reederei"):
        assert word not in kept


def test_the_page_reads_as_before() -> None:
    before = parse_article(PAGE, "https://a.de/x")
    after = parse_article(scrub(PAGE, "utf-8"), "https://a.de/x")
    assert after.title == invent(before.title)
    assert after.body == "\n".join(invent(line) for line in before.body.split("\n"))
    assert (after.published_at, after.date_source) == (before.published_at, before.date_source)
    assert after.authors == [invent("Ida Brodersen")]
    assert re.search(r"1\. Januar 2027", after.body)


def test_a_word_is_always_replaced_by_the_same(tmp_path: Path) -> None:
    assert invent("Brodersen, BRODERSEN und brodersen").split()[0].strip(",").lower() == invent("brodersen")
    assert invent("Brodersen GmbH & Co. 17 %")[-10:] == invent("Brodersen GmbH & Co. 17 %")[-10:]


def test_a_kept_page_has_its_expected_row(tmp_path: Path) -> None:
    target, page = keep("blatt", "https://a.de/wirtschaft/hansekogge-elbdock.html", PAGE, "utf-8", folder=tmp_path)
    kept = json.loads(target.read_text())
    assert target.name == "1.json"
    assert kept["url"] == "https://a.de/wirtschaft/seite.html"
    assert kept["expected"]["title"] == page.title
    before = target.read_text()
    target.write_text(before.replace(page.title, "von Hand verdorben"))
    renew(target)
    assert target.read_text() == before
