"""How far a WARC file was read, and its row in crawl_runs: what landed, what did not and why."""

import re
from collections import Counter
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
class Progress:
    """What was done with one file in one reading; outcomes by kind for pages of known publishers that did not land."""

    file: str
    run_id: str
    started_at: datetime
    resumed_at: int = 0
    landed_before: frozenset[str] = frozenset()
    records: int = 0
    listed: int = 0
    known: int = 0
    bytes: int = 0
    landed: int = 0
    outcomes: Counter = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    doubts: Counter = field(default_factory=Counter)
    fields: Counter = field(default_factory=Counter)
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

    def refuse(self, kind: str, url: str) -> None:
        """Counts a page that does not land, and keeps the first of its kind."""
        self.outcomes[kind] += 1
        self.examples.setdefault(kind, url)

    def add(self, row: dict[str, Any], offset: int) -> None:
        """Takes a row; lands the ones before it when they are enough, or of another day."""
        day = row["fetched_at"].date()
        if self._rows and (len(self._rows) >= MAX_ROWS or self._bytes >= MAX_BYTES or day != self._day):
            self.land()
        self._rows.append(row)
        self._bytes += len(row["html"] or b"")
        self._day, self._offset = day, offset
        self.doubts.update(doubts(row))
        self.fields.update(f"field/{name}" for name in fields(row))

    def land(self) -> None:
        """Appends what was collected as one part."""
        if self._rows:
            store.append("raw_articles", self._day, f"{OWNER}~{self.file}~{self._offset:015}", self._rows)
            self.landed += len(self._rows)
            self._rows, self._bytes = [], 0

    def append_run(self, problem: str | None) -> None:
        """The reading's row in crawl_runs; its publisher is `archive`. A reading that was killed has none."""
        row = {
            "publisher": OWNER,
            "run_id": self.run_id,
            "started_at": self.started_at,
            "finished_at": datetime.now(UTC),
            "requests": 0,
            "response_bytes": self.bytes,
            "listed": self.listed + self.known,
            "known": self.known,
            "landed": self.landed,
            "outcomes": as_json(self.outcomes),
            "examples": as_json(self.examples),
            "doubts": as_json(self.doubts),
            "fields": fields_json(self.fields),
            "listings": as_json([{"url": self.file, "status": "broken" if problem else "ok", "entries": self.records}]),
            "log_errors": 0,
            "finish_reason": "broken_file" if problem else "finished",
            "problem": problem,
        }
        store.append("crawl_runs", self.started_at.date(), f"{OWNER}~{self.run_id}", [row])

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
