"""Checks: SQL files that must return no row. The first line says what holds, and how loudly: critical or warning."""

import re
from pathlib import Path

import duckdb

from warehouse.model_files import ModelError, in_order

FOLDER = Path(__file__).parent / "checks"
FIRST_LINE = re.compile(r"^-- (critical|warning): (.+)$")
SHOWN = 3


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


def _grains() -> list[tuple[str, str, str, str]]:
    """Every model's grain is unique and complete: checked from its header, so that no model needs a file for it."""
    found = []
    for model in in_order():
        key = ", ".join(model.key)
        missing = " or ".join(f"{column} is null" for column in model.key)
        sql = f"select {key}, count(*) as rows from main.{model.name} group by all having count(*) > 1 or {missing}"
        found.append((f"{model.name}_grain", "critical", model.grain, sql))
    return found


def run_checks(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Runs all checks. Returns the warnings in words; raises CheckError when a critical check returns rows."""
    warnings, broken = [], []
    for name, loudness, holds, sql in [*_grains(), *_files()]:
        result = con.execute(sql)
        columns = [column[0] for column in result.description]
        if not (rows := result.fetchall()):
            continue
        examples = "; ".join(str(dict(zip(columns, row, strict=True))) for row in rows[:SHOWN])
        (broken if loudness == "critical" else warnings).append(f"{name} ({holds}): {len(rows)} rows, e.g. {examples}")
    if broken:
        raise CheckError("\n".join(broken))
    return warnings
