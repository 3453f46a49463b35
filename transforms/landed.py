"""A day's landed rows, each with the fields that the latest parser found on its page."""

from datetime import date
from typing import Any

import pyarrow.compute as pc

from lake import store
from lake.contracts import contract

Row = dict[str, Any]
RAW_COLUMNS = [name for name in contract("raw_articles").names if name != "html"]
KEY = ("url", "run_id")
PARSED = [
    n for n in contract("reparsed_articles").names if n in RAW_COLUMNS and n not in (*KEY, "publisher", "purged_at")
]


def landed(day: date) -> list[Row]:
    """The rows of raw_articles of one day without html; `scrapy reparse` may have landed newer fields for them."""
    rows = store.read("raw_articles", [day], RAW_COLUMNS).to_pylist()
    columns = [*KEY, "parsed_at", *PARSED]
    again = store.read("reparsed_articles", [day], columns, pc.field("refused").is_null()).to_pylist()
    latest = {tuple(row[name] for name in KEY): row for row in sorted(again, key=lambda row: row["parsed_at"])}
    for row in rows:
        if newer := latest.get(tuple(row[name] for name in KEY)):
            row |= {name: newer[name] for name in PARSED}
    return rows
