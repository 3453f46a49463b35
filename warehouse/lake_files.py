"""The files of the lake as DuckDB reads them, the rule of lake.swaps included: which parts count."""

from pathlib import Path

from lake import store
from lake.swaps import APPENDED, COMPACTED


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def rows_of(dataset: str) -> str:
    """A select of a dataset's rows in a lake that is a folder; columns that no file has are missing."""
    folder = f"{Path(store.lake_dir()).absolute()}/{dataset}/"
    options = "hive_partitioning = false, union_by_name = true"
    files = f"read_parquet({quoted(folder + 'day=*/*.parquet')}, {options}"
    if dataset not in APPENDED:
        return f"select * from {files})"
    swaps = f"read_parquet({quoted(store.swaps_pattern(dataset))})"
    named = f"select {quoted(folder)} || file from {swaps} where holds_at <= now()"
    return (
        f"select * exclude (filename) from {files}, filename = true) where filename not in ({named} and not counts)"
        f" and (not contains(filename, '/{COMPACTED}') or filename in ({named} and counts))"
    )
