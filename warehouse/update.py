"""Brings a copy of the warehouse file up to date by days: only what depends on changed days of the lake is made anew.

Each model says in its header how (docs/add-a-model.md). Its select runs unchanged; what is cut down is what it reads:
the schema `part` holds its sources under their own names and is looked up before main. The rows that it gives replace
those that they came for. The result is the file that a full build gives, row for row.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date

import duckdb

from lake import store
from lake.contracts import CONTRACTS
from warehouse.changes import Changes, FullBuildError
from warehouse.lake_files import quoted
from warehouse.lake_views import add_tables
from warehouse.model_files import Model
from warehouse.run_checks import run_checks
from warehouse.tables import execute


class Update:
    """One build by days: the file, the models in order, and what is known to have changed so far."""

    def __init__(self, con: duckdb.DuckDBPyConnection, models: list[Model], changes: Changes) -> None:
        self.con = con
        self.models = {model.name: model for model in models}
        self.changes = changes
        self.changed = {f"lake.{dataset}" for dataset in changes.days}
        self.days: set[date] = set()  # of publication, on which a row came, went or changed
        self.since: date | None = None
        self.has_articles = False  # articles changed, so part.ids and their rows of the lake are there

    def run(self, say: Callable[[str], None]) -> list[str]:
        """Rebuilds what must be, checks it; returns the warnings of the checks."""
        self.con.execute("create schema part; create schema new")
        self._build_tables()
        articles = self._article_models()
        if any(f"lake.{dataset}" in self.changed for dataset in self._datasets(articles)):
            self._find_articles()
        for model in self.models.values():
            if self._is_due(model):
                rows = self._rebuild(model)
                self.changed.add(model.name)
                say(f"build {model.name}: {rows} rows anew")
        warnings = self._check()
        self.con.execute("drop schema part cascade; drop schema new cascade")
        return warnings

    def _build_tables(self) -> None:
        given = self.changes.inputs
        add_tables(self.con, "build", {"partitions": given.partitions, "listing": given.listing})
        self.con.execute("update build.made set how = 'by days', number = ?", [self.changes.number])
        self.changed |= {"build.partitions"}

    def _article_models(self) -> list[Model]:
        return [model for model in self.models.values() if model.rebuilt.by == "article_id"]

    def _datasets(self, models: Iterable[Model]) -> list[str]:
        found = {source for model in models for source in model.sources if source.startswith("lake.")}
        return sorted(source.removeprefix("lake.") for source in found)

    def _is_due(self, model: Model) -> bool:
        if model.rebuilt.is_view:
            return False
        if model.rebuilt.by == "article_id":
            return self.has_articles
        return bool(self.changed & self._sources(model)) and (model.rebuilt.is_whole or self.since is not None)

    def _sources(self, model: Model) -> set[str]:
        """What a model reads, through views."""
        found = set()
        for source in model.sources:
            known = self.models.get(source)
            found |= self._sources(known) if known and known.rebuilt.is_view else {source}
        return found

    # Which articles, and their rows in the lake

    def _find_articles(self) -> None:
        """part.ids: the articles whose rows may change, and all that tell the same story; their rows of the lake."""
        datasets = self._datasets(self._article_models())
        days = set().union(*(self.changes.days.get(dataset, set()) for dataset in datasets))
        con = self.con
        self._cut_lake("articles", days, ids=None)
        listed = ", ".join(f"date '{day}'" for day in sorted(days))
        con.execute(f"""create table part.ids as select distinct article_id from part.lake_articles
            union select article_id from articles where list_has_any(lake_days, [{listed}])""")
        days |= self._lake_days()
        self._cut_lake("articles", days)
        con.execute(self._cut_sql(self.models["articles"], "create table part.latest as"))
        con.execute("""insert into part.ids select article_id from articles
            where story_id in (
                select story_id from part.latest
                union select story_id from articles semi join part.ids using (article_id)
            ) and article_id not in (select article_id from part.ids)""")
        days |= self._lake_days()
        for dataset in datasets:
            self._cut_lake(dataset, days)
        self.has_articles = True

    def _lake_days(self) -> set[date]:
        sql = "select distinct unnest(lake_days) from articles semi join part.ids using (article_id)"
        return {row[0] for row in self.con.execute(sql).fetchall()}

    def _cut_lake(self, dataset: str, days: set[date], ids: str | None = "part.ids") -> None:
        """part.lake_<dataset>: the rows of these days of the lake, of these articles."""
        files = [path for day in sorted(days) for path in store.parts(dataset, day)]
        rows = f"select * from contracts.{dataset}"
        if files:
            listed = ", ".join(map(quoted, files))
            read = f"read_parquet([{listed}], hive_partitioning = false, union_by_name = true)"
            rows += f" union all by name select * from {read}"
        only = f" semi join {ids} using (article_id)" if ids else ""
        columns = ", ".join(name for name in CONTRACTS[dataset].names if name != "body")
        self.con.execute(f"create or replace table part.lake_{dataset} as select {columns} from ({rows}){only}")
        if dataset == "articles":
            strange = """select count(*) from part.lake_articles
                where (fetched_at at time zone 'UTC')::date not in (select unnest(?))"""
            if self.con.execute(strange, [sorted(days)]).fetchone()[0]:
                raise FullBuildError("articles lie in other days of the lake than they were fetched on")

    # How a model is rebuilt

    def _cut_sql(self, model: Model, head: str) -> str:
        """The model's statement on the sources that are cut down."""
        sql = re.sub(r"\bbefore\.(\w+)", r"part.before_\1", model.sql)
        if model.rebuilt.by == "article_id":
            sql = re.sub(r"\blake\.(\w+)", r"part.lake_\1", sql)
        return f"{head}\n{sql}"

    def _rebuild(self, model: Model) -> int:
        """Makes new.<model>, puts its rows in the place of those that they came for; returns how many they are."""
        con, how = self.con, model.rebuilt
        rows = self._rows(model)
        self._cut_sources(model)
        con.execute("set search_path = 'part,main'")
        execute(con, model, self._cut_sql(model, f"create table new.{model.name} as"))
        con.execute("set search_path = 'main'")
        if how.since:
            con.execute(f"delete from new.{model.name} where not ({rows})")
        if model.name == "calendar" or ("published_on" in model.columns and how.by == "article_id"):
            self._note_days(model, rows)
        con.execute(f"delete from main.{model.name} where {rows}")
        con.execute(f"insert into main.{model.name} by name from new.{model.name}")
        for name in self._views_in_part():
            con.execute(f"drop view part.{name}")
        return con.execute(f"select count(*) from new.{model.name}").fetchone()[0]

    def _views_in_part(self) -> list[str]:
        sql = "select view_name from duckdb_views() where schema_name = 'part'"
        return [name for (name,) in self.con.execute(sql).fetchall()]

    def _rows(self, model: Model) -> str:
        """The condition for the rows of a model that are made anew."""
        how = model.rebuilt
        if how.by == "article_id":
            return "article_id in (select article_id from part.ids)"
        if how.by == "published_on":
            return f"published_on in ({self._listed_days()})"
        if how.by:
            return f"{how.by} in (select {how.by} from part.touched_{how.by})"
        if how.until:
            day = f"date '{self.since}'"
            return f"({how.since} >= {day} or coalesce({how.until}, {day}) >= {day})"
        if how.since:
            return f"{how.since} >= date '{self.since}'"
        return "true"

    def _listed_days(self) -> str:
        return ", ".join(f"date '{day}'" for day in sorted(self.days))

    def _cut_sources(self, model: Model) -> None:
        how = model.rebuilt
        if how.by == "pair_id":
            self.con.execute("""create table part.touched_pair_id as
                select pair_id from new.pair_days union select pair_id from part.pairs_before""")
        if how.carries:
            carried = ", ".join(how.carried)
            before = f"{how.since} < date '{self.since}'"
            if how.until:
                before += f" and coalesce({how.until}, date '{self.since}') >= date '{self.since}'"
            self.con.execute(
                f"create view part.before_{model.name} as select {carried} from main.{model.name} where {before}"
            )
        if self.since:
            self.con.execute(f"create or replace table part.before_since as select date '{self.since}' as since")
        if model.name == "pair_days":
            self.con.execute(
                f"create table part.pairs_before as select distinct pair_id from pair_days where {self._rows(model)}"
            )
        for source in model.sources:
            self._cut_source(model, source)

    def _cut_source(self, model: Model, source: str) -> None:
        """part.<source>: what of a source a model reads; without it the model reads all."""
        known, how = self.models.get(source), model.rebuilt
        if not known or how.is_whole:
            return
        if known.rebuilt.is_view:
            for name in known.sources:
                self._cut_source(model, name)
            self.con.execute(f"set search_path = 'part,main'; create or replace view part.{source} as {known.sql}")
            self.con.execute("set search_path = 'main'")
            return
        where = None
        if known.rebuilt.is_whole:
            return
        if how.by == "article_id" and known.rebuilt.by == "article_id":
            self.con.execute(f"create or replace view part.{source} as from new.{source}")
            return
        if how.by == "published_on" and "published_on" in known.columns:
            where = f"published_on in ({self._listed_days()})"
        elif how.by and how.by in known.columns:
            where = self._rows(model)
        elif how.until and known.rebuilt.until:
            where = self._rows(known)
        elif how.since and how.days is not None and "published_on" in known.columns:
            where = f"published_on >= date '{self.since}' - {how.days}"
        if where:
            self.con.execute(f"create or replace view part.{source} as select * from main.{source} where {where}")

    def _note_days(self, model: Model, rows: str) -> None:
        """Adds the days of publication on which this model's rows differ from before."""
        columns = ", ".join(name for name in model.columns if name != "articles_before")
        old = f"select {columns} from main.{model.name} where {rows}"
        new = f"select {columns} from new.{model.name}"
        sql = f"select published_on from (({old} except all {new}) union all ({new} except all {old}))"
        self.days |= {day for (day,) in self.con.execute(f"select distinct published_on from ({sql})").fetchall()}
        if self.days:
            self.since = min(self.days)

    def _check(self) -> list[str]:
        """The checks, on the rows that were made anew."""
        listed = ", ".join(f"date '{day}'" for day in sorted(self.days)[-1:])  # a view of millions of rows a day
        self.con.execute("set search_path = 'new,main'")
        lake_days = self.changes.days.get("articles", set()) | self.changes.days.get("pair_sentences", set())
        warnings = run_checks(self.con, f"set variable days_looked_at = [{listed}]::date[]", lake_days)
        self.con.execute("set search_path = 'main'")
        return warnings
