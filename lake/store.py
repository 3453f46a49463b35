"""The one door to the lake: append, replace, read. LAKE_DIR is a folder or an s3:// address.

Layout: LAKE_DIR/<dataset>/day=YYYY-MM-DD/<part>.parquet, zstd. A file is written aside, below LAKE_DIR/_writing, and
moved to its place when it is complete: a killed process leaves no half file where a reader looks. Which parts count
where small ones were compacted into one is told by lake.swaps.
"""

import hashlib
import os
import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.fs as fs
import pyarrow.parquet as pq

from lake.checking import to_table
from lake.contracts import ContractError, contract
from lake.swaps import FOLDER, SCHEMA, Swapped, swap_files

Rows = Sequence[Mapping[str, Any]] | pa.Table
DEFAULT_LAKE_DIR = "data/lake"
CONTENT = "content"  # in a file's metadata: hash of its rows' bytes, for a footer alone may not tell two files apart
PART_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
ROW_GROUP_ROWS = 32_768
ROW_GROUP_BYTES = 32 * 2**20
BATCH_ROWS = 256  # pages are large


def lake_dir() -> str:
    """Address of the lake: the environment's LAKE_DIR, else data/lake."""
    return os.environ.get("LAKE_DIR") or DEFAULT_LAKE_DIR


def open_lake() -> tuple[fs.FileSystem, str]:
    """The file system and the path of the lake in it."""
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
    filesystem, root = open_lake()
    target = f"{_partition(root, dataset, day)}/{part}.parquet"
    if not overwrite and filesystem.get_file_info(target).type != fs.FileType.NotFound:
        raise ContractError(f"{target}: is there already, and {dataset} only grows; give the part a new name")
    move_in(table.schema, [table], target)
    return target


class _Hashed:
    """A stream that hashes what is written to it: the rows' bytes, so far as a file's footer is not written yet."""

    closed = False

    def __init__(self, out: pa.NativeFile) -> None:
        self._out = out
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._out.write(data)

    def tell(self) -> int:
        return self._out.tell()

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        """The stream's owner closes it."""


def move_in(schema: pa.Schema, tables: Iterable[pa.Table], target: str, metadata: dict[str, str] | None = None) -> None:
    """Writes the tables aside as one Parquet file, one after the other, and moves it to the target in one step."""
    filesystem, root = open_lake()
    aside = f"{root}/_writing/{uuid.uuid4().hex}.parquet"
    filesystem.create_dir(f"{root}/_writing", recursive=True)
    with filesystem.open_output_stream(aside) as out:
        hashed = _Hashed(out)
        with pq.ParquetWriter(pa.PythonFile(hashed, mode="w"), schema, compression="zstd") as writer:
            for table in tables:
                writer.write_table(table, row_group_size=ROW_GROUP_ROWS)
            writer.add_key_value_metadata({CONTENT: hashed.digest.hexdigest()[:16]} | (metadata or {}))
    filesystem.create_dir(target.rsplit("/", 1)[0], recursive=True)
    filesystem.move(aside, target)


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
    filesystem, root = open_lake()
    found = filesystem.get_file_info(fs.FileSelector(f"{root}/{dataset}", allow_not_found=True))
    return sorted(date.fromisoformat(i.base_name[4:]) for i in found if i.base_name.startswith("day="))


def all_files(dataset: str, day: date) -> list[str]:
    """Addresses of all files of one day, also of those that count no more or not yet, in order of their names."""
    contract(dataset)
    filesystem, root = open_lake()
    found = filesystem.get_file_info(fs.FileSelector(_partition(root, dataset, day), allow_not_found=True))
    return sorted(i.path for i in found if i.base_name.endswith(".parquet"))


def parts(dataset: str, day: date) -> list[str]:
    """Addresses of the files of one day that count, in order of their names."""
    return _parts(dataset, [day])


def _parts(dataset: str, on: Iterable[date]) -> list[str]:
    swapped = Swapped.read(dataset, *open_lake())  # before the folders are listed, see lake.swaps
    return [path for day in on for path in all_files(dataset, day) if swapped.counts(path)]


def scan(dataset: str, on: Iterable[date] | None = None, part: Callable[[str], bool] | None = None) -> ds.Dataset:
    """The dataset of the given days (default: all), to be filtered and read lazily; no rows where nothing landed.

    part: opens only the files whose name (without .parquet) it says yes to.
    """
    files = _parts(dataset, days(dataset) if on is None else sorted(set(on)))
    if part is not None:
        files = [path for path in files if part(part_name(path))]
    return files_dataset(dataset, files)


def swaps_pattern(dataset: str) -> str:
    """Pattern of the dataset's swaps for readers of their own (lake.swaps); an empty one is written where none is."""
    filesystem, root = open_lake()
    if not swap_files(dataset, filesystem, root):
        move_in(SCHEMA, [SCHEMA.empty_table()], f"{root}/{dataset}/{FOLDER}/none.parquet")
    return f"{root}/{dataset}/{FOLDER}/*.parquet"


def part_name(path: str) -> str:
    """A file's name without folder and .parquet."""
    return path.rsplit("/", 1)[1].removesuffix(".parquet")


def files_dataset(dataset: str, files: Sequence[str]) -> ds.Dataset:
    """The given files of the dataset as one; columns that older files lack are null."""
    schema = contract(dataset)
    if not files:
        return ds.dataset(schema.empty_table())
    return ds.dataset(list(files), schema=schema, format="parquet", filesystem=open_lake()[0])


def in_row_groups(rows: ds.Dataset, columns: Mapping[str, pc.Expression] | None = None) -> Iterator[pa.Table]:
    """The rows in their order, in tables of the size of a row group, for a day of pages may not fit into memory.

    columns: what to make of them; default: all as they are.
    """
    held: list[pa.RecordBatch] = []
    for batch in rows.to_batches(columns=columns, batch_size=BATCH_ROWS, batch_readahead=2, fragment_readahead=2):
        held.append(batch)
        if sum(b.nbytes for b in held) >= ROW_GROUP_BYTES or sum(b.num_rows for b in held) >= ROW_GROUP_ROWS:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def read(
    dataset: str,
    on: Iterable[date] | None = None,
    columns: Sequence[str] | None = None,
    where: pc.Expression | None = None,
    part: Callable[[str], bool] | None = None,
) -> pa.Table:
    """The rows of the given days (default: all) as a table, in order of day, part and row. part: as in scan."""
    return scan(dataset, on, part).to_table(columns=list(columns) if columns else None, filter=where)


def remove_leftovers(before: datetime, *, dry_run: bool = False) -> int:
    """Removes what killed processes left half-written before a time; returns how many files that were."""
    filesystem, root = open_lake()
    found = filesystem.get_file_info(fs.FileSelector(f"{root}/_writing", allow_not_found=True))
    old = [info.path for info in found if info.type == fs.FileType.File and info.mtime < before]
    for path in [] if dry_run else old:
        filesystem.delete_file(path)
    return len(old)
