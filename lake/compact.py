"""The many small parts of a day as one: a crawl lands a file per publisher and half minute, and readers open them all.

Rows stay as they are. Parts of an archive stay too: their names say how far the archive was read. How readers never see
a row twice or not at all stands in lake.swaps. Ended at any point, a compaction is completed by the next one.
"""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pyarrow.fs as fs

from lake import store
from lake.contracts import ContractError, contract
from lake.fingerprints import made_of
from lake.swaps import APPENDED, COMPACTED, FOLDER, SCHEMA, Swapped, in_dataset, is_compacted, swap_files, swap_rows

AGE_DAYS = 7  # younger days are still being landed, scored, looked at
LEAD = timedelta(minutes=1)  # from writing a swap until it holds: longer than two looks of one reader lie apart
GRACE = timedelta(days=1)  # replaced parts stay for who has just opened them
ARCHIVE = "archive~"


def compact(before: date, say: Callable[[str], None] = print) -> int:
    """Compacts the days before a day in all datasets that grow; returns how many parts became part of another.

    First removes what earlier compactions replaced more than GRACE ago.
    """
    count = 0
    for dataset in APPENDED:
        removed = remove_replaced(dataset)
        found = [day for day in store.days(dataset) if day < before]
        swapped = [
            (c, parts) for day in found if (parts := _small_parts(dataset, day)) and (c := _merge(dataset, parts))
        ]
        replaced = [part for _, parts in swapped for part in parts]
        if swapped:
            _write_swap(dataset, [c for c, _ in swapped], replaced)
        count += len(replaced)
        say(
            f"compact {dataset}: {len(swapped)} of {len(found)} days before {before}, "
            f"{len(replaced)} parts into {len(swapped)}; {removed} parts replaced earlier are removed"
        )
    return count


def _small_parts(dataset: str, day: date) -> list[str]:
    """The parts of the day to be made one; none where there is one only."""
    parts = [path for path in store.parts(dataset, day) if not store.part_name(path).startswith(ARCHIVE)]
    return parts if len(parts) > 1 else []


def _merge(dataset: str, parts: list[str]) -> str:
    """Writes the compacted part, which does not count before a swap says so; returns its address.

    Its name is made of the parts', so that a compaction that was ended goes on with what it has written.
    """
    filesystem, _ = store.open_lake()
    sizes = [f"{in_dataset(info.path)} {info.size}\n" for info in filesystem.get_file_info(parts)]
    name = hashlib.sha256("".join(sizes).encode()).hexdigest()[:16]
    target = f"{parts[0].rsplit('/', 1)[0]}/{COMPACTED}{name}.parquet"
    if filesystem.get_file_info(target).type == fs.FileType.NotFound:
        rows = store.in_row_groups(store.files_dataset(dataset, parts))
        store.move_in(contract(dataset), rows, target, made_of(parts))
    return target


def _write_swap(dataset: str, compacted: list[str], replaced: list[str]) -> None:
    at = datetime.now(UTC) + LEAD
    rows = [{"file": in_dataset(path), "counts": True, "holds_at": at} for path in compacted]
    rows += [{"file": in_dataset(path), "counts": False, "holds_at": at} for path in replaced]
    _, root = store.open_lake()
    digest = hashlib.sha256("".join(sorted(compacted)).encode()).hexdigest()[:8]
    _move_in_swap(f"{root}/{dataset}/{FOLDER}/{at:%Y%m%dT%H%M%SZ}-{digest}.parquet", rows)


def _move_in_swap(target: str, rows: Iterable[dict]) -> None:
    store.move_in(SCHEMA, [pa.Table.from_pylist(list(rows), schema=SCHEMA)], target)


def remove_replaced(dataset: str) -> int:
    """Removes parts that were replaced more than GRACE ago, and compacted ones that never came to count.

    Raises ContractError, and removes nothing, where the part that should hold the rows is missing.
    """
    filesystem, root = store.open_lake()
    then = datetime.now(UTC) - GRACE
    named: set[str] = set()
    count = 0
    for swap in swap_files(dataset, filesystem, root):
        rows = swap_rows([swap], filesystem)
        named |= {row["file"] for row in rows}
        old = {row["file"] for row in rows if not row["counts"] and row["holds_at"] <= then}
        if old:
            _check_compacted(dataset, swap, [row["file"] for row in rows if row["counts"]])
            count += sum(_delete(f"{root}/{dataset}/{file}") for file in sorted(old))
            # It keeps its name, for others may be about to read it
            _move_in_swap(swap, [row for row in rows if row["file"] not in old])
    for day in store.days(dataset):
        for info in filesystem.get_file_info([path for path in store.all_files(dataset, day) if is_compacted(path)]):
            if in_dataset(info.path) not in named and info.mtime <= then:
                filesystem.delete_file(info.path)
    return count


def _delete(path: str) -> bool:
    """Whether there was a file to delete."""
    filesystem, _ = store.open_lake()
    if filesystem.get_file_info(path).type == fs.FileType.NotFound:
        return False
    filesystem.delete_file(path)
    return True


def _check_compacted(dataset: str, swap: str, compacted: list[str]) -> None:
    filesystem, root = store.open_lake()
    replaced_later = Swapped.read(dataset, filesystem, root).replaced
    for file in set(compacted) - replaced_later:
        if filesystem.get_file_info(f"{root}/{dataset}/{file}").type == fs.FileType.NotFound:
            raise ContractError(
                f"{root}/{dataset}/{file}: missing, though {swap} says that it holds the rows of compacted parts; "
                f"remove that swap, so that the parts count again, and compact anew"
            )
