"""The warehouse's own signal rules on given days, in memory: what simulations and single companies are held against."""

import duckdb
import pandas as pd

from warehouse.macro_files import add_formulas
from warehouse.model_files import in_order, tables_read
from warehouse.tables import add_carried


def signal_runs(days: pd.DataFrame, calendar: pd.DataFrame) -> pd.DataFrame:
    """pair_signal_runs, and the drift, side and p of the day on which each was raised, by the warehouse's models.

    days: rows of pair_days, without those columns that signals do not read. calendar: rows of calendar.
    """
    models = {model.name: model for model in in_order()}
    with duckdb.connect(":memory:") as con:
        con.execute("set threads = 1")
        add_formulas(con)
        con.register("given_days", days)
        con.register("given_calendar", calendar)
        con.execute("""create table pair_days as select * replace (
            published_on::date as published_on, first_on::date as first_on, weight::decimal(18, 12) as weight,
            sentiment_sum::decimal(18, 12) as sentiment_sum, weight_squared::decimal(18, 12) as weight_squared
        ), null::double as sentiment_ewma from given_days""")
        con.execute(
            "create table calendar as select * replace (published_on::date as published_on) from given_calendar"
        )
        add_carried(con, list(models.values()))
        for name in _needed(models):
            kind = "view" if models[name].rebuilt.is_view else "table"
            con.execute(f"create {kind} {name} as {models[name].sql}")
        return con.execute("from pair_signal_runs").df()


def _needed(models: dict) -> list[str]:
    """The models that pair_signal_runs is made of, down to pair_days and calendar, in order."""
    needed, found = ["pair_signal_runs"], set()
    while needed:
        name = needed.pop()
        found.add(name)
        needed += (tables_read(models[name].sql) & models.keys()) - {"pair_days", "calendar"} - found
    return [name for name in models if name in found]
