"""The timetable: imported without a word, short, in the right order; a broken publisher is one red square."""

import os
import re
import subprocess
import sys

import pytest

from lake import store
from tests.conftest import PROJECT, free_ports

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
    wanted = "{} ['crawl', 'daily'] ['day', 'clean', 'validate', 'score', 'build', 'check']"
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
