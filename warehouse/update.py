"""Brings a copy of the warehouse file up to date by days: only what depends on changed days of the lake is made anew.

Each model says in its header how (docs/add-a-model.md). Its select runs unchanged; what is cut down is what it reads:
the schema `part` holds its sources under their own names and is looked up before main. The rows that it gives replace
those that they came for. The result is the file that a full build gives, row for row.
"""

import re
from collections.abc import Callable
from datetime import date

import duckdb

from warehouse.changed_articles import OF_ARTICLE, datasets_of, find_articles, listed, on_lake
from warehouse.changes import Changes
from warehouse.lake_files import rows_of_days
from warehouse.lake_views import add_tables
from warehouse.looked_at import look_at_changes
from warehouse.model_files import Model
from warehouse.rebuilding import sources_of
from warehouse.run_checks import run_checks
from warehouse.tables import EVER, execute

OF_THEIR_OWN = ("article_id", "published_on", "lake_day")  # keys whose changes are not looked up in part.touched_<key>


class Update:
    """One build by days: the file, the models in order, and what is known to have changed so far."""

    def __init__(self, con: duckdb.DuckDBPyConnection, models: list[Model], changes: Changes) -> None:
        self.con = con
        self.models = {model.name: model for model in models}
        self.changes = changes
        self.changed = {f"lake.{dataset}" for dataset in changes.days}
        self.days: set[date] = set()  # of publication, on which a row came, went or changed
        self.since: date | None = None
        self.old: dict[str, str] | None = None  # conditions by column: changed articles' old rows; None: none changed
        self.key_sources: dict[str, set[str]] = {}  # of models that are made anew by a key: where it changes
        for model in models:
            if model.rebuilt.by and model.rebuilt.by not in OF_THEIR_OWN:
                key = model.rebuilt.by
                read = sources_of(model, self.models) & self.models.keys()
                if sources := {name for name in read if key in self.models[name].columns}:  # none: seeds alone
                    self.key_sources.setdefault(key, set()).update(sources)
        self.dated = {  # sources of the models that are made anew by day of publication
            source
            for model in models
            if model.rebuilt.since or model.rebuilt.by == "published_on"
            for source in sources_of(model, self.models)
        }

    def run(self, say: Callable[[str], None]) -> list[str]:
        """Rebuilds what must be, checks it; returns the warnings of the checks."""
        self.con.execute("create schema part; create schema new")
        self._build_tables()
        for key, sources in self.key_sources.items():
            self.con.execute(f"create table part.touched_{key} as select {key} from main.{min(sources)} limit 0")
        datasets = datasets_of(self.models.values())
        if days := set().union(*(self.changes.days.get(dataset, set()) for dataset in datasets)):
            self.old = find_articles(self.con, days, self.models["articles"], datasets)
        for model in self.models.values():
            if self._is_due(model):
                rows = self._rebuild(model)
                self.changed.add(model.name)
                say(f"build {model.name}: {rows} rows anew")
        warnings = self._check()
        self.con.execute("drop schema part cascade; drop schema new cascade; drop schema seen cascade")
        return warnings

    def _build_tables(self) -> None:
        given = self.changes.inputs
        tables = {"facts": self.changes.facts, "partitions": given.partitions, "listing": given.listing}
        add_tables(self.con, "build", tables)
        self.con.execute("update build.made set how = 'by days', number = ?", [self.changes.number])
        self.changed |= {"build.facts", "build.partitions"}

    def _is_due(self, model: Model) -> bool:
        if model.rebuilt.is_view:
            return False
        if model.rebuilt.by == "article_id":
            return self.old is not None
        if model.rebuilt.is_of_the_lake:
            return bool(self._lake_days(model))
        is_touched = bool(self.changed & sources_of(model, self.models))
        is_dated = model.rebuilt.since or model.rebuilt.by == "published_on"
        return is_touched and (not is_dated or self.since is not None)

    def _rebuild(self, model: Model) -> int:
        """Makes new.<model>, puts its rows in the place of those that they came for; returns how many they are."""
        con = self.con
        rows = self._rows(model)
        self._cut_sources(model)
        sql = re.sub(r"\bbefore\.(\w+)", r"part.before_\1", model.sql)
        con.execute("set search_path = 'part,main'")
        if model.rebuilt.by == "article_id" or model.rebuilt.is_of_the_lake:
            sql = on_lake(sql, "lake" if model.rebuilt.by == "article_id" else "days")
        execute(con, model, f"create table new.{model.name} as\n{sql}")
        con.execute("set search_path = 'main'")
        if model.rebuilt.since:
            con.execute(f"delete from new.{model.name} where not ({rows})")
        self._note(model, rows)
        con.execute(f"delete from main.{model.name} where {rows}")
        con.execute(f"insert into main.{model.name} by name from new.{model.name}")
        if model.rebuilt.leader in self.changed:
            self._follow(model)
        for name in self._views_in_part():
            con.execute(f"drop view part.{name}")
        return con.execute(f"select count(*) from new.{model.name}").fetchone()[0]

    def _follow(self, model: Model) -> None:
        """Brings the column that may change in rows before up to date."""
        column, same = model.rebuilt.follows, " and ".join(f"t.{key} = l.{key}" for key in model.key)
        self.con.execute(f"""update main.{model.name} as t set {column} = l.{column}
            from new.{model.rebuilt.leader} as l where {same} and t.{column} is distinct from l.{column}""")

    def _views_in_part(self) -> list[str]:
        sql = "select view_name from duckdb_views() where schema_name = 'part'"
        return [name for (name,) in self.con.execute(sql).fetchall()]

    def _rows(self, model: Model) -> str:
        """The condition for the rows of a model that are made anew."""
        how = model.rebuilt
        if how.by == "article_id":
            known = [self.old[column] for column in self.old if column in model.columns and column not in model.key]
            return " and ".join([*known, OF_ARTICLE])  # it follows from the last; the others say where to look
        if how.is_of_the_lake:
            return f"lake_day in ({listed(self._lake_days(model))})"
        if how.by == "published_on":
            return f"published_on in ({listed(self.days)})"
        if how.by:
            return f"{how.by} in (select {how.by} from part.touched_{how.by})"
        if how.until:
            day = f"date '{self.since}'"
            return f"({how.since} >= {day} or coalesce({how.until}, {day}) >= {day})"
        if how.since:
            return f"{how.since} >= date '{self.since}'"
        return "true"

    # What a model reads

    def _cut_sources(self, model: Model) -> None:
        how = model.rebuilt
        if how.carries:
            carried = ", ".join(how.carried)
            before = f"{how.since} < date '{self.since}'"
            if how.until:
                before += f" and coalesce({how.until}, date '{self.since}') >= date '{self.since}'"
            self.con.execute(
                f"create view part.before_{model.name} as select {carried} from main.{model.name} where {before}"
            )
        since = f"date '{self.since}'" if how.since else EVER  # by key: all that there is of a key
        self.con.execute(f"create or replace macro part.before_since() as {since}")
        for source in model.sources:
            if how.is_of_the_lake:
                self._cut_lake(model, source.removeprefix("lake."))
            else:
                self._cut_source(model, source)

    def _cut_lake(self, model: Model, dataset: str) -> None:
        """part.days_<dataset>: what a model reads of a dataset that is made of days of the lake and nothing else."""
        self.con.execute(f"create view part.days_{dataset} as {rows_of_days(dataset, self._lake_days(model))}")

    def _lake_days(self, model: Model) -> set[date]:
        """Days of the lake on which one of a model's datasets changed."""
        return set().union(*(self.changes.days.get(name.removeprefix("lake."), set()) for name in model.sources))

    def _cut_source(self, model: Model, source: str) -> None:
        """part.<source>: what of a source a model reads; without it the model reads all."""
        known, how = self.models.get(source), model.rebuilt
        if not known or how.is_whole or known.rebuilt.is_whole:
            return
        if known.rebuilt.is_view:
            for name in known.sources:
                self._cut_source(model, name)
            self.con.execute(f"set search_path = 'part,main'; create or replace view part.{source} as {known.sql}")
            self.con.execute("set search_path = 'main'")
            return
        where = None
        if how.by == known.rebuilt.by == "article_id":
            self.con.execute(f"create or replace view part.{source} as from new.{source}")
        elif how.by:
            where = OF_ARTICLE if how.by == "article_id" else self._rows(model)
        elif how.leader == source:
            where = self._rows(model)
        elif how.days is not None and "published_on" in known.columns:
            where = f"published_on >= date '{self.since}' - {how.days}"
        if where:
            self.con.execute(f"create or replace view part.{source} as select * from main.{source} where {where}")

    # What has changed

    def _note(self, model: Model, rows: str) -> None:
        """Notes what the difference of new.<model> to the rows before means for the models that read it."""
        for key, sources in self.key_sources.items():
            if model.name in sources and key in model.columns:
                self.con.execute(f"""insert into part.touched_{key} from (
                    select {key} from new.{model.name} union select {key} from main.{model.name} where {rows}
                ) except from part.touched_{key}""")
        if model.name not in self.dated or "published_on" not in model.columns or model.rebuilt.since:
            return
        old, new = f"from main.{model.name} where {rows}", f"from new.{model.name}"
        sql = f"select distinct published_on from (({old} except all {new}) union all ({new} except all {old}))"
        changed = {day for (day,) in self.con.execute(sql).fetchall()}
        if not model.rebuilt.is_whole:  # a whole table's rows may differ on all later days, as running sums do
            self.days |= changed
        if changed:
            self.since = min(changed | ({self.since} if self.since else set()))

    def _check(self) -> list[str]:
        """The checks, on the rows that were made anew."""
        lake_days = self.changes.days.get("articles", set()) | self.changes.days.get("pair_sentences", set())
        look_at_changes(self.con, self.models.values(), self.days, lake_days)
        self.con.execute("set search_path = 'new,main'")
        warnings = run_checks(self.con)
        self.con.execute("set search_path = 'main'")
        return warnings
