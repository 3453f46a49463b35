"""The drill: a publisher rebuilds its pages overnight, and the next crawl's coverage of the fields says so."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from scrapers.recording import FOLDER
from tests.scrapers.fake_publisher import ROOT, Answer, Publisher, crawl, sitemap

PAGES = 12
RECORDED = (FOLDER / "boersenbote" / "1.html").read_text(encoding="utf-8")


def renamed(html: str) -> str:
    """Every class name another one, as a build tool makes them."""
    names: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        return f'class="{" ".join(names.setdefault(name, f"css-{len(names):x}") for name in match[1].split())}"'

    return re.sub(r'class="([^"]*)"', other, html)


def without_structured_data(html: str) -> str:
    """No JSON-LD, no metas, no machine-readable times: what a reader sees stays."""
    html = re.sub(r"<script[^>]*ld\+json.*?</script>", "", html, flags=re.S)
    html = re.sub(r"<meta [^>]*(?:property|name)=[^>]*>", "", html)
    return re.sub(r"<time[^>]*>.*?</time>", "", html, flags=re.S)


def drawn_by_script(html: str) -> str:
    """The text comes from a script; the page itself holds none of it."""
    return re.sub(r"<p[ >].*?</p>", "", html, flags=re.S)


def coverage(publisher: Publisher, lake: Path, edition: str, html: str) -> dict[str, float]:
    """Of one crawl of a whole edition: field -> its share of the landed pages."""
    paths = [f"/{edition}/{number}" for number in range(PAGES)]
    publisher.pages |= {path: Answer(html.replace("</h1>", f" {path}</h1>")) for path in paths}
    publisher.pages["/map"] = sitemap(*(publisher.url + path for path in paths))
    result = crawl(lake, "sitemap", "-a", "publisher=umbau", "-a", f"urls={publisher.url}/map")
    assert result.code == 0, result.stderr
    counts = json.loads(result.run["fields"])
    assert counts["pages"] == result.run["landed"] == PAGES
    return {name: count / PAGES for name, count in counts.items()}


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (renamed, set()),  # no selector of ours goes by a class name alone
        (without_structured_data, {"published_at"}),  # the by-line is still printed
        (drawn_by_script, {"body"}),
    ],
)
def test_a_rebuilt_site_shows_in_the_coverage_of_its_fields(publisher: Publisher, tmp_path: Path, change, lost) -> None:
    before = coverage(publisher, tmp_path, "alt", RECORDED)
    after = coverage(publisher, tmp_path, "neu", change(RECORDED))
    assert before == dict.fromkeys(before, 1.0)
    assert {name for name in before if after[name] < before[name] / 2} == lost


@pytest.mark.parametrize(("change", "lost"), [(drawn_by_script, ["body"]), (without_structured_data, ["published_at"])])
def test_the_second_crawl_of_a_rebuilt_site_raises_the_alarm(
    publisher: Publisher, tmp_path: Path, change, lost
) -> None:
    for edition, html in (("alt", RECORDED), ("neu", change(RECORDED)), ("neuer", change(RECORDED))):
        coverage(publisher, tmp_path, edition, html)
    env = {**os.environ, "LAKE_DIR": str(tmp_path), "WAREHOUSE_DB": str(tmp_path / "w.duckdb")}
    command = [sys.executable, "-m", "warehouse", "build"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warning: layouts_as_usual" in done.stdout
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as con:
        found = con.execute("select suspect_fields from publisher_suspects order by started_at").fetchall()
        (day,) = con.execute("select publisher, suspect_fields, is_layout_suspect from publisher_daily").fetchall()
    assert found == [([],), ([],), (lost,)]
    assert day == ("umbau", lost, True)
