"""How far a WARC file was read, and its rows in crawl_runs: of each publisher what landed, what did not and why."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lake import store
from scrapers.outcomes import as_json, doubts, fields, fields_json

OWNER = "archive"
MAX_ROWS = 200
MAX_BYTES = 16 * 2**20


@dataclass
class Tally:
    """One publisher's pages in a file; outcomes by kind for those that did not land."""

    listed: int = 0
    known: int = 0
    landed: int = 0
    bytes: int = 0
    outcomes: Counter = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    doubts: Counter = field(default_factory=Counter)
    fields: Counter = field(default_factory=Counter)

    def refuse(self, kind: str, url: str) -> None:
        """Counts a page that does not land, and keeps the first of its kind."""
        self.outcomes[kind] += 1
        self.examples.setdefault(kind, url)


@dataclass
class Progress:
    """What was done with one file in one reading."""

    file: str
    run_id: str
    started_at: datetime
    resumed_at: int = 0
    landed_before: frozenset[str] = frozenset()
    records: int = 0
    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _bytes: int = 0
    _day: date | None = None
    _offset: int = 0

    @classmethod
    def begin(cls, path: Path) -> "Progress":
        """A new reading of the file: goes on behind the last page that an earlier one landed."""
        file = re.sub(r"[^A-Za-z0-9._-]", "_", re.sub(r"\.warc(\.gz)?$", "", path.name))
        started_at = datetime.now(UTC)
        urls, offset = _landed(file)
        return cls(file, f"{file}-{started_at:%Y%m%dT%H%M%S%fZ}", started_at, offset, urls)

    def add(self, row: dict[str, Any], offset: int) -> None:
        """Takes a row; lands the ones before it when they are enough, or of another day."""
        day = row["fetched_at"].date()
        if self._rows and (len(self._rows) >= MAX_ROWS or self._bytes >= MAX_BYTES or day != self._day):
            self.land()
        self._rows.append(row)
        self._bytes += len(row["html"] or b"")
        self._day, self._offset = day, offset
        tally = self.tallies[row["publisher"]]
        tally.doubts.update(doubts(row))
        tally.fields.update(f"field/{name}" for name in fields(row))

    def land(self) -> None:
        """Appends what was collected as one part."""
        if self._rows:
            store.append("raw_articles", self._day, f"{OWNER}~{self.file}~{self._offset:015}", self._rows)
            for row in self._rows:
                self.tallies[row["publisher"]].landed += 1
            self._rows, self._bytes = [], 0

    def append_runs(self, problem: str | None) -> None:
        """The reading's rows in crawl_runs: the file's own, whose publisher is `archive`, and one per publisher in it.

        A reading that was killed has none.
        """
        common = {
            "run_id": self.run_id,
            "started_at": self.started_at,
            "finished_at": datetime.now(UTC),
            "requests": 0,
            "log_errors": 0,
            "finish_reason": "broken_file" if problem else "finished",
        }
        listing = {"url": self.file, "status": "broken" if problem else "ok", "entries": self.records}
        file = self._row(OWNER, Tally()) | {"listings": as_json([listing]), "problem": problem}
        rows = [file, *(self._row(name, tally) for name, tally in sorted(self.tallies.items()))]
        store.append("crawl_runs", self.started_at.date(), f"{OWNER}~{self.run_id}", [common | row for row in rows])

    @staticmethod
    def _row(publisher: str, tally: Tally) -> dict[str, Any]:
        return {
            "publisher": publisher,
            "response_bytes": tally.bytes,
            "listed": tally.listed + tally.known,
            "known": tally.known,
            "landed": tally.landed,
            "outcomes": as_json(tally.outcomes),
            "examples": as_json(tally.examples),
            "doubts": as_json(tally.doubts),
            "fields": fields_json(tally.fields),
            "listings": as_json([]),
            "problem": None,
        }

    @property
    def landed(self) -> int:
        """Pages that landed in this reading."""
        return sum(tally.landed for tally in self.tallies.values())

    @property
    def outcomes(self) -> Counter:
        """Pages that did not land, of all publishers, by kind."""
        return sum((tally.outcomes for tally in self.tallies.values()), Counter())

    def summary(self) -> str:
        """One line: what was done, and how fast."""
        seconds = max((datetime.now(UTC) - self.started_at).total_seconds(), 0.001)
        resumed = f", resumed at {self.resumed_at:,}" if self.resumed_at else ""
        refused = "".join(f", {count} {kind}" for kind, count in sorted(self.outcomes.items()))
        return f"{self.file}: {self.records} records, {self.landed} landed{refused}{resumed}, {seconds:.1f} s"


def _landed(file: str) -> tuple[frozenset[str], int]:
    """Addresses that landed from the file, and the offset of the last of them."""
    prefix = f"{OWNER}~{file}~"
    days = store.days("raw_articles")
    names = [
        part.rsplit("/", 1)[1].removesuffix(".parquet") for day in days for part in store.parts("raw_articles", day)
    ]
    offsets = [int(name.removeprefix(prefix)) for name in names if name.startswith(prefix)]
    if not offsets:
        return frozenset(), 0
    urls = store.read("raw_articles", days, ["url"], part=lambda name: name.startswith(prefix))
    return frozenset(urls["url"].to_pylist()), max(offsets)
