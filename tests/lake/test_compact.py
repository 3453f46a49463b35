"""Many small parts become one: rows, archives' states and a reader at the same moment are none the wiser."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from lake import compact as compaction
from lake import store
from lake.compact import compact, remove_replaced
from lake.contracts import ContractError
from lake.fingerprints import fingerprint
from lake.swaps import FOLDER, is_compacted
from scrapers.archive_progress import Progress
from scrapers.ledger import Ledger
from tests.conftest import PROJECT
from tests.lake.rows import FETCHED, raw_article
from warehouse.build import build, warehouse_db

DAY = FETCHED.date()
LATER = DAY + timedelta(days=30)


@pytest.fixture
def at_once(monkeypatch):
    """Swaps hold at once, and what they replace is removed at once: for tests with one process."""
    monkeypatch.setattr(compaction, "LEAD", timedelta(0))
    monkeypatch.setattr(compaction, "GRACE", timedelta(0))


def land(day: date = DAY, parts: int = 3, rows: int = 2, run: str = "1") -> None:
    for part in range(parts):
        pages = [
            raw_article(url=f"https://hafen.example/{day}/{run}/{part}/{n}", html=b"<p>" + bytes([n]), run_id=run)
            for n in range(rows)
        ]
        store.append("raw_articles", day, f"hafenkurier~{run}~{part:04}", pages)


def everything() -> list[dict]:
    return sorted(store.read("raw_articles").to_pylist(), key=lambda row: row["url"])


def silent(_: str) -> None:
    """For what compact has to say."""


def test_rows_stay_and_parts_become_one(lake_dir, at_once):
    land()
    land(LATER)
    before, was = everything(), fingerprint("raw_articles", DAY)
    said: list[str] = []
    assert compact(LATER, said.append) == 3
    assert said[0].startswith(f"compact raw_articles: 1 of 1 days before {LATER}, 3 parts into 1; 0 parts")
    assert everything() == before
    assert [is_compacted(path) for path in store.parts("raw_articles", DAY)] == [True]
    assert len(store.all_files("raw_articles", DAY)) == 4
    assert len(store.parts("raw_articles", LATER)) == 3

    assert compact(LATER, silent) == 0
    assert store.all_files("raw_articles", DAY) == store.parts("raw_articles", DAY)
    assert everything() == before
    assert fingerprint("raw_articles", DAY) == was
    land(run="2", parts=1)
    assert fingerprint("raw_articles", DAY) != was


def test_a_part_that_lands_late_counts_and_is_taken_next_time(lake_dir, at_once):
    land()
    compact(LATER, silent)
    land(run="2", parts=1)
    before = everything()
    assert len(before) == 8
    assert compact(LATER, silent) == 2
    assert compact(LATER, silent) == 0
    assert everything() == before
    assert len(store.all_files("raw_articles", DAY)) == 1


def test_the_crawls_know_what_had_landed(lake_dir, at_once):
    """The ledger knows every address; an archive goes on where it was read, and its parts stay."""
    land()
    for offset in (10, 20):
        rows = [raw_article(url=f"https://hafen.example/archiv/{offset}", run_id="a")]
        store.append("raw_articles", DAY, f"archive~CC-NEWS-1~{offset:015}", rows)
    before = everything()
    days = (date.today() - DAY).days + 1  # noqa: DTZ011 - the ledger's days reach back from today
    known = Ledger.read("hafenkurier", days).landed
    assert len(known) == 8
    compact(LATER, silent)
    compact(LATER, silent)
    assert everything() == before
    assert Ledger.read("hafenkurier", days).landed == known
    assert Progress.begin(Path("CC-NEWS-1.warc.gz")).resumed_at == 20
    assert len(store.parts("raw_articles", DAY)) == 3


def test_pages_larger_than_a_row_group_keep_their_order(lake_dir, at_once, monkeypatch):
    monkeypatch.setattr(store, "ROW_GROUP_BYTES", 1_000)
    land(parts=5, rows=30)
    before = store.read("raw_articles", [DAY]).to_pylist()
    compact(LATER, silent)
    assert store.read("raw_articles", [DAY]).to_pylist() == before
    assert pq.ParquetFile(store.parts("raw_articles", DAY)[0]).num_row_groups > 1


def ended(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Ends a compaction before a step, as a kill would."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(compaction, name, killed)
        with pytest.raises(KeyboardInterrupt):
            compact(LATER, silent)


@pytest.mark.parametrize("step", ["_write_swap", "_move_in_swap"])
def test_ended_before_the_swap_nothing_has_changed(lake_dir, at_once, monkeypatch, step):
    land()
    before = everything()
    ended(monkeypatch, step)
    assert len(store.all_files("raw_articles", DAY)) == 4
    assert everything() == before
    assert compact(LATER, silent) == 3
    assert everything() == before
    compact(LATER, silent)
    assert len(store.all_files("raw_articles", DAY)) == 1


def test_a_compaction_that_was_killed_is_completed_by_the_next(lake_dir):
    for number in range(12):
        land(DAY - timedelta(days=number), parts=30)
    before = everything()
    command = [sys.executable, "-m", "warehouse", "compact"]
    for kill in range(3):
        seen = len(compacted())
        process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL)
        wait(lambda seen=seen: len(compacted()) > seen)
        process.kill()
        assert process.wait() != 0, kill
        assert everything() == before
    assert 3 <= len(compacted()) < 12
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert "360 parts into 12" in done.stdout
    assert len(compacted()) == 12
    assert everything() == before


def compacted() -> list[str]:
    return [
        path
        for day in store.days("raw_articles")
        for path in store.all_files("raw_articles", day)
        if is_compacted(path)
    ]


def test_ended_while_removing_the_next_one_completes_it(lake_dir, at_once, monkeypatch):
    land()
    before = everything()
    compact(LATER, silent)
    Path(store.all_files("raw_articles", DAY)[1]).unlink()
    assert everything() == before
    assert remove_replaced("raw_articles") == 2
    assert everything() == before


def test_nothing_is_removed_where_the_compacted_part_is_missing(lake_dir, at_once):
    land()
    compact(LATER, silent)
    Path(store.parts("raw_articles", DAY)[0]).unlink()
    with pytest.raises(ContractError, match=r"compacted-.*: missing, though .* remove that swap"):
        compact(LATER, silent)
    for swap in (lake_dir / "raw_articles" / FOLDER).iterdir():
        swap.unlink()
    assert len(everything()) == 6


READER = """
import sys
from lake import store
import duckdb
seen = set()
con = duckdb.connect(sys.argv[1], read_only=True)
while True:
    urls = store.read("raw_articles", columns=["url"])["url"].to_pylist()
    seen.add(("store", len(urls), len(set(urls))))
    seen.add(("view", *con.execute("select count(*), count(distinct url) from lake.raw_articles").fetchone()))
    con.execute("select sum(octet_length(html)) from lake.raw_articles").fetchone()
    print(sorted(seen), flush=True)
"""


def test_readers_at_the_same_moment_see_each_row_once(lake_dir, monkeypatch):
    """A process reads by the store and by a view of a warehouse built before, while days are compacted and removed."""
    monkeypatch.setattr(compaction, "LEAD", timedelta(seconds=2))
    monkeypatch.setattr(compaction, "GRACE", timedelta(seconds=3))
    for number in range(5):
        land(DAY + timedelta(days=number), parts=20)
    build(say=silent)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(warehouse_db())], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert reader.stdout.readline()
        assert compact(LATER, silent) == 100
        wait(lambda: all(is_compacted(path) for path in store.parts("raw_articles", DAY)))
        wait(lambda: remove_replaced("raw_articles") == 100)
        assert reader.poll() is None
    finally:
        reader.terminate()
    out = reader.communicate()[0].splitlines()
    assert len(out) > 3
    assert out[-1] == "[('store', 200, 200), ('view', 200, 200)]"
    with duckdb.connect(str(warehouse_db()), read_only=True) as con:
        assert con.execute("select count(*) from lake.raw_articles").fetchone() == (200,)


def wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.1)
