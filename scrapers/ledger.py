"""What has landed already, read from the lake itself: an address is fetched again only when it was changed."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pyarrow.compute as pc

from lake import store
from scrapers.listing import Entry

MAX_VERSIONS = 5  # some publishers date every entry now


@dataclass(frozen=True, slots=True)
class Landed:
    fetched_at: datetime
    versions: int


class Ledger:
    """Addresses of one publisher that landed within the last days; as listed, and as they were after redirects."""

    def __init__(self, landed: dict[str, Landed]) -> None:
        self.landed = landed

    @classmethod
    def read(cls, publisher: str, days: int) -> "Ledger":
        """Reads the publisher's parts of raw_articles, two columns of addresses and a time."""
        since = datetime.now(UTC).date() - timedelta(days=days)
        table = store.read(
            "raw_articles",
            [day for day in store.days("raw_articles") if day >= since],
            ["url", "listed_url", "fetched_at"],
            pc.field("publisher") == publisher,
            part=lambda name: belongs_to(name, publisher),
        )
        landed: dict[str, Landed] = {}
        for row in table.to_pylist():
            for url in {row["url"], row["listed_url"]} - {None}:
                before = landed.get(url)
                landed[url] = Landed(
                    max(row["fetched_at"], before.fetched_at) if before else row["fetched_at"],
                    before.versions + 1 if before else 1,
                )
        return cls(landed)

    def is_known(self, entry: Entry) -> bool:
        """Whether the article landed, and its list names no later change."""
        before = self.landed.get(entry.url)
        if before is None:
            return False
        is_changed = entry.modified_at is not None and entry.modified_at > before.fetched_at
        return not is_changed or before.versions >= MAX_VERSIONS


def belongs_to(part: str, publisher: str) -> bool:
    """Whether a part's file name says it is the publisher's, or of many (an archive's, a compacted one)."""
    owner, mark, _ = part.partition("~")
    return owner in (publisher, "archive") or not mark


def validators(publisher: str, days: int) -> dict[str, dict[str, str]]:
    """Of each list that the publisher's last good crawl read to its end: its ETag and Last-Modified."""
    since = datetime.now(UTC).date() - timedelta(days=days)
    runs = store.read(
        "crawl_runs",
        [day for day in store.days("crawl_runs") if day >= since],
        ["started_at", "listings"],
        (pc.field("publisher") == publisher) & pc.field("problem").is_null(),
        part=lambda name: belongs_to(name, publisher),
    )
    if not runs.num_rows:
        return {}
    last = runs.sort_by("started_at")["listings"][-1].as_py()
    return {listing["url"]: listing["validators"] for listing in json.loads(last) if listing.get("validators")}
