"""Checks: SQL files that must return no row. The first line says what holds, and how loudly: critical or warning.

Tables of millions of rows are looked at in part, the same part each time: grains in every sixteenth of the keys. What a
day's build adds to tables is looked at in full, and with it the whole of those that are made by day of the lake.
"""

import re
from pathlib import Path

import duckdb

from warehouse.model_files import Model, ModelError, in_order

FOLDER = Path(__file__).parent / "checks"
FIRST_LINE = re.compile(r"^-- (critical|warning): (.+)$")
SHOWN = 3
LARGE = 2_000_000  # rows from which on a grain is looked at in part
PART = 16


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


def run_checks(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Runs all checks, on what warehouse.looked_at prepared. Returns the warnings in words.

    Raises CheckError when a critical check returns rows.
    """
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
