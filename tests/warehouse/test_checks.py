"""The checks see what they are for: each is shown a file in which it does not hold."""

import shutil
from random import Random

import duckdb
import pytest

from tests.warehouse.random_lake import history, land
from tests.warehouse.rerun_lake import Lake
from warehouse import model_files
from warehouse.__main__ import check
from warehouse.build import build, warehouse_db
from warehouse.looked_at import look_at_a_part
from warehouse.run_checks import CheckError, run_checks

LAST = "published_on = (select max(published_on) from calendar)"
BROKEN = {
    "a day of a pair is missing": (
        "pair_sentiment_daily",
        f"* from shown where not (pair_id = 'basf~bayer' and {LAST})",
    ),
    "a window is missing": (
        "pair_sentiment_rolling",
        f"* from shown where not (pair_id = 'basf~bayer' and window_days = 28 and {LAST})",
    ),
    "all windows of a day are missing": ("pair_sentiment_rolling", f"* from shown where not ({LAST})"),
    "a window is there twice": (
        "pair_sentiment_rolling",
        f"* from shown union all (from shown where pair_id = 'basf~bayer' and window_days = 7 and {LAST})",
    ),
    "a story too many": ("pair_sentiment_rolling", "* replace (stories + 1 as stories) from shown"),
}
FIRES = {
    "a day of a pair is missing": "calendars_are_complete",
    "a window is missing": "calendars_are_complete(.|\\n)*windows_are_sums_of_days",
    "all windows of a day are missing": "calendars_are_complete",
    "a window is there twice": "calendars_are_complete",
    "a story too many": "windows_are_sums_of_days",
}


@pytest.fixture
def con(lake_dir):
    """A built file, opened to be broken."""
    land(history(Random(4), days=30, articles=60))
    build(say=lambda _: None)
    with duckdb.connect(str(warehouse_db())) as con:
        yield con


def test_the_published_file_can_be_checked(lake_dir):
    land(history(Random(4), days=10, articles=20))
    build(say=lambda _: None)
    assert check().endswith("all critical checks hold")
    with duckdb.connect(str(warehouse_db())) as con:
        con.execute("insert into pairs from pairs limit 1")
    with pytest.raises(CheckError, match="pairs_grain"):
        check()


@pytest.mark.parametrize("what", BROKEN)
def test_a_view_that_lacks_a_row_is_seen(con, what):
    look_at_a_part(con)
    run_checks(con)
    view, broken = BROKEN[what]
    con.execute(f"alter view {view} rename to shown")
    con.execute(f"create view {view} as select {broken}")
    with pytest.raises(CheckError, match=FIRES[what]):
        run_checks(con)


def test_a_pair_that_is_missing_is_seen(con):
    con.execute("delete from pairs where pair_id = 'basf~bayer'")
    look_at_a_part(con)
    with pytest.raises(CheckError, match="pairs_are_those_of_their_days"):
        run_checks(con)


WRONG = {  # a view of a build by days: what of its text is changed, and the check that sees it
    "a window is missing": ("pair_sentiment_rolling", "(28, 57), ", "", "calendars_are_complete"),
    "days are left out": (
        "pair_sentiment_rolling",
        "filter (k < window_days)",
        "filter (k < 1)",
        "windows_are_sums_of_days",
    ),
    "quiet pairs are missing": (
        "pair_sentiment_daily",
        "join pairs as p on",
        "join pairs as p on false and",
        "calendars",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_build_by_days_sees_it_too(lake_dir, tmp_path, monkeypatch, what):
    view, right, wrong, check = WRONG[what]
    lake = Lake(Random(4))
    lake.land(40)
    build(say=lambda _: None)
    folder = shutil.copytree(model_files.FOLDER, tmp_path / "models")
    text = (folder / f"{view}.sql").read_text()
    assert right in text
    (folder / f"{view}.sql").write_text(text.replace(right, wrong))
    monkeypatch.setattr(model_files, "FOLDER", folder)
    lake.land(1)
    with pytest.raises(CheckError, match=check):
        build(say=lambda _: None)
