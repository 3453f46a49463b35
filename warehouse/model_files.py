"""Model files: a header that says grain, sources and columns, then one select. The build reads both."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import duckdb

from warehouse import rebuilding
from warehouse.rebuilding import ModelError, Rebuilt

FOLDER = Path(__file__).parent / "models"
HEADER_LINE = re.compile(r"^--\s?(.*)$")
GRAIN = re.compile(r"^grain:\s*(.+\(([\w, ]+)\))$")
COLUMN = re.compile(r"^(\w+) {2,}(\S.*)$")


@dataclass(frozen=True)
class Model:
    """One table or view: its name, what it says of itself, its columns' docs, and the select that makes it."""

    name: str
    description: str
    grain: str
    key: tuple[str, ...]
    sources: tuple[str, ...]
    rebuilt: Rebuilt
    columns: dict[str, str]
    sql: str


def _header(path: Path, text: str) -> list[str]:
    lines = []
    for line in text.splitlines():
        match = HEADER_LINE.match(line)
        if not match:
            break
        lines.append(match.group(1))
    if len(lines) < 4 or not lines[0].startswith(f"{path.stem}: "):
        raise ModelError(f"{path}: the first line must be '-- {path.stem}: what the table is', then grain and sources")
    return lines


def parse(path: Path) -> Model:
    """Reads a model file. Raises ModelError when the header is not as docs/add-a-model.md says."""
    text = path.read_text(encoding="utf-8")
    lines = _header(path, text)
    grain = GRAIN.match(lines[1])
    if not grain:
        raise ModelError(f"{path}: the second line must be '-- grain: one row per … (column, column)'")
    if not lines[2].startswith("sources: "):
        raise ModelError(f"{path}: the third line must be '-- sources: table, table'")
    rebuilt, rest = rebuilding.parse(path, lines[3:])
    columns = {}
    for line in rest:
        if match := COLUMN.match(line):
            columns[match.group(1)] = match.group(2)
        elif line.strip():
            raise ModelError(f"{path}: header line '{line}' is no 'column  what it holds' (two blanks between)")
    return Model(
        name=path.stem,
        description=lines[0].split(": ", 1)[1],
        grain=grain.group(1),
        key=tuple(name.strip() for name in grain.group(2).split(",")),
        sources=tuple(sorted(name.strip() for name in lines[2].removeprefix("sources: ").split(","))),
        rebuilt=rebuilt,
        columns=columns,
        sql=text,
    )


def _named(node: object) -> Iterator[tuple[str, str]]:
    """(kind, name) of every table reference and common table expression in a serialized query."""
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE":
            schema = f"{node['schema_name']}." if node.get("schema_name") else ""
            yield "table", schema + node["table_name"]
        for entry in (node.get("cte_map") or {}).get("map", []):
            yield "cte", entry["key"]
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _named(child)


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:")


@cache
def tables_read(sql: str) -> frozenset[str]:
    """Names of the tables that a select reads, with their schema where it names one."""
    tree = json.loads(_parser().execute("select json_serialize_sql(?)", [sql]).fetchone()[0])
    if tree["error"]:
        raise ModelError(f"no select that DuckDB can read: {tree['error_message']}")
    found = set(_named(tree["statements"]))
    return frozenset(name for kind, name in found if kind == "table" and ("cte", name) not in found)


def in_order() -> list[Model]:
    """All models, each after the models that it reads. Raises ModelError for a circle, or a header that cannot hold."""
    models = {path.stem: parse(path) for path in sorted(FOLDER.glob("*.sql"))}
    for model in models.values():
        if sorted(tables_read(model.sql)) != list(model.sources):
            raise ModelError(
                f"warehouse/models/{model.name}.sql: the header names the sources {', '.join(model.sources)}; "
                f"the select reads {', '.join(sorted(tables_read(model.sql)))}"
            )
    graph = {name: sorted(tables_read(model.sql) & models.keys()) for name, model in models.items()}
    try:
        ordered = [models[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise ModelError(f"models read each other in a circle: {' -> '.join(error.args[1])}") from error
    rebuilding.check(models)
    return ordered
