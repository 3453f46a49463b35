"""Files of JSON lines in, files of JSON lines out: for the commands that score sentences given by hand."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class InputError(ValueError):
    """A line that cannot be used: names file, line and what is wrong."""


def convert(source: Path, target: Path, one: Callable[[Row], Row]) -> int:
    """Writes one(row) for every row of source to target, aside and then in one move; returns how many.

    Raises InputError for a line that is no JSON object or that `one` refuses with KeyError, TypeError or ValueError.
    """
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    count = 0
    try:
        with source.open(encoding="utf-8", errors="surrogateescape") as lines, aside.open("w", encoding="utf-8") as out:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    out.write(json.dumps(_converted(source, number, line, one), ensure_ascii=False) + "\n")
                    count += 1
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return count


def _converted(source: Path, number: int, line: str, one: Callable[[Row], Row]) -> Row:
    if any("\udc80" <= character <= "\udcff" for character in line):
        raise InputError(f"{source} line {number}: not UTF-8; convert the file, e.g. with iconv")
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{source} line {number}: no JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(f"{source} line {number}: a JSON object is needed, not {type(row).__name__}")
    try:
        return one(row)
    except KeyError as error:
        raise InputError(f"{source} line {number}: the key {error} is missing; there are {', '.join(row)}") from error
    except (TypeError, ValueError) as error:
        raise InputError(f"{source} line {number}: {error}") from error
