"""How a table is brought up to date: the line 'rebuilt:' of a model's header, and which such lines can hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lake.contracts import CONTRACTS

if TYPE_CHECKING:
    from warehouse.model_files import Model

LINE = re.compile(
    r"whole|never, a view: .+|by (?P<by>\w+)"
    r"|from (?P<since>\w+)(?: until (?P<until>\w+))?(?:, (?P<days>\d+) days before)?(?:, carrying (?P<carries>.+))?"
    r"(?:, (?P<follows>\w+) from (?P<leader>\w+))?"
)

OF_LAKE = ("article_id", "lake_day")  # keys of models that may read datasets of the lake


class ModelError(ValueError):
    """A model file or a check that cannot be used: names the file, what is wrong, what to do."""


@dataclass(frozen=True)
class Rebuilt:
    """What of a table is computed anew when articles changed; docs/add-a-model.md says it in words.

    by: rows of this key that changed. since: rows from the first changed day on, this column of theirs. until: and
    rows that were open then. days: sources are read from so many days before on; None: whole. carries: columns, with
    types, of the rows before, which the select reads as before.<model>. follows: the one column that may change in rows
    before, and leader: the source of the same grain that it is taken from; of this the select reads the rows made anew.
    """

    is_view: bool = False
    by: str | None = None
    since: str | None = None
    until: str | None = None
    days: int | None = None
    carries: str = ""
    follows: str | None = None
    leader: str | None = None

    @property
    def is_of_the_lake(self) -> bool:
        """Rows of the lake, each of its day, and of nothing else."""
        return self.by == "lake_day"

    @property
    def is_whole(self) -> bool:
        """Computed anew as a whole, when one of its sources changed."""
        return not (self.is_view or self.by or self.since)

    @property
    def carried(self) -> list[str]:
        """The names of the columns carried."""
        return re.findall(r"(\w+) \w+(?:\([^)]*\))?(?:, |$)", self.carries)


def parse(path: Path, lines: list[str]) -> tuple[Rebuilt, list[str]]:
    """What the line 'rebuilt:' says, which may go on indented, and the lines behind it. Without one: whole."""
    if not lines[0].startswith("rebuilt: "):
        return Rebuilt(), lines
    end = next((number for number, line in enumerate(lines[1:], 1) if not line.startswith("    ")), len(lines))
    said = " ".join(line.strip() for line in lines[:end]).removeprefix("rebuilt: ")
    match = LINE.fullmatch(said)
    if not match:
        raise ModelError(f"{path}: 'rebuilt: {said}' is no way to rebuild a table; docs/add-a-model.md lists them")
    is_view = said.startswith("never")
    parts = match.groupdict()
    days, carries = parts.pop("days"), parts.pop("carries") or ""
    return Rebuilt(is_view=is_view, days=None if days is None else int(days), carries=carries, **parts), lines[end:]


def sources_of(model: "Model", models: Mapping[str, "Model"]) -> set[str]:
    """What a model reads, through views."""
    found = set()
    for source in model.sources:
        known = models.get(source)
        found |= sources_of(known, models) if known and known.rebuilt.is_view else {source}
    return found


def check(models: Mapping[str, "Model"]) -> None:
    """Raises ModelError for a model whose line 'rebuilt:' a build by days could not follow."""
    for model in models.values():
        for what in _unfit(model, models):
            raise ModelError(
                f"warehouse/models/{model.name}.sql: {what}. Leave the line 'rebuilt:' out, and the whole table is "
                f"made anew when a source changed, or choose another one of docs/add-a-model.md"
            )


def _unfit(model: "Model", models: Mapping[str, "Model"]) -> Iterator[str]:
    by, since = model.rebuilt.by, model.rebuilt.since
    follows, leader = model.rebuilt.follows, models.get(model.rebuilt.leader)
    for column in filter(None, (by, since, model.rebuilt.until, follows)):
        if column not in model.columns:
            yield f"it is to be rebuilt by or from {column}, which is none of its columns"
    if follows and not (leader and leader.key == model.key and {since, follows} <= leader.columns.keys()):
        yield f"it takes {follows} from {model.rebuilt.leader}, which has another grain or lacks {follows} or {since}"
    for source in sorted(sources_of(model, models)) if by or since else ():
        known = models.get(source)
        if source.startswith(("before.", "seeds.")) or (known and _is_fixed(known, models)):
            continue
        if model.rebuilt.is_of_the_lake and not source.startswith("lake."):
            yield f"it is to be rebuilt by days of the lake, but {source} is no dataset of it"
        elif by and by not in OF_LAKE and source.startswith("lake."):
            yield f"'rebuilt: by {by}', but {source} is a dataset of the lake, which changes by {' or '.join(OF_LAKE)}"
        elif by and by not in _columns(source, models):
            yield f"'rebuilt: by {by}', but {source} has no column {by} to say which rows change with it"
        if since and (not known or (known.rebuilt.is_whole and "published_on" not in known.columns)):
            yield f"'rebuilt: from {since}', but {source} has no column published_on to say from which day it changed"


def _is_fixed(model: "Model", models: Mapping[str, "Model"]) -> bool:
    """Made of seeds alone: a seed that changed makes the build whole."""
    return all(
        source.startswith("seeds.") or (source in models and _is_fixed(models[source], models))
        for source in model.sources
    )


def _columns(source: str, models: Mapping[str, "Model"]) -> list[str]:
    if source in models:
        return list(models[source].columns)
    contract = CONTRACTS.get(source.removeprefix("lake."))
    return [*contract.names, "lake_day"] if contract else []
