"""Whether a day of a dataset holds the same as before, told from its files' footers: no row is read.

A footer has row counts, sizes, minima and maxima of every column, and a hash of the rows' bytes. A file that is made of
others with nothing added for its readers, by compaction or by a purge, carries their fingerprints, so that such a day
counts as unchanged.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

import pyarrow.parquet as pq

from lake import store

MADE_OF = b"made_of"
FOOTER_BYTES = 8  # length of the footer and magic word, https://parquet.apache.org/docs/file-format/


def fingerprint(dataset: str, day: date) -> str:
    """16 hex digits: equal where the parts that count, or those that they are made of, are the same."""
    return _hash(value.encode() for value in sorted(of_files(store.parts(dataset, day))))


def of_files(files: Iterable[str]) -> list[str]:
    """The fingerprints of files, each of itself or of what it is made of."""
    return [value for path in files for value in _of_file(path)]


def made_of(files: Iterable[str]) -> dict[str, str]:
    """The metadata of a file that is made of these; see lake.store.move_in."""
    return {MADE_OF.decode(): json.dumps(of_files(files))}


def _of_file(path: str) -> list[str]:
    filesystem, _ = store.open_lake()
    with filesystem.open_input_file(path) as file:
        if made := (pq.read_metadata(file).metadata or {}).get(MADE_OF):
            return json.loads(made)
        size = file.size()
        length = int.from_bytes(file.read_at(4, size - FOOTER_BYTES), "little")
        footer = file.read_at(length, size - FOOTER_BYTES - length)
    return [_hash([store.part_name(path).encode(), footer])]


def _hash(values: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for value in values:
        digest.update(len(value).to_bytes(8, "big") + value)
    return digest.hexdigest()[:16]
