"""Every kept page keeps the contract of an article. `scrapy record NAME URL` adds one; no test code is needed."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import py3langid
import pytest
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from lake.seeds import publishers
from scrapers.article_page import parse_article
from scrapers.guest import is_at_home
from scrapers.recording import FOLDER, expected_of

KEPT = sorted(FOLDER.glob("*/*.json"))
DEBRIS = ("anzeige", "newsletter", "teilen", "drucken", "kommentare", "weiterlesen", "cookies")
LOADER = SpiderLoader.from_settings(get_project_settings())


def test_a_spider_that_counts_has_a_kept_page() -> None:
    """Before a publisher goes from trial to on, one of its pages is kept."""
    spiders = set(LOADER.list())
    slugs = [row.publisher for row in publishers() if row.state == "on" and row.publisher in spiders]
    missing = [slug for slug in slugs if not list((FOLDER / slug).glob("*.json"))]
    commands = "; ".join(f"scrapy record {slug} URL" for slug in missing)
    assert not missing, f"no page is kept of {', '.join(missing)}: run, with an article of it, {commands}"


@pytest.mark.parametrize("target", KEPT, ids=lambda target: f"{target.parent.name}/{target.stem}")
def test_a_kept_page_is_an_article(target: Path) -> None:
    kept = json.loads(target.read_text(encoding="utf-8"))
    html = gzip.decompress(target.with_suffix(".html.gz").read_bytes())
    page = parse_article(html, kept["url"], encoding="utf-8")
    again = f"if the new one is right: scrapy record --again {target.parent.name}"
    assert expected_of(page) == kept["expected"], again

    assert is_at_home(kept["url"], LOADER.load(target.parent.name).allowed_domains)
    assert page.title
    assert page.published_at.tzinfo is UTC
    assert datetime(1995, 1, 1, tzinfo=UTC) < page.published_at < datetime.now(UTC)
    paragraphs = page.body.split("\n")
    assert len(paragraphs) >= 3
    assert page.title not in paragraphs
    assert not [line for line in paragraphs if line.strip(" .:!").lower() in DEBRIS]
    assert len(paragraphs) == len(set(paragraphs)), "a paragraph stands twice"
    assert py3langid.classify(page.body)[0] == "de"
