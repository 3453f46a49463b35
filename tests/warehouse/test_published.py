"""The published file: opened at the very moment when a build puts a new one in its place; how its rows lie.

A file that is no warehouse is refused by name.
"""

import os
import signal
import subprocess
import sys
from threading import Timer

import duckdb
import pytest

from tests.conftest import PROJECT
from warehouse import published
from warehouse.build import ROW_GROUP, connect
from warehouse.published import open_published


@pytest.fixture
def files(tmp_path):
    """An old file of one table and, beside it, a new one of forty: their blocks lie otherwise."""
    for name, tables in (("old", 1), ("new", 40)):
        with duckdb.connect(str(tmp_path / name)) as con:
            for number in range(tables):
                con.execute(f"create table t{number} as from range(1000)")
    return tmp_path / "old", tmp_path / "new"


def opened_while_swapped(monkeypatch, files, when):
    """The tables that a reader sees; the new file takes its place during the first opening, which may fail."""
    old, new = files
    connect = duckdb.connect
    opened = []

    def swapping(*given, **options):
        opened.append(given)
        if len(opened) == 1 and when == "fails":
            old.write_bytes(b"a half file")  # what DuckDB finds that has the header of the one, the blocks of the other
        try:
            return connect(*given, **options)
        finally:
            if len(opened) == 1:
                new.replace(old)

    monkeypatch.setattr(published.duckdb, "connect", swapping)
    with open_published(old) as con:
        tables = con.execute("select count(*) from duckdb_tables()").fetchone()[0]
    return tables, len(opened)


@pytest.mark.parametrize("when", ["fails", "goes on"])
def test_a_file_that_was_replaced_meanwhile_is_opened_again(monkeypatch, files, when):
    assert opened_while_swapped(monkeypatch, files, when) == (40, 2)


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path):
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"this is no database")
    with pytest.raises(duckdb.Error):
        open_published(broken)
    with pytest.raises(duckdb.Error):
        open_published(tmp_path / "missing.duckdb")


def asked(path, *verb):
    command = [sys.executable, "-m", "warehouse", *verb]
    env = {**os.environ, "WAREHOUSE_DB": str(path)}
    return subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, input="", check=False)


VERBS = [["build"], ["check"], ["sql", "select 1"], ["sql"], ["export", "out"], ["dictionary"]]


@pytest.mark.parametrize("verb", VERBS, ids=str)
def test_a_file_that_is_no_warehouse_is_refused_in_one_line(tmp_path, verb):
    with duckdb.connect(str(tmp_path / "foreign")) as con:
        con.execute("create table articles as select 1 as article_id")
    (tmp_path / "text").write_text("this is no database")
    reasons = {
        "foreign": "is no warehouse (no table article_pairs)",
        "text": "cannot be opened as a warehouse (IO Error: ",
    }
    for name, reason in reasons.items():
        done = asked(tmp_path / name, *verb)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"python -m warehouse {verb[0]}: {tmp_path / name} {reason}")
        assert len(done.stderr.splitlines()) == 1


def test_ctrl_c_ends_a_query_and_quit_the_prompt(tmp_path):
    with duckdb.connect(str(tmp_path / "w")) as con:
        con.execute("create table articles as select 1 as a; create table article_pairs as select 1 as a")
    env = {**os.environ, "WAREHOUSE_DB": str(tmp_path / "w"), "PYTHONUNBUFFERED": "1"}
    run = [sys.executable, "-m", "warehouse", "sql"]
    with subprocess.Popen(run, cwd=PROJECT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as shell:
        watch = Timer(60, shell.kill)  # one that hangs would be waited for without end
        watch.start()
        endless = "select count(*) from range(100000000000) where hash(range) = 1"
        shell.stdin.write(f"select 'begun' as said; {endless};\n")
        shell.stdin.flush()
        while "begun" not in shell.stdout.readline():
            assert shell.poll() is None
        shell.send_signal(signal.SIGINT)
        out, _ = shell.communicate("select 'goes on' as said;\nquit\nselect 'too late' as said;\n")
        watch.cancel()
    assert shell.returncode == 0
    assert "interrupted" in out
    assert "goes on" in out
    assert "too late" not in out


def test_the_file_has_small_row_groups(tmp_path):
    with connect(tmp_path / "it's.duckdb") as con:
        con.execute(f"create table rows as from range({2 * ROW_GROUP})")
        con.execute("checkpoint")
        groups = con.execute(
            "select sum(count) from pragma_storage_info('rows') where segment_type = 'BIGINT' group by row_group_id"
        ).fetchall()
    assert groups == [(ROW_GROUP,)] * 2
