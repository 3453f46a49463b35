"""What a build is made from: the lake's files, seeds, models, the revision. No times: same inputs, same build."""

import hashlib
import subprocess
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from lake import store
from lake.contracts import CONTRACTS
from lake.fingerprints import fingerprint

ROOM = Path(__file__).parent
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


def partitions() -> pa.Table:
    """Every day of every dataset in the lake, with the number of files and rows and its fingerprint."""
    rows = []
    for dataset in CONTRACTS:
        for day in store.days(dataset):
            found = store.scan(dataset, [day])
            if not isinstance(found, ds.FileSystemDataset):
                continue
            rows.append(
                {
                    "dataset": dataset,
                    "day": day,
                    "files": len(found.files),
                    "rows": found.count_rows(),
                    "hash": fingerprint(dataset, day),
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
