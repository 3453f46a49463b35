"""Builds the warehouse file from the lake: aside, checked, then moved over the old one in one step.

Readers of the old file are never disturbed; a build that dies leaves the old file as it was.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from lake import store
from warehouse.changes import FullBuildError, built_from, find_changes, lake_address
from warehouse.copying import copy_file, copying
from warehouse.inputs import facts, read_inputs
from warehouse.lake_files import quoted
from warehouse.lake_views import add_lake, add_tables, known_seeds
from warehouse.looked_at import look_at_a_part
from warehouse.macro_files import add_formulas, add_table_macros
from warehouse.model_files import ModelError, in_order
from warehouse.run_checks import CheckError, run_checks
from warehouse.tables import add_carried, add_model
from warehouse.update import Update

DEFAULT_WAREHOUSE_DB = "data/warehouse.duckdb"
DEFAULT_MEMORY = "5GB"
ROW_GROUP = 30_720  # a quarter of DuckDB's: what is asked of one pair reads less of the others
OURS = ("articles", "article_pairs")  # tables that every version of the warehouse has


def warehouse_db() -> Path:
    """Path of the warehouse file: the environment's WAREHOUSE_DB, else data/warehouse.duckdb."""
    return Path(os.environ.get("WAREHOUSE_DB") or DEFAULT_WAREHOUSE_DB)


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Opens a file to build it, within WAREHOUSE_MEMORY (default 5GB); what is more goes to disk beside the file.

    Raises ModelError where WAREHOUSE_MEMORY is no size.
    """
    memory = os.environ.get("WAREHOUSE_MEMORY") or DEFAULT_MEMORY
    config = {
        "memory_limit": memory,
        "temp_directory": str(path.with_name(f"{path.name}.tmp")),
        # DuckDB 2.0 stops in long chains of joins ("dict-surviving cache: global dictionary column … changed identity")
        "debug_enable_caching_operators": "false",
    }
    try:
        con = duckdb.connect(":memory:", config=config)
    except duckdb.ParserException as error:
        raise ModelError(f"WAREHOUSE_MEMORY={memory} is no size ({error}); write one such as 5GB") from error
    # a build that dies begins anew: it needs no log to recover from
    options = f"row_group_size {ROW_GROUP}, recovery_mode 'no_wal_writes'"
    con.execute(f"attach {quoted(str(path))} as warehouse ({options}); use warehouse")
    con.execute("set checkpoint_threshold = '1TB'")  # one at the end: what others write would be written once more
    return con


def _remove_stale(aside: Path) -> None:
    """Removes what a killed build left; raises BuildRunningError when a process has the file open."""
    if not aside.exists():
        return
    try:
        duckdb.connect(str(aside)).close()
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise BuildRunningError(f"{aside}: another build is running; wait for it or end it ({error})") from error
    except duckdb.Error:
        pass  # half-written by a killed build: removed below
    _remove(aside)


def _remove(aside: Path) -> None:
    for leftover in (aside, aside.with_name(aside.name + ".wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(aside.with_name(f"{aside.name}.tmp"), ignore_errors=True)


class BuildRunningError(RuntimeError):
    """Another process builds the same warehouse file."""


class ForeignFileError(RuntimeError):
    """WAREHOUSE_DB names a file that is no warehouse."""


@contextmanager
def _alone(aside: Path) -> Iterator[None]:
    """Holds the lock of a build; raises BuildRunningError while another process holds it."""
    with aside.with_name(f"{aside.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildRunningError(f"{aside}: another build is running; wait for it or end it") from error
        _remove_stale(aside)
        yield


def build(say: Callable[[str], None] = print, *, full: bool = False) -> Path:
    """Brings the warehouse file up to date, checks it, publishes it; returns its path.

    By days where the file before allows it, else, or when told so, as a whole; the outcome is the same. Raises
    ModelError for a model that fails or a lake that lost its articles, ForeignFileError for a file that is not ours,
    CheckError when a critical check returns rows: the old file then stays.
    """
    target = warehouse_db()
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f"{target.name}.building")
    known = known_seeds()
    now = facts(known.values())
    with _alone(aside):
        _refuse_foreign(target, aside)
        is_empty = not store.days("articles")
        warning = f"warning: the lake at {store.lake_dir()} holds no articles; is LAKE_DIR right?"
        if is_empty:
            _refuse_to_empty(target)
            say(warning)
        try:
            if full:
                raise FullBuildError("as told")
            _build_by_days(target, aside, now, say)
        except FullBuildError as reason:
            say(f"build: a full build, for {reason}")
            _remove(aside)
            _build_whole(aside, known, now, say)
        # What another program wrote into the published file and did not finish would be replayed onto the new one.
        target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
        aside.replace(target)
    if is_empty:
        say(warning)  # again, for the first one has scrolled away
    return target


def _refuse_foreign(target: Path, aside: Path) -> None:
    """Raises ForeignFileError where the file to be replaced is no warehouse: WAREHOUSE_DB was mistyped."""
    if not target.exists():
        return
    advice = "not replaced; give another WAREHOUSE_DB, or delete the file first"
    try:
        try:
            found = _tables(target)
        except duckdb.IOException as error:
            if "lock" not in str(error):
                raise
            copy_file(target, aside)  # another program has it open for writing, which hinders no build
            found = _tables(aside)
            _remove(aside)
    except duckdb.Error as error:
        raise ForeignFileError(
            f"{target} cannot be opened as a warehouse ({str(error).splitlines()[0]}): {advice}"
        ) from error
    if missing := [name for name in OURS if name not in found]:
        raise ForeignFileError(f"{target} is no warehouse (no table {', '.join(missing)}): {advice}")


def _tables(path: Path) -> set[str]:
    with duckdb.connect(str(path), read_only=True) as con:
        return {
            row[0]
            for row in con.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall()
        }


def _refuse_to_empty(target: Path) -> None:
    """Raises ModelError where a file with articles would be replaced by one without: LAKE_DIR was mistyped."""
    if not target.exists():
        return
    with duckdb.connect(str(target), read_only=True) as con:
        articles = con.execute("select count(*) from articles").fetchone()[0]
    if articles:
        raise ModelError(
            f"the lake at {store.lake_dir()} holds no articles, but {target} has {articles}: not replaced. Is LAKE_DIR "
            f"right? If the lake is meant to be empty, delete {target} first"
        )


def _build_by_days(target: Path, aside: Path, now: pa.Table, say: Callable[[str], None]) -> None:
    """A copy of the file, brought up to date. Raises FullBuildError where that will not do."""
    before = built_from(target, now)
    with copying(target, aside) as copied:
        changes = find_changes(before, now)
        days = sorted(set().union(*changes.days.values()))
        span = f", from {days[0]} to {days[-1]}" if days else ""
        say(f"build: by days, for {len(days)} days of the lake changed{span}")
        copied.result()
        with connect(aside) as con:
            for warning in Update(con, in_order(), changes).run(say):
                say(f"warning: {warning}")
            con.execute("checkpoint")


def _build_whole(aside: Path, known: dict[str, pa.Table], now: pa.Table, say: Callable[[str], None]) -> None:
    with connect(aside) as con:
        inputs = read_inputs()
        add_lake(con)
        add_tables(con, "seeds", known)
        made = pa.Table.from_pylist([{"how": "whole", "number": 0, "address": lake_address()}])
        given = {"facts": now, "partitions": inputs.partitions, "listing": inputs.listing, "made": made}
        add_tables(con, "build", given)
        add_formulas(con)
        models = in_order()
        add_carried(con, models)
        for model in models:
            say(f"build {model.name}: {add_model(con, model)}")
        add_table_macros(con, {model.name: model for model in models})
        look_at_a_part(con)
        for warning in run_checks(con):
            say(f"warning: {warning}")
        con.execute("checkpoint")


__all__ = ["BuildRunningError", "CheckError", "build", "warehouse_db"]
