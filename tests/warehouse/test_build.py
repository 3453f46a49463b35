"""The build: aside, checked, swapped in one move. Whoever reads goes on reading; whoever dies leaves the old file."""

import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from lake import store
from tests.conftest import PROJECT
from tests.lake.rows import FETCHED, raw_article
from transforms.clean import clean
from transforms.score import score
from warehouse.build import BuildRunningError, ForeignFileError, build, warehouse_db
from warehouse.copying import copy_file, copying
from warehouse.dictionary import TABLES
from warehouse.model_files import ModelError, in_order
from warehouse.run_checks import CheckError

DAY = date(2026, 9, 14)
READ = (
    "import duckdb, sys; con = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); input();"
    "print(con.execute('select count(*) from articles').fetchone()[0])"
)
WRITE = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
COLUMNS = "select column_name, comment from duckdb_columns() where schema_name = 'main' and table_name = '{}'"
EVIDENCE = "select url, excerpt from pair_sentences join articles using (article_id) where pair_id = 'bayer~monsanto'"


def publish() -> list[str]:
    """Builds the file and returns what the build said."""
    said: list[str] = []
    build(say=said.append)
    return said


def land(number: int, sentence: str, days: int = 0):
    """One article through the whole pipe, on DAY or so many days later."""
    at = FETCHED + timedelta(days=days)
    body = f"{sentence} Das teilte ein Sprecher am Vormittag in Rostock mit, wie die Zeitung Nr. {number} meldet."
    url = f"https://hafen.example/{number}"
    row = raw_article(url=url, title=sentence, body=body, fetched_at=at, published_at=at)
    store.append("raw_articles", at.date(), f"hafenkurier~{number}~0001", [row])
    clean(at.date())
    score(at.date())


def started(code: str, path) -> subprocess.Popen:
    """A process that has opened the file and waits for a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "open\n"
    return process


def ask(path, query):
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.fixture
def built(lake_dir):
    land(1, "Bayer übernimmt Monsanto für 60 Milliarden Dollar.")
    publish()
    return warehouse_db()


def test_the_database_documents_itself(built):
    tables = dict(ask(built, TABLES))
    assert set(tables) == {model.name for model in in_order()}
    for model in in_order():
        assert model.description in tables[model.name]
        assert dict(ask(built, COLUMNS.format(model.name))) == model.columns


def test_a_figure_leads_to_its_sentence_and_its_address(built):
    rows = ask(built, EVIDENCE)
    assert rows
    assert all(url == "https://hafen.example/1" and "Bayer" in excerpt for url, excerpt in rows)


def test_two_builds_from_one_lake_are_equal(built):
    land(2, "Bayer streitet mit Monsanto über den Preis.", days=2)
    publish()
    first = {model.name: ask(built, f"from {model.name} order by all") for model in in_order()}
    assert len(first["pair_sentiment_daily"]) == 3
    publish()
    assert first == {model.name: ask(built, f"from {model.name} order by all") for model in in_order()}


def test_a_reader_goes_on_while_a_new_file_is_published(built):
    reader = started(READ, built)
    land(2, "Bayer streitet mit Monsanto über den Preis.", days=1)
    publish()
    out, _ = reader.communicate("\n")
    assert out == "1\n"
    assert ask(built, "select count(*) from articles") == [(2,)]


def test_a_failed_check_keeps_the_old_file(built):
    before = built.read_bytes()
    rows = store.read("mentions", [DAY]).to_pylist()
    store.replace("mentions", DAY, [*rows, rows[0] | {"company_id": "gibt-es-nicht"}])
    with pytest.raises(CheckError, match=r"mentions_of_known_companies .*gibt-es-nicht"):
        publish()
    assert built.read_bytes() == before


def test_what_a_killed_build_left_is_removed(built):
    aside = built.with_name(f"{built.name}.building")
    aside.write_bytes(b"half a file")
    publish()
    assert not aside.exists()


def test_what_a_killed_writer_left_beside_the_file_spoils_no_build(built):
    code = WRITE.replace("print('open'", "con.execute('create table own as select 1 as n'); print('open'")
    writer = started(code, built)
    writer.kill()
    assert writer.wait() == -signal.SIGKILL
    assert built.with_name(f"{built.name}.wal").exists()
    publish()
    assert ask(built, "select count(*) from articles") == [(1,)]
    publish()
    assert ask(built, "select count(*) from articles") == [(1,)]


def test_a_short_copy_by_the_kernel_is_finished(tmp_path, monkeypatch):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(os.urandom(100_000))
    monkeypatch.setattr(os, "copy_file_range", lambda *_: 0)
    copy_file(source, target)
    assert target.read_bytes() == source.read_bytes()


def test_a_file_copied_beside_other_work_keeps_its_lock_till_the_end(built):
    copy = built.with_name("copy.duckdb")
    with copying(built, copy) as copied:
        copied.result()
        with duckdb.connect(str(copy)) as con:
            time.sleep(0.1)  # by then it is on the disk
            other = [sys.executable, "-c", WRITE, copy]
            refused = subprocess.run(other, input="\n", capture_output=True, text=True, check=False)
            assert "Conflicting lock" in refused.stderr
            con.execute("create table own as select 1 as n")
    assert ask(copy, "select n from own") == [(1,)]
    assert ask(copy, "select count(*) from articles") == ask(built, "select count(*) from articles")


def test_a_copy_that_fails_says_so(built, tmp_path):
    with pytest.raises(IsADirectoryError), copying(built, tmp_path):
        pass
    full = Path("/dev/full")
    with pytest.raises(OSError, match="No space left on device: '/dev/full'"), copying(built, full) as copied:
        copied.result()


def test_two_builds_at_once_are_refused(built):
    other = started(WRITE, built.with_name(f"{built.name}.building"))
    with pytest.raises(BuildRunningError, match="another build is running"):
        publish()
    other.communicate("\n")


def test_the_command_says_what_to_do(lake_dir):
    command = [sys.executable, "-m", "warehouse", "check"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=os.environ, check=False)
    assert done.returncode == 1
    assert "there is no warehouse yet. Try: python -m warehouse build" in done.stderr


def test_a_field_added_to_a_contract_is_null_in_older_files(built):
    path = Path(store.parts("mentions", DAY)[0])
    pq.write_table(pq.read_table(path).drop_columns(["is_quoted"]), path)
    publish()
    assert ask(built, "select distinct is_quoted from mentions") == [(None,)]


def test_a_lake_that_views_cannot_reach_is_copied_without_its_texts(built, lake_dir, monkeypatch):
    monkeypatch.setenv("LAKE_DIR", lake_dir.as_uri())
    publish()
    assert ask(built, "select count(*), count(html), count(body) from lake.raw_articles") == [(1, 0, 0)]
    assert ask(built, EVIDENCE)
    text = raw_article()["html"]
    assert text not in built.read_bytes()


def test_a_mistyped_lake_does_not_empty_the_file(lake_dir, monkeypatch, tmp_path):
    land(1, "Bayer verklagt Monsanto.")
    publish()
    monkeypatch.setenv("LAKE_DIR", str(tmp_path / "vertippt"))
    with pytest.raises(ModelError, match=r"holds no articles, but .* has 1: not replaced. Is LAKE_DIR right?"):
        publish()
    assert ask(warehouse_db(), "select count(*) from articles") == [(1,)]


def test_a_file_of_somebody_else_is_not_replaced(lake_dir):
    path = warehouse_db()
    with duckdb.connect(str(path)) as con:
        con.execute("create table articles as select 1 as n")
    before = path.read_bytes()
    with pytest.raises(ForeignFileError, match=r"is no warehouse \(no table article_pairs\): not replaced"):
        publish()
    assert path.read_bytes() == before


def test_a_file_of_somebody_else_is_not_replaced_while_it_is_open(lake_dir):
    path = warehouse_db()
    writer = started(WRITE, path)
    with pytest.raises(ForeignFileError, match="is no warehouse"):
        publish()
    writer.communicate("\n")
    assert ask(path, "select 1") == [(1,)]


@pytest.mark.parametrize("full", [False, True])
def test_a_file_that_is_no_database_is_not_replaced(lake_dir, full):
    path = warehouse_db()
    path.write_text("Einkaufsliste", encoding="utf-8")
    with pytest.raises(ForeignFileError, match=r"cannot be opened as a warehouse .*: not replaced; give another"):
        build(full=full)
    assert path.read_text(encoding="utf-8") == "Einkaufsliste"


def test_a_file_of_another_version_is_built_anew(built):
    with duckdb.connect(str(built)) as con:
        con.execute("drop table build.made; drop table pair_days cascade")
    assert any("a full build, for the file cannot be read" in line for line in publish())
    assert ask(built, "select count(*) from articles") == [(1,)]


def test_a_file_that_another_program_writes_is_replaced(built):
    writer = started(WRITE, built)
    land(2, "Bayer streitet mit Monsanto über den Preis.", days=1)
    publish()
    assert ask(built, "select count(*) from articles") == [(2,)]
    writer.communicate("\n")


def test_an_empty_lake_is_named_first_and_last(lake_dir):
    said = publish()
    assert said[0] == said[-1] == f"warning: the lake at {lake_dir} holds no articles; is LAKE_DIR right?"


def test_a_mistyped_size_of_memory_is_named(lake_dir, monkeypatch):
    monkeypatch.setenv("WAREHOUSE_MEMORY", "viel")
    with pytest.raises(ModelError, match=r"WAREHOUSE_MEMORY=viel is no size .* such as 5GB"):
        publish()
