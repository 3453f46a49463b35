"""Drops texts whose time is over, or that someone asks us to delete; addresses, times, titles, figures remain.

Retention drops html and body of raw_articles and reparsed_articles, body of articles, row of quarantine; excerpts of at
most 160 characters stay. A deletion on request drops the excerpts too. Each file is written anew beside the old one and
moved over it: ended at any point, nothing is half, and the next purge completes it. Rows are marked with `purged_at`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from operator import or_
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from lake import store
from lake.addresses import canonical_url
from lake.contracts import TIMESTAMP, ContractError, contract
from lake.fingerprints import made_of

TEXTS = {
    "raw_articles": ("html", "body"),
    "reparsed_articles": ("body",),
    "articles": ("body",),
    "quarantine": ("row",),
}
EXCERPTS = {"pair_sentences": "excerpt", "company_candidates": "excerpt"}
NO_EXCERPT = "…"  # the contract wants one


@dataclass
class Purged:
    """What a purge did, or would do, to one dataset."""

    dataset: str
    rows: int = 0
    files: int = 0
    bytes_before: int = 0
    bytes_after: int = 0

    def __str__(self) -> str:
        freed = (self.bytes_before - self.bytes_after) / 2**20
        return f"{self.dataset}: {self.rows:,} rows in {self.files:,} files, {freed:,.1f} MB freed"


def uncleaned_days(before: date) -> list[date]:
    """The days before a day with pages that were not cleaned or not scored yet: their texts would be lost unread.

    Archives land such days long after the day that they were fetched on.
    """
    found = [day for day in store.days("raw_articles") if day < before]
    return [
        day for day in found if (pages := _landed_pages(day)) and (pages - _judged_pages(day) or not _is_scored(day))
    ]


def _landed_pages(day: date) -> set[tuple[str, str]]:
    rows = store.read("raw_articles", [day], ["url", "run_id"], _texts_to_drop("raw_articles")).to_pylist()
    return {(canonical_url(row["url"]), row["run_id"]) for row in rows}


def _judged_pages(day: date) -> set[tuple[str, str]]:
    """Every landed page becomes an article or is refused."""
    names = ("articles", "quarantine")
    rows = [row for name in names for row in store.read(name, [day], ["url", "run_id"]).to_pylist()]
    return {(canonical_url(row["url"]), row["run_id"]) for row in rows}


def _is_scored(day: date) -> bool:
    scored = store.read("score_runs", [day], ["articles"])["articles"].to_pylist()
    return bool(scored) and scored[0] == store.read("articles", [day], ["article_id"]).num_rows


def purge_days(
    before: date, say: Callable[[Purged], None], *, but: Collection[date] = (), dry_run: bool = False
) -> int:
    """Drops the texts of every day before a day; returns how many rows were purged. but: days to leave as they are."""
    count = 0
    for dataset in TEXTS:
        done = Purged(dataset)
        for day in store.days(dataset):
            if day < before and day not in but:
                _purge_day(dataset, day, _texts_to_drop(dataset), done, dry_run=dry_run)
        say(done)
        count += done.rows
    return count


def purge_rows(where: pc.Expression, say: Callable[[Purged], None], *, dry_run: bool = False) -> int:
    """Drops the texts of rows on request, whatever their age, and the excerpts made from them.

    where: of the columns url (canonical in articles) and publisher. Returns how many rows were purged. Raises
    ContractError where another process wrote such texts meanwhile.
    """
    count = 0
    ids = _article_ids(where)
    of_them = pc.field("article_id").isin(pa.array(ids, pa.string()))
    conditions = {dataset: _texts_to_drop(dataset) & where for dataset in TEXTS}
    conditions |= {dataset: of_them & (pc.field(column) != NO_EXCERPT) for dataset, column in EXCERPTS.items()}
    for dataset, condition in conditions.items():
        done = Purged(dataset)
        for day in store.days(dataset):
            _purge_day(dataset, day, condition, done, dry_run=dry_run)
        say(done)
        count += done.rows
    if not dry_run:
        _refuse_leftovers(conditions)
    return count


def _refuse_leftovers(conditions: Mapping[str, pc.Expression]) -> None:
    """Raises ContractError where a text is back: a stage that had read it before the purge wrote it afterwards."""
    left = {dataset: store.scan(dataset).count_rows(filter=condition) for dataset, condition in conditions.items()}
    if back := ", ".join(f"{rows} in {dataset}" for dataset, rows in left.items() if rows):
        raise ContractError(
            f"texts were written again while they were purged ({back} rows): run the same purge again, "
            f"when no crawl, clean, validate, score, reparse or compact is running"
        )


def of_publisher(publisher: str) -> pc.Expression:
    """The publisher's rows. Raises ContractError where there is none."""
    where = pc.field("publisher") == publisher
    if not any(store.scan(dataset).count_rows(filter=where) for dataset in ("raw_articles", "articles")):
        raise ContractError(f"the lake at {store.lake_dir()} holds nothing of publisher {publisher!r}; is that a slug?")
    return where


def of_article(url: str) -> pc.Expression:
    """The rows of the article of this address: as listed, as fetched or canonical; of all its versions.

    Raises ContractError where the lake does not know it.
    """
    names, found, known = {canonical_url(url)}, set(), -1
    while len(names) + len(found) > known:
        known = len(names) + len(found)
        for dataset in ("raw_articles", "articles", "quarantine"):
            for row in _rows_like(dataset, names | found | {url}):
                own = {row["url"], row.get("listed_url")} - {None}
                canonical = set(map(canonical_url, own))
                if canonical & names:
                    names |= canonical
                    found.add(row["url"])
    if not found:
        raise ContractError(f"the lake at {store.lake_dir()} holds no article of the address {url}; is it complete?")
    return pc.field("url").isin(pa.array(sorted(found), pa.string()))


def _rows_like(dataset: str, urls: Collection[str]) -> list[dict[str, Any]]:
    """Rows whose address, or the one that they were listed under, is one of these but for its query."""
    columns = ["url", *(["listed_url"] if dataset == "raw_articles" else [])]
    stems = sorted(set(map(_stem, urls)))
    return store.read(
        dataset,
        columns=columns,
        where=reduce(or_, (pc.starts_with(pc.field(name), stem) for name in columns for stem in stems)),
    ).to_pylist()


def _stem(url: str) -> str:
    return url.partition("?")[0].rstrip("/")


def _texts_to_drop(dataset: str) -> pc.Expression:
    """Rows not purged yet; a reserved page never had a text."""
    condition = pc.field("purged_at").is_null()
    return condition & (pc.field("permission") != "reserved") if dataset == "raw_articles" else condition


def _article_ids(where: pc.Expression) -> list[str]:
    return sorted(set(store.read("articles", columns=["article_id"], where=where)["article_id"].to_pylist()))


def _purge_day(dataset: str, day: date, condition: pc.Expression, done: Purged, *, dry_run: bool) -> None:
    filesystem, _ = store.open_lake()
    for path in store.all_files(dataset, day):  # parts that a compacted one replaced hold texts too
        rows = store.files_dataset(dataset, [path]).count_rows(filter=condition)
        if not rows:
            continue
        done.rows += rows
        done.files += 1
        if not dry_run:
            done.bytes_before += filesystem.get_file_info(path).size
            metadata = made_of([path]) if dataset in TEXTS else None  # no table is made of texts
            store.move_in(contract(dataset), _without_texts(dataset, path, condition), path, metadata)
            done.bytes_after += filesystem.get_file_info(path).size


def _without_texts(dataset: str, path: str, condition: pc.Expression) -> Iterator[pa.Table]:
    """The file's rows in their order, those that meet the condition without their texts."""
    schema = contract(dataset)
    texts = TEXTS.get(dataset, ())
    values = {name: pa.scalar(None, schema.field(name).type) for name in texts}
    if dataset in EXCERPTS:
        values[EXCERPTS[dataset]] = pa.scalar(NO_EXCERPT)
    else:
        values["purged_at"] = pa.scalar(datetime.now(UTC), TIMESTAMP)
    columns = {name: ds.field(name) for name in schema.names}
    columns |= {name: pc.if_else(condition, value, ds.field(name)) for name, value in values.items()}
    for table in store.in_row_groups(store.files_dataset(dataset, [path]), columns):
        yield table.cast(schema)
