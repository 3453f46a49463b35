"""Ten years of real titles through the pipeline: what the warehouse says of turns that history knows. Markdown out.

    python -m bench.history                          # lands, scores, builds below data/history, prints the report
    python -m bench.history --out FOLDER             # elsewhere
    python -m bench.history --out FOLDER --report    # only the report, of what FOLDER holds

The titles are the gold's headlines: TONLAGE_SHARED, else ../shared beside the project. They are landed as articles that
are titles only, each known on the day on which it was published, so that as-of questions can be asked. A rerun writes
the same files. No title is printed.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq

from bench.history_report import report, table
from bench.history_turns import check_companies
from lake import seeds, store
from lake.addresses import canonical_url
from transforms.normalise import line, short_hash
from transforms.score import score
from transforms.stories import Candidate, assign_stories
from warehouse.build import build

ROOT = Path(__file__).resolve().parents[1]
BERLIN = ZoneInfo("Europe/Berlin")
PUBLISHERS = {"Handelsblatt": "handelsblatt", "ZeitOnline": "zeit"}

Row = dict[str, Any]


def gold_file() -> Path:
    return Path(os.environ.get("TONLAGE_SHARED") or ROOT.parent / "shared") / "gold" / "headlines" / "dev.parquet"


def article(row: Row) -> Row:
    """A row {outlet, published_on, title, url} as a row of `articles` without its story: fetched at noon of its day."""
    noon = datetime.combine(row["published_on"], datetime.min.time(), BERLIN) + timedelta(hours=12)
    url, title = canonical_url(row["url"]), line(row["title"])
    return {
        "article_id": short_hash(url),
        "version": 1,
        "url": url,
        "publisher": PUBLISHERS[row["outlet"]],
        "title": title,
        "body": "",
        "published_at": noon,
        "published_on": row["published_on"],
        "known_on": row["published_on"],
        "fetched_at": noon,
        "date_source": "feed",
        "language": "de",
        "text_status": "unknown",
        "word_count": 0,
        "text_hash": short_hash(f"{title}\n"),
        "run_id": "history",
    }


def with_stories(articles: list[Row]) -> list[Row]:
    """One day's articles with story_id and is_wire_copy, in the order in which clean writes them."""
    stories = assign_stories((), [Candidate(a["article_id"], a["title"], a["published_at"]) for a in articles])
    publisher = {a["article_id"]: a["publisher"] for a in articles}
    for found in articles:
        found["story_id"] = stories[found["article_id"]]
        found["is_wire_copy"] = publisher[found["story_id"]] != found["publisher"]
    return sorted(articles, key=lambda a: a["article_id"])


def land(source: Path) -> Counter:
    """Replaces each day's articles in the lake. Counts days and articles, and rows left out: no title, same address."""
    days: dict[date, list[Row]] = {}
    counts: Counter = Counter()
    seen: set[str] = set()
    for row in pq.read_table(source).to_pylist():
        found = article(row)
        if not found["title"] or found["article_id"] in seen:
            counts["left out"] += 1
            continue
        seen.add(found["article_id"])
        days.setdefault(found["published_on"], []).append(found)
    for day, articles in sorted(days.items()):
        store.replace("articles", day, with_stories(articles))
    return counts + Counter(days=len(days))


def publishers(known: list[seeds.Publisher]) -> list[seeds.Publisher]:
    """The seed's publishers, those of the titles `on`: read from a file, they count whatever their crawls do."""
    return [replace(p, state="on") if p.publisher in PUBLISHERS.values() else p for p in known]


@contextmanager
def timed(step: str, seconds: dict[str, float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    seconds[step] = time.perf_counter() - start


def make(source: Path) -> list[str]:
    """Lands, scores, builds; returns the report's lines on counts and times."""
    seconds: dict[str, float] = {}
    counts: Counter = Counter()
    with timed("land: one file a day", seconds):
        counts += land(source)
    days = store.days("articles")
    with timed("score, day by day", seconds):
        for number, day in enumerate(days):
            counts += score(day)
            if number % 500 == 0:
                print(f"bench.history: scored {number} of {len(days)} days", file=sys.stderr)
    counted = publishers(seeds.publishers())
    with timed("build", seconds), patch.object(seeds, "publishers", lambda: counted):
        build(say=lambda _: None)
    told = ", ".join(f"{name} {count:,}" for name, count in counts.items())
    times = table(["step", "seconds"], [(step, f"{spent:.0f}") for step, spent in seconds.items()])
    return [f"Rows: {told}.", "", *times]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.history", description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "history", help="folder for lake and warehouse")
    parser.add_argument("--report", action="store_true", help="report on what the folder holds, make nothing")
    args = parser.parse_args()
    if not gold_file().is_file():
        print(f"bench.history: skipped, no {gold_file()}; set TONLAGE_SHARED to the folder that holds gold/headlines")
        return 0
    check_companies()
    warehouse = args.out.absolute() / "warehouse.duckdb"
    os.environ["LAKE_DIR"], os.environ["WAREHOUSE_DB"] = str(args.out.absolute() / "lake"), str(warehouse)
    made = [] if args.report else make(gold_file())
    print("\n".join(["# A real history: titles of Handelsblatt and Zeit Online", "", *made, *report(warehouse)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
