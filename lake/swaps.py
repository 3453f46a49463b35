"""Which parts count, where the many small parts of a day were compacted into one.

Nothing can swap several files for one in a single step, so the step is a file of its own: LAKE_DIR/<dataset>/_swaps
holds small Parquet files that name compacted parts (`counts`), those that they replace (not `counts`), and the moment
from which that holds. The rule for every reader, the warehouse's views among them:

- a part named `compacted-…` counts from the moment on at which a swap names it,
- any other part counts until a swap names it as replaced.

Before the moment comes, the compacted part is in its folder already; after it, the replaced parts stay for a day. So a
reader may list the folder and read the swaps in any order and at any time, and finds each row once. Swaps are sets of
names: two that say the same do no harm.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs as fs

FOLDER = "_swaps"
COMPACTED = "compacted-"
APPENDED = ("raw_articles", "reparsed_articles", "crawl_runs", "crawl_permissions")  # the others are one file a day
SCHEMA = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),  # day=YYYY-MM-DD/<part>.parquet
        pa.field("counts", pa.bool_(), nullable=False),
        pa.field("holds_at", pa.timestamp("us", tz="UTC"), nullable=False),
    ]
)


@dataclass(frozen=True)
class Swapped:
    """The files that a dataset's swaps name, as day=…/<part>.parquet: compacted ones that count, replaced ones."""

    compacted: frozenset[str]
    replaced: frozenset[str]

    @classmethod
    def read(cls, dataset: str, filesystem: fs.FileSystem, root: str) -> "Swapped":
        """What holds now."""
        rows = swap_rows(swap_files(dataset, filesystem, root), filesystem)
        now = datetime.now(UTC)
        held = [(row["file"], row["counts"]) for row in rows if row["holds_at"] <= now]
        return cls(frozenset(f for f, counts in held if counts), frozenset(f for f, counts in held if not counts))

    def counts(self, path: str) -> bool:
        """Whether the file at this address counts."""
        file = in_dataset(path)
        return file not in self.replaced and (not is_compacted(file) or file in self.compacted)


def in_dataset(path: str) -> str:
    """A file's address below its dataset: day=…/<part>.parquet."""
    return "/".join(path.rsplit("/", 2)[1:])


def is_compacted(path: str) -> bool:
    return path.rsplit("/", 1)[1].startswith(COMPACTED)


def swap_files(dataset: str, filesystem: fs.FileSystem, root: str) -> list[str]:
    """Addresses of the dataset's swaps."""
    if dataset not in APPENDED:
        return []
    found = filesystem.get_file_info(fs.FileSelector(f"{root}/{dataset}/{FOLDER}", allow_not_found=True))
    return sorted(info.path for info in found if info.base_name.endswith(".parquet"))


def swap_rows(files: list[str], filesystem: fs.FileSystem) -> list[dict]:
    """The rows of these swaps: file, counts, holds_at."""
    return (
        ds.dataset(files, schema=SCHEMA, format="parquet", filesystem=filesystem).to_table().to_pylist()
        if files
        else []
    )
