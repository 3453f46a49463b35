"""The timetable: imported without a word, short, in the right order; a broken publisher is one red square."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from lake import store
from lake.swaps import COMPACTED
from tests.conftest import PROJECT, free_ports
from tests.lake.rows import raw_article
from transforms.clean import clean
from transforms.score import score

AIRFLOW = [sys.executable, "-m", "airflow"]
DAGS = sorted(path.stem for path in (PROJECT / "dags").glob("*.py") if "@dag(" in path.read_text())


@pytest.fixture(scope="session")
def airflow_env(tmp_path_factory):
    """The environment of an Airflow of its own, with a migrated database."""
    home = tmp_path_factory.mktemp("airflow")
    env = os.environ | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "LAKE_DIR": str(home / "lake"),
        "DEMO_PORT": str(free_ports()),
        "CONTACT": "",
    }
    subprocess.run([*AIRFLOW, "db", "migrate"], env=env, check=True, capture_output=True, cwd=PROJECT)
    return env


def test_dags_import_without_errors_or_warnings_of_ours(airflow_env):
    code = (
        "import warnings; warnings.simplefilter('always');"
        "from airflow.dag_processing.dagbag import DagBag;"
        f"bag = DagBag({str(PROJECT / 'dags')!r});"
        "print(bag.import_errors, sorted(bag.dags), [t.task_id for t in bag.dags['daily'].topological_sort()])"
    )
    done = subprocess.run([sys.executable, "-c", code], env=airflow_env, capture_output=True, text=True, cwd=PROJECT)
    wanted = "{} ['crawl', 'daily', 'maintenance'] ['day', 'clean', 'validate', 'score', 'build', 'check']"
    assert done.stdout.splitlines()[-1] == wanted, done.stderr
    assert str(PROJECT / "dags") not in done.stderr


@pytest.mark.parametrize("name", DAGS)
def test_a_dag_is_a_timetable(name):
    text = (PROJECT / "dags" / f"{name}.py").read_text()
    assert len(text.splitlines()) < 40
    assert text.startswith('"""')
    assert not re.search(r"^(from|import) (scrapers|transforms|warehouse)", text, re.MULTILINE)


def test_a_broken_publisher_is_one_red_square_and_the_others_land(airflow_env, monkeypatch):
    """taz fails before its first request: a live crawl needs CONTACT. The demonstration's mastheads land."""
    conf = '{"publishers": "hafenkurier,taz,boersenbote"}'
    run = [sys.executable, "-m", "demo", "during", *AIRFLOW, "dags", "test", "crawl", "--conf", conf]
    done = subprocess.run(run, env=airflow_env, capture_output=True, text=True, cwd=PROJECT)
    assert done.returncode != 0
    assert re.search(r"CONTACT", done.stdout), done.stdout[-3000:]
    monkeypatch.setenv("LAKE_DIR", airflow_env["LAKE_DIR"])
    landed = store.read("raw_articles", columns=["publisher"])["publisher"].to_pylist()
    assert set(landed) == {"hafenkurier", "boersenbote"}


@pytest.mark.parametrize("days", ["30", ""])
def test_a_week_ends_with_purge_and_compaction(airflow_env, lake_dir, days):
    """Without a retention the purge fails, says why, and nothing is touched."""
    at = datetime.now(UTC) - timedelta(days=40)
    for part in range(3):
        page = raw_article(url=f"https://hafen.example/{part}", fetched_at=at)
        store.append("raw_articles", at.date(), f"hafenkurier~1~{part:04}", [page])
    clean(at.date())
    score(at.date())
    env = airflow_env | {"LAKE_DIR": str(lake_dir), "RETENTION_DAYS": days}
    run = [*AIRFLOW, "dags", "test", "maintenance"]
    done = subprocess.run(run, env=env, capture_output=True, text=True, cwd=PROJECT)
    assert (done.returncode == 0) is bool(days), done.stdout[-3000:]
    assert ("RETENTION_DAYS is not set, so nothing is dropped" in done.stdout) is not bool(days)
    pages = store.read("raw_articles", [at.date()])
    assert pages["html"].null_count == pages["body"].null_count == (3 if days else 0)
    made = [path for path in store.all_files("raw_articles", at.date()) if COMPACTED in path]
    assert len(made) == (1 if days else 0)
    assert pages.num_rows == 3
