"""Checks: SQL files that must return no row. The first line says what holds, and how loudly: critical or warning.

Tables of millions of rows are looked at in part, the same part each time: grains in every sixteenth of the keys, views
on a few days (the variable days_looked_at), and of many pairs at every sixteenth (last_hash). What a day's build adds
to tables is looked at in full, and with it the whole of those that are made by day of the lake.
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb

from lake import store
from warehouse.lake_files import quoted
from warehouse.model_files import Model, ModelError, in_order

FOLDER = Path(__file__).parent / "checks"
FIRST_LINE = re.compile(r"^-- (critical|warning): (.+)$")
SHOWN = 3
DAYS = 3  # days of publication on which views are looked at
BODY_DAYS = 8  # days of the lake whose texts are looked at
LARGE = 2_000_000  # rows from which on a grain is looked at in part
MANY_PAIRS = 20_000  # pairs from which on views are looked at in part
PART = 16
SPREAD_DAYS = f"""set variable days_looked_at = (
    select coalesce(list(published_on), []) from (
        select published_on from calendar
        qualify row_number() over (order by published_on) % greatest(1, count(*) over () // {DAYS}) = 0
            or published_on = max(published_on) over ()
    )
)"""
# A comparison, for views let it through to their tables.
LAST_HASH = f"""set variable last_hash = (
    select if(count(*) > {MANY_PAIRS}, {2**64 // PART - 1}, {2**64 - 1})::ubigint from main.pairs
)"""


class CheckError(RuntimeError):
    """A critical check returned rows: names the check and shows the first of them."""


def _files() -> list[tuple[str, str, str, str]]:
    """(name, loudness, what holds, sql) of every check file."""
    found = []
    for path in sorted(FOLDER.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        match = FIRST_LINE.match(sql.splitlines()[0])
        if not match:
            raise ModelError(f"{path}: the first line must be '-- critical: what holds' or '-- warning: what holds'")
        found.append((path.stem, match.group(1), match.group(2), sql))
    return found


def _grains(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    """Every table's grain is unique and complete: checked from its header, so that no model needs a file for it.

    Of views calendars_are_complete does it, or the tables that they are made of.
    """
    found = []
    for model in in_order():
        if model.rebuilt.is_view:
            continue
        key = ", ".join(model.key)
        missing = " or ".join(f"{column} is null" for column in model.key)
        # days of the lake may hold the same key, other rows made anew replace those of their key
        table = f"main.{model.name}" if model.rebuilt.is_of_the_lake else model.name
        sql = f"select {key}, count(*) as rows from {table}{_part(con, model, table)}"
        found.append(
            (f"{model.name}_grain", "critical", model.grain, f"{sql} group by all having count(*) > 1 or {missing}")
        )
    return found


def _part(con: duckdb.DuckDBPyConnection, model: Model, table: str) -> str:
    """Which part of the table a check of the model's grain looks at."""
    rows = con.execute(f"select count(*) from {table}").fetchone()[0]
    key, missing = ", ".join(model.key), " or ".join(f"{column} is null" for column in model.key)
    return f" where hash({key}) % {PART} = 0 or {missing}" if rows > LARGE else ""


def _add_bodies(con: duckdb.DuckDBPyConnection, lake_days: Iterable[date] | None) -> None:
    """The view bodies_looked_at: articles of at most BODY_DAYS days of the lake, with their texts; none from s3."""
    found = sorted(lake_days) if lake_days is not None else store.days("articles")
    days = found[:: -(-len(found) // BODY_DAYS) or 1]
    files = [path for day in days for path in store.parts("articles", day)] if "://" not in store.lake_dir() else []
    rows = "select article_id, version, title, body from contracts.articles"
    if files:
        rows = f"select article_id, version, title, body from read_parquet([{', '.join(map(quoted, files))}])"
    con.execute(f"create or replace temp view bodies_looked_at as {rows}")


def run_checks(
    con: duckdb.DuckDBPyConnection, days: str = SPREAD_DAYS, lake_days: Iterable[date] | None = None
) -> list[str]:
    """Runs all checks. Returns the warnings in words; raises CheckError when a critical check returns rows.

    days: the statement that sets the variable days_looked_at. lake_days: days of the lake whose texts are looked at.
    """
    con.execute(days)
    con.execute(LAST_HASH)
    _add_bodies(con, lake_days)
    warnings, broken = [], []
    for name, loudness, holds, sql in [*_grains(con), *_files()]:
        result = con.execute(sql)
        columns = [column[0] for column in result.description]
        if not (rows := result.fetchall()):
            continue
        examples = "; ".join(str(dict(zip(columns, row, strict=True))) for row in rows[:SHOWN])
        (broken if loudness == "critical" else warnings).append(f"{name} ({holds}): {len(rows)} rows, e.g. {examples}")
    if broken:
        raise CheckError("\n".join(broken))
    return warnings
