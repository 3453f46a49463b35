"""Every model has a case: CSV files in, one CSV file out. To add one: tests/warehouse/cases/<model>/<case>/.

A case holds <source>.csv for the sources that matter (lake.articles.csv, articles.csv …; the others are empty) and
expected.csv with the columns to compare. A source's columns that a case leaves out are null.
"""

from functools import cache
from itertools import permutations
from pathlib import Path

import duckdb
import pytest

from lake.contracts import CONTRACTS
from warehouse.inputs import FACTS, LISTING, PARTITIONS
from warehouse.lake_views import known_seeds
from warehouse.macro_files import add_formulas
from warehouse.model_files import FOLDER, Model, ModelError, in_order, parse, tables_read
from warehouse.tables import EVER, add_carried

CASES = Path(__file__).parent / "cases"
MODELS = {model.name: model for model in in_order()}


@cache
def types() -> dict[str, dict[str, str]]:
    """Every source's columns and types, from a build of an empty lake."""
    con = fresh()
    con.execute("create schema lake; create schema seeds; create schema build")
    given = {"build.facts": FACTS, "build.partitions": PARTITIONS, "build.listing": LISTING}
    given |= {f"seeds.{name}": table.schema for name, table in known_seeds().items()}
    given |= {f"lake.{name}": schema for name, schema in CONTRACTS.items()}
    for name, schema in given.items():
        con.register("empty", schema.empty_table())
        lake_day = ", null::date as lake_day" if name.startswith("lake.") else ""
        con.execute(f"create table {name} as select *{lake_day} from empty")
    add_carried(con, list(MODELS.values()))
    for model in MODELS.values():
        con.execute(f"create {'view' if model.rebuilt.is_view else 'table'} {model.name} as {model.sql}")
    carried = [f"before.{model.name}" for model in MODELS.values() if model.rebuilt.carries]
    return {
        name: {row[0]: row[1] for row in con.execute(f"describe from {name}").fetchall()}
        for name in (*given, *carried, *MODELS)
    }


def add_source(con: duckdb.DuckDBPyConnection, source: str, path: Path) -> None:
    schema, _, _ = source.rpartition(".")
    con.execute(f"create schema if not exists {schema or 'main'}")
    columns = types()[source]
    con.execute(f"create table {source} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    if path.exists():
        con.execute(
            f"create temp table given as from read_csv('{path}', header = true, nullstr = '', all_varchar = true)"
        )
        given = [row[0] for row in con.execute("describe given").fetchall()]
        unknown = set(given) - set(columns)
        assert not unknown, f"{path}: {source} has no columns {unknown}"
        cast = ", ".join(f"{name}::{columns[name]} as {name}" for name in given)
        con.execute(f"insert into {source} by name select {cast} from given")
        con.execute("drop table given")


def fresh() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(":memory:")
    add_formulas(con)
    return con


def since(case: Path) -> str:
    """The first day made anew: that of before.since.csv, else as in a full build."""
    path = case / "before.since.csv"
    return f"date '{path.read_text(encoding='utf-8').split()[1]}'" if path.exists() else EVER


def test_every_model_has_a_case():
    without = [name for name in MODELS if not list(CASES.glob(f"{name}/*/expected.csv"))]
    assert not without, f"no case for {without}: add tests/warehouse/cases/<model>/<case>/expected.csv and its sources"


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*/")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_case(case):
    model: Model = MODELS[case.parent.name]
    con = fresh()
    con.execute(f"create schema before; create macro before.since() as {since(case)}")
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


def test_the_minutes_of_a_day_do_not_depend_on_the_order_of_its_crawls(tmp_path):
    found = set()
    for number, minutes in enumerate(permutations((0.1, 0.2, 0.3))):
        con = fresh()
        for source, more in {"publisher_runs": ",minutes", "publisher_suspects": ""}.items():
            path = tmp_path / f"{source}-{number}.csv"
            rows = [f"taz,run-{n},2026-09-01{f',{n}' if more else ''}" for n in minutes]
            path.write_text("\n".join((f"publisher,run_id,crawled_on{more}", *rows)))
            add_source(con, source, path)
        found.add(con.execute(f"select minutes from ({MODELS['publisher_daily'].sql})").fetchone())
    assert found == {(0.6,)}


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
