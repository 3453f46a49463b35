"""Builds the warehouse file from the lake: aside, checked, then moved over the old one in one step.

Readers of the old file are never disturbed; a build that dies leaves the old file as it was.
"""

import os
from collections.abc import Callable
from pathlib import Path

import duckdb

from lake import store
from warehouse.inputs import facts, read_inputs
from warehouse.lake_views import add_lake, add_tables, known_seeds
from warehouse.macro_files import add_formulas, add_table_macros
from warehouse.model_files import in_order
from warehouse.run_checks import CheckError, run_checks
from warehouse.tables import add_carried, add_model

DEFAULT_WAREHOUSE_DB = "data/warehouse.duckdb"
DEFAULT_MEMORY = "4GB"


def warehouse_db() -> Path:
    """Path of the warehouse file: the environment's WAREHOUSE_DB, else data/warehouse.duckdb."""
    return Path(os.environ.get("WAREHOUSE_DB") or DEFAULT_WAREHOUSE_DB)


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Opens a file to build it, within WAREHOUSE_MEMORY (default 4GB); what is more goes to disk beside the file."""
    config = {
        "memory_limit": os.environ.get("WAREHOUSE_MEMORY") or DEFAULT_MEMORY,
        "temp_directory": str(path.with_name(f"{path.name}.tmp")),
    }
    return duckdb.connect(str(path), config=config)


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
    with connect(aside) as con:
        add_lake(con)
        known, inputs = known_seeds(), read_inputs()
        add_tables(con, "seeds", known)
        given = {"facts": facts(known.values()), "partitions": inputs.partitions, "listing": inputs.listing}
        add_tables(con, "build", given)
        add_formulas(con)
        models = in_order()
        add_carried(con, models)
        for model in models:
            say(f"build {model.name}: {add_model(con, model)}")
        add_table_macros(con, {model.name: model for model in models})
        for warning in run_checks(con):
            say(f"warning: {warning}")
        con.execute("checkpoint")
    aside.replace(target)
    return target


__all__ = ["BuildRunningError", "CheckError", "build", "warehouse_db"]
