"""The door to the lake: what comes out is what went in, and a killed process leaves nothing half."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from lake import store
from lake.contracts import ContractError
from lake.fingerprints import fingerprint
from tests.lake.rows import raw_article

DAY, NEXT = date(2026, 9, 14), date(2026, 9, 15)


def test_read_gives_what_was_appended(lake_dir):
    store.append("raw_articles", DAY, "taz~1", [raw_article()])
    store.append("raw_articles", NEXT, "taz~2", [raw_article(url="https://hafen.example/2")])
    assert store.days("raw_articles") == [DAY, NEXT]
    assert [row["url"] for row in store.read("raw_articles", [NEXT]).to_pylist()] == ["https://hafen.example/2"]
    assert store.read("raw_articles").num_rows == 2
    row = store.read("raw_articles", [DAY]).to_pylist()[0]
    assert {name: row[name] for name in raw_article()} == raw_article()


def test_append_never_overwrites(lake_dir):
    store.append("raw_articles", DAY, "taz~1", [raw_article()])
    with pytest.raises(ContractError, match="is there already, and raw_articles only grows"):
        store.append("raw_articles", DAY, "taz~1", [raw_article()])


def test_replace_gives_the_same_bytes_again(lake_dir):
    path = Path(store.replace("raw_articles", DAY, [raw_article()]))
    first = path.read_bytes()
    store.replace("raw_articles", DAY, [])
    assert store.read("raw_articles", [DAY]).num_rows == 0
    store.replace("raw_articles", DAY, [raw_article()])
    assert path.read_bytes() == first


def test_rows_that_swap_a_value_are_told_from_the_footer(lake_dir):
    """Counts, sizes, minima and maxima are the same: only the hash of the rows' bytes differs."""
    first, second = (raw_article(url=f"https://hafen.example/{number}") for number in (1, 2))
    found = set()
    for one, two in ((True, False), (False, True)):
        rows = [first | {"is_paywalled": one}, second | {"is_paywalled": two}]
        store.replace("raw_articles", DAY, rows, part="hafenkurier~1~0001")
        found.add(fingerprint("raw_articles", DAY))
    assert len(found) == 2


def test_a_breach_writes_nothing(lake_dir):
    with pytest.raises(ContractError):
        store.append("raw_articles", DAY, "taz~1", [raw_article(url=None)])
    assert store.days("raw_articles") == []


def test_part_names_stay_in_their_folder(lake_dir):
    with pytest.raises(ContractError, match="is no name for a part"):
        store.append("raw_articles", DAY, "../../etc", [raw_article()])


WRITER = """
import sys
from datetime import date
from lake import store
from tests.lake.rows import raw_article
number = 0
while True:
    rows = [raw_article(html=bytes(20_000), url=f"https://hafen.example/{number}/{i}") for i in range(300)]
    store.replace("raw_articles", date(2026, 9, 14), rows)
    number += 1
    print(number, flush=True)
"""


def test_kill_leaves_no_half_file(lake_dir):
    """Writers that replace one partition without end are killed at growing delays; the partition is always whole."""
    for delay in (0.0, 0.01, 0.03, 0.06):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
        )
        assert process.stdout.readline(), "the writer did not start"
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        (path,) = store.parts("raw_articles", DAY)
        assert pq.read_table(path).num_rows == 300
        assert store.read("raw_articles").num_rows == 300
