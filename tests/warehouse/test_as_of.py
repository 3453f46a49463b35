"""No look-ahead: a figure as of a day, asked of the full lake, is the figure that a build on that day gave."""

from datetime import timedelta
from random import Random

import duckdb
import pytest

from tests.warehouse.random_lake import BERLIN, EVERYONE, history, land
from warehouse.build import build, warehouse_db
from warehouse.macro_files import AS_OF


def tables(monkeypatch, folder, found, until=None):
    """Lands the history in a lake of its own and builds; returns the file."""
    monkeypatch.setenv("LAKE_DIR", str(folder / "lake"))
    monkeypatch.setenv("WAREHOUSE_DB", str(folder / "warehouse.duckdb"))
    land(found, until)
    build(say=lambda _: None)
    return warehouse_db()


def ask(path, query, *values):
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(query, values).fetchall()


@pytest.mark.parametrize("seed", range(2))
def test_as_of_a_day_is_what_a_build_on_that_day_gave(tmp_path, monkeypatch, seed):
    random = Random(seed)
    found = history(random, publishers=EVERYONE)
    known = sorted({row["fetched_at"].astimezone(BERLIN).date() for row in found["articles"]})
    whole = tables(monkeypatch, tmp_path / "whole", found)
    for day in random.sample(known, 2):
        cut = tables(monkeypatch, tmp_path / f"{day}", found, until=day)
        for name in AS_OF:
            then = ask(cut, f"from {name} order by all")
            assert then, (day, name)
            assert ask(whole, f"from {name}_at(?) order by all", day) == then, (day, name)
    for name in AS_OF:
        last = known[-1]
        assert ask(whole, f"from {name}_at(?) order by all", last) == ask(whole, f"from {name} order by all")
        assert ask(whole, f"from {name}_at(?) order by all", str(last)) == ask(whole, f"from {name} order by all")


def test_before_the_first_article_nothing_was_known(tmp_path, monkeypatch):
    found = history(Random(0), articles=5)
    first = min(row["fetched_at"] for row in found["articles"]).date()
    whole = tables(monkeypatch, tmp_path, found)
    for name in AS_OF:
        assert ask(whole, f"from {name}_at(?)", first - timedelta(days=2)) == []
