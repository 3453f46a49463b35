"""The bench that kills builds tells files apart by their rows, and does not praise a reader that read nothing."""

import time

import duckdb
import pytest

from bench.warehouse_kill import readable, reading


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("create table articles as select 'a' as article_id, 1 as word_count")
        con.execute("create table pairs (company_a varchar, company_b varchar)")
        con.execute("insert into pairs values ('basf', 'x'), ('puma', 'y')")
    return path


@pytest.mark.parametrize(
    "change",
    [
        "update articles set word_count = 2",
        "update pairs set company_b = if(company_b = 'x', 'y', 'x')",
        "insert into pairs from pairs",
        "alter table pairs rename to couples",
    ],
)
def test_files_with_as_many_articles_are_told_apart(path, change):
    before = readable(path)
    assert before == readable(path)
    with duckdb.connect(str(path)) as con:
        con.execute(change)
    after = readable(path)
    assert after[0] == before[0] == 1
    assert after[1] != before[1]


def test_a_reader_that_read_nothing_is_an_error(path):
    with pytest.raises(SystemExit, match="never came to the end of a file"), reading(path, {readable(path)}):
        pass


def test_what_no_build_gives_is_an_error(path):
    with pytest.raises(SystemExit, match="the reader saw"):
        _read(path, {(1, "other")})


def _read(path, built):
    with reading(path, built) as seen:
        for _ in range(1000):  # until the reader has started and read
            if seen:
                return
            time.sleep(0.03)
