"""What a build is made from: the lake's files, seeds, models, the revision. No times: same inputs, same build.

A day is told apart by its fingerprint (lake.fingerprints), which is read where the listing (name, size, time of change)
is not the one that the file before was built from.
"""

import hashlib
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.fs as fs
import pyarrow.parquet as pq

import lake
from lake import store
from lake.contracts import CONTRACTS
from lake.fingerprints import of_files
from lake.swaps import APPENDED, Swapped

ROOM = Path(__file__).parent
FACTS = pa.schema([(name, pa.string()) for name in ("git_revision", "duckdb_version", "code", "models", "seeds")])
PARTITIONS = pa.schema(
    [("dataset", pa.string()), ("day", pa.date32()), ("files", pa.int32()), ("rows", pa.int64()), ("hash", pa.string())]
)
LISTING = pa.schema([("dataset", pa.string()), ("day", pa.date32()), ("listed", pa.string())])


@dataclass(frozen=True)
class Inputs:
    """The lake as it lies: per dataset and day its fingerprint, and what its listing says. Rows of both go together."""

    partitions: pa.Table
    listing: pa.Table


def hash_of(parts: Iterable[bytes]) -> str:
    """16 hex digits of SHA-256 over the parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]


def _days(dataset: str) -> dict[str, list[fs.FileInfo]]:
    """The files of the dataset that count, by day (YYYY-MM-DD), in order of their names."""
    filesystem, root = store.open_lake()
    swapped = Swapped.read(dataset, filesystem, root)  # before the folders are listed, see lake.swaps
    selector = fs.FileSelector(f"{root}/{dataset}", recursive=True, allow_not_found=True)
    found: dict[str, list[fs.FileInfo]] = {}
    for info in filesystem.get_file_info(selector):
        folder, _, name = info.path.rpartition("/")
        is_part = name.endswith(".parquet") and folder[-14:-10] == "day="
        if is_part and (dataset not in APPENDED or swapped.counts(info.path)):
            found.setdefault(folder[-10:], []).append(info)
    return {day: sorted(found[day], key=lambda info: info.path) for day in sorted(found)}


def read_inputs(before: Inputs | None = None) -> Inputs:
    """Every day of every dataset in the lake; what the listing says is unchanged is taken over from before."""
    old = before or Inputs(PARTITIONS.empty_table(), LISTING.empty_table())
    columns = [old.listing["dataset"], old.listing["day"].cast(pa.string()), old.listing["listed"]]
    known = {row: number for number, row in enumerate(zip(*(column.to_pylist() for column in columns), strict=True))}
    filesystem, _ = store.open_lake()
    rows, partitions, listing = [], [], []
    for dataset in CONTRACTS:
        for day, files in _days(dataset).items():
            listed = hash_of(["/".join([f"{info.base_name} {info.size} {info.mtime_ns}" for info in files]).encode()])
            row = known.get((dataset, day, listed))
            if row is None:
                row = len(known) + len(partitions)
                key = {"dataset": dataset, "day": date.fromisoformat(day)}
                count = sum(pq.read_metadata(info.path, filesystem=filesystem).num_rows for info in files)
                content = hash_of(value.encode() for value in sorted(of_files([info.path for info in files])))
                partitions.append(key | {"files": len(files), "rows": count, "hash": content})
                listing.append(key | {"listed": listed})
            rows.append(row)
    order = pa.array(rows, pa.int64())
    new = Inputs(pa.Table.from_pylist(partitions, PARTITIONS), pa.Table.from_pylist(listing, LISTING))
    return Inputs(
        pa.concat_tables([old.partitions, new.partitions]).take(order),
        pa.concat_tables([old.listing, new.listing]).take(order),
    )


def git_revision() -> str | None:
    """The checkout's commit, with -dirty where files differ from it; None outside a checkout or without git."""
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
            cwd=ROOM,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return None
    return done.stdout.strip() or None


def _hash_of_files(paths: Iterable[Path]) -> str:
    return hash_of(part for path in sorted(paths) for part in (path.name.encode(), path.read_bytes()))


def facts(seeds: Iterable[pa.Table]) -> pa.Table:
    """One row: the revision, DuckDB's version, hashes of this room's code and the lake's, of SQL files and seeds.

    The code as it is installed: there may be no revision, and one that ends in -dirty stands for many states.
    """
    row = {
        "git_revision": git_revision(),
        "duckdb_version": duckdb.__version__,
        "code": _hash_of_files([*ROOM.rglob("*.py"), *Path(lake.__file__).parent.rglob("*.py")]),
        "models": _hash_of_files(ROOM.rglob("*.sql")),
        "seeds": hash_of(str(table.to_pylist()).encode() for table in seeds),
    }
    return pa.Table.from_pylist([row], schema=FACTS)
