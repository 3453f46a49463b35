"""Files of JSON lines in, files of JSON lines out: for the commands that score sentences given by hand."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class InputError(ValueError):
    """A line that cannot be used: names file, line and what is wrong."""


def read_rows(source: Path, one: Callable[[Row], Any]) -> Iterator[Any]:
    """one(row) for every row of the file.

    Raises InputError for a line that is no JSON object or that `one` refuses with KeyError, TypeError or ValueError.
    """
    with source.open(encoding="utf-8", errors="surrogateescape") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _read(f"{source} line {number}", line, one)


def _read(where: str, line: str, one: Callable[[Row], Any]) -> Any:
    try:
        line.encode()  # fails for what surrogateescape makes of a byte that is not UTF-8
    except UnicodeEncodeError as error:
        raise InputError(f"{where}: not UTF-8; convert the file, e.g. with iconv") from error
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: no JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: a JSON object is needed, not {type(row).__name__}")
    try:
        return one(row)
    except KeyError as error:
        raise InputError(f"{where}: the key {error} is missing; there are {', '.join(row)}") from error
    except (TypeError, ValueError) as error:
        raise InputError(f"{where}: {error}") from error


@contextmanager
def writing(target: Path) -> Iterator[Callable[[Iterable[Row]], int]]:
    """A function that writes rows and returns how many; the file appears in one move when all went well."""
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with aside.open("w", encoding="utf-8") as out:

            def write(rows: Iterable[Row]) -> int:
                return sum(bool(out.write(json.dumps(row, ensure_ascii=False) + "\n")) for row in rows)

            yield write
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def convert(source: Path, target: Path, one: Callable[[Row], Row]) -> int:
    """Writes one(row) for every row of source to target; returns how many. Raises InputError, as read_rows."""
    with writing(target) as write:
        return write(read_rows(source, one))
