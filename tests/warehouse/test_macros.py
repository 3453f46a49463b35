"""Questions to the published file: evidence and why lead from a figure to its sentences and add up to it."""

from random import Random

import duckdb
import pytest

from tests.warehouse.random_lake import history, land
from warehouse.build import build, warehouse_db
from warehouse.macro_files import parse, table_macros
from warehouse.model_files import ModelError, in_order

MACROS = table_macros({model.name: model for model in in_order()})
ARGUMENTS = {
    "evidence": "'basf~bayer', '2026-01-01', '2026-12-31'",
    "why": "'basf~bayer', '2026-04-20'",
    "article_body": "'0001'",
}
DAYS = (
    "select pair_id, published_on, relation_sentiment from pair_sentiment_rolling where window_days = 28 order by all"
)


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    """A random history, built and opened read-only as an analyst opens it."""
    folder = tmp_path_factory.mktemp("macros")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LAKE_DIR", str(folder / "lake"))
        patch.setenv("WAREHOUSE_DB", str(folder / "warehouse.duckdb"))
        land(history(Random(7), days=70, articles=80))
        build(say=lambda _: None)
        path = warehouse_db()
    with duckdb.connect(str(path), read_only=True) as con:
        yield con


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.name)
def test_a_macro_gives_the_columns_that_its_header_names(con, macro):
    arguments = ARGUMENTS.get(macro.name, "'2026-04-20'")
    described = con.execute(f"describe from {macro.name}({arguments})").fetchall()
    assert [row[0] for row in described] == list(macro.columns)
    query = "select comment from duckdb_functions() where function_name = ?"
    assert con.execute(query, [macro.name]).fetchone()[0].startswith(f"{macro.call}: ")


def test_why_adds_up_to_the_change(con):
    figures = {(pair, day): figure for pair, day, figure in con.execute(DAYS).fetchall()}
    query = "select sum(change), any_value(figure_before), any_value(figure_now), count(*) from why(?, ?)"
    told = 0
    for pair, day in list(figures)[::25]:
        change, before, now, _ = con.execute(query, [pair, day]).fetchone()
        assert now == pytest.approx(figures[pair, day]), (pair, day)
        if before is not None and now is not None:
            assert change == pytest.approx(now - before, abs=1e-12)
            told += 1
        else:
            assert change is None
    assert told > 3


def test_why_takes_other_windows(con):
    query = "select distinct figure_now from why('basf~bayer', '2026-05-10', window_days := 91)"
    window = "select relation_sentiment from pair_sentiment_rolling where pair_id = 'basf~bayer' and window_days = 91"
    expected = con.execute(f"{window} and published_on = '2026-05-10'").fetchall()
    assert con.execute(query).fetchall() == [pytest.approx(row) for row in expected]


def test_evidence_adds_up_and_the_heaviest_comes_first(con):
    query = "select share, contribution, excerpt, url from evidence('basf~bayer', '2026-01-01', '2026-12-31')"
    rows = con.execute(query).fetchall()
    assert sum(row[0] for row in rows) == pytest.approx(1)
    weights = [abs(row[1]) for row in rows]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0


def test_the_first_and_the_last_day_of_evidence_are_in_it(con):
    query = "select published_on, excerpt from evidence('basf~bayer', ?, ?) order by all"
    rows = con.execute(query, ["2026-01-01", "2026-12-31"]).fetchall()
    first, last = rows[0][0], rows[-1][0]
    assert first < last
    assert con.execute(query, [first, last]).fetchall() == rows
    assert con.execute(query, [first, first]).fetchall() == [row for row in rows if row[0] == first]


def test_an_unknown_pair_has_no_evidence(con):
    assert con.execute("from evidence('gibt~nicht', '2026-01-01', '2026-12-31')").fetchall() == []


def test_a_body_is_read_from_the_lake(con):
    rows = con.execute("select article_id, body from article_body('0001')").fetchall()
    assert rows == [("0001", "Erfunden.")]


def test_a_macro_without_a_title_is_refused_by_name(tmp_path):
    path = tmp_path / "broken.sql"
    path.write_text("-- what it answers\ncreate macro broken() as table select 1")
    with pytest.raises(ModelError, match=r"the first line must be '-- broken\(parameter"):
        parse(path)
