"""A build by days gives the file that a full build gives: every table, every row, every digit, after any change."""

import signal
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise
from random import Random

import duckdb
import pytest

from lake import store
from tests.conftest import PROJECT
from tests.warehouse.builds import differences, from_scratch, publish
from tests.warehouse.eventful_lake import eventful
from tests.warehouse.rerun_lake import Lake
from warehouse.build import warehouse_db
from warehouse.run_checks import CheckError


@pytest.mark.parametrize("seed", range(2))
def test_by_days_as_from_scratch(lake_dir, tmp_path, seed):
    lake = Lake(Random(seed))
    lake.land(len(lake.days) // 2)
    publish()
    steps = [
        lambda: lake.land(3),
        lake.rerun,
        lambda: lake.remove(lake.days[: lake.landed]),
        lambda: lake.land(20),
        lake.relist,
        lambda: lake.remove(lake.days[lake.landed - 1 : lake.landed]),
    ]
    for number, step in enumerate(steps):
        step()
        said = publish()
        assert "by days" in said[0], said[0]
        assert differences(warehouse_db(), from_scratch(tmp_path / f"{number}")) == {}, number


def test_after_corrections_as_from_scratch(lake_dir, tmp_path, monkeypatch):
    """Days of publication that move, pairs that come and go, other stories, publishers, lists; days that are lost."""
    lake = Lake(Random(12), days=70, articles=80)
    lake.land(len(lake.days) * 2 // 3)
    publish()
    monkeypatch.setattr("warehouse.changes.MOST_FREE", 1)  # a small file is soon half free
    steps = ((lake.correct, lake.revise, lake.redate), (lake.correct, lake.correct, lake.forget), (lake.revise,) * 3)
    for number, step in enumerate(steps):
        for change in step:
            change()
        assert "by days" in publish()[0]
        assert differences(warehouse_db(), from_scratch(tmp_path / f"{number}")) == {}, number
    with duckdb.connect(str(warehouse_db()), read_only=True) as con:
        assert con.execute("select count(*) from pair_withdrawals").fetchone() > (0,)


def test_other_crawls_alone_as_from_scratch(lake_dir, tmp_path):
    lake = Lake(Random(7))
    lake.land(30)
    publish()
    lake.recrawl()
    assert "by days, for 15 days" in publish()[0]
    assert differences(warehouse_db(), from_scratch(tmp_path)) == {}


def test_signals_go_on_as_from_scratch(lake_dir, tmp_path):
    """A history full of signals: what was open, and the runs behind it, go on over the border of each build."""
    of_day = defaultdict(lambda: defaultdict(list))
    for dataset, rows in eventful(Random(11)).items():
        for row in rows:
            day = row["fetched_at"].date()
            of_day[day][dataset].append({k: v for k, v in row.items() if k != "fetched_at" or dataset == "articles"})
    days = sorted(of_day)
    half = len(days) // 2
    for first, last in pairwise((0, half, half + 1, half + 30, half + 31, half + 85, half + 86)):
        for day in days[first:last]:
            for dataset, rows in of_day[day].items():
                store.replace(dataset, day, rows)
        said = publish()
        assert first == 0 or "by days" in said[0], said[0]
    assert differences(warehouse_db(), from_scratch(tmp_path)) == {}
    with duckdb.connect(str(warehouse_db()), read_only=True) as con:
        kinds = con.execute("select count(distinct signal) from pair_signals where closed_on is not null").fetchone()
    assert kinds[0] >= 5


def test_what_a_whole_build_refuses_a_build_by_days_refuses_too(lake_dir):
    """A page that was quarantined for the same reason on two days of the lake."""
    lake = Lake(Random(6))
    lake.land(3)
    publish()
    first, _, last = lake.days[:3]
    store.replace("quarantine", last, lake.rows["quarantine"][last] + lake.rows["quarantine"][first][:1])
    for full in (False, True):
        with pytest.raises(CheckError, match="quarantine_grain"):
            publish(full=full)


def test_a_seed_that_changed_makes_the_build_whole(lake_dir):
    lake = Lake(Random(5))
    lake.land(3)
    assert publish()[0] == "build: a full build, for there is no file yet"
    assert "0 days of the lake changed" in publish()[0]
    with duckdb.connect(str(warehouse_db())) as con:
        con.execute("update build.facts set seeds = 'other'")
    assert publish()[0] == "build: a full build, for a seed changed"


def test_code_that_changed_makes_the_build_whole_and_a_revision_alone_does_not(lake_dir, monkeypatch):
    Lake(Random(5)).land(3)
    monkeypatch.setattr("warehouse.inputs.git_revision", lambda: "one")
    publish()
    monkeypatch.setattr("warehouse.inputs.git_revision", lambda: "two")
    assert "0 days of the lake changed" in publish()[0]
    with duckdb.connect(str(warehouse_db())) as con:
        assert con.execute("select git_revision from builds").fetchall() == [("two",)]
        con.execute("update build.facts set code = 'other'")
    assert publish()[0] == "build: a full build, for the code changed"


@pytest.mark.parametrize("step", ["build: by days", "build article_pairs", "build pair_signals"])
def test_a_killed_build_by_days_leaves_the_old_file(lake_dir, step):
    lake = Lake(Random(3))
    lake.land(4)
    publish()
    old = warehouse_db().read_bytes()
    lake.land(1)
    command = [sys.executable, "-u", "-m", "warehouse", "build"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert any(line.startswith(step) for line in process.stdout)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert warehouse_db().read_bytes() == old
    assert "by days" in publish()[0]
    with duckdb.connect(str(warehouse_db()), read_only=True) as con:
        days = con.execute("select count(distinct day) from (select unnest(lake_days) as day from articles)").fetchone()
    assert days == (5,)
