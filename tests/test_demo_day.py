"""The main job on the demonstration: what was laid as a trap ends where it must, what was meant comes out."""

import csv
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from demo.articles import load
from demo.mastheads import MASTHEADS
from tests.conftest import PROJECT

PATHS = {(m.slug, a.stem): m.path(a.name) for m in MASTHEADS for a in load(m.slug)}
EXPECTED = list(csv.DictReader((PROJECT / "demo" / "expected.csv").open(encoding="utf-8")))
MEANT = [row for row in EXPECTED if row["pair_id"] and not row["trap"]]
TRAPS = {
    "date_in_future": "recycling-platinen",
    "date_too_old": "archiv-kran",
    "not_german": "english-edition-hapag",
    "teaser": "bb-plus-ruestung",
    "no_body": "bilder-vom-hafenfest",
}


@pytest.fixture(scope="module")
def con(demo_day):
    with duckdb.connect(demo_day["WAREHOUSE_DB"], read_only=True) as con:
        yield con


@pytest.mark.parametrize("reason", TRAPS)
def test_a_trap_ends_in_quarantine(con, reason):
    found = con.execute("select url from lake.quarantine where reason = ?", [reason]).fetchall()
    assert len(found) == 1, found
    assert TRAPS[reason] in found[0][0]


def test_an_address_listed_twice_is_fetched_once(con):
    query = "select count(*) from lake.raw_articles where contains(url, 'reederei-verdoppelt-gewinn')"
    assert con.execute(query).fetchall() == [(1,)]


def test_nothing_else_is_refused(con):
    reasons = con.execute("select distinct reason from lake.quarantine").fetchall()
    assert {reason for (reason,) in reasons} == set(TRAPS)


def test_the_page_without_a_date_counts_from_the_day_of_the_crawl(con):
    query = "select published_on = known_on, date_source from articles where contains(url, 'speicherstadt-roesterei')"
    assert con.execute(query).fetchall() == [(True, "none")]


def test_nouns_and_newspapers_are_no_companies(con):
    named = con.execute("select distinct company_id from mentions where not is_source_credit").fetchall()
    assert ("ibm",) not in named
    assert ("handelsblatt-media-group",) not in named


def test_wire_copies_are_one_story(con):
    query = "select count(*), count(distinct publisher) from articles group by story_id having count(*) > 1"
    assert con.execute(query).fetchall() == [(2, 2)] * 6


def test_pairs_have_the_sentiment_that_was_meant(con):
    """Of the articles' pairs with a stance, seven in ten come out on their side, one in ten at most on the other."""
    found = {
        (url.split("/", 3)[3].strip("/"), pair): sentiment
        for url, pair, sentiment in con.execute(
            "select url, pair_id, relation_sentiment from article_pairs join articles using (article_id)"
        ).fetchall()
    }
    sides = []
    for row in MEANT:
        path = PATHS[row["masthead"], row["article"]].strip("/")
        sides.append((int(row["relation_sentiment"]), found.get((path, row["pair_id"])) or 0.0, path, row["pair_id"]))
    toned = [side for side in sides if side[0]]
    wrong = [side for side in toned if side[0] * side[1] < -0.2]
    right = [side for side in toned if side[0] * side[1] > 0.1]
    assert len(wrong) <= 0.1 * len(toned), wrong
    assert len(right) >= 0.7 * len(toned), [side for side in toned if side not in right]


def test_the_alliance_turns(con):
    """Microsoft and OpenAI quarrel from 17 August on: four weeks of July are friendly, four of September hostile."""
    query = """select relation_sentiment from pair_sentiment_rolling
        where pair_id = 'microsoft~openai' and window_days = 28 and published_on in ('2026-08-02', '2026-09-20')
        order by published_on"""
    before, after = [sentiment for (sentiment,) in con.execute(query).fetchall()]
    assert before > 0.2
    assert after < -0.2


def test_a_rerun_of_the_day_changes_nothing(demo_day, con):
    """The day again: the same bytes of articles, the same rows in every table."""
    query = "select table_name from duckdb_tables() where schema_name = 'main'"
    names = [name for (name,) in con.execute(query).fetchall()]
    tables = {name: con.execute(f"from {name}").fetchall() for name in names}
    files = {path: path.read_bytes() for path in Path(demo_day["LAKE_DIR"]).glob("articles/day=*/*.parquet")}
    days = [path.parent.name.removeprefix("day=") for path in files]
    stages = [["transforms", stage, day] for day in days for stage in ("clean", "validate", "score")]
    for command in [*stages, ["warehouse", "build"]]:
        subprocess.run([sys.executable, "-m", *command], env=demo_day, cwd=PROJECT, check=True, capture_output=True)
    assert files
    assert files == {path: path.read_bytes() for path in files}
    with duckdb.connect(demo_day["WAREHOUSE_DB"], read_only=True) as again:
        assert tables == {name: again.execute(f"from {name}").fetchall() for name in names}
