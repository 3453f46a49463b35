"""What changed in the lake since the file was built, and whether the file can be brought up to date by days."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from lake import store
from warehouse.inputs import LISTING, PARTITIONS, Inputs, read_inputs
from warehouse.lake_views import is_local

MOST_DAYS = 60  # with more changed days of the lake a full build is as quick
MOST_FREE = 0.3  # share of free blocks from which on the file is written anew
MOST_CARRIED = 30  # builds by days in a row: what they add lies scattered


class FullBuildError(Exception):
    """The file cannot be brought up to date by days: says why. The build then makes it anew."""


@dataclass(frozen=True)
class Changes:
    """Days of the lake whose files changed, came or went, by dataset; the inputs of the new file; builds in a row."""

    days: dict[str, set[date]]
    inputs: Inputs
    facts: pa.Table
    number: int


@dataclass(frozen=True)
class Before:
    """What the published file was built from, and how many builds by days it carries."""

    inputs: Inputs
    number: int


def built_from(path: Path, facts: pa.Table) -> Before:
    """Reads it from the published file. Raises FullBuildError where that file is no ground to build on."""
    if not path.exists():
        raise FullBuildError("there is no file yet")
    if not is_local():
        raise FullBuildError("the lake is no folder")
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            inputs = Inputs(_read(con, "partitions", PARTITIONS), _read(con, "listing", LISTING))
            was = con.sql("from build.facts").to_arrow_table().to_pylist()[0]
            number, address = con.execute("select number, address from build.made").fetchone()
            total, free = con.execute("select total_blocks, free_blocks from pragma_database_size()").fetchone()
    except duckdb.Error as error:
        raise FullBuildError(f"the file cannot be read ({str(error).splitlines()[0]})") from error
    _compare(was, facts.to_pylist()[0])
    if address != lake_address():
        raise FullBuildError(f"the file was built from {address}")
    if number >= MOST_CARRIED or free > MOST_FREE * total:
        raise FullBuildError(f"after {number} builds by days, {free} of {total} blocks free, it is written anew")
    return Before(inputs, number)


def find_changes(before: Before, facts: pa.Table) -> Changes:
    """Compares the lake with what the file was built from. Raises FullBuildError where by days will not do."""
    inputs = read_inputs(before.inputs)
    days = _changed_days(before.inputs, inputs)
    if len(set().union(*days.values())) > MOST_DAYS:
        raise FullBuildError(f"more than {MOST_DAYS} days of the lake changed")
    if new := _datasets(before.inputs) ^ _datasets(inputs):
        raise FullBuildError(f"{', '.join(sorted(new))} is new, or gone")
    return Changes(days, inputs, facts, before.number + 1)


def lake_address() -> str:
    """Where the lake lies, as the file's views have it."""
    return str(Path(store.lake_dir()).absolute()) if is_local() else store.lake_dir()


def _read(con: duckdb.DuckDBPyConnection, table: str, schema: pa.Schema) -> pa.Table:
    return con.sql(f"from build.{table}").to_arrow_table().cast(schema)


def _compare(was: dict, now: dict) -> None:
    """The revision may change without them: a page of docs."""
    words = {"code": "the code", "duckdb_version": "DuckDB", "models": "a model", "seeds": "a seed"}
    if changed := [said for name, said in words.items() if was.get(name) != now[name]]:
        raise FullBuildError(f"{', '.join(changed)} changed")


def _datasets(inputs: Inputs) -> set[str]:
    return set(inputs.partitions["dataset"].unique().to_pylist())


def _changed_days(old: Inputs, new: Inputs) -> dict[str, set[date]]:
    keys = ["dataset", "day", "hash"]
    was, now = old.partitions.select(keys), new.partitions.select(keys)
    days: dict[str, set[date]] = {}
    for one, other in ((was, now), (now, was)):
        for row in one.join(other, keys, join_type="left anti").to_pylist():
            days.setdefault(row["dataset"], set()).add(row["day"])
    return days
