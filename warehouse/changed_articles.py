"""Which articles a build by days makes anew: those of changed days of the lake, and all that tell the same stories.

They lie in the schema part: ids; old, what the file held of them before; lake_<dataset>, their rows of the lake.
"""

import re
from collections.abc import Iterable
from datetime import date

import duckdb

from lake.contracts import CONTRACTS
from warehouse.changes import FullBuildError
from warehouse.lake_files import rows_of_days
from warehouse.model_files import Model

KEPT = "article_id, story_id, lake_days, published_on"
OF_ARTICLE = "article_id in (select article_id from part.ids)"


def datasets_of(models: Iterable[Model]) -> list[str]:
    """Datasets of the lake that models made by article read."""
    found = {source for model in models if model.rebuilt.by == "article_id" for source in model.sources}
    return sorted(source.removeprefix("lake.") for source in found if source.startswith("lake."))


def on_lake(sql: str, kind: str = "lake") -> str:
    """A model's select on the rows of the lake that lie in part as <kind>_<dataset>."""
    return re.sub(r"\blake\.(\w+)", rf"part.{kind}_\1", sql)


def find_articles(
    con: duckdb.DuckDBPyConnection, days: set[date], articles: Model, datasets: list[str]
) -> dict[str, str]:
    """Fills part for these changed days of the lake; returns conditions that the old rows meet, by column."""
    _cut_lake(con, "articles", days, of_ids=False)
    con.execute(f"""create table part.old as
        {_found("article", "part.lake_articles")}
        union
        select {KEPT} from articles
        where fetched_at >= timestamptz '{min(days)} 00:00:00+00' and list_has_any(lake_days, [{listed(days)}])""")
    con.execute("""create table part.ids as
        select article_id from part.lake_articles union select article_id from part.old""")
    _cut_lake(con, "articles", days | _lake_days(con))
    con.execute(f"""create table part.stories as
        select story_id from ({on_lake(articles.sql)}) union select story_id from part.old""")
    con.execute(f"""insert into part.old {_found("story", "part.stories")}
        except from part.old""")
    con.execute("insert into part.ids select article_id from part.old except select article_id from part.ids")
    for dataset in datasets:
        _cut_lake(con, dataset, days | _lake_days(con))
    first, last = con.execute("select min(published_on), max(published_on) from part.old").fetchone()
    return {
        "published_on": f"published_on between date '{first}' and date '{last}'" if first else "false",
        "lake_day": f"lake_day in ({listed(days | _lake_days(con))})",
    }


def listed(days: Iterable[date]) -> str:
    """The days as a list in SQL, without its brackets."""
    return ", ".join(f"date '{day}'" for day in sorted(days))


def _found(what: str, where: str) -> str:
    """A select of the articles whose article or story, as said, is in that table of part.

    For their hashes, and for the rows alone: their columns are read of all others too otherwise.
    """
    return f"""(
        with found as materialized (
            select {KEPT} from articles where rowid in (
                select rowid from articles where {what}_key in (select short_hash({what}_id) from {where})
            )
        )
        from found where {what}_id in (select {what}_id from {where})
    )"""


def _lake_days(con: duckdb.DuckDBPyConnection) -> set[date]:
    """Days of the lake that the old rows came from."""
    return {day for (day,) in con.execute("select distinct unnest(lake_days) from part.old").fetchall()}


def _cut_lake(con: duckdb.DuckDBPyConnection, dataset: str, days: set[date], *, of_ids: bool = True) -> None:
    """part.lake_<dataset>: the rows of these days of the lake, of the articles in part.ids or of all."""
    columns = ", ".join(name for name in [*CONTRACTS[dataset].names, "lake_day"] if name != "body")
    only = f" where {OF_ARTICLE}" if of_ids else ""
    con.execute(
        f"create or replace table part.lake_{dataset} as select {columns} from ({rows_of_days(dataset, days)}){only}"
    )
    if dataset == "articles":
        strange = """select count(*) from part.lake_articles
            where (fetched_at at time zone 'UTC')::date not in (select unnest(?))"""
        if con.execute(strange, [sorted(days)]).fetchone()[0]:
            raise FullBuildError("articles lie in other days of the lake than they were fetched on")
