"""The lake and the seeds as models read them: lake.<dataset>, seeds.<name>, and what a build knows of its inputs.

Datasets are views on the Parquet files, which DuckDB reads itself. Over s3 they are tables, for the views could not be
read: without pages and texts, which stay in the lake.
"""

import duckdb
import pyarrow as pa

from lake import seeds, store
from lake.contracts import CONTRACTS
from warehouse.lake_files import COLUMNS, rows_of

TEXTS = ("html", "body", "row")  # of a page, an article, a refused row
COMPANY_COLUMNS = ("company_id", "company", "parent_id", "country", "lei", "isin")
PUBLISHER_COLUMNS = ("publisher", "name", "country", "domain", "kind", "state", "reason")


def is_local() -> bool:
    """Whether DuckDB can read the lake's files itself."""
    return "://" not in store.lake_dir()


def add_lake(con: duckdb.DuckDBPyConnection) -> None:
    """Creates the schemas lake and contracts; columns that files lack are null."""
    con.execute("create schema lake; create schema contracts")
    for dataset, schema in CONTRACTS.items():
        con.register("incoming", schema.empty_table())
        con.execute(f"create table contracts.{dataset} as select *, null::date as lake_day from incoming")
        con.unregister("incoming")
        rows = ""
        if store.days(dataset) and is_local():
            rows = f" union all by name {rows_of(dataset)}"
        elif store.days(dataset):
            copy(con, dataset, schema)
            rows = f" union all by name from copied.{dataset}"
        con.execute(f"create view lake.{dataset} as from contracts.{dataset}{rows}")


def copy(con: duckdb.DuckDBPyConnection, dataset: str, schema: pa.Schema) -> None:
    """The dataset as a table copied.<dataset>, without its texts."""
    columns = [name for name in schema.names if name not in TEXTS]
    con.register("incoming", store.scan(dataset).scanner(columns=[*columns, "__filename"]).to_reader())
    rows = f"select {COLUMNS} from (select * rename (__filename as filename) from incoming)"
    con.execute(f"create schema if not exists copied; create table copied.{dataset} as {rows}")
    con.unregister("incoming")


def known_seeds() -> dict[str, pa.Table]:
    """The seeds as tables; empty fields are null."""
    return {
        "companies": _table(seeds.companies(), COMPANY_COLUMNS),
        "publishers": _table(seeds.publishers(), PUBLISHER_COLUMNS),
    }


def _table(rows: list, columns: tuple[str, ...]) -> pa.Table:
    found = [{name: getattr(row, name) or None for name in columns} for row in rows]
    return pa.Table.from_pylist(found, schema=pa.schema([(name, pa.string()) for name in columns]))


def add_tables(con: duckdb.DuckDBPyConnection, schema: str, tables: dict[str, pa.Table]) -> None:
    """Creates or replaces tables of a schema."""
    con.execute(f"create schema if not exists {schema}")
    for name, table in tables.items():
        con.register("incoming", table)
        con.execute(f"create or replace table {schema}.{name} as select * from incoming")
        con.unregister("incoming")
