"""What the checks look at: in a full build a part of each large table, in a build by days the rows made anew.

Each of the two leaves behind the variables days_looked_at and last_hash and the temporary views pairs_looked_at (pairs
that the views on pairs are asked for) and bodies_looked_at (articles with their texts; none from s3).
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from lake import store
from warehouse.lake_files import quoted
from warehouse.model_files import Model

DAYS = 3  # days of publication on which views are looked at
BODY_DAYS = 8  # days of the lake whose texts are looked at
MANY_PAIRS = 20_000  # pairs from which on views are looked at in part
PART = 16
MOST_PAIRS = 2_000  # of those that changed: so many are looked at
WINDOW_DAYS = 91  # the longest window that a view sums over
SPREAD_DAYS = f"""set variable days_looked_at = (
    select coalesce(list(published_on), []) from (
        select published_on from calendar
        qualify row_number() over (order by published_on) % greatest(1, count(*) over () // {DAYS}) = 0
            or published_on = max(published_on) over ()
    )
)"""


def look_at_a_part(con: duckdb.DuckDBPyConnection) -> None:
    """The same part each time: views on a few days, and of many pairs at every sixteenth."""
    con.execute(SPREAD_DAYS)
    _set_last_hash(con, f"if(count(*) > {MANY_PAIRS}, {PART}, 1)", "main.pairs")
    con.execute("""create or replace temp view pairs_looked_at as
        from main.pairs where hash(pair_id) <= getvariable('last_hash')""")
    _add_bodies(con, store.days("articles"))


def look_at_changes(
    con: duckdb.DuckDBPyConnection, models: Iterable[Model], days: Iterable[date], lake_days: Iterable[date]
) -> None:
    """Rows made anew lie in the schema new already. Added to it: no rows of tables that stayed as they were, and the
    views on pairs as they show the pairs of part.touched_pair_id, on the last of these days of publication."""
    listed = ", ".join(f"date '{day}'" for day in sorted(days))
    last = f"""select coalesce(list(published_on), []) from (
        select published_on from main.calendar
        order by contains([{listed}]::date[], published_on) desc, published_on desc limit 1
    )"""
    con.execute(f"set variable days_looked_at = ({last})")
    _set_last_hash(con, f"1 + count(distinct pair_id) // {MOST_PAIRS}", "part.touched_pair_id")
    con.execute("""create schema seen;
        create table seen.pairs as from main.pairs where hash(pair_id) <= getvariable('last_hash')
            and pair_id in (select pair_id from part.touched_pair_id)""")
    con.execute(f"""create table seen.pair_days as from main.pair_days where pair_id in (select pair_id from seen.pairs)
        and published_on > list_min(getvariable('days_looked_at')) - {WINDOW_DAYS}""")
    for model in ("company_windows", "company_sentiment_daily"):  # rows of every company and day, checks want a few
        con.execute(f"""create table seen.{model} as from main.{model} where published_on
            between list_min(getvariable('days_looked_at')) and list_max(getvariable('days_looked_at'))""")
    con.execute("create or replace temp view pairs_looked_at as from seen.pairs")
    seen, made = _tables(con, "seen"), _tables(con, "new")
    for model in models:
        if model.name not in seen:  # a view's sources are looked for in its own schema first
            con.execute(
                f"create view seen.{model.name} as {model.sql if model.rebuilt.is_view else f'from main.{model.name}'}"
            )
        if model.rebuilt.is_view:
            con.execute(f"create view new.{model.name} as from seen.{model.name}")
        elif model.name not in made:
            con.execute(f"create view new.{model.name} as from main.{model.name} limit 0")
    _add_bodies(con, lake_days)


def _tables(con: duckdb.DuckDBPyConnection, schema: str) -> set[str]:
    sql = "select table_name from duckdb_tables() where schema_name = ?"
    return {name for (name,) in con.execute(sql, [schema]).fetchall()}


def _set_last_hash(con: duckdb.DuckDBPyConnection, parts: str, pairs: str) -> None:
    """Pairs are looked at whose hash is not above it: a comparison, for views let it through to their tables."""
    con.execute(f"set variable last_hash = (select {2**64 - 1}::ubigint // ({parts}) from {pairs})")


def _add_bodies(con: duckdb.DuckDBPyConnection, lake_days: Iterable[date]) -> None:
    """The view bodies_looked_at: of at most BODY_DAYS of these days of the lake."""
    found = sorted(lake_days)
    days = found[:: -(-len(found) // BODY_DAYS) or 1]
    files = [path for day in days for path in store.parts("articles", day)] if "://" not in store.lake_dir() else []
    rows = "select article_id, version, title, body from contracts.articles"
    if files:
        rows = f"select article_id, version, title, body from read_parquet([{', '.join(map(quoted, files))}])"
    con.execute(f"create or replace temp view bodies_looked_at as {rows}")
