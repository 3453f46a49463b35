"""The files of the lake as DuckDB reads them, the rule of lake.swaps included: which parts count.

Each row has the day of the lake that it lies in, lake_day.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from lake import store
from lake.swaps import APPENDED, COMPACTED

OPTIONS = "hive_partitioning = false, union_by_name = true, filename = true"
COLUMNS = "* exclude (filename), regexp_extract(filename, '/day=([0-9-]+)/', 1)::date as lake_day"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def rows_of(dataset: str) -> str:
    """A select of a dataset's rows in a lake that is a folder; columns that no file has are missing."""
    folder = f"{Path(store.lake_dir()).absolute()}/{dataset}/"
    files = f"read_parquet({quoted(folder + 'day=*/*.parquet')}, {OPTIONS})"
    if dataset not in APPENDED:
        return f"select {COLUMNS} from {files}"
    swaps = f"read_parquet({quoted(store.swaps_pattern(dataset))})"
    named = f"select {quoted(folder)} || file from {swaps} where holds_at <= now()"
    return (
        f"select {COLUMNS} from {files} where filename not in ({named} and not counts)"
        f" and (not contains(filename, '/{COMPACTED}') or filename in ({named} and counts))"
    )


def rows_of_days(dataset: str, days: Iterable[date]) -> str:
    """A select of a dataset's rows on these days of a lake that is a folder; columns that no file has are null."""
    files = [path for day in sorted(days) for path in store.parts(dataset, day)]
    empty = f"select * from contracts.{dataset}"
    if not files:
        return empty
    return f"{empty} union all by name select {COLUMNS} from read_parquet([{', '.join(map(quoted, files))}], {OPTIONS})"
