"""The macros of the published file: formulas that models use, questions to the tables, and tables as of a day.

macros/*.sql are formulas, created before the models. macros/tables/*.sql are questions, created after them; their
header is a model's without grain and sources. The as-of macros are made here from the models' own texts.
"""

import re
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from warehouse.model_files import COLUMN, HEADER_LINE, Model, ModelError, tables_read
from warehouse.tables import EVER

FORMULAS = Path(__file__).parent / "macros"
QUESTIONS = FORMULAS / "tables"
TITLE = re.compile(r"^((\w+)\((.*)\)): (.+)$")
# No pair_signals: DuckDB 2.0 now and then stops in so long a query of its joins ("dict-surviving cache"). Its known_on
# covers all articles about the pair that decided a signal: docs/query.md, 18.
AS_OF = ("company_sentiment_daily", "pair_sentiment_daily", "pair_sentiment_rolling")
# What the lake knew on a day. The other datasets need no cut: models join them by article_id and version. Not cut, for
# nobody keeps their past: the publishers' states, scores and stories, which are as they are today (docs/query.md, 15).
KNOWN = {
    "lake.articles": "select * from lake.articles where known_on <= day::date",
    "lake.raw_articles": "select * from lake.raw_articles "
    "where (fetched_at at time zone 'Europe/Berlin')::date <= day::date",
}


@dataclass(frozen=True)
class Macro:
    """A table macro: its name, its call, what it answers, its columns' docs, the statement that makes it."""

    name: str
    call: str
    description: str
    columns: dict[str, str]
    sql: str


def parse(path: Path) -> Macro:
    """Reads a file of macros/tables. Raises ModelError when its header is not as docs/add-a-model.md says."""
    text = path.read_text(encoding="utf-8")
    lines = []
    for match in map(HEADER_LINE.match, text.splitlines()):
        if not match:
            break
        lines.append(match.group(1))
    title = TITLE.match(lines[0]) if lines else None
    if not title or title.group(2) != path.stem:
        raise ModelError(f"{path}: the first line must be '-- {path.stem}(parameter, …): what it answers'")
    columns: dict[str, str] = {}
    for line in lines[1:]:
        if match := COLUMN.match(line):
            columns[match.group(1)] = match.group(2)
        elif line.startswith("   ") and columns:
            columns[next(reversed(columns))] += f" {line.strip()}"
        elif line.strip():
            raise ModelError(f"{path}: header line '{line}' is no 'column  what it holds' (two blanks between)")
    return Macro(path.stem, title.group(1), title.group(4), columns, text)


def _select(model: Model) -> str:
    """The model's query without header and final order."""
    body = "\n".join(line for line in model.sql.splitlines() if not line.startswith("--"))
    return re.sub(r"\norder by [^\n]*\s*$", "", body)


def as_of(name: str, models: dict[str, Model]) -> Macro:
    """The macro <name>_at(day): the model's own query, and those of the models that it reads, on what was known."""
    needed, found = [name], {name}
    while needed:
        new = (tables_read(models[needed.pop()].sql) & models.keys()) - found
        found |= new
        needed += new
    graph = {model: tables_read(models[model].sql) & models.keys() for model in sorted(found)}
    parts = {source.replace(".", "_"): sql for source, sql in KNOWN.items()}
    for model in found:
        if columns := models[model].rebuilt.carries:
            nulls = re.sub(r"(\w+) (\w+(?:\([^)]*\))?)", r"null::\2 as \1", columns)
            parts[f"before_{model}"] = f"select {nulls} where false"
    parts |= {model: _select(models[model]) for model in TopologicalSorter(graph).static_order()}
    then = ",\n".join(f"{part} as (\n{sql}\n)" for part, sql in parts.items())
    then = re.sub(r"\bbefore\.(\w+)", r"before_\1", then.replace("before.since()", EVER))
    for source in KNOWN:
        then = re.sub(rf"(?<!select \* from ){re.escape(source)}\b", source.replace(".", "_"), then)
    model = models[name]
    return Macro(
        f"{name}_at",
        f"{name}_at(day)",
        f"as {name}, from what was known by the end of a day, with today's publisher states: {model.description}",
        model.columns,
        f"create macro {name}_at(day) as table\nwith {then}\nselect * from {name} order by {', '.join(model.key)}",
    )


def table_macros(models: dict[str, Model]) -> list[Macro]:
    """All table macros: the questions, then the as-of ones."""
    return [*map(parse, sorted(QUESTIONS.glob("*.sql"))), *(as_of(name, models) for name in AS_OF)]


def add_formulas(con: duckdb.DuckDBPyConnection) -> None:
    """Creates the formulas that models use."""
    for path in sorted(FORMULAS.glob("*.sql")):
        con.execute(path.read_text(encoding="utf-8"))


def add_table_macros(con: duckdb.DuckDBPyConnection, models: dict[str, Model]) -> None:
    """Creates the table macros with their comments. Raises ModelError for one that fails."""
    for macro in table_macros(models):
        try:
            con.execute(macro.sql)
        except duckdb.Error as error:
            raise ModelError(f"macro {macro.name}: {error}") from error
        said = f"{macro.call}: {macro.description}".replace("'", "''")
        con.execute(f"comment on macro table {macro.name} is '{said}'")
