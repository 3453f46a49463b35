"""Every model has a case: CSV files in, one CSV file out. To add one: tests/warehouse/cases/<model>/<case>/.

A case holds <source>.csv for the sources that matter (lake.articles.csv, articles.csv …; the others are empty) and
expected.csv with the columns to compare. A source's columns that a case leaves out are null.
"""

import csv
from pathlib import Path

import duckdb
import pytest

from lake.contracts import CONTRACTS
from warehouse.inputs import FACTS, PARTITIONS
from warehouse.macro_files import add_formulas
from warehouse.model_files import FOLDER, Model, ModelError, in_order, parse, tables_read

CASES = Path(__file__).parent / "cases"
MODELS = {model.name: model for model in in_order()}


def columns_of(source: str) -> list[str]:
    schema, _, name = source.rpartition(".")
    if schema == "lake":
        return CONTRACTS[name].names
    if schema == "build":
        return {"facts": FACTS, "partitions": PARTITIONS}[name].names
    if schema == "seeds":
        with (Path(__file__).parents[2] / "lake" / "seeds" / f"{name}.csv").open(encoding="utf-8") as file:
            return next(csv.reader(file))
    return list(MODELS[name].columns)


def add_source(con: duckdb.DuckDBPyConnection, source: str, path: Path) -> None:
    con.execute(
        "create schema if not exists lake; create schema if not exists seeds; create schema if not exists build"
    )
    schema, _, name = source.rpartition(".")
    given = []
    if path.exists():
        con.execute(f"create temp table given as from read_csv('{path}', header = true, nullstr = '')")
        given = [row[0] for row in con.execute("describe given").fetchall()]
        unknown = set(given) - set(columns_of(source))
        assert not unknown, f"{path}: {source} has no columns {unknown}"
    else:
        con.execute("create temp table given as select 1 as nothing where false")
    if schema == "lake":
        con.register("empty", CONTRACTS[name].empty_table())
        con.execute(f"create table {source} as from empty")
        if given:
            con.execute(f"insert into {source} by name select {', '.join(given)} from given")
        con.unregister("empty")
    else:
        missing = [f"null as {column}" for column in columns_of(source) if column not in given]
        con.execute(f"create table {source} as select {', '.join(given + missing)} from given")
    con.execute("drop table given")


def fresh() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(":memory:")
    add_formulas(con)
    return con


def test_every_model_has_a_case():
    without = [name for name in MODELS if not list(CASES.glob(f"{name}/*/expected.csv"))]
    assert not without, f"no case for {without}: add tests/warehouse/cases/<model>/<case>/expected.csv and its sources"


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*/")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_case(case):
    model: Model = MODELS[case.parent.name]
    con = fresh()
    for source in model.sources:
        add_source(con, source, case / f"{source}.csv")
    con.execute(f"create table result as {model.sql}")
    con.execute(f"create table expected as from read_csv('{case}/expected.csv', header = true, nullstr = '')")
    columns = [row[0] for row in con.execute("describe expected").fetchall()]
    kinds = dict(
        con.execute("select column_name, data_type from duckdb_columns() where table_name = 'result'").fetchall()
    )
    shown = ", ".join(f"round({c}, 4)" if kinds[c] in ("DOUBLE", "FLOAT") else c for c in columns)
    cast = ", ".join(
        f"round({c}::double, 4)" if kinds[c] in ("DOUBLE", "FLOAT") else f"{c}::{kinds[c]}" for c in columns
    )
    order = ", ".join(model.key)
    found = con.execute(f"select {shown} from result order by {order}").fetchall()
    wanted = con.execute(f"select {cast} from expected").fetchall()
    assert found == wanted


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_header_says_what_the_table_is(model):
    """Columns are held equal by the build itself; here: every model gives columns for its key, and stays short."""
    assert set(model.key) <= set(model.columns)
    body = [line for line in model.sql.splitlines() if not line.startswith("--")]
    assert len(body) < 60, "split the model: a select of 60 lines holds two thoughts"


BROKEN = {
    "no_header": ("select 1 as a", "the first line must be '-- no_header: what the table is'"),
    "no_grain": ("-- no_grain: x\n-- sources: articles\n--\n--\nselect 1", "the second line must be '-- grain:"),
    "bad_column": (
        "-- bad_column: x\n-- grain: one row per a (a)\n-- sources: b\n--\n-- a: eins\nselect 1",
        "'a: eins' is no",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_header_is_refused_by_name(tmp_path, name):
    sql, message = BROKEN[name]
    path = tmp_path / f"{name}.sql"
    path.write_text(sql)
    with pytest.raises(ModelError, match=message):
        parse(path)


def test_tables_read_leaves_out_common_table_expressions():
    sql = "with x as (select * from lake.articles) select * from x join mentions using (article_id) where a in (from b)"
    assert tables_read(sql) == {"lake.articles", "mentions", "b"}


def test_folder_holds_models_only():
    assert {path.suffix for path in FOLDER.iterdir()} == {".sql"}
