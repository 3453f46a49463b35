"""What make says before anything runs: a mistyped day in one line, and where the data go."""

import os
import subprocess

import pytest

from tests.conftest import PROJECT


def make(tmp_path, *arguments, **env):
    """Runs make as if it had set up everything, with a home of Airflow that stays empty."""
    done = [arg for path in (".venv/.synced", f"{tmp_path}/.migrated") for arg in ("--old-file", path)]
    command = ["make", "--no-print-directory", *done, *arguments]
    env = {**os.environ, "AIRFLOW_HOME": str(tmp_path), **env}
    return subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("verb", ["day", "run"])
@pytest.mark.parametrize("day", ["bad", "2026-9-3", "20260930", "2026-02-30", "2026-W40-3", "'; exit 0 #"])
def test_a_mistyped_day_is_told_in_one_line(tmp_path, verb, day):
    done = make(tmp_path, verb, f"DAY={day}")
    assert done.returncode == 2
    assert done.stdout == ""
    said, *make_says = done.stderr.splitlines()
    assert said == f"make {verb}: DAY={day} is no day; write YYYY-MM-DD, e.g. make day DAY=2026-09-30"
    assert len(make_says) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("publishers", ["demo", "all"])
def test_run_names_the_file_that_the_environment_gives(tmp_path, publishers):
    places = {"LAKE_DIR": "s3://press/lake", "WAREHOUSE_DB": "/elsewhere/w.duckdb", "PUBLISHERS": publishers}
    done = make(tmp_path, "--dry-run", "run", **places)
    assert f"run: publishers {publishers}; lake s3://press/lake, warehouse /elsewhere/w.duckdb," in done.stdout


def test_no_publishers_at_all_are_told_in_one_line(tmp_path):
    done = make(tmp_path, "run", "PUBLISHERS=")
    assert (done.returncode, done.stdout) == (2, "")
    assert "PUBLISHERS is empty; leave it out for the demonstration" in done.stderr
    assert len(done.stderr.splitlines()) == 1
