"""Landed pages through today's parser: new fields beside the old ones, without the network.

raw_articles stays as it landed. What the parser finds goes to reparsed_articles, in parts of a few pages, so that a run
that was killed goes on; `clean` takes a page's latest fields. A page whose fields are this parser's is passed over.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pyarrow.compute as pc
from scrapy.http import HtmlResponse

from lake import store
from lake.contracts import ContractError, contract
from scrapers.article_page import PARSER
from scrapers.article_row import UNPARSED, parse_page
from scrapers.listing import Entry
from scrapers.outcomes import Refused

MAX_ROWS = 200
PARSE_SECONDS = 10.0
Key = tuple[str, str]
PAGE_COLUMNS = (
    "url", "publisher", "run_id", "html", "encoding", "title", "body", "published_at", "date_source", "authors",
    "feed_title",
)  # fmt: skip
FOUND = [name for name in contract("reparsed_articles").names if hasattr(UNPARSED, name)]
COMPARED = ("title", "body", "published_at")


@dataclass
class Tally:
    """What became of a day's pages."""

    day: date
    pages: int = 0
    known: int = 0
    parsed: int = 0
    purged: int = 0
    changed: Counter = field(default_factory=Counter)
    outcomes: Counter = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    @property
    def is_broken(self) -> bool:
        """Whether the parser broke on a page; the log says on which."""
        return "parser_broke" in self.outcomes

    def __str__(self) -> str:
        parts = [f"{self.pages} pages, {self.known} known to {PARSER}, {self.parsed} parsed again"]
        parts += [f"{self.changed[name]} with another {name}" for name in COMPARED if self.changed[name]]
        parts += [f"{self.purged} purged"] if self.purged else []
        parts += [f"{count} {kind}, e.g. {self.examples[kind]}" for kind, count in sorted(self.outcomes.items())]
        return f"{self.day}: {', '.join(parts)}"


def reparse(day: date, markers: Mapping[str, str]) -> Tally:
    """Parses the pages that landed on a day again. markers: publisher -> CSS selector of what its paywall shows.

    Raises ContractError where nothing landed on the day.
    """
    if day not in store.days("raw_articles"):
        raise ContractError(f"raw_articles: nothing landed on {day}. Is it the UTC day of fetching?")
    tally = Tally(day)
    todo = _todo(day, tally)
    if not todo:
        return tally
    run = f"{PARSER.replace('/', '-')}~{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid4().hex[:6]}"
    number, rows = 0, []
    scan = store.scan("raw_articles", [day])
    batches = scan.to_batches(columns=list(PAGE_COLUMNS), filter=pc.field("html").is_valid(), batch_size=64)
    for batch in batches:
        for page in batch.to_pylist():
            if (page["url"], page["run_id"]) in todo and (row := _parse(page, markers.get(page["publisher"]), tally)):
                rows.append(row)
        if len(rows) >= MAX_ROWS:
            number += 1
            store.append("reparsed_articles", day, f"{run}~{number:04}", rows)
            rows = []
    if rows:
        store.append("reparsed_articles", day, f"{run}~{number + 1:04}", rows)
    return tally


def _todo(day: date, tally: Tally) -> set[Key]:
    """The pages whose fields are another parser's; a reserved page has none, and a purged one cannot be read."""
    columns = ["url", "run_id", "parsed_at", "parser"]
    again = sorted(store.read("reparsed_articles", [day], columns).to_pylist(), key=lambda row: row["parsed_at"])
    latest = {(row["url"], row["run_id"]): row["parser"] for row in again}
    columns = ["url", "run_id", "parser", "purged_at"]
    where = pc.field("permission") != "reserved"
    todo = set()
    for row in store.read("raw_articles", [day], columns, where).to_pylist():
        key = row["url"], row["run_id"]
        tally.pages += 1
        if latest.get(key, row["parser"]) == PARSER:
            tally.known += 1
        elif row["purged_at"]:
            tally.purged += 1
        else:
            todo.add(key)
    return todo


def _parse(page: dict[str, Any], marker: str | None, tally: Tally) -> dict[str, Any] | None:
    """The page's row of reparsed_articles; None where our parser broke, so that the page's turn comes again."""
    row = {name: page[name] for name in ("url", "publisher", "run_id")}
    row |= {"parsed_at": datetime.now(UTC), "parser": PARSER}
    try:
        response = HtmlResponse(page["url"], body=page["html"], encoding=page["encoding"] or "utf-8")
        found = parse_page(response, _listed(page), PARSE_SECONDS, marker)
    except Refused as refused:
        _count(tally, refused.kind, page["url"])
        return row | {"refused": refused.kind, "text_status": "unknown"}
    if found.parser != PARSER:
        _count(tally, "parser_broke", page["url"])
        return None
    tally.parsed += 1
    row |= {name: getattr(found, name) for name in FOUND} | {"body": found.body or None}
    tally.changed.update(name for name in COMPARED if row[name] != page[name])
    return row


def _count(tally: Tally, kind: str, url: str) -> None:
    tally.outcomes[kind] += 1
    tally.examples.setdefault(kind, url)


def _listed(page: dict[str, Any]) -> Entry:
    """What the list said, as far as the row tells: its title, its date where that was taken, and authors that may be
    the list's or the page's; the parser falls back on them where the page names none.
    """
    published_at = page["published_at"] if page["date_source"] == "feed" else None
    return Entry(page["url"], page["feed_title"], published_at, authors=tuple(page["authors"] or ()))
