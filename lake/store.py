"""The one door to the lake: append, replace, read. LAKE_DIR is a folder or an s3:// address.

Layout: LAKE_DIR/<dataset>/day=YYYY-MM-DD/<part>.parquet, zstd. A file is written aside, below LAKE_DIR/_writing, and
moved to its place when it is complete: a killed process leaves no half file where a reader looks.
"""

import os
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.fs as fs
import pyarrow.parquet as pq

from lake.checking import to_table
from lake.contracts import ContractError, contract

Rows = Sequence[Mapping[str, Any]] | pa.Table
DEFAULT_LAKE_DIR = "data/lake"
PART_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")


def lake_dir() -> str:
    """Address of the lake: the environment's LAKE_DIR, else data/lake."""
    return os.environ.get("LAKE_DIR") or DEFAULT_LAKE_DIR


def _open_lake() -> tuple[fs.FileSystem, str]:
    address = lake_dir()
    if "://" in address:
        return fs.FileSystem.from_uri(address)
    return fs.LocalFileSystem(), str(Path(address).absolute())


def _partition(root: str, dataset: str, day: date) -> str:
    return f"{root}/{dataset}/day={day.isoformat()}"


def _write(dataset: str, day: date, part: str, rows: Rows, *, overwrite: bool) -> str:
    if not PART_NAME.fullmatch(part):
        raise ContractError(f"{dataset} day={day}: {part!r} is no name for a part; use letters, digits, . _ ~ -")
    table = to_table(dataset, rows)
    filesystem, root = _open_lake()
    target = f"{_partition(root, dataset, day)}/{part}.parquet"
    if not overwrite and filesystem.get_file_info(target).type != fs.FileType.NotFound:
        raise ContractError(f"{target}: is there already, and {dataset} only grows; give the part a new name")
    aside = f"{root}/_writing/{uuid.uuid4().hex}.parquet"
    filesystem.create_dir(f"{root}/_writing", recursive=True)
    pq.write_table(table, aside, filesystem=filesystem, compression="zstd", row_group_size=32_768)
    filesystem.create_dir(_partition(root, dataset, day), recursive=True)
    filesystem.move(aside, target)
    return target


def append(dataset: str, day: date, part: str, rows: Rows) -> str:
    """Adds one new file to the day's partition and returns its address.

    Raises ContractError when a row breaks the contract or the part exists: what has landed is never overwritten.
    """
    return _write(dataset, day, part, rows, overwrite=False)


def replace(dataset: str, day: date, rows: Rows, part: str = "rows") -> str:
    """Replaces one part of the day's partition in one move and returns its address. Same rows in, same bytes out.

    Raises ContractError when a row breaks the contract.
    """
    return _write(dataset, day, part, rows, overwrite=True)


def days(dataset: str) -> list[date]:
    """The days that the dataset has a partition for, oldest first."""
    contract(dataset)
    filesystem, root = _open_lake()
    found = filesystem.get_file_info(fs.FileSelector(f"{root}/{dataset}", allow_not_found=True))
    return sorted(date.fromisoformat(i.base_name[4:]) for i in found if i.base_name.startswith("day="))


def parts(dataset: str, day: date) -> list[str]:
    """Addresses of the files of one day, in order of their names."""
    contract(dataset)
    filesystem, root = _open_lake()
    found = filesystem.get_file_info(fs.FileSelector(_partition(root, dataset, day), allow_not_found=True))
    return sorted(i.path for i in found if i.base_name.endswith(".parquet"))


def scan(dataset: str, on: Iterable[date] | None = None, part: Callable[[str], bool] | None = None) -> ds.Dataset:
    """The dataset of the given days (default: all), to be filtered and read lazily; no rows where nothing landed.

    part: opens only the files whose name (without .parquet) it says yes to.
    """
    schema = contract(dataset)
    filesystem, _ = _open_lake()
    files = [path for day in (days(dataset) if on is None else sorted(set(on))) for path in parts(dataset, day)]
    if part is not None:
        files = [path for path in files if part(path.rsplit("/", 1)[1].removesuffix(".parquet"))]
    if not files:
        return ds.dataset(schema.empty_table())
    return ds.dataset(files, schema=schema, format="parquet", filesystem=filesystem)


def read(
    dataset: str,
    on: Iterable[date] | None = None,
    columns: Sequence[str] | None = None,
    where: pc.Expression | None = None,
    part: Callable[[str], bool] | None = None,
) -> pa.Table:
    """The rows of the given days (default: all) as a table, in order of day, part and row. part: as in scan."""
    return scan(dataset, on, part).to_table(columns=list(columns) if columns else None, filter=where)
