"""What a build is made from: the lake's files, seeds, models, the revision. No times: same inputs, same build."""

import hashlib
import subprocess
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs as fs

from lake import store
from lake.contracts import CONTRACTS

ROOM = Path(__file__).parent
FOOTER_BYTES = 8
FACTS = pa.schema([(name, pa.string()) for name in ("git_revision", "duckdb_version", "models", "seeds")])
PARTITIONS = pa.schema(
    [("dataset", pa.string()), ("day", pa.date32()), ("files", pa.int32()), ("rows", pa.int64()), ("hash", pa.string())]
)


def hash_of(parts: Iterable[bytes]) -> str:
    """16 hex digits of SHA-256 over the parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]


def _footer(filesystem: fs.FileSystem, path: str) -> bytes:
    """A Parquet file's footer: row counts, sizes, offsets, minima and maxima. Tells files apart unread."""
    with filesystem.open_input_file(path) as file:
        size = file.size()
        length = int.from_bytes(file.read_at(4, size - FOOTER_BYTES), "little")
        return file.read_at(length, size - FOOTER_BYTES - length)


def partitions() -> pa.Table:
    """Every day of every dataset in the lake, with the number of files and rows and a hash of their footers."""
    rows = []
    for dataset in CONTRACTS:
        for day in store.days(dataset):
            found = store.scan(dataset, [day])
            if not isinstance(found, ds.FileSystemDataset):
                continue
            names = [path.rsplit("/", 1)[1].encode() for path in found.files]
            footers = [_footer(found.filesystem, path) for path in found.files]
            rows.append(
                {
                    "dataset": dataset,
                    "day": day,
                    "files": len(names),
                    "rows": found.count_rows(),
                    "hash": hash_of([*names, *footers]),
                }
            )
    return pa.Table.from_pylist(rows, schema=PARTITIONS)


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


def facts(seeds: Iterable[pa.Table]) -> pa.Table:
    """One row: the revision, DuckDB's version, hashes of this room's SQL files and of the seeds."""
    models = (part for path in sorted(ROOM.rglob("*.sql")) for part in (path.stem.encode(), path.read_bytes()))
    row = {
        "git_revision": git_revision(),
        "duckdb_version": duckdb.__version__,
        "models": hash_of(models),
        "seeds": hash_of(str(table.to_pylist()).encode() for table in seeds),
    }
    return pa.Table.from_pylist([row], schema=FACTS)
