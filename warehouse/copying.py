"""A file copied and synced beside other work: for a large one that takes as long as the rest of a day's build."""

import errno
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

COPY_BYTES = 1 << 24
SYNC_BYTES = 1 << 26  # fewer at a time would keep a slow disk busy with flushing
SECONDS_BETWEEN_LOOKS = 0.001


@contextmanager
def copying(source: Path, target: Path) -> Iterator[Future]:
    """Copies in the background; the future is done when target is whole.

    Leaving it waits until target is on the disk. It stays open so long: to close a file lets go of every lock that the
    process holds on it, DuckDB's too (POSIX, fcntl). Raises OSError where the disk does not take it, the future where
    the copying fails.
    """
    with source.open("rb") as old, target.open("wb") as new:
        with ThreadPoolExecutor(2) as workers:
            copied = workers.submit(copy_bytes, old, new)
            synced = workers.submit(_sync, new.fileno(), copied)
            yield copied
        synced.result()


def _sync(file: int, copied: Future) -> None:
    """Has the disk write what is there while the rest is copied: DuckDB's first write would wait for all of it."""
    synced = 0
    while wait([copied], SECONDS_BETWEEN_LOOKS).not_done:
        if (size := os.fstat(file).st_size) >= synced + SYNC_BYTES:
            os.fdatasync(file)
            synced = size
    os.fdatasync(file)


def copy_file(source: Path, target: Path) -> None:
    """Copies a file; see copy_bytes."""
    with source.open("rb") as old, target.open("wb") as new:
        copy_bytes(old, new)


def copy_bytes(old: BinaryIO, new: BinaryIO) -> None:
    """Copies an open file within the kernel; where the file system can, its blocks are shared.

    Raises OSError with the name of the new file: a full disk.
    """
    try:
        _copy(old, new)
    except OSError as error:
        raise OSError(error.errno, error.strerror, new.name) from error


def _copy(old: BinaryIO, new: BinaryIO) -> None:
    left = os.fstat(old.fileno()).st_size
    try:
        while left and (done := os.copy_file_range(old.fileno(), new.fileno(), left)):
            left -= done
        if left:
            raise OSError(errno.EINVAL, "the kernel copied a part only", old.name)
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EXDEV, errno.EINVAL, errno.ENOSYS):
            raise
        old.seek(0)
        new.seek(0)
        shutil.copyfileobj(old, new, COPY_BYTES)
        new.flush()
