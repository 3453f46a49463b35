"""Makes models in a file: a table or a view, with the comments that its header holds."""

import duckdb

from warehouse.lake_files import quoted
from warehouse.model_files import Model, ModelError

EVER = "date '0001-01-01'"


def execute(con: duckdb.DuckDBPyConnection, model: Model, statement: str) -> None:
    """Runs a statement of a model. Raises ModelError that names its file."""
    try:
        con.execute(statement)
    except duckdb.Error as error:
        raise ModelError(f"warehouse/models/{model.name}.sql: {error}") from error


def add_carried(con: duckdb.DuckDBPyConnection, models: list[Model]) -> None:
    """Creates before.<model> for each model that carries rows on: empty, for a full build starts with none.

    before.since() is the first day of publication to be made anew: here before all days.
    """
    con.execute("create schema if not exists before")
    con.execute(f"create macro before.since() as {EVER}")
    for model in models:
        if model.rebuilt.carries:
            con.execute(f"create table before.{model.name} ({model.rebuilt.carries})")


def add_model(con: duckdb.DuckDBPyConnection, model: Model) -> str:
    """Creates the model with its comments; returns how many rows it has.

    Raises ModelError where header and select differ.
    """
    kind = "view" if model.rebuilt.is_view else "table"
    execute(con, model, f"create {kind} main.{model.name} as {model.sql}")
    found = [row[0] for row in con.execute(f"describe main.{model.name}").fetchall()]
    if found != list(model.columns):
        raise ModelError(
            f"warehouse/models/{model.name}.sql: the header describes {', '.join(model.columns)}; "
            f"the select gives {', '.join(found)}"
        )
    con.execute(f"comment on {kind} main.{model.name} is {quoted(f'{model.description} Grain: {model.grain}')}")
    for column, doc in model.columns.items():
        con.execute(f"comment on column main.{model.name}.{column} is {quoted(doc)}")
    if model.rebuilt.is_view:
        return "a view"
    return f"{con.execute(f'select count(*) from main.{model.name}').fetchone()[0]} rows"
