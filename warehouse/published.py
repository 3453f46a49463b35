"""Opens the published file to read it."""

from pathlib import Path

import duckdb


def open_published(path: Path | str) -> duckdb.DuckDBPyConnection:
    """Opens a warehouse file read-only, and again where a build put a new one in its place meanwhile.

    DuckDB 2.0 opens a file three times: for its magic bytes, for its header, for the rest. Between the last two it may
    have been replaced; the header of the old file with the blocks of the new one is an error at best. Raises
    duckdb.Error where the file cannot be opened.
    """
    path = Path(path)
    while True:
        before = _identity(path)
        try:
            con = duckdb.connect(str(path), read_only=True)
        except duckdb.Error:
            if _identity(path) == before:
                raise
            continue
        if _identity(path) == before:
            return con
        con.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that is put in its place; None: there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns
