"""The analysts' pages: each query runs on the demonstration and answers; the dictionary is what the file says."""

import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from tests.conftest import PROJECT
from warehouse.dictionary import dictionary
from warehouse.model_files import in_order

SECTION = re.compile(r"^## (\d+ .+?)$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"```sql\n(.*?)```", re.DOTALL)
CORRECTION = re.compile(
    r"^## What does a correction change\?$.*?```sh\n(.*?)```.*?```\n(.*?)```", re.MULTILINE | re.DOTALL
)
QUESTIONS = dict(SECTION.findall((PROJECT / "docs" / "query.md").read_text(encoding="utf-8")))


@pytest.fixture
def con(demo_day, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with duckdb.connect(demo_day["WAREHOUSE_DB"], read_only=True) as con:
        yield con


def test_there_are_fifteen_questions_and_more():
    assert [int(title.split()[0]) for title in QUESTIONS] == list(range(1, len(QUESTIONS) + 1))
    assert len(QUESTIONS) >= 15


@pytest.mark.parametrize("title", QUESTIONS)
def test_a_worked_question_is_answered(con, title):
    blocks = BLOCK.findall(QUESTIONS[title])
    assert blocks
    for statement in duckdb.extract_statements("".join(blocks)):
        assert con.execute(statement.query).fetchall(), statement.query


def test_the_panel_is_written(con, tmp_path):
    title = next(title for title in QUESTIONS if title.startswith("15 "))
    con.execute(BLOCK.findall(QUESTIONS[title])[0])
    assert pq.read_table(tmp_path / "panel.parquet").num_rows > 0


def test_a_correction_changes_what_the_page_says(demo_day, tmp_path):
    """The page's commands, in a folder with a copy of the demonstration, print what the page prints for its days."""
    (tmp_path / ".venv").symlink_to(sys.prefix)
    shutil.copytree(Path(demo_day["LAKE_DIR"]), tmp_path / "data" / "demo" / "lake")
    commands, printed = CORRECTION.search((PROJECT / "docs" / "operate.md").read_text(encoding="utf-8")).groups()
    env = os.environ | {"PYTHONPATH": str(PROJECT)}
    run = ["bash", "-e", "-c", commands]
    done = subprocess.run(run, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with duckdb.connect(demo_day["WAREHOUSE_DB"], read_only=True) as con:
        known_on = con.execute("select known_on from articles where url like '%8421/%oracle%'").fetchone()[0]
    wanted = printed.replace("2026-11-25", str(known_on + timedelta(days=1))).replace("2026-11-24", str(known_on))
    assert done.stdout.endswith(wanted)


def test_the_dictionary_is_printed_from_the_file(demo_day):
    page = (PROJECT / "docs" / "dictionary.md").read_text(encoding="utf-8")
    hint = "out of date. Try: python -m warehouse dictionary > docs/dictionary.md"
    assert dictionary(demo_day["WAREHOUSE_DB"]) == page, hint


def test_every_table_is_exported(demo_day, tmp_path):
    command = [sys.executable, "-m", "warehouse", "export", str(tmp_path / "out")]
    done = subprocess.run(command, env=os.environ | demo_day, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    names = {model.name for model in in_order()}
    assert {path.stem for path in (tmp_path / "out").iterdir()} == names
    with duckdb.connect(demo_day["WAREHOUSE_DB"], read_only=True) as con:
        for name in names:
            rows = con.execute(f"select count(*) from {name}").fetchone()[0]
            assert pq.read_metadata(tmp_path / "out" / f"{name}.parquet").num_rows == rows


def test_the_signals_page_names_every_signal():
    page = (PROJECT / "docs" / "signals.md").read_text(encoding="utf-8")
    model = next(model for model in in_order() if model.name == "pair_signals")
    for signal in model.columns["signal"].split(", "):
        assert f"| `{signal}` |" in page
