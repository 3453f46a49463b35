"""Builds the warehouse file from the lake: aside, checked, then moved over the old one in one step.

Readers of the old file are never disturbed; a build that dies leaves the old file as it was.
"""

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa

from lake import seeds, store
from lake.contracts import CONTRACTS
from warehouse.inputs import facts, partitions
from warehouse.lake_files import rows_of
from warehouse.macro_files import add_formulas, add_table_macros
from warehouse.model_files import Model, ModelError, in_order
from warehouse.run_checks import CheckError, run_checks

TEXTS = ("html", "body", "row")  # of a page, an article, a refused row
DEFAULT_WAREHOUSE_DB = "data/warehouse.duckdb"


def warehouse_db() -> Path:
    """Path of the warehouse file: the environment's WAREHOUSE_DB, else data/warehouse.duckdb."""
    return Path(os.environ.get("WAREHOUSE_DB") or DEFAULT_WAREHOUSE_DB)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _add_lake(con: duckdb.DuckDBPyConnection) -> None:
    """Datasets as views lake.<dataset> on the Parquet files; columns that older files lack are null.

    Over s3 as tables, for the views could not be read: without pages and texts, which stay in the lake.
    """
    con.execute("create schema lake; create schema contracts")
    for dataset, schema in CONTRACTS.items():
        con.register("incoming", schema.empty_table())
        con.execute(f"create table contracts.{dataset} as from incoming")
        con.unregister("incoming")
        rows = ""
        if store.days(dataset) and "://" not in store.lake_dir():
            rows = f" union all by name {rows_of(dataset)}"
        elif store.days(dataset):
            con.register("incoming", store.scan(dataset))
            con.execute(
                f"create schema if not exists copied; create table copied.{dataset} as {_without_texts(schema)}"
            )
            con.unregister("incoming")
            rows = f" union all by name from copied.{dataset}"
        con.execute(f"create view lake.{dataset} as from contracts.{dataset}{rows}")


def _without_texts(schema: pa.Schema) -> str:
    return f"select {', '.join(name for name in schema.names if name not in TEXTS)} from incoming"


def _add_tables(con: duckdb.DuckDBPyConnection, schema: str, tables: dict[str, pa.Table]) -> None:
    con.execute(f"create schema {schema}")
    for name, table in tables.items():
        con.register("incoming", table)
        con.execute(f"create table {schema}.{name} as select * from incoming")
        con.unregister("incoming")


def _companies() -> pa.Table:
    columns = ("company_id", "company", "parent_id", "country", "lei", "isin")
    rows = [{name: getattr(company, name) or None for name in columns} for company in seeds.companies()]
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in columns]))


def _publishers() -> pa.Table:
    columns = ("publisher", "name", "country", "domain", "kind", "state", "reason")
    rows = [{name: getattr(publisher, name) or None for name in columns} for publisher in seeds.publishers()]
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in columns]))


def _add_model(con: duckdb.DuckDBPyConnection, model: Model) -> int:
    """Creates the model's table with its comments; returns its rows."""
    try:
        con.execute(f"create table main.{model.name} as {model.sql}")
    except duckdb.Error as error:
        raise ModelError(f"warehouse/models/{model.name}.sql: {error}") from error
    found = [row[0] for row in con.execute(f"describe main.{model.name}").fetchall()]
    if found != list(model.columns):
        raise ModelError(
            f"warehouse/models/{model.name}.sql: the header describes {', '.join(model.columns)}; "
            f"the select gives {', '.join(found)}"
        )
    con.execute(f"comment on table main.{model.name} is {_quoted(f'{model.description} Grain: {model.grain}')}")
    for column, doc in model.columns.items():
        con.execute(f"comment on column main.{model.name}.{column} is {_quoted(doc)}")
    return con.execute(f"select count(*) from main.{model.name}").fetchone()[0]


def _remove_stale(aside: Path) -> None:
    """Removes what a killed build left; raises BuildRunningError when the build that writes it is alive."""
    if not aside.exists():
        return
    try:
        duckdb.connect(str(aside)).close()
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise BuildRunningError(f"{aside}: another build is running; wait for it or end it ({error})") from error
    except duckdb.Error:
        pass  # half-written by a killed build: removed below
    for leftover in (aside, aside.with_name(aside.name + ".wal")):
        leftover.unlink(missing_ok=True)


class BuildRunningError(RuntimeError):
    """Another process builds the same warehouse file."""


def build(say: Callable[[str], None] = print) -> Path:
    """Builds all models, runs all checks, publishes the file; returns its path.

    Raises ModelError for a model that fails, CheckError when a critical check returns rows: the old file then stays.
    """
    target = warehouse_db()
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f"{target.name}.building")
    _remove_stale(aside)
    if not store.days("articles"):
        say(f"warning: the lake at {store.lake_dir()} holds no articles; is LAKE_DIR right?")
    with duckdb.connect(str(aside)) as con:
        _add_lake(con)
        known = {"companies": _companies(), "publishers": _publishers()}
        _add_tables(con, "seeds", known)
        _add_tables(con, "build", {"facts": facts(known.values()), "partitions": partitions()})
        add_formulas(con)
        models = in_order()
        for model in models:
            say(f"build {model.name}: {_add_model(con, model)} rows")
        add_table_macros(con, {model.name: model for model in models})
        for warning in run_checks(con):
            say(f"warning: {warning}")
        con.execute("checkpoint")
    aside.replace(target)
    return target


__all__ = ["BuildRunningError", "CheckError", "build", "warehouse_db"]
